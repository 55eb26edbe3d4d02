"""A few scenarios side by side: what each is worth, what it risks and takes, and what each does of which proposal."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from ...text.languages import message
from ...text.wording import DASH, amount_among, percent
from ..blocks import Paragraph, Section, Table, paragraph, section
from ..listed import yes
from .account import Heading, tag_of
from .result import Result, Whole

FEWEST, MOST = 2, 5


@dataclass(frozen=True)
class Shown:
    """One scenario under the letter by which the comparison calls it."""

    letter: str
    heading: Heading
    result: Result


def side_by_side(shown: Sequence[Shown]) -> tuple[Section, ...]:
    """The figures of each, then the proposals of which they do not all do the same, then the others."""
    columns = (message("Figure"), *(each.letter for each in shown))
    write = _writers(shown)
    rows = tuple((label, *(told(each, write[each.heading.currency]) for each in shown)) for label, told in _FIGURES)
    apart, alike = _by_difference(shown)
    heads = (message("Proposal"), *(each.letter for each in shown))
    same = message("All of them do the same of every proposal.")
    return (
        section("figures", message("What each is worth"), Table("", columns, rows)),
        section(
            "apart", message("Where they differ"), Table("", heads, tuple(apart)) if apart else paragraph(same)
        ),
        section("alike", message("What all do alike"), Table("", heads, tuple(alike)) if alike else None),
        section("set_apart", message("What was set differently"), _set_apart(shown)),
    )  # fmt: skip


def _set_apart(shown: Sequence[Shown]) -> Table | Paragraph | None:
    """What was set for some of them and not for all, in the order in which it is told."""
    said = dict.fromkeys(each for one in shown for each in one.heading.terms)
    apart = [each for each in said if not all(each in one.heading.terms for one in shown)]
    if not apart:
        return paragraph(message("The same was set for all of them."))
    heads = (message("What was set"), *(each.letter for each in shown))
    rows = tuple((each, *(yes(each in one.heading.terms) for one in shown)) for each in apart)
    return Table("", heads, rows)


def _by_difference(shown: Sequence[Shown]) -> tuple[list[tuple[str, ...]], list[tuple[str, ...]]]:
    names = dict.fromkeys(name for each in shown for name in each.result.proposals)
    apart: list[tuple[str, ...]] = []
    alike: list[tuple[str, ...]] = []
    for name in names:
        said = [_done(each.result, name) for each in shown]
        title = next(each.result.proposals[name].title for each in shown if name in each.result.proposals)
        (alike if len(set(said)) == 1 else apart).append((title, *said))
    return apart, alike


def _done(result: Result, name: str) -> str:
    line = result.proposals.get(name)
    if line is None:
        return message("not looked at")
    if not line.is_counted:
        return message("not counted")
    if not line.is_done:
        return message("left")
    return message("{way}, from month {month}", way=line.way, month=str(line.start + 1))


_Write = Callable[[float | None], str]
_Told = Callable[[Shown, _Write], str]


def _writers(shown: Sequence[Shown]) -> dict[str, _Write]:
    """How amounts of a currency are written, so that all that stand beside each other are in one unit."""
    known: dict[str, list[float | None]] = {}
    for each in shown:
        whole = each.result.whole
        found = (whole.value, whole.low, whole.high, whole.shortfall, _taken(whole)) if whole else ()
        known.setdefault(each.heading.currency, []).extend(found)
    return {currency: amount_among(values, currency) for currency, values in known.items()}


def _of_whole(told: Callable[[Whole, _Write], str]) -> _Told:
    """A figure of all proposals together, or why there is none."""

    def found(each: Shown, write: _Write) -> str:
        whole = each.result.whole
        if whole is None:
            return message("hidden")
        return message("the limits conflict") if whole.conflict else told(whole, write)

    return found


def _value(whole: Whole, write: _Write) -> str:
    value, low, high = map(write, (whole.value, whole.low, whole.high))
    return value if whole.low is None else message("{value} ({low} to {high})", value=value, low=low, high=high)


def _shortfall(whole: Whole, write: _Write) -> str:
    if whole.shortfall is None:
        return DASH
    return message("{amount} in the worst {share}", amount=write(whole.shortfall), share=percent(whole.worst))


def _taken(whole: Whole) -> float:
    return sum(each.taken for each in whole.money)


def _money(whole: Whole, write: _Write) -> str:
    return write(_taken(whole))


def _named(each: Shown, _: _Write) -> str:
    return each.heading.name


def _many(each: Shown, _: _Write) -> str:
    return str(len(each.result.done))


def _state(each: Shown, _: _Write) -> str:
    return tag_of(each.heading)


def _version(each: Shown, _: _Write) -> str:
    return str(each.heading.version)


_FIGURES: tuple[tuple[str, _Told], ...] = (
    (message("Scenario"), _named),
    (message("Version"), _version),
    (message("Decision"), _state),
    (message("Expected NPV"), _of_whole(_value)),
    (message("Expected shortfall"), _of_whole(_shortfall)),
    (message("Money it takes"), _of_whole(_money)),
    (message("Proposals done"), _many),
)


def letters(many: int) -> Iterator[str]:
    """A, B, C: as many as there are scenarios."""
    return (chr(ord("A") + place) for place in range(many))
