"""What many answers of the API have in common: refusals, pages of lists, documents with a schema of their own."""

from __future__ import annotations

from typing import Annotated, Any

from pydantic import BaseModel, Field, WithJsonSchema

DOCUMENT_MARK = "x-groundwork-document"
"""Stands where the OpenAPI document refers to the schema of a document by that name."""

ProposalDocument = Annotated[dict[str, Any], WithJsonSchema({DOCUMENT_MARK: "Proposal"})]
ActualsDocument = Annotated[dict[str, Any], WithJsonSchema({DOCUMENT_MARK: "Actuals"})]
EvidenceDocument = Annotated[dict[str, Any], WithJsonSchema({DOCUMENT_MARK: "Evidence"})]


class Problem(BaseModel):
    """One thing that is wrong with a document."""

    path: str = Field(description="Where, such as alternatives.1.metrics.recall; empty for the whole document.")
    value: str = Field(description="What stands there, shortened.")
    allowed: str = Field(description="What may stand there.")


class Refusal(BaseModel):
    """What was wrong, and what is allowed."""

    error: str
    problems: list[Problem] | None = Field(None, description="Of a document that is refused.")
    total: int | None = Field(None, description="How many problems there are; very many are not all told.")
    version: int | None = Field(None, description="The version that is saved now, where somebody saved meanwhile.")
    changed: list[str] | None = Field(None, description="The paths at which it differs from what was sent.")


class Listing(BaseModel):
    """A page of a list; `total` counts all, or a part where `has_more`."""

    page: int
    pages: int
    total: int
    has_more: bool


class Figures(BaseModel):
    """An assessment, as `groundwork assess --json` prints it."""

    model_config = {"extra": "allow"}


class Schema(BaseModel):
    """A JSON Schema, or an OpenAPI document."""

    model_config = {"extra": "allow"}
