"""What the team wrote of its data, its operations, its costs and its answers, for the memo: all of it, in full."""

from __future__ import annotations

from functools import partial

from ...document.alternatives import Cost, name_of
from ...document.answers import Answer
from ...document.estimate import Estimate
from ...document.finance import Finance
from ...document.proposal import Proposal
from ...document.returns import Returns
from ...feasibility.catalogue import Question
from ...feasibility.checklist import questions_known
from ...text.ends import each_said, ends_said
from ...text.languages import joined, message, within_sentence
from ...text.wording import money, months, number, percent
from ...vocabulary import Timing
from ..blocks import Table
from ..memo.team import CostsPart, DataPart, NotesPart, OperationsPart
from ..titles import (
    CASH_CONVENTION_TITLES,
    COMPONENT_TITLES,
    GROWTH_STEPS_TITLES,
    RATE_KIND_TITLES,
    STRUCTURE_TITLES,
    TIMING_TITLES,
    TREATMENT_TITLES,
)
from .own_terms import causes_table, differences_table
from .said import by_year_said, shares_by_year_said


def data_part(proposal: Proposal) -> DataPart:
    """Kind and size of the data, labels, privacy and quality, then the sources."""
    data = proposal.data
    structure = STRUCTURE_TITLES[data.structure] if data.structure else ""
    gigabytes = message("{amount} GB", amount=number(data.gigabytes)) if data.gigabytes is not None else ""
    texts = (
        (message("Kind of data"), structure),
        (message("Labelled examples"), "" if data.size is None else number(data.size, 0)),
        (message("Volume"), gigabytes),
        (message("Labels"), data.labels),
        (message("Privacy"), data.privacy),
        (message("Quality"), data.quality),
    )
    rows = tuple((each.name, each.owner, each.access, each.notes) for each in data.sources)
    columns = (message("Source"), message("Owner"), message("Access"), message("Notes"))
    return DataPart(_said(texts), Table(message("Sources"), columns, rows) if rows else None)


def operations_part(proposal: Proposal) -> OperationsPart:
    """How fast, how often, how well explained; and which inputs may vanish."""
    operations = proposal.operations
    latency = operations.latency_ms
    texts = (
        (message("Latency budget"), _milliseconds(latency.budget)),
        (message("Expected latency"), _milliseconds(latency.expected)),
        (message("Throughput, predictions a second"), _number(operations.throughput)),
        (message("Availability"), "" if operations.availability is None else percent(operations.availability, 3)),
        (message("Explainability"), operations.explainability),
        (message("Features at risk"), "; ".join(operations.features_at_risk)),
    )
    return OperationsPart(_said(texts))


def _said(texts: tuple[tuple[str, str], ...]) -> tuple[str, ...]:
    return tuple(joined(": ", (label, text)) for label, text in texts if text)


def _milliseconds(value: float | None) -> str:
    return "" if value is None else message("{count} ms", count=number(value))


def _number(value: float | None) -> str:
    return "" if value is None else number(value)


def costs_part(proposal: Proposal) -> CostsPart:
    """Every cost of every alternative with its range, where alternatives differ, and which causes of failure they share."""
    rows = tuple(
        (
            name_of(alternative, index),
            cost.name,
            COMPONENT_TITLES[cost.component],
            _due(cost, proposal.currency),
            *_amounts(cost, proposal.currency),
        )
        for index, alternative in enumerate(proposal.alternatives)
        for cost in alternative.costs
    )
    columns = (message("Alternative"), message("Cost"), message("For"), message("Due"), "P10", "P50", "P90")
    parts = (_conventions(proposal.returns), _benefits(proposal.returns), _prices(proposal.finance))
    said = joined(" ", filter(None, parts))
    table = Table("", columns, rows, frozenset({4, 5, 6})) if rows else None
    return CostsPart(said, table, differences_table(proposal), causes_table(proposal))


