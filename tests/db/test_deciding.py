"""A decision is written down once, in its turn, and says what it means; the same tests on SQLite and PostgreSQL."""

from __future__ import annotations

import threading
from datetime import UTC, date, datetime

import pytest

from db import DecisionFilters, DecisionRefused, DecisionRequest, Filters, Store, alternatives_for
from db.engine import create
from scoping import examples
from scoping.vocabulary import Outcome
from tests.documents import proposal

TODAY = date(2026, 5, 20)


@pytest.fixture
def dated(store: Store, database_url: str) -> Store:
    """The store, with a clock that stands still."""
    return Store(create(database_url), now=lambda: datetime(2026, 5, 20, 12, tzinfo=UTC))


def request(**changes: object) -> DecisionRequest:
    given = {"version": 1, "recommendation": "build", "outcome": "build", "decided_by": "Ana", "alternative": "Model"}
    return DecisionRequest(**{**given, **changes})  # type: ignore[arg-type]


def test_the_alternative_that_is_meant_is_kept_and_listed(dated: Store) -> None:
    saved = dated.create(proposal())
    assert dated.decide(saved.id, request()).alternative == "Model"
    assert dated.decisions(saved.id).rows[0].alternative == "Model"
    row = dated.list().rows[0]
    assert (row.decision, row.decision_alternative) == ("build", "Model")


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"alternative": ""}, "Alternative: say which one is meant: Model; Rule"),
        ({"alternative": "Another"}, "Alternative: Another is not one of Model; Rule"),
        ({"alternative": "Today"}, "Alternative: Today is not one of"),
        ({"review_on": date(2026, 5, 19)}, r"Review on: May 19, 2026 is past. Choose today \(May 20, 2026\)"),
    ],
)
def test_what_a_decision_lacks_is_said_and_nothing_is_written(
    dated: Store, changes: dict[str, object], said: str
) -> None:
    saved = dated.create(proposal())
    for act in (dated.decide, dated.check_decision):
        with pytest.raises(DecisionRefused, match=said):
            act(saved.id, request(**changes))
    assert dated.decisions().total == 0


def test_today_is_no_past_and_the_only_alternative_need_not_be_named(dated: Store) -> None:
    saved = dated.create(proposal(alternatives=proposal_of_one()))
    checked = dated.check_decision(saved.id, request(alternative="", review_on=TODAY))
    assert checked.alternative == "Model"
    assert dated.decisions().total == 0, "checking writes nothing"
    assert dated.decide(saved.id, request(alternative="", review_on=TODAY)).alternative == "Model"


def proposal_of_one() -> list[dict[str, object]]:
    return [{"name": "Today", "kind": "status_quo"}, {"name": "Model", "kind": "classical_ml"}]


def test_outcomes_that_mean_no_alternative_name_none(dated: Store) -> None:
    saved = dated.create(proposal())
    stopped = dated.decide(saved.id, request(recommendation="stop", outcome="stop"))
    assert stopped.alternative is None
    assert alternatives_for(Outcome.STOP, proposal()) == ()
    assert alternatives_for(Outcome.SIMPLER, proposal()) == ("Rule", "Model")
    assert alternatives_for(Outcome.BUILD, proposal()) == ("Model", "Rule")


def test_the_same_decision_is_stored_once(dated: Store) -> None:
    """A double click, a second tab, a retry: all of them find the first one."""
    saved = dated.create(proposal())
    first = dated.decide(saved.id, request(follows=0))
    assert dated.decide(saved.id, request(follows=0)) == first
    assert dated.decide(saved.id, request()) == first
    assert dated.decisions().total == 1
    assert [entry.action for entry in dated.audit(saved.id).rows].count("decided") == 1  # type: ignore[comparison-overlap]


