"""Work on a file that somebody uploaded, in a process of its own: a hostile file takes down nothing but that.

It may take so much memory and so long, stands behind whoever is at the screen, and knows nothing of this process.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

MEGABYTES = 3_072
"""The memory that such a process may take."""
_NICE = 5
_PASSED_ON = ("PATH", "HOME", "LANG", "LC_ALL", "TZ", "SYSTEMROOT", "PYTHONPATH", "VIRTUAL_ENV")


def run_apart(module: str, arguments: Sequence[str], folder: Path, seconds: float) -> dict[str, Any] | None:
    """What a module writes as JSON where it is run with these words; None where it died, said nothing or took long."""
    command = [sys.executable, "-m", module, *arguments]
    try:
        ended = subprocess.run(  # noqa: S603 ours
            command, capture_output=True, timeout=seconds, check=False, cwd=folder, env=surroundings(folder)
        )
        found = json.loads(ended.stdout)
    except (subprocess.TimeoutExpired, ValueError):
        return None
    return found if isinstance(found, dict) else None


def surroundings(folder: Path | str) -> dict[str, str]:
    """Nothing of this process's surroundings that work on a file does not need: no password, no address."""
    kept = {name: os.environ[name] for name in _PASSED_ON if name in os.environ}
    paths = os.pathsep.join(filter(None, [str(Path(__file__).parents[2]), kept.get("PYTHONPATH")]))
    return {**kept, "PYTHONPATH": paths, "TMPDIR": str(folder), "OPENBLAS_NUM_THREADS": "1"}


def limit(megabytes: int = MEGABYTES) -> None:
    """Called in the process itself: no more memory than it may take; behind whoever is at the screen."""
    try:
        import resource
    except ImportError:  # Windows has no such limit
        return
    os.nice(_NICE)
    _, most = resource.getrlimit(resource.RLIMIT_AS)
    wanted = megabytes << 20
    resource.setrlimit(resource.RLIMIT_AS, (wanted if most == resource.RLIM_INFINITY else min(wanted, most), most))
