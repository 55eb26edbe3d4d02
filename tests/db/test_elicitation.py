"""Rounds of judgement: nobody sees what another one answers before the reveal, and nobody answers after it."""

from __future__ import annotations

import json
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from dataclasses import replace
from random import random
from threading import Barrier, Event
from time import sleep
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import text

from db import (
    AskedNumber,
    AuditAction,
    Judge,
    NotAllowed,
    NotAMember,
    NotFound,
    Role,
    Round,
    RoundRefused,
    RoundRequest,
    RoundState,
    Saved,
    Store,
)
from scoping import to_dict
from scoping.document.asking import LONGEST_REASON, consensus, judgement, recorded
from scoping.document.editing import change, without_rows
from scoping.document.estimate import MOST_JUDGEMENTS
from scoping.document.specs import spec_at
from tests.db.people import acting
from tests.documents import CERTAIN, proposal

pytestmark = pytest.mark.long

PREVALENCE, COST, ADOPTION = "bridge.prevalence", "alternatives.1.costs.0.amount", "returns.adoption"
REQUEST = RoundRequest((AskedNumber(PREVALENCE, "Prevalence"),), "What we know")
ANA, BEN = Judge("Ana", "secret of Ana"), Judge("Ben", "secret of Ben")
NUMBERS = (0.02, 0.05, 0.11)


def begun(store: Store, request: RoundRequest = REQUEST) -> Round:
    saved = store.create(proposal(CERTAIN))
    return store.elicitation.begin(saved.id, request, "Fay")


def test_a_round_is_begun_answered_revealed_and_closed(store: Store) -> None:
    asked = begun(store)
    everything = store.elicitation
    invitation = everything.invitation(asked.token, ANA)
    assert (invitation.state, invitation.briefing, invitation.begun_by) == (RoundState.OPEN, "What we know", "Fay")
    assert [each.words for each in invitation.questions] == ["Prevalence"]
    everything.answer(asked.token, ANA, PREVALENCE, NUMBERS, " Seen last year ")
    everything.answer(asked.token, BEN, PREVALENCE, (0.04, 0.06, 0.2), "")
    (found,) = everything.rounds(asked.proposal_id)
    assert [(each.name, each.count) for each in found.judged] == [("Ana", 1), ("Ben", 1)]
    everything.reveal(asked.proposal_id, asked.id, "Fay")
    answers = everything.answers(asked.proposal_id, asked.id)
    assert [(each.by, each.p10, each.p50, each.p90, each.rationale, each.is_verified) for each in answers] == [
        ("Ana", *NUMBERS, "Seen last year", False),
        ("Ben", 0.04, 0.06, 0.2, "", False),
    ]
    everything.close(asked.proposal_id, asked.id, "Fay")
    (closed,) = everything.rounds(asked.proposal_id)
    assert (closed.state, closed.token) == (RoundState.CLOSED, "")
    assert everything.answers(asked.proposal_id, asked.id) == answers
    with pytest.raises(NotFound):
        everything.invitation(asked.token, ANA)


def test_nobody_sees_another_one_s_answer_before_the_reveal(store: Store) -> None:
    asked = begun(store)
    telling = (0.020304, 0.050607, 0.110809)
    store.elicitation.answer(asked.token, ANA, PREVALENCE, telling, "because of 4711")
    assert store.elicitation.invitation(asked.token, BEN).own == {}
    # Who types the name of another one, in another browser, sees and changes nothing of theirs.
    assert store.elicitation.invitation(asked.token, replace(ANA, secret="other")).own == {}
    with pytest.raises(RoundRefused, match="judged under the name Ana"):
        store.elicitation.answer(asked.token, replace(ANA, secret="other"), PREVALENCE, NUMBERS, "")
    with pytest.raises(NotAllowed, match="before they are revealed"):
        store.elicitation.answers(asked.proposal_id, asked.id)
    elsewhere = [
        store.elicitation.rounds(asked.proposal_id),
        store.audit(asked.proposal_id).rows,
        store.revisions(asked.proposal_id).rows,
        store.list().rows,
        to_dict(store.get(asked.proposal_id).proposal),
        store.drafts(asked.proposal_id),
    ]
    assert not [sign for sign in ("020304", "050607", "110809", "4711") if sign in repr(elsewhere)]
    assert store.get(asked.proposal_id).version == 1


