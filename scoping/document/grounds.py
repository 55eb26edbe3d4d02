"""What an estimate, a ceiling or an answer rests on: measured here, published, an expert, or a guess."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from datetime import date
from typing import Annotated, Any

from pydantic import Field

from ..text.languages import message
from ..vocabulary import GroundKind, Level
from .fields import AnyNumber, Section, rows, text, word
from .paths import Path

MOST_GROUNDS = 1_000
_QUANTILES = 3
ANSWERS, CEILINGS = Path.of("feasibility", "answers"), Path.of("feasibility", "ceilings")


class Ground(Section):
    """What one figure or answer rests on. `path` is its place in the document, as for inputs that move together."""

    path: str = Field(title="Figure or answer", description="Its place in the document.", min_length=1, max_length=300)
    kind: GroundKind = word(
        "Rests on", "Measured here, published, what an expert judges, or a guess.", GroundKind.GUESS
    )
    link: str = text("Link", "Where it can be looked up.", link=True)
    sha256: Annotated[str, Field(pattern=r"^([0-9a-f]{64})?$")] = Field(
        default="", title="File or evidence", description="SHA-256 of the file, or the id of the evidence from data."
    )
    by: str = text("By", "Who says so.")
    on: Annotated[date, Field(strict=False)] | None = Field(default=None, title="On", description="When.")
    confidence: Level | None = word("Confidence", "How sure that person is.")
    note: str = text("Reason", "Why this number, and not the one that was measured or follows by default.", long=True)
    given: list[AnyNumber] = rows(
        "Range before past ranges changed it",
        "Low, likely and high as somebody gave them, where the range that past ones suggest was taken over. While they "
        "stand, nothing more is suggested, and it is they that future suggestions are learned from.",
        most=_QUANTILES,
    )


def with_ground(grounds: Sequence[Mapping[str, Any]], path: str, said: Mapping[str, Any]) -> list[dict[str, Any]]:
    """The list with that ground of a place, where the one before it stood or at the end: the others keep their place."""
    ground = {"path": str(path), **{name: value for name, value in said.items() if value not in (None, "")}}
    kept = [ground if each["path"] == path else dict(each) for each in grounds]
    return kept if ground in kept else [*kept, ground]


def conflicts_of_grounds(
    grounds: Sequence[Ground], places: Collection[str]
) -> Iterator[tuple[tuple[int | str, ...], object, str]]:
    """Grounds of nothing, or two of one place: the place in the list, what stands there, and what is allowed."""
    seen: set[str] = set()
    for index, each in enumerate(grounds):
        if each.path not in places:
            yield (index, "path"), each.path, message("is no estimate, ceiling or answer of this proposal")
        elif each.path in seen:
            yield (index, "path"), each.path, message("stands in the list already: one place rests on one ground")
        elif each.given and not is_range(each.given):
            yield (index, "given"), each.given, message("must be low, likely and high, none below the one before it")
        seen.add(each.path)


def is_range(numbers: Sequence[float]) -> bool:
    """Whether they are three numbers that do not fall."""
    return len(numbers) == _QUANTILES and list(numbers) == sorted(numbers)
