"""The glossary at the end of the memo."""

from __future__ import annotations

from ...text.glossary import GLOSSARY
from ..memo.team import GlossaryPart


def glossary_part() -> GlossaryPart:
    """Every word of the glossary, in its order."""
    return GlossaryPart(tuple((term.title, term.meaning) for term in GLOSSARY.values()))
