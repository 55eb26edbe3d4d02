"""Scenarios of a choice: kept version by version, decided on, and shown to nobody beyond what they may see."""

from __future__ import annotations

import threading
from collections.abc import Callable
from dataclasses import replace
from math import inf, nan

import pytest
from sqlalchemy import text

from db import (
    NotAllowed,
    NotFound,
    Role,
    Saved,
    ScenarioDecisionRequest,
    ScenarioRefused,
    ScenarioRequest,
    StaleScenario,
    Store,
)
from tests.db.people import acting
from tests.documents import CERTAIN, proposal


def request(*saved: Saved, **changes: object) -> ScenarioRequest:
    ids = [each.id for each in saved]
    given = {
        "name": "Next year",
        "document": {"must": ids, "needs": [ids[:2]], "people": {"data engineer": [2, 1.5]}},
        "computed_on": {each.id: each.version for each in saved},
        "figures": {"whole": {"value": 125000.5}, "proposals": {each: {"value": 1.25} for each in ids}},
        "currency": "EUR",
        "note": "Before the board meets",
    }
    return ScenarioRequest(**{**given, **changes})  # type: ignore[arg-type]


def signed(outcome: str = "approved", **changes: object) -> ScenarioDecisionRequest:
    given = {"version": 1, "outcome": outcome, "reason": "It fits", "follows": 0, "decided_by": "Bo"}
    return ScenarioDecisionRequest(**{**given, **changes})  # type: ignore[arg-type]


def made(store: Store, *titles: str) -> list[Saved]:
    return [store.create(proposal(CERTAIN, title=title)) for title in titles]


def test_what_is_kept_is_what_is_read(store: Store) -> None:
    one, two = made(store, "One", "Two")
    asked = request(one, two)
    kept = store.scenarios.create(asked, "Ana")
    assert store.scenarios.get(kept.id) == kept == store.scenarios.list().rows[0]
    assert (kept.name, kept.note, kept.currency, kept.saved_by, kept.version) == (
        "Next year", "Before the board meets", "EUR", "Ana", 1,
    )  # fmt: skip
    assert (kept.document, kept.figures, kept.computed_on) == (asked.document, asked.figures, asked.computed_on)
    assert (kept.hidden, kept.changed, kept.decision, kept.is_current) == (0, (), None, True)
    assert store.check_trail().is_whole


def test_a_next_version_leaves_the_one_before_as_it_was(store: Store) -> None:
    (one,) = made(store, "One")
    first = store.scenarios.create(request(one), "Ana")
    second = store.scenarios.save(first.id, request(one, name="With less money"), 1, "Bo")
    assert (second.version, second.newest, second.saved_by) == (2, 2, "Bo")
    assert replace(store.scenarios.get(first.id, 1), newest=1) == first
    with pytest.raises(NotFound):
        store.scenarios.get(first.id, 3)


def test_who_saves_over_a_newer_version_is_told_whose_it_is(store: Store) -> None:
    (one,) = made(store, "One")
    kept = store.scenarios.create(request(one), "Ana")
    store.scenarios.save(kept.id, request(one, name="Bo's"), 1, "Bo")
    with pytest.raises(StaleScenario, match="Bo saved this scenario meanwhile"):
        store.scenarios.save(kept.id, request(one, name="Cy's"), 1, "Cy")
    assert [store.scenarios.get(kept.id).name, store.scenarios.get(kept.id).version] == ["Bo's", 2]


def test_of_many_who_save_at_once_one_is_kept(store: Store) -> None:
    (one,) = made(store, "One")
    kept = store.scenarios.create(request(one), "Ana")
    refused: list[Exception] = []

    def save(name: str) -> None:
        try:
            store.scenarios.save(kept.id, request(one, name=name), 1, name)
        except StaleScenario as error:
            refused.append(error)

    _at_once([lambda name=name: save(name) for name in ("Bo", "Cy", "Di", "Ed")])  # type: ignore[misc]
    assert (len(refused), store.scenarios.get(kept.id).version) == (3, 2)
    assert store.check_trail().is_whole


