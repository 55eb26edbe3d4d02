"""What is chosen among by default: what is still open, without the demo portfolio; the rest is counted and said."""

from __future__ import annotations

import json
from datetime import UTC, datetime

import pytest

from app.choosing.pool import rows_of, within
from app.choosing.standing import Apart, apart, still_open
from app.cli import main
from db import DecisionRequest, DemoProposal, Filters, Saved, Store
from scoping.intake import Idea
from scoping.portfolio import Scenario
from scoping.text.languages import ENGLISH
from scoping.vocabulary import Outcome, Recommendation, Stage
from tests.app.acting import open_page, said
from tests.app.conftest import start
from tests.documents import CERTAIN, proposal


def made(store: Store, title: str) -> Saved:
    return store.create(proposal(CERTAIN, title=title), "Ana")


def decided(store: Store, title: str, outcome: Outcome, stage: Stage | None = None) -> Saved:
    saved = made(store, title)
    alternative = "" if outcome is Outcome.STOP else "Rule"
    request = DecisionRequest(1, Recommendation.BUILD, outcome, "Ben", reason="Because.", alternative=alternative)
    store.decide(saved.id, request)
    if stage is not None:
        store.reviewing.set_stage(saved.id, stage)
    return saved


def everything(store: Store) -> None:
    """One proposal of every standing that there is."""
    made(store, "Draft")
    decided(store, "Decided", Outcome.BUILD)
    decided(store, "Stopped", Outcome.STOP)
    for stage in (Stage.IN_BUILD, Stage.LIVE, Stage.RETIRED):
        decided(store, f"Begun: {stage}", Outcome.BUILD, stage)
    store.intake.propose([Idea("Double forms", "We find forms twice.", "Whether to file it")], ENGLISH, "Ana")


def demo(store: Store) -> None:
    made_up = proposal(CERTAIN, title="Made up")
    request = DecisionRequest(1, Recommendation.BUILD, Outcome.STOP, "Ana", reason="Because.")
    store.demo.load([DemoProposal(made_up, request, datetime.now(UTC), None)])


def titles(store: Store, filters: Filters) -> set[str]:
    return {row.title for row in rows_of(store, still_open(filters)).values()}


def test_what_has_begun_was_stopped_or_is_an_idea_stands_apart_and_is_counted(pages_store: Store) -> None:
    everything(pages_store)
    assert titles(pages_store, Filters()) == {"Draft", "Decided"}
    assert apart(pages_store, Filters()) == {Apart.BEGUN: 3, Apart.STOPPED: 1, Apart.IDEA: 1}
    named = Filters(stages=(Stage.DECIDED, Stage.LIVE))
    assert titles(pages_store, named) == {"Decided", "Stopped", "Begun: live"}
    assert apart(pages_store, named) == {}


def test_what_is_live_stays_apart_while_it_is_submitted_anew(pages_store: Store) -> None:
    decided(pages_store, "Live", Outcome.BUILD, Stage.LIVE)
    decided(pages_store, "Planned", Outcome.BUILD)
    for row in pages_store.list().rows:
        pages_store.reviewing.submit(row.id, row.version, actor="Ana")
    assert titles(pages_store, Filters()) == {"Planned"}
    assert apart(pages_store, Filters()) == {Apart.BEGUN: 1}
    live = next(row.id for row in pages_store.list().rows if row.title == "Live")
    open_round = pages_store.reviewing.current(live)
    assert open_round is not None
    pages_store.reviewing.request_changes(live, open_round.number, "More figures", "Ben")
    assert titles(pages_store, Filters()) == {"Planned"}, "also while changes are asked for"
    assert titles(pages_store, Filters(stages=(Stage.CHANGES_REQUESTED,))) == {"Live"}, "who names the stage means it"
    row = pages_store.list(Filters(stages=(Stage.CHANGES_REQUESTED,))).rows[0]
    pages_store.reviewing.submit(live, row.version, actor="Ana")
    assert titles(pages_store, Filters()) == {"Planned"}, "also when it is submitted once more"
    pages_store.decide(
        live,
        DecisionRequest(row.version, Recommendation.BUILD, Outcome.BUILD, "Ben", reason="More.", alternative="Rule"),
    )
    assert titles(pages_store, Filters()) == {"Live", "Planned"}, "what is decided anew is a plan again"


def test_the_page_says_what_stands_apart_and_takes_what_the_address_picks(pages_store: Store) -> None:
    everything(pages_store)
    live = next(row for row in pages_store.list().rows if row.title == "Begun: live")
    text = said(open_page(start(), "choose"))
    assert "2 proposals to choose among." in text
    assert "3 have begun (in build, live or retired)" in text
    assert "1 on which the decision is to stop" in text
    assert "1 is an idea still" in text
    picked = start()
    picked.query_params["only"] = live.id
    text = said(open_page(picked, "choose"))
    assert "1 proposal to choose among." in text
    assert "Begun: live" in text


def test_the_demo_portfolio_takes_no_money_from_real_proposals(pages_store: Store) -> None:
    demo(pages_store)
    assert "Demo: Made up" in said(open_page(start(), "choose"))
    made(pages_store, "Real")
    text = said(open_page(start(), "choose"))
    assert "Real" in text
    assert "Demo: Made up" not in text
    other = start()
    other.query_params["whose"] = "demo"
    text = said(open_page(other, "choose"))
    assert "Demo: Made up" in text
    assert "Real" not in text


def test_the_command_without_ids_does_the_same(pages_store: Store, capsys: pytest.CaptureFixture[str]) -> None:
    everything(pages_store)
    demo(pages_store)
    assert main(["choose", "--json"]) == 0
    found = json.loads(capsys.readouterr().out)
    assert len(found["chosen"]) + len(found["left"]) == 2
    assert found["apart"] == {"begun": 3, "stopped": 1, "idea": 1, "demo": 1}
    assert main(["choose"]) == 0
    assert "1 belongs to the demo portfolio. Name their ids to choose among them." in capsys.readouterr().out
    every = [row.id for row in pages_store.list(size=50).rows]
    assert main(["choose", "--json", *every]) == 0
    found = json.loads(capsys.readouterr().out)
    assert len(found["chosen"]) + len(found["left"]) == len(every)
    assert found["apart"] == {}


def test_of_a_set_those_that_are_chosen_among_still_exclude_each_other() -> None:
    scenario = Scenario(either_or=[["a", "b", "gone"], ["a", "gone"]], groups=[["a", "b", "gone"]])
    kept, dropped = within(scenario, {"a", "b"})
    assert kept.either_or == [["a", "b"]]
    assert kept.groups == [["a", "b"]]
    assert dropped == 1


def test_a_currency_of_what_stands_apart_needs_no_rate(pages_store: Store) -> None:
    for title in ("One", "Another"):
        made(pages_store, title)
    francs = pages_store.create(proposal(CERTAIN, title="Francs", currency="CHF"), "Ana")
    assert "No rate for CHF" in said(open_page(start(), "choose"))
    pages_store.decide(francs.id, DecisionRequest(1, Recommendation.BUILD, Outcome.STOP, "Ben", reason="Because."))
    assert "No rate for" not in said(open_page(start(), "choose"))