def test_of_many_clicks_at_once_one_is_stored(dated: Store) -> None:
    saved = dated.create(proposal())
    found: list[int] = []
    threads = [
        threading.Thread(target=lambda: found.append(dated.decide(saved.id, request(follows=0)).id)) for _ in range(8)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert (len(found), len({*found})) == (8, 1)
    assert dated.decisions().total == 1


def test_whoever_has_not_seen_the_newest_decision_is_told_of_it(dated: Store) -> None:
    saved = dated.create(proposal())
    dated.decide(saved.id, request(follows=0, decided_by="Bo"))
    with pytest.raises(DecisionRefused, match=r"Bo decided meanwhile: Build, on version 1\. .* nothing was recorded"):
        dated.decide(saved.id, request(follows=0, outcome="stop", reason="No"))
    assert dated.decisions().total == 1


def test_a_later_decision_stands_beside_the_earlier_and_may_say_the_same_again(dated: Store) -> None:
    saved = dated.create(proposal())
    first = dated.decide(saved.id, request(follows=0))
    second = dated.decide(saved.id, request(follows=first.id, outcome="stop", reason="No money"))
    third = dated.decide(saved.id, request(follows=second.id))
    assert [each.id for each in dated.decisions(saved.id).rows] == [third.id, second.id, first.id]
    assert [each.is_newest for each in dated.decisions(saved.id).rows] == [True, False, False]


def test_decisions_are_found_by_what_they_say(dated: Store) -> None:
    one = dated.create(proposal(title="Übergabe der Fälle"))
    two = dated.create(examples.load("stock_price"))
    dated.decide(one.id, request(decided_by="Ana", review_on=TODAY))
    dated.decide(two.id, request(outcome="stop", recommendation="stop", decided_by="Bo", reason="Rules beat it"))

    def titles(**wanted: object) -> set[str]:
        found = dated.decisions(filters=DecisionFilters(**wanted))  # type: ignore[arg-type]
        return {each.decided_by for each in found.rows}

    assert titles() == {"Ana", "Bo"}
    assert titles(text="ÜBERGABE") == {"Ana"}
    assert titles(text="beat rules") == {"Bo"}
    assert titles(text="100%") == set()
    assert titles(outcomes=(Outcome.STOP,)) == {"Bo"}
    assert titles(decided_by=("Ana",)) == {"Ana"}
    assert titles(due_by=TODAY) == {"Ana"}
    assert titles(due_by=date(2026, 5, 19)) == set()
    assert titles(decided_from=TODAY, decided_to=TODAY) == {"Ana", "Bo"}
    assert titles(decided_to=date(2026, 5, 19)) == set()


def test_a_review_is_due_until_a_later_decision_is_made(dated: Store) -> None:
    saved = dated.create(proposal())
    first = dated.decide(saved.id, request(review_on=TODAY))
    assert dated.list(Filters(due_by=TODAY)).total == 1
    assert dated.list().rows[0].is_due(TODAY)
    assert not first.is_overdue(TODAY)
    assert first.is_overdue(date(2026, 5, 21))
    dated.decide(saved.id, request(outcome="stop", reason="Seen"))
    assert dated.list(Filters(due_by=TODAY)).total == 0
    assert dated.decisions(filters=DecisionFilters(due_by=TODAY)).total == 0
    assert not dated.decisions(saved.id).rows[1].is_overdue(date(2026, 5, 21))


def test_proposals_are_found_by_decision_team_and_owner(dated: Store) -> None:
    decided = dated.create(proposal(title="Decided", team="A", owner="Ana"))
    dated.create(proposal(title="Open", team="B", owner="Bo"))
    dated.decide(decided.id, request())

    def titles(**wanted: object) -> set[str]:
        return {row.title for row in dated.list(Filters(**wanted)).rows}  # type: ignore[arg-type]

    assert titles(decisions=("build",)) == {"Decided"}
    assert titles(decisions=("stop",)) == set()
    assert titles(decisions=("none",)) == {"Open"}
    assert titles(decisions=("none", "build")) == {"Decided", "Open"}
    assert titles(teams=("B",)) == {"Open"}
    assert titles(owners=("Ana", "Bo"), teams=("A",)) == {"Decided"}
    assert (dated.teams(), dated.owners(), dated.deciders()) == (("A", "B"), ("Ana", "Bo"), ("Ana",))
