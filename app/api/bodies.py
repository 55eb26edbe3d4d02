"""What requests bring: JSON alone, no larger and no deeper than a document."""

from __future__ import annotations

from typing import Any, TypeVar

from pydantic import BaseModel, ValidationError
from starlette.requests import Request

from app.api.refusals import BodyTooLarge, NotJson
from app.door.sizes import LARGEST_DOCUMENT
from scoping import DocumentRefused, Problem
from scoping.document.reading import parsed
from scoping.document.refusal import refusal_of

Said = TypeVar("Said", bound=BaseModel)

JSON, MERGE_PATCH = "application/json", "application/merge-patch+json"
_DEEPEST = 64


async def body_of(request: Request, media_types: tuple[str, ...]) -> bytes:
    """The body. Raises NotJson, BodyTooLarge."""
    given = request.headers.get("content-type", "")
    if given.partition(";")[0].strip().lower() not in media_types:
        raise NotJson(given, " or ".join(media_types))
    content = bytearray()
    async for part in request.stream():
        content += part
        if len(content) > LARGEST_DOCUMENT:
            raise BodyTooLarge
    return bytes(content)


def json_of(content: bytes) -> Any:
    """What a body says. Raises DocumentRefused where it is no JSON, says two things at once, or nests without end."""
    found = parsed(content)
    if _is_deep(found):
        raise DocumentRefused([Problem("", "", "is nested too deeply")])
    return found


def said_in(kind: type[Said], content: bytes) -> Said:
    """What a body says, as that model. Raises DocumentRefused, with each field that is wrong."""
    try:
        return kind.model_validate(json_of(content))
    except ValidationError as refused:
        raise refusal_of(refused, kind) from None


def _is_deep(value: Any) -> bool:
    """Whether it nests deeper than any document, found level by level: a recursion would come to its own end first."""
    level = [value]
    for _ in range(_DEEPEST):
        level = [inner for each in level for inner in _inside(each)]
        if not level:
            return False
    return True


def _inside(value: Any) -> list[Any]:
    found = value.values() if isinstance(value, dict) else value if isinstance(value, list) else ()
    return [each for each in found if isinstance(each, (dict, list))]


def merged(target: Any, patch: Any) -> Any:
    """The target after a merge patch: what is null goes, objects are merged, anything else takes the place of the old.

    Source: RFC 7396, section 2.
    """
    if not isinstance(patch, dict):
        return patch
    found = dict(target) if isinstance(target, dict) else {}
    for name, value in patch.items():
        if value is None:
            found.pop(name, None)
        else:
            found[name] = merged(found.get(name), value)
    return found
