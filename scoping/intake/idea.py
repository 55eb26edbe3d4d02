"""An idea: the four fields with which a proposal begins, and the proposal that is begun with them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any

from babel.core import get_global

from ..document.fields import Quantity
from ..document.inspection import UNWRITABLE, is_writable
from ..document.proposal import Proposal
from ..document.reading import read, to_dict
from ..errors import EntryRefused
from ..text.entry import read_number, show
from ..text.grammar import Grammar
from ..text.languages import Language, message, say
from ..vocabulary import GroundKind
from .columns import BY_NAME, LONGEST_IDEA_TEXT, MOST_TAGS, Column
from .rough import Rough, RoughWorth, worth_a_year

CASES = "bridge.cases_per_month"
_NOTE = message("Rough, from the idea: {low} to {high} cases a month. The middle is the geometric mean of both.")
_ONE = message("Rough, from the idea: about {low} cases a month.")
_METRIC = message("Share of the possible benefit")

__all__ = ["LONGEST_IDEA_TEXT", "Idea", "idea_typed", "proposal_of"]


@dataclass(frozen=True)
class Idea:
    """What somebody proposes. `volume` is in cases a month, `value` in money a case; None where nobody knows."""

    title: str
    problem: str
    decision: str
    volume: Rough | None = None
    value: Rough | None = None
    currency: str = ""
    team: str = ""
    tags: tuple[str, ...] = ()

    @property
    def worth(self) -> RoughWorth | None:
        """What it may be worth a year; None where volume or value is not known."""
        return worth_a_year(self.volume, self.value) if self.volume and self.value else None


def idea_typed(
    typed: Mapping[str, str],
    grammar: Grammar,
    known: Mapping[str, float] = MappingProxyType({}),
    wrong: Mapping[str, str] = MappingProxyType({}),
) -> tuple[Idea | None, dict[str, str]]:
    """The idea that was typed, by the names of the columns; or what is wrong, by the column where it stands.

    `known` are numbers that need not be read, `wrong` what is known to be wrong already. Nothing is taken where
    anything is wrong.
    """
    texts = {name: typed.get(name, "").strip() for name in BY_NAME}
    found, numbers = {**wrong}, {**known}
    for name, column in BY_NAME.items():
        if name in found:
            continue
        try:
            if column.quantity is None:
                _check_text(column, texts[name])
            elif name in known or texts[name]:
                numbers[name] = _number(texts[name], column.quantity, grammar, known.get(name))
        except EntryRefused as refused:
            found[name] = _with_meanings(refused)
    volume, value = _range("volume", numbers, found), _range("value", numbers, found)
    if found:
        return None, found
    said = {name: texts[name] for name in ("title", "problem", "decision", "team")}
    return Idea(**said, volume=volume, value=value, currency=texts["currency"].upper(), tags=_tags(texts["tags"])), {}


def _check_text(column: Column, text: str) -> None:
    """Raises EntryRefused."""
    if column.is_needed and not text:
        raise EntryRefused(message("must be filled in"))
    if not is_writable(text):
        raise EntryRefused(UNWRITABLE)
    if len(text) > column.longest:
        raise EntryRefused(
            message("has {count} letters; at most {most}", count=str(len(text)), most=str(column.longest))
        )
    if column.name == "currency" and text and text.upper() not in get_global("all_currencies"):
        raise EntryRefused(message("must be an ISO 4217 currency code such as EUR, USD or GBP"))
    if column.name == "tags" and len(_tags(text)) > MOST_TAGS:
        raise EntryRefused(message("at most {most} tags, with commas between them", most=str(MOST_TAGS)))


def _tags(text: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys(each.strip() for each in text.split(",") if each.strip()))


def _number(text: str, quantity: Quantity, grammar: Grammar, known: float | None) -> float:
    """The number in a cell, or the one that was typed; more than 0, since of nothing nothing follows."""
    number = read_number(text, quantity, grammar).value if known is None else known
    if number <= 0:
        raise EntryRefused(message("must be more than 0; leave it empty where nobody knows"))
    if number > quantity.upper:
        raise EntryRefused(quantity.allowed())
    return number


def _range(name: str, numbers: Mapping[str, float], wrong: dict[str, str]) -> Rough | None:
    """From the lower to the upper end; one of them alone is both."""
    ends = (f"{name}_low", f"{name}_high")
    given = [numbers[each] for each in ends if each in numbers]
    if not given or wrong.keys() & {*ends}:
        return None
    if given[0] > given[-1]:
        wrong[ends[1]] = message("must not be less than the lower end beside it")
    return Rough(given[0], given[-1])


def _with_meanings(refused: EntryRefused) -> str:
    if not refused.meanings:
        return refused.allowed
    return message(
        "{reason}: write {meanings}", reason=refused.allowed, meanings=" / ".join(map(str, refused.meanings))
    )


def proposal_of(idea: Idea, begun: Proposal, language: Language) -> Proposal:
    """The proposal that begins with the idea: `begun` with what the organisation lays down, and the idea's fields.

    The kind of task is not known yet. So it becomes a curve from no benefit to all of it, with the middle of the rough
    value at its end: a place for the figures until the team chooses the kind. What rests on a guess is marked as one.
    Raises DocumentRefused.
    """
    document = {**to_dict(begun), "title": idea.title, "team": idea.team, "tags": [*idea.tags]}
    document["problem"] = {**document.get("problem", {}), "statement": idea.problem, "decision": idea.decision}
    if idea.currency:
        document["currency"] = idea.currency
    if idea.volume or idea.value:
        document["bridge"] = _bridge(idea, language)
    if idea.volume:
        document["grounds"] = [{"path": CASES, "kind": GroundKind.GUESS.value, "note": _note(idea.volume, language)}]
    return read(document)


def _bridge(idea: Idea, language: Language) -> dict[str, Any]:
    bridge: dict[str, Any] = {"kind": "curve"}
    if idea.volume:
        bridge["cases_per_month"] = _estimate(idea.volume)
    if idea.value:
        bridge["metric"] = say(_METRIC, language)
        bridge["points"] = [[0.0, 0.0], [1.0, _settled(idea.value)]]
    return bridge


def _estimate(rough: Rough) -> float | dict[str, float]:
    middle = _settled(rough)
    return {"p10": rough.low, "p50": middle, "p90": rough.high} if rough.low < middle < rough.high else middle


def _settled(rough: Rough) -> float:
    """The middle with no more digits than a guess has, and never outside the range."""
    return min(max(float(f"{rough.middle:.3g}"), rough.low), rough.high)


def _note(volume: Rough, language: Language) -> str:
    quantity, grammar = BY_NAME["volume_low"].quantity, Grammar(language)
    low, high = show(volume.low, quantity, grammar), show(volume.high, quantity, grammar)
    return say(message(str(_ONE if low == high else _NOTE), low=low, high=high), language)
