"""Who is told of what, what a decision leaves to be done, and what waits to be sent; on SQLite and PostgreSQL."""

from __future__ import annotations

import threading
from collections.abc import Callable
from datetime import date, timedelta

import pytest
from sqlalchemy import select

from db import (
    ALONE,
    Channel,
    DecisionRefused,
    DecisionRequest,
    Duty,
    EventKind,
    MailChoice,
    Message,
    MessageState,
    NotAllowed,
    NotFound,
    Role,
    Saved,
    Scope,
    Shape,
    Store,
    TaskKind,
    TaskRefused,
    WebhookRefused,
    WebhookRequest,
)
from db.engine import create
from db.events import Event, announce
from db.notices.outbox import GIVE_UP_AFTER, LEASE, LONGEST_WAIT, wait_after
from db.notices.rows import NoticeRow
from tests.db.clock import Clock
from tests.db.people import acting
from tests.documents import CERTAIN, proposal

TODAY = date(2026, 5, 20)
HOOK = WebhookRequest("Everything", "http://127.0.0.1:9/hook", Shape.PLAIN, tuple(EventKind))


def tell(store: Store, event: Event) -> None:
    with store._transaction() as session:
        announce(session, store._gate, event)


def decide(store: Store, saved: Saved, **changes: object) -> None:
    given = {"version": 1, "recommendation": "stop", "outcome": "stop", "decided_by": "Ana"}
    store.decide(saved.id, DecisionRequest(**{**given, **changes}))  # type: ignore[arg-type]


def kinds(store: Store) -> list[str]:
    """What the person is told, newest first."""
    return [each.kind for each in store.inbox.notices()]


def all_kinds(store: Store) -> list[str]:
    """With what the inbox shows as the task or the draft itself."""
    wanted = select(NoticeRow.kind).where(NoticeRow.person_id == store.person.id).order_by(NoticeRow.id.desc())
    with store._reading() as session:
        return [*session.scalars(wanted)]


def test_a_task_is_given_to_who_may_see_the_proposal_and_they_hear_of_it(here: Store) -> None:
    ada, bob, cyd = (acting(here, name, Role.APPROVER) for name in ("Ada", "Bob", "Cyd"))
    saved = ada.create(proposal(CERTAIN, title="Ours"), is_restricted=True)
    ada.sharing.add(saved.id, bob.person.id)
    decide(ada, saved, conditions=("Ask",))
    (task,) = ada.inbox.tasks()
    with pytest.raises(TaskRefused, match="choose somebody who may see"):
        ada.inbox.give(task.id, "", cyd.person.id)
    with pytest.raises(NotFound):
        cyd.inbox.give(task.id, "", cyd.person.id)
    ada.inbox.give(task.id, "", bob.person.id)
    assert (ada.inbox.tasks(), [each.owner for each in bob.inbox.tasks()]) == ((), ["Bob"])
    assert "task given" in kinds(bob)
    assert kinds(bob).count("task opened") == 0, "an issue that a tracker has is not made again"
    bob.inbox.finish(task.id)
    with pytest.raises(TaskRefused, match="not open any more"):
        bob.inbox.give(task.id, "", ada.person.id)
    assert here.check_trail().is_whole


# Notices -----------------------------------------------------------------------------------------


def test_who_is_meant_is_told_and_who_did_it_is_not(here: Store) -> None:
    ada, bob, cyd = (acting(here, name, Role.APPROVER) for name in ("Ada", "Bob", "Cyd"))
    saved = ada.create(proposal(CERTAIN, title="Ours"))
    to = (ada.person.id, bob.person.id, bob.person.id)
    tell(ada, Event(EventKind.MENTIONED, saved.id, to, "look", "returns.adoption"))
    (notice,) = bob.inbox.notices()
    assert (notice.title, notice.said, notice.place, notice.by) == (
        "Ours",
        "look",
        "returns.adoption",
        ada.person.label,
    )
    assert (ada.inbox.notices(), cyd.inbox.notices()) == ((), ())
    assert (bob.inbox.count(), cyd.inbox.count()) == (1, 0)
    cyd.inbox.read([notice.id])
    assert bob.inbox.count() == 1, "somebody else's is not theirs to read"
    bob.inbox.read([notice.id])
    assert (bob.inbox.count(), bob.inbox.notices()) == (0, ())


