"""The published schema of the document, made ready once: to check the schema itself takes most of the time."""

from __future__ import annotations

from functools import cache

from jsonschema import Draft202012Validator

from scoping import schema


@cache
def published() -> Draft202012Validator:
    """What validates a document by it. Raises SchemaError where it is no schema."""
    found = schema()
    Draft202012Validator.check_schema(found)
    return Draft202012Validator(found)
