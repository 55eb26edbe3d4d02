"""Real work and the demo portfolio never mix, in whatever lists, counts or reports; and what was removed is gone."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import pytest

from db import DecisionFilters, DecisionRequest, Filters, ReportFile, ReportRequest, Rhythm, Role, Store
from scoping.intake import Idea
from scoping.text.languages import ENGLISH
from scoping.vocabulary import Outcome, Recommendation
from tests.db.people import acting
from tests.db.test_demo import demo
from tests.documents import CERTAIN, proposal

OURS = "Mine"
LISTS: dict[str, Callable[[Store], list[str]]] = {
    "list": lambda store: [each.title for each in store.list().rows],
    "search": lambda store: [each.title for each in store.list(Filters(text="mail")).rows],
    "first": lambda store: [each.title for each in store.first()],
    "every": lambda store: [each.listed.title for each in store.every()],
    "after": lambda store: [each.title for each in store.after()],
    "decisions": lambda store: [each.title for each in store.decisions().rows],
    "search for decisions": lambda store: [
        each.title for each in store.decisions(filters=DecisionFilters(text="Ana")).rows
    ],
    "every decision": lambda store: [each.title for each in store.every_decision()],
    "similar": lambda store: [each.title for each in store.intake.similar("Sort mail", "Letters")],
}
COUNTS: dict[str, Callable[[Store], object]] = {
    "count": lambda store: store.count(),
    "teams": lambda store: store.teams(),
    "owners": lambda store: store.owners(),
    "deciders": lambda store: store.deciders(),
    "currency": lambda store: store.rates.display_currency(),
    "without a rate": lambda store: store.rates.without_rate(),
    "number in the menu": lambda store: store.inbox.count(),
    "calendar": lambda store: len(store.inbox.dates()),
}


def ours(store: Store) -> None:
    mine = proposal(CERTAIN, title=f"{OURS}: sort mail", team="Ours", owner="Bo", currency="CHF")
    saved = store.create(mine)
    store.decide(saved.id, DecisionRequest(1, Recommendation.BUILD, Outcome.BUILD, "Ben", alternative="Model"))


@pytest.mark.parametrize("name", LISTS)
def test_no_list_shows_the_demo_beside_real_work(here: Store, name: str) -> None:
    here.demo.load(demo("Sort mail", "Sort more mail"))
    ours(here)
    titles = LISTS[name](here)
    # The one search is for the name of somebody who only decided in the demo.
    assert titles == ([] if name == "search for decisions" else [f"{OURS}: sort mail"])


@pytest.mark.parametrize("name", LISTS)
def test_where_there_is_nothing_else_the_demo_is_what_a_list_shows(here: Store, name: str) -> None:
    here.demo.load(demo("Sort mail", "Sort more mail"))
    assert set(LISTS[name](here)) == {"Demo: Sort mail", "Demo: Sort more mail"}


@pytest.mark.parametrize("name", COUNTS)
def test_nothing_that_is_counted_or_offered_is_of_the_demo(here: Store, name: str) -> None:
    ours(here)
    without = COUNTS[name](here)
    here.demo.load(demo("Sort mail", "Sort more mail", broken=True))
    assert COUNTS[name](here) == without


@pytest.mark.parametrize("name", [*LISTS, *COUNTS])
def test_what_was_removed_is_nowhere(here: Store, name: str) -> None:
    ask = LISTS.get(name) or COUNTS[name]
    before = ask(here)
    here.demo.load(demo("Sort mail", "Sort more mail", broken=True))
    here.demo.remove()
    assert ask(here) == before


def test_each_side_is_shown_to_who_names_it_and_how_many_stand_apart_is_told(here: Store) -> None:
    here.demo.load(demo("Sort mail", "Sort more mail"))
    assert here.demo.standing_apart() == 0
    ours(here)
    assert (here.count(Filters(demo=True)), here.count(Filters(demo=False)), here.demo.standing_apart()) == (2, 1, 2)
    assert {each.decided_by for each in here.decisions(filters=DecisionFilters(demo=True)).rows} == {"Ana"}
    assert (here.teams(demo=False), here.deciders(demo=True)) == (("Ours",), ("Ana",))


def test_an_idea_alone_is_no_real_work_that_a_list_shows(here: Store) -> None:
    here.demo.load(demo("Sort mail"))
    here.intake.propose([Idea("Double forms", "We find forms twice.", "Whether to file it")], ENGLISH, "Ana")
    assert [each.title for each in here.list().rows] == ["Demo: Sort mail"]


def test_real_work_that_somebody_may_not_see_is_none_to_them(here: Store) -> None:
    here.demo.load(demo("Sort mail"))
    ada, bob = acting(here, "Ada", Role.CONTRIBUTOR), acting(here, "Bob", Role.CONTRIBUTOR)
    secret = ada.create(proposal(CERTAIN, title=OURS))
    ada.sharing.restrict(secret.id, restricted=True)
    assert [each.title for each in ada.list().rows] == [OURS]
    assert [each.title for each in bob.list().rows] == ["Demo: Sort mail"]


@pytest.mark.usefixtures("mailing")
def test_a_report_by_mail_is_of_real_work_whatever_was_shown_when_it_was_asked_for(here: Store) -> None:
    ada = acting(here, "Ada", Role.CONTRIBUTOR)
    report = ada.reporting.ask(ReportRequest(Rhythm.WEEKLY, ReportFile.PDF, Filters(demo=True)))
    here.demo.load(demo("Sort mail"))
    assert here.count(report.filters_on(here.today())) == 0


def test_only_the_lists_that_ask_by_themselves_leave_out_whether_a_proposal_was_removed() -> None:
    """`visible_to` and `in_use_by` say it; the half that does not is for those two, and for the lists of proposals."""
    folder = Path(__file__).parents[2] / "db"
    users = {each.name for each in folder.rglob("*.py") if re.search(r"\bshared_with\(", each.read_text())}
    assert users == {"queries.py", "listing.py"}
