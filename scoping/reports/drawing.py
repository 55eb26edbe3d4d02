"""Draws figure data as SVG or PNG, for formats that are read without a browser's help. Computes nothing."""

from __future__ import annotations

import io
import re
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache, lru_cache, singledispatch
from typing import Any

from matplotlib import rc_context
from matplotlib.axes import Axes
from matplotlib.colors import LinearSegmentedColormap
from matplotlib.figure import Figure as Canvas
from matplotlib.font_manager import fontManager
from matplotlib.ticker import FixedLocator, FuncFormatter, MaxNLocator, NullLocator

from ..text.languages import say
from ..text.shortening import name_lines, shortened
from ..text.wording import amount_among, number, percent
from ..theme import LIGHT
from ..vocabulary import Tone, Unit
from .blocks import (
    Axis,
    Band,
    Bars,
    Figure,
    Heat,
    Line,
    Mark,
    Note,
    Points,
    Rule,
    Spans,
    Stretch,
)
from .fonts import Face, faces_for
from .layout import printable
from .ticks import logarithmic_ticks

WIDE, HALF = 7.2, 4.4
# Drawings that are kept, some 50 kB each: two papers, and every try to fit a page, show the same ones.
_KEPT = 48
# A chart on half the width is a little lower too.
_LOWER = 0.8
# Letters of an axis title before it goes on in a second line.
_LABEL_WIDE, _LABEL_HALF = 56, 26
_ROOM_FOR_NAMES = 0.14
# Of a name beside a bar.
_MOST_LINES, _LINE_HEIGHT = 6, 0.16
_NOISE = 1e-9
# Along an axis of these there are no marks between whole numbers.
_WHOLE = (Unit.MONTHS, Unit.COUNT)
_TONES = {tone: LIGHT.tone(tone) for tone in Tone}
_INK, _GRID, _PAPER = LIGHT.ink, LIGHT.grid, LIGHT.page
# From loss over nothing to gain.
_LOSS_TO_GAIN = LinearSegmentedColormap.from_list("loss_to_gain", [LIGHT.bad, _PAPER, LIGHT.main])
# svg.hashsalt and no date: the same figure gives the same bytes.
_STYLE: dict[Any, Any] = {
    "svg.fonttype": "path",
    "svg.hashsalt": "groundwork",
    "font.size": 9,
    "axes.edgecolor": _GRID,
    "text.color": _INK,
    "axes.labelcolor": _INK,
    "xtick.color": _INK,
    "ytick.color": _INK,
    "text.parse_math": False,
}


def draw(figure: Figure, width: float = WIDE) -> str:
    """The figure as an <svg> element with no address, script or font outside itself; width in inches."""
    return _svg(_Same(figure), width)


def draw_png(figure: Figure, width: float = WIDE) -> bytes:
    """The figure as a picture on white, for formats that take no SVG; width in inches."""
    return _png(_Same(figure), width)


class _Same:
    """A figure that equals another one which says the same: its lists of numbers have no hash of their own."""

    def __init__(self, figure: Figure) -> None:
        self.figure, self._said = figure, repr(figure)

    @property
    def written(self) -> str:
        """All that stands in it, as text."""
        return self._said

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Same) and self._said == other._said

    def __hash__(self) -> int:
        return hash(self._said)


@lru_cache(maxsize=_KEPT)
def _svg(same: _Same, width: float) -> str:
    target, figure = io.StringIO(), same.figure
    with rc_context(_style(same)), _quietly():
        _canvas(figure, width).savefig(target, format="svg", transparent=True, metadata={"Date": None, "Creator": None})
    return _element(target.getvalue(), figure.id)


@lru_cache(maxsize=_KEPT)
def _png(same: _Same, width: float) -> bytes:
    target = io.BytesIO()
    with rc_context(_style(same)), _quietly():
        _canvas(same.figure, width).savefig(target, format="png", dpi=200, metadata={"Software": None})
    return target.getvalue()


def _style(same: _Same) -> dict[Any, Any]:
    """The look, with the fonts for other scripts where somebody wrote in one."""
    faces = faces_for(same.written)
    return {**_STYLE, "font.family": ["DejaVu Sans", *map(_known, faces)]} if faces else _STYLE


@cache
def _known(face: Face) -> str:
    """A font's name, once matplotlib knows it."""
    fontManager.addfont(str(face.path))
    return str(fontManager.ttflist[-1].name)


@contextmanager
def _quietly() -> Iterator[None]:
    """A letter that no font has is drawn as a box, and named where the file says what it cannot show."""
    with warnings.catch_warnings():
        warnings.filterwarnings("ignore", message="Glyph .* missing from")
        yield


def _canvas(figure: Figure, width: float) -> Canvas:
    height = _height(figure, wide=width == WIDE) * (1 if width == WIDE else _LOWER)
    canvas = Canvas(figsize=(width, height), layout="constrained")
    axes = canvas.subplots()
    axes.spines[["top", "right"]].set_visible(False)
    for mark in figure.marks:
        _mark(mark, axes, figure)
    _axis(axes.xaxis, figure.x, figure)
    _axis(axes.yaxis, figure.y, figure)
    _limits(axes, figure)
    return canvas


