"""What is too much for a probe."""

from __future__ import annotations

MOST_COLUMNS_READ = 1_000
"""More columns than these are refused: nobody looks at them one by one, and each of them costs time."""

LONGEST_NAME = 200
LONGEST_LINE = 16 * 2**20
"""Bytes of one line of JSON."""

MOST_UNPACKED = 2 * 2**30
"""Bytes that a workbook may unpack to, by its own account."""

MOST_RATIO = 100
"""A part of a workbook that is packed tighter than this, and is large, is made to fill a disk."""

LARGE_PART = 64 * 2**20
