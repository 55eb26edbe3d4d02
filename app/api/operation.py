"""One thing that the API does: how it is asked for, what it takes and answers. Files of `resources` declare some."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Annotated, Any

from fastapi import Depends, FastAPI
from pydantic import BaseModel
from starlette.requests import Request

from app.api.answers import answering
from app.api.bodies import JSON, MERGE_PATCH, body_of
from app.api.entry import Asked
from app.api.models.common import Refusal
from app.api.openapi import reference


async def _reading(request: Request) -> Asked:
    return Asked(request)


async def _writing(request: Request) -> Asked:
    return Asked(request, await body_of(request, (JSON,)))


async def _patching(request: Request) -> Asked:
    return Asked(request, await body_of(request, (MERGE_PATCH, JSON)))


Reading = Annotated[Asked, Depends(_reading)]
"""A request without a body."""
Writing = Annotated[Asked, Depends(_writing)]
"""A request with a document."""
Patching = Annotated[Asked, Depends(_patching)]
"""A request with a part of a document."""


@dataclass(frozen=True)
class Operation:
    """`work` gives the answer, as `answer` describes it; `takes` names the document that the body is.

    `parameters` are headers that it reads, `others` further answers by status, `files` the media types of a file.
    """

    method: str
    path: str
    work: Callable[..., Any]
    answer: type[BaseModel] | None
    status: int = 200
    takes: str = ""
    media_types: tuple[str, ...] = (JSON,)
    parameters: tuple[Mapping[str, Any], ...] = ()
    others: Mapping[int, str] = field(default_factory=dict)
    files: tuple[str, ...] = ()

    @property
    def name(self) -> str:
        """By which clients that are made from the OpenAPI document call it."""
        return self.work.__name__.strip("_")

    def add_to(self, app: FastAPI) -> None:
        """Let an application answer it."""
        app.add_api_route(
            self.path,
            answering(self.work),
            methods=[self.method],
            operation_id=self.name,
            summary=self.name.replace("_", " ").capitalize(),
            description=(self.work.__doc__ or "").strip(),
            status_code=self.status,
            response_model=self.answer,
            responses=self._responses(),
            openapi_extra=self._extra(),
        )

    def _responses(self) -> dict[int | str, dict[str, Any]]:
        found: dict[int | str, dict[str, Any]] = {
            "default": {"description": "Refused: what was wrong, and what is allowed.", "model": Refusal}
        }
        for status, said in self.others.items():
            said_in = Refusal if status >= 400 else self.answer if status < 300 else None
            found[status] = {"description": said, **({"model": said_in} if said_in else {})}
        return found | ({200: {"content": {each: {} for each in self.files}}} if self.files else {})

    def _extra(self) -> dict[str, Any]:
        found: dict[str, Any] = {"parameters": [dict(each) for each in self.parameters]} if self.parameters else {}
        if self.takes:
            content = {each: {"schema": self._schema(each)} for each in self.media_types}
            found["requestBody"] = {"required": True, "content": content}
        return found

    def _schema(self, _media_type: str) -> dict[str, Any]:
        return {"type": "object"} if MERGE_PATCH in self.media_types else reference(self.takes)


@dataclass(frozen=True)
class Resource:
    """What belongs together: a thing, and what is done with it."""

    title: str
    place: int
    operations: tuple[Operation, ...]


def header(name: str, description: str, *, is_required: bool = False, example: str = "") -> Mapping[str, Any]:
    """A header that an operation reads by itself."""
    schema = {"type": "string", **({"examples": [example]} if example else {})}
    return {"name": name, "in": "header", "required": is_required, "description": description, "schema": schema}


IF_MATCH = header("If-Match", "The ETag of the version that the change is of.", is_required=True, example='"1"')
STALE = {
    412: "Somebody saved meanwhile: `version` is saved now, and differs from what was sent at the paths of `changed`.",
    428: "If-Match is missing.",
}
REFUSED_DOCUMENT = {422: "The document is refused: `problems` holds path, value and what is allowed."}
NOT_JSON = {413: "The body is too large.", 415: "The body is no JSON."}
