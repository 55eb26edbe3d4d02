"""/api/proposals/ID/actuals: what was measured of a decided proposal, and each figure beside its signed range."""

from __future__ import annotations

import re
from typing import Any

from starlette.datastructures import Headers
from starlette.responses import JSONResponse, Response

from app.api.bodies import json_of
from app.api.models.measured import Actuals, ActualsComparison
from app.api.operation import NOT_JSON, REFUSED_DOCUMENT, Operation, Reading, Resource, Writing, header
from app.api.refusals import ParameterRefused, VersionMissing
from app.session.measured import compared_cached
from db import Measured, NotFound, Store
from scoping import DocumentRefused
from scoping.record.actuals import read_actuals, to_plain
from scoping.record.comparing import Fact
from scoping.reports.digits import settled
from scoping.text.languages import message

_TAG = re.compile(r'"([1-9][0-9]{0,18})\.(0|[1-9][0-9]{0,8})"')
_ALLOWED = 'must be the ETag of the actuals that you read, such as "12.3": the decision, and the version under it'


def read_actuals_of_proposal(asked: Reading, identity: str) -> Response:
    """What was measured under the decision that stands. Its ETag names the decision, and the version under it.

    Version 0 is empty: nothing was entered yet. Where no decision stands, it is not there.
    """
    found = _current(asked.store(), identity)
    given = ",".join(asked.request.headers.getlist("if-none-match")).split(",")
    if not {"*", _etag(found)}.isdisjoint(each.strip().removeprefix("W/") for each in given):
        return Response(status_code=304, headers={"ETag": _etag(found)})
    return _tagged(found)


def replace_actuals(asked: Writing, identity: str) -> Response:
    """The next version of the actuals: the document that is sent, in the place of the one that was read.

    It is checked against the signed revision. What it breaks, such as a condition, opens the decision again.
    """
    store, (decision, version) = asked.store(), _version_in(asked.request.headers)
    now = _current(store, identity)
    actuals = read_actuals(json_of(asked.body), now.signed, now.decision.conditions)
    return _tagged(store.actuals.save(identity, actuals, decision, version, asked.origin, asked.actor))


def compare_actuals(asked: Reading, identity: str) -> dict[str, Any]:
    """Each actual beside the range that was signed, and the NPV with what is known by now beside the signed one.

    Empty as long as neither the decision nor the actuals name an alternative: then there are no ranges to compare with.
    """
    found = _current(asked.store(), identity)
    try:
        compared = compared_cached(found)
    except DocumentRefused:
        compared = None
    estimate = compared.estimate if compared else None
    figures: dict[str, Any] = {
        "decision": found.decision.id,
        "version": found.version,
        "facts": [_fact(each) for each in compared.facts] if compared else [],
        "open": [str(each.path) for each in compared.open] if compared else [],
        "month": found.actuals.months,
        "npv_signed": None if estimate is None else _range(estimate.signed),
        "npv_now": None if estimate is None else _range(estimate.now),
        "moved": [] if estimate is None else [{"path": str(e.path), "amount": e.amount} for e in estimate.moved],
    }
    return settled(figures)


def _current(store: Store, identity: str) -> Measured:
    found = store.actuals.current(identity)
    if found is None:
        raise NotFound(message("No decision stands on this proposal: there is nothing to measure against yet."))
    return found


def _fact(fact: Fact) -> dict[str, Any]:
    p10, p50, p90 = fact.range or (None, None, None)
    return {
        "path": str(fact.path),
        "title": str(fact.title),
        "kind": fact.kind.value,
        "unit": fact.unit.value,
        "signed": None if fact.range is None else {"p10": p10, "p50": p50, "p90": p90},
        "actual": fact.actual,
        "percentile": fact.percentile,
        "position": fact.position.value,
        "months": fact.months,
        "of_months": fact.of_months,
        "is_settled": fact.is_settled,
    }


def _range(figure: Any) -> dict[str, float | None]:
    return {name: getattr(figure, name) for name in ("p10", "p50", "p90", "mean")}


def _etag(found: Measured) -> str:
    return f'"{found.decision.id}.{found.version}"'


def _version_in(headers: Headers) -> tuple[int, int]:
    """The decision and the version that a change is of. Raises VersionMissing, ParameterRefused."""
    given = ", ".join(headers.getlist("if-match")).strip()
    if not given:
        raise VersionMissing
    found = _TAG.fullmatch(given)
    if found is None:
        raise ParameterRefused("If-Match", given, _ALLOWED)
    return int(found[1]), int(found[2])


def _tagged(found: Measured) -> Response:
    said = {
        "proposal": found.proposal_id,
        "decision": found.decision.id,
        "signed_version": found.decision.version,
        "version": found.version,
        "saved_by": found.saved_by,
        "saved_at": found.saved_at.isoformat() if found.saved_at else None,
        "is_verified": found.is_verified,
        "document": to_plain(found.actuals),
    }
    return JSONResponse(said, headers={"ETag": _etag(found)})


_OF_ONE = "/api/proposals/{identity}/actuals"
_IF_MATCH = header("If-Match", "The ETag of the actuals that were read.", is_required=True, example='"12.3"')
_IF_NONE_MATCH = header("If-None-Match", "The ETag that is known already.")
_STALE = {
    412: "Somebody entered other actuals, or decided anew, meanwhile: nothing was overwritten.",
    428: "If-Match is missing.",
}
RESOURCE = Resource(
    "Actuals",
    55,
    (
        Operation(
            "GET",
            _OF_ONE,
            read_actuals_of_proposal,
            Actuals,
            parameters=(_IF_NONE_MATCH,),
            others={304: "It is what is known."},
        ),
        Operation(
            "PUT",
            _OF_ONE,
            replace_actuals,
            Actuals,
            takes="Actuals",
            parameters=(_IF_MATCH,),
            others={**_STALE, **NOT_JSON, **REFUSED_DOCUMENT},
        ),
        Operation("GET", f"{_OF_ONE}/comparison", compare_actuals, ActualsComparison),
    ),
)
