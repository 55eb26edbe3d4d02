"""What may stand in a place instead of what does: texts that can be said in any language, and errors that carry them.

pydantic keeps only the English of a message; what is given to it as context it hands back as it was.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import partial
from typing import Any

from pydantic_core import PydanticCustomError

from ..text.languages import Language, Phrase, message

_ALLOWED = "allowed"


def not_allowed(code: str, allowed: str) -> PydanticCustomError:
    """A validation error that says what is allowed."""
    return PydanticCustomError(code, "{allowed}", {_ALLOWED: allowed})


def allowed_in(context: Any) -> str:
    """What an error's context says is allowed; empty where the error is pydantic's own."""
    return context.get(_ALLOWED, "") if isinstance(context, dict) else ""


def show(number: float) -> str:
    """A bound as it is written in a message: 1,000,000 or 0.5."""
    return Phrase(partial(_shown, number))


def rounded(number: float) -> str:
    """A number that was worked out, with four digits."""
    return show(float(f"{number:.4g}"))


def entries(count: int) -> str:
    """How many entries stand in a list, as what was found there."""
    return message("{count} entries", count=show(count))


def at_most_entries(most: float) -> str:
    """How many entries a list may have."""
    return message("must have at most {most} entries", most=show(most))


def no_field_here(known: Iterable[str]) -> str:
    """What is said of a key that is no field; the names are the document's own, in any language."""
    return message("is not a field here; allowed: {names}", names=", ".join(known))


def _shown(number: float, language: Language) -> str:
    english = f"{number:,.0f}" if number == round(number) else f"{number:,g}"
    return english.translate(str.maketrans(".,", language.separators))
