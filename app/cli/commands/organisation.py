"""`groundwork organisation`: what the organisation lays down, out as one file, and in again after a look."""

from __future__ import annotations

import sys
from argparse import ArgumentParser, Namespace
from contextlib import closing
from pathlib import Path

from app.cli.command import DONE, STANDARD_STREAM, Command, printed
from app.session.shared import default_language
from db import AT_A_COMMAND, LONGEST_WHY, Store, open_store
from scoping.organisation import OrganisationFile, read_file, would_be, write_file
from scoping.reports.changes import Change
from scoping.reports.settings import settings_changes
from scoping.text.languages import say

_LONGEST_VALUE = 120


def _arguments(parser: ArgumentParser) -> None:
    added = parser.add_subparsers(required=True, metavar="WHAT")
    out = added.add_parser("export", help="write everything that is laid down as one JSON file")
    out.add_argument("--output", metavar="PATH", default=STANDARD_STREAM, help="the file (default: standard output)")
    out.set_defaults(act=_export)
    into = added.add_parser("import", help="say what a file would change; with --apply, lay it down")
    into.add_argument("file", metavar="FILE")
    into.add_argument("--apply", action="store_true", help="lay it down: all of it, or nothing")
    into.add_argument("--why", default="", help=f"stands in the history (at most {LONGEST_WHY} letters)")
    into.set_defaults(act=_import)


def _run(options: Namespace) -> int:
    with closing(open_store(patience=AT_A_COMMAND)) as store:
        status: int = options.act(store, options)
    return status


def _export(store: Store, options: Namespace) -> int:
    text = write_file(store.organisation.exported())
    if options.output == STANDARD_STREAM:
        sys.stdout.write(text)
    else:
        Path(options.output).write_text(text, encoding="utf-8")
    return DONE


def _import(store: Store, options: Namespace) -> int:
    file = read_file(_content(options.file))
    now, version = store.organisation.exported(), store.organisation.current().version
    for each in settings_changes(now, would_be(now, file)):
        print(_said(each))
    if not options.apply:
        print("Nothing was laid down: add --apply.", file=sys.stderr)
        return DONE
    return _laid_down(store, file, version, options.why)


def _laid_down(store: Store, file: OrganisationFile, version: int, why: str) -> int:
    laid_down = store.organisation.bring_in(file, version, why)
    print(f"Laid down: version {laid_down.version}.", file=sys.stderr)
    return DONE


def _content(name: str) -> bytes:
    return sys.stdin.buffer.read() if name == STANDARD_STREAM else Path(name).read_bytes()


def _said(change: Change) -> str:
    language = default_language()
    label, old, new = (printed(say(each, language), _LONGEST_VALUE) for each in (change.label, change.old, change.new))
    return f"{label}: {old or '-'} -> {new or '-'}"


COMMAND = Command("organisation", "export and import what the organisation lays down", 77, _arguments, _run)
