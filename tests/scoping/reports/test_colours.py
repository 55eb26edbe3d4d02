"""Every colour of a report is the theme's."""

from __future__ import annotations

import io
import re
import zipfile
from dataclasses import astuple
from pathlib import Path

import pytest

from scoping import reports
from scoping.theme import DARK, INPUT_CELL, LIGHT, code
from tests.scoping.reports.readers import Page
from tests.scoping.reports.samples import rendered

pytestmark = pytest.mark.long

OURS = {*astuple(LIGHT), *astuple(DARK), INPUT_CELL}
SOURCES = [path for path in Path(reports.__file__).parent.rglob("*") if path.suffix in (".py", ".typ", ".jinja")]


@pytest.mark.parametrize("path", SOURCES, ids=lambda path: path.name)
def test_no_source_spells_a_colour(path: Path) -> None:
    assert re.findall(r"#[0-9a-fA-F]{6}\b|['\"][0-9A-F]{6}['\"]", path.read_text(encoding="utf-8")) == []


def test_the_page_is_in_the_colours_of_the_theme() -> None:
    html = rendered("visual_inspection", "html").decode()
    style = html[html.index("<style>") : html.index("</style>")]
    found = re.findall(r"#[0-9a-fA-F]{3,8}\b", style)
    assert len(found) == 20
    assert set(found) <= OURS
    assert "svg" in Page(html).tags


def test_slides_and_memo_are_in_the_colours_of_the_theme() -> None:
    ours = {code(colour) for colour in OURS}
    for format_, part in (("pptx", "ppt/slides/slide1.xml"), ("docx", "word/document.xml")):
        with zipfile.ZipFile(io.BytesIO(rendered("visual_inspection", format_))) as package:
            xml = package.read(part).decode()
        found = set(re.findall(r'(?:srgbClr|w:color) (?:w:)?val="([0-9A-Fa-f]{6})"', xml))
        assert found
        assert found <= ours
