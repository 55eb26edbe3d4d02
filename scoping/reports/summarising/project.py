"""What the team says of its project: the problem, the risks, the plan."""

from __future__ import annotations

from math import inf

from ...document.estimate import Estimate
from ...document.plan import Milestone
from ...document.problem import BusinessMetric
from ...document.proposal import Proposal
from ...text.languages import joined, message
from ...text.wording import money, months, number, percent
from ...vocabulary import Better
from ..blocks import Table
from ..memo.parts import PlanPart, ProblemPart, RisksPart
from ..titles import LEVEL_TITLES, MILESTONE_TITLES, SYSTEM_TITLES


def facts(proposal: Proposal) -> tuple[tuple[str, str], ...]:
    """Who and what, as label and text."""
    known = (
        (message("Team"), proposal.team),
        (message("Owner"), proposal.owner),
        (message("Sponsor"), proposal.sponsor),
        (message("Kind of task"), proposal.bridge.title if proposal.bridge else ""),
        (message("New or existing system"), SYSTEM_TITLES[proposal.problem.system] if proposal.problem.system else ""),
    )
    return tuple((label, value) for label, value in known if value)


def problem_part(proposal: Proposal) -> ProblemPart:
    """The statements that are given, the business metric and its guardrails."""
    problem, metric = proposal.problem, proposal.problem.business_metric
    texts = (
        (message("Problem"), problem.statement),
        (message("Who is affected"), problem.affected),
        (message("Today"), problem.status_quo),
        (message("What will be decided differently"), problem.decision),
    )
    statements = tuple(joined(": ", (label, text)) for label, text in texts if text)
    return ProblemPart(statements, _business_metric(metric) if metric.name else "", tuple(metric.guardrails))


def _business_metric(metric: BusinessMetric) -> str:
    now, then = (
        joined(" ", (number(value), metric.unit)) if value is not None and metric.unit else number(value)
        for value in (metric.current, metric.target)
    )
    better = message("more is better") if Better(metric.direction) is Better.UP else message("less is better")
    return message(
        "Business metric: {name}, today {now}, target {then} ({better}).",
        name=metric.name,
        now=now,
        then=then,
        better=better,
    )


def risks_part(proposal: Proposal) -> RisksPart:
    """The risks in the order in which they were written."""
    rows = tuple(
        (risk.name, _level(risk.likelihood), _level(risk.impact), risk.response, risk.owner) for risk in proposal.risks
    )
    columns = (message("Risk"), message("Likelihood"), message("Impact"), message("Response"), message("Owner"))
    return RisksPart(Table("", columns, rows) if rows else None)


def _level(level: str | None) -> str:
    return LEVEL_TITLES[level] if level else ""


def plan_part(proposal: Proposal) -> PlanPart:
    """The pilot and the milestones; those without a month come last."""
    due = sorted(proposal.milestones, key=lambda each: each.due_month if each.due_month is not None else inf)
    rows = tuple(map(_milestone, due))
    columns = (message("Month"), message("Milestone"), message("Kind"), message("Reached when"), message("Owner"))
    table = Table(message("Milestones"), columns, rows, frozenset({0})) if rows else None
    return PlanPart(_pilot(proposal), table, _resources(proposal))


def _resources(proposal: Proposal) -> Table | None:
    rows = tuple((each.name, each.role, _share(each.share), _length(each.months)) for each in proposal.resources)
    columns = (message("Person or resource"), message("Role"), message("Share of time"), message("Months"))
    return Table(message("Who and what the work needs"), columns, rows, frozenset({2, 3})) if rows else None


def _share(share: float | None) -> str:
    return "" if share is None else percent(share)


def _length(length: float | None) -> str:
    return "" if length is None else number(length, 1)


def _milestone(each: Milestone) -> tuple[str, ...]:
    month = number(each.due_month) if each.due_month is not None else ""
    return (month, each.name, MILESTONE_TITLES[each.kind], f"{each.metric} {each.target}".strip(), each.owner)


def _pilot(proposal: Proposal) -> str:
    pilot = proposal.pilot
    if pilot.cost is None:
        return ""
    return message(
        "Pilot: {length}, {cost}, labelled cases: {cases}.",
        length=months(pilot.months.p50 if pilot.months else None),
        cost=_price(pilot.cost, pilot.cost_per_label, proposal.currency),
        cases=number(pilot.labelled_cases),
    )


def _price(cost: Estimate, label: Estimate | None, currency: str) -> str:
    """What the pilot costs, and what each label costs on top."""
    fixed = money(cost.p50, currency)
    if label is None or label.p50 == 0:
        return fixed
    return message("{cost} and {label} a label", cost=fixed, label=money(label.p50, currency))
