"""Records of the Store as the API says them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict
from typing import Any

from fastapi.encoders import jsonable_encoder
from starlette.responses import JSONResponse, Response

from app.api.versions import etag
from db import Decision, Duty, Listed, Page, Revision, Saved, Scenario
from scoping import to_dict
from scoping.reports.digits import settled


def page_of(page: Page[Any]) -> dict[str, Any]:
    """Where a page stands among the others."""
    return {"page": page.number, "pages": page.pages, "total": page.total, "has_more": page.has_more}


def line_of(row: Listed) -> dict[str, Any]:
    """A proposal in a list."""
    review_on = row.review_on.isoformat() if row.review_on else None
    return {**settled(asdict(row)), "saved_at": row.saved_at.isoformat(), "review_on": review_on}


def proposal_of(saved: Saved) -> dict[str, Any]:
    """A proposal as it is saved now."""
    return {"id": saved.id, "version": saved.version, "document": to_dict(saved.proposal)}


def tagged(saved: Saved, status: int = 200, headers: Mapping[str, str] | None = None) -> Response:
    """A proposal as it is saved now, with the tag that its next change names."""
    return JSONResponse(proposal_of(saved), status, headers={"ETag": etag(saved.version), **(headers or {})})


def revision_of(row: Revision) -> dict[str, Any]:
    """A version that was saved."""
    return {
        "version": row.version,
        "content_hash": row.content_hash,
        "changed": [*row.changed],
        "saved_at": row.saved_at.isoformat(),
        "saved_by": row.saved_by,
    }


def decision_of(row: Decision) -> dict[str, Any]:
    """A signed decision. Whose sign-in it was stays here, of signers and owners: names say who it is."""
    found = {**asdict(row), "is_verified": row.is_verified, "state": row.state, "figures": dict(row.figures)}
    found.pop("signed_by_id")
    told: dict[str, Any] = jsonable_encoder({**found, "duties": [_duty_of(each) for each in row.duties]})
    return told


def scenario_of(each: Scenario) -> dict[str, Any]:
    """A saved choice, as the person may see it."""
    told: dict[str, Any] = jsonable_encoder(asdict(each))
    return told


def _duty_of(duty: Duty) -> dict[str, Any]:
    return {"condition": duty.condition, "owner": duty.owner, "due_on": duty.due_on}