def test_nobody_hears_of_what_they_may_not_see_then_or_later(here: Store) -> None:
    ada, bob, cyd = (acting(here, name, Role.APPROVER) for name in ("Ada", "Bob", "Cyd"))
    saved = ada.create(proposal(CERTAIN))
    ada.sharing.add(saved.id, bob.person.id)
    ada.sharing.restrict(saved.id, True)
    tell(ada, Event(EventKind.MENTIONED, saved.id, (bob.person.id, cyd.person.id)))
    assert (kinds(bob), kinds(cyd)) == (["mentioned"], [])
    ada.sharing.remove(saved.id, bob.person.id)
    assert (kinds(bob), bob.inbox.count()) == ([], 0), "rights were taken away since"


def test_owner_and_members_hear_of_a_decision(here: Store) -> None:
    ada, bob, boss = (acting(here, name, Role.APPROVER) for name in ("Ada", "Bob", "Boss"))
    saved = ada.create(proposal(CERTAIN))
    ada.sharing.add(saved.id, bob.person.id)
    decide(boss, saved, reason="too dear")
    assert (kinds(ada), kinds(bob), kinds(boss)) == (["decided"], ["decided"], [])
    assert ada.inbox.notices()[0].said == "stop: too dear"


def test_what_fails_announces_nothing(here: Store) -> None:
    ada, bob = acting(here, "Ada", Role.APPROVER), acting(here, "Bob", Role.APPROVER)
    saved = ada.create(proposal(CERTAIN))

    def fail() -> None:
        with ada._transaction() as session:
            announce(session, ada._gate, Event(EventKind.MENTIONED, saved.id, (bob.person.id,)))
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        fail()
    assert kinds(bob) == []


def test_where_nobody_signs_in_only_webhooks_are_told(here: Store) -> None:
    here.webhooks.add(HOOK)
    saved = here.create(proposal(CERTAIN))
    decide(here, saved)
    (message,) = here.outbox.claim()
    assert (message.channel, message.payload["by"], here.inbox.notices()) == (Channel.WEBHOOK, "Ana", ())


# Tasks -------------------------------------------------------------------------------------------


def test_a_decision_leaves_its_review_and_conditions_as_tasks_with_owners(here: Store) -> None:
    ada, bob = acting(here, "Ada", Role.APPROVER), acting(here, "Bob", Role.VIEWER)
    saved = ada.create(proposal(CERTAIN))
    duty = Duty("Label 500 cases", date(2026, 6, 1), "Bob", bob.person.id)
    asked = ("Label 500 cases", "Ask the works council")
    decide(ada, saved, conditions=asked, duties=(duty,), review_on=date(2026, 6, 10))
    found = [(each.kind, each.text, each.due_on, each.owner) for each in ada.inbox.of(saved.id)]
    assert found == [
        (TaskKind.CONDITION, "Label 500 cases", date(2026, 6, 1), "Bob"),
        (TaskKind.REVIEW, "", date(2026, 6, 10), "Ada"),
        (TaskKind.CONDITION, "Ask the works council", None, "Ada"),
    ]
    assert kinds(bob) == ["task opened"]
    assert [each.text for each in bob.inbox.tasks()] == ["Label 500 cases"]
    assert [each.text for each in ada.inbox.tasks()] == ["", "Ask the works council"]
    record = ada.decisions(saved.id).rows[0]
    assert record.figures["duties"] == [{"condition": "Label 500 cases", "due_on": "2026-06-01", "owner": "Bob"}]
    assert here.check_trail().unsigned == ()


def test_milestones_of_what_is_built_become_tasks_in_months_from_the_decision(here: Store) -> None:
    milestones = [
        {"name": "Pilot ends", "kind": "ml", "due_month": 9.0, "owner": "Lab"},
        {"name": "Someday", "kind": "ml"},
        {"name": "", "kind": "ml", "due_month": 1.0},
    ]
    saved = here.create(proposal(milestones=milestones))
    decide(here, saved, outcome="build", recommendation="build", alternative="Model")
    found = [(each.text, each.due_on, each.owner) for each in here.inbox.of(saved.id)]
    assert found == [("Pilot ends", date(2027, 2, 20), "Lab"), ("Someday", None, "Ana")]
    other = here.create(proposal(milestones=milestones))
    decide(here, other)
    assert here.inbox.of(other.id) == ()


