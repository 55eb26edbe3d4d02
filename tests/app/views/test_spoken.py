"""Every word on a page can be said in the person's language: nothing but what people typed stays English."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

from app.session.language import _CHOSEN
from app.session.navigation import pages
from app.views.parts.step import steps
from db import DecisionRequest, Store
from scoping import Proposal, assess, examples, gallery, to_dict
from scoping.text.languages import Language
from scoping.vocabulary import Recommendation
from tests.app.acting import Create, open_page
from tests.app.conftest import start
from tests.marked import MONTHS, without_marked

pytestmark = pytest.mark.long

_TEXTS = ("title", "header", "subheader", "markdown", "caption", "info", "warning", "error", "text", "metric", "badge")
_WIDGETS = (
    "button", "text_input", "text_area", "selectbox", "multiselect", "radio", "toggle", "checkbox", "date_input",
    "expander", "download_button", "segmented_control", "button_group",
)  # fmt: skip
_SYMBOLS = re.compile(
    r"\$[^$]*\$|:[a-z-]+\[|:material/\w+:|https?://\S+|`[^`]*`|\b(UTC|EUR|USD|GBP|SEK|CHF|Mio|Mrd|Tsd|P10|P50|P90|ms|GB|JSON|NPV|en|de)\b"
)


def said(test: AppTest) -> Iterator[tuple[str, str]]:
    """Every text of a page, with the kind of element that says it."""
    for kind in _TEXTS:
        for element in test.get(kind):
            yield kind, str(getattr(element, "value", ""))
            yield f"{kind} label", str(getattr(element, "label", "") or "")
    for kind in _WIDGETS:
        for element in test.get(kind):
            yield kind, str(getattr(element, "label", "") or "")
            for part in ("help", "placeholder"):
                yield f"{kind} {part}", str(getattr(getattr(element, "proto", None), part, "") or "")


def typed(proposal: Any) -> Iterator[str]:
    """The texts that people typed."""
    if isinstance(proposal, str):
        yield proposal
        yield from proposal.splitlines()
    elif isinstance(proposal, dict):
        for each in proposal.values():
            yield from typed(each)
    elif isinstance(proposal, list):
        for each in proposal:
            yield from typed(each)


# A published case is a document: it says what its source says, in English.
_PUBLISHED = {text for name in gallery.NAMES for text in typed(gallery.load(name).model_dump(mode="json"))}


def english(text: str, own: list[str]) -> str:
    """What is in no catalogue, and nobody typed."""
    text = text.replace("\\", "")
    for each in own:
        text = text.replace(each, "")
    text = MONTHS.sub("", _SYMBOLS.sub("", without_marked(text)))
    # The beginning of a long text that somebody typed.
    cut = [each for each in re.split(r"[·\n]", text) if "…" not in each]
    return "".join(filter(lambda sign: sign.isalpha() and sign.isascii(), "".join(cut)))


def left_in_english(test: AppTest, own: list[str], where: str) -> set[tuple[str, str, str]]:
    assert not test.exception, where
    return {(where, kind, text) for kind, text in said(test) if len(english(text, own)) > 2}


@pytest.mark.parametrize("proposal", [examples.load("visual_inspection"), Proposal(title="Zzz")], ids=["full", "blank"])
def test_no_page_stays_english(proposal: Proposal, create: Create, pages_store: Store, marked: Language) -> None:
    saved = create(proposal)
    if proposal.alternatives:
        pages_store.decide(
            saved.id,
            DecisionRequest(
                version=1, recommendation=Recommendation.PILOT, outcome=Recommendation.PILOT, decided_by="Zzz",
                reason="Zzz", conditions=(), review_on=None, figures=assess(proposal).to_dict(),
                alternative=proposal.alternatives[-1].name,
            ),
        )  # fmt: skip
    # Limits go by roles in small letters: who writes one in two ways means one role.
    roles = {each.name.casefold() for each in proposal.resources}
    own = sorted({*typed(to_dict(proposal)), *roles, *_PUBLISHED, "Ana", "Zzz"}, key=len, reverse=True)
    test = start()
    test.session_state[_CHOSEN] = "de"
    test.query_params["proposal"] = saved.id
    found: set[tuple[str, str, str]] = set()
    for page in pages():
        found |= left_in_english(open_page(test, page.url), own, page.url)
        test.query_params["proposal"] = saved.id
    open_page(test, "proposal")
    for step in steps():
        test.query_params["step"] = step
        found |= left_in_english(test.run(), own, step)
    assert found == set()
