"""/api/proposals/ID/comments: what people write about a proposal, in threads about its places."""

from __future__ import annotations

from dataclasses import asdict
from typing import Annotated, Any

from fastapi import Query
from starlette.responses import JSONResponse, Response

from app.api.bodies import said_in
from app.api.entry import Asked
from app.api.models.saying import NewThread, Reply, Threads
from app.api.models.saying import Thread as ThreadAnswer
from app.api.operation import NOT_JSON, REFUSED_DOCUMENT, Operation, Reading, Resource, Writing
from app.api.parameters import Before, ThreadNumber
from db import Remark, Thread

_LAST = 999_999_999


def list_comments(
    asked: Reading,
    identity: str,
    before: Before = _LAST,
    is_open: Annotated[bool | None, Query(description="Only threads that are open, or that are not.")] = None,
) -> dict[str, Any]:
    """Threads of comments on a proposal, the newest first."""
    found = asked.store().commenting.threads(identity, is_open=is_open, before=before)
    return {"threads": [_told(each) for each in found.threads], "before": found.before}


def begin_thread(asked: Writing, identity: str) -> Response:
    """Write a comment about a place of the proposal."""
    store, said = asked.store(), said_in(NewThread, asked.body)
    remark, by = Remark(said.text, tuple(said.mentions)), said.by or _by(asked)
    return JSONResponse(_told(store.commenting.write(identity, said.place, remark, by)), 201)


def reply_to_thread(asked: Writing, identity: str, thread: ThreadNumber) -> Response:
    """Write a comment into a thread; a resolved one is opened again."""
    store, said = asked.store(), said_in(Reply, asked.body)
    found = store.commenting.reply(identity, thread, Remark(said.text, tuple(said.mentions)), said.by or _by(asked))
    return JSONResponse(_told(found), 201)


def resolve_thread(asked: Reading, identity: str, thread: ThreadNumber) -> dict[str, Any]:
    """Settle a thread."""
    store = asked.store()
    store.commenting.resolve(identity, thread, _by(asked))
    return _told(store.commenting.thread(identity, thread))


def reopen_thread(asked: Reading, identity: str, thread: ThreadNumber) -> dict[str, Any]:
    """Open a thread that was settled."""
    store = asked.store()
    store.commenting.reopen(identity, thread, _by(asked))
    return _told(store.commenting.thread(identity, thread))


def _by(asked: Asked) -> str:
    """A name for the records where nobody signs in: that of the token, or by which way it came."""
    return asked.actor or "API"


def _told(thread: Thread) -> dict[str, Any]:
    changed_at = thread.changed_at.isoformat() if thread.changed_at else None
    comments = [{**asdict(each), "mentions": [*each.mentions], "at": each.at.isoformat()} for each in thread.comments]
    return {**asdict(thread), "changed_at": changed_at, "comments": comments}


_OF_ONE = "/api/proposals/{identity}/comments"
_REFUSED = {**NOT_JSON, **REFUSED_DOCUMENT}
RESOURCE = Resource(
    "Comments",
    45,
    (
        Operation("GET", _OF_ONE, list_comments, Threads),
        Operation("POST", _OF_ONE, begin_thread, ThreadAnswer, status=201, takes="NewThread", others=_REFUSED),
        Operation(
            "POST", f"{_OF_ONE}/{{thread}}/replies", reply_to_thread, ThreadAnswer, status=201, takes="Reply",
            others=_REFUSED,
        ),
        Operation("POST", f"{_OF_ONE}/{{thread}}/resolve", resolve_thread, ThreadAnswer),
        Operation("POST", f"{_OF_ONE}/{{thread}}/reopen", reopen_thread, ThreadAnswer),
    ),
)  # fmt: skip