def test_how_often_somebody_thought_again_is_not_told(store: Store) -> None:
    asked = begun(store)
    for high in (0.11, 0.12, 0.13):
        store.elicitation.answer(asked.token, ANA, PREVALENCE, (0.02, 0.05, high), "")
    assert store.elicitation.invitation(asked.token, ANA).own[PREVALENCE].p90 == 0.13
    told = [(each.action, each.actor) for each in store.audit(asked.proposal_id).rows]
    assert told[:2] == [(AuditAction.JUDGED, "Ana"), (AuditAction.ROUND_BEGUN, "Fay")]
    assert store.check_trail().is_whole


def test_an_answer_after_the_reveal_is_refused_and_the_first_one_stays(store: Store) -> None:
    asked = begun(store)
    store.elicitation.answer(asked.token, ANA, PREVALENCE, NUMBERS, "")
    store.elicitation.reveal(asked.proposal_id, asked.id)
    for judge in (ANA, BEN):
        with pytest.raises(RoundRefused, match="revealed"):
            store.elicitation.answer(asked.token, judge, PREVALENCE, (0.5, 0.6, 0.7), "")
    assert [each.p90 for each in store.elicitation.answers(asked.proposal_id, asked.id)] == [0.11]
    assert store.elicitation.invitation(asked.token, ANA).state is RoundState.REVEALED
    with pytest.raises(RoundRefused, match="already"):
        store.elicitation.reveal(asked.proposal_id, asked.id)


def test_what_is_revealed_is_what_everybody_sees_however_many_judge_at_that_moment(store: Store) -> None:
    asked = begun(store)
    store.elicitation.answer(asked.token, ANA, PREVALENCE, NUMBERS, "")
    over, judged_once = Event(), Barrier(5)

    def judge_again(number: int) -> None:
        judge(number)
        judged_once.wait(60)
        while not over.is_set():
            with suppress(RoundRefused):
                judge(number)

    def judge(number: int) -> None:
        shift = random() / 100
        numbers = (0.02 + shift, 0.05 + shift, 0.11 + shift)
        store.elicitation.answer(asked.token, Judge(f"J{number}", f"s{number}"), PREVALENCE, numbers, "")

    with ThreadPoolExecutor(4) as pool:
        judges = [pool.submit(judge_again, number) for number in range(4)]
        judged_once.wait(60)
        store.elicitation.reveal(asked.proposal_id, asked.id)
        seen = store.elicitation.answers(asked.proposal_id, asked.id)
        sleep(0.2)
        over.set()
        for each in judges:
            each.result()
    assert len(seen) == 5
    assert store.elicitation.answers(asked.proposal_id, asked.id) == seen
    judged = [each.actor for each in store.audit(asked.proposal_id).rows if each.action is AuditAction.JUDGED]
    assert sorted(judged) == sorted({each.by for each in seen})
    assert store.check_trail().is_whole


def test_a_round_that_is_called_off_shows_nobody_anything(store: Store) -> None:
    asked = begun(store)
    with pytest.raises(RoundRefused, match="Nobody has judged"):
        store.elicitation.reveal(asked.proposal_id, asked.id)
    store.elicitation.answer(asked.token, ANA, PREVALENCE, NUMBERS, "")
    store.elicitation.close(asked.proposal_id, asked.id)
    store.elicitation.close(asked.proposal_id, asked.id)
    with pytest.raises(RoundRefused):
        store.elicitation.reveal(asked.proposal_id, asked.id)
    with pytest.raises(NotAllowed):
        store.elicitation.answers(asked.proposal_id, asked.id)


@pytest.mark.parametrize("token", ["", "x", "' OR 1=1 --", "\x00", "ü" * 500])
def test_a_link_that_is_none_says_what_every_such_link_says(store: Store, token: str) -> None:
    begun(store)
    with pytest.raises(NotFound, match="This link asks nobody anything"):
        store.elicitation.invitation(token, ANA)
    with pytest.raises(NotFound, match="This link asks nobody anything"):
        store.elicitation.answer(token, ANA, PREVALENCE, NUMBERS, "")


def test_a_token_opens_its_own_round_only(store: Store) -> None:
    first, second = begun(store), begun(store, RoundRequest((AskedNumber(COST, "Cost"),)))
    assert first.token != second.token
    assert len(first.token) >= 32
    with pytest.raises(RoundRefused, match="does not ask about that number"):
        store.elicitation.answer(second.token, ANA, PREVALENCE, NUMBERS, "")
    store.elicitation.answer(first.token, ANA, PREVALENCE, NUMBERS, "")
    assert store.elicitation.invitation(second.token, ANA).own == {}
    for call in (store.elicitation.answers, store.elicitation.asked, store.elicitation.reveal):
        with pytest.raises(NotFound, match="no such round"):
            call(second.proposal_id, first.id)


