"""`groundwork import`: save documents as new proposals."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace
from contextlib import closing
from dataclasses import replace

from app.cli.command import DONE, Command, printed, read_file
from db import open_store
from scoping import DocumentRefused, Proposal


def _arguments(parser: ArgumentParser) -> None:
    parser.add_argument("files", metavar="FILE", nargs="+")


def _run(options: Namespace) -> int:
    proposals = [_named(name) for name in options.files]
    with closing(open_store()) as store:
        for proposal in proposals:
            saved = store.create(proposal, origin="import")
            print(f"{saved.id}  {printed(proposal.title)}")
    return DONE


def _named(name: str) -> Proposal:
    """The document in a file; its problems are told with the file's name."""
    try:
        return read_file(name)
    except DocumentRefused as refused:
        problems = [replace(problem, path=f"{name}: {problem.path or 'document'}") for problem in refused.problems]
        raise DocumentRefused(problems) from None


COMMAND = Command("import", "save documents as new proposals: all of them, or none", 40, _arguments, _run)
