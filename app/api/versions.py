"""Versions of a proposal as HTTP speaks of them: ETag, If-Match, If-None-Match (RFC 9110, section 13)."""

from __future__ import annotations

import re

from starlette.datastructures import Headers

from app.api.refusals import ParameterRefused, VersionMissing

_TAG = re.compile(r'"([1-9][0-9]{0,8})"')


def etag(version: int) -> str:
    """The entity tag of a version."""
    return f'"{version}"'


def version_in(headers: Headers) -> int:
    """The version that a change is of. Raises VersionMissing, ParameterRefused."""
    found = known_version(headers)
    if found is None:
        raise VersionMissing
    return found


def known_version(headers: Headers) -> int | None:
    """The version that a change is of, where it says so. Raises ParameterRefused.

    A change of any version (`*`), of one of several, or of one that is only like it, could undo what another one saved.
    """
    given = ", ".join(headers.getlist("if-match")).strip()
    if not given:
        return None
    found = _TAG.fullmatch(given)
    if found is None:
        raise ParameterRefused("If-Match", given, 'must be the ETag of the version that you read, such as "3"')
    return int(found[1])


def is_known(headers: Headers, version: int) -> bool:
    """Whether who asks has that version already; `*` is any (RFC 9110, section 13.1.2)."""
    given = ",".join(headers.getlist("if-none-match")).split(",")
    return not {"*", etag(version)}.isdisjoint(each.strip().removeprefix("W/") for each in given)
