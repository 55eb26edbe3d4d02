"""Attacks by hand, as many as are asked for; the tests run some of each.

python -m tests.hostile documents 5000
python -m tests.hostile requests 10000 --from 20000
python -m tests.hostile kills 1000
"""

from __future__ import annotations

import argparse
import importlib
import sys

_ATTACKS = ("documents", "requests", "kills")


def main() -> int:
    """Run one kind of attack and say what came of it."""
    parser = argparse.ArgumentParser(prog="python -m tests.hostile", description=(__doc__ or "").splitlines()[0])
    parser.add_argument("attack", choices=_ATTACKS)
    parser.add_argument("many", type=int, help="how many of them")
    parser.add_argument("--from", type=int, default=0, dest="first", help="the first one's number (default 0)")
    options = parser.parse_args()
    attack = importlib.import_module(f"tests.hostile.{options.attack}")
    wrong = attack.by_hand(range(options.first, options.first + options.many))
    for each in wrong:
        print(each, end="\n\n")
    return 1 if wrong else 0


sys.exit(main())
