"""What a probe measured, as plain lines for a terminal."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from ..document.evidence import ColumnProfile, Evidence, Profile, Signal
from ..feasibility.evidence.warnings import MUCH_MISSING, SHIFTED
from .evidence import leak_said, metric_title, model_title, not_done_said, remark_said
from .languages import message
from .shortening import one_line
from .wording import number, percent

_MOST_NAMED = 8
_LONGEST_NAME = 40


def described(evidence: Evidence) -> Iterator[str]:
    """The lines: the data, its faults, the signal, what is too good to be true, what was not measured."""
    yield from _of_source(evidence)
    yield from _of_profile(evidence.profile)
    if evidence.signal:
        yield _of_signal(evidence.signal)
    metric = evidence.signal.metric if evidence.signal else ""
    yield from (leak_said(each, metric) for each in evidence.leakage)
    yield from _of_labels(evidence)
    yield from _of_vanishing(evidence)
    yield from map(remark_said, evidence.source.remarks)
    yield from map(not_done_said, evidence.not_done)
    yield message(
        "Made in {seconds} seconds with the seed {seed}.",
        seconds=number(evidence.made.seconds),
        seed=str(evidence.made.seed),
    )


def _of_source(evidence: Evidence) -> Iterator[str]:
    profile = evidence.profile
    yield message(
        "{name}: {rows} rows, {columns} columns; models were scored on {used} random rows.",
        name=_shown(evidence.source.name),
        rows=number(profile.rows),
        columns=number(profile.columns),
        used=number(evidence.source.rows_used),
    )
    if profile.target_missing:
        yield message(
            "The target is missing, or cannot be read, in {count} rows: they are left out.",
            count=number(profile.target_missing),
        )
    if profile.classes:
        shares = [percent(count / sum(profile.classes.counts)) for count in profile.classes.counts[:_MOST_NAMED]]
        yield message("The target's classes have {shares} of the rows.", shares=", ".join(shares))


def _of_profile(profile: Profile) -> Iterator[str]:
    if profile.duplicates:
        yield message("{count} rows repeat an earlier one.", count=number(profile.duplicates))
    if profile.coverage:
        yield message(
            "Time from {first} to {last}; the longest gap is {gap} days.",
            first=profile.coverage.first,
            last=profile.coverage.last,
            gap=number(profile.coverage.longest_gap_days),
        )
    for said, columns in _faults(profile):
        if columns:
            yield message("{said}: {columns}.", said=said, columns=_named(columns))


def _faults(profile: Profile) -> Iterator[tuple[str, list[ColumnProfile]]]:
    told = profile.told
    yield message("Empty"), [each for each in told if each.type == "empty"]
    yield message("The same in every row"), [each for each in told if each.is_constant]
    yield message("Identifiers, by the look of them"), [each for each in told if each.is_identifier_like]
    often = [each for each in told if each.type != "empty" and (each.missing or 0) > MUCH_MISSING * profile.rows]
    yield message("Missing in more than one row of five"), often
    yield message("With values of another type among them"), [each for each in told if each.mixed]
    shifted = [each for each in told if each.drift and each.drift.population_stability_index > SHIFTED]
    yield message("Shifted between the first and the last tenth of time"), shifted


def _named(columns: Sequence[ColumnProfile]) -> str:
    names = [_shown(each.name) for each in columns[:_MOST_NAMED]]
    return ", ".join([*names, *(["…"] if len(columns) > _MOST_NAMED else [])])


def _shown(name: str) -> str:
    """A name on one line, short, and without signs that would steer a terminal."""
    line = "".join(sign if sign.isprintable() else "\N{REPLACEMENT CHARACTER}" for sign in one_line(name))
    return line if len(line) <= _LONGEST_NAME else line[: _LONGEST_NAME - 1] + "…"


def _of_signal(signal: Signal) -> str:
    found = message("Signal") if signal.found else message("No signal")
    return message(
        "{found}: {metric} {score} ({low} to {high}) by {model}; {baseline} without any input, {permuted} on shuffled labels.",
        found=found,
        metric=metric_title(signal.metric),
        score=number(signal.score, 3),
        low=number(signal.interval[0], 3),
        high=number(signal.interval[1], 3),
        model=model_title(signal.model),
        baseline=number(signal.baseline, 3),
        permuted=number(signal.permuted, 3),
    )


def _of_labels(evidence: Evidence) -> Iterator[str]:
    labels = evidence.labels
    if labels and labels.contradicted:
        found = labels.contradicted
        yield message(
            "Labels that look wrong: {share} ({low} to {high}).",
            share=percent(found.value, 1),
            low=percent(found.low, 1),
            high=percent(found.high, 1),
        )
    if labels and labels.kappa:
        yield message("Two labellers agree with a kappa of {kappa}.", kappa=number(labels.kappa.value, 2))


def _of_vanishing(evidence: Evidence) -> Iterator[str]:
    if evidence.vanishing:
        first = evidence.vanishing[0]
        yield message(
            "Without {columns} the score is {score}.",
            columns=", ".join(_shown(each) for each in first.columns[:_MOST_NAMED]),
            score=number(first.score.value, 3),
        )
    if evidence.latency_ms:
        yield message(
            "One answer takes {p50} ms, in one of twenty cases {p95} ms or more.",
            p50=number(evidence.latency_ms.p50),
            p95=number(evidence.latency_ms.p95),
        )
