"""Five slides for a meeting: the decision, the value, how good it must be, the alternatives, the way there.

Where there are several streams or segments, one more says which of them carries the value; where finance has said
something, its view is one more. What came of a decision stands right after it.

What does not fit on one of them goes on on a slide after it, and all that the team wrote follows in full.

Charts and tables are PowerPoint's own and can be edited; the notes of each slide explain its figures.
"""

from __future__ import annotations

from dataclasses import replace

from ....text.languages import message
from ...blocks import Figure, Table
from ...file_format import FileFormat
from ...memo import Memo
from ...memo.actuals import CAME_OF_IT, ActualsColumn
from ...memo.finance import FINANCE
from ...memo.measured import MEASURED
from ...memo.parts import BY_PART, HOW_GOOD, RISKS, MilestoneColumn, RiskColumn, WorthColumn
from .charts import add_chart
from .details import add_details, items_of, lines_of_text, titled
from .pieces import Line, Rows, rows_of, tall
from .slides import FULL, Area, Deck, Slide, head_of

_CARDS_ACROSS, _CARD_HEIGHT = 2, 3.5
_BOTTOM = 17.5
_SMALL = 10
_DECIDED_HEIGHT, _LEAST_LIST = 5.6, 4.6
_LEFT_HALF, _RIGHT_HALF = (1.6, 15.0), (17.2, 15.0)


def render(memo: Memo) -> bytes:
    """The slides as .pptx. What people typed is written as text runs: never a link or a field."""
    deck = Deck(head_of(memo))
    figures = (_value, _quality, _alternatives) if memo.key_figures or memo.alternatives else (_missing,)
    parts = (_by_part,) if memo.by_part else ()
    finance = (_finance,) if memo.finance else ()
    measured = (_measured,) if memo.measured else ()
    came = (_actuals,) if memo.actuals else ()
    for slide in (_decision, *came, *figures, *measured, *parts, *finance, _way):
        deck.go_on(slide(deck, memo))
    add_details(deck, memo)
    return deck.content()


def _decision(deck: Deck, memo: Memo) -> str:
    verdict, title = memo.verdict, memo.say(message("The decision"))
    slide = deck.slide(memo.title)
    slide.text([verdict.said], Area(1.6, 2.8, 30.6, 1.5), size=30, bold=True, colour=deck.tone)
    decided = lines_of_text(memo.standing.decision, 16, head=True)
    asked = lines_of_text(memo.lead or next(iter(memo.problem.statements), ""), 14, soft=True)
    top = deck.flow("", [*decided, *asked], slide, Area(1.6, 4.3, 30.6, _DECIDED_HEIGHT)) + 0.3
    facts = "  ·  ".join(f"{label}: {value}" for label, value in memo.facts)
    below = list(lines_of_text(facts, 11, soft=True))
    bottom = _BOTTOM - min(tall(below, FULL.width), _BOTTOM - top - _LEAST_LIST)
    _reasons(deck, slide, memo, (top, bottom))
    deck.flow("", below, slide, Area(1.6, bottom, 30.6, _BOTTOM - bottom))
    conditions = [memo.say(message("Conditions:")), *verdict.conditions] if verdict.conditions else []
    about = memo.say(message("The decision asked for, and why."))
    slide.notes([about, *verdict.reasons, *conditions, memo.footnote])
    return title


def _reasons(deck: Deck, slide: Slide, memo: Memo, between: tuple[float, float]) -> None:
    """Why, and beside it the conditions that were signed."""
    verdict, (top, bottom) = memo.verdict, between
    reasons = ((verdict.caution,) if verdict.caution else ()) + verdict.reasons
    why = memo.say(message("Why"))
    if not memo.standing.conditions:
        deck.flow(why, items_of(reasons, 16), slide, Area(1.6, top, 30.6, bottom - top))
        return
    left, width = _LEFT_HALF
    deck.flow(why, items_of(reasons, 14), slide, Area(left, top, width, bottom - top))
    left, width = _RIGHT_HALF
    head = Line(memo.say(message("Decided on these conditions")), 14, head=True)
    deck.flow(head.text, [head, *items_of(memo.standing.conditions, 14)], slide, Area(left, top, width, bottom - top))


def _value(deck: Deck, memo: Memo) -> str:
    title = memo.say(message("What it may be worth"))
    slide = deck.slide(title)
    figures = memo.key_figures.figures if memo.key_figures else ()
    if not figures:
        slide.nothing(FULL)
    for number, figure in enumerate(figures):
        down, across = divmod(number, _CARDS_ACROSS)
        slide.card(figure, Area(1.6 + 8.4 * across, 3.1 + _CARD_HEIGHT * down, 8.1, _CARD_HEIGHT - 0.3))
    _chart(slide, memo.charts.npv if memo.charts else None, Area(19.0, 3.1, 13.2, 14.0))
    slide.notes([f"{each.label}: {each.value}. {each.about} {each.detail}." for each in figures])
    return title


def _missing(deck: Deck, memo: Memo) -> str:
    """What stands in the place of all figures while nothing can be valued."""
    title = memo.say(message("What is missing"))
    slide = deck.slide(title)
    slide.nothing(FULL)
    deck.flow("", items_of(memo.missing.fields, 14), slide, Area(1.6, 4.4, 30.6, _BOTTOM - 4.4))
    slide.notes([memo.footnote])
    return title


