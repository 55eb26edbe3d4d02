"""`groundwork due`: for a scheduler. Announces what is due, and sends what waits."""

from __future__ import annotations

import sys
from argparse import ArgumentParser, ArgumentTypeError, Namespace
from contextlib import closing
from datetime import date

from app.cli.command import DONE, FAILED, Command
from app.door.settings import door
from app.notices.mail import server
from app.notices.reaching import reaches_inside
from app.notices.sender import Sender
from app.session.shared import default_language
from db import AT_A_COMMAND, open_store

_MOST_DAYS = 3_650


def _arguments(parser: ArgumentParser) -> None:
    parser.add_argument("--today", type=_day, metavar="DATE", help="the day to go by, such as 2026-03-01")
    parser.add_argument(
        "--stale-days", type=_days, default=30, metavar="N", help="after how many days a draft counts as left (30)"
    )


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise ArgumentTypeError(f"{text}: write it like 2026-03-01") from None


def _days(text: str) -> int:
    days = int(text) if text.isascii() and text.isdecimal() and len(text) <= 5 else 0
    if not 1 <= days <= _MOST_DAYS:
        raise ArgumentTypeError(f"{text}: must be a whole number from 1 to {_MOST_DAYS:,}")
    return days


def _run(options: Namespace) -> int:
    outgoing, here, language = server(), door(), default_language()
    reaches_inside(here)
    with closing(open_store(patience=AT_A_COMMAND)) as store:
        told = store.due.turn(options.today, options.stale_days)
        taken, refused = Sender(store, here, outgoing, language).drain()
    due = f"{told.tasks:,} tasks, {told.drafts:,} drafts, {told.digests:,} digests, {told.reports:,} reports"
    print(f"Due: {due}. Sent: {taken:,}.")
    if refused:
        said = f"{refused:,} messages could not be sent; they are tried again. Settings, Messages says why."
        print(said, file=sys.stderr)
    return FAILED if refused else DONE


COMMAND = Command("due", "announce what is due and send what waits, for a scheduler", 75, _arguments, _run)
