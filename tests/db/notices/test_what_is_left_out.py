"""Between what happens and what is sent of it, people lose rights and take back what they wrote."""

from __future__ import annotations

import threading
from datetime import date, timedelta

import pytest
from sqlalchemy import select

from db import Duty, EventKind, MailChoice, MessageState, NotFound, Remark, Role, Store
from db.engine import create
from db.events import Event
from db.notices import due
from db.notices.outbox import GIVE_UP_AFTER, KEEP_ENDED
from db.notices.rows import NoticeRow, OutboxRow
from tests.db.clock import Clock
from tests.db.people import acting
from tests.db.test_notices import HOOK, decide, tell
from tests.documents import CERTAIN, proposal

SECRET = "The margin is 41 %"


def everything_told(here: Store) -> str:
    """All that notices and messages hold, sent or not."""
    with here._reading() as session:
        notices = [each.said for each in session.scalars(select(NoticeRow))]
        return str([*notices, *(each.payload for each in session.scalars(select(OutboxRow)))])


# Rights that go --------------------------------------------------------------------------------------


@pytest.mark.usefixtures("mailing")
def test_a_digest_leaves_out_what_its_reader_may_not_see_any_more(here: Store) -> None:
    ada, bob = acting(here, "Ada", Role.APPROVER), acting(here, "Bob", Role.APPROVER)
    bob.receiving.choose_mail(MailChoice.DAILY, "en")
    kept, taken = (ada.create(proposal(CERTAIN, title=title)) for title in ("Kept", "Taken"))
    for saved in (kept, taken):
        tell(ada, Event(EventKind.MENTIONED, saved.id, (bob.person.id,), SECRET))
    assert here.due.turn().digests == 1
    ada.sharing.restrict(taken.id, True)
    (message,) = here.outbox.claim()
    assert [each["title"] for each in message.payload["notices"]] == ["Kept"]


@pytest.mark.usefixtures("mailing")
def test_a_digest_of_which_nothing_is_left_is_not_sent(here: Store) -> None:
    ada, bob = acting(here, "Ada", Role.APPROVER), acting(here, "Bob", Role.APPROVER)
    bob.receiving.choose_mail(MailChoice.DAILY, "en")
    saved = ada.create(proposal(CERTAIN))
    tell(ada, Event(EventKind.MENTIONED, saved.id, (bob.person.id,), SECRET))
    here.due.turn()
    ada.sharing.restrict(saved.id, True)
    assert here.outbox.claim() == ()
    assert [each.state for each in here.outbox.stuck()] == [MessageState.GIVEN_UP]


def test_a_task_of_a_proposal_that_one_may_not_see_is_like_one_that_never_was(here: Store) -> None:
    ada, bob = acting(here, "Ada", Role.APPROVER), acting(here, "Bob", Role.APPROVER)
    saved = ada.create(proposal(CERTAIN))
    decide(ada, saved, conditions=("Label",), duties=(Duty("Label", None, "Bob", bob.person.id),))
    (task,) = bob.inbox.tasks()
    ada.sharing.restrict(saved.id, True)
    said = []
    for number in (task.id, 10_000):
        with pytest.raises(NotFound) as refused:
            bob.inbox.finish(number)
        said.append(str(refused.value))
    assert said[0] == said[1]
    assert saved.id not in said[0]


# What is taken back ----------------------------------------------------------------------------------


