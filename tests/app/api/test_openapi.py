"""The OpenAPI document: valid, made of the documents' own schemas, and true, asked with calls that it allows or not."""

from __future__ import annotations

import json
import os
from collections import Counter
from contextlib import suppress
from typing import Any

import pytest
import schemathesis
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from hypothesis.errors import Unsatisfiable
from openapi_spec_validator import validate
from schemathesis import GenerationMode
from schemathesis.checks import not_a_server_error
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_headers_conformance,
    response_schema_conformance,
    status_code_conformance,
)
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.testclient import TestClient

from app.api import counting
from app.api.routes import resources, routes
from app.door.middleware import DoorMiddleware
from app.door.settings import door_of
from db import (
    AdviceRequest,
    DecisionRequest,
    Duty,
    Remark,
    Role,
    ScenarioDecisionRequest,
    ScenarioOutcome,
    ScenarioRequest,
    Scope,
    Store,
)
from scoping import evidence_schema, examples, schema
from scoping.document.evidence import plain
from scoping.reports import formats
from scoping.vocabulary import Outcome, Stance
from tests.app.api.conftest import SignedIn
from tests.evidences import evidence

CALLS = int(os.environ.get("GROUNDWORK_API_CALLS", "300"))
"""How many calls are made of all operations together; `make calls` asks for many more."""
TRUE = [
    not_a_server_error,
    status_code_conformance,
    content_type_conformance,
    response_headers_conformance,
    response_schema_conformance,
]
QUIET = [*HealthCheck]


@pytest.fixture
def document(alone: TestClient) -> dict[str, Any]:
    found: dict[str, Any] = alone.get("/api/openapi.json").json()
    return found


def test_the_document_is_valid_and_names_every_operation(document: dict[str, Any]) -> None:
    validate(document)
    told = {each["operationId"] for path in document["paths"].values() for each in path.values()}
    assert told == {each.name for part in resources() for each in part.operations}
    assert all(each["description"] for path in document["paths"].values() for each in path.values())


@pytest.mark.parametrize(("name", "own"), [("Proposal", schema()), ("Evidence", evidence_schema())])
def test_documents_are_described_by_their_own_schema(document: dict[str, Any], name: str, own: dict[str, Any]) -> None:
    """Put back where it came from, it is the schema that the command line prints."""
    prefix = f"{name}Document"
    parts = document["components"]["schemas"]
    inner = {key.removeprefix(f"{prefix}."): each for key, each in parts.items() if key.startswith(f"{prefix}.")}
    found = _put_back({**parts[prefix], "$defs": inner}, prefix)
    assert {"$schema": own["$schema"], **found} == json.loads(json.dumps(own))


def _put_back(value: Any, prefix: str) -> Any:
    if isinstance(value, list):
        return [_put_back(each, prefix) for each in value]
    if isinstance(value, dict):
        return {key: _put_back(each, prefix) for key, each in value.items()}
    return value.replace(f"#/components/schemas/{prefix}.", "#/$defs/") if isinstance(value, str) else value


def test_the_document_is_for_those_who_come_in(signed_in: SignedIn) -> None:
    assert signed_in.client.get("/api/openapi.json").status_code == 401
    headers = signed_in.bearer("Ada", Role.VIEWER)
    assert signed_in.client.get("/api/openapi.json", headers=headers).json()["openapi"] == "3.1.0"


