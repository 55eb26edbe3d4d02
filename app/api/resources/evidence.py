"""/api/proposals/ID/evidence: what a probe measured, attached to a proposal."""

from __future__ import annotations

from typing import Annotated, Any

from fastapi import Query
from starlette.responses import Response

from app.api.bodies import json_of
from app.api.lines import tagged
from app.api.models.measured import EvidenceDocuments
from app.api.models.proposals import Proposal
from app.api.operation import NOT_JSON, REFUSED_DOCUMENT, Operation, Reading, Resource, Writing
from app.fields.words import short
from db import Saved, StaleSave, Store
from scoping import Evidence, read_evidence, to_dict
from scoping.document.editing import with_evidence

_TRIES = 4
"""Others may save at the same moment: what is attached goes beside whatever they saved."""


def list_evidence(asked: Reading, identity: str) -> dict[str, Any]:
    """The evidence documents that a proposal carries."""
    saved = asked.store().get(identity)
    return {"version": saved.version, "evidence": to_dict(saved.proposal).get("evidence", [])}


def attach_evidence(
    asked: Writing, identity: str, alternative: Annotated[str, Query(description="What it measured, by name.")] = ""
) -> Response:
    """Attach an evidence document, exactly as the probe wrote it. One that is attached already stays as it is."""
    store = asked.store()
    evidence = read_evidence(json_of(asked.body))
    for _ in range(_TRIES - 1):
        try:
            return _attached(store, identity, evidence, alternative, (asked.actor, asked.origin))
        except StaleSave:
            continue
    return _attached(store, identity, evidence, alternative, (asked.actor, asked.origin))


def _attached(store: Store, identity: str, evidence: Evidence, alternative: str, by: tuple[str, str]) -> Response:
    actor, origin = by
    saved = store.get(identity)
    if any(each.id == evidence.id for each in saved.proposal.evidence):
        # Saves nothing, and asks whether this person may.
        return _with_evidence(store.save(identity, saved.proposal, saved.version), 200)
    proposal = with_evidence(saved.proposal, evidence, alternative)
    note = f"evidence of {short(evidence.source.name)} attached, {origin}"
    return _with_evidence(store.save(identity, proposal, saved.version, actor, note), 201)


def _with_evidence(saved: Saved, status: int) -> Response:
    return tagged(saved, status, {"Location": f"/api/proposals/{saved.id}/evidence"})


_OF_ONE = "/api/proposals/{identity}/evidence"
RESOURCE = Resource(
    "Evidence",
    40,
    (
        Operation("GET", _OF_ONE, list_evidence, EvidenceDocuments),
        Operation(
            "POST",
            _OF_ONE,
            attach_evidence,
            Proposal,
            status=201,
            takes="Evidence",
            others={200: "It is attached already.", **NOT_JSON, **REFUSED_DOCUMENT},
        ),
    ),
)
