"""How a range was typed, as a draft keeps it: its texts, which was typed last, in which language, and what they are."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

from scoping.document.specs import Spec
from scoping.errors import EntryRefused, UnknownLanguage
from scoping.text.entry import read_number, show
from scoping.text.grammar import Grammar
from scoping.text.languages import language_of, message
from scoping.text.ranges import BY_CHANCE, BY_ENDS, QUANTILES, Form

_LAST = len(QUANTILES) - 1


@dataclass(frozen=True)
class TypedRange:
    """The three texts of an estimate; `changed` is the place of the one that was typed last."""

    texts: tuple[str, ...]
    changed: int = _LAST
    language: str = ""
    form: Form = BY_CHANCE

    @classmethod
    def of(cls, draft: str) -> TypedRange:
        """What a draft holds; a text that is no such draft stands in the middle."""
        try:
            found = json.loads(draft)
        except ValueError:
            found = None
        if isinstance(found, list):
            found = {"texts": found}
        if not isinstance(found, dict) or not _is_row(found.get("texts")):
            return cls(("", draft, ""))
        form = BY_ENDS if found.get("ends") is True else BY_CHANCE
        return cls(tuple(map(str, found["texts"])), _place(found.get("changed")), str(found.get("language", "")), form)

    def as_draft(self) -> str:
        """The text that a draft keeps."""
        kept = {"texts": [*self.texts], "changed": self.changed, "language": self.language}
        return json.dumps({**kept, "ends": True} if self.form is BY_ENDS else kept, ensure_ascii=False)

    def in_grammar(self, grammar: Grammar, spec: Spec) -> TypedRange:
        """The same as it is written in another language; what nobody could read stays as it was typed."""
        if self.language in ("", grammar.language.tag):
            return self
        try:
            before = replace(grammar, language=language_of(self.language))
        except UnknownLanguage:
            return self
        texts = tuple(_rewritten(text, before, grammar, spec) for text in self.texts)
        return replace(self, texts=texts, language=grammar.language.tag)


def said_in_draft(draft: str) -> str:
    """A draft as people would say it: texts of several boxes one after the other."""
    try:
        found = json.loads(draft)
    except ValueError:
        return draft
    if isinstance(found, dict):
        found = found.get("texts")
    return ", ".join(_texts_in(found)) if isinstance(found, list) else draft


def _texts_in(found: list[Any]) -> list[str]:
    each_in_turn = (_texts_in(each) if isinstance(each, list) else [str(each)] for each in found)
    return [text for texts in each_in_turn for text in texts if text]


def _is_row(texts: object) -> bool:
    return isinstance(texts, list) and len(texts) == len(QUANTILES)


def _place(changed: object) -> int:
    return changed if isinstance(changed, int) and 0 <= changed <= _LAST else _LAST


def _rewritten(text: str, before: Grammar, now: Grammar, spec: Spec) -> str:
    try:
        return show(read_number(text, spec.quantity, before, spec.unit).value, spec.quantity, now)
    except EntryRefused:
        return text


def readable_now(texts: Sequence[str], place: int) -> EntryRefused:
    """What is said of a draft that was refused and could be read today: in another language, say."""
    return EntryRefused(
        message("“{text}” can be read now, and is not saved yet", text=texts[place]), [texts[place]], place
    )
