"""Reads an exported file as its reader's program would: the words in it, and whatever in it could act.

A format of a new file type needs a reader here; the contract tests name the type that has none.
"""

from __future__ import annotations

import csv
import io
import json
import re
import zipfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache
from html.parser import HTMLParser
from typing import Any

import docx
import openpyxl
import pypdf
import yaml
from markdown_it import MarkdownIt
from pptx import Presentation

from tests.scoping.reports.samples import of_type, rendered


@dataclass(frozen=True)
class Read:
    """The words of a file, in one string, and what in it is not words: links, scripts, formulas, pictures from afar."""

    words: str
    acts: list[str]


class Page(HTMLParser):
    """The tags, the attributes and the text of a web page."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.attributes: list[tuple[str, str]] = []
        self.text = ""
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        self.attributes += [(name, value or "") for name, value in attrs]

    def handle_data(self, data: str) -> None:
        self.text += data

    def handlers_and_addresses(self) -> list[str]:
        """Attributes that run something, or that lead away from the page."""
        away = [f"{name}={value}" for name, value in self.attributes if name in _ADDRESSES and value[:1] != "#"]
        return [*away, *(name for name, _ in self.attributes if name.startswith("on"))]


_ADDRESSES = ("href", "src", "xlink:href", "action", "srcset", "data")


@cache
def _tags_of_ours() -> frozenset[str]:
    """The elements of a page in which nobody typed anything that is meant to do harm."""
    return frozenset(Page(rendered("visual_inspection", of_type("html")).decode()).tags)


def page(content: bytes) -> Read:
    """A web page."""
    found = Page(content.decode())
    return Read(found.text, [*(set(found.tags) - _tags_of_ours()), *found.handlers_and_addresses()])


# What our Markdown consists of: headings, tables, lists, paragraphs, bold labels, a rule.
_MARKDOWN = frozenset(["h1", "h2", "table", "thead", "tbody", "tr", "th", "td", "ul", "li", "p", "strong", "hr"])


def markdown(content: bytes) -> Read:
    """Markdown, as a reader of GitHub's dialect shows it."""
    found = Page(MarkdownIt("gfm-like", {"html": True, "linkify": False}).render(content.decode()))
    more = ["a second title"] if found.tags.count("h1") != 1 else []
    return Read(found.text, [*(set(found.tags) - _MARKDOWN), *more])


def pdf(content: bytes) -> Read:
    """A PDF, page after page."""
    reader = pypdf.PdfReader(io.BytesIO(content))
    acts = [key for page in reader.pages for key in ("/Annots", "/AA") if key in page]
    acts += [key for key in ("/OpenAction", "/AA", "/AcroForm") if key in reader.trailer["/Root"]]
    return Read("".join(page.extract_text() for page in reader.pages), acts)


def word(content: bytes) -> Read:
    """A Word file: paragraphs and cells."""
    document = docx.Document(io.BytesIO(content))
    cells = [cell.text for table in document.tables for row in table.rows for cell in row.cells]
    return Read("\n".join([*(paragraph.text for paragraph in document.paragraphs), *cells]), _links(content))


def slides(content: bytes) -> Read:
    """The slides of a presentation: boxes, cells, notes."""
    return Read("\n".join(_of_slides(content)), _links(content))


def _of_slides(content: bytes) -> Iterator[str]:
    for slide in Presentation(io.BytesIO(content)).slides:
        for shape in slide.shapes:
            if shape.has_text_frame:
                yield shape.text_frame.text
            if shape.has_table:
                yield from (cell.text for row in shape.table.rows for cell in row.cells)
        yield slide.notes_slide.notes_text_frame.text


def workbook(content: bytes) -> Read:
    """An Excel file: its texts; a formula that holds a quotation of more than our own words would show in its text."""
    book = openpyxl.load_workbook(io.BytesIO(content))
    cells = [cell for sheet in book for row in sheet.iter_rows() for cell in row if isinstance(cell.value, str)]
    texts = [str(cell.value) for cell in cells if cell.data_type == "s"]
    linked = [f"link in {cell.coordinate}" for cell in cells if cell.hyperlink is not None]
    formulas = [str(cell.value) for cell in cells if cell.data_type == "f"]
    strange = [each for each in formulas if not each.startswith("=") or re.search(r"\||cmd|HYPERLINK|https?:", each)]
    return Read("\n".join(texts), [*linked, *strange, *_links(content)])


def _links(content: bytes) -> list[str]:
    """What leads out of an Office file."""
    with zipfile.ZipFile(io.BytesIO(content)) as package:
        names = package.namelist()
        relations = "".join(package.read(name).decode() for name in names if name.endswith(".rels"))
    found = re.findall(r'relationships/hyperlink|TargetMode="External"', relations)
    return [*found, *(name for name in names if "hyperlink" in name or "externalLink" in name)]


def json_file(content: bytes) -> Read:
    """JSON: every text in it."""
    return Read("\n".join(_texts(json.loads(content))), [])


def yaml_file(content: bytes) -> Read:
    """YAML: every text in it; a tag would be refused."""
    return Read("\n".join(_texts(yaml.safe_load(content))), [])


def _texts(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict | list):
        for each in value.values() if isinstance(value, dict) else value:
            yield from _texts(each)


def comma_separated(content: bytes) -> Read:
    """A CSV file, as a spreadsheet program opens it: what looks like a formula is one, but for numbers."""
    cells = [cell for row in csv.reader(io.StringIO(content.decode("utf-8-sig"))) for cell in row]
    acts = [cell for cell in cells if cell.lstrip()[:1] in _FORMULA_STARTS and not _is_number(cell)]
    return Read("\n".join(cells), acts)


_FORMULA_STARTS = ("=", "+", "-", "@")


def _is_number(cell: str) -> bool:
    try:
        float(cell)
    except ValueError:
        return False
    return True


READERS: dict[str, Callable[[bytes], Read]] = {
    "csv": comma_separated,
    "docx": word,
    "html": page,
    "json": json_file,
    "md": markdown,
    "pdf": pdf,
    "pptx": slides,
    "xlsx": workbook,
    "yaml": yaml_file,
}
"""A reader for each file type."""


def plain(words: str) -> str:
    """Words on one line, for a comparison: spaces that do not break are spaces, what cannot be seen is gone."""
    visible = "".join(letter if letter.isprintable() or letter.isspace() else " " for letter in words)
    return " ".join(visible.split())


def squeezed(words: str) -> str:
    """Words without any space: a PDF knows lines, not paragraphs."""
    return plain(words).replace(" ", "")
