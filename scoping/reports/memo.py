"""Builds the Summary: the proposal and its assessment as the memo that a sponsor reads."""

from __future__ import annotations

from collections.abc import Sequence

from ..assessment import Assessment
from ..document.alternatives import Alternative, name_of
from ..document.hashing import content_hash, short_hash
from ..document.problem import BusinessMetric
from ..document.proposal import Proposal
from ..feasibility.catalogue import AREAS, QUESTIONS
from ..text.labels import label_of
from ..text.languages import ENGLISH, Language, joined, message
from ..text.wording import (
    day,
    metric_value,
    money,
    months,
    number,
    percent,
)
from ..value.results import AlternativeResult
from ..verdict import RECOMMENDATIONS
from .blocks import (
    Block,
    Bullets,
    DecisionNote,
    KeyFigures,
    Paragraph,
    Section,
    Summary,
    Table,
)
from .figures import all_figures, break_even_sentence
from .key_figures import key_figures
from .spoken import spoken
from .uncertainty import learn_first, outside_view, stage_by_stage, what_the_model_adds, whose_estimates

KIND_TITLES = {
    "status_quo": message("Status quo"),
    "process_change": message("Process change"),
    "rules": message("Rules"),
    "buy": message("Buy"),
    "classical_ml": message("Classical ML"),
    "deep_learning": message("Deep learning"),
    "foundation_model": message("Foundation model"),
}
GATE_TITLES = {
    "passed": message("Passed"),
    "failed": message("Failed"),
    "open": message("To be settled"),
    "unanswered": message("Not answered"),
}
_LEVELS = {"low": message("low"), "medium": message("medium"), "high": message("high"), None: ""}
_MILESTONES = {
    "ml": message("Modelling"),
    "software": message("Software"),
    "business": message("Business"),
    "decision": message("Decision"),
}
CROSSINGS = {"always": message("always pays"), "never": message("never pays"), "several": message("several")}
TAGS = message("Tags")
HOW_GOOD = message("How good must the model be, and can anyone be that good?")
QUANTILES = message("P10 and P90: one chance in ten to be below, one in ten to be above.")


def summarise(
    proposal: Proposal,
    assessment: Assessment,
    decisions: Sequence[DecisionNote] = (),
    language: Language = ENGLISH,
) -> Summary:
    """The memo of a proposal, its assessment and the decisions taken on it, newest first, in one language."""
    sections = [
        _verdict(assessment),
        _figures(assessment),
        _charts(proposal, assessment),
        _alternatives(proposal, assessment),
        _break_even(proposal, assessment),
        learn_first(assessment),
        stage_by_stage(assessment),
        outside_view(assessment),
        _feasibility(assessment),
        _problem(proposal),
        _risks(proposal),
        _plan(proposal),
        _decisions(decisions),
        _assumptions(proposal),
        _missing(proposal, assessment),
    ]
    summary = Summary(
        title=proposal.title,
        verdict=RECOMMENDATIONS[assessment.verdict.recommendation],
        recommendation=assessment.verdict.recommendation,
        lead=proposal.summary,
        facts=_facts(proposal),
        sections=tuple(section for section in sections if section is not None and section.blocks),
        footnote=_footnote(proposal, assessment),
        proposal=proposal,
        assessment=assessment,
    )
    return spoken(summary, language)


def _footnote(proposal: Proposal, assessment: Assessment) -> str:
    return message(
        "All money in {currency}. {draws} simulated futures, seed {seed}. {quantiles} Content {hash}.",
        currency=assessment.currency,
        draws=number(assessment.draws, 0),
        seed=str(assessment.seed),
        quantiles=QUANTILES,
        hash=short_hash(content_hash(proposal)),
    )


def _facts(proposal: Proposal) -> tuple[tuple[str, str], ...]:
    known = (
        (message("Team"), proposal.team),
        (message("Owner"), proposal.owner),
        (message("Sponsor"), proposal.sponsor),
        (message("Kind of task"), proposal.bridge.title if proposal.bridge else ""),
        (TAGS, ", ".join(proposal.tags)),
    )
    return tuple((label, value) for label, value in known if value)


def _section(identity: str, title: str, *blocks: Block | None) -> Section:
    return Section(identity, title, tuple(block for block in blocks if block is not None))


def _verdict(assessment: Assessment) -> Section:
    verdict = assessment.verdict
    conditions: tuple[Block, ...] = (Paragraph(message("Conditions")), Bullets(verdict.conditions))
    title = message("Verdict: {verdict}", verdict=RECOMMENDATIONS[verdict.recommendation])
    return _section("verdict", title, Bullets(verdict.reasons), *(conditions if verdict.conditions else ()))


def _figures(assessment: Assessment) -> Section | None:
    figures = key_figures(assessment)
    leader = assessment.leader()
    if not figures or leader is None:
        return None
    about = message("Of {leader}, against the status quo. {quantiles}", leader=leader.name, quantiles=QUANTILES)
    return _section("figures", message("Key figures"), Paragraph(about, muted=True), KeyFigures(figures))


