"""Renders one summary in every way there is, and prints the hash of each file as JSON.

    python -m tests.scoping.reports.elsewhere SECONDS    with a clock that is ahead by so many seconds

test_same_bytes.py runs it in processes of their own.
"""

from __future__ import annotations

import datetime
import io
import json
import sys
import time
from hashlib import sha256


def shift_clock(seconds: float) -> None:
    """Every clock that Python code reads is ahead; must come before anything else is imported."""
    real_time, real_local = time.time, time.localtime

    class Ahead(datetime.datetime):
        @classmethod
        def now(cls, tz: datetime.tzinfo | None = None) -> Ahead:
            return super().now(tz) + datetime.timedelta(seconds=seconds)

        @classmethod
        def utcnow(cls) -> Ahead:
            return cls.now()

    time.time = lambda: real_time() + seconds
    time.localtime = lambda at=None: real_local(time.time() if at is None else at)
    datetime.datetime = Ahead  # type: ignore[misc]


def hashes() -> dict[str, str]:
    """The hash of each file: every format, all in one archive, every format of the portfolio."""
    from scoping.reports import formats, formats_of_data
    from scoping.reports.archive import Archive
    from scoping.reports.portfolio import PORTFOLIO_FORMATS, PortfolioLine, render_portfolio
    from tests.scoping.reports.samples import rendered, summary_of

    found = {name: rendered("visual_inspection", name) for name in formats()}
    target = io.BytesIO()
    archive = Archive(target)
    archive.add(summary_of("stock_price"), list(formats_of_data()))
    archive.close()
    found["archive"] = target.getvalue()
    line = PortfolioLine("A", "B", "C", "EUR", "pilot", "D", 1e6, -1e5, 2e6, 0.2, 0.8, "build", "2026-11-24")
    found |= {f"portfolio {name}": render_portfolio([line], name) for name in PORTFOLIO_FORMATS}
    return {name: sha256(content).hexdigest() for name, content in found.items()}


if __name__ == "__main__":
    shift_clock(float(sys.argv[1]))
    print(json.dumps(hashes()))
