"""Five slides for a meeting: the decision, the value, how good it must be, the alternatives, the way there.

All that the team wrote follows in full on the slides after them.

Charts and tables are PowerPoint's own and can be edited; the notes of each slide explain its figures.
"""

from __future__ import annotations

from ....text.languages import message
from ....text.shortening import shortened
from ....theme import LIGHT
from ...blocks import Figure
from ...file_format import FileFormat
from ...memo import Memo
from ...memo.parts import HOW_GOOD, RISKS, MilestoneColumn, RiskColumn, WorthColumn
from .charts import add_chart
from .details import add_details
from .slides import Area, Deck, Slide

_FULL = Area(1.6, 3.1, 30.6, 14.4)
_CARDS_ACROSS, _CARD_HEIGHT = 2, 3.5


def render(memo: Memo) -> bytes:
    """The slides as .pptx. What people typed is written as text runs: never a link or a field."""
    deck = Deck(memo)
    for slide in (_decision, _value, _quality, _alternatives, _way):
        slide(deck, memo)
    add_details(deck, memo)
    return deck.content()


def _decision(deck: Deck, memo: Memo) -> None:
    verdict = memo.verdict
    slide = deck.slide(shortened(memo.title, 90))
    slide.text([verdict.said], Area(1.6, 2.8, 30.6, 1.5), size=30, bold=True, colour=deck.tone)
    decided = shortened(memo.standing.decision, 230)
    slide.text([decided], Area(1.6, 4.5, 30.6, 1.6), size=16, bold=True)
    asked = memo.lead or next(iter(memo.problem.statements), "")
    slide.text([shortened(asked, 330)], Area(1.6, 6.2, 30.6, 2.4), size=15, colour=LIGHT.soft)
    if memo.standing.conditions:
        slide.bullets(verdict.reasons, Area(1.6, 8.8, 15.0, 7.4), size=14)
        head = memo.say(message("Decided on these conditions"))
        slide.text([head], Area(17.2, 8.8, 15.0, 0.9), size=14, bold=True)
        slide.bullets(memo.standing.conditions, Area(17.2, 9.8, 15.0, 6.4), size=14)
    else:
        slide.bullets(
            ((verdict.caution,) if verdict.caution else ()) + verdict.reasons, Area(1.6, 8.8, 30.6, 7.4), size=16
        )
    facts = "  ·  ".join(f"{label}: {shortened(value, 40)}" for label, value in memo.facts)
    slide.text([shortened(facts, 200)], Area(1.6, 16.6, 30.6, 0.9), size=11, colour=LIGHT.soft)
    conditions = [memo.say(message("Conditions:")), *verdict.conditions] if verdict.conditions else []
    about = memo.say(message("The decision asked for, and why."))
    slide.notes([about, *verdict.reasons, *conditions, memo.footnote])


def _value(deck: Deck, memo: Memo) -> None:
    slide = deck.slide(memo.say(message("What it may be worth")))
    figures = memo.key_figures.figures if memo.key_figures else ()
    if not figures:
        slide.nothing(_FULL)
    for number, figure in enumerate(figures):
        down, across = divmod(number, _CARDS_ACROSS)
        slide.card(figure, Area(1.6 + 8.4 * across, 3.1 + _CARD_HEIGHT * down, 8.1, _CARD_HEIGHT - 0.3))
    _chart(slide, memo.charts.npv if memo.charts else None, Area(19.0, 3.1, 13.2, 14.0))
    slide.notes([f"{each.label}: {each.value}. {each.about} {each.detail}." for each in figures])


def _quality(deck: Deck, memo: Memo) -> None:
    slide, found = deck.slide(memo.say(HOW_GOOD)), memo.break_even
    sentences = found.sentences if found else ()
    if found is None:
        slide.nothing(_FULL)
    slide.bullets(sentences, Area(1.6, 3.0, 30.6, 3.6), size=14)
    if found:
        slide.table(found.table, Area(1.6, 6.9, 17.4, 10.4))
    metrics = memo.charts.metrics if memo.charts else ()
    _chart(slide, next(iter(metrics), None), Area(19.4, 6.6, 12.8, 10.9))
    about = message(
        "Break-even: the value of the metric at which expected NPV is zero. Ceiling: the best that can be hoped for. Headroom: the room between them."
    )
    slide.notes([memo.say(about), *sentences])


def _alternatives(deck: Deck, memo: Memo) -> None:
    slide, charts = deck.slide(memo.say(message("The alternatives"))), memo.charts
    if memo.alternatives is None:
        slide.nothing(_FULL)
    else:
        slide.table(memo.alternatives.worth.without(WorthColumn.KIND), Area(1.6, 3.1, 30.6, 5.4))
    pair = (charts.alternatives, charts.cash_flow) if charts else ()
    for figure, area in zip(pair, (Area(1.6, 8.8, 15.4, 9.0), Area(17.6, 8.8, 14.6, 9.0)), strict=False):
        _chart(slide, figure, area)
    told = [f"{figure.title}: {figure.sentence}" for figure in pair if figure]
    slide.notes([*told, *(memo.learn_first.sentences if memo.learn_first else ())])


def _way(deck: Deck, memo: Memo) -> None:
    slide = deck.slide(memo.say(message("The way there: conditions, risks, milestones")))
    conditions = memo.verdict.conditions or (memo.say(message("No conditions.")),)
    slide.bullets(conditions, Area(1.6, 3.0, 30.6, 5.6), size=14)
    risks, milestones = memo.risks.table, memo.plan.milestones
    if risks:
        slide.titled_table(memo.say(RISKS), risks.without(RiskColumn.OWNER), Area(1.6, 8.7, 15.4, 8.6))
    if milestones:
        shown = milestones.without(MilestoneColumn.KIND, MilestoneColumn.OWNER)
        slide.titled_table(milestones.title, shown, Area(17.6, 8.7, 14.6, 8.6))
    about = message("What must hold if the recommendation is followed, what may go wrong, and what is reached when.")
    slide.notes([memo.say(about), *conditions])


def _chart(slide: Slide, figure: Figure | None, area: Area) -> None:
    if figure is not None:
        add_chart(slide, figure, area)


FORMAT = FileFormat(
    "pptx",
    message("PowerPoint, five slides and the details"),
    "pptx",
    "application/vnd.openxmlformats-officedocument.presentationml.presentation",
    render,
    place=3,
)
