"""Builds the Summary: the proposal and its assessment as the memo that a sponsor reads."""

from __future__ import annotations

from collections.abc import Sequence

from ..alternatives import Alternative
from ..assessment import AlternativeResult, Assessment
from ..feasibility.catalogue import AREAS, QUESTIONS
from ..proposal import Proposal, content_hash
from ..value.figures import Figure as Number
from ..verdict import RECOMMENDATIONS
from ..wording import compact_money, label_of, metric_value, money, months, number, percent
from .blocks import Block, Bullets, DecisionNote, KeyFigure, KeyFigures, Paragraph, Section, Summary, Table
from .figures import all_figures, break_even_sentence
from .uncertainty import learn_first, outside_view, stage_by_stage, what_the_model_adds, whose_estimates

KIND_TITLES = {
    "status_quo": "Status quo",
    "process_change": "Process change",
    "rules": "Rules",
    "buy": "Buy",
    "classical_ml": "Classical ML",
    "deep_learning": "Deep learning",
    "foundation_model": "Foundation model",
}
GATE_TITLES = {"passed": "Passed", "failed": "Failed", "open": "To be settled", "unanswered": "Not answered"}
_QUANTILES = "P10 and P90: one chance in ten to be below, one in ten to be above."
# A share of the futures below this rounds to nothing in the memo.
_WORTH_SAYING = 0.0005


def summarise(proposal: Proposal, assessment: Assessment, decisions: Sequence[DecisionNote] = ()) -> Summary:
    """The memo of a proposal, its assessment and the decisions taken on it, newest first."""
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
        _assumptions(proposal),
        _missing(proposal, assessment),
        _decisions(decisions),
    ]
    return Summary(
        title=proposal.title,
        verdict=RECOMMENDATIONS[assessment.verdict.recommendation],
        recommendation=assessment.verdict.recommendation,
        lead=proposal.summary,
        facts=_facts(proposal),
        sections=tuple(section for section in sections if section is not None and section.blocks),
        footnote=(
            f"All money in {assessment.currency}. {assessment.draws:,} simulated futures, seed {assessment.seed}. "
            f"{_QUANTILES} Content {content_hash(proposal)[:12]}."
        ),
        proposal=proposal,
        assessment=assessment,
    )


def _facts(proposal: Proposal) -> tuple[tuple[str, str], ...]:
    known = (
        ("Team", proposal.team),
        ("Owner", proposal.owner),
        ("Sponsor", proposal.sponsor),
        ("Kind of task", proposal.bridge.title if proposal.bridge else ""),
        ("Tags", ", ".join(proposal.tags)),
    )
    return tuple((label, value) for label, value in known if value)


def _section(identity: str, title: str, *blocks: Block | None) -> Section:
    return Section(identity, title, tuple(block for block in blocks if block is not None))


def _verdict(assessment: Assessment) -> Section:
    verdict = assessment.verdict
    conditions: list[Block] = [Paragraph("Conditions"), Bullets(verdict.conditions)] if verdict.conditions else []
    return _section(
        "verdict", f"Verdict: {RECOMMENDATIONS[verdict.recommendation]}", Bullets(verdict.reasons), *conditions
    )


def _figures(assessment: Assessment) -> Section | None:
    figures = key_figures(assessment)
    leader = assessment.leader()
    if not figures or leader is None:
        return None
    return _section(
        "figures",
        "Key figures",
        Paragraph(f"Of {leader.name}, against the status quo. {_QUANTILES}", muted=True),
        KeyFigures(figures),
    )


def key_figures(assessment: Assessment) -> tuple[KeyFigure, ...]:
    """The figures of the leading alternative that a sponsor asks for first."""
    leader, currency = assessment.leader(), assessment.currency
    if leader is None or leader.outcome is None:
        return ()
    outcome = leader.outcome
    error = compact_money(outcome.npv.standard_error, currency)
    found = [
        KeyFigure(
            "Expected NPV",
            compact_money(outcome.npv.mean, currency),
            f"{_range(outcome.npv, currency)}; standard error {error}",
        ),
        KeyFigure("Chance of loss", percent(outcome.probability_of_loss), f"{assessment.draws:,} simulated futures"),
        KeyFigure(
            "Payback", months(outcome.payback_months.p50), _payback_detail(outcome.payback_months, outcome.paying_back)
        ),
        KeyFigure(
            "Return on cost",
            percent(outcome.roi.p50),
            outcome.roi.reason or f"P10 {percent(outcome.roi.p10)}, P90 {percent(outcome.roi.p90)}",
        ),
        KeyFigure("Internal rate of return", percent(outcome.irr.p50), _irr_detail(leader)),
        KeyFigure(
            "Gain a month",
            compact_money(leader.gain_per_month, currency),
            f"At full adoption; {_range(outcome.gain_per_month, currency)}",
        ),
    ]
    if assessment.evpi is not None:
        found.append(
            KeyFigure(
                "Worth of knowing everything",
                compact_money(assessment.evpi.value, currency),
                f"EVPI, the most that any study could be worth; standard error {compact_money(assessment.evpi.standard_error, currency)}",
            )
        )
    if assessment.pilot.evsi is not None:
        detail = (
            f"It costs {compact_money(assessment.pilot.cost, currency)}"
            if assessment.pilot.cost is not None
            else "Its cost is not given"
        )
        found.append(KeyFigure("Worth of the pilot", compact_money(assessment.pilot.evsi, currency), detail))
    return tuple(found)


