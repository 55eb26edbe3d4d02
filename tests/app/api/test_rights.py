"""Every operation of the API, for every role, way of sharing and scope: it allows what the pages allow, and no more."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from functools import cache, partial
from itertools import count, product

import pytest
from httpx2 import Response
from starlette.testclient import TestClient

from app.api.routes import resources
from app.session import shared
from db import Action, DecisionRequest, NotFound, Remark, Role, ScenarioRequest, Scope
from scoping import examples
from scoping.document.evidence import plain
from scoping.vocabulary import Outcome, Recommendation
from tests.app.api.conftest import BOTH, Headers, SignedIn
from tests.db.test_access import ALLOWED, SHARED_BY_ALL, WAYS, Untouched, shared_in
from tests.documents import CERTAIN, proposal
from tests.evidences import evidence

Call = Callable[[TestClient, str, Headers], Response]
_NUMBERS = count()


def _get(path: str) -> Call:
    return lambda client, it, headers: client.get(path.format(it=it), headers=headers)


def _post(path: str) -> Call:
    return lambda client, it, headers: client.post(path.format(it=it), headers=headers)


def _tagged(client: TestClient, it: str, headers: Headers) -> Headers:
    return {**headers, "If-Match": client.get(f"/api/proposals/{it}", headers=headers).headers.get("ETag", '"1"')}


def _document() -> dict[str, object]:
    return {"title": f"Number {next(_NUMBERS)}"}


def _create(client: TestClient, _: str, headers: Headers) -> Response:
    return client.post("/api/proposals", json=_document(), headers=headers)


def _propose(client: TestClient, _: str, headers: Headers) -> Response:
    idea = {"title": f"Idea {next(_NUMBERS)}", "problem": "Loaves go stale", "decision": "How many to bake"}
    return client.post("/api/ideas", json=idea, headers=headers)


def _replace(client: TestClient, it: str, headers: Headers) -> Response:
    return client.put(f"/api/proposals/{it}", json=_document(), headers=_tagged(client, it, headers))


def _change(client: TestClient, it: str, headers: Headers) -> Response:
    return client.patch(f"/api/proposals/{it}", json=_document(), headers=_tagged(client, it, headers))


def _attach(client: TestClient, it: str, headers: Headers) -> Response:
    return client.post(f"/api/proposals/{it}/evidence", json=_evidence(), headers=headers)


def _comment(client: TestClient, it: str, headers: Headers) -> Response:
    return client.post(f"/api/proposals/{it}/comments", json={"text": "Why?"}, headers=headers)


def _thread(it: str) -> int:
    """Somebody else's thread on the proposal, begun past every right; none where there is no such proposal."""
    everything = shared.database()
    try:
        return everything.commenting.write(it, "", Remark("So?"), "Zoe").id
    except NotFound:
        return 1


def _reply(client: TestClient, it: str, headers: Headers) -> Response:
    path = f"/api/proposals/{it}/comments/{_thread(it)}/replies"
    return client.post(path, json={"text": "Because"}, headers=headers)


def _decide(it: str) -> str:
    """A decision on the proposal, past every right; gives the tag of its actuals."""
    everything = shared.database()
    try:
        measured = everything.actuals.current(it)
        if measured is None:
            everything.decide(it, STOP)
            measured = everything.actuals.current(it)
    except NotFound:
        return '"1.0"'
    assert measured is not None
    return f'"{measured.decision.id}.{measured.version}"'


def _actuals(client: TestClient, it: str, headers: Headers, end: str) -> Response:
    _decide(it)
    return client.get(f"/api/proposals/{it}/actuals{end}", headers=headers)


def _measure(client: TestClient, it: str, headers: Headers) -> Response:
    document = {"actuals_version": 1, "alternative": "Model", "through_month": next(_NUMBERS) % 200 + 1}
    tagged = {**headers, "If-Match": _decide(it)}
    return client.put(f"/api/proposals/{it}/actuals", json=document, headers=tagged)


def _settle(how: str) -> Call:
    return lambda client, it, headers: client.post(f"/api/proposals/{it}/comments/{_thread(it)}/{how}", headers=headers)


def _scenario(client: TestClient, _: str, headers: Headers) -> Response:
    """A scenario about an open proposal, made past every right."""
    everything = shared.database()
    saved = everything.create(proposal(CERTAIN))
    made = everything.scenarios.create(ScenarioRequest("Next year", {}, {saved.id: 1}, {}, "EUR"))
    # Out of the list, which the tests count.
    everything.archive(saved.id)
    return client.get(f"/api/scenarios/{made.id}", headers=headers)


@cache
def _evidence() -> object:
    return plain(evidence())


