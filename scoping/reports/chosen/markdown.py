"""A scenario as Markdown (CommonMark with tables). What people typed is escaped."""

from __future__ import annotations

from ...text.languages import message
from ...text.markdown import escaped
from ..file_format import FileFormat
from ..renderers.markdown import paragraphs
from ..renderers.markdown import told as sections_told
from .account import Account


def render(told: Account) -> bytes:
    """The whole account as UTF-8 Markdown."""
    lines = [f"# {escaped(told.title)}", "", f"**{escaped(told.tag)}**", ""]
    edition = [(told.say(message("Edition")), told.edition)] if told.edition else []
    lines += [f"- {label}: {escaped(value)}" for label, value in (*edition, *told.facts)]
    lines += ["", *paragraphs(told.lead), *sections_told(told.sections)]
    lines += ["---", "", escaped(told.footnote), ""]
    return "\n".join(lines).encode()


FORMAT = FileFormat("md", message("Scenario as Markdown"), "md", "text/markdown", render, place=6)
