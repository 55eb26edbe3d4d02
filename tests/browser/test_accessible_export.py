"""The exported web page passes axe-core without a serious or critical finding."""

from __future__ import annotations

from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

from scoping import assess, examples, read
from scoping.reports import render, summarise

_BAD = ("serious", "critical")


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_web_page_is_accessible(page: Page, tmp_path: Path, scheme: str) -> None:
    page.emulate_media(color_scheme="dark" if scheme == "dark" else "light")
    for document in (examples.load("visual_inspection"), read({"title": "Only a title"})):
        file = tmp_path / "summary.html"
        file.write_bytes(render(summarise(document, assess(document)), "html"))
        page.goto(file.as_uri())
        found = Axe().run(page).response["violations"]
        bad = [(each["id"], each["nodes"][0]["html"][:120]) for each in found if each["impact"] in _BAD]
        assert bad == []
