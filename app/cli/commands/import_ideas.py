"""`groundwork import-ideas`: propose the ideas of an Excel or CSV file, all of them or none."""

from __future__ import annotations

import sys
from argparse import ArgumentParser, Namespace
from contextlib import closing
from pathlib import Path

from app.cli.command import DONE, REFUSED, Command
from app.fields.words import short
from app.intake.reading import read_table
from app.session.shared import default_language
from db import open_store
from scoping.intake import IdeasRead, read_ideas
from scoping.reports.idea_template import template
from scoping.text.languages import Language, say


def _arguments(parser: ArgumentParser) -> None:
    parser.add_argument("file", metavar="FILE", help="an Excel (.xlsx) or CSV file by the template")
    parser.add_argument("--template", action="store_true", help="write the template to FILE instead")
    parser.add_argument("--check", action="store_true", help="say what would be refused, and save nothing")


def _run(options: Namespace) -> int:
    path, language = Path(options.file), default_language()
    if options.template:
        ending = "xlsx" if path.suffix.lower() == ".xlsx" else "csv"
        path.write_bytes(template(ending, language))
        return DONE
    with closing(open_store()) as store:
        currency = store.organisation.current().organisation.currency
        read = read_ideas(read_table(path.read_bytes(), path.name, language), language, currency)
        _tell(read, language)
        if read.refused:
            return REFUSED
        if options.check:
            return DONE
        ideas = [idea for _, idea in read.ideas]
        for saved in store.intake.propose(ideas, language, origin="import of ideas"):
            print(f"{saved.id}  {short(saved.proposal.title)}")
    return DONE


def _tell(read: IdeasRead, language: Language) -> None:
    for note in read.notes:
        print(say(note, language), file=sys.stderr)
    for each in read.refused:
        said = " ".join(filter(None, (each.place, say(each.column, language), each.value)))
        print(": ".join(filter(None, (said, say(each.reason, language)))), file=sys.stderr)


COMMAND = Command(
    "import-ideas", "propose the ideas of an Excel or CSV file: all of them, or none", 41, _arguments, _run
)