@pytest.mark.parametrize(
    ("duty", "said"),
    [
        (Duty("Another"), "Another"),
        (Duty("Label", date(2026, 5, 19)), "past"),
    ],
)
def test_a_duty_that_cannot_be_is_refused(here: Store, duty: Duty, said: str) -> None:
    saved = here.create(proposal(CERTAIN))
    with pytest.raises(DecisionRefused, match=said):
        decide(here, saved, conditions=("Label",), duties=(duty,))
    assert here.inbox.of(saved.id) == ()


def test_a_second_click_leaves_no_second_tasks_and_a_later_decision_ends_the_first(here: Store) -> None:
    saved = here.create(proposal(CERTAIN))
    duties = (Duty("Label", date(2026, 6, 1)),)
    for _ in range(2):
        decide(here, saved, conditions=("Label",), duties=duties)
    assert [each.state for each in here.inbox.of(saved.id)] == ["open"]
    decide(here, saved, outcome="rework", reason="Think again", decided_by="Bo")
    (followed,) = here.inbox.of(saved.id)
    assert (followed.state, followed.done_by, here.inbox.tasks()) == ("followed", "Bo", ())
    with pytest.raises(TaskRefused, match="not open"):
        here.inbox.finish(followed.id)


def test_a_task_is_done_once_with_a_note_that_the_trail_keeps(here: Store) -> None:
    ada, bob, cyd = (
        acting(here, "Ada", Role.APPROVER),
        acting(here, "Bob", Role.VIEWER),
        acting(here, "Cyd", Role.VIEWER),
    )
    saved = ada.create(proposal(CERTAIN))
    decide(ada, saved, conditions=("Label",), duties=(Duty("Label", None, "Bob", bob.person.id),))
    (task,) = bob.inbox.tasks()
    with pytest.raises(NotAllowed):
        cyd.inbox.finish(task.id)
    with pytest.raises(TaskRefused, match="letters"):
        bob.inbox.finish(task.id, "x" * 2_001)
    bob.inbox.finish(task.id, " all 500 ")
    (done,) = ada.inbox.of(saved.id)
    assert (done.state, done.done_by, done.note) == ("done", bob.person.label, "all 500")
    assert ada.audit(saved.id).rows[0].detail == "condition: all 500"
    with pytest.raises(TaskRefused):
        bob.inbox.finish(task.id)
    with pytest.raises(NotFound):
        bob.inbox.finish(10_000)


# What the calendar brings ------------------------------------------------------------------------


def test_what_is_due_is_told_once_then_weekly_until_it_is_done(here: Store, clock: Clock) -> None:
    ada, boss = acting(here, "Ada", Role.APPROVER), acting(here, "Boss", Role.APPROVER)
    saved = ada.create(proposal(CERTAIN))
    decide(boss, saved, review_on=date(2026, 5, 22))
    told = []
    for _ in range(12):
        told.append(here.due.turn().tasks)
        assert here.due.turn().tasks == 0, "the same day again"
        clock.on(days=1)
    assert told == [0, 0, 1, 0, 0, 0, 0, 0, 0, 1, 0, 0]
    assert (all_kinds(ada), kinds(ada)) == (["review due", "review due", "decided"], ["decided"])
    ada.inbox.finish(ada.inbox.tasks()[0].id)
    clock.on(days=30)
    assert here.due.turn().tasks == 0


def test_what_somebody_leaves_behind_falls_to_the_owner_and_then_to_who_may_decide(here: Store, clock: Clock) -> None:
    ada, owner = acting(here, "Ada", Role.APPROVER), acting(here, "Owner", Role.CONTRIBUTOR)
    boss, reader = acting(here, "Boss", Role.APPROVER), acting(here, "Reader", Role.REVIEWER)
    everybody = (owner, boss, reader)
    saved = owner.create(proposal(CERTAIN))
    duty = Duty("Ask the council", due_on=TODAY, owner="Ada", owner_id=ada.person.id)
    decide(boss, saved, conditions=("Ask the council",), duties=(duty,))

    def seen() -> list[int]:
        return [len(each.inbox.tasks()) for each in everybody]

    assert seen() == [0, 0, 0], "it is Ada's"
    here.people.remove(ada.person.id)
    assert seen() == [1, 0, 0]
    here.due.turn()
    assert [all_kinds(each).count("condition due") for each in everybody] == [1, 0, 0]
    here.people.remove(owner.person.id)
    assert seen()[1:] == [1, 0]
    clock.on(days=7)
    here.due.turn()
    assert [all_kinds(each).count("condition due") for each in everybody] == [1, 1, 0]
    boss.inbox.finish(boss.inbox.tasks()[0].id)
    assert boss.inbox.tasks() == ()