def _height(figure: Figure, *, wide: bool) -> float:
    spans = [mark for mark in figure.marks if isinstance(mark, Spans)]
    if not spans:
        return 3.4
    lines = max((len(_beside(name, wide=wide)) for name in spans[0].names), default=1)
    return 1.3 + max(0.36, _LINE_HEIGHT * lines) * len(spans[0].names)


def _beside(name: str, *, wide: bool) -> list[str]:
    """A name beside its bar, on as many lines as it takes; a far longer one stands in full in the tables."""
    return name_lines(printable(name), 44 if wide else 30, _MOST_LINES)


def _limits(axes: Axes, figure: Figure) -> None:
    if figure.x.low is not None and figure.x.high is not None:
        axes.set_xlim(figure.x.low, figure.x.high)
    if figure.y.low is not None and figure.y.high is not None:
        axes.set_ylim(figure.y.low, figure.y.high)


def _axis(axis: Any, about: Axis, figure: Figure) -> None:
    if about.unit == Unit.CATEGORY:
        return
    room = _LABEL_WIDE if _is_wide(axis.axes) else _LABEL_HALF
    axis.set_label_text("\n".join(name_lines(printable(about.title), room, _MOST_LINES)))
    if about.is_logarithmic:
        axis.axes.set(**{f"{axis.axis_name}scale": "log"})
        axis.set_major_locator(FixedLocator(logarithmic_ticks(figure, axis.axis_name)[0]))
        axis.set_minor_locator(NullLocator())
    else:
        axis.set_major_locator(MaxNLocator(6 if _is_wide(axis.axes) else 3, integer=about.unit in _WHOLE))
    axis.set_major_formatter(
        FuncFormatter(lambda value, _: say(_tick(_settled(value, axis), about.unit, figure, axis), figure.language))
    )


def _settled(value: float, axis: Any) -> float:
    """A tick at zero is exactly there: what is left of it by rounding would be told as a very small figure."""
    low, high = axis.get_view_interval()
    return 0.0 if abs(value) < _NOISE * max(abs(low), abs(high)) else value


def _tick(value: float, unit: Unit, figure: Figure, axis: Any) -> str:
    if unit == Unit.MONEY:
        return amount_among(map(float, axis.get_majorticklocs()), figure.currency)(value)
    return percent(value, 1) if unit == Unit.SHARE else number(value, 3)


def _element(text: str, identity: str) -> str:
    """matplotlib's file without its preamble; ids made unique, so that many fit on one page.

    A metric may be called anything, and a figure's id bears its name: in an id, letters that mean something are codes.
    """
    identity = re.sub(r"[^A-Za-z0-9_]", lambda letter: f"-{ord(letter.group()):x}-", identity)
    body = text[text.index("<svg") :]
    body = re.sub(r"<metadata>.*?</metadata>", "", body, flags=re.DOTALL)
    body = re.sub(r'\bid="([^"]+)"', rf'id="{identity}-\1"', body)
    body = re.sub(r'(xlink:href|href)="#([^"]+)"', rf'\1="#{identity}-\2"', body)
    return re.sub(r"url\(#([^)]+)\)", rf"url(#{identity}-\1)", body).strip()


@singledispatch
def _mark(mark: Mark, axes: Axes, figure: Figure) -> None:
    raise TypeError(f"no way to draw {type(mark).__name__}")


@_mark.register
def _(mark: Bars, axes: Axes, figure: Figure) -> None:
    widths = [right - left for left, right in zip(mark.left, mark.right, strict=True)]
    axes.bar(
        mark.left,
        mark.height,
        widths,
        align="edge",
        color=[_TONES[tone] for tone in mark.tones],
        edgecolor=_PAPER,
        linewidth=0.3,
    )


@_mark.register
def _(mark: Spans, axes: Axes, figure: Figure) -> None:
    rows = range(len(mark.names))
    widths = [end - start for start, end in zip(mark.start, mark.end, strict=True)]
    axes.barh(rows, widths, 0.56, left=list(mark.start), color=[_TONES[tone] for tone in mark.tones], alpha=0.85)
    axes.set_yticks(rows, ["\n".join(_beside(name, wide=_is_wide(axes))) for name in mark.names])
    axes.invert_yaxis()
    for row, low_first in enumerate(mark.low_at_start):
        ends = ("P10", "P90") if low_first else ("P90", "P10")
        for at, label, offset, side in ((mark.start[row], ends[0], -3, "right"), (mark.end[row], ends[1], 3, "left")):
            _end(axes, at, row, label, offset, side)
    known = [(middle, row) for row, middle in enumerate(mark.marks) if middle is not None]
    if known:
        axes.scatter(
            [middle for middle, _ in known], [row for _, row in known], color=_PAPER, edgecolor=_INK, zorder=3, s=26
        )
    axes.grid(axis="x", color=_GRID)
    axes.set_axisbelow(True)


