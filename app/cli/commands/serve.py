"""`groundwork serve`: open the app."""

from __future__ import annotations

import os
from argparse import ArgumentParser, ArgumentTypeError, Namespace

from app.cli.command import DONE, Command
from app.door.hosts import is_loopback
from app.door.settings import Door, DoorMisconfigured, Mode, door
from app.metrics import VARIABLE
from app.session.shared import default_language
from db import open_store

_HIGHEST_PORT = 65_535


def _arguments(parser: ArgumentParser) -> None:
    parser.add_argument("--port", type=_port, default=8501, help="the port to listen on (default 8501)")
    parser.add_argument("--metrics", action="store_true", help=f"tell at /metrics what the server does ({VARIABLE}=1)")
    parser.add_argument("--address", default="localhost", help="the address to listen on (default localhost)")
    parser.add_argument(
        "--open",
        action="store_true",
        help="let everybody who reaches the address do everything, without any sign-in",
    )
    parser.add_argument("--reload", action="store_true", help="for developers: run a page anew when its code changes")


def _port(text: str) -> int:
    port = int(text) if text.isdigit() else 0
    if not 1 <= port <= _HIGHEST_PORT:
        raise ArgumentTypeError(f"{text}: must be a whole number from 1 to {_HIGHEST_PORT:,}")
    return port


def _run(options: Namespace) -> int:
    if options.metrics:
        os.environ[VARIABLE] = "1"
    # Streamlit takes a second to import; no other command needs it.
    from app.server import serve

    if options.open:
        os.environ["GROUNDWORK_OPEN"] = "yes"
    # What would fail on every page is said before the first one.
    default_language()
    _check_door(options.address, door())
    open_store().close()
    serve(options.address, options.port, is_reloading=options.reload)
    return DONE


def _check_door(address: str, here: Door) -> None:
    """Whoever reaches the address may do everything where nobody signs in: that is asked for in so many words."""
    if here.mode is Mode.ALONE and not is_loopback(address):
        raise DoorMisconfigured(
            f"{address} can be reached from other machines, and nobody signs in: set up a sign-in "
            "(docs/operations.md), or say --open to let everybody do everything."
        )


COMMAND = Command("serve", "open the app", 10, _arguments, _run)