def _charts(proposal: Proposal, assessment: Assessment) -> Section | None:
    figures = all_figures(assessment, metric_units(proposal))
    return Section("charts", message("In pictures"), tuple(figures)) if figures else None


def metric_units(proposal: Proposal) -> dict[str, str]:
    """The unit of each technical metric of the proposal's kind of task."""
    return {metric.name: metric.quantity.unit for metric in proposal.bridge.metrics} if proposal.bridge else {}


def _alternatives(proposal: Proposal, assessment: Assessment) -> Section | None:
    if not assessment.alternatives:
        return None
    best = Paragraph(message("Best by expected value: {name}.", name=assessment.best)) if assessment.best else None
    adds = what_the_model_adds(assessment)
    quality = _quality_and_cost(proposal, assessment)
    return _section("alternatives", message("Alternatives"), best, _worth(assessment), adds, quality)


def _worth(assessment: Assessment) -> Table:
    columns = (
        message("Alternative"),
        message("Kind"),
        message("Expected NPV"),
        "P10",
        "P90",
        message("Chance of loss"),
        message("Chance of being best"),
        message("Payback"),
    )
    rows = tuple(_worth_row(each, assessment.currency) for each in assessment.best_first())
    return Table(message("Worth, against the status quo"), columns, rows, frozenset(range(2, 8)), "worth")


def _worth_row(result: AlternativeResult, currency: str) -> tuple[str, ...]:
    head = (result.name, KIND_TITLES[result.kind])
    if result.outcome is None:
        best = percent(result.probability_best) if result.probability_best is not None else ""
        state = message("reference") if result.is_reference else message("incomplete")
        return (*head, state, "", "", "", best, "")
    outcome = result.outcome
    return (
        *head,
        money(outcome.npv.mean, currency),
        money(outcome.npv.p10, currency),
        money(outcome.npv.p90, currency),
        percent(outcome.probability_of_loss),
        percent(result.probability_best),
        months(outcome.payback_months.p50),
    )


def _quality_and_cost(proposal: Proposal, assessment: Assessment) -> Table:
    columns = (message("Alternative"), message("Quality"), message("One-off cost"), message("Cost a month"))
    rows = tuple(
        (
            each.name,
            _quality(proposal, proposal.alternatives[each.index]),
            money(each.one_off_cost, assessment.currency) if each.outcome else "",
            money(each.cost_per_month, assessment.currency) if each.outcome else "",
        )
        for each in assessment.best_first()
    )
    return Table(message("Quality and cost"), columns, rows, frozenset({2, 3}), "quality")


def _quality(proposal: Proposal, alternative: Alternative) -> str:
    if proposal.bridge is None:
        return ""
    given = proposal.bridge.given(alternative.metrics).items()
    parts = [(proposal.bridge.metric_named(name), estimate) for name, estimate in given]
    return joined(
        ", ",
        [joined(" ", (metric.phrase, metric_value(estimate.p50, metric.quantity.unit))) for metric, estimate in parts],
    )


def _break_even(proposal: Proposal, assessment: Assessment) -> Section | None:
    if not assessment.break_even:
        return None
    units = metric_units(proposal)
    rows = tuple(
        (
            each.alternative,
            each.title,
            metric_value(each.value, units[each.metric])
            if each.value is not None
            else CROSSINGS.get(each.status, each.status),
            metric_value(each.expected, units[each.metric]),
            metric_value(each.ceiling, units[each.metric]) if each.ceiling is not None else message("not given"),
            metric_value(each.headroom, units[each.metric]) if each.headroom is not None else message("unknown"),
        )
        for alternative in assessment.best_first()
        for each in assessment.break_even
        if each.index == alternative.index
    )
    columns = (
        message("Alternative"),
        message("Metric"),
        message("Break-even"),
        message("Expected"),
        message("Ceiling"),
        message("Headroom"),
    )
    table = Table(message("Break-even"), columns, rows, frozenset({2, 3, 4, 5}), "break_even")
    own = [each for each in assessment.break_even if each.index == assessment.leading]
    return _section(
        "break_even",
        HOW_GOOD,
        Bullets(tuple(break_even_sentence(each, units[each.metric]) for each in own)),
        table,
    )


def _feasibility(assessment: Assessment) -> Section:
    checklist = assessment.feasibility
    known = checklist.score is not None
    score = message("score {score}", score=percent(checklist.score)) if known else message("no score yet")
    lead = message(
        "{answered} of {asked} questions answered, {score}. Gates count more than the score: one that fails stops the project.",
        answered=str(checklist.answered),
        asked=str(checklist.asked),
        score=score,
    )
    gates = tuple((gate.title, GATE_TITLES[gate.status], gate.reason) for gate in checklist.gates)
    areas = tuple(
        (title, percent(checklist.areas[area]) if checklist.areas[area] is not None else message("no answer"))
        for area, title in AREAS.items()
    )
    return _section(
        "feasibility",
        message("Feasibility"),
        Paragraph(lead),
        Table(message("Gates"), (message("Gate"), message("State"), message("Why")), gates, id="gates"),
        Table(message("Score by area"), (message("Area"), message("Score")), areas, frozenset({1}), "areas"),
    )


