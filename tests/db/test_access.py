"""Every role, action and way in which a proposal is shared; then the same asked of every method of the Store."""

from __future__ import annotations

import inspect
from collections.abc import Callable
from contextlib import suppress
from dataclasses import replace
from datetime import UTC, date, datetime
from functools import partial
from itertools import count, product

import pytest

from db import (
    ALONE,
    DUTIES,
    ROLES,
    Action,
    AdviceRequest,
    AskedNumber,
    Channel,
    DecisionRequest,
    Draft,
    Duty,
    EventKind,
    Filters,
    Function,
    Judge,
    LinkRequest,
    MailChoice,
    Measured,
    Message,
    NotAllowed,
    NotAMember,
    NotFound,
    Person,
    Remark,
    ReportFile,
    ReportRefused,
    ReportRequest,
    Rhythm,
    Role,
    RoundRequest,
    Scenario,
    ScenarioDecisionRequest,
    ScenarioOutcome,
    ScenarioRequest,
    Scope,
    Shape,
    Store,
    Target,
    Valued,
    WebhookRequest,
)
from db.access import Sharing, may
from db.ideas import row_of
from db.models import ProposalRow
from db.part import Part
from scoping.intake import Idea
from scoping.organisation import Organisation
from scoping.text.languages import ENGLISH
from scoping.vocabulary import Outcome, Stage, Stance
from tests.db.people import acting, claims, enter
from tests.documents import CERTAIN, proposal

V, C, R, A, M = Role.VIEWER, Role.CONTRIBUTOR, Role.REVIEWER, Role.APPROVER, Role.ADMINISTRATOR
OWNED = Sharing(owner_id="owner")
SHARINGS = {
    "open": OWNED,
    "own": Sharing(owner_id="me"),
    "restricted": Sharing(owner_id="owner", is_restricted=True),
    "own restricted": Sharing(owner_id="me", is_restricted=True),
    "shared with me": Sharing(owner_id="owner", members=frozenset({"me"}), is_restricted=True),
    "nobody's": Sharing(),
}
ALLOWED: dict[tuple[Action, str], set[Role]] = {
    (Action.SEE, "open"): {V, C, R, A, M},
    (Action.SEE, "own"): {V, C, R, A, M},
    (Action.SEE, "restricted"): {M},
    (Action.SEE, "own restricted"): {V, C, R, A, M},
    (Action.SEE, "shared with me"): {V, C, R, A, M},
    (Action.SEE, "nobody's"): {V, C, R, A, M},
    **{
        (Action.COMMENT, how): {V, C, R, A, M} if how != "restricted" else {M}
        for how in ("open", "own", "restricted", "own restricted", "shared with me", "nobody's")
    },
    (Action.EDIT, "open"): {C, R, A, M},
    (Action.EDIT, "own"): {C, R, A, M},
    (Action.EDIT, "restricted"): {M},
    (Action.EDIT, "own restricted"): {C, R, A, M},
    (Action.EDIT, "shared with me"): {C, R, A, M},
    (Action.EDIT, "nobody's"): {C, R, A, M},
    **{
        (action, how): {M} if how == "restricted" else roles
        for action, roles in {
            Action.SUBMIT: {C, R, A, M},
            Action.MEASURE: {C, R, A, M},
            Action.ADVISE: {R, A, M},
            Action.REQUEST_CHANGES: {A, M},
            Action.DECIDE: {A, M},
            Action.TRIAGE: {A, M},
        }.items()
        for how in SHARINGS
    },
    **{
        (action, how): roles
        for action in (Action.ARCHIVE, Action.SHARE)
        for how, roles in {
            "open": {M},
            "own": {C, R, A, M},
            "restricted": {M},
            "own restricted": {C, R, A, M},
            "shared with me": {M},
            "nobody's": {A, M},
        }.items()
    },
}
SHARED_BY_ALL = {
    Action.LIST: {V, C, R, A, M},
    Action.CREATE: {C, R, A, M},
    Action.SET_RATES: {A, M},
    Action.SAVE_SCENARIO: {C, R, A, M},
    Action.DECIDE_SCENARIO: {A, M},
    Action.MAKE_TOKENS: {V, C, R, A, M},
    Action.MANAGE: {M},
}


def me(role: Role | None) -> Person:
    return Person("me", "Me", role=role)


def test_the_tables_leave_nothing_out() -> None:
    assert {action for action, _ in ALLOWED} | set(SHARED_BY_ALL) == set(Action)
    assert {how for _, how in ALLOWED} == set(SHARINGS)
    assert len(ALLOWED) == len(SHARINGS) * len({action for action, _ in ALLOWED})
    assert set(ROLES) == set(DUTIES) == set(Role)


@pytest.mark.parametrize(("action", "how"), ALLOWED, ids=str)
@pytest.mark.parametrize("role", [None, *Role])
def test_who_may_do_what_with_a_proposal(role: Role | None, action: Action, how: str) -> None:
    assert may(me(role), action, SHARINGS[how]) == (role in ALLOWED[action, how])


@pytest.mark.parametrize("action", SHARED_BY_ALL)
@pytest.mark.parametrize("role", [None, *Role])
def test_who_may_do_what_all_share(role: Role | None, action: Action) -> None:
    assert may(me(role), action) == (role in SHARED_BY_ALL[action])


