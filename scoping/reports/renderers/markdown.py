"""The summary as Markdown (CommonMark with tables). What people typed is escaped."""

from __future__ import annotations

import re

from ..blocks import (
    Block,
    Bullets,
    Figure,
    Format,
    KeyFigures,
    Paragraph,
    Section,
    Summary,
    Table,
)

# Every ASCII punctuation mark that can open markup may be escaped by a backslash (CommonMark 2.4).
_MARKUP = re.compile(r"([\\`*_{}\[\]<>()#+\-.!|~&$:=@^\"'])")
_LINE_START = re.compile(r"^\s*(#{1,6}|[-+*>=~`|]|\d+[.)](?=\s|$))")


def escape(text: str) -> str:
    """The text on one line, with nothing in it that Markdown or HTML would act on."""
    line = " ".join(text.split())
    escaped = re.sub(r"([\\`*_\[\]<>|~$&])", r"\\\1", line)
    escaped = re.sub(r"(?i)(https?|ftp|www|mailto|javascript|data)([:.])", r"\1\\\2", escaped)
    escaped = escaped.replace("@", "\\@")
    start = _LINE_START.match(escaped)
    return (
        escaped[: start.start(1)] + _MARKUP.sub(r"\\\1", start.group(1)) + escaped[start.end(1) :] if start else escaped
    )


def render(summary: Summary) -> bytes:
    """The whole summary as UTF-8 Markdown."""
    lines = [f"# {escape(summary.title)}", "", f"**{summary.verdict}**", ""]
    lines += [f"- {label}: {escape(value)}" for label, value in summary.facts]
    lines += ["", *_paragraphs(summary.lead)]
    for section in summary.sections:
        lines += _section(section)
    lines += ["---", "", escape(summary.footnote), ""]
    return "\n".join(lines).encode()


def _paragraphs(text: str) -> list[str]:
    return [line for part in text.split("\n") if part.strip() for line in (escape(part), "")]


def _section(section: Section) -> list[str]:
    lines = [f"## {escape(section.title)}", ""]
    for block in section.blocks:
        lines += _block(block)
    return lines


def _block(block: Block) -> list[str]:
    match block:
        case Paragraph(text):
            return _paragraphs(text)
        case Bullets(items):
            return [*(f"- {escape(item)}" for item in items), ""]
        case KeyFigures():
            return _table(block.as_table())
        case Table():
            return _table(block)
        case Figure():
            return [f"**{escape(block.title)}.** {escape(block.sentence)}", ""]


def _table(table: Table) -> list[str]:
    rule = ["---:" if column in table.numeric else "---" for column in range(len(table.columns))]
    rows = [table.columns, *table.rows]
    cells = [[escape(cell) for cell in row] for row in rows]
    head, *body = [f"| {' | '.join(row)} |" for row in cells]
    return [head, f"| {' | '.join(rule)} |", *body, ""]


FORMAT = Format("md", "Markdown", "md", "text/markdown", render, place=6)
