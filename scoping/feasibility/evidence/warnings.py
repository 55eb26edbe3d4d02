"""What in an evidence document asks for a second look: codes with their figures, said in words by `text`.

Every threshold that makes a warning stands here, with where it comes from.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from enum import StrEnum
from itertools import chain

from ...document.evidence import ColumnProfile, Evidence

FEW_ROWS = 500
"""Below this an out-of-sample score moves by several points with the draw of the sample (Varoquaux 2018)."""
FEW_OF_A_CLASS = 50
"""Rows of the rarest class below which recall is told within some 14 points at best (binomial, 95 %)."""
RARE_CLASS = 0.05
MUCH_MISSING = 0.2
MANY_DUPLICATES = 0.01
MANY_TWINS = 0.01
MANY_MIXED = 0.001
SHIFTED = 0.25
"""Population stability index above which a column has shifted (Siddiqi 2006, p. 136)."""
LONG_GAP = 10
"""Times the usual gap between two rows."""
MISSING_MORE = 0.1
MANY_WRONG_LABELS = 0.03
"""Share of wrong labels at which benchmarks began to rank models otherwise (Northcutt, Athalye and Mueller 2021)."""
MODEST_KAPPA = 0.6
"""Agreement up to here is moderate at best (Landis and Koch 1977)."""
MUCH_LOST = 0.5
"""Share of what the model adds that is gone once its strongest input is missing."""
_TIME = "time"


class Code(StrEnum):
    """What a warning warns of."""

    CHANGED = "changed"
    FEW_ROWS = "few_rows"
    TARGET_MISSING = "target_missing"
    DUPLICATES = "duplicates"
    TWINS_ACROSS_LABELS = "twins_across_labels"
    RARE_CLASS = "rare_class"
    FEW_OF_A_CLASS = "few_of_a_class"
    MUCH_MISSING = "much_missing"
    CONSTANT = "constant"
    IDENTIFIER_LIKE = "identifier_like"
    MIXED = "mixed"
    MIXED_TIMES = "mixed_times"
    SHIFTED = "shifted"
    MISSING_MORE = "missing_more"
    GAP = "gap"
    UNREADABLE_TIMES = "unreadable_times"
    WRONG_LABELS = "wrong_labels"
    MODEST_AGREEMENT = "modest_agreement"
    STRONGEST_INPUT = "strongest_input"
    TOO_SLOW = "too_slow"


@dataclass(frozen=True)
class Warned:
    """One warning: its code, the columns that it is about, and its figures in the order in which they are told."""

    code: Code
    columns: tuple[str, ...] = ()
    values: tuple[float, ...] = ()


def warnings_of(evidence: Evidence, latency_budget: float | None = None) -> tuple[Warned, ...]:
    """All that asks for a second look, what weighs most first. The latency budget is in milliseconds."""
    parts: tuple[Iterator[Warned], ...] = (
        _changed(evidence),
        _rows(evidence),
        _classes(evidence),
        _labels(evidence),
        _columns(evidence),
        _time(evidence),
        _serving(evidence, latency_budget),
    )
    return tuple(chain.from_iterable(parts))


def inputs_of(evidence: Evidence) -> list[str]:
    """The columns that a model could learn from: not personal, not constant, no identifier, no other role."""
    given = _given(evidence)
    return [
        each.name
        for each in evidence.profile.told
        if not (each.is_personal or each.is_constant or each.is_identifier_like or each.name in given)
    ]


def _changed(evidence: Evidence) -> Iterator[Warned]:
    if evidence.id and not evidence.is_sealed:
        yield Warned(Code.CHANGED)


def _rows(evidence: Evidence) -> Iterator[Warned]:
    profile = evidence.profile
    rows, used = profile.rows, evidence.source.rows_used
    if rows < FEW_ROWS:
        yield Warned(Code.FEW_ROWS, values=(rows,))
    if profile.target_missing:
        yield Warned(
            Code.TARGET_MISSING, (evidence.target,), (profile.target_missing, _share(profile.target_missing, rows))
        )
    if _share(profile.duplicates, rows) > MANY_DUPLICATES:
        yield Warned(Code.DUPLICATES, values=(profile.duplicates, _share(profile.duplicates, rows)))
    twins = profile.near_duplicates_across_labels or 0
    if _share(twins, used) > MANY_TWINS:
        yield Warned(Code.TWINS_ACROSS_LABELS, values=(twins, _share(twins, used)))


def _classes(evidence: Evidence) -> Iterator[Warned]:
    classes = evidence.profile.classes
    if evidence.task != "classification" or classes is None or not classes.counts:
        return
    least, share = classes.counts[-1], _share(classes.counts[-1], sum(classes.counts))
    if least < FEW_OF_A_CLASS:
        yield Warned(Code.FEW_OF_A_CLASS, values=(least,))
    elif share < RARE_CLASS:
        yield Warned(Code.RARE_CLASS, values=(share, least))


def _labels(evidence: Evidence) -> Iterator[Warned]:
    labels = evidence.labels
    if labels is None:
        return
    if labels.contradicted is not None and labels.contradicted.value >= MANY_WRONG_LABELS:
        yield Warned(Code.WRONG_LABELS, values=(labels.contradicted.value,))
    if labels.kappa is not None and labels.kappa.value <= MODEST_KAPPA:
        yield Warned(Code.MODEST_AGREEMENT, values=(labels.kappa.value, labels.labelled_twice))


def _columns(evidence: Evidence) -> Iterator[Warned]:
    rows = evidence.profile.rows
    inputs = [each for each in evidence.profile.told if not each.is_personal and each.name not in _given(evidence)]
    kinds: tuple[tuple[Code, Callable[[ColumnProfile], bool]], ...] = (
        (Code.MUCH_MISSING, lambda each: _share(each.missing or 0, rows) > MUCH_MISSING),
        (Code.CONSTANT, lambda each: each.is_constant),
        (Code.IDENTIFIER_LIKE, lambda each: each.is_identifier_like),
        (Code.MIXED, lambda each: _share(each.mixed, rows) > MANY_MIXED and each.type != _TIME),
        (Code.MIXED_TIMES, lambda each: _share(each.mixed, rows) > MANY_MIXED and each.type == _TIME),
        (Code.SHIFTED, lambda each: each.drift is not None and each.drift.population_stability_index > SHIFTED),
        (Code.MISSING_MORE, _is_missing_more),
    )
    for code, is_so in kinds:
        names = tuple(each.name for each in inputs if is_so(each))
        if names:
            yield Warned(code, names)


def _given(evidence: Evidence) -> frozenset[str]:
    """The columns that are no inputs."""
    return frozenset({evidence.target, evidence.time, evidence.group, evidence.second_label} - {""})


def _is_missing_more(column: ColumnProfile) -> bool:
    drift = column.drift
    return drift is not None and drift.missing_after - drift.missing_before > MISSING_MORE


def _time(evidence: Evidence) -> Iterator[Warned]:
    coverage = evidence.profile.coverage
    if coverage is None:
        return
    if coverage.usual_gap_days > 0 and coverage.longest_gap_days > LONG_GAP * max(coverage.usual_gap_days, 1.0):
        yield Warned(Code.GAP, (evidence.time,), (coverage.longest_gap_days,))
    if coverage.unreadable:
        yield Warned(Code.UNREADABLE_TIMES, (evidence.time,), (coverage.unreadable,))


def _serving(evidence: Evidence, budget: float | None) -> Iterator[Warned]:
    signal, first = evidence.signal, next(iter(evidence.vanishing), None)
    if signal is not None and signal.found and first is not None:
        gained, left = (abs(score - signal.baseline) for score in (signal.score, first.score.value))
        if gained > 0 and 1 - left / gained > MUCH_LOST:
            yield Warned(Code.STRONGEST_INPUT, tuple(first.columns), (1 - left / gained,))
    latency = evidence.latency_ms
    if latency is not None and budget is not None and latency.p95 > budget:
        yield Warned(Code.TOO_SLOW, values=(latency.p95, budget))


def _share(part: float, whole: float) -> float:
    return part / whole if whole else 0.0
