"""`groundwork export`: a summary as a file, all of them as ZIP, or the portfolio report."""

from __future__ import annotations

import shutil
import sys
from argparse import ArgumentParser, Namespace
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryFile
from typing import BinaryIO

from app.cli.command import DONE, STANDARD_STREAM, Command, printed, read_file
from app.exports.notes import edition, matching, portfolio_report, summary_of
from app.session.shared import LANGUAGE_VARIABLE, default_language
from db import NotFound, Store, open_store
from scoping import UnknownFormat, assess_in_full
from scoping.reports import Summary, formats, render, summarise
from scoping.reports.archive import Archive
from scoping.reports.portfolio import PORTFOLIO_FORMATS
from scoping.text.languages import Language, language_of, offered_languages

_PORTFOLIO, _SUMMARIES = "portfolio", "summaries"
_HELP = "write the summary of a document or of a saved proposal, all summaries as ZIP, or the portfolio report"


def _arguments(parser: ArgumentParser) -> None:
    parser.add_argument(
        "source",
        metavar=f"FILE|ID|{_SUMMARIES}|{_PORTFOLIO}",
        help="a document, the id of a saved proposal, summaries (of all of them, as ZIP) or portfolio (the report)",
    )
    known = f"{', '.join(formats())}; of the portfolio: {', '.join(PORTFOLIO_FORMATS)}"
    parser.add_argument("--format", required=True, metavar="F", help=known)
    parser.add_argument("--output", required=True, metavar="PATH", help="the file to write; - for standard output")
    languages = f"of texts, numbers and dates: {', '.join(offered_languages())} (default {LANGUAGE_VARIABLE}, or en)"
    parser.add_argument("--language", metavar="L", help=languages)
    parser.add_argument(
        "--with-comments", action="store_true", help="with the comments of a saved proposal, as an appendix to the memo"
    )


@dataclass(frozen=True)
class _Wanted:
    """In which format and language, and whether with what people wrote about it."""

    format: str
    language: Language
    with_comments: bool


def _run(options: Namespace) -> int:
    language = language_of(options.language) if options.language else default_language()
    with _target(options.output) as target:
        _write(options.source, _Wanted(options.format, language, options.with_comments), target)
    return DONE


@contextmanager
def _target(output: str) -> Iterator[BinaryIO]:
    """The file to write, which is there once it is whole: what is refused leaves the old one."""
    with TemporaryFile() as written:
        yield written
        written.seek(0)
        if output == STANDARD_STREAM:
            shutil.copyfileobj(written, sys.stdout.buffer)
        else:
            with Path(output).open("wb") as target:
                shutil.copyfileobj(written, target)


def _write(source: str, wanted: _Wanted, target: BinaryIO) -> None:
    """What is exported. A file of that name comes first."""
    if not Path(source).is_file():
        if source == _PORTFOLIO:
            return _portfolio(wanted, target)
        if source == _SUMMARIES:
            return _summaries(wanted, target)
    target.write(render(_summary(source, wanted), wanted.format))
    return None


def _portfolio(wanted: _Wanted, target: BinaryIO) -> None:
    with closing(open_store()) as store:
        _tell_of_demo(store)
        portfolio_report(store, wanted.format, target, wanted.language)


def _summaries(wanted: _Wanted, target: BinaryIO) -> None:
    """The summaries of all proposals; how far it is goes to standard error."""
    if wanted.format not in formats():
        raise UnknownFormat(wanted.format, sorted(formats()))
    with closing(open_store()) as store, closing(Archive(target)) as archive:
        _tell_of_demo(store)
        count = store.count()
        for number, row in enumerate(matching(store), start=1):
            print(f"{number} of {count}: {printed(row.title)}", file=sys.stderr)
            told = summary_of(store, row.id, wanted.language, with_comments=wanted.with_comments)
            archive.add(told, [wanted.format])


def _tell_of_demo(store: Store) -> None:
    """Made-up proposals are in no file beside real ones, and that is said."""
    if made_up := store.demo.standing_apart():
        print(f"Not among these: {made_up} made-up proposals of the demo portfolio.", file=sys.stderr)


def _summary(source: str, wanted: _Wanted) -> Summary:
    """A document on disk comes first; anything else is looked up as an id."""
    if source == STANDARD_STREAM or Path(source).is_file():
        proposal = read_file(source)
        return summarise(proposal, assess_in_full(proposal), (), wanted.language, edition())
    with closing(open_store()) as store:
        try:
            return summary_of(store, source, wanted.language, with_comments=wanted.with_comments)
        except NotFound:
            raise NotFound(f"{source}: there is no such file, and no saved proposal of that id.") from None


COMMAND = Command("export", _HELP, 30, _arguments, _run)
