"""The document of actuals: what was measured of one decided proposal, month by month, once its work had begun.

It stands beside the signed revision and names that revision's places, so an actual meets the range that was signed.
Months count as in the proposal: month 1 is the first month of the work.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import Annotated, Any, Literal

from pydantic import Field, ValidationError
from pydantic_core import PydanticCustomError

from ..document.allowed import allowed_in, show
from ..document.fields import AnyNumber, Quantity, Section, WholeNumber, optional, rows, text
from ..document.inspection import inspect
from ..document.paths import Path
from ..document.proposal import Proposal
from ..document.reading import parsed, without_empty
from ..document.refusal import refusal_of
from ..errors import DocumentRefused, Problem, quote
from ..text.languages import message
from ..vocabulary import Unit
from .places import Place, index_of, places_of

MOST_ENTRIES = 10_000
MOST_BYTES = 8_000_000
"""Ten thousand entries with a note each: a larger file is something else."""
LAST_MONTH = 240
MARK = "actuals_version"

Month = Annotated[WholeNumber, Quantity(Unit.MONTHS, 1, LAST_MONTH)]
Cases = Annotated[WholeNumber, Quantity(Unit.CASES, 1, 1e12)]
Day = Annotated[date, Field(strict=False)]


class Actual(Section):
    """One thing that was measured in one month. `about` is its place in the signed proposal, or `gain`, or `conditions.0`."""

    about: str = Field(
        title="What was measured", description="Its place in the signed proposal.", min_length=1, max_length=300
    )
    month: Month = Field(
        title="Month", description="In which month, counted from the first month of the work, which is 1."
    )
    value: AnyNumber = Field(
        title="Value",
        description="What was measured: money of that month, a share, a count; 1 for yes and 0 for no. A credit is negative.",
    )
    cases: Cases | None = optional(
        "Cases measured", "On how many cases a metric was measured: the more, the surer it is.", folded=True
    )
    source: str = text("Source", "Where it can be looked up: the ledger, a dashboard, a test report.")
    note: str = text("Note", "What one has to know to understand the figure.", long=True)
    measured_on: Day | None = Field(default=None, title="Measured on the day", description="When it was measured.")
    measured_by: str = text("Measured by", "Who measured it.")


class Actuals(Section):
    """What was measured of one decided proposal. An empty one is legal: nothing has been measured yet."""

    actuals_version: Literal[1] = Field(
        default=1, title="Version of the form", description="The version of this document's form."
    )
    alternative: str = text("Alternative", "The alternative that was decided on, by its name in the signed proposal.")
    started_on: Day | None = Field(default=None, title="Started on", description="The first day of month 1.")
    through_month: Month | None = optional(
        "Recorded through month", "Up to which month everything has been recorded. Empty: the last month with an entry."
    )
    stopped_month: Month | None = optional(
        "Stopped in month", "In which month the work or the use was ended. Empty: it goes on."
    )
    entries: list[Actual] = rows("What was measured", "One line a measurement.", most=MOST_ENTRIES)

    @property
    def months(self) -> int:
        """Up to which month something is known; 0 where nothing is."""
        return max([self.through_month or 0, *(each.month for each in self.entries)])

    def until(self, month: int) -> Actuals:
        """What was known at the end of a month."""
        stopped = self.stopped_month if self.stopped_month and self.stopped_month <= month else None
        kept = [each for each in self.entries if each.month <= month]
        through = min(month, self.months) or None
        return self.model_copy(update={"entries": kept, "stopped_month": stopped, "through_month": through})


def read_actuals(
    document: str | bytes | Mapping[str, Any], proposal: Proposal, conditions: Sequence[str] = ()
) -> Actuals:
    """The actuals in a JSON text or a plain dictionary, of this signed proposal; `conditions` are its decision's.

    Raises DocumentRefused, with every problem's path, value and what is allowed.
    """
    content = _content_of(document)
    try:
        inspect(content, Actuals)
        actuals = Actuals.model_validate(content)
    except ValidationError as error:
        raise refusal_of(error, Actuals) from None
    except RecursionError:
        raise DocumentRefused([Problem("", "", message("is nested too deeply"))]) from None
    check_actuals(actuals, proposal, conditions)
    return actuals


def check_actuals(actuals: Actuals, proposal: Proposal, conditions: Sequence[str] = ()) -> None:
    """Raises DocumentRefused where actuals do not belong to this proposal, or say what cannot be."""
    problems = list(_problems(actuals, proposal, conditions))
    if problems:
        raise DocumentRefused(problems)


def to_plain(actuals: Actuals) -> dict[str, Any]:
    """The document as plain JSON values, without what is empty; `read_actuals` takes it back unchanged."""
    found: dict[str, Any] = without_empty(actuals.model_dump(mode="json"))
    return found


def write_actuals(actuals: Actuals) -> str:
    """The document as JSON text that `read_actuals` takes back unchanged."""
    return json.dumps(to_plain(actuals), ensure_ascii=False, indent=2, allow_nan=False) + "\n"


def actuals_schema() -> dict[str, Any]:
    """JSON Schema (2020-12) of the document."""
    return {"$schema": "https://json-schema.org/draft/2020-12/schema", **Actuals.model_json_schema()}


def _content_of(document: str | bytes | Mapping[str, Any]) -> Mapping[str, Any]:
    if isinstance(document, (str, bytes)) and len(document) > MOST_BYTES:
        raise DocumentRefused([Problem("", "", message("must be a file of at most 8 MB"))])
    content = parsed(document) if isinstance(document, (str, bytes)) else document
    if not isinstance(content, Mapping) or MARK not in content:
        raise DocumentRefused([Problem("", "", message("must be a JSON object with actuals_version"))])
    return content


def _problems(actuals: Actuals, proposal: Proposal, conditions: Sequence[str]) -> Iterator[Problem]:
    """Everything that does not go together with the signed proposal, in the document's order."""
    try:
        index = index_of(proposal, actuals.alternative)
    except DocumentRefused as refused:
        yield from refused.problems
        return
    known = {each.path: each for each in places_of(proposal, index, conditions)}
    seen: set[tuple[str, int]] = set()
    for number, entry in enumerate(actuals.entries):
        place = known.get(Path(entry.about))
        at = Path.of("entries", number)
        if place is None:
            allowed = message(
                "is nothing that can be measured of this proposal; allowed: {names}", names=", ".join(known)
            )
            yield Problem(at / "about", quote(entry.about), allowed)
            continue
        yield from _of_entry(entry, place, at)
        if not place.kind.is_summed and (entry.about, entry.month) in seen:
            allowed = message("{what} has a value in this month already; keep one", what=place.title)
            yield Problem(at / "month", show(entry.month), allowed)
        seen.add((entry.about, entry.month))
    yield from _of_whole(actuals)


def _of_entry(entry: Actual, place: Place, at: Path) -> Iterator[Problem]:
    """What a value of that kind cannot be."""
    if place.kind.is_yes_or_no:
        if entry.value not in (0, 1):
            yield Problem(at / "value", show(entry.value), message("must be 1 (yes) or 0 (no)"))
        return
    if place.kind.is_summed or place.quantity is None:
        return
    try:
        place.quantity.check(entry.value)
    except PydanticCustomError as refused:
        yield Problem(at / "value", show(entry.value), allowed_in(refused.context))


def _of_whole(actuals: Actuals) -> Iterator[Problem]:
    last = max((each.month for each in actuals.entries), default=0)
    if actuals.through_month and actuals.through_month < last:
        allowed = message("must not be before month {month}, which has an entry", month=show(last))
        yield Problem("through_month", show(actuals.through_month), allowed)


__all__ = [
    "MOST_BYTES",
    "Actual",
    "Actuals",
    "actuals_schema",
    "check_actuals",
    "read_actuals",
    "to_plain",
    "write_actuals",
]
