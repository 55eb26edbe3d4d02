"""Requests that bear a personal token: whoever brings one is known by it, and by nothing else that the request says."""

from __future__ import annotations

import re

from starlette.datastructures import Headers

from db import TOKEN_BEGINNING

_SCHEME = re.compile(r"bearer(?:\s+(.*))?", re.IGNORECASE | re.DOTALL)


def bears_token(headers: Headers) -> bool:
    """Whether a request claims to bear a token of ours, a good one or not."""
    return any((token_in(each) or "").startswith(TOKEN_BEGINNING) for each in headers.getlist("authorization"))


def token_in(value: str) -> str | None:
    """What stands after Bearer in an Authorization header; None where it is of another kind (RFC 6750)."""
    found = _SCHEME.fullmatch(value.strip())
    return (found[1] or "").strip() if found else None
