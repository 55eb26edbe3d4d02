"""`groundwork probe`: measures what a sample of data shows, where the data is, and writes one evidence document."""

from __future__ import annotations

import errno
import os
import sys
from argparse import ArgumentParser, ArgumentTypeError, Namespace
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import get_args

from app.cli.command import DONE, STANDARD_STREAM, Command
from app.fields.words import short
from scoping.document.evidence import Evidence, TaskMeasured
from scoping.probe.asked import MOST_MEGABYTES, Asked, Limits, Roles
from scoping.probe.running import Running, start
from scoping.reports.layout import printable
from scoping.reports.summarising.measured import account
from scoping.text.evidence import stage_said

_SOURCE_HELP = (
    f"a CSV, Parquet, JSON-lines or Excel file of {MOST_MEGABYTES:,} MB at most (book.xlsx#Sheet for one sheet), "
    "postgresql://user:password@host/database#schema.table, spark://host:port/schema.table, "
    "or spark://local[2]//path/to/table.parquet"
)
_LOOK_EVERY = 0.2
_DEFAULTS = Limits()


def _arguments(parser: ArgumentParser) -> None:
    parser.add_argument("source", metavar="SOURCE", help=_SOURCE_HELP)
    parser.add_argument("--target", required=True, metavar="COLUMN", help="what is to be predicted")
    parser.add_argument(
        "--time", default="", metavar="COLUMN", help="when a row happened: then later rows are held back"
    )
    parser.add_argument("--group", default="", metavar="COLUMN", help="whose a row is: then whole groups are held back")
    parser.add_argument("--second-label", default="", metavar="COLUMN", help="the label of a second person")
    parser.add_argument(
        "--personal", nargs="+", action="extend", default=[], metavar="COLUMN", help="told by name alone"
    )
    parser.add_argument("--positive", default="", metavar="VALUE", help="the class that counts (default the rarer one)")
    parser.add_argument(
        "--task", choices=get_args(TaskMeasured), help="what to learn (default: as the target suggests)"
    )
    parser.add_argument(
        "--seed", type=_whole(0, 2**32 - 1), default=0, help="same file and seed, same figures (default 0)"
    )
    parser.add_argument("--by", default="", metavar="NAME", help="who runs the probe; stands in the document")
    parser.add_argument("--json", action="store_true", help="the evidence document as JSON on standard output")
    parser.add_argument("--output", metavar="FILE", help="write the evidence document to a file; - for standard output")
    of_memory = f"memory that it may take (default {_DEFAULTS.megabytes:,})"
    parser.add_argument("--megabytes", type=_whole(256, 10**6), default=_DEFAULTS.megabytes, help=of_memory)
    of_time = f"how long it may take (default {_DEFAULTS.seconds})"
    parser.add_argument("--seconds", type=_whole(1, 86_400), default=_DEFAULTS.seconds, help=of_time)


def _whole(least: int, most: int) -> Callable[[str], int]:
    def read(text: str) -> int:
        number = int(text) if text.isascii() and text.isdigit() else -1
        if not least <= number <= most:
            raise ArgumentTypeError(f"{text}: must be a whole number from {least:,} to {most:,}")
        return number

    return read


def _run(options: Namespace) -> int:
    _check_folder(options.output)
    running = start(_asked(options))
    try:
        _follow(running)
    except KeyboardInterrupt:
        running.cancel()
    _write(running.result(), options)
    return DONE


def _check_folder(output: str | None) -> None:
    """That a file can be written there is asked before a minute's work, not after it. Raises OSError."""
    if output and output != STANDARD_STREAM and not Path(output).parent.is_dir():
        raise FileNotFoundError(errno.ENOENT, os.strerror(errno.ENOENT), output)


def _asked(options: Namespace) -> Asked:
    roles = Roles(
        options.target, options.time, options.group, options.second_label, tuple(options.personal), options.positive
    )
    limits = Limits(options.megabytes, options.seconds)
    source = _with_whole_path(options.source)
    return Asked(source, roles, options.task, options.seed, options.by, limits)


def _with_whole_path(source: str) -> str:
    """The probe runs in a folder of its own: a file is named from the root."""
    return source if "://" in source else str(Path.cwd() / source)


def _follow(running: Running) -> None:
    """Progress on standard error: a line that is written over on a terminal, a line for each stage otherwise."""
    is_terminal = sys.stderr.isatty()
    told = ""
    is_over = False
    while not is_over:
        is_over = running.wait(_LOOK_EVERY)
        share, code = running.progress()
        line = f"{100 * share:3.0f} %  {stage_said(code)}"
        if is_terminal:
            print(f"\r{'' if is_over else line:40}", end="\r" if is_over else "", file=sys.stderr, flush=True)
        elif code != told and (not is_over or share >= 1):
            print(line, file=sys.stderr, flush=True)
        told = code


def _write(evidence: Evidence, options: Namespace) -> None:
    document = evidence.model_dump_json(indent=2) + "\n"
    if options.output and options.output != STANDARD_STREAM:
        Path(options.output).write_text(document, encoding="utf-8")
    if options.json or options.output == STANDARD_STREAM:
        sys.stdout.write(document)
    else:
        for line in _account(evidence):
            # Names of columns are data: nothing in them steers a terminal.
            print(printable(line))
        if options.output:
            print(short(options.output))


def _account(evidence: Evidence) -> Iterator[str]:
    """What the pages tell of it, line by line."""
    told = account(evidence, None, is_drawn=False)
    yield told.name
    yield from (f"  {sentence}" for sentence in told.sentences)
    for table in told.tables:
        yield table.title
        yield from (f"  {'  '.join(row)}" for row in table.rows)
    yield from (f"! {warning}" for warning in told.warnings)
    yield told.source


COMMAND = Command("probe", "measure what a sample of data shows, and write an evidence document", 25, _arguments, _run)