def _quality(deck: Deck, memo: Memo) -> str:
    title = memo.say(HOW_GOOD)
    slide, found = deck.slide(title), memo.break_even
    sentences = found.sentences if found else ()
    if found is None:
        slide.nothing(FULL)
    top = deck.flow("", items_of(sentences, 14), slide, Area(1.6, 3.0, 30.6, 4.4)) + 0.3
    metrics = memo.charts.metrics if memo.charts else ()
    figure = next(iter(metrics), None)
    if found:
        width = 17.4 if figure else FULL.width
        deck.flow("", [rows_of(found.table, width)], slide, Area(1.6, top, width, _BOTTOM - top))
    _chart(slide, figure, Area(19.4, top, 12.8, _BOTTOM - top))
    about = message(
        "Break-even: the value of the metric at which expected NPV is zero. Ceiling: the best that can be hoped for. Headroom: the room between them."
    )
    slide.notes([memo.say(about), *sentences])
    return title


def _measured(deck: Deck, memo: Memo) -> str:
    """What follows from samples of the data, beside the learning curve; only where evidence is attached."""
    title, part = memo.say(MEASURED), memo.measured
    assert part is not None
    slide = deck.slide(title)
    last = part.accounts[-1]
    seen = (part.chart.sentence,) if part.chart else ()
    sentences = (*part.follows, *seen, *last.sentences, *last.warnings)
    width = 15.0 if part.chart else FULL.width
    deck.flow(title, items_of(sentences, 13), slide, Area(1.6, 3.0, width, _BOTTOM - 3.0))
    _chart(slide, part.chart, Area(17.2, 3.0, 15.0, 12.0))
    slide.notes([*sentences, last.source])
    return title


def _actuals(deck: Deck, memo: Memo) -> str:
    """NPV as signed and now, what speaks against the decision, and what moved it; only where something was measured."""
    title, part = memo.say(CAME_OF_IT), memo.actuals
    assert part is not None
    slide, figures = deck.slide(title), part.npv.figures if part.npv else ()
    for number, figure in enumerate(figures):
        slide.card(figure, Area(1.6 + 7.7 * number, 2.9, 7.4, _CARD_HEIGHT - 0.3))
    top = 2.9 + (_CARD_HEIGHT if figures else 0)
    said = [*items_of((*part.against, *part.looks, *part.remarks), 12), *lines_of_text(part.about, 11, soft=True)]
    left, width = _LEFT_HALF
    deck.flow(title, said, slide, Area(left, top, width, _BOTTOM - top))
    if part.moved is not None:
        _half(deck, slide, part.moved, _RIGHT_HALF, top)
    ranges = part.ranges.without(ActualsColumn.KNOWN)
    slide.notes([part.about, *(f"{what}: {so_far} ({where})." for what, _, so_far, where in ranges.rows)])
    return title


def _alternatives(deck: Deck, memo: Memo) -> str:
    title = memo.say(message("The alternatives"))
    slide, charts, top = deck.slide(title), memo.charts, FULL.top
    if memo.alternatives is None:
        slide.nothing(FULL)
    else:
        table = memo.alternatives.worth.without(WorthColumn.KIND)
        top = deck.flow("", [rows_of(table, FULL.width)], slide, Area(1.6, top, 30.6, 7.2)) + 0.3
    pair = (charts.alternatives, charts.cash_flow) if charts else ()
    height = _BOTTOM - top
    for figure, area in zip(pair, (Area(1.6, top, 15.4, height), Area(17.6, top, 14.6, height)), strict=False):
        _chart(slide, figure, area)
    told = [f"{figure.title}: {figure.sentence}" for figure in pair if figure]
    slide.notes([*told, *(memo.learn_first.sentences if memo.learn_first else ())])
    return title


def _by_part(deck: Deck, memo: Memo) -> str:
    title, found = memo.say(BY_PART), memo.by_part
    assert found is not None
    slide = deck.slide(title)
    top = deck.flow("", items_of(found.sentences, 14), slide, Area(1.6, 3.0, 30.6, 4.4)) + 0.3
    deck.flow("", titled(found.table, FULL.width), slide, Area(1.6, top, FULL.width, _BOTTOM - top))
    slide.notes(list(found.sentences))
    return title


def _finance(deck: Deck, memo: Memo) -> str:
    """Before and after tax, and year by year; only where finance has said something."""
    title, part = memo.say(FINANCE), memo.finance
    assert part is not None
    slide, tables = deck.slide(title), (*part.statement, part.worth)
    pieces = [piece for table in tables if table for piece in titled(table)]
    # The statement of a few years stands below the sentences, whole.
    small = [replace(each, size=min(each.size, _SMALL)) if isinstance(each, Rows) else each for each in pieces]
    said = [*items_of(part.sentences, 12), *small, *lines_of_text(part.conventions, soft=True)]
    deck.flow(title, said, slide, FULL)
    slide.notes([*part.sentences, part.conventions])
    return title


def _way(deck: Deck, memo: Memo) -> str:
    title = memo.say(message("The way there: conditions, risks, milestones"))
    slide = deck.slide(title)
    conditions = memo.verdict.conditions or (memo.say(message("No conditions.")),)
    top = deck.flow("", items_of(conditions, 14), slide, Area(1.6, 3.0, 30.6, 6.2)) + 0.2
    risks, milestones = memo.risks.table, memo.plan.milestones
    if risks:
        _half(deck, slide, replace(risks, title=memo.say(RISKS)).without(RiskColumn.OWNER), _LEFT_HALF, top)
    if milestones:
        _half(deck, slide, milestones.without(MilestoneColumn.KIND, MilestoneColumn.OWNER), _RIGHT_HALF, top)
    about = message("What must hold if the recommendation is followed, what may go wrong, and what is reached when.")
    slide.notes([memo.say(about), *conditions])
    return title


def _half(deck: Deck, slide: Slide, table: Table, place: tuple[float, float], top: float) -> None:
    """A table under its title, in one half of the slide."""
    left, width = place
    deck.flow(table.title, titled(table, width), slide, Area(left, top, width, _BOTTOM - top))


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
