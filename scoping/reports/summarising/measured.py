"""What was measured on samples of the team's data, as the memo and the Data step tell it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from ...assessment import Assessment
from ...document.evidence import Evidence, LabelQuality, LearningCurve, Measured, Signal
from ...document.proposal import Proposal
from ...feasibility.evidence.reach import Reach, reaches
from ...feasibility.evidence.warnings import warnings_of
from ...text.evidence import (
    SPLIT_TITLES,
    baseline_title,
    columns_said,
    leak_said,
    metric_title,
    model_title,
    not_done_said,
    remark_said,
    score,
    warned_said,
)
from ...text.languages import ENGLISH, Language, counted, joined, listed, message
from ...text.reach import curve_said, reach_said
from ...text.shortening import shortened
from ...text.wording import day, number, percent
from ..blocks import Figure, Section, Table, section
from ..figures.learning_curve import as_fitted, curve_sentence, in_money, learning_curve
from ..memo.measured import MEASURED, Account, MeasuredPart
from ..spoken import spoken

_MOST_ROWS_NAMED = 12
_LONGEST_NAME, _HASH_SHOWN = 80, 12


def measured_part(proposal: Proposal, assessment: Assessment) -> MeasuredPart | None:
    """None where no evidence is attached."""
    if not proposal.evidence:
        return None
    budget = proposal.operations.latency_ms.budget
    found = reaches(proposal)
    in_money_shown = next((each for each in found if each.curve is not None), None)
    drawn = None if in_money_shown else _drawn(proposal)
    accounts = tuple(account(each, budget, is_drawn=each is drawn) for each in proposal.evidence)
    follows = tuple(sentence for each in found for sentence in reach_said(each, proposal.currency))
    if in_money_shown is not None:
        chart = reach_chart(in_money_shown, proposal.currency)
        return MeasuredPart(accounts, follows, chart)
    curve = drawn.learning_curve if drawn else None
    return MeasuredPart(accounts, follows, _chart(proposal, assessment, curve) if curve else None)


def reach_told(found: Reach, currency: str, language: Language = ENGLISH) -> Figure | None:
    """That chart alone, in one language; None where no learning curve was measured."""
    return None if found.curve is None else spoken(reach_chart(found, currency), language)


def reach_chart(found: Reach, currency: str) -> Figure:
    """What more labels are worth: the learning curve in money, against break-even and ceiling."""
    return learning_curve(in_money(found, currency), curve_said(found, currency), currency)


def _drawn(proposal: Proposal) -> Evidence | None:
    """The newest document with a learning curve: that one has the chart."""
    return next((each for each in reversed(proposal.evidence) if each.learning_curve), None)


def measured_told(evidence: Evidence, budget: float | None, currency: str, language: Language = ENGLISH) -> Section:
    """One evidence document as a section, in one language: for a page that shows it alone."""
    curve = evidence.learning_curve
    chart = learning_curve(as_fitted(curve), _curve(curve), currency) if curve else None
    first, *others = account(evidence, budget).blocks(named=False)
    return spoken(section("measured", MEASURED, first, chart, *others), language)


def account(evidence: Evidence, budget: float | None, *, is_drawn: bool = True) -> Account:
    """One evidence document in sentences. The budget is that of production, in milliseconds.

    Where its learning curve is drawn, the chart's sentence tells it.
    """
    metric = evidence.signal.metric if evidence.signal else ""
    leaks = (leak_said(each, metric) for each in evidence.leakage)
    return Account(
        name=message("{name}: {target} predicted", name=_name(evidence), target=columns_said([evidence.target])),
        sentences=tuple(_sentences(evidence, budget, is_drawn=is_drawn)),
        warnings=(
            *leaks,
            *map(warned_said, warnings_of(evidence, budget)),
            *map(not_done_said, evidence.not_done),
            *map(remark_said, evidence.source.remarks),
        ),
        tables=tuple(filter(None, (_metrics(evidence), _vanishing(evidence)))),
        source=_source(evidence),
    )


def _sentences(evidence: Evidence, budget: float | None, *, is_drawn: bool) -> Iterator[str]:
    signal = _signal(evidence.signal)
    leaks = message("That is too good to be believed while the leaks named below are in the data.")
    yield joined(" ", (signal, leaks)) if evidence.leakage and evidence.signal else signal
    if evidence.learning_curve is not None and not is_drawn:
        yield _curve(evidence.learning_curve)
    if evidence.labels is not None:
        yield from _labels(evidence.labels)
    if evidence.latency_ms is not None:
        latency = evidence.latency_ms
        said = message(
            "One answer takes {p50} ms, and at most {p95} ms in 95% of the cases ({model}, on the machine of the probe).",
            p50=number(latency.p50),
            p95=number(latency.p95),
            model=model_title(latency.model),
        )
        yield said if budget is None else joined(" ", (said, _against_budget(latency.p95, budget)))


def _against_budget(p95: float, budget: float) -> str:
    if p95 <= budget:
        return message("That is within the budget of {budget} ms.", budget=number(budget))
    return message("That is beyond the budget of {budget} ms.", budget=number(budget))


def _signal(signal: Signal | None) -> str:
    if signal is None:
        return message("Whether there is signal could not be measured on this sample.")
    best = max if signal.higher_is_better else min
    known = best(signal.baselines, key=signal.baselines.__getitem__, default="")
    values = {
        "model": model_title(signal.model),
        "metric": metric_title(signal.metric),
        "score": _with_interval(
            signal.metric, Measured(value=signal.score, low=signal.interval[0], high=signal.interval[1])
        ),
        "baseline": score(signal.metric, signal.baseline),
        "known": baseline_title(known) if known else message("what knows nothing of the inputs"),
        "permuted": score(signal.metric, signal.permuted),
        "split": SPLIT_TITLES[signal.split],
    }
    if signal.found:
        return message(
            "There is signal: {model} reaches {metric} {score} with {split}; {known} reaches {baseline}, shuffled labels {permuted}.",
            **values,
        )
    return message(
        "No signal was found: {model} reaches {metric} {score} with {split}, no better beyond doubt than {known} ({baseline}) or shuffled labels ({permuted}).",
        **values,
    )


def _curve(curve: LearningCurve) -> str:
    said = curve_sentence(curve)
    if curve.asymptote is None or curve.at_four_times is None:
        return said
    most = max(each.rows for each in curve.points)
    return joined(
        " ",
        (
            said,
            message(
                "With {rows} it would be {score}; it flattens at {asymptote}.",
                rows=number(4 * most, 0),
                score=_with_interval(curve.metric, curve.at_four_times),
                asymptote=_with_interval(curve.metric, curve.asymptote),
            ),
        ),
    )


def _labels(labels: LabelQuality) -> Iterator[str]:
    if labels.contradicted is not None:
        said = message(
            "Of the labels {share} are estimated to be wrong ({low} to {high}).",
            share=percent(labels.contradicted.value, 1),
            low=percent(labels.contradicted.low, 1),
            high=percent(labels.contradicted.high, 1),
        )
        named = [number(each, 0) for each in labels.rows_to_look_at[:_MOST_ROWS_NAMED]]
        look = message("Look first at the rows {rows}.", rows=listed(named))
        yield joined(" ", (said, look)) if named else said
    if labels.kappa is not None and labels.agreement is not None:
        yield message(
            "Two people agree on {agreement} of {rows} rows: kappa {kappa} ({low} to {high}).",
            agreement=percent(labels.agreement.value),
            rows=number(labels.labelled_twice, 0),
            kappa=number(labels.kappa.value),
            low=number(labels.kappa.low),
            high=number(labels.kappa.high),
        )


def _metrics(evidence: Evidence) -> Table | None:
    rows = tuple(
        (metric_title(name), score(name, each.value), _interval(name, each)) for name, each in evidence.metrics.items()
    )
    columns = (message("Metric"), message("Measured"), message("95% interval"))
    return Table(message("What the best model reaches"), columns, rows, frozenset({1, 2})) if rows else None


def _vanishing(evidence: Evidence) -> Table | None:
    """The score without the strongest inputs, from those alone to ever more of them."""
    if evidence.signal is None:
        return None
    metric = evidence.signal.metric
    rows = tuple(
        (
            counted("the strongest", "the {count} strongest", each.strongest),
            columns_said(each.columns, 3),
            score(metric, each.score.value),
            _interval(metric, each.score),
        )
        for each in evidence.vanishing
    )
    columns = (message("Missing when it is needed"), message("Columns"), metric_title(metric), message("95% interval"))
    return Table(message("If inputs vanish"), columns, rows, frozenset({2, 3})) if rows else None


def _with_interval(metric: str, measured: Measured) -> str:
    return message("{value} ({interval})", value=score(metric, measured.value), interval=_interval(metric, measured))


def _interval(metric: str, measured: Measured) -> str:
    return message("{low} to {high}", low=score(metric, measured.low), high=score(metric, measured.high))


def _name(evidence: Evidence) -> str:
    return shortened(evidence.source.name, _LONGEST_NAME)


def _source(evidence: Evidence) -> str:
    """Of which data, when, by whom, with which seed: enough to measure it again."""
    source, made = evidence.source, evidence.made
    said = message(
        "Measured on {day} on {used} of {rows} rows of {name}, seed {seed}.",
        day=day(made.on),
        used=number(source.rows_used, 0),
        rows=number(source.rows, 0),
        name=message("“{name}”", name=_name(evidence)),
        seed=str(made.seed),
    )
    digest = message("SHA-256 of the file: {digest}…", digest=source.sha256[:_HASH_SHOWN]) if source.sha256 else ""
    by = message("Run by {person}.", person=shortened(made.by, _LONGEST_NAME)) if made.by else ""
    return joined(" ", filter(None, (said, digest, by)))


def _chart(proposal: Proposal, assessment: Assessment, curve: LearningCurve) -> Figure:
    """With break-even and ceiling where they are told in the curve's metric."""
    shown, leader = as_fitted(curve), assessment.leader()
    own = [each for each in assessment.break_even if leader is not None and each.index == leader.index]
    found = next((each for each in own if each.metric == curve.metric), None)
    if found is not None:
        shown = replace(shown, break_even=_rule(curve, found.value), ceiling=_rule(curve, found.ceiling))
    return learning_curve(shown, _curve(curve), proposal.currency)


def _rule(curve: LearningCurve, value: float | None) -> tuple[float, str] | None:
    return None if value is None else (value, score(curve.metric, value))
