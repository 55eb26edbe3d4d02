"""The colours that all files on paper and slides share, as six hexadecimal digits."""

from __future__ import annotations

INK, SOFT, RULE, PANEL, GRID = "1F2429", "59626C", "DFE3E8", "F6F7F9", "E3E6EA"
MAIN, FAINT = "2F6DB5", "9DBCE0"
GOOD, BAD, ACCENT = "1D7F4E", "C2412D", "96620F"

VERDICTS = {"build": GOOD, "pilot": MAIN, "simpler": ACCENT, "rework": SOFT, "stop": BAD}
"""The colour of each recommendation."""
