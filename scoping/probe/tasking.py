"""What is to be predicted: classes or a number; and whether there is anything to predict."""

from __future__ import annotations

from collections.abc import Sequence
from difflib import get_close_matches

from ..document.evidence import TaskMeasured
from ..errors import SourceRefused, quote
from ..text.languages import message
from .asked import Asked
from .profile import Counted, Counts

_MOST_CLASSES, _FEW_NUMBERS = 1_000, 20
_ROWS_A_CLASS = 5
_TWO = 2


def settled_task(counts: Counts, asked: Asked) -> TaskMeasured:
    """The task that was asked for or that the target suggests. Raises SourceRefused where nothing can be learned."""
    target = counts.of(asked.roles.target)
    _check_rows(counts)
    if target is None:
        raise SourceRefused(message("Say which column is the target: the one that is to be predicted."))
    _check_varies(target)
    _check_time(counts.of(asked.roles.time) if asked.roles.time else None)
    task = asked.task or suggested_task(target)
    if task == "classification":
        _check_classes(target)
    elif target.column.type != "number":
        raise SourceRefused(
            message(
                "{target} holds no numbers, so it cannot be a regression: leave out the task, or name another target.",
                target=quote(asked.roles.target),
            )
        )
    return task


def _check_rows(counts: Counts) -> None:
    if counts.rows < _TWO:
        raise SourceRefused(
            message("The table has one row: nothing can be learned from one.")
            if counts.rows
            else message("The table has no rows.")
        )
    if counts.columns and not any(each.present for each in counts.columns):
        raise SourceRefused(message("Every value in the table is missing."))


def _check_varies(target: Counted) -> None:
    name = quote(target.column.name)
    if not target.present:
        raise SourceRefused(message("The target {target} is missing in every row.", target=name))
    if target.column.type == "time":
        raise SourceRefused(
            message("The target {target} is a date. Predict a number instead: the days until it.", target=name)
        )
    if target.distinct == 1:
        raise SourceRefused(
            message(
                "The target {target} has the same value in every row that has one: there is nothing to tell apart. Take rows of other classes too.",
                target=name,
            )
        )


def _check_time(time: Counted | None) -> None:
    if time and (time.column.type not in ("time", "number") or not time.present):
        raise SourceRefused(
            message(
                "{time} holds no times that can be read. Write them as {example}, or as numbers that count up.",
                time=quote(time.column.name),
                example="2024-01-31 18:30",
            )
        )


def suggested_task(target: Counted) -> TaskMeasured:
    """Text, yes or no, and whole numbers of which there are few are classes; other numbers are numbers."""
    if target.column.type != "number":
        return "classification"
    is_few = target.distinct <= min(_FEW_NUMBERS, target.present / _ROWS_A_CLASS) or target.distinct == _TWO
    return "classification" if target.is_whole and is_few else "regression"


def _check_classes(target: Counted) -> None:
    if target.distinct > _MOST_CLASSES or target.distinct == target.present:
        raise SourceRefused(
            message(
                "The target {target} has {count} different values in {rows} rows: as classes these are too many to learn. Join them into groups, or predict a number.",
                target=quote(target.column.name),
                count=str(target.distinct),
                rows=str(target.present),
            )
        )


def written_as(value: object) -> str:
    """A class as text, the same whatever type it was stored in: 1 for 1.0, true for True."""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return str(value)


def positive_of(wanted: str, classes: Sequence[str]) -> str:
    """The class that counts as it is written among the classes. Raises SourceRefused."""
    if not wanted or wanted in classes:
        return wanted
    alike = [each for each in classes if each.lower() == wanted.strip().lower()]
    if len(alike) == 1:
        return alike[0]
    # What the classes are called is data: but for one that was all but named, they are not told.
    near = get_close_matches(wanted, classes, n=1, cutoff=0.6)
    if near:
        raise SourceRefused(
            message("The target has no class {wanted}. Do you mean {near}?", wanted=quote(wanted), near=quote(near[0]))
        )
    raise SourceRefused(
        message(
            "The target has no class {wanted}, but {count} others. Write it as it stands in the data.",
            wanted=quote(wanted),
            count=str(len(classes)),
        )
    )
