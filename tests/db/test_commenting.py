"""Comments: what was written stays as it was written, by whom, about which place; and who may do what with it."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest

from db import (
    LONGEST_COMMENT,
    AuditAction,
    CommentRefused,
    NotFound,
    Remark,
    Role,
    Saved,
    Store,
    commenting,
    comments,
)
from db.events import Event, EventKind
from scoping.document.editing import change
from tests.db.people import acting
from tests.documents import CERTAIN, proposal

COST = "alternatives.1.costs.0.amount"


@pytest.fixture
def saved(store: Store) -> Saved:
    return store.create(proposal(CERTAIN))


@pytest.fixture
def announced(monkeypatch: pytest.MonkeyPatch) -> list[Event]:
    """What other parts are told of."""
    found: list[Event] = []
    monkeypatch.setattr(commenting, "announce", lambda _session, _gate, event: found.append(event))
    return found


def test_a_thread_is_begun_answered_resolved_and_reopened(store: Store, saved: Saved) -> None:
    here = store.commenting
    begun = here.write(saved.id, COST, Remark(" Why so much?\n\nIt was half. "), "Ana")
    here.reply(saved.id, begun.id, Remark("The price rose."), "Bo")
    here.resolve(saved.id, begun.id, "Cy")
    (found,) = here.threads(saved.id).threads
    assert [(each.by, each.text, each.version) for each in found.comments] == [
        ("Ana", "Why so much?\n\nIt was half.", 1),
        ("Bo", "The price rose.", 1),
    ]
    assert (found.place, found.is_open, found.changed_by) == (COST, False, "Cy")
    here.reopen(saved.id, begun.id, "Ana")
    assert here.thread(saved.id, begun.id).is_open
    assert [(each.action, each.actor, each.detail) for each in store.audit(saved.id).rows][:4] == [
        (AuditAction.THREAD_REOPENED, "Ana", f"thread {begun.id}"),
        (AuditAction.THREAD_RESOLVED, "Cy", f"thread {begun.id}"),
        (AuditAction.COMMENTED, "Bo", f"thread {begun.id}"),
        (AuditAction.COMMENTED, "Ana", f"thread {begun.id}"),
    ]
    assert store.check_trail().is_whole


def test_a_comment_changes_no_version_and_no_hash(store: Store, saved: Saved) -> None:
    before = store.revision(saved.id, 1).content_hash
    store.commenting.write(saved.id, "", Remark("Go on"), "Ana")
    assert (store.version(saved.id), store.revision(saved.id, 1).content_hash) == (1, before)


def test_what_is_settled_twice_is_settled_once(store: Store, saved: Saved) -> None:
    begun = store.commenting.write(saved.id, "", Remark("Done?"), "Ana")
    entries = store.audit(saved.id).total
    with ThreadPoolExecutor(2) as both:
        list(both.map(lambda who: store.commenting.resolve(saved.id, begun.id, who), ("Ana", "Bo")))
    assert store.audit(saved.id).total == entries + 1


def test_a_reply_opens_a_resolved_thread_so_that_nobody_overlooks_it(store: Store, saved: Saved) -> None:
    begun = store.commenting.write(saved.id, "", Remark("Done?"), "Ana")
    store.commenting.resolve(saved.id, begun.id, "Ana")
    assert store.commenting.reply(saved.id, begun.id, Remark("No."), "Bo").is_open


def test_what_is_taken_back_says_nothing_and_was_there(store: Store, saved: Saved) -> None:
    here = store.commenting
    begun = here.write(saved.id, "", Remark("Too hasty"), "Ana")
    with pytest.raises(CommentRefused, match="Only who wrote"):
        here.take_back(saved.id, begun.comments[0].id, "Bo")
    for _ in range(2):
        here.take_back(saved.id, begun.comments[0].id, "Ana")
    (comment,) = here.thread(saved.id, begun.id).comments
    assert (comment.text, comment.by, comment.is_taken_back) == ("", "Ana", True)
    actions = [each.action for each in store.audit(saved.id).rows]
    assert actions.count(AuditAction.COMMENT_TAKEN_BACK) == 1


def test_who_signed_in_takes_back_their_own_whatever_they_are_called(store: Store, saved: Saved) -> None:
    ada, bob = (acting(store, name, Role.ADMINISTRATOR) for name in ("Ada", "Bob"))
    begun = ada.commenting.write(saved.id, "", Remark("Mine"), "Bob")
    assert (begun.comments[0].by, begun.comments[0].is_verified) == ("Ada (ada@example.org)", True)
    assert [bob.commenting.thread(saved.id, begun.id).comments[0].is_own, begun.comments[0].is_own] == [False, True]
    for other in (bob, store):
        with pytest.raises(CommentRefused, match="Only who wrote"):
            other.commenting.take_back(saved.id, begun.comments[0].id, "Ada (ada@example.org)")
    ada.commenting.take_back(saved.id, begun.comments[0].id)


@pytest.mark.parametrize(
    ("place", "text", "actor", "why"),
    [
        ("", " \n ", "Ana", "The comment is empty"),
        ("", "x" * (LONGEST_COMMENT + 1), "Ana", "10001 letters; at most 10000"),
        ("", "Fine", " ", "Your name is missing"),
        ("risks.7", "Fine", "Ana", "no place risks.7"),
        ("bridge.nothing", "Fine", "Ana", "no place bridge.nothing"),
        ("memo/nothing", "Fine", "Ana", "no place memo/nothing"),
        ("title\x00", "Fine", "Ana", "no place title"),
        (f"feasibility.ceilings.{'x' * 400}", "Fine", "Ana", "no place feasibility"),
    ],
)
def test_what_cannot_be_a_comment_is_refused_in_words(
    store: Store, saved: Saved, place: str, text: str, actor: str, why: str
) -> None:
    entries = store.audit(saved.id).total
    with pytest.raises(CommentRefused, match=why):
        store.commenting.write(saved.id, place, Remark(text), actor)
    assert (store.commenting.counts(saved.id), store.audit(saved.id).total) == ((), entries)


def test_any_text_is_kept_as_it_is(store: Store, saved: Saved) -> None:
    text = "<script>alert(1)</script> {{7*7}} =1+1 '; DROP TABLE comments; -- @nobody \u202e🙂"
    begun = store.commenting.write(saved.id, "memo/verdict", Remark(f"{text}\x00"), "Ana")
    assert store.commenting.thread(saved.id, begun.id).comments[0].text == text


def test_counts_tell_what_is_open_and_what_is_settled_by_place(store: Store, saved: Saved) -> None:
    here = store.commenting
    for place in ("title", "title", "memo", ""):
        begun = here.write(saved.id, place, Remark("?"), "Ana")
    here.resolve(saved.id, begun.id, "Ana")
    assert {each.place: (each.open, each.resolved) for each in here.counts(saved.id)} == {
        "title": (2, 0), "memo": (1, 0), "": (0, 1),
    }  # fmt: skip
    assert store.commenting.counts(store.create(proposal(CERTAIN)).id) == ()


def test_threads_come_page_by_page_the_newest_first(store: Store, saved: Saved) -> None:
    here = store.commenting
    ids = [here.write(saved.id, ("title", "memo")[number % 2], Remark(str(number)), "Ana").id for number in range(5)]
    first = here.threads(saved.id, size=2)
    second = here.threads(saved.id, before=first.before, size=2)
    last = here.threads(saved.id, before=second.before, size=2)
    assert [each.id for page in (first, second, last) for each in page.threads] == ids[::-1]
    assert last.before is None
    assert [each.id for each in here.threads(saved.id, ["memo"]).threads] == [ids[3], ids[1]]
    assert here.threads(saved.id, []).threads == ()
    here.resolve(saved.id, ids[3], "Ana")
    assert [each.id for each in here.threads(saved.id, ["memo"], is_open=True).threads] == [ids[1]]


def test_a_place_is_that_of_the_version_that_the_writer_looked_at(store: Store, saved: Saved) -> None:
    now = store.save(saved.id, change(saved.proposal, "alternatives.1.costs", []), 1, "Bo")
    begun = store.commenting.write(saved.id, COST, Remark("Why?", version=1), "Ana")
    assert (begun.version, begun.comments[0].version) == (1, 1)
    with pytest.raises(CommentRefused, match="no place"):
        store.commenting.write(saved.id, COST, Remark("Why?", version=now.version), "Ana")
    with pytest.raises(CommentRefused, match="no version 9"):
        store.commenting.write(saved.id, COST, Remark("Why?", version=9), "Ana")


def test_a_thread_of_another_proposal_is_not_there(store: Store, saved: Saved) -> None:
    other = store.create(proposal(CERTAIN))
    begun = store.commenting.write(other.id, "", Remark("Here"), "Ana")
    here = store.commenting
    for act in (
        lambda: here.thread(saved.id, begun.id),
        lambda: here.resolve(saved.id, begun.id, "Ana"),
        lambda: here.reply(saved.id, begun.id, Remark("x"), "Ana"),
        lambda: here.take_back(saved.id, begun.comments[0].id, "Ana"),
    ):
        with pytest.raises(NotFound):
            act()


def test_a_thread_has_an_end(store: Store, saved: Saved, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(commenting, "MOST_IN_THREAD", 2)
    begun = store.commenting.write(saved.id, "", Remark("1"), "Ana")
    store.commenting.reply(saved.id, begun.id, Remark("2"), "Ana")
    with pytest.raises(CommentRefused, match="begin another one"):
        store.commenting.reply(saved.id, begun.id, Remark("3"), "Ana")
    assert comments.MOST_IN_THREAD == 100


# Who is called ---------------------------------------------------------------------------------


def test_a_mention_is_chosen_or_typed_and_told(store: Store, announced: list[Event]) -> None:
    ada, bob, cyd, dot = (acting(store, name, Role.CONTRIBUTOR) for name in ("Ada", "Bob", "Cyd", "Dot"))
    saved = ada.create(proposal(CERTAIN))
    remark = Remark("@Cyd, @Bobby and mail@Dot: look", (bob.person.id,))
    begun = ada.commenting.write(saved.id, "title", remark)
    assert begun.comments[0].mentions == (bob.person.id, cyd.person.id)
    assert [(each.kind, each.to, each.place) for each in announced] == [
        (EventKind.MENTIONED, (bob.person.id, cyd.person.id), "title"),
        (EventKind.COMMENTED, (), "title"),
    ]
    announced.clear()
    dot.commenting.reply(saved.id, begun.id, Remark("@Dot (dot@example.org) @bob@example.org"))
    assert [(each.kind, {*each.to}, each.said[:4]) for each in announced] == [
        (EventKind.MENTIONED, {dot.person.id, bob.person.id}, "@Dot"),
        (EventKind.COMMENTED, {ada.person.id}, "@Dot"),
    ]


def test_a_name_that_two_have_calls_neither(store: Store) -> None:
    ada = acting(store, "Ada", Role.CONTRIBUTOR)
    store.people.add("one@example.org", Role.VIEWER)
    saved = ada.create(proposal(CERTAIN))
    first, second = (_member("Sam", f"sam{number}@example.org") for number in (1, 2))
    assert commenting.called_in("@Sam", (first, second)) == ()
    assert commenting.called_in("@Sam (sam2@example.org)!", (first, second)) == (second.id,)
    assert ada.commenting.write(saved.id, "", Remark("@" * 9_000)).comments[0].mentions == ()


def _member(name: str, email: str) -> Any:
    from db import Member

    return Member(email, name, email, Role.VIEWER, None, has_come=True, is_removed=False, seen_at=None)


def test_nobody_is_called_to_what_they_may_not_see(store: Store, announced: list[Event]) -> None:
    ada, bob, boss = (
        acting(store, name, role)
        for name, role in (("Ada", Role.CONTRIBUTOR), ("Bob", Role.CONTRIBUTOR), ("Boss", Role.ADMINISTRATOR))
    )
    saved = ada.create(proposal(CERTAIN), is_restricted=True)
    assert {each.id for each in ada.commenting.people(saved.id)} == {ada.person.id, boss.person.id}
    with pytest.raises(CommentRefused, match="may see this proposal"):
        ada.commenting.write(saved.id, "", Remark("Look", (bob.person.id,)))
    assert ada.commenting.write(saved.id, "", Remark("@Bob: look")).comments[0].mentions == ()
    assert [each.kind for each in announced] == [EventKind.COMMENTED]
    ada.sharing.add(saved.id, bob.person.id)
    assert ada.commenting.write(saved.id, "", Remark("@Bob: look")).comments[0].mentions == (bob.person.id,)


def test_a_viewer_who_sees_a_proposal_comments_on_it(store: Store, saved: Saved) -> None:
    viewer = acting(store, "Vi", Role.VIEWER)
    begun = viewer.commenting.write(saved.id, "memo", Remark("Fine by me"))
    viewer.commenting.resolve(saved.id, begun.id)
    assert not store.commenting.thread(saved.id, begun.id).is_open
