"""Was production reached as often as was signed? The scores of the chances, in words and by tenths."""

from __future__ import annotations

from collections.abc import Callable

from ...record.production import FEWEST_FATES, Production, Tenth
from ...text.languages import counted, joined, message
from ...text.wording import number, percent
from ..blocks import KeyFigure, KeyFigures, Section, Table, paragraph, section

_TITLE = message("Was production reached as often as was signed?")


def reaching(found: Production) -> Section:
    """The Brier score, what was said and what came, by tenths; or that there are too few to say."""
    if not found.is_enough:
        few = message(
            "Too few to say: of {count} the fate is known, and {fewest} are needed.",
            count=str(found.count),
            fewest=str(FEWEST_FATES),
        )
        return section("reaching", _TITLE, paragraph(joined(" ", (few, *_left_out(found)))))
    said = joined(" ", (_verdict(found), *_left_out(found)))
    about = message(
        "The Brier score is the mean squared distance between the chance and what came, 1 or 0: less is better. Always saying the share that came true would score {uncertainty}; by tenths, {reliability} of the score is what was said and did not come, and {resolution} is taken off for telling likely from unlikely ones.",
        **_parts(found),
    )
    return section("reaching", _TITLE, _figures(found), paragraph(said), _table(found), paragraph(about, muted=True))


def _figures(found: Production) -> KeyFigures:
    cards = (
        KeyFigure(message("Brier score"), _score(found.brier), _interval(found.interval, _score)),
        KeyFigure(message("Signed chance, on average"), percent(found.stated)),
        KeyFigure(message("Reached production"), percent(found.observed), _interval(found.observed_interval, percent)),
        KeyFigure(message("Fate known"), str(found.count), _still_open(found)),
    )
    return KeyFigures(cards)


def _verdict(found: Production) -> str:
    assert found.stated is not None
    assert found.observed_interval is not None
    low, high = found.observed_interval
    if found.stated > high:
        return message("Production was reached more seldom than was signed, by more than chance explains.")
    if found.stated < low:
        return message("Production was reached more often than was signed, by more than chance explains.")
    return message("As often as was signed, as far as so many can tell.")


def _left_out(found: Production) -> list[str]:
    """What is not scored: what is open, and what nobody gave a chance."""
    is_open = message("What is still open is not scored: {count}.", count=str(found.open))
    unsaid = message("Without a signed chance: {count}.", count=str(found.unsaid))
    return [*([is_open] if found.open else []), *([unsaid] if found.unsaid else [])]


def _still_open(found: Production) -> str:
    return counted("{count} still open", "{count} still open", found.open) if found.open else ""


def _table(found: Production) -> Table:
    heads = (message("Signed chance"), message("How many"), message("Said, on average"), message("Came true"), message("95% interval"))  # fmt: skip
    return Table(message("By tenths"), heads, tuple(map(_line, found.tenths)), frozenset({1, 2, 3, 4}))


def _line(each: Tenth) -> tuple[str, ...]:
    ends = message("{low} to {high}", low=percent(each.least), high=percent(each.most))
    interval = message("{low} to {high}", low=percent(each.low), high=percent(each.high))
    return (ends, str(each.count), percent(each.stated), percent(each.observed), interval)


def _parts(found: Production) -> dict[str, str]:
    parts = found.parts
    assert parts is not None
    named = {"uncertainty": parts.uncertainty, "reliability": parts.reliability, "resolution": parts.resolution}
    return {name: _score(value) for name, value in named.items()}


def _score(value: float | None) -> str:
    return number(value, 3)


def _interval(ends: tuple[float, float] | None, tell: Callable[[float], str]) -> str:
    if ends is None:
        return ""
    return message("95% interval {low} to {high}", low=tell(ends[0]), high=tell(ends[1]))