def _end(axes: Axes, at: float, row: int, label: str, offset: float, side: Any) -> None:
    """Which end of the input an end of its bar is."""
    place: Any = {"xytext": (offset, 0), "textcoords": "offset points", "ha": side, "va": "center"}
    axes.annotate(label, (at, row), fontsize=7, color=_INK, **place)
    # A bar would have the axis begin where it begins itself.
    axes.use_sticky_edges = False
    axes.margins(x=_ROOM_FOR_NAMES)


@_mark.register
def _(mark: Note, axes: Axes, figure: Figure) -> None:
    place: Any = {"textcoords": "offset points", "va": "bottom"}
    if mark.upright:
        place |= {"xytext": (0, 3), "ha": "center", "rotation": 90}
    else:
        place |= {"xytext": (-3, 3), "ha": "right"} if mark.left else {"xytext": (3, 3), "ha": "left"}
        # A line across the chart ends behind the words.
        place |= {"bbox": {"facecolor": _PAPER, "edgecolor": "none", "pad": 1}}
    height = mark.y if mark.raised is None else mark.raised
    axes.annotate(mark.text, (mark.x, height), fontsize=8, color=_INK, **place)
    if height > mark.y:
        axes.vlines(mark.x, mark.y, height, color=_INK, linewidth=0.7)
    axes.margins(y=_ROOM_FOR_NAMES)


@_mark.register
def _(mark: Line, axes: Axes, figure: Figure) -> None:
    axes.plot(mark.x, mark.y, color=_TONES[mark.tone], linewidth=1.8)
    axes.grid(axis="y", color=_GRID)


@_mark.register
def _(mark: Band, axes: Axes, figure: Figure) -> None:
    axes.fill_between(mark.x, mark.low, mark.high, color=_TONES[mark.tone], alpha=0.16, linewidth=0)


@_mark.register
def _(mark: Rule, axes: Axes, figure: Figure) -> None:
    line = axes.axvline if mark.axis == "x" else axes.axhline
    line(mark.at, color=_TONES[mark.tone], linewidth=1.1, linestyle="-" if not mark.label else "--")
    if mark.label and mark.axis == "x":
        taken = sum(isinstance(text.get_gid(), str) and text.get_gid() == "rule" for text in axes.texts)
        axes.annotate(
            printable(mark.label),
            (mark.at, 1),
            xycoords=("data", "axes fraction"),
            xytext=(0, 4 + 11 * taken),
            gid="rule",
            textcoords="offset points",
            ha="center",
            fontsize=8,
            color=_TONES[mark.tone],
            annotation_clip=False,
        )
    elif mark.label:
        axes.annotate(
            printable(mark.label),
            (1, mark.at),
            xycoords=("axes fraction", "data"),
            xytext=(0, 3),
            textcoords="offset points",
            ha="right",
            fontsize=8,
            color=_TONES[mark.tone],
        )


@_mark.register
def _(mark: Stretch, axes: Axes, figure: Figure) -> None:
    axes.axvspan(mark.low, mark.high, color=_TONES[mark.tone], alpha=0.14, linewidth=0)
    axes.annotate(
        mark.label, ((mark.low + mark.high) / 2, 0.02), xycoords=("data", "axes fraction"),
        ha="center", fontsize=8, color=_TONES[mark.tone],
    )  # fmt: skip


@_mark.register
def _(mark: Heat, axes: Axes, figure: Figure) -> None:
    largest = max(abs(value) for row in mark.values for value in row) or 1.0
    mesh = axes.contourf(mark.x, mark.y, mark.values, levels=16, cmap=_LOSS_TO_GAIN, vmin=-largest, vmax=largest)
    if min(min(row) for row in mark.values) < 0 < max(max(row) for row in mark.values):
        axes.contour(mark.x, mark.y, mark.values, levels=[0], colors=_INK, linewidths=1.6)
    bar = axes.figure.colorbar(mesh, ax=axes, label=mark.name)
    bar.ax.yaxis.set_major_formatter(
        FuncFormatter(lambda value, _: say(amount_among((largest, -largest), figure.currency)(value), figure.language))
    )


@_mark.register
def _(mark: Points, axes: Axes, figure: Figure) -> None:
    axes.scatter(mark.x, mark.y, color=[_TONES[tone] for tone in mark.tones], edgecolor=_PAPER, s=60, zorder=4)
    # Room above and below, for names.
    axes.margins(y=_ROOM_FOR_NAMES)
    points = zip(mark.names, mark.x, mark.y, mark.labelled, mark.left, strict=True)
    for name, x, y, left in ((name, x, y, left) for name, x, y, labelled, left in points if labelled):
        offset, side = ((-6, 5), "right") if left else ((6, 5), "left")
        axes.annotate(_short(name), (x, y), xytext=offset, textcoords="offset points", fontsize=8, ha=side)


def _is_wide(axes: Axes) -> bool:
    root = axes.get_figure(root=True)
    return root is None or float(root.get_figwidth()) >= WIDE


def _short(name: str, longest: int = 44) -> str:
    return shortened(printable(name), longest)
