"""`make bench`: what Groundwork costs and how exact it is. Ratios are taken within one run on one machine.

The figures are also written to a JSON file, so that runs can be compared:

    python -m tests.bench                      all of it, to bench.json
    python -m tests.bench --only page soak     some parts
    python -m tests.bench --json FILE          to another file
"""

from __future__ import annotations

import argparse
import json
from pathlib import Path

from tests.bench import (
    alternatives,
    assessment,
    efficiency,
    formats,
    growth,
    likeness,
    memory,
    page,
    people,
    portfolio,
    probe,
    soak,
    starting,
)

_PARTS = (
    assessment, efficiency, alternatives, formats, memory, starting, growth, page, people, probe, soak, portfolio,
    likeness,
)  # fmt: skip
PARTS = {each.__name__.rpartition(".")[2]: each for each in _PARTS}


def main() -> None:
    """Run the measurements, and keep their figures."""
    parser = argparse.ArgumentParser(prog="python -m tests.bench", description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--only", nargs="+", choices=PARTS, default=list(PARTS), metavar="PART", help=", ".join(PARTS))
    parser.add_argument(
        "--json", type=Path, default=Path("bench.json"), metavar="FILE", help="where figures are written"
    )
    options = parser.parse_args()
    found = {}
    for name in options.only:
        print(f"\n{(PARTS[name].__doc__ or '').splitlines()[0]}", flush=True)
        found[name] = PARTS[name].measure()
    options.json.write_text(json.dumps(found, indent=2) + "\n", encoding="utf-8")


main()
