"""/api/proposals/ID/exports/FORMAT: the files of the Review page."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from threading import BoundedSemaphore, Lock
from typing import Annotated

from fastapi import Query
from starlette.responses import Response

from app.api.operation import Operation, Reading, Resource
from app.api.refusals import TooMany
from app.exports.notes import summary_of
from app.session.shared import default_language
from scoping import UnknownFormat
from scoping.reports import formats, render
from scoping.reports.filenames import file_name
from scoping.text.languages import language_of

_AT_ONCE = 2
_RETRY_SECONDS = 5
_slots = BoundedSemaphore(_AT_ONCE)
_under_way: set[str] = set()
_lock = Lock()


def export_proposal(
    asked: Reading,
    identity: str,
    format_name: str,
    language: Annotated[str, Query(description="Such as en, en_GB, de; that of the team where it is left out.")] = "",
) -> Response:
    """The summary of a proposal as a file. It takes seconds, so each person is made one at a time."""
    store, known = asked.store(), formats()
    if format_name not in known:
        raise UnknownFormat(format_name, list(known))
    spoken = language_of(language) if language else default_language()
    store.version(identity)
    with _one_at_a_time(store.person.id):
        summary = summary_of(store, identity, spoken)
        content = render(summary, format_name)
    chosen = known[format_name]
    disposition = f'attachment; filename="{file_name(store.get(identity).proposal.title, chosen.suffix)}"'
    return Response(content, headers={"Content-Type": chosen.media_type, "Content-Disposition": disposition})


@contextmanager
def _one_at_a_time(person: str) -> Iterator[None]:
    """One file a person, and few in all: each takes memory and a processor. Raises TooMany."""
    with _lock:
        if person in _under_way:
            raise TooMany("A file of yours is being made. Ask again when it is done.", _RETRY_SECONDS)
        if not _slots.acquire(blocking=False):
            raise TooMany("Other files are being made. Ask again in a moment.", _RETRY_SECONDS)
        _under_way.add(person)
    try:
        yield
    finally:
        with _lock:
            _under_way.discard(person)
            _slots.release()


RESOURCE = Resource(
    "Exports",
    70,
    (
        Operation(
            "GET",
            "/api/proposals/{identity}/exports/{format_name}",
            export_proposal,
            None,
            others={429: "A file is being made already."},
            files=tuple(sorted({each.media_type for each in formats().values()})),
        ),
    ),
)
