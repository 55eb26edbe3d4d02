"""Times that are written as text, read alike on every engine: pieces by pattern, put together, and checked."""

from __future__ import annotations

from collections.abc import Collection

import ibis
import ibis.expr.types as ir

from .patterns import DOTTED, HOUR, MINUTE, REAL, SECOND, SLASHED, YEAR_FIRST, ZONE

TIMES = {"year_first": YEAR_FIRST, "dotted": DOTTED, "slashed": SLASHED}
"""The ways of writing a time."""


def time_of(text: ir.Value, ways: Collection[str], is_day_first: bool, has_zones: bool) -> ir.Value:
    """The text as a timestamp in UTC; null where it is none of `ways`, or a day that does not exist."""
    groups = {"year_first": (1, 2, 3), "dotted": (3, 2, 1), "slashed": (3, 2, 1) if is_day_first else (3, 1, 2)}
    return ibis.coalesce(*(_by(text, TIMES[way], groups[way], has_zones) for way in TIMES if way in ways))


def _by(text: ir.Value, pattern: str, date: tuple[int, int, int], has_zones: bool) -> ir.Value:
    """By one pattern, whose groups are year, month and day in that order."""
    year, month, day = (text.re_extract(pattern, group) for group in date)
    clock = (text.re_extract(pattern, group) for group in (HOUR, MINUTE, SECOND))
    hour, minute, second = (_two(each.fill_null("")) for each in clock)
    written = year + "-" + _two(month) + "-" + _two(day) + " " + hour + ":" + minute + ":" + second
    # An engine may read a text before it asks whether it is one: what is no time is null before it is read.
    read = ibis.ifelse(written.re_search(REAL), written, ibis.null("string")).cast("timestamp")
    return read - _minutes_east(text.re_extract(pattern, ZONE)).as_interval("m") if has_zones else read


def _two(piece: ir.Value) -> ir.Value:
    return piece.lpad(2, "0")


def _minutes_east(zone: ir.Value) -> ir.Value:
    digits = zone.re_extract(r"[0-9]{2}:?[0-9]{0,2}", 0).replace(":", "").nullif("").fill_null("0")
    padded = digits.rpad(4, "0")
    minutes = padded.substr(0, 2).cast("int32") * 60 + padded.substr(2, 2).cast("int32")
    return ibis.ifelse(zone.startswith("-"), -minutes, minutes).fill_null(0)
