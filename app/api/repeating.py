"""A request that may be sent again, because its answer was lost: with a key it makes one thing only.

Source: draft-ietf-httpapi-idempotency-key-header.
"""

from __future__ import annotations

import re

from starlette.datastructures import Headers

from app.api.operation import header
from app.api.refusals import ParameterRefused

_KEY = re.compile(r"[\x21-\x7e]{1,200}")
ONCE = header("Idempotency-Key", "Any text of the caller's own, new for each new thing.", example="import-7")
"""The header that makes a request safe to send again."""


def key_in(headers: Headers) -> str:
    """The key of a request; empty without one. Raises ParameterRefused."""
    given = headers.getlist("idempotency-key")
    if not given:
        return ""
    if len(given) > 1 or not _KEY.fullmatch(given[0]):
        said = ", ".join(given)
        raise ParameterRefused("Idempotency-Key", said, "must have 1 to 200 letters, digits or signs, and no space")
    return given[0]
