"""The plan of a choice by month: what is worked on when, and money and people against their limits."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from ...text.languages import message
from ...text.wording import compact_money, number
from ...vocabulary import Tone, Unit
from ..blocks import Axis, Bars, Figure, Line, Section, Spans, Table, paragraph, section
from ..figures.wording import described
from .result import ProposalLine, Result, Use

_MOST_BARS, _MOST_ROLES = 40, 8
_LEAST = 1e-9
_HALF_BAR = 0.4


def plan(result: Result, currency: str) -> Section:
    """The bars, the money and the people."""
    title, whole = message("The plan by month"), result.whole
    # A way that needs no building has nothing to draw.
    lines = [each for each in result.done.values() if each.end > each.start]
    bars = [_gantt(lines)] if lines else []
    more = message("The first {count} are drawn.", count=str(_MOST_BARS))
    rest = paragraph(more, muted=True) if len(lines) > _MOST_BARS else None
    if whole is None or whole.conflict:
        return section("plan", title, *bars, rest)
    return section(
        "plan", title, *bars, rest, *_money(whole.money, currency), *_people(whole.people), _unlimited(whole.people)
    )


def _gantt(lines: Sequence[ProposalLine]) -> Figure:
    """The first bars; the sentence is about all of them."""
    sentence = message(
        "Work goes on until the end of month {month}; up to {most} are worked on at once.",
        month=str(max(each.end for each in lines)), most=str(_most_at_once(lines)),
    )  # fmt: skip
    drawn = lines[:_MOST_BARS]
    return Figure(
        id="gantt",
        title=message("What is worked on when"),
        sentence=sentence,
        alt=described(message("A bar for each proposal that is done, from its first month to its last."), sentence),
        x=Axis(message("Months from the start"), Unit.MONTHS),
        y=Axis(message("Proposal"), Unit.CATEGORY),
        marks=(
            Spans(
                [each.title for each in drawn],
                [float(each.start) for each in drawn],
                [float(each.end) for each in drawn],
                [Tone.ACCENT if each.is_pilot else Tone.MAIN for each in drawn],
                [_when(each) for each in drawn],
            ),
        ),
        currency="",
    )


def _most_at_once(lines: Sequence[ProposalLine]) -> int:
    return max(sum(each.start <= month < each.end for each in lines) for month in range(max(e.end for e in lines)))


def _when(line: ProposalLine) -> str:
    return message("months {first} to {last}", first=str(line.start + 1), last=str(line.end))


def _money(uses: Sequence[Use], currency: str) -> Iterator[Figure]:
    if not any(abs(each.taken) > _LEAST for each in uses):
        return
    taken = sum(each.taken for each in uses)
    sentence = _used(uses, message("{amount} in all.", amount=compact_money(taken, currency)))
    yield Figure(
        id="money",
        title=message("Money by quarter"),
        sentence=sentence,
        alt=described(message("A bar for the money of each quarter, and a line for its limit."), sentence),
        x=Axis(message("Quarter"), Unit.COUNT),
        y=Axis(message("Money"), Unit.MONEY),
        marks=(_bars(uses), *_limit(uses)),
        currency=currency,
    )


def _people(roles: Mapping[str, tuple[Use, ...]]) -> Iterator[Figure]:
    limited = [(role, uses) for role, uses in _used_ones(roles) if _is_limited(uses)]
    for place, (role, uses) in enumerate(limited[:_MOST_ROLES]):
        most = message("At most {most} at once.", most=number(max(each.taken for each in uses), 1))
        sentence, shown = _used(uses, most), _until_used(uses)
        yield Figure(
            id=f"people_{place}",
            title=message("People by month: {role}", role=role),
            sentence=sentence,
            alt=described(message("A bar for the people of each month, and a line for their limit."), sentence),
            x=Axis(message("Month"), Unit.COUNT),
            y=Axis(message("Full-time people"), Unit.NUMBER),
            marks=(_bars(shown), *_limit(shown)),
            currency="",
        )


def _used_ones(roles: Mapping[str, tuple[Use, ...]]) -> list[tuple[str, tuple[Use, ...]]]:
    """Those of whom anybody is needed."""
    return [(role, uses) for role, uses in roles.items() if any(abs(each.taken) > _LEAST for each in uses)]


def _until_used(uses: Sequence[Use]) -> Sequence[Use]:
    """As far as anybody is needed: a limit may go on for years."""
    last = max(place for place, each in enumerate(uses, start=1) if abs(each.taken) > _LEAST)
    return uses[:last]


def _is_limited(uses: Sequence[Use]) -> bool:
    return any(each.limit is not None for each in uses)


def _unlimited(roles: Mapping[str, tuple[Use, ...]]) -> Table | None:
    """Who else is needed: without a limit there is nothing to hold them against."""
    rows = tuple(
        (role, number(max(each.taken for each in uses), 1), number(sum(each.taken for each in uses), 1))
        for role, uses in _used_ones(roles)
        if not _is_limited(uses)
    )
    columns = (message("Who"), message("Most at once"), message("Months of work"))
    return Table(message("People who have no limit"), columns, rows, frozenset({1, 2})) if rows else None


def _used(uses: Sequence[Use], said: str) -> str:
    """How near it comes to its limit, where it has one."""
    full = [str(place) for place, each in enumerate(uses, start=1) if each.limit is not None and _is_full(each)]
    if not full:
        return said
    return message("{said} Nothing is left in: {times}.", said=said, times=", ".join(full))


def _is_full(use: Use) -> bool:
    return use.limit is not None and use.limit - use.taken <= 0.01 * max(use.limit, _LEAST)


def _bars(uses: Sequence[Use]) -> Bars:
    places = range(1, len(uses) + 1)
    return Bars(
        [place - _HALF_BAR for place in places],
        [place + _HALF_BAR for place in places],
        [each.taken for each in uses],
        [Tone.MAIN] * len(uses),
    )


def _limit(uses: Sequence[Use]) -> tuple[Line, ...]:
    """The limits as one line that steps."""
    xs: list[float] = []
    ys: list[float] = []
    for place, each in enumerate(uses, start=1):
        if each.limit is not None:
            xs += [place - 0.5, place + 0.5]
            ys += [each.limit, each.limit]
    return (Line(message("Limit"), xs, ys, Tone.BAD),) if xs else ()