def _at_once(acts: list[Callable[[], object]]) -> None:
    threads = [threading.Thread(target=act) for act in acts]
    for each in threads:
        each.start()
    for each in threads:
        each.join()


def test_a_decision_stands_on_the_version_that_was_seen(store: Store) -> None:
    (one,) = made(store, "One")
    kept = store.scenarios.create(request(one), "Ana")
    decided = store.scenarios.decide(kept.id, signed())
    assert (decided.number, decided.version, decided.outcome, decided.reason) == (1, 1, "approved", "It fits")
    assert decided.content_hash == kept.content_hash
    assert store.scenarios.get(kept.id).is_approved
    newer = store.scenarios.save(kept.id, request(one, name="Newer"), 1, "Ana")
    assert (newer.decision, newer.is_approved) == (decided, False)
    assert store.scenarios.get(kept.id, 1).is_approved


def test_a_later_decision_supersedes_and_neither_is_changed(store: Store) -> None:
    (one,) = made(store, "One")
    kept = store.scenarios.create(request(one), "Ana")
    first = store.scenarios.decide(kept.id, signed())
    second = store.scenarios.decide(kept.id, signed("rejected", reason="No money", follows=first.id))
    assert store.scenarios.decisions(kept.id) == (second, replace(first, is_standing=False))
    assert store.scenarios.get(kept.id).decision == second
    assert store.check_trail().is_whole


def test_of_many_clicks_at_once_one_decision_is_recorded(store: Store) -> None:
    (one,) = made(store, "One")
    kept = store.scenarios.create(request(one), "Ana")
    _at_once([lambda: store.scenarios.decide(kept.id, signed())] * 5)
    assert len(store.scenarios.decisions(kept.id)) == 1
    assert store.check_trail().is_whole


def test_who_has_not_seen_the_newest_version_or_decision_decides_nothing(store: Store) -> None:
    (one,) = made(store, "One")
    kept = store.scenarios.create(request(one), "Ana")
    store.scenarios.decide(kept.id, signed())
    with pytest.raises(ScenarioRefused, match="Bo decided on this scenario meanwhile"):
        store.scenarios.decide(kept.id, signed("rejected", reason="No", decided_by="Cy"))
    store.scenarios.save(kept.id, request(one), 1, "Ana")
    with pytest.raises(ScenarioRefused, match="Ana saved version 2 meanwhile"):
        store.scenarios.decide(kept.id, signed("rejected", reason="No", decided_by="Cy"))
    assert len(store.scenarios.decisions(kept.id)) == 1


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"reason": " "}, "Reason: say why"),
        ({"reason": "x" * 20_001}, "Reason: has 20001 letters; at most 20000"),
        ({"decided_by": " "}, "Who decides"),
        ({"outcome": "perhaps"}, "approve or reject"),
    ],
)
def test_what_a_decision_lacks_is_said(store: Store, changes: dict[str, object], said: str) -> None:
    (one,) = made(store, "One")
    kept = store.scenarios.create(request(one), "Ana")
    with pytest.raises(ScenarioRefused, match=said):
        store.scenarios.decide(kept.id, signed(**changes))  # type: ignore[arg-type]
    assert store.scenarios.decisions(kept.id) == ()


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"name": " \n"}, "Name: say what this scenario is called"),
        ({"name": "x" * 121}, "Name: has 121 letters; at most 120"),
        ({"note": "x" * 2001}, "Note: has 2001 letters; at most 2000"),
        ({"computed_on": {}}, "about 1 to 5000 proposals; this one has 0"),
        ({"figures": {"whole": {"value": nan}}}, "is no number"),
        ({"document": {"budget": [inf]}}, "is no number"),
    ],
)
def test_what_cannot_be_kept_is_refused_and_nothing_written(
    store: Store, changes: dict[str, object], said: str
) -> None:
    (one,) = made(store, "One")
    with pytest.raises(ScenarioRefused, match=said):
        store.scenarios.create(request(one, **changes))
    assert store.scenarios.list().total == 0


