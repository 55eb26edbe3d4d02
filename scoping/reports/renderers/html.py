"""The memo as one self-contained HTML page: no script, no address outside itself, charts as SVG."""

from __future__ import annotations

from importlib.resources import files

from jinja2 import Environment
from markupsafe import Markup

from ...text.languages import message
from ...text.shortening import shortened
from ...theme import DARK, LIGHT, Palette
from ..blocks import Figure
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


def render(memo: Memo) -> bytes:
    """The page in UTF-8. Everything that people typed is escaped by the template engine."""
    environment = Environment(autoescape=True, trim_blocks=True, lstrip_blocks=True)
    environment.tests["block"] = lambda block, name: type(block).__name__ == name
    environment.filters["svg"] = _svg
    environment.filters["shortened"] = shortened
    template = environment.from_string(files(__package__).joinpath("page.html.jinja").read_text(encoding="utf-8"))
    return template.render(memo=memo, light=_colours(LIGHT), dark=_colours(DARK)).encode()


FORMAT = FileFormat("html", message("Web page (HTML)"), "html", "text/html", render, place=6)
