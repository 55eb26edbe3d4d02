"""`groundwork demo load|remove`: the demo portfolio, by the same door as the buttons of the first page."""

from __future__ import annotations

import sys
from argparse import ArgumentParser, Namespace
from contextlib import closing

from app.cli.command import DONE, REFUSED, Command, printed
from app.session.demo import MANY, demo_proposals
from db import AT_A_COMMAND, DemoHere, Store, open_store

_NAMED = 10


def _arguments(parser: ArgumentParser) -> None:
    actions = parser.add_subparsers(dest="action", required=True, metavar="load|remove")
    actions.add_parser("load", help=f"load {MANY} made-up decided proposals with two years of what came of them")
    remove = actions.add_parser("remove", help="remove all of them and nothing else")
    remove.add_argument(
        "--changed-too", action="store_true", help="also where somebody changed, decided or entered something in them"
    )


def _run(options: Namespace) -> int:
    with closing(open_store(patience=AT_A_COMMAND)) as store:
        return _load(store) if options.action == "load" else _remove(store, changed_too=options.changed_too)


def _load(store: Store) -> int:
    loaded = store.demo.load(demo_proposals())
    print(f"Loaded: {loaded} proposals, whose titles begin with “Demo”.")
    return DONE


def _remove(store: Store, *, changed_too: bool) -> int:
    """What somebody did in them goes too, so that is named, and takes a word more."""
    here = store.demo.here()
    if here.changed and not changed_too:
        print("\n".join(_told(here)), file=sys.stderr)
        return REFUSED
    print(f"Removed: {store.demo.remove()} proposals. Nothing else was touched.")
    return DONE


def _told(here: DemoHere) -> list[str]:
    named = [f"  {printed(each)}" for each in here.changed[:_NAMED]]
    rest = len(here.changed) - _NAMED
    more = [f"  and {rest} more"] if rest > 0 else []
    head = f"Somebody changed, decided or entered something in {len(here.changed)} of them, and that would go too:"
    return [
        head,
        *named,
        *more,
        "Nothing was removed. To remove them all the same: groundwork demo remove --changed-too",
    ]


COMMAND = Command("demo", "load the demo portfolio, or remove it", 78, _arguments, _run)
