"""Places that people write about: a field or a row of a proposal, the whole of it, its memo or a section of that."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from types import MappingProxyType
from typing import Any

from ..document.paths import Path, value_at
from ..document.proposal import Proposal
from ..document.reading import to_dict
from ..document.rows import keys_of, path_of, tokenised
from ..document.specs import spec_at
from ..feasibility.checklist import questions_known
from .languages import message

WHOLE, MEMO = "", "memo"
_IN_MEMO = f"{MEMO}/"

SECTIONS: Mapping[str, str] = MappingProxyType(
    {
        "problem": message("The problem"),
        "verdict": message("The verdict"),
        "decisions": message("Decisions"),
        "actuals": message("What came of it"),
        "firmness": message("How firm is the verdict?"),
        "figures": message("Key figures"),
        "charts": message("In pictures"),
        "alternatives": message("Alternatives"),
        "by_part": message("Where does the value come from?"),
        "finance": message("As finance sees it"),
        "break_even": message("How good must the model be, and can anyone be that good?"),
        "measured": message("Evidence from data"),
        "learn_first": message("What to learn first"),
        "pilot_size": message("How large should the pilot be?"),
        "stages": message("Stage by stage"),
        "outside_view": message("The outside view"),
        "feasibility": message("Feasibility"),
        "data": message("Data and privacy"),
        "operations": message("In operation"),
        "risks": message("Risks"),
        "plan": message("Plan"),
        "organisation": message("For the organisation"),
        "costs": message("Costs"),
        "assumptions": message("Evidence and guesses"),
        "notes": message("Notes on the answers"),
        "missing": message("What is missing"),
        "glossary": message("What the words mean"),
    }
)
"""What people call each section of the memo, whatever it says today, by its id."""


def section_place(section: str) -> str:
    """The place of a section of the memo."""
    return f"{_IN_MEMO}{section}"


def is_of_memo(place: str) -> bool:
    """Whether it is the memo, or a section of it, and no field."""
    return place == MEMO or place.startswith(_IN_MEMO)


def memo_title(place: str) -> str:
    """What people call the memo, or a section of it."""
    section = place.removeprefix(_IN_MEMO)
    return SECTIONS.get(section, section) if place != MEMO else message("The memo as a whole")


def is_place(proposal: Proposal, place: str) -> bool:
    """Whether the proposal has that place: one that somebody can write about, filled in or not."""
    if place == WHOLE or is_of_memo(place):
        return place in (WHOLE, MEMO) or place.removeprefix(_IN_MEMO) in SECTIONS
    path = Path(place)
    return _is_declared(proposal, path) and (not _rows_on(path) or _has_rows(to_dict(proposal), path))


def places_now(then: Proposal, now: Proposal, places: Iterable[str]) -> dict[str, str | None]:
    """Where each of the places stands now: its row may have moved. None where the row, or the field, is gone."""
    wanted = [*places]
    if not any(_rows_on(Path(place)) for place in wanted if not _stays(place)):
        return {place: place if _stays(place) or is_place(now, place) else None for place in wanted}
    written = to_dict(now)
    before, after = tokenised(to_dict(then), written)
    found = {place: Path(place) if _stays(place) else path_of(keys_of(place, before), after) for place in wanted}
    return {place: _if_there(now, written, path) for place, path in found.items()}


def _if_there(now: Proposal, written: Mapping[str, Any], path: Path | None) -> str | None:
    if path is None or _stays(path):
        return path if path is None else str(path)
    return str(path) if _is_declared(now, path) and _has_rows(written, path) else None


def _stays(place: str) -> bool:
    """Whether it is no field or row, and so always where it was."""
    return place == WHOLE or is_of_memo(place)


def _rows_on(path: Path) -> list[Path]:
    """The rows that a path goes through."""
    return [Path.of(*path.keys[: depth + 1]) for depth, key in enumerate(path.keys) if key.isdecimal()]


def _has_rows(written: Mapping[str, Any], path: Path) -> bool:
    """Whether each of them is there: the next one is a field of the form, but no row yet."""
    return all(value_at(written, row) is not None for row in _rows_on(path))


def _is_declared(proposal: Proposal, path: Path) -> bool:
    match path.keys:
        case ("feasibility", "answers", identity):
            return identity in questions_known(proposal)
        case ("own", name):
            return any(each.id == name for each in proposal.organisation.fields) or name in proposal.own
    try:
        spec_at(proposal, path)
    except (KeyError, ValueError, AttributeError):
        # A place comes from outside: it may go through a list by a name, or into a number.
        return False
    return True
