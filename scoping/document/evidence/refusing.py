"""Whether evidence is refused for its figures: what was saved before a rule was made is read as it is."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar

from ..allowed import not_allowed

_WAS_SAVED: ContextVar[bool] = ContextVar("was_saved", default=False)


def refuse(kind: str, said: str) -> None:
    """Raises a validation error with what is allowed, but not while something is read `as_it_was_saved`."""
    if not _WAS_SAVED.get():
        raise not_allowed(kind, said)


@contextmanager
def as_it_was_saved() -> Iterator[None]:
    """Read evidence that an earlier Groundwork let in, whatever its figures."""
    before = _WAS_SAVED.set(True)
    try:
        yield
    finally:
        _WAS_SAVED.reset(before)
