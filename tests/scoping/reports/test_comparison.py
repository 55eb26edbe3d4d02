"""A few proposals side by side: each question has an answer for each of them, in the order they were given."""

from __future__ import annotations

from functools import cache

from scoping import assess, examples, read
from scoping.reports.comparison import Compared, ComparedRow, comparison
from scoping.text.languages import Language, say
from scoping.text.wording import amounts


@cache
def compared(name: str) -> Compared:
    proposal = read({"title": "Empty"}) if name == "empty" else examples.load(name)
    return Compared("A", proposal, assess(proposal))


def rows(*names: str) -> dict[str, ComparedRow]:
    return {str(row.label): row for row in comparison([compared(name) for name in names])}


def test_every_question_is_answered_for_every_proposal() -> None:
    found = rows("visual_inspection", "stock_price", "empty")
    assert {len(row.values) for row in found.values()} == {3}
    assert {"Verdict", "Expected NPV", "Chance of loss", "Break-even and headroom", "Payback", "Learn first"} <= {
        *found
    }
    assert len([label for label in found if label.startswith("Feasibility: ")]) == 8
    for row in found.values():
        assert all(value or detail for value, detail in row.values), row.label


def test_figures_are_those_of_the_assessment_in_the_proposal_s_own_currency() -> None:
    found = rows("visual_inspection", "payment_fraud")
    for name, (value, detail) in zip(("visual_inspection", "payment_fraud"), found["Expected NPV"].values, strict=True):
        leader = compared(name).assessment.leader()
        assert leader is not None
        assert leader.outcome is not None
        currency = compared(name).proposal.currency
        npv = leader.outcome.npv
        mean, _, high = amounts((npv.mean, npv.p10, npv.p90), currency)
        assert value == mean
        assert high in detail


def test_a_comparison_is_told_in_another_language() -> None:
    value, _ = rows("visual_inspection", "stock_price")["Chance of loss"].values[0]
    assert say(value, Language("de")).endswith("\N{NO-BREAK SPACE}%")
