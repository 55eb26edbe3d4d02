"""Reads the names of a sample's columns and the classes of those that hold few, in a process of its own.

A hostile file takes down nothing but that. The file is read once for both, whichever column is then the target.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any

from scoping.errors import SourceRefused
from scoping.probe.asked import Asked, Classes, Limits, Roles
from scoping.text.languages import Language, language_of, message, say

if TYPE_CHECKING:
    from scoping.probe.sources import Opened

_SECONDS, _MEGABYTES = 90, 3_072
_NICE = 5
_PASSED_ON = ("PATH", "HOME", "LANG", "LC_ALL", "TZ", "SYSTEMROOT", "PYTHONPATH", "VIRTUAL_ENV")


@dataclass(frozen=True)
class Header:
    """The columns of a file, in their order, and the classes of those that hold few."""

    columns: tuple[str, ...] = ()
    classes: Mapping[str, Classes] = field(default_factory=dict)


def read_header(path: Path, language: Language) -> Header:
    """What the columns of a file are. Raises SourceRefused, in that language."""
    command = [sys.executable, "-m", "app.probing.header", str(path), language.tag]
    try:
        ended = subprocess.run(  # noqa: S603 ours
            command, capture_output=True, timeout=_SECONDS, check=False, cwd=path.parent, env=_surroundings(path.parent)
        )
        found = json.loads(ended.stdout)
    except (subprocess.TimeoutExpired, ValueError):
        raise SourceRefused(
            message("The names of the columns could not be read. Save the table as CSV, and try that.")
        ) from None
    if "refused" in found:
        raise SourceRefused(str(found["refused"]))
    return Header(tuple(found["columns"]), {name: _classes(each) for name, each in found.get("classes", {}).items()})


def _classes(said: Mapping[str, Any]) -> Classes:
    return Classes(tuple(said["names"]), tuple(said["rows"]), bool(said["are_predicted"]))


def _surroundings(folder: Path) -> dict[str, str]:
    """Nothing of this process's surroundings that reading a file does not need: no password, no address."""
    kept = {name: os.environ[name] for name in _PASSED_ON if name in os.environ}
    paths = os.pathsep.join(filter(None, [str(Path(__file__).parents[2]), kept.get("PYTHONPATH")]))
    return {**kept, "PYTHONPATH": paths, "TMPDIR": str(folder), "OPENBLAS_NUM_THREADS": "1"}


def _main(path: str, tag: str) -> None:
    _limit()
    from scoping.probe.sources import opened

    asked = Asked(path, Roles(target=""), limits=Limits(megabytes=_MEGABYTES // 2))
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


def _limit() -> None:
    """No more memory than it may take; behind whoever is at the screen."""
    try:
        import resource
    except ImportError:  # Windows has no such limit
        return
    os.nice(_NICE)
    _, most = resource.getrlimit(resource.RLIMIT_AS)
    wanted = _MEGABYTES << 20
    resource.setrlimit(resource.RLIMIT_AS, (wanted if most == resource.RLIM_INFINITY else min(wanted, most), most))


if __name__ == "__main__":
    _main(*sys.argv[1:])