def test_hostile_text_is_kept_as_it_was_typed(store: Store) -> None:
    (one,) = made(store, "One")
    name = "'; DROP TABLE scenarios; -- <script>\x00 {braces} =1+1"
    document = {"people": {"a\x00b": [1]}}
    kept = store.scenarios.create(request(one, name=name, document=document), "Ana")
    found = store.scenarios.get(kept.id)
    assert (found.name, found.document) == (name.replace("\x00", ""), {"people": {"ab": [1]}})
    assert store.check_trail().is_whole


@pytest.mark.parametrize("wrong", ["version", "proposal"])
def test_a_scenario_rests_on_revisions_that_are_there(store: Store, wrong: str) -> None:
    (one,) = made(store, "One")
    computed_on = {one.id: 7} if wrong == "version" else {"none": 1}
    with pytest.raises(NotFound):
        store.scenarios.create(request(one, computed_on=computed_on))
    assert store.scenarios.list().total == 0


def test_a_proposal_that_was_saved_or_archived_since_is_named(store: Store) -> None:
    one, two, three = made(store, "One", "Two", "Three")
    kept = store.scenarios.create(request(one, two, three), "Ana")
    store.scenarios.decide(kept.id, signed())
    store.save(one.id, proposal(CERTAIN, title="One, changed"), 1)
    store.archive(two.id)
    found = store.scenarios.get(kept.id)
    assert (set(found.changed), found.is_current, found.is_approved) == ({one.id, two.id}, False, True)
    assert (found.figures, found.content_hash) == (kept.figures, kept.content_hash)


def test_an_archived_scenario_stands_apart_and_is_not_decided_on(store: Store) -> None:
    (one,) = made(store, "One")
    kept = store.scenarios.create(request(one), "Ana")
    store.scenarios.archive(kept.id, "Ana")
    assert (store.scenarios.list().total, store.scenarios.list(archived=True).total) == (0, 1)
    for act in (
        lambda: store.scenarios.decide(kept.id, signed()),
        lambda: store.scenarios.save(kept.id, request(one), 1),
    ):
        with pytest.raises(ScenarioRefused, match="in the archive"):
            act()
    store.scenarios.restore(kept.id, "Ana")
    assert store.scenarios.list().total == 1


# Who sees what -------------------------------------------------------------------------------------


def test_of_a_hidden_proposal_nothing_is_told_but_that_there_is_one(store: Store) -> None:
    owner, viewer = acting(store, "Owner", Role.APPROVER), acting(store, "Viewer", Role.VIEWER)
    one, two, three = made(owner, "One", "Two", "Hidden")
    kept = owner.scenarios.create(request(one, three, two))
    owner.sharing.restrict(three.id, True)
    owner.save(three.id, proposal(CERTAIN, title="Hidden, changed"), 1)
    for seen in (viewer.scenarios.get(kept.id), viewer.scenarios.list().rows[0]):
        assert (seen.hidden, seen.hidden_changed, seen.changed) == (1, 1, ())
        assert seen.document == {"must": [one.id, two.id], "needs": [], "people": {"data engineer": [2, 1.5]}}
        assert seen.figures == {"proposals": {one.id: {"value": 1.25}, two.id: {"value": 1.25}}}
        assert three.id not in repr(seen)
    assert owner.scenarios.get(kept.id).figures == kept.figures


