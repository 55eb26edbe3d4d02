"""The command line: `groundwork`. Exit status 0: done; 1: it failed; 2: what was given is refused."""

from __future__ import annotations

import argparse
import json
import os
import sys
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from app.exports.notes import MOST_DECISIONS, decision_notes, matching, portfolio_lines, summary_of
from app.session.shared import LANGUAGE_VARIABLE, default_language
from db import DecisionRefused, NotFound, open_store
from db.engine import VARIABLE, upgrade_database
from scoping import (
    DocumentRefused,
    DrawsRefused,
    GroundworkError,
    Proposal,
    UnknownFormat,
    assess,
    examples,
    read,
    schema,
)
from scoping.assess import DEFAULT_SEED
from scoping.reports import DecisionNote, formats, render, summarise
from scoping.reports.archive import Archive
from scoping.reports.data_formats.handoff import handoff_schema
from scoping.reports.portfolio import PORTFOLIO_FORMATS, render_portfolio
from scoping.text.languages import LANGUAGES, Language, UnknownLanguage, language_of
from scoping.value.simulate import DEFAULT_DRAWS

DONE, FAILED, REFUSED = 0, 1, 2
_PORTFOLIO, _SUMMARIES = "portfolio", "summaries"
_SCHEMAS: dict[str, Callable[[], dict[str, Any]]] = {"proposal": schema, "handoff": handoff_schema}
_REFUSALS = (DocumentRefused, DrawsRefused, DecisionRefused, UnknownFormat, UnknownLanguage)


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command; errors go to standard error, one line each."""
    given = [*(sys.argv[1:] if arguments is None else arguments)]
    options = _parser().parse_args(_with_command(given))
    if options.database_url:
        os.environ[VARIABLE] = options.database_url
    command: Callable[[argparse.Namespace], int] = options.command
    try:
        status = command(options)
        sys.stdout.flush()
        return status
    except _REFUSALS as refused:
        return _complain(str(refused), REFUSED)
    except BrokenPipeError:
        # The reader has seen enough (`groundwork schema | head`). Python must not try to flush again.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return DONE
    except GroundworkError as error:
        return _complain(str(error), FAILED)
    except OSError as error:
        return _complain(f"{error.filename or 'file'}: {error.strerror or error}", FAILED)


def _with_command(given: list[str]) -> list[str]:
    """`groundwork --port 80` is `groundwork serve --port 80`."""
    plain = not given or (given[0].startswith("-") and given[0] not in ("-h", "--help", "--version"))
    return ["serve", *given] if plain else given


def _complain(text: str, status: int) -> int:
    print(text, file=sys.stderr)
    return status


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="groundwork",
        description="Scope machine-learning projects before you build them. Without a command: open the app.",
    )
    commands = parser.add_subparsers(required=True, metavar="COMMAND")
    for add in (_add_serve, _add_assess, _add_export, _add_import, _add_schema, _add_examples, _add_db):
        add(commands)
    return parser


_Commands = "argparse._SubParsersAction[argparse.ArgumentParser]"


def _add(
    commands: _Commands, name: str, help_: str, run: Callable[[argparse.Namespace], int]
) -> argparse.ArgumentParser:
    parser = commands.add_parser(name, help=help_, description=help_)
    parser.add_argument("--database-url", help=f"the database; otherwise {VARIABLE}, or SQLite in your data directory")
    parser.set_defaults(command=run)
    return parser


def _add_serve(commands: _Commands) -> None:
    parser = _add(commands, "serve", "open the app", _serve)
    parser.add_argument("--port", type=_port, default=8501, help="the port to listen on (default 8501)")
    parser.add_argument("--address", default="localhost", help="the address to listen on (default localhost)")


def _add_assess(commands: _Commands) -> None:
    parser = _add(commands, "assess", "assess a proposal document (JSON)", _assess)
    parser.add_argument("file", metavar="FILE", help="the document; - for standard input")
    parser.add_argument("--json", action="store_true", help="all figures as JSON")
    parser.add_argument(
        "--draws", type=int, default=DEFAULT_DRAWS, help=f"simulated futures (default {DEFAULT_DRAWS:,})"
    )
    parser.add_argument(
        "--seed", type=int, default=DEFAULT_SEED, help="same document and seed, same figures (default 1)"
    )


def _add_export(commands: _Commands) -> None:
    about = "write the summary of a document or of a saved proposal, all summaries as ZIP, or the portfolio report"
    parser = _add(commands, "export", about, _export)
    parser.add_argument(
        "source",
        metavar="FILE|ID|summaries|portfolio",
        help="a document, the id of a saved proposal, summaries (of all of them, as ZIP) or portfolio (the report)",
    )
    known = f"{', '.join(formats())}; of the portfolio: {', '.join(PORTFOLIO_FORMATS)}"
    parser.add_argument("--format", required=True, metavar="F", help=known)
    parser.add_argument("--output", required=True, metavar="PATH", help="the file to write; - for standard output")
    parser.add_argument(
        "--language",
        metavar="L",
        help=f"of texts, numbers and dates: {', '.join(LANGUAGES)} (default {LANGUAGE_VARIABLE}, or en)",
    )


def _add_import(commands: _Commands) -> None:
    parser = _add(commands, "import", "save documents as new proposals: all of them, or none", _import)
    parser.add_argument("files", metavar="FILE", nargs="+")


def _add_schema(commands: _Commands) -> None:
    parser = _add(commands, "schema", "print the JSON Schema of the document, or of the handoff", _schema)
    parser.add_argument("--of", choices=tuple(_SCHEMAS), default="proposal", help="of what (default proposal)")


def _add_examples(commands: _Commands) -> None:
    parser = _add(commands, "examples", "list the worked examples, or write them as files", _examples)
    parser.add_argument("--write", metavar="DIR", help="the folder to write them to")


def _add_db(commands: _Commands) -> None:
    parser = _add(commands, "db", "bring the database's tables up to date, or check that they are", _db)
    parser.add_argument("action", choices=("upgrade", "check"))


def _port(text: str) -> int:
    port = int(text) if text.isdigit() else 0
    if not 1 <= port <= 65_535:
        raise argparse.ArgumentTypeError(f"{text}: must be a whole number from 1 to 65,535")
    return port


def _serve(options: argparse.Namespace) -> int:
    # Streamlit takes a second to import; no other command needs it.
    from app.server import serve

    # What would fail on every page is said before the first one.
    default_language()
    open_store().close()
    serve(options.address, options.port)
    return DONE


def _read_file(name: str) -> Proposal:
    return read(sys.stdin.buffer.read() if name == "-" else Path(name).read_bytes())


def _assess(options: argparse.Namespace) -> int:
    proposal = _read_file(options.file)
    assessment = assess(proposal, options.draws, options.seed)
    if options.json:
        print(json.dumps(assessment.to_dict(), indent=2, allow_nan=False))
        return DONE
    sys.stdout.write(render(summarise(proposal, assessment), "md").decode())
    return DONE


def _export(options: argparse.Namespace) -> int:
    language = language_of(options.language) if options.language else default_language()
    # A file of that name comes first.
    source = "" if Path(options.source).is_file() else options.source
    if source == _PORTFOLIO:
        content = _portfolio(options.format, language)
    elif source == _SUMMARIES:
        content = _summaries(options.format, language)
    else:
        content = _summary(options.source, options.format, language)
    if options.output == "-":
        sys.stdout.buffer.write(content)
    else:
        Path(options.output).write_bytes(content)
    return DONE


def _portfolio(name: str, language: Language) -> bytes:
    store = open_store()
    try:
        return render_portfolio(portfolio_lines(store), name, language)
    finally:
        store.close()


def _summaries(name: str, language: Language) -> bytes:
    """The summaries of all proposals; how far it is goes to standard error."""
    if name not in formats():
        raise UnknownFormat(name, sorted(formats()))
    store, archive = open_store(), Archive()
    try:
        rows = matching(store)
        for number, row in enumerate(rows, start=1):
            print(f"{number} of {len(rows)}: {' '.join(row.title.split())[:80]}", file=sys.stderr)
            archive.add(summary_of(store, row.id, language), [name])
        return archive.content()
    finally:
        store.close()


def _summary(source: str, name: str, language: Language) -> bytes:
    proposal, decisions = _source(source)
    return render(summarise(proposal, assess(proposal), decisions, language), name)


def _source(name: str) -> tuple[Proposal, Sequence[DecisionNote]]:
    """A document on disk comes first; anything else is looked up as an id."""
    if name == "-" or Path(name).is_file():
        return _read_file(name), ()
    store = open_store()
    try:
        return store.get(name).proposal, decision_notes(store.decisions(name, size=MOST_DECISIONS).rows)
    except NotFound:
        raise NotFound(f"{name}: there is no such file, and no saved proposal of that id.") from None
    finally:
        store.close()


def _import(options: argparse.Namespace) -> int:
    proposals = [_named(name) for name in options.files]
    store = open_store()
    for proposal in proposals:
        saved = store.create(proposal, origin="import")
        print(f"{saved.id}  {' '.join(proposal.title.split())[:80]}")
    store.close()
    return DONE


def _named(name: str) -> Proposal:
    """The document in a file; its problems are told with the file's name."""
    try:
        return _read_file(name)
    except DocumentRefused as refused:
        problems = [replace(problem, path=f"{name}: {problem.path or 'document'}") for problem in refused.problems]
        raise DocumentRefused(problems) from None


def _schema(options: argparse.Namespace) -> int:
    print(json.dumps(_SCHEMAS[options.of](), indent=2, ensure_ascii=False))
    return DONE


def _examples(options: argparse.Namespace) -> int:
    folder = Path(options.write) if options.write else None
    if folder:
        folder.mkdir(parents=True, exist_ok=True)
    for name in examples.NAMES:
        if folder:
            (folder / f"{name}.json").write_text(examples.text(name), encoding="utf-8")
        print(folder / f"{name}.json" if folder else f"{name:20} {examples.load(name).title}")
    return DONE


def _db(options: argparse.Namespace) -> int:
    if options.action == "upgrade":
        upgrade_database()
    store = open_store()
    print(f"Up to date: {store.description}")
    store.close()
    return DONE