def _range(figure: Number, currency: str) -> str:
    return f"P10 {compact_money(figure.p10, currency)}, P90 {compact_money(figure.p90, currency)}"


def _payback_detail(figure: Number, share: float) -> str:
    return f"P10 {months(figure.p10)}, P90 {months(figure.p90)}; {percent(share)} pay back within the horizon"


def _irr_detail(result: AlternativeResult) -> str:
    assert result.outcome is not None
    rate, none, several = result.outcome.irr, result.outcome.irr_none, result.outcome.irr_several
    remarks = [f"P10 {percent(rate.p10)}, P90 {percent(rate.p90)}"]
    remarks += [f"none in {percent(none, 1)} of the futures"] if none >= _WORTH_SAYING else []
    remarks += [f"more than one or out of range in {percent(several, 1)}"] if several >= _WORTH_SAYING else []
    return "; ".join(remarks)


def _charts(proposal: Proposal, assessment: Assessment) -> Section | None:
    figures = all_figures(assessment, metric_units(proposal))
    return Section("charts", "In pictures", tuple(figures)) if figures else None


def metric_units(proposal: Proposal) -> dict[str, str]:
    """The unit of each technical metric of the proposal's kind of task."""
    return {metric.name: metric.quantity.unit for metric in proposal.bridge.metrics} if proposal.bridge else {}


def _alternatives(proposal: Proposal, assessment: Assessment) -> Section | None:
    if not assessment.alternatives:
        return None
    best = Paragraph(f"Best by expected value: {assessment.best}.") if assessment.best else None
    adds = what_the_model_adds(assessment)
    quality = _quality_and_cost(proposal, assessment)
    return _section("alternatives", "Alternatives", best, _worth(assessment), adds, quality)


def _worth(assessment: Assessment) -> Table:
    columns = ("Alternative", "Kind", "Expected NPV", "P10", "P90", "Chance of loss", "Chance of being best", "Payback")
    rows = tuple(_worth_row(each, assessment.currency) for each in assessment.alternatives)
    return Table("Worth, against the status quo", columns, rows, frozenset(range(2, 8)))


def _worth_row(result: AlternativeResult, currency: str) -> tuple[str, ...]:
    head = (result.name, KIND_TITLES[result.kind])
    if result.outcome is None:
        best = percent(result.probability_best) if result.probability_best is not None else ""
        return (*head, "reference" if result.is_reference else "incomplete", "", "", "", best, "")
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
    columns = ("Alternative", "Quality", "One-off cost", "Cost a month")
    rows = tuple(
        (
            each.name,
            _quality(proposal, proposal.alternatives[each.index]),
            money(each.one_off_cost, assessment.currency) if each.outcome else "",
            money(each.cost_per_month, assessment.currency) if each.outcome else "",
        )
        for each in assessment.alternatives
    )
    return Table("Quality and cost", columns, rows, frozenset({2, 3}))


def _quality(proposal: Proposal, alternative: Alternative) -> str:
    if proposal.bridge is None:
        return ""
    given = proposal.bridge.given(alternative.metrics).items()
    parts = [(proposal.bridge.metric_named(name), estimate) for name, estimate in given]
    return ", ".join(
        f"{metric.phrase} {metric_value(estimate.p50, metric.quantity.unit)}" for metric, estimate in parts
    )


def _break_even(proposal: Proposal, assessment: Assessment) -> Section | None:
    if not assessment.break_even:
        return None
    units = metric_units(proposal)
    rows = tuple(
        (
            each.alternative,
            each.title,
            metric_value(each.value, units[each.metric]) if each.value is not None else each.status,
            metric_value(each.expected, units[each.metric]),
            metric_value(each.ceiling, units[each.metric]) if each.ceiling is not None else "not given",
            metric_value(each.headroom, units[each.metric]) if each.headroom is not None else "unknown",
        )
        for each in assessment.break_even
    )
    table = Table(
        "Break-even",
        ("Alternative", "Metric", "Break-even", "Expected", "Ceiling", "Headroom"),
        rows,
        frozenset({2, 3, 4, 5}),
    )
    own = [each for each in assessment.break_even if each.index == assessment.leading]
    return _section(
        "break_even",
        "How good must the model be, and can anyone be that good?",
        Bullets(tuple(break_even_sentence(each, units[each.metric]) for each in own)),
        table,
    )


