"""The web page and the Markdown: the figures of the assessment, and a page that needs nothing but itself."""

from __future__ import annotations

import pytest

from scoping import examples
from scoping.text.wording import amounts, money, percent
from tests.scoping.reports.readers import Page
from tests.scoping.reports.samples import rendered, summary_of

pytestmark = pytest.mark.long


@pytest.mark.parametrize("name", examples.NAMES)
@pytest.mark.parametrize("format_", ["md", "html"])
def test_the_figures_are_those_of_the_assessment(name: str, format_: str) -> None:
    document, found = examples.load(name), summary_of(name).assessment
    text = rendered(name, format_).decode()
    text = Page(text).text if format_ == "html" else text
    leader = found.leader()
    assert leader is not None
    assert leader.outcome is not None
    for shown in (
        amounts((leader.outcome.npv.mean, leader.outcome.npv.p10, leader.outcome.npv.p90), document.currency)[0],
        percent(leader.outcome.probability_of_loss),
        money(leader.outcome.npv.p10, document.currency),
        money(leader.outcome.npv.p90, document.currency),
        *(str(reason) for reason in found.verdict.reasons),
    ):
        assert shown in text.replace("\\", "")


@pytest.mark.parametrize("name", examples.NAMES)
def test_the_page_stands_alone(name: str) -> None:
    page = Page(rendered(name, "html").decode())
    assert not {"script", "iframe", "object", "link", "form", "base"} & set(page.tags)
    for attribute, value in page.attributes:
        if attribute in ("href", "src", "xlink:href"):
            assert value.startswith("#"), f"{attribute}={value} leaves the page"
        assert not attribute.startswith("on")
    assert page.tags.count("svg") >= 4
    labels = [value for name_, value in page.attributes if name_ == "aria-label"]
    assert sum("net present value" in label.lower() for label in labels) >= 4
