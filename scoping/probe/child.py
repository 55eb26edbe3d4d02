"""The process that a probe runs in: `python -m scoping.probe.child`. It reads one request and writes lines of JSON.

    {"progress": 0.2, "code": "profile"}        any number of times
    {"evidence": {...}}  or  {"refused": {...}}  or  {"ended": "memory"}        once, at the end

Its memory, its time and its place in line are limited here, by the system, before any data is touched. It ends when
whoever started it goes away: then its standard input closes.
"""

from __future__ import annotations

import contextlib
import json
import os
import shutil
import signal
import sys
import threading
import time
from pathlib import Path
from typing import Any, TextIO

from ..document.evidence import plain
from ..errors import SourceRefused
from .asked import FOLDER
from .carried import asked_from, carried

_NICENESS = 10
_GRACE = 30
"""Seconds beyond the limit in which the models may come to an end by themselves."""

_FOR_PYTHON = 1_024
"""Megabytes of address space that libraries take before any data comes."""


def main() -> int:
    """One probe, by the request on standard input."""
    out = os.fdopen(os.dup(sys.stdout.fileno()), "w", encoding="utf-8")
    # Nothing that a library prints may come between the lines.
    os.dup2(sys.stderr.fileno(), sys.stdout.fileno())
    line = sys.stdin.readline()
    if not line:
        # Whoever asked is gone before they said what; this process was started in the folder that they made for it.
        if Path.cwd().name.startswith(FOLDER):
            _remove(str(Path.cwd()))
        return 1
    request = json.loads(line)
    threading.Thread(target=_end_with_parent, args=(request["folder"],), daemon=True).start()
    _limit(request)
    try:
        _tell(out, {"evidence": _evidence(request, out)})
    except SourceRefused as refused:
        _tell(out, {"refused": carried(refused.args[0])})
    except MemoryError:
        _tell(out, {"ended": "memory"})
    except Exception as error:
        # What a library says of an error may hold values of the data: its kind alone goes on.
        _tell(out, {"ended": "memory" if _is_memory(error) else "failed", "kind": type(error).__name__})
    return 0


def _evidence(request: dict[str, Any], out: TextIO) -> dict[str, Any]:
    from .probing import probe

    path = Path(request["path"]) if request["path"] else None
    found = probe(asked_from(request["asked"]), lambda share, code: _tell(out, {"progress": share, "code": code}), path)
    return plain(found)


def _tell(out: TextIO, said: dict[str, Any]) -> None:
    with contextlib.suppress(BrokenPipeError):
        out.write(json.dumps(said, allow_nan=False) + "\n")
        out.flush()


def _limit(request: dict[str, Any]) -> None:
    """What the system itself holds this process to."""
    limits = request["asked"]["limits"]
    with contextlib.suppress(OSError):
        os.nice(_NICENESS)
    if hasattr(signal, "setitimer"):
        signal.setitimer(signal.ITIMER_REAL, limits["seconds"] + _GRACE)
    # A Java machine reserves more addresses than it ever uses; it has a limit of its own.
    if not request["asked"]["source"].startswith("spark://"):
        _limit_memory(limits["megabytes"])


def _limit_memory(megabytes: int) -> None:
    try:
        import resource
    except ImportError:  # Windows
        return
    size = (megabytes + _FOR_PYTHON) * 2**20
    for limit in (resource.RLIMIT_AS, resource.RLIMIT_DATA):
        with contextlib.suppress(OSError, ValueError):
            resource.setrlimit(limit, (size, resource.getrlimit(limit)[1]))


def _is_memory(error: BaseException) -> bool:
    names = {each.__name__ for each in type(error).__mro__}
    return bool(names & {"MemoryError", "OutOfMemoryException", "ArrowMemoryError"})


def _end_with_parent(folder: str) -> None:
    """Standard input closes when the process that asked is gone, however it went."""
    sys.stdin.read()
    _remove(folder)
    os._exit(1)


def _remove(folder: str) -> None:
    """The folder, again and again where the reading of the data goes on putting files into it."""
    end = time.monotonic() + _GRACE
    while Path(folder).exists() and time.monotonic() < end:
        shutil.rmtree(folder, ignore_errors=True)


if __name__ == "__main__":
    sys.exit(main())
