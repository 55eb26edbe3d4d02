"""`groundwork schema`: the JSON Schema of what Groundwork reads and writes."""

from __future__ import annotations

import json
from argparse import ArgumentParser, Namespace
from collections.abc import Callable, Mapping
from typing import Any

from app.cli.command import DONE, Command
from scoping import evidence_schema, schema
from scoping.organisation import organisation_schema
from scoping.reports.data_formats.handoff import handoff_schema

_SCHEMAS: Mapping[str, Callable[[], dict[str, Any]]] = {
    "proposal": schema,
    "handoff": handoff_schema,
    "evidence": evidence_schema,
    "organisation": organisation_schema,
}


def _arguments(parser: ArgumentParser) -> None:
    parser.add_argument("--of", choices=tuple(_SCHEMAS), default="proposal", help="of what (default proposal)")
    parser.add_argument(
        "--evidence", dest="of", action="store_const", const="evidence", help="the same as --of evidence"
    )


def _run(options: Namespace) -> int:
    print(json.dumps(_SCHEMAS[options.of](), indent=2, ensure_ascii=False))
    return DONE


COMMAND = Command(
    "schema",
    "print the JSON Schema of the document, of the handoff, of evidence, or of an organisation's settings",
    50,
    _arguments,
    _run,
)
