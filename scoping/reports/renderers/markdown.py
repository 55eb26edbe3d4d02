"""The memo as Markdown (CommonMark with tables). What people typed is escaped."""

from __future__ import annotations

from collections.abc import Iterable

from ...text.languages import message
from ...text.markdown import escaped
from ..blocks import (
    Block,
    Bullets,
    Figure,
    KeyFigures,
    Paragraph,
    Section,
    Table,
)
from ..file_format import FileFormat
from ..memo import Memo


def render(memo: Memo) -> bytes:
    """The whole memo as UTF-8 Markdown."""
    lines = [f"# {escaped(memo.title)}", "", f"**{memo.verdict.said}**", ""]
    lines += [f"- {label}: {escaped(value)}" for label, value in memo.all_facts]
    lines += ["", *paragraphs(memo.lead)]
    lines += told(memo.sections)
    lines += ["---", "", escaped(memo.footnote), ""]
    return "\n".join(lines).encode()


def told(sections: Iterable[Section]) -> list[str]:
    """Sections as lines of Markdown."""
    return [line for section in sections for line in _section(section)]


def paragraphs(text: str) -> list[str]:
    """A text as lines of Markdown, a paragraph for each of its lines."""
    return [line for part in text.split("\n") if part.strip() for line in (escaped(part), "")]


def _section(section: Section) -> list[str]:
    lines = [f"## {escaped(section.title)}", ""]
    for block in section.blocks:
        lines += _block(block)
    return lines


def _block(block: Block) -> list[str]:
    match block:
        case Paragraph(text):
            return paragraphs(text)
        case Bullets(items):
            return [*(f"- {escaped(item)}" for item in items), ""]
        case KeyFigures():
            return _table(block.as_table())
        case Table():
            return _table(block)
        case Figure():
            return [f"**{escaped(block.title)}.** {escaped(block.sentence)}", ""]


def _table(table: Table) -> list[str]:
    rule = ["---:" if column in table.numeric else "---" for column in range(len(table.columns))]
    rows = [table.columns, *table.rows]
    cells = [[escaped(cell) for cell in row] for row in rows]
    head, *body = [f"| {' | '.join(row)} |" for row in cells]
    title = [f"**{escaped(table.title)}**", ""] if table.title else []
    return [*title, head, f"| {' | '.join(rule)} |", *body, ""]


FORMAT = FileFormat("md", message("Markdown"), "md", "text/markdown", render, place=7)
