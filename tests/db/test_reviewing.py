"""Rounds of review: what is submitted, what functions say of it, how a round ends, and what a decision keeps of it."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from sqlalchemy import text
from sqlalchemy.exc import IntegrityError

from db import (
    ALONE,
    AdviceRequest,
    AuditAction,
    DecisionRefused,
    DecisionRequest,
    Filters,
    Function,
    NotAllowed,
    NotFound,
    ReviewRefused,
    ReviewState,
    Role,
    Saved,
    Store,
    reviewing,
)
from db.events import Event, EventKind
from db.notices import tasks
from scoping.vocabulary import Outcome, Stage, Stance
from tests.db.people import acting, enter
from tests.documents import CERTAIN, proposal

ASKED = ("data", "finance", "legal")


@pytest.fixture
def saved(store: Store) -> Saved:
    """A proposal, at version 1."""
    return store.create(proposal(CERTAIN), "Ana")


def submit(store: Store, saved: Saved, *functions: str, note: str = "") -> int:
    """The number of a new round on the newest version."""
    return store.reviewing.submit(saved.id, store.version(saved.id), functions, note, "Ana").number


def edit(store: Store, saved: Saved, title: str) -> int:
    """The version of an edit."""
    return store.save(saved.id, proposal(CERTAIN, title=title), store.version(saved.id), "Ana").version


def advise(store: Store, saved: Saved, function: str, stance: Stance, said: str = "", by: str = "Fay") -> None:
    """Somebody speaks for a function in the open round."""
    current = store.reviewing.current(saved.id)
    assert current is not None
    store.reviewing.advise(saved.id, AdviceRequest(current.number, function, stance, said), by)


def decide(store: Store, saved: Saved, version: int = 1, reason: str = "", **others: Any) -> None:
    """Build the model."""
    values = {"alternative": "Model", **others}
    store.decide(saved.id, DecisionRequest(version, Outcome.BUILD, Outcome.BUILD, "Chief", reason, **values))


def stage(store: Store, saved: Saved) -> Stage:
    """The stage as the proposal and the list tell it, which must be the same."""
    told = store.reviewing.standing(saved.id).stage
    assert [row.stage for row in store.list().rows if row.id == saved.id] == [told]
    assert [row.id for row in store.list(Filters(stages=(told,))).rows] == [saved.id]
    assert not store.list(Filters(stages=[each for each in Stage if each != told])).total
    return told


# Submitting ------------------------------------------------------------------------------------


def test_a_submission_pins_its_version_and_asks_in_the_order_of_the_list(store: Store, saved: Saved) -> None:
    assert stage(store, saved) is Stage.DRAFT
    assert store.reviewing.current(saved.id) is None
    round_ = store.reviewing.submit(saved.id, 1, ("legal", "data"), "  Please  ", "Ana")
    assert (round_.number, round_.version, round_.asked, round_.note) == (1, 1, ("data", "legal"), "Please")
    assert (round_.submitted_by, round_.is_verified, round_.silent) == ("Ana", False, ("data", "legal"))
    assert stage(store, saved) is Stage.SUBMITTED
    edit(store, saved, "Later")
    current = store.reviewing.current(saved.id)
    assert current is not None
    assert (current.version, store.reviewing.standing(saved.id).version) == (1, 1)
    entry = store.audit(saved.id).rows[1]
    assert (entry.action, entry.detail) == (AuditAction.SUBMITTED, "round 1 on version 1: data, legal")


def test_a_version_is_submitted_once_and_only_the_newest(store: Store, saved: Saved) -> None:
    submit(store, saved)
    with pytest.raises(ReviewRefused, match="Version 1 is under review already"):
        submit(store, saved)
    edit(store, saved, "Later")
    with pytest.raises(ReviewRefused, match="Version 1 is not the newest any more: version 2 is"):
        store.reviewing.submit(saved.id, 1)


def test_to_submit_again_ends_the_round_before(store: Store, saved: Saved) -> None:
    submit(store, saved, "legal")
    advise(store, saved, "legal", Stance.DISAGREE, "No")
    edit(store, saved, "Later")
    assert submit(store, saved, "legal") == 2
    newest, before = store.reviewing.rounds(saved.id)
    assert (newest.version, newest.state, newest.silent) == (2, ReviewState.OPEN, ("legal",))
    assert (before.state, before.against, before.closed_by) == (ReviewState.WITHDRAWN, ("legal",), "Ana")
    assert stage(store, saved) is Stage.SUBMITTED


def test_an_unknown_function_and_a_text_without_end_are_refused_by_name(store: Store, saved: Saved) -> None:
    with pytest.raises(ReviewRefused, match=r"Function: marketing is not one of Data, Finance, Legal, Security"):
        submit(store, saved, "marketing")
    with pytest.raises(ReviewRefused, match="20001 letters; at most 20000"):
        submit(store, saved, note="x" * 20_001)
    assert store.reviewing.rounds(saved.id) == ()
    assert stage(store, saved) is Stage.DRAFT


def test_those_who_are_always_asked_are_asked(store: Store, saved: Saved) -> None:
    store.review_settings.set_functions([Function("Works council", is_always=True), Function("data")])
    round_ = store.reviewing.submit(saved.id, 1, ())
    assert round_.asked == ("Works council",)


def test_the_database_takes_one_open_round_of_a_proposal(store: Store, saved: Saved) -> None:
    submit(store, saved)
    same = "proposal_id, version, asked, note, stage_before, submitted_by, submitted_at, closing, closed_by"
    copied = f"INSERT INTO reviews (number, state, {same}) SELECT 7, :state, {same} FROM reviews"
    with pytest.raises(IntegrityError), store._engine.begin() as connection:
        connection.execute(text(copied), {"state": "open"})
    with store._engine.begin() as connection:
        assert connection.execute(text(copied), {"state": "decided"}).rowcount == 1


def test_of_two_who_submit_at_once_one_is_told(store: Store, saved: Saved) -> None:
    def once(name: str) -> str:
        try:
            store.reviewing.submit(saved.id, 1, (), "", name)
        except ReviewRefused as refused:
            return str(refused)
        return "submitted"

    with ThreadPoolExecutor(4) as pool:
        told = sorted(pool.map(once, ("Ana", "Bo", "Cy", "Di")))
    assert told == [*["Version 1 is under review already."] * 3, "submitted"]
    assert len(store.reviewing.rounds(saved.id)) == 1


def test_of_who_submits_and_who_decides_at_once_the_last_one_sets_the_stage(store: Store) -> None:
    for number in range(4):
        saved = store.create(proposal(CERTAIN, title=f"Proposal {number}"), "Ana")
        with ThreadPoolExecutor(2) as pool:
            [*_] = pool.map(lambda act, it=saved: act(store, it), (submit, decide))  # type: ignore[misc]
        standing = store.reviewing.standing(saved.id)
        assert (standing.stage is Stage.SUBMITTED) == (standing.version is not None), standing
        if standing.version is not None:
            store.reviewing.withdraw(saved.id, 1)
            assert store.reviewing.standing(saved.id).stage is Stage.DECIDED


# Advice ----------------------------------------------------------------------------------------


def test_a_function_may_speak_again_and_its_newest_word_counts(store: Store, saved: Saved) -> None:
    submit(store, saved, *ASKED)
    advise(store, saved, "finance", Stance.AGREE_IF, "The licence is capped")
    advise(store, saved, "legal", Stance.DISAGREE, "No lawful basis")
    advise(store, saved, "legal", Stance.AGREE)
    [round_] = store.reviewing.rounds(saved.id)
    assert [(each.function, each.stance, each.text) for each in round_.counted] == [
        ("data", None, ""),
        ("finance", Stance.AGREE_IF, "The licence is capped"),
        ("legal", Stance.AGREE, ""),
    ]
    assert [each.text for each in round_.advice] == ["", "No lawful basis", "The licence is capped"]
    assert (round_.silent, round_.against) == (("data",), ())


def test_a_second_click_says_nothing_new(store: Store, saved: Saved) -> None:
    submit(store, saved, "data")
    for _ in range(2):
        advise(store, saved, "data", Stance.AGREE)
    [round_] = store.reviewing.rounds(saved.id)
    assert len(round_.advice) == 1


@pytest.mark.parametrize(
    ("request_", "said"),
    [
        (AdviceRequest(1, "data", Stance.AGREE_IF, " "), "say on which condition, or why not"),
        (AdviceRequest(1, "data", Stance.DISAGREE), "say on which condition, or why not"),
        (AdviceRequest(1, "legal", Stance.AGREE), r"Legal is not asked in this round. Asked are Data"),
        (AdviceRequest(2, "data", Stance.AGREE), "Round 1 was begun meanwhile"),
        (AdviceRequest(1, "data", "perhaps"), r"perhaps is not one of Agrees, Agrees if, and Disagrees"),  # type: ignore[arg-type]
    ],
    ids=["agree if what", "disagree why", "not asked", "another round", "no stance"],
)
def test_advice_that_cannot_be_is_refused_in_words(
    store: Store, saved: Saved, request_: AdviceRequest, said: str
) -> None:
    submit(store, saved, "data")
    with pytest.raises(ReviewRefused, match=said):
        store.reviewing.advise(saved.id, request_, "Fay")
    with pytest.raises(ReviewRefused, match="Your name is missing"):
        store.reviewing.advise(saved.id, AdviceRequest(1, "data", Stance.AGREE))
    [round_] = store.reviewing.rounds(saved.id)
    assert round_.advice == ()


def test_nobody_advises_on_what_is_not_under_review(store: Store, saved: Saved) -> None:
    submit(store, saved, "data")
    store.reviewing.withdraw(saved.id, 1)
    with pytest.raises(ReviewRefused, match="Nothing of this proposal is under review now"):
        store.reviewing.advise(saved.id, AdviceRequest(1, "data", Stance.AGREE), "Fay")


def test_only_those_who_speak_for_a_function_do(store: Store, saved: Saved) -> None:
    fay, leo = (acting(store, name, Role.REVIEWER) for name in ("Fay", "Leo"))
    store.review_settings.set_functions([Function("finance", (fay.person.id,)), Function("data")])
    submit(store, saved, "finance", "data")
    assert fay.reviewing.speaks_for(saved.id) == ("finance", "data")
    assert leo.reviewing.speaks_for(saved.id) == ("data",)
    with pytest.raises(NotAllowed, match="Others speak for Finance here"):
        advise(leo, saved, "finance", Stance.AGREE)
    advise(fay, saved, "finance", Stance.AGREE, by="Somebody else")
    [round_] = store.reviewing.rounds(saved.id)
    assert [(each.given_by, each.is_verified) for each in round_.advice] == [("Fay (fay@example.org)", True)]


def test_who_may_only_edit_speaks_for_nobody(store: Store, saved: Saved) -> None:
    submit(store, saved, "data")
    ed = acting(store, "Ed", Role.CONTRIBUTOR)
    assert ed.reviewing.speaks_for(saved.id) == ()
    with pytest.raises(NotAllowed, match="takes the role Reviewer"):
        advise(ed, saved, "data", Stance.AGREE)


def test_what_waits_for_somebody_is_what_their_functions_have_not_spoken_about(store: Store, saved: Saved) -> None:
    fay, leo = (acting(store, name, Role.REVIEWER) for name in ("Fay", "Leo"))
    store.review_settings.set_functions([Function("finance", (fay.person.id,)), Function("legal", (leo.person.id,))])
    hidden = acting(store, "Owner", Role.CONTRIBUTOR).create(proposal(CERTAIN, title="Hidden"))
    for each in (saved, hidden):
        submit(store, each, "finance", "legal")
    store.sharing.restrict(hidden.id, True)
    [waiting] = fay.reviewing.waiting_for(fay.person)
    assert (waiting.proposal_id, waiting.title, waiting.functions) == (saved.id, saved.proposal.title, ("finance",))
    assert [each.functions for each in store.reviewing.waiting_for(ALONE)] == [("finance", "legal")] * 2
    advise(fay, saved, "finance", Stance.AGREE)
    assert fay.reviewing.waiting_for(fay.person) == ()
    # Who may not advise is not waited for, even by a function for which everybody speaks.
    store.review_settings.set_functions([Function("finance"), Function("legal", (leo.person.id,))])
    assert store.reviewing.waiting_for(enter(store, "Ed", Role.CONTRIBUTOR)) == ()
    assert [each.functions for each in leo.reviewing.waiting_for(leo.person)] == [("legal",)]
    store.reviewing.withdraw(saved.id, 1)
    assert leo.reviewing.waiting_for(leo.person) == ()


# How a round ends ------------------------------------------------------------------------------


def test_changes_are_asked_for_in_words_and_end_the_round(store: Store, saved: Saved) -> None:
    submit(store, saved, "legal")
    with pytest.raises(ReviewRefused, match="say what must change"):
        store.reviewing.request_changes(saved.id, 1, "  ", "Chief")
    ended = store.reviewing.request_changes(saved.id, 1, "Name the lawful basis", "Chief")
    assert (ended.state, ended.closing, ended.closed_by) == (
        ReviewState.CHANGES_REQUESTED,
        "Name the lawful basis",
        "Chief",
    )
    assert stage(store, saved) is Stage.CHANGES_REQUESTED
    edit(store, saved, "With a basis")
    assert submit(store, saved, "legal") == 2
    assert stage(store, saved) is Stage.SUBMITTED


def test_with_four_eyes_nobody_asks_for_changes_in_their_own_work(store: Store) -> None:
    ada, bob = (acting(store, name, Role.APPROVER) for name in ("Ada", "Bob"))
    store.people.require_four_eyes(True)
    saved = ada.create(proposal(CERTAIN))
    submit(ada, saved)
    with pytest.raises(NotAllowed, match="your own work"):
        ada.reviewing.request_changes(saved.id, 1, "More")
    assert bob.reviewing.request_changes(saved.id, 1, "More").closed_by == "Bob (bob@example.org)"


def test_with_four_eyes_who_owns_saved_or_submitted_it_neither_advises_nor_decides(store: Store) -> None:
    ada, bob, cyd, dan = (acting(store, name, Role.APPROVER) for name in ("Ada", "Bob", "Cyd", "Dan"))
    store.people.require_four_eyes(True)
    saved = ada.create(proposal(CERTAIN))
    edit(bob, saved, "Bob's")
    number = submit(cyd, saved, "data")
    for own in (ada, bob, cyd):
        with pytest.raises(NotAllowed, match="your own work"):
            advise(own, saved, "data", Stance.AGREE)
        with pytest.raises(NotAllowed, match="your own work"):
            decide(own, saved, version=2)
        assert own.reviewing.speaks_for(saved.id) == ()
        assert (own.reviewing.waiting_for(own.person), own.inbox.count()) == ((), 0)
    assert [each.number for each in dan.reviewing.waiting_for(dan.person)] == [number]
    advise(dan, saved, "data", Stance.AGREE)
    decide(dan, saved, version=2)
    # Who put an earlier version forward made this decision possible: to take it back is for others too.
    with pytest.raises(NotAllowed, match="your own work"):
        cyd.withdrawing.withdraw(saved.id, store.decisions(saved.id).rows[0].id, "No")


@pytest.mark.parametrize("four_eyes", [False, True])
def test_a_submission_is_told_to_those_who_may_decide_on_it(store: Store, four_eyes: bool) -> None:
    ada, bob, cyd = (acting(store, name, Role.APPROVER) for name in ("Ada", "Bob", "Cyd"))
    boss, gone = acting(store, "Boss", Role.ADMINISTRATOR), acting(store, "Gone", Role.APPROVER)
    store.people.require_four_eyes(four_eyes)
    store.people.remove(gone.person.id)
    saved = ada.create(proposal(CERTAIN))
    edit(bob, saved, "Bob's")
    submit(acting(store, "Sub", Role.CONTRIBUTOR), saved, note="Please")
    heard = {each for each in (ada, bob, cyd, boss) if told_of_submissions(each)}
    assert heard == ({cyd} if four_eyes else {ada, bob, cyd})
    # Of a restricted one nobody hears who may not see it: then it is for the administrators.
    ada.sharing.restrict(saved.id, True)
    edit(ada, saved, "Hidden")
    submit(ada, saved)
    assert [told_of_submissions(each) for each in (cyd, boss)] == [[], [""] if four_eyes else []]


def told_of_submissions(person: Store) -> list[str]:
    return [each.said for each in person.inbox.notices() if each.kind is EventKind.SUBMITTED]


def test_the_number_of_rounds_that_wait_is_that_of_the_list(store: Store, saved: Saved) -> None:
    fay, other = enter(store, "Fay", Role.REVIEWER), enter(store, "Other", Role.REVIEWER)
    functions = [Function("data", (fay.id,)), Function("legal", (other.id,)), Function("ops")]
    store.review_settings.set_functions(functions)
    second = store.create(proposal(CERTAIN, title="Second"))
    submit(store, saved, "data", "legal")
    submit(store, second, "ops")
    store.review_settings.set_functions(functions[:2])
    people = [store.acting_for(each) for each in (fay, other)]

    def counted() -> list[int]:
        numbers = [each.inbox.count() for each in people]
        assert numbers == [len(each.reviewing.waiting_for(each.person)) for each in people]
        return numbers

    assert counted() == [2, 2], "what is asked by nobody's list any more, every reviewer may answer"
    advise(people[0], second, "ops", Stance.AGREE)
    assert counted() == [1, 1]
    advise(people[0], saved, "data", Stance.AGREE)
    assert counted() == [0, 1]


def test_a_round_that_is_withdrawn_leads_back_to_the_stage_before(store: Store, saved: Saved) -> None:
    submit(store, saved)
    store.reviewing.withdraw(saved.id, 1, "Too early", "Ana")
    assert stage(store, saved) is Stage.DRAFT
    decide(store, saved)
    store.reviewing.set_stage(saved.id, Stage.LIVE)
    for title in ("Second", "Third"):
        edit(store, saved, title)
        number = submit(store, saved)
    store.reviewing.withdraw(saved.id, number)
    assert stage(store, saved) is Stage.LIVE


def test_a_decision_ends_the_round_and_keeps_what_counted(store: Store, saved: Saved) -> None:
    submit(store, saved, "data", "finance")
    advise(store, saved, "data", Stance.AGREE)
    advise(store, saved, "finance", Stance.AGREE_IF, "Capped")
    decide(store, saved)
    [round_] = store.reviewing.rounds(saved.id)
    assert (round_.state, round_.closed_by) == (ReviewState.DECIDED, "Chief")
    assert stage(store, saved) is Stage.DECIDED
    [decision] = store.decisions(saved.id).rows
    assert decision.advice == round_.counted
    assert store.check_trail().is_whole


def test_what_a_decision_keeps_of_the_advice_is_part_of_what_was_signed(store: Store, saved: Saved) -> None:
    submit(store, saved, "data")
    advise(store, saved, "data", Stance.AGREE)
    decide(store, saved)
    with store._engine.begin() as connection:
        if connection.dialect.name == "sqlite":
            connection.execute(text("DROP TRIGGER decisions_no_update"))
        else:
            connection.execute(text("ALTER TABLE decisions DISABLE TRIGGER USER"))
        connection.execute(text("""UPDATE decisions SET advice = '[]'"""))
    assert store.check_trail().unsigned


def test_with_a_round_open_a_decision_is_on_its_version_only(store: Store, saved: Saved) -> None:
    submit(store, saved)
    edit(store, saved, "Later")
    with pytest.raises(DecisionRefused, match="Version 1 is under review, and this would be a decision on version 2"):
        decide(store, saved, 2)
    decide(store, saved, 1)
    assert store.decisions(saved.id).rows[0].version == 1


@pytest.mark.parametrize(
    ("stance", "said"), [(Stance.DISAGREE, "Against it: Legal."), (None, "Not heard yet: Legal.")], ids=str
)
def test_deciding_against_advice_or_without_it_takes_a_reason(
    store: Store, saved: Saved, stance: Stance | None, said: str
) -> None:
    submit(store, saved, "legal")
    if stance:
        advise(store, saved, "legal", stance, "No")
    request = DecisionRequest(1, Outcome.BUILD, Outcome.BUILD, "Chief", alternative="Model")
    for refuses in (store.check_decision, store.decide):
        with pytest.raises(DecisionRefused, match=f"say why this is decided all the same. {said}"):
            refuses(saved.id, request)
    decide(store, saved, reason="We carry that risk")
    assert store.decisions(saved.id).rows[0].advice[0].stance == stance


def test_decisions_may_need_a_submission(store: Store, saved: Saved) -> None:
    store.review_settings.set_functions([Function("legal", is_always=True), Function("data")])
    store.review_settings.require_review(True)
    with pytest.raises(DecisionRefused, match=r"submit this one first. Not heard yet: Legal\."):
        decide(store, saved)
    submit(store, saved)
    decide(store, saved, reason="Known")
    # The second click of the same person still finds the first one.
    decide(store, saved, reason="Known")
    assert store.decisions(saved.id).total == 1


def test_without_a_round_decisions_are_as_they_were(store: Store, saved: Saved) -> None:
    decide(store, saved)
    assert store.decisions(saved.id).rows[0].advice == ()
    assert stage(store, saved) is Stage.DECIDED
    assert store.check_trail().is_whole


# Stages by hand --------------------------------------------------------------------------------


def test_what_was_decided_is_built_goes_live_and_is_retired(store: Store, saved: Saved) -> None:
    assert store.reviewing.stages_to_set(saved.id) == ()
    with pytest.raises(ReviewRefused, match=r"this is “Draft” and cannot be “Live” yet"):
        store.reviewing.set_stage(saved.id, Stage.LIVE)
    decide(store, saved)
    for each in (Stage.IN_BUILD, Stage.LIVE, Stage.RETIRED):
        assert each in store.reviewing.stages_to_set(saved.id)
        store.reviewing.set_stage(saved.id, each, "As planned", "Ana")
        assert stage(store, saved) is each
    with pytest.raises(ReviewRefused, match=r"Stage: Submitted is not one of Decided, In build, Live, and Retired"):
        store.reviewing.set_stage(saved.id, Stage.SUBMITTED)
    assert store.audit(saved.id).rows[0].detail == "retired: As planned"


def test_what_was_stopped_is_not_built(store: Store, saved: Saved) -> None:
    store.decide(saved.id, DecisionRequest(1, Outcome.STOP, Outcome.STOP, "Chief"))
    assert store.reviewing.stages_to_set(saved.id) == ()
    with pytest.raises(ReviewRefused, match="takes a decision to build"):
        store.reviewing.set_stage(saved.id, Stage.IN_BUILD)


# Settings --------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("functions", "said"),
    [
        ([], "name 1 to 20 of them"),
        ([Function(str(number)) for number in range(21)], "name 1 to 20 of them"),
        ([Function("Legal"), Function(" LEGAL ")], "LEGAL is named twice"),
        ([Function("  ")], "is no name"),
        ([Function("x" * 61)], "A name has 1 to 60 letters"),
        ([Function("Legal", ("nobody",))], "does not belong here any more"),
    ],
)
def test_functions_that_cannot_be_are_refused_and_the_others_stay(
    store: Store, functions: list[Function], said: str
) -> None:
    with pytest.raises(ReviewRefused, match=said):
        store.review_settings.set_functions(functions)
    assert [each.name for each in store.review_settings.functions()] == [
        "data", "finance", "legal", "security", "operations",
    ]  # fmt: skip


def test_a_function_that_is_not_asked_any_more_can_still_speak_where_it_was(store: Store, saved: Saved) -> None:
    submit(store, saved, "legal")
    store.review_settings.set_functions([Function("data")])
    advise(acting(store, "Leo", Role.REVIEWER), saved, "legal", Stance.AGREE)
    [round_] = store.reviewing.rounds(saved.id)
    assert round_.silent == ()


def test_who_was_removed_speaks_for_nothing(store: Store, saved: Saved) -> None:
    fay, leo = (acting(store, name, Role.REVIEWER) for name in ("Fay", "Leo"))
    store.review_settings.set_functions([Function("finance", (fay.person.id,)), Function("data")])
    store.people.remove(fay.person.id)
    functions = store.review_settings.functions()
    assert [each.people for each in functions] == [(), ()]
    store.review_settings.set_functions(functions)
    submit(store, saved, "finance")
    assert leo.reviewing.speaks_for(saved.id) == ("finance",)


# Who is told -----------------------------------------------------------------------------------


@pytest.mark.long
def test_who_is_concerned_is_told_in_the_same_transaction(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    told: list[Event] = []
    for module in (reviewing, tasks):
        monkeypatch.setattr(module, "announce", lambda session, gate, event: told.append(event))
    owner, fay = acting(store, "Owner", Role.CONTRIBUTOR), enter(store, "Fay", Role.REVIEWER)
    sub, chief = acting(store, "Sub", Role.CONTRIBUTOR), acting(store, "Chief", Role.APPROVER)
    store.review_settings.set_functions([Function("finance", (fay.id,))])
    saved = owner.create(proposal(CERTAIN))
    submit(sub, saved, "finance", note="Please")
    advise(store.acting_for(fay), saved, "finance", Stance.AGREE_IF, "Capped")
    chief.reviewing.request_changes(saved.id, 1, "More")
    submit(sub, saved)
    decide(chief, saved)
    chief.reviewing.set_stage(saved.id, Stage.LIVE)
    told = [each for each in told if each.kind is not EventKind.TASK_OPENED]
    own, both = (owner.person.id,), (owner.person.id, sub.person.id)
    assert [(each.kind, each.to, each.said) for each in told] == [
        (EventKind.SUBMITTED, (chief.person.id,), "Please"),
        (EventKind.ADVICE_ASKED, (fay.id,), "Please"),
        (EventKind.ADVISED, own, "Capped"),
        (EventKind.CHANGES_REQUESTED, both, "More"),
        (EventKind.SUBMITTED, (chief.person.id,), ""),
        (EventKind.DECIDED, both, "build"),
        (EventKind.STAGE_CHANGED, own, ""),
    ]
    assert {each.identity for each in told} == {saved.id}


def test_nobody_reads_the_rounds_of_what_they_may_not_see(store: Store) -> None:
    owner, other = acting(store, "Owner", Role.CONTRIBUTOR), acting(store, "Other", Role.APPROVER)
    saved = owner.create(proposal(CERTAIN))
    submit(owner, saved)
    owner.sharing.restrict(saved.id, True)
    for read in (other.reviewing.rounds, other.reviewing.current, other.reviewing.standing, other.reviewing.speaks_for):
        with pytest.raises(NotFound):
            read(saved.id)
