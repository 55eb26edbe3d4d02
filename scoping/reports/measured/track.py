"""The track record: how good signed ranges were, in sections that a page draws, and as lines of a file."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from ...bridges import EVERY_KIND
from ...record.judged import Judged
from ...record.scores import FEWEST, FEWEST_PROPOSALS, NOMINAL, Calibration, Scores, Share, scores, scores_by
from ...text.languages import Language, counted, joined, message
from ...text.wording import aligned, number, percent
from ...vocabulary import ActualKind, Tone, Unit
from ..blocks import (
    Axis,
    Band,
    Figure,
    KeyFigure,
    KeyFigures,
    Line,
    Points,
    Rule,
    Section,
    Spans,
    Table,
    paragraph,
    section,
)
from ..figures.wording import described

KINDS_SAID: dict[ActualKind, str] = {
    ActualKind.COST: message("Costs"),
    ActualKind.TIME: message("Build times"),
    ActualKind.REACHED: message("Reaching production"),
    ActualKind.METRIC: message("Model metrics"),
    ActualKind.VOLUME: message("Volumes"),
    ActualKind.ADOPTION: message("Adoption"),
    ActualKind.INPUT: message("Other inputs"),
    ActualKind.GAIN: message("Gains"),
    ActualKind.BUSINESS: message("Business metrics"),
    ActualKind.GUARDRAIL: message("Guardrails"),
    ActualKind.CONDITION: message("Conditions"),
}
VERDICTS: dict[Calibration, str] = {
    Calibration.TOO_FEW: message("too few to say"),
    Calibration.CALIBRATED: message("calibrated"),
    Calibration.TOO_NARROW: message("too narrow"),
    Calibration.TOO_WIDE: message("too wide"),
    Calibration.BIASED: message("biased"),
}
_SENTENCES: dict[Calibration, str] = {
    Calibration.TOO_FEW: message(
        "Too few to say: {fewest} ranges of {proposals} proposals are needed before anything is said of who gave them.",
        fewest=str(FEWEST),
        proposals=str(FEWEST_PROPOSALS),
    ),
    Calibration.CALIBRATED: message("Calibrated: the ranges hold what came about as often as they should."),
    Calibration.TOO_NARROW: message("Too narrow: what came lies outside the ranges more often than chance explains."),
    Calibration.TOO_WIDE: message("Too wide: the ranges hold more than they should; narrower ones would say more."),
    Calibration.BIASED: message("Biased: what came lies on one side of the P50 more often than chance explains."),
}
_VERDICT_TONES = {
    Calibration.TOO_FEW: Tone.MUTED,
    Calibration.CALIBRATED: Tone.GOOD,
    Calibration.TOO_NARROW: Tone.BAD,
    Calibration.TOO_WIDE: Tone.BAD,
    Calibration.BIASED: Tone.BAD,
}
HEAD = (
    "proposal", "title", "team", "task", "horizon", "about", "kind", "judge", "signed_p10", "signed_p50", "signed_p90",
    "actual", "percentile", "inside",
)  # fmt: skip
WIDTHS = (38, 40, 18, 14, 18, 34, 12, 20, 14, 14, 14, 14, 10, 8)
GROUPS: dict[str, tuple[str, Callable[[Judged], str]]] = {
    "kind": (message("Kind of figure"), lambda each: KINDS_SAID[each.kind]),
    "team": (message("Team"), lambda each: each.team),
    "task": (message("Kind of task"), lambda each: _task_said(each.task)),
    "horizon": (message("Horizon"), lambda each: each.horizon),
}
"""By what ranges are grouped, as addresses name it; who judged is asked apart."""


def _task_said(kind: str) -> str:
    return EVERY_KIND[kind].title if kind in EVERY_KIND else kind


def overall(ranges: Sequence[Judged], language: Language) -> Section:
    """All ranges together: what they show, the few figures, and the reliability diagram."""
    found = scores(ranges)
    title = message("Do the ranges hold what comes?")
    said = joined(" ", (_SENTENCES[found.verdict], _dependence_said(found)))
    charts = (reliability(found, language), coverage_by_kind(ranges, language))
    return section("overall", title, *charts, _figures(found), paragraph(said))


def verdict_sentence(found: Scores) -> str:
    """What scores show of who gave the ranges."""
    return _SENTENCES[found.verdict]


def _dependence_said(found: Scores) -> str:
    if found.coverage is None or round(found.coverage.counted_as) >= found.count:
        return ""
    return message(
        "Ranges of one proposal come out alike, so the {count} count as {as_many} independent ones.",
        count=str(found.count),
        as_many=number(found.coverage.counted_as, 0),
    )


def _figures(found: Scores) -> KeyFigures:
    many = counted("of {count} proposal", "of {count} proposals", found.proposals)
    cards = (
        KeyFigure(message("Ranges with an outcome"), str(found.count), many),
        KeyFigure(message("Inside P10 to P90"), _share(found.coverage), _interval(found.coverage, percent(NOMINAL))),
        KeyFigure(message("Worse than the P50"), _share(found.worse), _interval(found.worse, percent(0.5))),
        KeyFigure(
            message("What came, over the P50"), _ratio(found.ratio), message("typical; 1 where it came as expected")
        ),
    )
    return KeyFigures(cards)


def _share(share: Share | None) -> str:
    return message("none") if share is None else percent(share.value)


def _interval(share: Share | None, wanted: str) -> str:
    if share is None:
        return ""
    low, high = percent(share.low), percent(share.high)
    return message("should be {wanted}; 95% interval {low} to {high}", wanted=wanted, low=low, high=high)


def _ratio(ratio: float | None) -> str:
    return message("none") if ratio is None else aligned(ratio)


def reliability(found: Scores, language: Language) -> Figure | None:
    """How many ended at or below each nominal level: on the diagonal, where ranges mean what they say."""
    if not found.points:
        return None
    at = [each.nominal for each in found.points]
    observed = [each.observed for each in found.points]
    sentence = message("On the line, ranges mean what they say. The band is the 95% interval of what was found.")
    names = [percent(each) for each in at]
    return Figure(
        id="reliability",
        title=message("Reliability"),
        sentence=sentence,
        alt=described(message("Points of how many actuals came out at or below each nominal level."), sentence),
        x=Axis(message("Share that should lie at or below"), Unit.SHARE, 0.0, 1.0),
        y=Axis(message("Share that did"), Unit.SHARE, 0.0, 1.0),
        marks=(
            Band(
                message("95% interval"),
                at,
                [each.low for each in found.points],
                [each.high for each in found.points],
                ends=(message("low"), message("high")),
            ),
            Line(message("As it should be"), [0.0, 1.0], [0.0, 1.0], Tone.MUTED),
            Points(names, at, observed, [Tone.MAIN] * len(at), [False] * len(at), [False] * len(at)),
        ),
        currency="",
        language=language,
    )


def coverage_by_kind(ranges: Sequence[Judged], language: Language) -> Figure | None:
    """How many ranges of each kind held what came, with the interval of that."""
    found = {name: each for name, each in scores_by(ranges, GROUPS["kind"][1]).items() if each.coverage}
    if not found:
        return None
    shares = [each.coverage for each in found.values() if each.coverage]
    sentence = message("At 80%, ranges hold as much as they should. A bar is the 95% interval of what was found.")
    return Figure(
        id="coverage",
        title=message("Inside P10 to P90, by kind of figure"),
        sentence=sentence,
        alt=described(
            message("A bar for each kind of figure, with a point for the share of ranges that held."), sentence
        ),
        x=Axis(message("Share of ranges that held what came"), Unit.SHARE, 0.0, 1.0),
        y=Axis(message("Kind of figure"), Unit.CATEGORY),
        marks=(
            Spans(
                [*found],
                [each.low for each in shares],
                [each.high for each in shares],
                [_VERDICT_TONES[each.verdict] for each in found.values()],
                [_with_interval(each) for each in shares],
                [each.value for each in shares],
            ),
            Rule(NOMINAL, message("80%")),
        ),
        currency="",
        language=language,
    )


def grouped(ranges: Sequence[Judged], by: str) -> Section:
    """The same by group, each with its verdict; what is too few to say is said so."""
    title, key = GROUPS[by]
    return section("groups", title, groups_table(scores_by(ranges, key), title))


def groups_table(found: Mapping[str, Scores], title: str) -> Table:
    """A line for each group."""
    heads = (
        title,
        message("Ranges (proposals)"),
        message("Inside P10 to P90"),
        message("Worse than the P50"),
        message("Over the P50"),
        message("Quantile score"),
        message("Finding"),
    )
    return Table(title, heads, tuple(_line(name, each) for name, each in found.items()), frozenset({1, 2, 3, 4, 5}))


def _line(name: str, found: Scores) -> tuple[str, ...]:
    many = message("{count} ({proposals})", count=str(found.count), proposals=str(found.proposals))
    inside = _with_interval(found.coverage)
    score = message("none") if found.pinball is None else percent(found.pinball, 1)
    verdict = VERDICTS[found.verdict]
    return (name, many, inside, _with_interval(found.worse), _ratio(found.ratio), score, verdict)


def _with_interval(share: Share | None) -> str:
    if share is None:
        return ""
    return message(
        "{value} ({low} to {high})", value=percent(share.value), low=percent(share.low), high=percent(share.high)
    )


def lines(ranges: Sequence[Judged], titles: Mapping[str, str]) -> list[tuple[Any, ...]]:
    """A line for each range, for a file; `titles` are those of the proposals."""
    return [
        (
            each.proposal,
            titles.get(each.proposal, ""),
            each.team,
            each.task,
            str(each.horizon),
            str(each.path),
            each.kind.value,
            each.judge,
            each.signed.p10,
            each.signed.p50,
            each.signed.p90,
            each.actual,
            each.percentile,
            int(each.is_inside),
        )
        for each in ranges
    ]
