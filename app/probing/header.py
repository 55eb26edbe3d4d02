"""Reads the names of a sample's columns and the classes of those that hold few, in a process of its own.

A hostile file takes down nothing but that. The file is read once for both, whichever column is then the target.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any

from app.probing.apart import MEGABYTES, limit, run_apart
from scoping.errors import SourceRefused
from scoping.probe.asked import Asked, Classes, Limits, Roles
from scoping.text.languages import Language, language_of, message, say

if TYPE_CHECKING:
    from scoping.probe.sources import Opened

_SECONDS = 90


@dataclass(frozen=True)
class Header:
    """The columns of a file, in their order, and the classes of those that hold few."""

    columns: tuple[str, ...] = ()
    classes: Mapping[str, Classes] = field(default_factory=dict)


def read_header(path: Path, language: Language) -> Header:
    """What the columns of a file are. Raises SourceRefused, in that language."""
    found = run_apart("app.probing.header", [str(path), language.tag], path.parent, _SECONDS)
    if found is None:
        raise SourceRefused(message("The names of the columns could not be read. Save the table as CSV, and try that."))
    if "refused" in found:
        raise SourceRefused(str(found["refused"]))
    return Header(tuple(found["columns"]), {name: _classes(each) for name, each in found.get("classes", {}).items()})


def _classes(said: Mapping[str, Any]) -> Classes:
    return Classes(tuple(said["names"]), tuple(said["rows"]), bool(said["are_predicted"]))


def _main(path: str, tag: str) -> None:
    limit()
    from scoping.probe.sources import opened

    asked = Asked(path, Roles(target=""), limits=Limits(megabytes=MEGABYTES // 2))
    found: dict[str, object]
    try:
        with TemporaryDirectory(dir=Path(path).parent) as folder, opened(asked, Path(folder)) as source:
            found = {"columns": source.names, "classes": _classes_in(source)}
    except SourceRefused as refused:
        found = {"refused": say(refused.args[0], language_of(tag))}
    sys.stdout.write(json.dumps(found))


def _classes_in(source: Opened) -> dict[str, dict[str, Any]]:
    """A convenience: where they cannot be told, the names of the columns are what there is."""
    from scoping.probe.classes import classes_in

    try:
        return {name: asdict(each) for name, each in classes_in(source).items()}
    except Exception:
        # What the library says of it may hold values of the data.
        return {}


if __name__ == "__main__":
    _main(*sys.argv[1:])
