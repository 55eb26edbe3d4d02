"""`groundwork export`: a summary as a file, all of them as ZIP, or the portfolio report."""

from __future__ import annotations

import sys
from argparse import ArgumentParser, Namespace
from collections.abc import Sequence
from contextlib import closing
from pathlib import Path

from app.cli.command import DONE, STANDARD_STREAM, Command, read_file
from app.exports.notes import (
    MOST_DECISIONS,
    decision_notes,
    edition,
    matching,
    portfolio_report,
    summary_of,
)
from app.fields.words import short
from app.session.shared import LANGUAGE_VARIABLE, default_language
from db import NotFound, open_store
from scoping import Proposal, UnknownFormat, assess_in_full
from scoping.reports import DecisionNote, formats, render, summarise
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


def _run(options: Namespace) -> int:
    language = language_of(options.language) if options.language else default_language()
    content = _content(options.source, options.format, language)
    if options.output == STANDARD_STREAM:
        sys.stdout.buffer.write(content)
    else:
        Path(options.output).write_bytes(content)
    return DONE


def _content(source: str, name: str, language: Language) -> bytes:
    """What is exported. A file of that name comes first."""
    if not Path(source).is_file():
        if source == _PORTFOLIO:
            return _portfolio(name, language)
        if source == _SUMMARIES:
            return _summaries(name, language)
    return _summary(source, name, language)


def _portfolio(name: str, language: Language) -> bytes:
    with closing(open_store()) as store:
        return portfolio_report(store, name, language)


def _summaries(name: str, language: Language) -> bytes:
    """The summaries of all proposals; how far it is goes to standard error."""
    if name not in formats():
        raise UnknownFormat(name, sorted(formats()))
    archive = Archive()
    with closing(open_store()) as store:
        rows = matching(store)
        for number, row in enumerate(rows, start=1):
            print(f"{number} of {len(rows)}: {short(row.title)}", file=sys.stderr)
            archive.add(summary_of(store, row.id, language), [name])
        return archive.content()


def _summary(source: str, name: str, language: Language) -> bytes:
    proposal, decisions, version = _document(source)
    summary = summarise(proposal, assess_in_full(proposal), decisions, language, edition(version))
    return render(summary, name)


def _document(name: str) -> tuple[Proposal, Sequence[DecisionNote], int | None]:
    """A document on disk comes first; anything else is looked up as an id."""
    if name == STANDARD_STREAM or Path(name).is_file():
        return read_file(name), (), None
    with closing(open_store()) as store:
        try:
            saved = store.get(name)
            notes = decision_notes(store.decisions(name, size=MOST_DECISIONS).rows)
            return saved.proposal, notes, saved.version
        except NotFound:
            raise NotFound(f"{name}: there is no such file, and no saved proposal of that id.") from None


COMMAND = Command("export", _HELP, 30, _arguments, _run)