def _conventions(returns: Returns) -> str:
    """Over which time money counts, at which rate, at which moment, and how growth comes."""
    rate = message("no rate given") if returns.discount_rate is None else _range(returns.discount_rate)
    return message(
        "Money counts over {time}, discounted at {rate} a year: {moment}. Growth comes {steps}.",
        time=months(returns.horizon_months),
        rate=rate,
        moment=within_sentence(CASH_CONVENTION_TITLES[returns.cash_convention]),
        steps=within_sentence(GROWTH_STEPS_TITLES[returns.growth_steps]),
    )


def _prices(finance: Finance) -> str:
    """In which prices amounts are, and what the rate has in it; nothing where nobody spoke of inflation."""
    if finance.inflation is None:
        return ""
    return message(
        "Amounts are in the prices of the first day, with inflation of {inflation} a year; the discount rate is {kind}.",
        inflation=percent(finance.inflation, 1),
        kind=within_sentence(RATE_KIND_TITLES[finance.rate_is]),
    )


def _benefits(returns: Returns) -> str:
    """How much of the full benefit comes in each year; nothing where all of it does."""
    if not returns.benefits_by_year:
        return ""
    return message(
        "Share of the full benefit that comes, by year from the day the work starts: {shares}.",
        shares=shares_by_year_said(returns.benefits_by_year),
    )


def _due(cost: Cost, currency: str) -> str:
    """When a cost is due, for how many, and how it grows or what it is in each year."""
    said = _by_year(cost, currency) if cost.by_year else TIMING_TITLES[cost.timing]
    if cost.pieces is not None:
        said = message("{due}, for each of {count}", due=said, count=_range(cost.pieces, is_share=False))
    if cost.chance is not None:
        said = message("{due}, with a chance of {share}", due=said, share=_range(cost.chance))
    if cost.growth is not None:
        said = message("{due}, growing by {rate} a year", due=said, rate=_range(cost.growth))
    if cost.is_capital:
        said = message("{due}; {treatment}", due=said, treatment=within_sentence(TREATMENT_TITLES[cost.treatment]))
    return said


def _by_year(cost: Cost, currency: str) -> str:
    """What is paid in each year: in any case, or while it is live."""
    is_running = cost.timing is Timing.MONTHLY
    amounts = by_year_said(cost.by_year, partial(money, currency=currency), goes_on=is_running)
    if is_running:
        return message("Every month that it is live ({amounts})", amounts=amounts)
    return message("In any case ({amounts})", amounts=amounts)


def _range(estimate: Estimate, *, is_share: bool = True) -> str:
    """A number, or the likely one and from where to where it goes."""
    tell = partial(percent, digits=1) if is_share else number
    if estimate.ends is not None:
        return ends_said(estimate.ends, tell)
    low, likely, high = (tell(each) for each in (estimate.p10, estimate.p50, estimate.p90))
    return likely if estimate.is_certain else message("{likely} ({low} to {high})", likely=likely, low=low, high=high)


def _amounts(cost: Cost, currency: str) -> tuple[str, str, str]:
    amount = cost.amount
    if cost.by_year:
        return "", message("by year"), ""
    if amount is None:
        return "", message("not given"), ""
    if amount.ends is not None:
        return each_said(amount.ends, partial(money, currency=currency))
    likely = money(amount.p50, currency)
    if amount.p10 == amount.p90:
        return "", likely, ""
    return money(amount.p10, currency), likely, money(amount.p90, currency)


def notes_part(proposal: Proposal) -> NotesPart:
    """Each answer that bears a note or names what it rests on."""
    known = questions_known(proposal)
    rows = tuple(
        (known[identity].text, _choice(known[identity], answer), _note(answer))
        for identity, answer in proposal.feasibility.answers.items()
        if answer.note or answer.evidence
    )
    columns = (message("Question"), message("Answer"), message("Note and evidence"))
    return NotesPart(Table("", columns, rows) if rows else None)


def _choice(question: Question, answer: Answer) -> str:
    return question.labels[answer.choice]


def _note(answer: Answer) -> str:
    return "; ".join(each for each in (answer.note, *answer.evidence) if each)
