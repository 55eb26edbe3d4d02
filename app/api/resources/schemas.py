"""/api/schema: what a proposal document may say. The OpenAPI document is beside it, in `routes`."""

from __future__ import annotations

from typing import Any

from app.api.models.common import Schema
from app.api.operation import Operation, Reading, Resource
from scoping import schema


def document_schema(asked: Reading) -> dict[str, Any]:
    """The JSON Schema of a proposal document. It needs no database unless somebody has to have signed in."""
    asked.let_in()
    return schema()


RESOURCE = Resource("Schema", 10, (Operation("GET", "/api/schema", document_schema, Schema),))
