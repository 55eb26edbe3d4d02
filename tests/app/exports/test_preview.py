"""The preview: every kind of file is drawn, and what cannot be drawn is said."""

from __future__ import annotations

import io
import shutil
from concurrent.futures import ThreadPoolExecutor

import pytest
from PIL import Image

from app.exports import preview
from app.exports.preview import NoPreview, can_show, pictures
from scoping import assess, examples
from scoping.reports import Summary, formats, render, summarise

pytestmark = pytest.mark.long


@pytest.fixture(scope="module")
def summary() -> Summary:
    document = examples.load("stock_price")
    return summarise(document, assess(document))


def drawn(picture: bytes) -> float:
    """The share of a picture that is not paper."""
    image = Image.open(io.BytesIO(picture)).convert("L")
    return sum(image.histogram()[:200]) / (image.width * image.height)


@pytest.mark.parametrize(("name", "fewest"), [("pdf", 2), ("pdf-letter", 2), ("pptx", 5), ("docx", 4), ("xlsx", 4)])
def test_pages_are_drawn(name: str, fewest: int, summary: Summary) -> None:
    suffix = formats()[name].file_type
    assert can_show(suffix)
    shown, count = pictures(render(summary, name), suffix)
    assert count >= fewest
    assert len(shown) == min(count, 12)
    assert drawn(shown[0]) > 0.01


def test_two_people_may_look_at_once(summary: Summary) -> None:
    content = render(summary, "pdf")
    with ThreadPoolExecutor(4) as pool:
        found = list(pool.map(lambda _: pictures(content, "pdf"), range(8)))
    assert all(each == found[0] for each in found)


def test_without_an_office_there_is_no_picture_and_no_fault(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(shutil, "which", lambda _: None)
    assert not can_show("docx")
    assert can_show("pdf")
    with pytest.raises(NoPreview, match="not installed"):
        pictures(b"", "docx")


def test_a_file_that_cannot_be_drawn_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(preview, "_PATIENCE", 0.01)
    with pytest.raises(NoPreview, match="could not draw"):
        pictures(b"no presentation", "pptx")