SCOPES: dict[Action, set[Scope]] = {
    Action.SEE: {Scope.READ},
    Action.LIST: {Scope.READ},
    Action.CREATE: {Scope.WRITE},
    Action.EDIT: {Scope.WRITE},
    Action.ARCHIVE: {Scope.WRITE},
    Action.COMMENT: {Scope.WRITE},
    Action.MEASURE: {Scope.WRITE},
}
"""What a token may be made for; whatever is not here, no token does."""


@pytest.mark.parametrize("action", Action)
@pytest.mark.parametrize("scope", Scope)
@pytest.mark.parametrize("role", [None, *Role])
def test_a_token_does_what_both_its_scope_and_its_person_allow(role: Role | None, scope: Scope, action: Action) -> None:
    sharing = OWNED if (action, "open") in ALLOWED else None
    program = replace(me(role), scopes=frozenset({scope}))
    assert may(program, action, sharing) == (may(me(role), action, sharing) and scope in SCOPES.get(action, ()))


@pytest.mark.parametrize("action", Action)
def test_a_token_where_nobody_signs_in_has_its_scope_too(action: Action) -> None:
    sharing = OWNED if (action, "open") in ALLOWED else None
    allowed = may(replace(ALONE, scopes=frozenset({Scope.READ})), action, sharing)
    assert allowed == (action in (Action.SEE, Action.LIST))


@pytest.mark.parametrize("role", Role)
def test_a_higher_role_never_may_less(role: Role) -> None:
    lower = [*Role][: [*Role].index(role)]
    for (action, how), each in product(ALLOWED, lower):
        assert may(me(each), action, SHARINGS[how]) <= may(me(role), action, SHARINGS[how])


@pytest.mark.parametrize(
    ("sharing", "allowed"),
    [
        (OWNED, True),
        (Sharing(owner_id="me"), False),
        (Sharing(owner_id="owner", authors=frozenset({"me"})), False),
        (Sharing(authors=frozenset({"other"})), True),
    ],
)
def test_with_four_eyes_nobody_decides_on_their_own_work(sharing: Sharing, allowed: bool) -> None:
    for action in (Action.DECIDE, Action.REQUEST_CHANGES, Action.ADVISE):
        assert may(me(A), action, sharing, four_eyes=True) == allowed
        assert may(me(A), action, sharing)
        assert may(ALONE, action, sharing, four_eyes=True)


def test_a_question_without_its_proposal_is_no_yes() -> None:
    with pytest.raises(ValueError, match="proposal"):
        may(me(M), Action.EDIT)
    with pytest.raises(ValueError, match="proposal"):
        may(me(M), Action.LIST, OWNED)