def test_two_schedulers_at_once_tell_each_task_once(here: Store, database_url: str, clock: Clock) -> None:
    here.webhooks.add(HOOK)
    for number in range(8):
        decide(here, here.create(proposal(CERTAIN, title=f"{number}")), review_on=TODAY)
    others = [Store(create(database_url), now=clock) for _ in range(2)]
    found: list[int] = []
    threads = [threading.Thread(target=lambda each=each: found.append(each.due.turn().tasks)) for each in others]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sum(found) == 8
    sent = [each.payload["kind"] for each in here.outbox.claim(100)]
    assert sent.count("review due") == 8


def test_a_draft_that_is_left_is_told_to_its_owner_once(here: Store, clock: Clock) -> None:
    ada = acting(here, "Ada", Role.APPROVER)
    saved, decided = ada.create(proposal(CERTAIN, title="Left")), ada.create(proposal(CERTAIN, title="Decided"))
    decide(ada, decided)
    assert (ada.inbox.stale(), here.due.turn().drafts) == ((), 0)
    clock.on(days=31)
    assert [each.title for each in ada.inbox.stale()] == ["Left"]
    # What was submitted waits for others.
    ada.reviewing.submit(saved.id, saved.version)
    assert ada.inbox.stale() == ()
    ada.reviewing.withdraw(saved.id, ada.reviewing.rounds(saved.id)[0].number)
    assert [each.title for each in ada.inbox.stale()] == ["Left"]
    assert [here.due.turn().drafts for _ in range(2)] == [1, 0]
    assert all_kinds(ada) == ["stale draft"]
    ada.save(saved.id, proposal(CERTAIN, title="Taken up"), 1)
    clock.on(days=31)
    assert here.due.turn().drafts == 1, "left again"


@pytest.mark.usefixtures("mailing")
def test_a_digest_comes_once_a_day_with_all_that_is_new_and_may_be_seen(here: Store, clock: Clock) -> None:
    ada, bob = acting(here, "Ada", Role.APPROVER), acting(here, "Bob", Role.APPROVER)
    bob.receiving.choose_mail(MailChoice.DAILY, "de")
    first, hidden = ada.create(proposal(CERTAIN, title="First")), ada.create(proposal(CERTAIN, title="Hidden"))
    for saved in (first, hidden):
        tell(ada, Event(EventKind.MENTIONED, saved.id, (bob.person.id,)))
    ada.sharing.restrict(hidden.id, True)
    assert here.outbox.claim() == ()
    assert [here.due.turn().digests for _ in range(2)] == [1, 0]
    (message,) = here.outbox.claim()
    assert [each["title"] for each in message.payload["notices"]] == ["First"]
    assert (message.target.address, message.target.language) == ("bob@example.org", "de")
    clock.on(hours=2)
    tell(ada, Event(EventKind.MENTIONED, first.id, (bob.person.id,), "later that day"))
    clock.on(days=1)
    assert here.due.turn().digests == 1
    messages = [each for each in here.outbox.claim() if each.id != message.id]
    assert [each["said"] for each in messages[0].payload["notices"]] == ["later that day"]


# The outbox --------------------------------------------------------------------------------------


@pytest.mark.usefixtures("mailing")
def test_mail_goes_to_who_wants_it_and_stays_with_who_may_see(here: Store, clock: Clock) -> None:
    ada, bob, cyd = (acting(here, name, Role.APPROVER) for name in ("Ada", "Bob", "Cyd"))
    cyd.receiving.choose_mail(MailChoice.NONE, "en")
    saved = ada.create(proposal(CERTAIN))
    for _ in range(2):
        tell(ada, Event(EventKind.MENTIONED, saved.id, (bob.person.id, cyd.person.id)))
    (first,) = here.outbox.claim(1)
    assert (first.channel, first.target.address) == (Channel.MAIL, "bob@example.org")
    ada.sharing.restrict(saved.id, True)
    assert here.outbox.claim() == ()
    (stuck,) = [each for each in here.outbox.stuck() if each.state is MessageState.GIVEN_UP]
    assert "may not see" in stuck.last_error


