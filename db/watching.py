"""What can be seen of the Store from outside: how many saves, which failed and why, and a line in the log for each.

No line holds what people typed: a proposal is named by its id, a person by a label that says nothing about them.
"""

from __future__ import annotations

import logging
import re
import secrets
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from functools import wraps
from hashlib import blake2s
from inspect import signature
from threading import Condition
from typing import Any, ParamSpec, TypeVar

from prometheus_client import CollectorRegistry, Counter

from scoping.errors import GroundworkError

from .errors import DatabaseNotReady, RowRefused, ValueRefused

Parameters = ParamSpec("Parameters")
Result = TypeVar("Result")

# Of our own: when a developer changes a file, the framework reads the modules again, and the library's own registry
# would refuse to know a metric twice.
REGISTRY = CollectorRegistry()
SAVES = Counter("groundwork_saves", "Saves that the database took.", ["kind"], registry=REGISTRY)
FAILED_SAVES = Counter("groundwork_failed_saves", "Saves that failed.", ["kind", "failure"], registry=REGISTRY)
DATABASE_ERRORS = Counter(
    "groundwork_database_errors", "What kept the database from doing its work.", ["failure"], registry=REGISTRY
)

_LOG = logging.getLogger("groundwork")
# Our other errors are answers to the person, who can act on them: nothing failed.
_FAILURES = (DatabaseNotReady, RowRefused, ValueRefused)
_IDENTITY = re.compile(r"[0-9a-f-]{36}")
# With a key that ends with the process, nobody finds out a name by trying names.
_KEY = secrets.token_bytes(16)


class _UnderWay:
    """The saves that have begun and not ended."""

    def __init__(self) -> None:
        self._changed = Condition()
        self._count = 0

    @contextmanager
    def one(self) -> Iterator[None]:
        with self._changed:
            self._count += 1
        try:
            yield
        finally:
            with self._changed:
                self._count -= 1
                self._changed.notify_all()

    def wait(self, seconds: float) -> bool:
        with self._changed:
            return self._changed.wait_for(lambda: not self._count, seconds)


_under_way = _UnderWay()


def wait_for_saves(seconds: float) -> bool:
    """Wait until every save that is under way has ended. False where some have not after that time."""
    return _under_way.wait(seconds)


def watched(save: Callable[Parameters, Result]) -> Callable[Parameters, Result]:
    """A method that writes: counted, waited for at the end of the process, and told in the log where it fails."""
    declared = signature(save)

    @wraps(save)
    def watching(*args: Parameters.args, **kwargs: Parameters.kwargs) -> Result:
        with _under_way.one():
            try:
                result = save(*args, **kwargs)
            except Exception as error:
                if isinstance(error, _FAILURES) or not isinstance(error, GroundworkError):
                    _failed(save.__qualname__, declared.bind(*args, **kwargs).arguments, error)
                raise
        SAVES.labels(save.__qualname__).inc()
        return result

    return watching


def _failed(kind: str, arguments: Mapping[str, Any], error: Exception) -> None:
    failure = error.failure.value if isinstance(error, DatabaseNotReady) else type(error).__name__
    FAILED_SAVES.labels(kind, failure).inc()
    ids = {"kind": kind, "proposal": _proposal(arguments), "person": _person(arguments), "failure": failure}
    if isinstance(error, DatabaseNotReady):
        ids["code"] = error.code
        error.is_logged = True
    _LOG.error("save failed", extra={"ids": ids})


def _proposal(arguments: Mapping[str, Any]) -> str:
    """An address may hold anything where an id belongs."""
    identity = str(arguments.get("identity", ""))
    return identity if _IDENTITY.fullmatch(identity) else "-"


def _person(arguments: Mapping[str, Any]) -> str:
    """The id of who signed in; otherwise the same label for the same name, as long as the process runs."""
    acting = getattr(arguments.get("self"), "person", None)
    if acting is not None and acting.is_signed_in:
        return str(acting.id)
    request = arguments.get("request")
    name = str(arguments.get("actor") or getattr(request, "decided_by", "") or "")
    return f"person-{blake2s(name.encode('utf-8', 'replace'), key=_KEY, digest_size=4).hexdigest()}" if name else "-"