def test_a_link_to_what_one_may_not_see_is_no_link(store: Store) -> None:
    owner, viewer, other = (
        acting(store, name, role)
        for name, role in (("Owner", Role.CONTRIBUTOR), ("Vic", Role.VIEWER), ("Other", Role.CONTRIBUTOR))
    )
    asked = begun(owner)
    viewer.elicitation.answer(asked.token, Judge("Somebody else", ""), PREVALENCE, NUMBERS, "")
    owner.sharing.restrict(asked.proposal_id, True)
    with pytest.raises(NotFound) as hidden:
        other.elicitation.invitation(asked.token, ANA)
    with pytest.raises(NotFound) as absent:
        other.elicitation.invitation("nothing", ANA)
    assert str(hidden.value) == str(absent.value)
    with pytest.raises(NotFound):
        viewer.elicitation.answer(asked.token, ANA, PREVALENCE, NUMBERS, "")
    with pytest.raises(NotAMember):
        acting(store, "Nobody").elicitation.invitation(asked.token, ANA)
    owner.elicitation.reveal(asked.proposal_id, asked.id)
    (answer,) = owner.elicitation.answers(asked.proposal_id, asked.id)
    assert (answer.by, answer.is_verified) == ("Vic (vic@example.org)", True)


def test_who_may_only_read_judges_and_runs_nothing(store: Store) -> None:
    owner, viewer = acting(store, "Owner", Role.CONTRIBUTOR), acting(store, "Vic", Role.VIEWER)
    asked = begun(owner)
    identity = asked.proposal_id
    calls: list[Callable[[], Any]] = [
        lambda: viewer.elicitation.begin(identity, REQUEST),
        lambda: viewer.elicitation.rounds(identity),
        lambda: viewer.elicitation.reveal(identity, asked.id),
        lambda: viewer.elicitation.close(identity, asked.id),
    ]
    for call in calls:
        with pytest.raises(NotAllowed):
            call()
    viewer.elicitation.answer(asked.token, ANA, PREVALENCE, NUMBERS, "")
    owner.elicitation.reveal(identity, asked.id)
    assert len(viewer.elicitation.answers(identity, asked.id)) == 1


@pytest.mark.parametrize(
    ("numbers", "said"),
    [
        ((0.2, 0.1, 0.3), "none of low, likely and high may be below the one before it"),
        ((0.1, 0.2, 1.5), "from 0 to 1"),
        ((-0.1, 0.2, 0.5), "from 0 to 1"),
        ((0.1, 0.2, float("inf")), "finite"),
        ((float("nan"), 0.2, 0.3), "finite"),
    ],
)
def test_numbers_that_cannot_be_are_refused(store: Store, numbers: tuple[float, float, float], said: str) -> None:
    asked = begun(store)
    with pytest.raises(RoundRefused, match=said):
        store.elicitation.answer(asked.token, ANA, PREVALENCE, numbers, "")
    assert store.elicitation.rounds(asked.proposal_id)[0].judged == ()


@pytest.mark.parametrize("judge", [Judge("", "s"), Judge(" \x00\t", "s"), Judge("Ana", "")])
def test_who_judges_has_a_name_and_a_browser_that_knows_them(store: Store, judge: Judge) -> None:
    with pytest.raises(RoundRefused, match=r"name is missing|cookies"):
        store.elicitation.answer(begun(store).token, judge, PREVALENCE, NUMBERS, "")


def test_names_and_reasons_are_data(store: Store) -> None:
    asked = begun(store)
    hostile = "<script>alert(1)</script> '; DROP TABLE answers; -- \x00\u202e =1+1 {0}"
    store.elicitation.answer(asked.token, Judge(hostile, "s"), PREVALENCE, NUMBERS, hostile)
    store.elicitation.answer(asked.token, Judge("n" * 5_000, "t"), PREVALENCE, NUMBERS, "r" * LONGEST_REASON)
    with pytest.raises(RoundRefused, match="letters"):
        store.elicitation.answer(asked.token, ANA, PREVALENCE, NUMBERS, "r" * (LONGEST_REASON + 1))
    store.elicitation.reveal(asked.proposal_id, asked.id)
    first, second = store.elicitation.answers(asked.proposal_id, asked.id)
    assert first.rationale == hostile.replace("\x00", "")
    assert (len(second.by), len(second.rationale)) == (200, LONGEST_REASON)
    spec = spec_at(proposal(CERTAIN), PREVALENCE)
    written = recorded([judgement(spec, each.by, *NUMBERS) for each in (first, second)])
    document = change(proposal(CERTAIN), PREVALENCE, written)
    assert json.loads(json.dumps(to_dict(document)))["bridge"]["prevalence"]["judgements"][0]["by"] == first.by


