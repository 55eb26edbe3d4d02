"""The memo as one self-contained HTML page: no script, no address outside itself, charts as SVG."""

from __future__ import annotations

from dataclasses import dataclass
from importlib.resources import files

from jinja2 import Environment
from markupsafe import Markup

from ...text.languages import Language, message
from ...text.shortening import shortened
from ...theme import DARK, LIGHT, Palette
from ..blocks import Figure, Section
from ..drawing import draw
from ..file_format import FileFormat
from ..memo import Memo


def _svg(figure: Figure) -> Markup:
    # Drawn by matplotlib, which writes text as outlines; nothing a person typed is markup in it.
    return Markup(draw(figure))  # noqa: S704


def _colours(palette: Palette) -> dict[str, str]:
    """What the style sheet calls each colour. Charts are drawn for paper, so their ground is light in the dark too."""
    return {
        "ink": palette.ink,
        "soft": palette.soft,
        "line": palette.rule,
        "page": palette.page,
        "panel": palette.panel,
        "chart": LIGHT.page if palette is LIGHT else LIGHT.panel,
        "main": palette.main,
        "good": palette.good,
        "bad": palette.bad,
        "accent": palette.accent,
    }


@dataclass(frozen=True)
class WebPage:
    """What a web page shows. `tag` stands in a frame below the title, in the colour of the style sheet's `look`."""

    title: str
    tag: str
    look: str
    facts: tuple[tuple[str, str], ...]
    lead: str
    sections: tuple[Section, ...]
    footnote: str
    language: Language


def render(memo: Memo) -> bytes:
    """The memo as a page."""
    verdict = memo.verdict
    return written(
        WebPage(
            memo.title, verdict.said, verdict.recommendation, memo.all_facts, memo.lead, memo.sections, memo.footnote,
            memo.language,
        )
    )  # fmt: skip


def written(page: WebPage) -> bytes:
    """The page in UTF-8. Everything that people typed is escaped by the template engine."""
    environment = Environment(autoescape=True, trim_blocks=True, lstrip_blocks=True)
    environment.tests["block"] = lambda block, name: type(block).__name__ == name
    environment.filters["svg"] = _svg
    environment.filters["shortened"] = shortened
    template = environment.from_string(files(__package__).joinpath("page.html.jinja").read_text(encoding="utf-8"))
    return template.render(page=page, light=_colours(LIGHT), dark=_colours(DARK)).encode()


FORMAT = FileFormat("html", message("Web page (HTML)"), "html", "text/html", render, place=6)
