"""Sections Data and Operations: what there is to learn from, and what production asks for."""

from __future__ import annotations

from typing import Annotated, Any

from pydantic import GetCoreSchemaHandler, GetJsonSchemaHandler
from pydantic.json_schema import JsonSchemaValue
from pydantic_core import CoreSchema, core_schema

from ..vocabulary import DataStructure, PersonalData
from .fields import LONGEST_TEXT, PlainCount, PlainShare, Section, group, optional, rows, text, word
from .problem import Text


class _Named:
    """A row may be written as a bare sentence: it is the row with that name."""

    def __get_pydantic_core_schema__(self, source: Any, handler: GetCoreSchemaHandler) -> CoreSchema:
        return core_schema.no_info_before_validator_function(self._row, handler(source))

    def __get_pydantic_json_schema__(self, schema: CoreSchema, handler: GetJsonSchemaHandler) -> JsonSchemaValue:
        return {"anyOf": [handler(schema), {"type": "string", "maxLength": LONGEST_TEXT}]}

    @staticmethod
    def _row(raw: Any) -> Any:
        return {"name": raw} if isinstance(raw, str) else raw


named = _Named()


class DataSource(Section):
    """One place that inputs or labels come from."""

    name: str = text("Source", "The table, sensor, archive or vendor.")
    owner: str = text("Owner", "Who can grant access.")
    access: str = text("Access", "Granted, requested, or not asked yet.")
    notes: str = text("Notes", "Known gaps, delays, changes of format.")


class Data(Section):
    """What there is to learn from."""

    sources: list[Annotated[DataSource, named]] = rows("Sources", "Where the inputs and labels come from.")
    structure: DataStructure | None = word(
        "Kind of data", "Tables (structured), or images, audio and text (unstructured)."
    )
    labels: str = text("Labels", "How the right answers become known, who writes them, how long that takes.", long=True)
    size: PlainCount | None = optional("Labelled examples", "How many labelled examples exist today.", unit="examples")
    gigabytes: PlainCount | None = optional("Volume", "How large the raw data is, in gigabytes.", unit="GB")
    personal: PersonalData | None = word(
        "People in the data",
        "Whether rows speak of people. Special: health, origin, belief and the like (GDPR art. 9).",
    )
    privacy: str = text(
        "Privacy", "Personal or confidential data, its legal basis, where it may be processed.", long=True
    )
    quality: str = text("Quality", "Known errors, gaps, duplicates, and how the data was checked.", long=True)


class Latency(Section):
    """How fast an answer must be, and how fast it is."""

    budget: PlainCount | None = optional(
        "Latency budget", "The longest that a prediction may take, in milliseconds.", unit="ms"
    )
    expected: PlainCount | None = optional(
        "Expected latency", "What you measured or expect, in milliseconds.", unit="ms"
    )


class Operations(Section):
    """What production asks for."""

    latency_ms: Latency = group("Latency", "How fast an answer must be, in milliseconds.", Latency)
    throughput: PlainCount | None = optional("Throughput", "Predictions a second at the busiest time.")
    availability: PlainShare | None = optional("Availability", "Share of the time that it must be up.")
    explainability: str = text("Explainability", "Who must understand a single prediction, and how well.", long=True)
    features_at_risk: list[Text] = rows(
        "Features at risk", "Inputs that may vanish, change meaning, or arrive too late."
    )
