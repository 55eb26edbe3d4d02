"""Five slides for a meeting: the decision, the value, how good it must be, the alternatives, the way there.

Charts and tables are PowerPoint's own and can be edited; the notes of each slide explain its figures.
"""

from __future__ import annotations

from collections.abc import Sequence

from ....text.languages import message
from ...blocks import (
    Bullets,
    Figure,
    Format,
    KeyFigures,
    Section,
    Summary,
    Table,
)
from ...brief import shortened
from ...memo import HOW_GOOD, TAGS
from .charts import add_chart
from .slides import Area, Deck, Slide

_FULL = Area(1.6, 3.1, 30.6, 14.4)
_CARDS_ACROSS, _CARD_HEIGHT = 2, 3.5


def render(summary: Summary) -> bytes:
    """The slides as .pptx. What people typed is written as text runs: never a link or a field."""
    deck = Deck(summary)
    for slide in (_decision, _value, _quality, _alternatives, _way):
        slide(deck, summary)
    return deck.content()


def _decision(deck: Deck, summary: Summary) -> None:
    slide = deck.slide(shortened(summary.title, 90))
    slide.text([summary.verdict], Area(1.6, 3.0, 30.6, 1.6), size=30, bold=True, colour=deck.tone)
    slide.text([shortened(summary.lead, 330)], Area(1.6, 4.9, 30.6, 3.0), size=17, colour=deck.soft)
    reasons = _items(summary, "verdict", 0)
    slide.bullets(reasons, Area(1.6, 8.3, 30.6, 7.6), size=18)
    facts = "  ·  ".join(f"{label}: {shortened(value, 40)}" for label, value in _facts(summary))
    slide.text([facts], Area(1.6, 16.4, 30.6, 0.9), size=12, colour=deck.soft)
    conditions = _items(summary, "verdict", 1)
    slide.notes(
        [
            summary.say(message("The decision asked for, and why.")),
            *reasons,
            *([summary.say(message("Conditions:")), *conditions] if conditions else []),
            summary.footnote,
        ]
    )


def _facts(summary: Summary) -> list[tuple[str, str]]:
    return [(label, value) for label, value in summary.facts if label != summary.say(TAGS)]


def _value(deck: Deck, summary: Summary) -> None:
    slide = deck.slide(summary.say(message("What it may be worth")))
    figures = _key_figures(summary)
    if figures is None:
        slide.nothing(_FULL)
    for number, figure in enumerate(figures.figures if figures else ()):
        down, across = divmod(number, _CARDS_ACROSS)
        slide.card(figure, Area(1.6 + 8.4 * across, 3.1 + _CARD_HEIGHT * down, 8.1, _CARD_HEIGHT - 0.3))
    _chart(slide, summary, "npv", Area(19.0, 3.1, 13.2, 14.0))
    slide.notes(
        [f"{each.label}: {each.value}. {each.about} {each.detail}." for each in (figures.figures if figures else ())]
    )


def _quality(deck: Deck, summary: Summary) -> None:
    slide = deck.slide(summary.say(HOW_GOOD))
    sentences, table = _items(summary, "break_even", 0), _table(summary, "break_even", "break_even")
    if table is None:
        slide.nothing(_FULL)
    slide.bullets(sentences, Area(1.6, 3.1, 30.6, 3.2), size=16)
    if table:
        slide.table(table, Area(1.6, 6.9, 15.8, 10.4))
    metric = next(
        (each.id for each in _figures(summary) if each.id.startswith("metric_") and each.id != "metric_map"), ""
    )
    _chart(slide, summary, metric, Area(18.0, 6.6, 14.2, 10.9))
    about = message(
        "Break-even: the value of the metric at which expected NPV is zero. Ceiling: the best that can be hoped for. Headroom: the room between them."
    )
    slide.notes([summary.say(about), *sentences])


def _alternatives(deck: Deck, summary: Summary) -> None:
    slide = deck.slide(summary.say(message("The alternatives")))
    table = _table(summary, "alternatives", "worth")
    if table is None:
        slide.nothing(_FULL)
    else:
        slide.table(_columns(table, (0, 2, 3, 4, 5, 6, 7)), Area(1.6, 3.1, 30.6, 6.2))
    _chart(slide, summary, "alternatives", Area(1.6, 9.8, 15.4, 7.8))
    _chart(slide, summary, "cash_flow", Area(17.6, 9.8, 14.6, 7.8))
    found = [_figure(summary, name) for name in ("alternatives", "cash_flow")]
    slide.notes([f"{each.title}: {each.sentence}" for each in found if each] + _items(summary, "learn_first", 0))


def _way(deck: Deck, summary: Summary) -> None:
    slide = deck.slide(summary.say(message("The way there: conditions, risks, milestones")))
    conditions = _items(summary, "verdict", 1) or [summary.say(message("No conditions."))]
    slide.bullets(conditions, Area(1.6, 3.1, 30.6, 5.2), size=16)
    risks, milestones = _table(summary, "risks", "risks"), _table(summary, "plan", "milestones")
    if risks:
        slide.titled_table(summary.section("risks").title, _columns(risks, (0, 1, 2, 3)), Area(1.6, 8.7, 15.4, 8.6))
    if milestones:
        slide.titled_table(milestones.title, _columns(milestones, (0, 1, 3)), Area(17.6, 8.7, 14.6, 8.6))
    about = message("What must hold if the recommendation is followed, what may go wrong, and what is reached when.")
    slide.notes([summary.say(about), *conditions])


def _sections(summary: Summary, identity: str) -> list[Section]:
    return [section for section in summary.sections if section.id == identity]


def _items(summary: Summary, identity: str, number: int) -> list[str]:
    """The sentences of a section's n-th list."""
    lists = [
        block.items
        for section in _sections(summary, identity)
        for block in section.blocks
        if isinstance(block, Bullets)
    ]
    return list(lists[number]) if number < len(lists) else []


def _key_figures(summary: Summary) -> KeyFigures | None:
    found = (block for section in _sections(summary, "figures") for block in section.blocks)
    return next((block for block in found if isinstance(block, KeyFigures)), None)


def _figures(summary: Summary) -> list[Figure]:
    return [block for section in _sections(summary, "charts") for block in section.blocks if isinstance(block, Figure)]


def _figure(summary: Summary, identity: str) -> Figure | None:
    return next((each for each in _figures(summary) if each.id == identity), None)


def _table(summary: Summary, identity: str, table: str) -> Table | None:
    found = (block for section in _sections(summary, identity) for block in section.blocks)
    return next((block for block in found if isinstance(block, Table) and block.id == table), None)


def _columns(table: Table, kept: Sequence[int]) -> Table:
    rows = tuple(tuple(row[index] for index in kept) for row in table.rows)
    numeric = frozenset(new for new, old in enumerate(kept) if old in table.numeric)
    return Table(table.title, tuple(table.columns[index] for index in kept), rows, numeric)


def _chart(slide: Slide, summary: Summary, identity: str, area: Area) -> None:
    figure = _figure(summary, identity)
    if figure is not None:
        add_chart(slide, figure, area)


FORMAT = Format(
    "pptx",
    "PowerPoint, five slides",
    "pptx",
    "application/vnd.openxmlformats-officedocument.presentationml.presentation",
    render,
    place=2,
)