def test_a_number_that_was_taken_out_is_not_asked_about_any_more(store: Store) -> None:
    asked = begun(store, RoundRequest((AskedNumber(COST, "Cost"), AskedNumber(PREVALENCE, "Prevalence"))))
    saved = store.get(asked.proposal_id)
    without = without_rows(to_dict(saved.proposal), "alternatives.1.costs", [], {0})
    store.save(saved.id, type(saved.proposal).model_validate(without), 1)
    with pytest.raises(RoundRefused, match="not asked about any more"):
        store.elicitation.answer(asked.token, ANA, COST, (1, 2, 3), "")
    store.elicitation.answer(asked.token, ANA, PREVALENCE, NUMBERS, "")


@pytest.mark.parametrize(
    ("paths", "said"),
    [
        ([], "1 to 10 numbers"),
        ([PREVALENCE] * 2, "once"),
        (["title"], "There is no number"),
        ([f"alternatives.{index}.build_months" for index in range(11)], "1 to 10 numbers"),
    ],
)
def test_what_nobody_can_judge_is_not_asked(store: Store, paths: list[str], said: str) -> None:
    with pytest.raises(RoundRefused, match=said):
        begun(store, RoundRequest([AskedNumber(path, "x") for path in paths]))


def test_no_more_people_judge_than_an_estimate_holds(store: Store) -> None:
    asked = begun(store)
    for number in range(MOST_JUDGEMENTS):
        store.elicitation.answer(asked.token, Judge(f"J{number}", f"s{number}"), PREVALENCE, NUMBERS, "")
    with pytest.raises(RoundRefused, match="more are not asked"):
        store.elicitation.answer(asked.token, ANA, PREVALENCE, NUMBERS, "")
    store.elicitation.answer(asked.token, Judge("J0", "s0"), PREVALENCE, (0.1, 0.2, 0.3), "")


def test_who_writes_their_name_otherwise_is_still_one_person(store: Store) -> None:
    asked = begun(store, RoundRequest((AskedNumber(PREVALENCE, "Prevalence"), AskedNumber(ADOPTION, "Adoption"))))
    store.elicitation.answer(asked.token, ANA, PREVALENCE, NUMBERS, "")
    store.elicitation.answer(asked.token, replace(ANA, name="Ana Maria"), ADOPTION, NUMBERS, "")
    assert [(each.name, each.count) for each in store.elicitation.rounds(asked.proposal_id)[0].judged] == [
        ("Ana Maria", 2)
    ]
    store.elicitation.reveal(asked.proposal_id, asked.id)
    assert {each.by for each in store.elicitation.answers(asked.proposal_id, asked.id)} == {"Ana Maria"}


def test_the_database_keeps_no_secret_of_a_browser(store: Store) -> None:
    asked = begun(store)
    store.elicitation.answer(asked.token, ANA, PREVALENCE, NUMBERS, "")
    with store._reading() as session:
        rows = [tuple(row) for row in session.execute(text("SELECT * FROM answers"))]
    assert ANA.secret not in repr(rows)


def test_a_copy_of_a_proposal_asks_nobody(store: Store) -> None:
    asked = begun(store)
    copy: Saved = store.duplicate(asked.proposal_id)
    assert store.elicitation.rounds(copy.id) == ()


TRIPLES = st.lists(st.floats(0, 1), min_size=3, max_size=3).map(sorted)


@given(st.lists(TRIPLES, min_size=1, max_size=6), st.one_of(st.none(), TRIPLES))
def test_what_is_recorded_is_the_average_or_the_consensus_exactly(
    judged: list[list[float]], agreed: list[float] | None
) -> None:
    spec = spec_at(proposal(CERTAIN), ADOPTION)
    people = [judgement(spec, "Same name", *each) for each in judged]
    written = recorded(people, consensus(spec, *agreed) if agreed else None)
    found = change(proposal(CERTAIN), ADOPTION, written)
    estimate = found.returns.adoption
    expected = tuple(agreed) if agreed else (estimate.average.p10, estimate.average.p50, estimate.average.p90)
    assert (estimate.p10, estimate.p50, estimate.p90) == expected
    averages = [sum(column) / len(judged) for column in zip(*judged, strict=True)]
    assert (estimate.average.p10, estimate.average.p50, estimate.average.p90) == pytest.approx(averages, abs=1e-12)
    assert [(each.p10, each.p50, each.p90) for each in estimate.judgements] == [tuple(each) for each in judged]
    assert to_dict(found)["returns"]["adoption"] == written
