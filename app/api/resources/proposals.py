"""/api/proposals: read, begun, changed, archived."""

from __future__ import annotations

from typing import Any

from starlette.responses import Response

from app.api.bodies import JSON, MERGE_PATCH, json_of, merged
from app.api.lines import line_of, page_of, tagged
from app.api.models.common import Figures
from app.api.models.proposals import Archived, Proposal, Proposals
from app.api.operation import (
    IF_MATCH,
    NOT_JSON,
    REFUSED_DOCUMENT,
    STALE,
    Operation,
    Patching,
    Reading,
    Resource,
    Writing,
    header,
)
from app.api.parameters import Names, OfDemo, OwnValues, PageNumber, SearchText
from app.api.repeating import ONCE, key_in
from app.api.versions import etag, is_known, version_in
from app.session.shared import assess_cached
from db import Filters, StaleSave, Store
from scoping import read, to_dict
from scoping.reports.digits import settled


def list_proposals(
    asked: Reading,
    page: PageNumber = 1,
    text: SearchText = "",
    demo: OfDemo = None,
    tag: Names = [],  # noqa: B006 the framework makes a new one for each request
    own: OwnValues = [],  # noqa: B006
) -> dict[str, Any]:
    """Proposals that are not archived, those that were saved last first."""
    found = asked.store().list(Filters(text=text, demo=demo, tags=tuple(tag), own=tuple(own)), page)
    return {**page_of(found), "proposals": [line_of(row) for row in found.rows]}


def read_proposal(asked: Reading, identity: str) -> Any:
    """A proposal as it is saved now. Its ETag names the version."""
    saved = asked.store().get(identity)
    if is_known(asked.request.headers, saved.version):
        return Response(status_code=304, headers={"ETag": etag(saved.version)})
    return tagged(saved)


def assess_proposal(asked: Reading, identity: str) -> dict[str, Any]:
    """The figures of a proposal: what `groundwork assess --json` prints."""
    figures: dict[str, Any] = assess_cached(asked.store().get(identity).proposal).to_dict()
    return settled(figures)


def create_proposal(asked: Writing) -> Response:
    """A new proposal of the document that is sent. With an Idempotency-Key, the same request again finds the first."""
    store, key = asked.store(), key_in(asked.request.headers)
    saved = store.create(read(json_of(asked.body)), asked.actor, asked.origin, key=key)
    return tagged(saved, 201, {"Location": f"/api/proposals/{saved.id}"})


def replace_proposal(asked: Writing, identity: str) -> Response:
    """The next version of a proposal: the document that is sent, in the place of the one that was read."""
    store, version = asked.store(), version_in(asked.request.headers)
    return tagged(store.save(identity, read(json_of(asked.body)), version, asked.actor, asked.origin))


def change_proposal(asked: Patching, identity: str) -> Response:
    """The next version of a proposal: the one that was read after a merge patch (RFC 7396); null takes a field out."""
    store, version = asked.store(), version_in(asked.request.headers)
    saved, patch = store.get(identity), json_of(asked.body)
    if saved.version != version:
        raise StaleSave(saved, _changed_since(store, identity, version))
    document = read(merged(to_dict(saved.proposal), patch))
    return tagged(store.save(identity, document, version, asked.actor, asked.origin))


def _changed_since(store: Store, identity: str, version: int) -> tuple[str, ...]:
    """What the saves after a version changed."""
    found: dict[str, None] = {}
    for row in store.revisions(identity).rows:
        if row.version > version:
            found.update(dict.fromkeys(row.changed))
    return tuple(sorted(found))


def archive_proposal(asked: Reading, identity: str) -> dict[str, Any]:
    """Take a proposal out of the lists. Nothing is deleted."""
    asked.store().archive(identity, asked.actor)
    return {"id": identity, "archived": True}


def restore_proposal(asked: Reading, identity: str) -> dict[str, Any]:
    """Bring an archived proposal back."""
    asked.store().restore(identity, asked.actor)
    return {"id": identity, "archived": False}


_ONE = "/api/proposals/{identity}"
_IF_NONE_MATCH = header("If-None-Match", "The ETag that is known already.")
RESOURCE = Resource(
    "Proposals",
    20,
    (
        Operation("GET", "/api/proposals", list_proposals, Proposals),
        Operation(
            "POST",
            "/api/proposals",
            create_proposal,
            Proposal,
            status=201,
            takes="Proposal",
            parameters=(ONCE,),
            others={**NOT_JSON, **REFUSED_DOCUMENT},
        ),
        Operation(
            "GET", _ONE, read_proposal, Proposal, parameters=(_IF_NONE_MATCH,), others={304: "It is what is known."}
        ),
        Operation(
            "PUT",
            _ONE,
            replace_proposal,
            Proposal,
            takes="Proposal",
            parameters=(IF_MATCH,),
            others={**STALE, **NOT_JSON, **REFUSED_DOCUMENT},
        ),
        Operation(
            "PATCH",
            _ONE,
            change_proposal,
            Proposal,
            takes="Proposal",
            media_types=(MERGE_PATCH, JSON),
            parameters=(IF_MATCH,),
            others={**STALE, **NOT_JSON, **REFUSED_DOCUMENT},
        ),
        Operation("POST", f"{_ONE}/archive", archive_proposal, Archived),
        Operation("POST", f"{_ONE}/restore", restore_proposal, Archived),
        Operation("GET", f"{_ONE}/assessment", assess_proposal, Figures),
    ),
)