REQUEST = DecisionRequest(1, Outcome.STOP, Outcome.STOP, "Somebody else")  # type: ignore[arg-type]
HOOK = WebhookRequest("Hook", "https://example.org/", Shape.SLACK, (EventKind.DECIDED,))
SENT = Message("msg", Channel.MAIL, Target("a@example.org"), {}, 1, datetime(2026, 5, 20, tzinfo=UTC))
BUILD = replace(REQUEST, outcome=Outcome.BUILD, reason="Go on", alternative="Model")
ROUND = RoundRequest((AskedNumber("bridge.prevalence", "Prevalence"),))
REMARK = Remark("Is this so?")
DRAFT = Draft("title", "typed", "why not")
IDEA = Idea("Forms", "Typed twice", "Hold the second one")
CALLS: dict[str, tuple[Action, Callable[[Store, str], object]]] = {
    "get": (Action.SEE, lambda store, it: store.get(it)),
    "version": (Action.SEE, lambda store, it: store.version(it)),
    "revisions": (Action.SEE, lambda store, it: store.revisions(it)),
    "revision": (Action.SEE, lambda store, it: store.revision(it, 1)),
    "audit": (Action.SEE, lambda store, it: store.audit(it)),
    "sharing.of": (Action.SEE, lambda store, it: store.sharing.of(it)),
    "sharing.allowed": (Action.SEE, lambda store, it: store.sharing.allowed(it)),
    "surroundings.of": (Action.SEE, lambda store, it: store.surroundings.of(it)),
    "looking.last": (Action.SEE, lambda store, it: store.looking.last(it)),
    "looking.note": (Action.SEE, lambda store, it: store.looking.note(it, 1)),
    "looking.saved_since": (Action.SEE, lambda store, it: store.looking.saved_since(it, 0)),
    "save": (Action.EDIT, lambda store, it: store.save(it, proposal(CERTAIN, title="Mine"), store.version(it))),
    "keep_draft": (Action.EDIT, lambda store, it: store.keep_draft(it, DRAFT)),
    "archive": (Action.ARCHIVE, lambda store, it: store.archive(it)),
    "restore": (Action.ARCHIVE, lambda store, it: store.restore(it)),
    "sharing.restrict": (
        Action.SHARE,
        lambda store, it: store.sharing.restrict(it, store.sharing.of(it).is_restricted),
    ),
    "sharing.add": (Action.SHARE, lambda store, it: store.sharing.add(it, store.person.id)),
    "sharing.remove": (Action.SHARE, lambda store, it: store.sharing.remove(it, _nobody(store))),
    "sharing.give_to": (Action.SHARE, lambda store, it: store.sharing.give_to(it, store.person.id)),
    "links.make": (Action.SHARE, lambda store, it: store.links.make(it, _link(store))),
    "links.of": (Action.SHARE, lambda store, it: store.links.of(it)),
    "links.revoke": (Action.SHARE, lambda store, it: store.links.revoke(it, _made(store, it))),
    "check_decision": (Action.DECIDE, lambda store, it: store.check_decision(it, REQUEST)),
    "decide": (Action.DECIDE, lambda store, it: store.decide(it, REQUEST)),
    "withdrawing.withdraw": (
        Action.DECIDE,
        lambda store, it: store.withdrawing.withdraw(it, _decided(store, it), "Not any more"),
    ),
    "intake.queue": (Action.LIST, lambda store, _: store.intake.queue()),
    "intake.waiting": (Action.LIST, lambda store, _: store.intake.waiting()),
    "intake.similar": (Action.LIST, lambda store, _: store.intake.similar("Invoices", "")),
    "intake.similar_each": (Action.LIST, lambda store, _: store.intake.similar_each({"one": "Invoices"})),
    "intake.of": (Action.SEE, lambda store, it: store.intake.of(it)),
    "intake.propose": (Action.CREATE, lambda store, _: store.intake.propose([IDEA], ENGLISH)),
    "intake.propose_once": (Action.CREATE, lambda store, _: store.intake.propose_once(IDEA, "a-key", ENGLISH)),
    "intake.owners": (Action.TRIAGE, lambda store, it: store.intake.owners(it)),
    "intake.take_up": (
        Action.TRIAGE,
        lambda store, it: store.intake.take_up(_idea(store, it), owner_id=store.person.id),
    ),
    "intake.decline": (Action.TRIAGE, lambda store, it: store.intake.decline(_idea(store, it), "Too small")),
    "intake.same": (Action.TRIAGE, lambda store, it: store.intake.same(_idea(store, it), _other(store))),
    "intake.reopen": (Action.TRIAGE, lambda store, it: store.intake.reopen(_idea(store, it))),
    "elicitation.begin": (Action.EDIT, lambda store, it: store.elicitation.begin(it, ROUND)),
    "elicitation.rounds": (Action.EDIT, lambda store, it: store.elicitation.rounds(it)),
    "elicitation.reveal": (Action.EDIT, lambda store, it: store.elicitation.reveal(it, _round(store, it))),
    "elicitation.close": (Action.EDIT, lambda store, it: store.elicitation.close(it, _round(store, it))),
    "elicitation.asked": (Action.SEE, lambda store, it: store.elicitation.asked(it, _round(store, it))),
    "elicitation.answers": (
        Action.SEE,
        lambda store, it: store.elicitation.answers(it, _round(store, it, revealed=True)),
    ),
    "commenting.write": (Action.COMMENT, lambda store, it: store.commenting.write(it, "", REMARK)),
    "commenting.reply": (Action.COMMENT, lambda store, it: store.commenting.reply(it, _thread(store, it), REMARK)),
    "commenting.resolve": (Action.COMMENT, lambda store, it: store.commenting.resolve(it, _thread(store, it))),
    "commenting.reopen": (Action.COMMENT, lambda store, it: store.commenting.reopen(it, _thread(store, it))),
    "commenting.take_back": (Action.COMMENT, lambda store, it: store.commenting.take_back(it, _own_comment(store, it))),
    "commenting.people": (Action.COMMENT, lambda store, it: store.commenting.people(it)),
    "commenting.threads": (Action.SEE, lambda store, it: store.commenting.threads(it)),
    "commenting.thread": (Action.SEE, lambda store, it: store.commenting.thread(it, _thread(store, it))),
    "commenting.newest": (Action.SEE, lambda store, it: store.commenting.newest(it, [""])),
    "commenting.counts": (Action.SEE, lambda store, it: store.commenting.counts(it)),
    "reviewing.rounds": (Action.SEE, lambda store, it: store.reviewing.rounds(it)),
    "reviewing.current": (Action.SEE, lambda store, it: store.reviewing.current(it)),
    "reviewing.standing": (Action.SEE, lambda store, it: store.reviewing.standing(it)),
    "reviewing.stages_to_set": (Action.SEE, lambda store, it: store.reviewing.stages_to_set(it)),
    "reviewing.speaks_for": (Action.SEE, lambda store, it: store.reviewing.speaks_for(it)),
    "reviewing.submit": (
        Action.SUBMIT,
        lambda store, it: (_no_review(store, it), store.reviewing.submit(it, _newest(store, it))),
    ),
    "reviewing.withdraw": (
        Action.SUBMIT,
        lambda store, it: store.reviewing.withdraw(it, _review(store, it)),
    ),
    "reviewing.advise": (
        Action.ADVISE,
        lambda store, it: store.reviewing.advise(it, AdviceRequest(_review(store, it), "data", Stance.AGREE)),
    ),
    "reviewing.request_changes": (
        Action.REQUEST_CHANGES,
        lambda store, it: store.reviewing.request_changes(it, _review(store, it), "More figures"),
    ),
    "reviewing.set_stage": (Action.EDIT, lambda store, it: _set_stage(store, it)),
    "reviewing.waiting_for": (Action.LIST, lambda store, _: store.reviewing.waiting_for(store.person)),
    "review_settings.functions": (Action.LIST, lambda store, _: store.review_settings.functions()),
    "review_settings.needs_review": (Action.LIST, lambda store, _: store.review_settings.needs_review()),
    "review_settings.set_functions": (
        Action.MANAGE,
        lambda store, _: store.review_settings.set_functions([Function("data")]),
    ),
    "review_settings.require_review": (Action.MANAGE, lambda store, _: store.review_settings.require_review(False)),
    "valuing.found": (Action.LIST, lambda store, it: store.valuing.found([it], "1")),
    "valuing.keep": (Action.SEE, lambda store, it: store.valuing.keep(Valued(it, "sha256:0", b"figures"), "1")),
    "organisation.current": (Action.LIST, lambda store, _: store.organisation.current()),
    "organisation.version": (Action.LIST, lambda store, _: store.organisation.version(_settings(store))),
    "organisation.versions": (Action.LIST, lambda store, _: store.organisation.versions()),
    "organisation.save": (
        Action.MANAGE,
        lambda store, _: store.organisation.save(Organisation(), store.organisation.current().version),
    ),
    "organisation.working_copy": (Action.MANAGE, lambda store, _: store.organisation.working_copy()),
    "organisation.keep_working_copy": (
        Action.MANAGE,
        lambda store, _: store.organisation.keep_working_copy(Organisation()),
    ),
    "organisation.exported": (Action.LIST, lambda store, _: store.organisation.exported()),
    "organisation.bring_in": (
        Action.MANAGE,
        lambda store, _: store.organisation.bring_in(
            store.organisation.exported(), store.organisation.current().version
        ),
    ),
    "list": (Action.LIST, lambda store, _: store.list()),
    "trail.entries": (Action.LIST, lambda store, _: store.trail.entries()),
    "trail.every": (Action.LIST, lambda store, _: [*store.trail.every()]),
    "trail.actors": (Action.LIST, lambda store, _: store.trail.actors()),
    "first": (Action.LIST, lambda store, _: store.first()),
    "every": (Action.LIST, lambda store, _: [*store.every()]),
    "after": (Action.LIST, lambda store, _: store.after()),
    "count": (Action.LIST, lambda store, _: store.count()),
    "is_empty": (Action.LIST, lambda store, _: store.is_empty()),
    "every_decision": (Action.LIST, lambda store, _: [*store.every_decision()]),
    "any_decision": (Action.LIST, lambda store, _: store.any_decision()),
    "teams": (Action.LIST, lambda store, _: store.teams()),
    "owners": (Action.LIST, lambda store, _: store.owners()),
    "deciders": (Action.LIST, lambda store, _: store.deciders()),
    "tags": (Action.LIST, lambda store, _: store.tags()),
    "decisions": (Action.LIST, lambda store, _: store.decisions()),
    "rates.display_currency": (Action.LIST, lambda store, _: store.rates.display_currency()),
    "rates.current": (Action.LIST, lambda store, _: store.rates.current()),
    "rates.without_rate": (Action.LIST, lambda store, _: store.rates.without_rate()),
    "create": (Action.CREATE, lambda store, _: store.create(proposal())),
    "people.directory": (Action.CREATE, lambda store, _: store.people.directory()),
    "rates.choose_display_currency": (Action.SET_RATES, lambda store, _: store.rates.choose_display_currency("EUR")),
    "rates.set": (Action.SET_RATES, lambda store, _: store.rates.set("CHF", 1.1, date(2020, 1, 1))),
    "rates.forget": (Action.SET_RATES, lambda store, _: store.rates.forget("CHF")),
    "tokens.make": (Action.MAKE_TOKENS, lambda store, _: _token(store)),
    "tokens.own": (Action.MAKE_TOKENS, lambda store, _: store.tokens.own()),
    "tokens.revoke": (Action.MAKE_TOKENS, lambda store, _: store.tokens.revoke(_token(store))),
    "tokens.all": (Action.MANAGE, lambda store, _: store.tokens.all()),
    "inbox.of": (Action.SEE, lambda store, it: store.inbox.of(it)),
    "inbox.finish": (Action.EDIT, lambda store, it: store.inbox.finish(_task(store, it))),
    "inbox.give": (Action.EDIT, lambda store, it: store.inbox.give(_task(store, it), "Ana")),
    "inbox.count": (Action.LIST, lambda store, _: store.inbox.count()),
    "inbox.waits": (Action.LIST, lambda store, _: store.inbox.waits()),
    "inbox.notices": (Action.LIST, lambda store, _: store.inbox.notices()),
    "inbox.tasks": (Action.LIST, lambda store, _: store.inbox.tasks()),
    "inbox.dates": (Action.LIST, lambda store, _: store.inbox.dates()),
    "inbox.stale": (Action.LIST, lambda store, _: store.inbox.stale()),
    "receiving.mail": (Action.LIST, lambda store, _: store.receiving.mail()),
    "receiving.choose_mail": (Action.LIST, lambda store, _: store.receiving.choose_mail(MailChoice.NONE, "en")),
    "receiving.has_calendar": (Action.LIST, lambda store, _: store.receiving.has_calendar()),
    "receiving.new_calendar": (Action.LIST, lambda store, _: store.receiving.new_calendar("en")),
    "receiving.end_calendar": (Action.LIST, lambda store, _: store.receiving.end_calendar()),
    "reporting.own": (Action.LIST, lambda store, _: store.reporting.own()),
    "reporting.ask": (Action.LIST, lambda store, _: _ask_report(store)),
    "reporting.stop": (Action.LIST, lambda store, _: _stop_report(store)),
    "reporting.to_make": (Action.MANAGE, lambda store, _: store.reporting.to_make("none")),
    "scenarios.list": (Action.LIST, lambda store, _: store.scenarios.list()),
    "scenarios.get": (Action.LIST, lambda store, _: store.scenarios.get(_scenario(store).id)),
    "scenarios.decisions": (Action.LIST, lambda store, _: store.scenarios.decisions(_scenario(store).id)),
    "scenarios.create": (Action.SAVE_SCENARIO, lambda store, _: store.scenarios.create(_choice(store))),
    "scenarios.save": (
        Action.SAVE_SCENARIO,
        lambda store, _: store.scenarios.save(_scenario(store).id, _choice(store), 1),
    ),
    "scenarios.archive": (Action.SAVE_SCENARIO, lambda store, _: store.scenarios.archive(_scenario(store).id)),
    "scenarios.restore": (Action.SAVE_SCENARIO, lambda store, _: store.scenarios.restore(_scenario(store).id)),
    "scenarios.decide": (
        Action.DECIDE_SCENARIO,
        lambda store, _: store.scenarios.decide(
            _scenario(store).id, ScenarioDecisionRequest(1, ScenarioOutcome.APPROVED, "Fits", 0)
        ),
    ),
    "due.turn": (Action.MANAGE, lambda store, _: store.due.turn()),
    "outbox.claim": (Action.MANAGE, lambda store, _: store.outbox.claim()),
    "outbox.sent": (Action.MANAGE, lambda store, _: store.outbox.sent(SENT)),
    "outbox.failed": (Action.MANAGE, lambda store, _: store.outbox.failed(SENT, "busy")),
    "outbox.stuck": (Action.MANAGE, lambda store, _: store.outbox.stuck()),
    "outbox.waiting": (Action.MANAGE, lambda store, _: store.outbox.waiting()),
    "outbox.again": (Action.MANAGE, lambda store, _: store.outbox.again(_message(store))),
    "outbox.clear": (Action.MANAGE, lambda store, _: store.outbox.clear()),
    "webhooks.all": (Action.MANAGE, lambda store, _: store.webhooks.all()),
    "webhooks.add": (Action.MANAGE, lambda store, _: store.webhooks.remove(_hook(store, store))),
    "webhooks.remove": (Action.MANAGE, lambda store, _: store.webhooks.remove(_hook(store))),
    "webhooks.target": (Action.MANAGE, lambda store, _: store.webhooks.target(_hook(store, removed=False))),
    "actuals.current": (Action.SEE, lambda store, it: store.actuals.current(it)),
    "actuals.versions": (Action.SEE, lambda store, it: store.actuals.versions(it)),
    "actuals.version": (Action.SEE, lambda store, it: store.actuals.version(it, *_entered(store, it))),
    "actuals.save": (Action.MEASURE, lambda store, it: _enter_actuals(store, it)),
    "actuals.every": (Action.LIST, lambda store, _: [*store.actuals.every()]),
    "actuals.superseded": (Action.LIST, lambda store, _: list(store.actuals.superseded())),
    "actuals.recorded": (Action.LIST, lambda store, _: store.actuals.recorded()),
    "demo.is_here": (Action.LIST, lambda store, _: store.demo.is_here()),
    "demo.standing_apart": (Action.LIST, lambda store, _: store.demo.standing_apart()),
    "actuals.has_any": (Action.LIST, lambda store, _: store.actuals.has_any()),
    "demo.here": (Action.MANAGE, lambda store, _: store.demo.here()),
    "demo.load": (Action.MANAGE, lambda store, _: store.demo.load([])),
    "demo.remove": (Action.MANAGE, lambda store, _: store.demo.remove()),
    "altered": (Action.MANAGE, lambda store, _: store.altered()),
    "check_trail": (Action.MANAGE, lambda store, _: store.check_trail()),
    "people.all": (Action.MANAGE, lambda store, _: store.people.all()),
    "people.add": (Action.MANAGE, lambda store, _: store.people.add(f"{_nobody(store)}@example.org", V)),
    "people.give_role": (Action.MANAGE, lambda store, _: store.people.give_role(_nobody(store), None)),
    "people.remove": (Action.MANAGE, lambda store, _: store.people.remove(_nobody(store))),
    "people.bring_back": (Action.MANAGE, lambda store, _: store.people.bring_back(_nobody(store))),
    "people.require_four_eyes": (Action.MANAGE, lambda store, _: store.people.require_four_eyes(False)),
}
ASK_NOBODY = {
    "acting_for": "gives a store that asks",
    "may": "is the question itself",
    "close": "ends the program's connections",
    "today": "is the clock",
    "duplicate": "is get and create",
    "drop_draft": "touches only the person's own",
    "drafts": "shows only the person's own",
    "links.shown": "asks by its secret: see test_links",
    "links.opened": "asks by its secret: see test_links",
    "inbox.read": "touches only the person's own",
    "receiving.reader": "asks by its token: see test_notices",
    "elicitation.invitation": "asks by its token: see test_elicitation",
    "elicitation.answer": "asks by its token: see test_elicitation",
    "tokens.bearer": "is how a program comes in",
    "people.enter": "is how somebody comes in",
    "people.sign_out": "touches only the person's own sessions",
}