def _problem(proposal: Proposal) -> Section:
    problem, metric = proposal.problem, proposal.problem.business_metric
    texts = (
        (message("Problem"), problem.statement),
        (message("Who is affected"), problem.affected),
        (message("Today"), problem.status_quo),
        (message("What will be decided differently"), problem.decision),
    )
    paragraphs = tuple(Paragraph(joined(": ", (label, text))) for label, text in texts if text)
    target = Paragraph(_business_metric(metric)) if metric.name else None
    guards = (Paragraph(message("Guardrails")), Bullets(tuple(metric.guardrails))) if metric.guardrails else ()
    return _section("problem", message("The problem"), *paragraphs, target, *guards)


def _business_metric(metric: BusinessMetric) -> str:
    now, then = (
        joined(" ", (number(value), metric.unit)) if value is not None and metric.unit else number(value)
        for value in (metric.current, metric.target)
    )
    better = message("more is better") if metric.direction == "up" else message("less is better")
    return message(
        "Business metric: {name}, today {now}, target {then} ({better}).",
        name=metric.name,
        now=now,
        then=then,
        better=better,
    )


def _risks(proposal: Proposal) -> Section:
    rows = tuple(
        (risk.name, _LEVELS[risk.likelihood], _LEVELS[risk.impact], risk.response, risk.owner)
        for risk in proposal.risks
    )
    columns = (message("Risk"), message("Likelihood"), message("Impact"), message("Response"), message("Owner"))
    return _section("risks", message("Risks"), Table("", columns, rows, id="risks") if rows else None)


def _plan(proposal: Proposal) -> Section:
    rows = tuple(
        (
            number(each.due_month) if each.due_month is not None else "",
            each.name,
            _MILESTONES[each.kind],
            f"{each.metric} {each.target}".strip(),
            each.owner,
        )
        for each in sorted(proposal.milestones, key=lambda each: each.due_month if each.due_month is not None else 1e9)
    )
    columns = (message("Month"), message("Milestone"), message("Kind"), message("Reached when"), message("Owner"))
    table = Table(message("Milestones"), columns, rows, frozenset({0}), "milestones") if rows else None
    return _section("plan", message("Plan"), _pilot(proposal), table)


def _pilot(proposal: Proposal) -> Paragraph | None:
    pilot = proposal.pilot
    if pilot.cost is None:
        return None
    text = message(
        "Pilot: {length}, {cost}, labelled cases: {cases}.",
        length=months(pilot.months.p50 if pilot.months else None),
        cost=money(pilot.cost.p50, proposal.currency),
        cases=number(pilot.labelled_cases),
    )
    return Paragraph(text)


def _assumptions(proposal: Proposal) -> Section:
    guess = message("guess: no evidence is named")
    rows = tuple(
        (name_of(each, index), "; ".join(each.evidence) if each.evidence else guess)
        for index, each in enumerate(proposal.alternatives)
    )
    guesses = [
        QUESTIONS[key].text
        for key, answer in proposal.feasibility.answers.items()
        if answer.choice in ("guessed", "unknown", "believed")
    ]
    remarks = (Paragraph(message("Answers that are marked as guesses")), Bullets(tuple(guesses))) if guesses else ()
    columns = (message("Alternative"), message("Evidence"))
    table = Table(message("What the figures rest on"), columns, rows, id="evidence") if rows else None
    return _section("assumptions", message("Evidence and guesses"), table, *whose_estimates(proposal), *remarks)


def _missing(proposal: Proposal, assessment: Assessment) -> Section:
    items = tuple(label_of(proposal, path) for path in assessment.missing)
    return _section("missing", message("What is missing"), Bullets(items) if items else None)


def _decisions(decisions: Sequence[DecisionNote]) -> Section:
    blocks: list[Block] = []
    for each in decisions:
        blocks.append(Paragraph(_decision(each)))
        if each.conditions:
            blocks.append(Bullets(each.conditions))
    return _section("decisions", message("Decisions"), *blocks)


def _decision(note: DecisionNote) -> str:
    agreement = message("recommendation accepted")
    if note.overruled is not None:
        agreement = message("recommendation “{verdict}” overruled", verdict=RECOMMENDATIONS[note.overruled])
    text = message(
        "{date}, {person}: {outcome} ({agreement}), on revision {revision}. {reason}",
        date=day(note.decided_on),
        person=note.decided_by,
        outcome=RECOMMENDATIONS[note.outcome],
        agreement=agreement,
        revision=str(note.revision),
        reason=note.reason,
    )
    return joined(" ", (text, message("Review on {date}.", date=day(note.review_on)))) if note.review_on else text