def test_without_a_mail_server_no_mail_waits_for_ever(here: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("GROUNDWORK_SMTP_URL", raising=False)
    ada, bob = acting(here, "Ada", Role.APPROVER), acting(here, "Bob", Role.APPROVER)
    tell(ada, Event(EventKind.MENTIONED, ada.create(proposal(CERTAIN)).id, (bob.person.id,)))
    assert (here.outbox.waiting(), kinds(bob)) == (0, ["mentioned"])


def one_message(here: Store) -> Callable[[], tuple[Message, ...]]:
    here.webhooks.add(HOOK)
    decide(here, here.create(proposal(CERTAIN)))
    return here.outbox.claim


def test_a_message_is_one_senders_until_its_lease_ends(here: Store, clock: Clock) -> None:
    claim = one_message(here)
    (first,) = claim()
    assert claim() == ()
    clock.on(seconds=LEASE.total_seconds())
    (second,) = claim()
    assert (second.id, first.tries, second.tries) == (first.id, 1, 2)
    here.outbox.failed(first, "too slow")
    here.outbox.sent(second)
    assert (here.outbox.waiting(), here.outbox.stuck()) == (0, ()), "who had it last says what became of it"


def test_many_senders_at_once_take_each_message_once(here: Store, database_url: str, clock: Clock) -> None:
    here.webhooks.add(HOOK)
    for number in range(12):
        decide(here, here.create(proposal(CERTAIN, title=f"{number}")))
    found: list[str] = []

    def send() -> None:
        own = Store(create(database_url), now=clock)
        for _ in range(12):
            found.extend(each.id for each in own.outbox.claim(3))

    threads = [threading.Thread(target=send) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert (len(found), len(set(found))) == (12, 12)


@pytest.mark.long
def test_what_is_not_taken_is_tried_again_later_and_given_up_after_days(here: Store, clock: Clock) -> None:
    claim = one_message(here)
    tries, begun = 0, clock.moment
    while here.outbox.waiting():
        for message in claim():
            tries += 1
            here.outbox.failed(message, "answered 500\x00" + "x" * 500)
        clock.on(minutes=5)
    assert GIVE_UP_AFTER <= clock.moment - begun <= GIVE_UP_AFTER + LONGEST_WAIT + timedelta(minutes=10)
    assert 15 < tries < 60
    (stuck,) = here.outbox.stuck()
    assert (stuck.state, stuck.receiver, len(stuck.last_error)) == (MessageState.GIVEN_UP, "Everything", 200)
    here.outbox.again(stuck.id)
    (message,) = claim()
    here.outbox.sent(message)
    assert here.outbox.stuck() == ()
    with pytest.raises(NotFound):
        here.outbox.again(stuck.id)


def test_waits_grow_to_a_limit_and_differ() -> None:
    waits = [wait_after(tries) for tries in (1, 5, 200)]
    assert timedelta(seconds=15) <= waits[0] <= timedelta(seconds=30) < waits[1] < waits[2] <= LONGEST_WAIT
    assert len({wait_after(5) for _ in range(20)}) > 1


# Webhooks ----------------------------------------------------------------------------------------


def test_a_webhook_hears_its_kinds_and_of_restricted_ones_only_where_asked(here: Store) -> None:
    for name, others in (("Decisions", {}), ("Trusted", {"is_for_restricted": True})):
        here.webhooks.add(WebhookRequest(name, "https://example.org/x", Shape.SLACK, (EventKind.DECIDED,), **others))  # type: ignore[arg-type]
    saved = here.create(proposal(CERTAIN))
    tell(here, Event(EventKind.COMMENTED, saved.id))
    assert here.outbox.claim() == ()
    decide(here, saved)
    assert len(here.outbox.claim()) == 2
    hidden = here.create(proposal(CERTAIN), is_restricted=True)
    decide(here, hidden)
    assert len(here.outbox.claim()) == 1


def test_neither_address_nor_secret_is_shown_or_written_down(here: Store) -> None:
    made = here.webhooks.add(
        WebhookRequest("Chat", "https://chat.example.org/T0/secret-part", Shape.PLAIN, (EventKind.DECIDED,))
    )
    (shown,) = here.webhooks.all()
    assert made.startswith("whsec_")
    assert shown.host == "chat.example.org"
    assert "secret-part" not in repr(shown)
    assert made not in repr(here.webhooks.target(shown.id))
    with here._reading() as session:
        from db import queries

        said = " ".join(row.detail for row in session.scalars(queries.chain()))
    assert "Chat" in said
    assert not [each for each in ("secret-part", made) if each in said]
    here.webhooks.remove(shown.id)
    assert here.webhooks.all() == ()
    with pytest.raises(NotFound):
        here.webhooks.remove(shown.id)


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"name": " "}, "Name"),
        ({"kinds": ()}, "Kinds"),
        ({"url": "http://example.org/x"}, "https"),
        ({"url": "ftp://example.org/x"}, "https"),
        ({"url": "https://"}, "Address"),
        ({"url": "https://user:pw@example.org/"}, "password"),
        ({"url": "https://example.org:99999999/"}, "Address"),
        ({"url": "https://example.org/a\r\nHost: b"}, "Address"),
        ({"secret": "whsec_short"}, "whsec_"),
        ({"shape": Shape.GITHUB}, "token"),
        ({"shape": Shape.GITHUB, "secret": "a\nb"}, "Secret"),
        ({"shape": Shape.JIRA, "secret": "a:b", "project": "no key"}, "Project"),
    ],
)
def test_a_webhook_that_cannot_be_told_is_refused(here: Store, changes: dict[str, object], said: str) -> None:
    given = {"name": "N", "url": "https://example.org/x", "shape": Shape.PLAIN, "kinds": (EventKind.DECIDED,)}
    with pytest.raises(WebhookRefused, match=said):
        here.webhooks.add(WebhookRequest(**{**given, **changes}))  # type: ignore[arg-type]
    assert here.webhooks.all() == ()


