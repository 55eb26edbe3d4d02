"""The summary as one self-contained HTML page: no script, no address outside itself, charts as SVG."""

from __future__ import annotations

from importlib.resources import files

from jinja2 import Environment
from markupsafe import Markup

from ..blocks import Figure, Format, Summary
from .svg import draw


def _svg(figure: Figure) -> Markup:
    # Drawn by matplotlib, which writes text as outlines; nothing a person typed is markup in it.
    return Markup(draw(figure))  # noqa: S704


def render(summary: Summary) -> bytes:
    """The page in UTF-8. Everything that people typed is escaped by the template engine."""
    environment = Environment(autoescape=True, trim_blocks=True, lstrip_blocks=True)
    environment.tests["block"] = lambda block, name: type(block).__name__ == name
    environment.filters["svg"] = _svg
    template = environment.from_string(files(__package__).joinpath("page.html.jinja").read_text(encoding="utf-8"))
    return template.render(summary=summary).encode()


FORMAT = Format("html", "Web page (HTML)", "html", "text/html", render, place=5)
