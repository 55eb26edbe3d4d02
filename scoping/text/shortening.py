"""Long texts made short, in one way everywhere: the beginning, on one line or two, with an ellipsis."""

from __future__ import annotations

from textwrap import wrap

ELLIPSIS = "…"


def one_line(text: str) -> str:
    """The text with every run of spaces and line ends as one space."""
    return " ".join(text.split())


def shortened(text: str, longest: int) -> str:
    """The text on one line, of at most `longest` characters; where there is more, it ends with an ellipsis."""
    line = one_line(text)
    return line if len(line) <= longest else f"{line[: longest - len(ELLIPSIS)].rstrip()}{ELLIPSIS}"


def two_lines(name: str, width: int) -> list[str]:
    """A name on at most two lines: the end of it is often what tells it from the next."""
    return wrap(name, width, max_lines=2, placeholder=ELLIPSIS) or [""]