# The calendar ------------------------------------------------------------------------------------


def test_a_calendars_address_ends_with_the_next_one_and_with_its_person(here: Store) -> None:
    ada = acting(here, "Ada", Role.APPROVER)
    first = ada.receiving.new_calendar("de")
    assert (here.receiving.reader(first)[0].id, here.receiving.reader(first)[1]) == (ada.person.id, "de")
    second = ada.receiving.new_calendar("de")
    for wrong in (first, "", "x" * 10_000, "\x00"):
        with pytest.raises(NotFound):
            here.receiving.reader(wrong)
    here.people.remove(ada.person.id)
    with pytest.raises(NotFound):
        here.receiving.reader(second)
    here.people.bring_back(ada.person.id)
    ada.receiving.end_calendar()
    with pytest.raises(NotFound):
        here.receiving.reader(second)
    with pytest.raises(NotAllowed, match="Nobody signs in"):
        here.acting_for(ALONE).receiving.new_calendar("en")


def test_no_token_makes_an_address_or_turns_mail_off(here: Store) -> None:
    ada = acting(here, "Ada", Role.APPROVER)
    bearing = here.acting_for(here.tokens.bearer(ada.tokens.make("All", scopes=[*Scope]).secret).person)
    for act in (
        lambda: bearing.receiving.new_calendar("en"),
        lambda: bearing.receiving.choose_mail(MailChoice.NONE, "en"),
    ):
        with pytest.raises(NotAllowed, match="token was not made for that"):
            act()
    assert (ada.receiving.has_calendar(), ada.receiving.mail()) == (False, MailChoice.EACH)


def test_a_calendar_holds_what_its_person_may_see_now(here: Store) -> None:
    ada, bob = acting(here, "Ada", Role.APPROVER), acting(here, "Bob", Role.VIEWER)
    open_to_all, hidden = ada.create(proposal(CERTAIN, title="Open")), ada.create(proposal(CERTAIN, title="Hidden"))
    for saved in (open_to_all, hidden):
        decide(ada, saved, review_on=date(2026, 6, 1))
    ada.sharing.restrict(hidden.id, True)
    assert [each.title for each in bob.inbox.dates()] == ["Open"]
    assert [each.title for each in ada.inbox.dates()] == ["Open", "Hidden"]
