"""The three boxes in which somebody judges: first the two ends, then the middle.

Who begins with what is likely stays too close to it (anchoring: Tversky and Kahneman 1974, Science 185); so the order
is another one than in the fields of a proposal.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial

import streamlit as st

from app.fields.widget import complain, remark
from app.session.language import tell, told
from app.session.outcome import SaveOutcome, Unsaved
from app.session.remembered import text_of
from scoping.document.specs import Spec
from scoping.errors import EntryRefused
from scoping.text.grammar import Grammar
from scoping.text.judging import read_judgement
from scoping.text.languages import message
from scoping.text.ranges import QUANTILES

_ORDER = (0, 2, 1)
_TITLES = (message("Lowest plausible (P10)"), message("Likely (P50)"), message("Highest plausible (P90)"))
_HELP = (
    message("One chance in ten that it turns out lower than this."),
    message("It is as likely to turn out higher than this as lower."),
    message("One chance in ten that it turns out higher than this."),
)


def triple(keys: Mapping[str, str], spec: Spec, grammar: Grammar, changed: Callable[[], None]) -> None:
    """The boxes under the keys of low, likely and high, and what there is to say about what stands in them."""
    for column, box in zip(st.columns(len(_ORDER), vertical_alignment="bottom"), _ORDER, strict=True):
        key = keys[QUANTILES[box]]
        column.text_input(told(_TITLES[box]), text_of(key), key=key, help=tell(_HELP[box]), on_change=changed)
    take = partial(_take, keys, changed)
    try:
        remark(read_judgement(texts_of(keys), spec, grammar).notes, take, keys[QUANTILES[0]])
    except EntryRefused as refused:
        complain(
            Unsaved(keys[QUANTILES[0]], "", refused.allowed, SaveOutcome.REFUSED), tell(spec.title), "", refused, take
        )


def texts_of(keys: Mapping[str, str]) -> list[str]:
    """What stands in the boxes low, likely and high."""
    return [text_of(keys[name]) for name in QUANTILES]


def _take(keys: Mapping[str, str], changed: Callable[[], None], text: str, box: int) -> None:
    st.session_state[keys[QUANTILES[box]]] = text
    changed()
