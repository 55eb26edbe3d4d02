"""What a figure rests on is said on the step where it stands, and Review follows at once."""

from __future__ import annotations

import re

from playwright.sync_api import Page, expect

from scoping import read, to_dict
from scoping.vocabulary import GroundKind
from tests.browser.acting import settled, visit
from tests.browser.running import RunningApp
from tests.browser.test_every_page import serious_findings
from tests.browser.test_evidence_from_data import pick
from tests.documents import proposal


def test_a_guess_becomes_a_published_figure(app: RunningApp, page: Page) -> None:
    document = to_dict(proposal())
    document["returns"] = {**document["returns"], "adoption": {"p10": 0.2, "p50": 0.6, "p90": 0.9}}
    saved = app.create(read(document))
    visit(page, app, f"proposal?proposal={saved.id}&step=costs")
    page.get_by_text("What a figure or an answer rests on").click()
    settled(page)
    pick(page, "Figure or answer", "Adoption")
    pick(page, "Rests on", "Published")
    link = page.get_by_label("Link", exact=True)
    link.fill("see the wiki")
    link.press("Tab")
    expect(page.get_by_text("must be a web address that begins with")).to_be_visible()
    settled(page)
    assert serious_findings(page) == []
    link.fill("10.1000/182")
    link.press("Tab")
    expect(link).to_have_value("https://doi.org/10.1000/182")
    settled(page)
    (ground,) = app.saved(saved.id).proposal.grounds
    assert (ground.kind, ground.link) == (GroundKind.PUBLISHED, "https://doi.org/10.1000/182")
    visit(page, app, f"review?proposal={saved.id}")
    expect(page.get_by_text(re.compile(r"\b0% of the spread of NPV rests on guesses"))).to_be_visible()
