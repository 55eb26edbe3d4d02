"""The brief: the parts of a memo in the order in which a sponsor reads them, for paper.

The problem, the verdict and the decision come first, then the figures, then what the team wrote. Tables that only an
analyst needs are left to the memo; what a person typed is never cut. It computes nothing.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from ..theme import LIGHT
from .blocks import Mark, Section, Spans
from .memo import Memo
from .memo.parts import ChartsPart, Part
from .page import Page

_MOST_BARS = 7


def brief(memo: Memo) -> Page:
    """The memo as it is printed."""
    return Page(
        title=memo.title,
        author=memo.owner,
        tag=memo.verdict.said,
        tone=LIGHT.verdict(memo.verdict.recommendation),
        lead=memo.lead,
        facts=(*memo.facts, *memo.tags_told),
        sections=memo.told(_parts(memo)),
        footnote=memo.footnote,
        language=memo.language,
        standing=memo.standing.line,
        decision=memo.standing.decision,
        charts_float=True,
    )


def _parts(memo: Memo) -> Iterator[Part | None]:
    """What a sponsor reads; some tables are left to the memo."""
    yield memo.problem
    yield memo.verdict
    yield memo.decisions
    yield memo.actuals.in_short() if memo.actuals else None
    yield memo.advice
    yield replace(memo.firmness, flips=None, remarks=()) if memo.firmness else None
    yield memo.key_figures
    yield _FewCharts(memo.charts) if memo.charts else None
    yield replace(memo.alternatives, quality=None) if memo.alternatives else None
    yield memo.by_part
    yield memo.finance
    yield memo.measured
    yield memo.learn_first
    yield memo.pilot_size.in_short() if memo.pilot_size else None
    yield memo.feasibility.in_short()
    yield memo.data
    yield memo.operations
    yield memo.risks
    yield memo.plan
    yield memo.organisation
    yield memo.costs
    yield memo.evidence
    yield memo.notes
    yield memo.missing
    yield memo.comments
    yield memo.glossary


@dataclass(frozen=True)
class _FewCharts:
    """The four charts that matter most, each with its first bars."""

    charts: ChartsPart

    def section(self) -> Section:
        found = (replace(each, marks=tuple(map(_fewer, each.marks))) for each in self.charts.first_four())
        return replace(self.charts.section(), blocks=tuple(found))


def _fewer(mark: Mark) -> Mark:
    """The first bars of a chart with many."""
    if not isinstance(mark, Spans):
        return mark
    most = _MOST_BARS
    return replace(
        mark,
        names=mark.names[:most],
        start=mark.start[:most],
        end=mark.end[:most],
        tones=mark.tones[:most],
        labels=mark.labels[:most],
        marks=mark.marks[:most],
        low_at_start=mark.low_at_start[:most],
    )
