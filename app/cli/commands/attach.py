"""`groundwork attach`: put an evidence document that a probe wrote on a saved proposal."""

from __future__ import annotations

import sys
from argparse import ArgumentParser, Namespace
from contextlib import closing
from dataclasses import replace
from pathlib import Path

from app.cli.command import DONE, STANDARD_STREAM, Command, printed
from app.fields.words import short
from db import open_store
from scoping import DocumentRefused, Evidence, read_evidence
from scoping.document.editing import with_evidence
from scoping.document.evidence.reading import MOST_BYTES


def _arguments(parser: ArgumentParser) -> None:
    parser.add_argument("identity", metavar="ID", help="the id of a saved proposal")
    parser.add_argument(
        "file", metavar="FILE", help="the evidence document, as the probe wrote it; - for standard input"
    )
    parser.add_argument("--alternative", metavar="NAME", default="", help="the alternative that it measured")


def _run(options: Namespace) -> int:
    evidence = _evidence(options.file)
    with closing(open_store()) as store:
        saved = store.get(options.identity)
        proposal = with_evidence(saved.proposal, evidence, options.alternative)
        done = store.save(saved.id, proposal, saved.version, note=f"evidence of {short(evidence.source.name)} attached")
    print(f"{done.id}  version {done.version}  {printed(evidence.source.name)}")
    return DONE


def _evidence(name: str) -> Evidence:
    """The evidence in a file, of which no more is read than may be in it; problems bear the file's name."""
    try:
        return read_evidence(_content(name))
    except DocumentRefused as refused:
        problems = [replace(problem, path=f"{name}: {problem.path or 'document'}") for problem in refused.problems]
        raise DocumentRefused(problems) from None


def _content(name: str) -> bytes:
    if name == STANDARD_STREAM:
        return sys.stdin.buffer.read(MOST_BYTES + 1)
    with Path(name).open("rb") as file:
        return file.read(MOST_BYTES + 1)


COMMAND = Command("attach", "put an evidence document that a probe wrote on a saved proposal", 46, _arguments, _run)