_NUMBERS = count()


def _nobody(store: Store) -> str:
    """Somebody without a role, on whom nothing depends."""
    return store.people.enter(claims(f"Nobody {next(_NUMBERS)}")).id


def _link(store: Store) -> LinkRequest:
    return LinkRequest(1, "en", store.today())


def _made(store: Store, identity: str) -> str:
    """A link to the proposal, made past every right."""
    everything = store.acting_for(ALONE)
    everything.links.make(identity, _link(store))
    return everything.links.of(identity)[0].id


def _token(store: Store) -> str:
    """A token of who acts, gone again where it could be made: nobody has many."""
    made = store.tokens.make("CI").token.id
    store.tokens.revoke(made)
    return made


def _decided_actuals(store: Store, identity: str) -> Measured:
    """What was measured of the proposal, once it is decided on past every right."""
    everything = store.acting_for(ALONE)
    found = everything.actuals.current(identity)
    if found is None:
        everything.decide(identity, BUILD)
        found = everything.actuals.current(identity)
    assert found is not None
    return found


def _enter_actuals(store: Store, identity: str) -> Measured:
    """Something new each time."""
    now = _decided_actuals(store, identity)
    actuals = now.actuals.model_copy(update={"through_month": next(_NUMBERS) % 200 + 1})
    return store.actuals.save(identity, actuals, now.decision.id, now.version)