@pytest.mark.usefixtures("mailing")
def test_what_is_taken_back_stands_in_no_notice_and_in_no_message(here: Store, clock: Clock) -> None:
    here.webhooks.add(HOOK)
    ada, bob, cyd = (acting(here, name, Role.APPROVER) for name in ("Ada", "Bob", "Cyd"))
    cyd.receiving.choose_mail(MailChoice.DAILY, "en")
    saved = ada.create(proposal(CERTAIN))
    said = Remark(SECRET, (bob.person.id, cyd.person.id))
    thread = ada.commenting.write(saved.id, "", said)
    ada.commenting.write(saved.id, "", Remark("Something else", (bob.person.id,)))
    here.due.turn()
    assert SECRET in everything_told(here)
    clock.on(minutes=5)
    ada.commenting.take_back(saved.id, thread.comments[0].id)
    told = everything_told(here)
    assert SECRET not in told
    assert "Something else" in told
    assert sorted(each.said for each in bob.inbox.notices()) == ["", "Something else"], "that there was one stays"
    assert {each.payload["kind"] for each in here.outbox.claim(100)} == {"mentioned", "commented", "digest"}


def test_who_typed_a_name_is_named_in_what_is_told_of_it(here: Store) -> None:
    here.webhooks.add(HOOK)
    saved = here.create(proposal(CERTAIN))
    here.commenting.write(saved.id, "", Remark("Why?"), "Ana")
    here.reviewing.submit(saved.id, 1, actor="Bo")
    assert {(each.payload["kind"], each.payload["by"]) for each in here.outbox.claim()} == {
        ("commented", "Ana"),
        ("submitted", "Bo"),
    }


# Drafts that were left -------------------------------------------------------------------------------


def test_however_many_drafts_are_left_each_is_told(here: Store, clock: Clock, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(due, "_MOST_AT_ONCE", 2)
    ada, gone = acting(here, "Ada", Role.CONTRIBUTOR), acting(here, "Gone", Role.CONTRIBUTOR)
    for number in range(3):
        gone.create(proposal(CERTAIN, title=f"Of somebody else {number}"))
    for number in range(5):
        ada.create(proposal(CERTAIN, title=f"{number}"))
    here.people.remove(gone.person.id)
    clock.on(days=31)
    assert [here.due.turn().drafts for _ in range(4)] == [2, 2, 1, 0]


def test_two_schedulers_at_once_tell_each_draft_once(here: Store, database_url: str, clock: Clock) -> None:
    here.webhooks.add(HOOK)
    ada = acting(here, "Ada", Role.CONTRIBUTOR)
    for number in range(8):
        ada.create(proposal(CERTAIN, title=f"{number}"))
    clock.on(days=31)
    others, start = [Store(create(database_url), now=clock) for _ in range(3)], threading.Barrier(3)
    found: list[int] = []

    def turn(each: Store) -> None:
        start.wait()
        found.append(each.due.turn().drafts)

    threads = [threading.Thread(target=turn, args=(each,)) for each in others]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(found) == [0, 0, 8]
    assert [each.payload["kind"] for each in here.outbox.claim(100)] == ["stale draft"] * 8


# The outbox ------------------------------------------------------------------------------------------


def test_what_a_dead_receiver_does_not_take_holds_up_nothing_that_is_new(here: Store, clock: Clock) -> None:
    here.webhooks.add(HOOK)
    for number in range(3):
        decide(here, here.create(proposal(CERTAIN, title=f"Old {number}")))
    for each in here.outbox.claim():
        here.outbox.failed(each, "no answer in time")
    clock.on(hours=1)
    decide(here, here.create(proposal(CERTAIN, title="New")))
    assert [each.payload["title"] for each in here.outbox.claim(1)] == ["New"]


def test_what_was_given_up_is_not_kept_for_ever(here: Store, clock: Clock) -> None:
    here.webhooks.add(HOOK)
    decide(here, here.create(proposal(CERTAIN)), review_on=date(2026, 6, 1), reason=SECRET)
    clock.on(days=GIVE_UP_AFTER.days + 1)
    for each in here.outbox.claim(100):
        here.outbox.failed(each, "answered 500")
    here.outbox.clear()
    assert [each.state for each in here.outbox.stuck()] == [MessageState.GIVEN_UP]
    clock.moment += KEEP_ENDED + timedelta(days=1)
    here.outbox.clear()
    assert (here.outbox.stuck(), SECRET in everything_told(here)) == ((), False)
