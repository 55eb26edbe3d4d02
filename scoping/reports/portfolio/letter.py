"""What a mail tells of a portfolio: how many proposals are recommended what, and the first of them in a table."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from ...text.languages import Language, counted, joined, listed, message
from ...text.wording import number
from ...verdict import RECOMMENDATIONS
from ..blocks import Block
from ..spoken import spoken
from .lines import FOOTNOTE, Currencies, PortfolioLine
from .table import proposals_told

MOST_TOLD = 50
"""More than that nobody reads in a mail: the file has them all."""


@dataclass(frozen=True)
class Letter:
    """All texts ready to read: sentences, then blocks, then what the figures mean."""

    sentences: tuple[str, ...]
    blocks: tuple[Block, ...]
    footnote: str


def letter_of(lines: Sequence[PortfolioLine], total: int, language: Language) -> Letter:
    """The letter about the first lines of a list that has so many in all, in one language."""
    currencies = Currencies()
    shown = tuple(currencies.noting(lines[:MOST_TOLD]))
    said = [counted("{count} proposal", "{count} proposals", total)]
    if len(lines) == total and lines:
        said += [_recommended(lines), _decided(lines)]
    if total > len(shown):
        said.append(message("The first {count} of them are told here.", count=number(len(shown), 0)))
    blocks = tuple(proposals_told(shown, currencies)) if shown else ()
    return spoken(Letter(tuple(said), blocks, FOOTNOTE if shown else ""), language)


def _recommended(lines: Sequence[PortfolioLine]) -> str:
    """How many are recommended what."""
    found = Counter(line.recommendation for line in lines)
    named = [joined(": ", (title, str(found[name]))) for name, title in RECOMMENDATIONS.items() if found[name]]
    return message("Recommended: {counts}.", counts=listed(named))


def _decided(lines: Sequence[PortfolioLine]) -> str:
    decided = sum(line.decision is not None for line in lines)
    return counted("{count} of them is decided.", "{count} of them are decided.", decided)