def _entered(store: Store, identity: str) -> tuple[int, int]:
    """A version of the actuals, entered past every right."""
    made = _enter_actuals(store.acting_for(ALONE), identity)
    return made.decision.id, made.version


def _task(store: Store, identity: str) -> int:
    """A condition of the proposal that is somebody else's to see to, left by a decision past every right."""
    everything = store.acting_for(ALONE)
    other = Duty(f"Label {next(_NUMBERS)}", None, "Nobody", _nobody(store))
    everything.decide(identity, replace(REQUEST, conditions=(other.condition,), duties=(other,)))
    return next(each.id for each in everything.inbox.of(identity) if each.text == other.condition)


def _hook(store: Store, by: Store | None = None, *, removed: bool = True) -> str:
    """A webhook, added past every right unless somebody adds it; the one that is there, where it is to stay."""
    adding = (by or store.acting_for(ALONE)).webhooks
    there = store.acting_for(ALONE).webhooks.all()
    if removed or not there:
        adding.add(HOOK)
    return store.acting_for(ALONE).webhooks.all()[0].id


def _message(store: Store) -> str:
    """A message that waits, past every right."""
    everything = store.acting_for(ALONE)
    _hook(store, removed=False)
    everything.decide(everything.create(proposal(CERTAIN)).id, REQUEST)
    (*_, last) = everything.outbox.claim(100)
    return last.id


