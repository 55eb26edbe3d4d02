"""A minimum, what is most likely, and a maximum, as people say them: read from their words, and said in ours."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from types import MappingProxyType

from ..document.ends import Ends
from .grammar import visible
from .languages import message

_WORDS: Mapping[int, str] = MappingProxyType(
    {
        0: r"at\s+least|minimum|minimal|min|no\s+less\s+than|not\s+less\s+than|mindestens|wenigstens",
        1: r"most\s+likely|likely|most\s+probably|probably|wahrscheinlich|vermutlich|am\s+wahrscheinlichsten",
        2: r"at\s+most|maximum|maximal|max|no\s+more\s+than|not\s+more\s+than|höchstens",
    }
)
# A word counts before a number only: "30 min" are minutes.
_WORD = re.compile(
    r"(?<![\w])(?:" + "|".join(f"(?P<w{place}>{words})" for place, words in _WORDS.items()) + r")\b\.?\s*[:=]?\s*"
    r"(?=[-+]?\s?(?:[€$£]|(?!min|max)[A-Za-z]{3}\s)?\s?[-+]?[.,]?[0-9])",
    re.IGNORECASE,
)
_BETWEEN = re.compile(r"(?:[\s,;]|\b(?:and|but|und|aber)\b)+$", re.IGNORECASE)


def ends_in(text: str) -> list[tuple[int, str]]:
    """The numbers that a text gives as minimum, likely and maximum: the place of each, and its text.

    Empty where the text does not begin with a word for one of them: then it is something else.
    """
    whole = visible(text)
    found = [*_WORD.finditer(whole)]
    if not found or whole[: found[0].start()].strip():
        return []
    stops = [*(each.start() for each in found[1:]), len(whole)]
    return [
        (int(str(each.lastgroup)[1:]), _BETWEEN.sub("", whole[each.end() : stop]))
        for each, stop in zip(found, stops, strict=True)
    ]


def ends_said(ends: Ends, tell: Callable[[float], str]) -> str:
    """The three in one phrase; `tell` says a number with its unit."""
    least, likely, most = (tell(number) for number in ends.numbers)
    return message("at least {least}, likely {likely}, at most {most}", least=least, likely=likely, most=most)


def each_said(ends: Ends, tell: Callable[[float], str]) -> tuple[str, str, str]:
    """The three as a phrase each, for columns."""
    least, likely, most = (each_in_words(place, tell(number)) for place, number in enumerate(ends.numbers))
    return least, likely, most


def each_in_words(place: int, number: str) -> str:
    """One of the three, by its place, as `ends_in` finds it again."""
    phrases = (
        message("at least {number}", number=number),
        message("likely {number}", number=number),
        message("at most {number}", number=number),
    )
    return phrases[place]
