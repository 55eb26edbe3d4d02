"""What is printed on paper: a head, sections and a foot, all texts ready to read."""

from __future__ import annotations

from dataclasses import dataclass

from ..text.languages import Language
from .blocks import Section


@dataclass(frozen=True)
class Page:
    """A short document. `tag` stands in a frame below the title, in the colour `tone` ("#rrggbb").

    `standing` says when and which version, `decision` what was decided; both stand at the head of the first page.
    Charts of a long text float to a page's edge, so that text fills the place where they do not fit.
    """

    title: str
    author: str
    tag: str
    tone: str
    lead: str
    facts: tuple[tuple[str, str], ...]
    sections: tuple[Section, ...]
    footnote: str
    language: Language
    standing: str = ""
    decision: str = ""
    charts_float: bool = False