def test_a_line_that_is_seen_tells_nothing_that_follows_from_a_hidden_one(store: Store) -> None:
    """Of two of which one is done, what the other way costs is the difference of what they are worth."""
    owner, viewer = acting(store, "Owner", Role.APPROVER), acting(store, "Viewer", Role.VIEWER)
    one, two = made(owner, "One", "Hidden")
    line = {
        "title": "One", "value": 80.0, "estimate": 100.0, "weight": 0.8, "low": -30.0, "high": 170.0,
        "right": 0.25, "force": 40.0, "is_forced": False, "money": [7.0], "source": {"en": "measured"},
    }  # fmt: skip
    figures = {"whole": {"value": 120.0}, "proposals": {one.id: line, two.id: {**line, "value": 120.0}}}
    kept = owner.scenarios.create(request(one, two, figures=figures))
    assert viewer.scenarios.get(kept.id).figures == figures
    owner.sharing.restrict(two.id, True)
    own = {"title": "One", "money": [7.0], "source": {"en": "measured"}, "estimate": 100.0}
    assert viewer.scenarios.get(kept.id).figures == {
        "proposals": {one.id: {**own, "value": 100.0, "low": -10.0, "high": 190.0}}
    }
    assert owner.scenarios.get(kept.id).figures == figures


def test_who_sees_no_proposal_of_a_scenario_does_not_see_that_there_is_one(store: Store) -> None:
    owner, viewer = acting(store, "Owner", Role.APPROVER), acting(store, "Viewer", Role.VIEWER)
    (one,) = made(owner, "Hidden")
    owner.sharing.restrict(one.id, True)
    kept = owner.scenarios.create(request(one))
    assert viewer.scenarios.list().total == 0
    for act in (viewer.scenarios.get, viewer.scenarios.decisions):
        with pytest.raises(NotFound, match=f"There is no scenario {kept.id}"):
            act(kept.id)


def test_who_does_not_see_all_saves_and_decides_nothing(store: Store) -> None:
    owner, other = acting(store, "Owner", Role.APPROVER), acting(store, "Other", Role.APPROVER)
    one, two = made(owner, "One", "Hidden")
    kept = owner.scenarios.create(request(one, two))
    owner.sharing.restrict(two.id, True)
    for act in (
        lambda: other.scenarios.decide(kept.id, signed()),
        lambda: other.scenarios.save(kept.id, request(one), 1),
    ):
        with pytest.raises(NotAllowed, match="that you may not see"):
            act()
    with pytest.raises(NotFound):
        other.scenarios.create(request(one, two))
    assert (owner.scenarios.get(kept.id).version, owner.scenarios.decisions(kept.id)) == (1, ())


def test_a_signature_is_that_of_the_sign_in_and_four_eyes_are_asked_for(store: Store) -> None:
    ada, bob = acting(store, "Ada", Role.APPROVER), acting(store, "Bob", Role.APPROVER)
    store.people.require_four_eyes(True)
    (one,) = made(ada, "One")
    kept = ada.scenarios.create(request(one))
    with pytest.raises(NotAllowed, match="your own work"):
        ada.scenarios.decide(kept.id, signed())
    decided = bob.scenarios.decide(kept.id, signed(decided_by="Chief Financial Officer"))
    assert (decided.decided_by, decided.is_verified) == ("Bob (bob@example.org)", True)


@pytest.mark.parametrize(
    ("table", "change"),
    [
        ("scenario_versions", "UPDATE scenario_versions SET name = 'Another'"),
        ("scenario_proposals", "UPDATE scenario_proposals SET version = 2"),
        ("scenario_decisions", "UPDATE scenario_decisions SET reason = 'Another'"),
    ],
)
def test_what_was_changed_past_the_program_is_found(store: Store, table: str, change: str) -> None:
    (one,) = made(store, "One")
    kept = store.scenarios.create(request(one), "Ana")
    store.scenarios.decide(kept.id, signed())
    assert store.check_trail().is_whole
    with store._engine.begin() as connection:
        sqlite = connection.dialect.name == "sqlite"
        off = f"DROP TRIGGER {table}_no_update" if sqlite else f"ALTER TABLE {table} DISABLE TRIGGER USER"
        connection.execute(text(off))
        connection.execute(text(change))
    assert store.check_trail().scenarios == (kept.id,)
