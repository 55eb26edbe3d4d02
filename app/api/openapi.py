"""The OpenAPI document: made of the operations, and of the documents' own schemas. Nothing of it is written twice."""

from __future__ import annotations

from collections.abc import Mapping
from importlib.metadata import version
from typing import Any

from fastapi import FastAPI
from fastapi.openapi.utils import get_openapi

from app.api.models.common import DOCUMENT_MARK
from app.api.models.saying import NewIdea, NewThread, Reply
from scoping import evidence_schema, schema
from scoping.record.actuals import actuals_schema

_ABOUT = (
    "Proposals, evidence, comments, decisions, portfolio and exports of Groundwork, under the rules of the pages. "
    "Each request says who asks by a personal token, made in Settings, or by the cookie of a sign-in."
)
_DEFINED, _COMPONENTS = "#/$defs/", "#/components/schemas/"
_SECURITY = {
    "token": {"type": "http", "scheme": "bearer", "description": "A personal token, which begins with gw_."},
    "session": {"type": "apiKey", "in": "cookie", "name": "_streamlit_user", "description": "A sign-in at the pages."},
}


def reference(name: str) -> dict[str, str]:
    """What stands where the document refers to a schema."""
    return {"$ref": f"{_COMPONENTS}{_document_name(name)}"}


def openapi_of(app: FastAPI) -> dict[str, Any]:
    """The OpenAPI document (3.1) of an application."""
    found = get_openapi(
        title="Groundwork",
        version=version("groundwork"),
        openapi_version="3.1.0",
        description=_ABOUT,
        routes=app.routes,
    )
    parts = found.setdefault("components", {})
    described = _with_references(parts.get("schemas", {}))
    parts["schemas"] = {**described, **_document("Proposal", schema()), **_document("Evidence", evidence_schema())}
    parts["schemas"] |= _document("Actuals", actuals_schema())
    for each in (NewIdea, NewThread, Reply):
        parts["schemas"] |= _document(each.__name__, each.model_json_schema())
    parts["securitySchemes"] = _SECURITY
    # Where nobody signs in, neither is needed.
    found["security"] = [{"token": []}, {"session": []}, {}]
    return found


def _document_name(name: str) -> str:
    """Documents have names of their own: an answer about a proposal is called Proposal too."""
    return f"{name}Document"


def _document(name: str, of_it: Mapping[str, Any]) -> dict[str, Any]:
    """A document's schema as components: what it defines stands beside it, under names that begin with its own."""
    parts = {
        **of_it.get("$defs", {}),
        "": {key: each for key, each in of_it.items() if key not in ("$defs", "$schema")},
    }
    prefix = _document_name(name)
    return {f"{prefix}{'.' if part else ''}{part}": _moved(each, prefix) for part, each in parts.items()}


def _moved(value: Any, prefix: str) -> Any:
    """The schema with its references where components are."""
    if isinstance(value, list):
        return [_moved(each, prefix) for each in value]
    if not isinstance(value, dict):
        return value
    return {
        key: _moved_reference(each, prefix) if key == "$ref" else _moved(each, prefix) for key, each in value.items()
    }


def _moved_reference(given: Any, prefix: str) -> Any:
    if isinstance(given, str) and given.startswith(_DEFINED):
        return f"{_COMPONENTS}{prefix}.{given.removeprefix(_DEFINED)}"
    return given


def _with_references(value: Any) -> Any:
    """The answers' schemas with a reference wherever a document stands."""
    if isinstance(value, list):
        return [_with_references(each) for each in value]
    if not isinstance(value, dict):
        return value
    if DOCUMENT_MARK in value:
        return reference(value[DOCUMENT_MARK])
    return {key: _with_references(each) for key, each in value.items()}