def _ask_report(store: Store) -> None:
    """No mails are set up: who may ask is told that."""
    with suppress(ReportRefused):
        store.reporting.ask(ReportRequest(Rhythm.WEEKLY, ReportFile.PDF, Filters()))


def _stop_report(store: Store) -> None:
    """There is none of theirs."""
    with suppress(NotFound):
        store.reporting.stop("none")


def _round(store: Store, identity: str, *, revealed: bool = False) -> str:
    """A round on the proposal that somebody has answered, begun past every right."""
    everything = store.acting_for(ALONE).elicitation
    begun = everything.begin(identity, ROUND)
    everything.answer(begun.token, Judge("Ana", "secret"), ROUND.questions[0].path, (0.1, 0.2, 0.3), "")
    if revealed:
        everything.reveal(identity, begun.id)
    return begun.id


def _thread(store: Store, identity: str) -> int:
    """Somebody else's thread on the proposal, begun past every right."""
    return store.acting_for(ALONE).commenting.write(identity, "", REMARK, "Ana").id


def _own_comment(store: Store, identity: str) -> int:
    """A comment of the person's own where they may write one, or else of somebody's."""
    try:
        return store.commenting.write(identity, "", REMARK).comments[0].id
    except (NotAllowed, NotAMember, NotFound):
        return store.acting_for(ALONE).commenting.write(identity, "", REMARK, "Ana").comments[0].id


def _newest(store: Store, identity: str) -> int:
    """The version of a proposal, past every right."""
    return store.acting_for(ALONE).version(identity)