@pytest.fixture
def filled(pages_store: Store, monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Proposals of every sort, with a decision and evidence; and a minute that has room for all calls."""
    monkeypatch.setattr(counting, "A_MINUTE", type(counting.A_MINUTE)(10**6))
    saved = [pages_store.create(examples.load(name)) for name in ("stock_price", "payment_fraud")]
    number = pages_store.reviewing.submit(saved[0].id, 1, ["finance", "legal"], actor="Ana").number
    pages_store.reviewing.advise(saved[0].id, AdviceRequest(number, "finance", Stance.DISAGREE, "Too dear"), "Fay")
    duties = (Duty("Label", pages_store.today(), "Bo"),)
    request = DecisionRequest(
        1, Outcome.STOP, Outcome.STOP, "Ana", "All the same", ("Label",), pages_store.today(), duties=duties
    )
    pages_store.decide(saved[0].id, request)
    pages_store.commenting.write(saved[0].id, "returns.adoption", Remark("Why?"), "Ana")
    figures: dict[str, Any] = {"whole": {}, "proposals": {}}
    made = pages_store.scenarios.create(ScenarioRequest("Plan", {}, {saved[0].id: 1}, figures, "EUR"), "Ana")
    signed = ScenarioDecisionRequest(1, ScenarioOutcome.REJECTED, "Too dear", 0, "Ana")
    pages_store.scenarios.decide(made.id, signed)
    return [*(each.id for each in saved), made.id]


def test_nothing_is_answered_that_the_document_does_not_describe(alone: TestClient, filled: list[str]) -> None:
    parts = {"identity": filled[0], "version": "1", "scenario": filled[-1]}
    for operation in (each for part in resources() for each in part.operations):
        if operation.method != "GET" or operation.answer is None:
            continue
        found = alone.get(operation.path.format(**parts))
        assert found.status_code == 200, operation.name
        described = operation.answer.model_validate(found.json()).model_dump(mode="json", exclude_unset=True)
        assert names_in(found.json()) == names_in(described), operation.name


def names_in(value: Any) -> Any:
    """What stands where, without what it says."""
    if isinstance(value, dict):
        return {name: names_in(each) for name, each in value.items()}
    return [*map(names_in, value)] if isinstance(value, list) else None


@pytest.mark.long
def test_whatever_is_asked_is_answered_as_the_document_says(filled: list[str], pages_store: Store) -> None:
    """Calls made of the document, valid ones and others, by a program that may write; no answer is a fault of ours."""
    bearer = pages_store.tokens.make("Calls", scopes=[Scope.WRITE]).secret
    guard = Middleware(DoorMiddleware, door=door_of({"GROUNDWORK_ALLOWED_HOSTS": "testserver"}))
    app = Starlette(routes=routes(), middleware=[guard])
    known = [each.ok() for each in schemathesis.openapi.from_asgi("/api/openapi.json", app).get_all_operations()]
    answered: Counter[int] = Counter()
    for operation in known:
        for mode in GenerationMode:
            call(operation, mode, filled, bearer, answered, max(1, CALLS // (2 * len(known)) + 1))
    print(f"{answered.total()} calls: {dict(sorted(answered.items()))}")
    # Operations without parameters have only one call, and none that is wrong.
    assert answered.total() >= CALLS * 0.7
    assert {200, 201, 400, 404, 412, 422} <= set(answered)
    assert not [status for status in answered if status >= 500]


def call(
    operation: Any, mode: GenerationMode, identities: list[str], bearer: str, answered: Counter[int], times: int
) -> None:
    """Call an operation so often, mostly of proposals that there are."""

    @given(operation.as_strategy(generation_mode=mode), st.data())
    @settings(max_examples=times, deadline=None, database=None, phases=[Phase.generate], suppress_health_check=QUIET)
    def made(case: Any, data: st.DataObject) -> None:
        aim(case, data, identities)
        response = case.call(headers={**(case.headers or {}), "Authorization": f"Bearer {bearer}"})
        answered[response.status_code] += 1
        case.validate_response(response, checks=TRUE)

    # Of an operation that takes nothing, no call is wrong.
    with suppress(Unsatisfiable):
        made()


def aim(case: Any, data: st.DataObject, identities: list[str]) -> None:
    """Put what there is in the place of what nobody has, so that calls get as far as the Store."""
    parameters = dict(case.path_parameters or {})
    # A client makes another address of dots, which is none of this API.
    is_dots = not str(parameters.get("identity", "")).strip("./")
    if "identity" in parameters and (is_dots or data.draw(st.integers(0, 9))):
        parameters["identity"] = data.draw(st.sampled_from(identities))
    if "format_name" in parameters and data.draw(st.booleans()):
        parameters["format_name"] = data.draw(st.sampled_from(["json", "md", "html", "handoff", *list(formats())[:1]]))
    case.path_parameters = parameters
    if case.method in ("PUT", "PATCH") and data.draw(st.integers(0, 3)):
        case.headers["If-Match"] = f'"{data.draw(st.integers(1, 3))}"'
    if case.path.endswith("/evidence") and case.method == "POST" and data.draw(st.booleans()):
        case.body = plain(evidence(target=data.draw(st.text(max_size=5))))
