"""What a person asks a probe for."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from ..document.evidence import TaskMeasured

Progress = Callable[[float, str], None]
"""Told how far a probe is, 0 to 1, and the code of what it does now."""

ROWS_FOR_MODELS = 20_000
MOST_MEGABYTES = 1_024
"""The largest file that is read."""
FOLDER = "groundwork-probe-"
"""How the name of a probe's folder begins."""


@dataclass(frozen=True)
class Classes:
    """The classes of one column, the most frequent first, and the rows of each: among them is the one that counts.

    `are_predicted` is true where the column suggests classes, and not a number.
    """

    names: tuple[str, ...]
    rows: tuple[int, ...]
    are_predicted: bool = True


@dataclass(frozen=True)
class Roles:
    """What the columns are: the one to predict, when a row happened, whose it is, a second person's label.

    `personal` columns are told by name alone and are no inputs. `positive` is the class that counts, of
    more than two the one that is told from all others; empty is the rarer of two, and all of more alike.
    """

    target: str
    time: str = ""
    group: str = ""
    second_label: str = ""
    personal: tuple[str, ...] = ()
    positive: str = ""


@dataclass(frozen=True)
class Limits:
    """How much a probe may take: megabytes of memory, seconds, rows that models are scored on."""

    megabytes: int = 4_096
    seconds: int = 600
    rows_for_models: int = ROWS_FOR_MODELS


@dataclass(frozen=True)
class Asked:
    """One probe: of which source, with which roles, within which limits. Without a task, the target suggests one."""

    source: str
    roles: Roles
    task: TaskMeasured | None = None
    seed: int = 0
    by: str = ""
    limits: Limits = Limits()