ONE = "/api/proposals/{it}"
STOP = DecisionRequest(1, Recommendation.STOP, Outcome.STOP, "Ana")
CALLS: dict[str, tuple[Action | None, Call]] = {
    "document_schema": (None, _get("/api/schema")),
    "list_proposals": (Action.LIST, _get("/api/proposals")),
    "create_proposal": (Action.CREATE, _create),
    "list_ideas": (Action.LIST, _get("/api/ideas")),
    "propose_idea": (Action.CREATE, _propose),
    "read_proposal": (Action.SEE, _get(ONE)),
    "replace_proposal": (Action.EDIT, _replace),
    "change_proposal": (Action.EDIT, _change),
    "archive_proposal": (Action.ARCHIVE, _post(f"{ONE}/archive")),
    "restore_proposal": (Action.ARCHIVE, _post(f"{ONE}/restore")),
    "assess_proposal": (Action.SEE, _get(f"{ONE}/assessment")),
    "list_revisions": (Action.SEE, _get(f"{ONE}/revisions")),
    "read_revision": (Action.SEE, _get(f"{ONE}/revisions/1")),
    "list_evidence": (Action.SEE, _get(f"{ONE}/evidence")),
    "attach_evidence": (Action.EDIT, _attach),
    "list_comments": (Action.SEE, _get(f"{ONE}/comments")),
    "begin_thread": (Action.COMMENT, _comment),
    "reply_to_thread": (Action.COMMENT, _reply),
    "resolve_thread": (Action.COMMENT, _settle("resolve")),
    "reopen_thread": (Action.COMMENT, _settle("reopen")),
    "list_reviews": (Action.SEE, _get(f"{ONE}/reviews")),
    "list_decisions": (Action.LIST, _get("/api/decisions")),
    "list_decisions_of_proposal": (Action.SEE, _get(f"{ONE}/decisions")),
    "read_actuals_of_proposal": (Action.SEE, lambda client, it, headers: _actuals(client, it, headers, "")),
    "compare_actuals": (Action.SEE, lambda client, it, headers: _actuals(client, it, headers, "/comparison")),
    "replace_actuals": (Action.MEASURE, lambda client, it, headers: _measure(client, it, headers)),
    "list_scenarios": (Action.LIST, _get("/api/scenarios")),
    "read_scenario": (Action.LIST, _scenario),
    "read_portfolio": (Action.LIST, _get("/api/portfolio")),
    "export_proposal": (Action.SEE, _get(f"{ONE}/exports/json")),
}
"""Which action each operation is, and a call of it; None is for whoever signed in."""
CHANGING = {Action.CREATE, Action.EDIT, Action.ARCHIVE, Action.COMMENT, Action.MEASURE}


def test_every_operation_is_in_the_table() -> None:
    assert {each.name for part in resources() for each in part.operations} == set(CALLS)


def expected(role: Role | None, how: str, action: Action | None) -> set[int]:
    """The status: what may not be seen is not there, and what may be seen and not done is forbidden."""
    if action is None:
        return {200}
    if (action, how) not in ALLOWED:
        return {200, 201} if role in SHARED_BY_ALL[action] else {403}
    if role is not None and role not in ALLOWED[Action.SEE, how]:
        return {404}
    return {200, 201} if role in ALLOWED[action, how] else {403}


def wrong(here: SignedIn, role: Role | None, headers: Headers, scopes: tuple[Scope, ...] = BOTH) -> Iterator[str]:
    """Whatever is answered with another status than the table says."""
    owner, mine = here.acting("Owner", Role.APPROVER), here.acting("Me", role)
    ways = {how: Untouched(here.store, partial(shared_in, here.store, owner, mine, how)) for how in WAYS}
    for (how, it), (name, (action, call)) in product(ways.items(), CALLS.items()):
        found, allowed = call(here.client, it.identity, headers), expected(role, how, action)
        if Scope.WRITE not in scopes and action in CHANGING and allowed == {200, 201}:
            allowed = {403}
        if found.status_code not in allowed:
            yield f"{name}, {how}: {found.status_code} and not {allowed}: {found.text[:200]}"


@pytest.mark.long
@pytest.mark.parametrize("role", [None, *Role])
def test_who_signed_in_may_do_what_the_pages_allow(signed_in: SignedIn, role: Role | None) -> None:
    assert [*wrong(signed_in, role, signed_in.person("Me", role))] == []


@pytest.mark.long
@pytest.mark.parametrize("scopes", [(Scope.READ,), BOTH], ids=["reads", "writes"])
@pytest.mark.parametrize("role", Role)
def test_a_program_may_do_what_its_person_and_its_token_allow(
    signed_in: SignedIn, role: Role, scopes: tuple[Scope, ...]
) -> None:
    assert [*wrong(signed_in, role, signed_in.bearer("Me", role, *scopes), scopes)] == []


@pytest.mark.parametrize("name", CALLS)
def test_who_did_not_sign_in_gets_nothing(signed_in: SignedIn, name: str) -> None:
    saved = signed_in.store.create(proposal(CERTAIN))
    found = CALLS[name][1](signed_in.client, saved.id, {})
    assert (found.status_code, found.headers["www-authenticate"]) == (401, 'Bearer realm="groundwork"')
    assert saved.id not in found.text
    assert signed_in.store.list().total == 1


def test_what_may_not_be_seen_is_said_like_what_was_never_there(signed_in: SignedIn) -> None:
    saved = signed_in.acting("Owner", Role.APPROVER).create(examples.load("stock_price"), is_restricted=True)
    headers = signed_in.bearer("Me", Role.APPROVER, *BOTH)
    for name, (action, call) in CALLS.items():
        if action in (Action.SEE, Action.EDIT, Action.ARCHIVE, Action.COMMENT, Action.MEASURE):
            hidden, missing = (call(signed_in.client, it, headers) for it in (saved.id, "0" * 36))
            assert (hidden.status_code, json.loads(hidden.text)) == (
                missing.status_code,
                {"error": missing.json()["error"].replace("0" * 36, saved.id)},
            ), name