def _review(store: Store, identity: str) -> int:
    """The number of an open round on the proposal, submitted past every right."""
    everything = store.acting_for(ALONE).reviewing
    found = everything.current(identity) or everything.submit(
        identity, _newest(store, identity), ("data",), actor="Ana"
    )
    return found.number


def _choice(store: Store) -> ScenarioRequest:
    """A scenario about an open proposal, which is made past every right."""
    saved = store.acting_for(ALONE).create(proposal(CERTAIN))
    return ScenarioRequest("Next year", {}, {saved.id: 1}, {}, "EUR")


def _scenario(store: Store) -> Scenario:
    """A saved scenario that everybody may see, made past every right."""
    return store.acting_for(ALONE).scenarios.create(_choice(store), "Ana")


def _settings(store: Store) -> int:
    """A version of the organisation's settings, past every right."""
    everything = store.acting_for(ALONE).organisation
    now = everything.current()
    return now.version or everything.save(Organisation(name="House"), 0).version


def _no_review(store: Store, identity: str) -> None:
    """Nothing of the proposal is under review."""
    everything = store.acting_for(ALONE).reviewing
    if (found := everything.current(identity)) is not None:
        everything.withdraw(identity, found.number)


def _decided(store: Store, identity: str) -> int:
    """A decision that stands, made past every right."""
    _no_review(store, identity)
    return store.acting_for(ALONE).decide(identity, replace(REQUEST, reason=f"Reason {next(_NUMBERS)}")).id


def _idea(store: Store, identity: str) -> str:
    """The proposal as one that began as an idea and waits, made so past every right."""
    with store.acting_for(ALONE)._transaction() as session:
        proposal = session.get_one(ProposalRow, identity)
        proposal.stage = Stage.IDEA
        session.merge(row_of(IDEA, proposal, "Ana", None))
    return identity


def _other(store: Store) -> str:
    """A proposal that everybody may see."""
    return store.acting_for(ALONE).create(proposal(CERTAIN)).id


def _set_stage(store: Store, identity: str) -> None:
    """What was decided, past every right, goes live."""
    everything = store.acting_for(ALONE)
    _no_review(store, identity)
    everything.decide(identity, DecisionRequest(1, Outcome.BUILD, Outcome.BUILD, "Ana", alternative="Model"))
    store.reviewing.set_stage(identity, Stage.LIVE)


def test_every_method_of_the_store_is_asked(store: Store) -> None:
    parts = {"": store, **{f"{name}.": part for name, part in vars(store).items() if isinstance(part, Part)}}
    methods = {
        f"{prefix}{name}"
        for prefix, part in parts.items()
        for name, _ in inspect.getmembers(type(part), inspect.isfunction)
        if not name.startswith("_")
    }
    assert methods == {*CALLS, *ASK_NOBODY}


BY_TASK = ("inbox.finish", "inbox.give")
"""They go by the number of a task, which is easily guessed, and say of a hidden one what they say of none."""
WAYS = ("open", "own", "restricted", "own restricted", "shared with me")


@pytest.mark.long
@pytest.mark.parametrize("role", [None, *Role])
def test_every_method_asks(store: Store, role: Role | None) -> None:
    owner = acting(store, "Owner", Role.APPROVER)
    mine = acting(store, "Me", role)
    for how in WAYS:
        shared = Untouched(store, partial(shared_in, store, owner, mine, how))
        for name, (action, call) in CALLS.items():
            is_of_one = (action, how) in ALLOWED
            if not is_of_one and how != WAYS[0]:
                # It is about no proposal, and was asked already.
                continue
            if role in (ALLOWED[action, how] if is_of_one else SHARED_BY_ALL[action]):
                call(mine, shared.identity)
            else:
                hidden = is_of_one and role is not None and role not in ALLOWED[Action.SEE, how]
                refused(call, mine, shared.identity, hidden=hidden, name=name)
            if action is Action.TRIAGE:
                # What makes an idea of it writes nothing down.
                shared.begin()


class Untouched:
    """A proposal to which nothing has happened: another one as soon as something was written down about it."""

    def __init__(self, store: Store, new: Callable[[], str]) -> None:
        self._store, self._new = store, new
        self.begin()

    def begin(self) -> None:
        """Take another one."""
        self._identity = self._new()
        self._deeds = self._store.audit(self._identity).total

    @property
    def identity(self) -> str:
        """Which one it is now."""
        if self._store.audit(self._identity).total != self._deeds:
            self.begin()
        return self._identity


def refused(call: Callable[[Store, str], object], mine: Store, identity: str, *, hidden: bool, name: str) -> None:
    """Who may not is told so; of what they may not see, what they would be told of what is not there."""
    expected = NotAMember if mine.person.role is None else NotFound if hidden else NotAllowed
    with pytest.raises(expected) as found:
        call(mine, identity)
    if hidden:
        missing = "There is no such task." if name in BY_TASK else str(_missing(mine)).replace("missing", identity)
        assert str(found.value) == missing, name


def shared_in(store: Store, owner: Store, mine: Store, how: str) -> str:
    """A proposal of somebody else's, or of mine, shared in that way."""
    saved = owner.create(proposal(CERTAIN))
    everything = store.sharing
    if how.startswith("own"):
        everything.give_to(saved.id, mine.person.id)
        everything.remove(saved.id, owner.person.id)
    if how == "shared with me":
        everything.add(saved.id, mine.person.id)
    everything.restrict(saved.id, "restricted" in how or how == "shared with me")
    return saved.id


