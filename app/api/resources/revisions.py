"""/api/proposals/ID/revisions: every version that was saved."""

from __future__ import annotations

from typing import Any

from app.api.lines import page_of, revision_of
from app.api.models.proposals import Revision, Revisions
from app.api.operation import Operation, Reading, Resource
from app.api.parameters import PageNumber, VersionNumber
from scoping import to_dict


def list_revisions(asked: Reading, identity: str, page: PageNumber = 1) -> dict[str, Any]:
    """The versions of a proposal, newest first, each with the paths that it changed."""
    found = asked.store().revisions(identity, page)
    return {**page_of(found), "revisions": [revision_of(row) for row in found.rows]}


def read_revision(asked: Reading, identity: str, version: VersionNumber) -> dict[str, Any]:
    """One version of a proposal, with its document."""
    found = asked.store().revision(identity, version)
    return {**revision_of(found), "document": to_dict(found.proposal)}


_OF_ONE = "/api/proposals/{identity}/revisions"
RESOURCE = Resource(
    "Revisions",
    30,
    (
        Operation("GET", _OF_ONE, list_revisions, Revisions),
        Operation("GET", f"{_OF_ONE}/{{version}}", read_revision, Revision),
    ),
)
