"""`groundwork examples`: the worked examples."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace
from pathlib import Path

from app.cli.command import DONE, Command
from scoping import examples


def _arguments(parser: ArgumentParser) -> None:
    parser.add_argument("--write", metavar="DIR", help="the folder to write them to")


def _run(options: Namespace) -> int:
    if options.write:
        _write(Path(options.write))
    else:
        for name in examples.NAMES:
            print(f"{name:20} {examples.load(name).title}")
    return DONE


def _write(folder: Path) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    for name in examples.NAMES:
        target = folder / f"{name}.json"
        target.write_text(examples.text(name), encoding="utf-8")
        print(target)


COMMAND = Command("examples", "list the worked examples, or write them as files", 60, _arguments, _run)