def _feasibility(assessment: Assessment) -> Section:
    checklist = assessment.feasibility
    score = f"score {percent(checklist.score)}" if checklist.score is not None else "no score yet"
    lead = f"{checklist.answered} of {checklist.asked} questions answered, {score}. Gates count more than the score: one that fails stops the project."
    gates = tuple((gate.title, GATE_TITLES[gate.status], gate.reason) for gate in checklist.gates)
    areas = tuple(
        (title, percent(checklist.areas[area]) if checklist.areas[area] is not None else "no answer")
        for area, title in AREAS.items()
    )
    return _section(
        "feasibility",
        "Feasibility",
        Paragraph(lead),
        Table("Gates", ("Gate", "State", "Why"), gates),
        Table("Score by area", ("Area", "Score"), areas, frozenset({1})),
    )


def _problem(proposal: Proposal) -> Section:
    problem, metric = proposal.problem, proposal.problem.business_metric
    texts = (
        ("Problem", problem.statement),
        ("Who is affected", problem.affected),
        ("Today", problem.status_quo),
        ("What will be decided differently", problem.decision),
    )
    paragraphs = tuple(Paragraph(f"{label}: {text}") for label, text in texts if text)
    target: tuple[Block, ...] = ()
    if metric.name:
        now, then = number(metric.current), number(metric.target)
        target = (
            Paragraph(
                f"Business metric: {metric.name}, today {now} {metric.unit}, target {then} {metric.unit} ({metric.direction})."
            ),
        )
    guards = (Paragraph("Guardrails"), Bullets(tuple(metric.guardrails))) if metric.guardrails else ()
    return _section("problem", "The problem", *paragraphs, *target, *guards)


def _risks(proposal: Proposal) -> Section:
    rows = tuple(
        (risk.name, risk.likelihood or "", risk.impact or "", risk.response, risk.owner) for risk in proposal.risks
    )
    table = Table("Risks", ("Risk", "Likelihood", "Impact", "Response", "Owner"), rows) if rows else None
    return _section("risks", "Risks", table)


def _plan(proposal: Proposal) -> Section:
    rows = tuple(
        (
            number(each.due_month) if each.due_month is not None else "",
            each.name,
            each.kind,
            f"{each.metric} {each.target}".strip(),
            each.owner,
        )
        for each in sorted(proposal.milestones, key=lambda each: each.due_month if each.due_month is not None else 1e9)
    )
    table = (
        Table("Milestones", ("Month", "Milestone", "Kind", "Reached when", "Owner"), rows, frozenset({0}))
        if rows
        else None
    )
    pilot = proposal.pilot
    about = None
    if pilot.cost is not None:
        about = Paragraph(
            f"Pilot: {months(pilot.months.p50 if pilot.months else None)}, {money(pilot.cost.p50, proposal.currency)}, "
            f"{number(pilot.labelled_cases)} labelled cases."
        )
    return _section("plan", "Plan", about, table)


def _assumptions(proposal: Proposal) -> Section:
    rows = []
    for index, each in enumerate(proposal.alternatives):
        basis = "; ".join(each.evidence) if each.evidence else "guess: no evidence is named"
        rows.append((each.name or f"Alternative {index + 1}", basis))
    guesses = [
        QUESTIONS[key].text
        for key, answer in proposal.feasibility.answers.items()
        if answer.choice in ("guessed", "unknown", "believed")
    ]
    remarks = (Paragraph("Answers that are marked as guesses"), Bullets(tuple(guesses))) if guesses else ()
    table = Table("What the figures rest on", ("Alternative", "Evidence"), tuple(rows)) if rows else None
    return _section("assumptions", "Evidence and guesses", table, *whose_estimates(proposal), *remarks)


def _missing(proposal: Proposal, assessment: Assessment) -> Section:
    items = tuple(label_of(proposal, path) for path in assessment.missing)
    return _section("missing", "What is missing", Bullets(items) if items else None)


def _decisions(decisions: Sequence[DecisionNote]) -> Section:
    blocks: list[Block] = []
    for each in decisions:
        review = f" Review on {each.review_on}." if each.review_on else ""
        text = f"{each.decided_on}, {each.decided_by}: {each.outcome} ({each.agreement}), on revision {each.revision}. {each.reason}{review}"
        blocks.append(Paragraph(text))
        if each.conditions:
            blocks.append(Bullets(each.conditions))
    return _section("decisions", "Decisions", *blocks)
