"""Charts on paper: words stand where nothing else does."""

from __future__ import annotations

import pytest

from scoping.reports.blocks import Axis, Bars, Figure, Note
from scoping.reports.drawing import HALF, WIDE, _canvas
from scoping.vocabulary import Tone, Unit


@pytest.mark.parametrize("width", [WIDE, HALF])
@pytest.mark.parametrize("spike", [1, 8])
def test_a_raised_note_lies_over_no_bar(width: float, spike: int) -> None:
    heights = [0.05] * 10
    heights[spike], heights[4], heights[5] = 0.2, 0.3, 0.25
    bars = Bars(list(range(10)), list(range(1, 11)), heights, [Tone.MAIN] * 10)
    note = Note(spike + 0.5, heights[spike], "never goes live: 30%", raised=max(heights), left=spike > 5)
    axes = (Axis("Value", Unit.MONEY), Axis("Share", Unit.SHARE))
    canvas = _canvas(Figure("npv", "t", "s", "a", *axes, (bars, note), "EUR"), width)
    canvas.draw_without_rendering()
    drawn = canvas.axes[0]
    words = drawn.texts[0].get_window_extent()
    assert not any(words.overlaps(bar.get_window_extent()) for bar in drawn.patches)
    assert drawn.get_window_extent().x0 <= words.x0 < words.x1 <= canvas.bbox.x1
