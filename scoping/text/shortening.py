"""Long texts made short, in one way everywhere, with an ellipsis. In a file only where the whole stands elsewhere."""

from __future__ import annotations

import re
from textwrap import wrap

ELLIPSIS = "…"
# All but the no-break spaces, which hold a number and its unit together.
_SPACES = re.compile(r"[^\S\u00a0\u202f]+")


def one_line(text: str) -> str:
    """The text with every run of spaces and line ends as one space; one at which no line ends stays what it is."""
    return _SPACES.sub(" ", text).strip()


def shortened(text: str, longest: int) -> str:
    """The text on one line, of at most `longest` characters; where there is more, it ends with an ellipsis."""
    line = one_line(text)
    return line if len(line) <= longest else f"{line[: longest - len(ELLIPSIS)].rstrip()}{ELLIPSIS}"


def name_lines(name: str, width: int, most: int) -> list[str]:
    """A name on at most so many lines; of a longer one the middle is left out, since its end tells it from the next."""
    lines = wrap(name, width) or [""]
    if len(lines) <= most:
        return lines
    before = most - most // 2
    ends = [line[::-1] for line in wrap(name[::-1], width)[: most // 2]][::-1]
    return [*lines[: before - 1], f"{lines[before - 1][: width - 2].rstrip()} {ELLIPSIS}", *ends]