def _missing(store: Store) -> NotFound:
    with pytest.raises(NotFound) as found:
        store.get("missing")
    return found.value


def test_lists_show_what_may_be_seen_and_nothing_of_the_rest(store: Store) -> None:
    owner, other = acting(store, "Owner", Role.APPROVER), acting(store, "Other", Role.CONTRIBUTOR)
    open_to_all = owner.create(proposal(CERTAIN, title="Open", team="Open team", owner="Open owner"))
    hidden = owner.create(proposal(CERTAIN, title="Hidden", team="Hidden team", owner="Hidden owner", currency="CHF"))
    owner.sharing.restrict(hidden.id, True)
    for each in (open_to_all, hidden):
        owner.decide(each.id, DecisionRequest(1, Outcome.STOP, Outcome.STOP, ""))  # type: ignore[arg-type]
    assert [row.title for row in other.list().rows] == ["Open"]
    assert (other.list().total, owner.list().total, store.list().total) == (1, 2, 2)
    assert (other.teams(), other.owners()) == (("Open team",), ("Open owner",))
    assert [row.title for row in other.decisions().rows] == ["Open"]
    assert [each.listed.title for each in other.every()] == [row.title for row in other.after()] == ["Open"]
    assert [row.title for row in other.first()] == [each.title for each in other.every_decision()] == ["Open"]
    assert (other.count(), owner.count()) == (1, 2)
    assert other.rates.without_rate() == {}
    owner.rates.choose_display_currency("EUR")
    assert owner.rates.without_rate() == {"CHF": 1}
    owner.sharing.add(hidden.id, other.person.id)
    assert {row.title for row in other.list().rows} == {"Open", "Hidden"}
    owner.sharing.remove(hidden.id, other.person.id)
    with pytest.raises(NotFound):
        other.get(hidden.id)


def test_who_signs_is_who_signed_in_whatever_was_typed(store: Store) -> None:
    boss = acting(store, "Boss", Role.APPROVER)
    saved = boss.create(proposal(CERTAIN), "Chief Financial Officer")
    request = DecisionRequest(1, Outcome.STOP, Outcome.STOP, "Chief Financial Officer")  # type: ignore[arg-type]
    decision = boss.decide(saved.id, request)
    assert (saved.saved_by, decision.decided_by) == ("Boss (boss@example.org)",) * 2
    assert decision.is_verified
    assert all(entry.is_verified and "Officer" not in entry.actor for entry in boss.audit(saved.id).rows)
    typed = store.create(proposal(CERTAIN), "Ana")
    alone = store.decide(typed.id, request)
    assert (alone.decided_by, alone.is_verified) == ("Chief Financial Officer", False)


def test_four_eyes_is_asked_of_owners_and_authors(store: Store) -> None:
    ada, bob, cyd = (acting(store, name, Role.APPROVER) for name in ("Ada", "Bob", "Cyd"))
    store.people.require_four_eyes(True)
    saved = ada.create(proposal(CERTAIN))
    bob.save(saved.id, proposal(CERTAIN, title="Bob's"), 1)
    request = DecisionRequest(2, Outcome.STOP, Outcome.STOP, "")  # type: ignore[arg-type]
    for own in (ada, bob):
        with pytest.raises(NotAllowed, match="your own work"):
            own.decide(saved.id, request)
        assert Action.DECIDE not in own.sharing.allowed(saved.id)
    assert store.decisions(saved.id).total == 0
    assert cyd.decide(saved.id, request).decided_by == "Cyd (cyd@example.org)"


def test_drafts_belong_to_who_typed_them(store: Store) -> None:
    ada, bob = (acting(store, name, Role.CONTRIBUTOR) for name in ("Ada", "Bob"))
    saved = ada.create(proposal(CERTAIN))
    ada.keep_draft(saved.id, DRAFT)
    bob.keep_draft(saved.id, Draft("title", "Bob's", "why"))
    assert (ada.drafts(saved.id)["title"].text, bob.drafts(saved.id)["title"].text) == ("typed", "Bob's")
    assert store.drafts(saved.id) == {}
    bob.drop_draft(saved.id, "title")
    assert (len(ada.drafts(saved.id)), len(bob.drafts(saved.id))) == (1, 0)


def test_rights_that_are_taken_away_meanwhile_save_nothing(store: Store) -> None:
    """Between reading and writing: the question is asked again where it counts."""
    owner, other = acting(store, "Owner", Role.CONTRIBUTOR), enter(store, "Other", Role.CONTRIBUTOR)
    saved = owner.create(proposal(CERTAIN))

    def restrict_first(document: object) -> object:
        owner.sharing.restrict(saved.id, True)
        return store._assess(document)  # type: ignore[arg-type]

    slow = Store(store._engine, restrict_first, person=other)  # type: ignore[arg-type]
    with pytest.raises(NotFound):
        slow.save(saved.id, proposal(CERTAIN, title="Too late"), 1)
    assert (owner.get(saved.id).version, owner.revisions(saved.id).total) == (1, 1)
