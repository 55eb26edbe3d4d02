"""Time, size and peak memory of each export format; the PDF beside assess() and an empty page."""

from __future__ import annotations

import tracemalloc

from scoping import assess, examples
from scoping.reports import formats, render, summarise
from scoping.reports.page import Page
from scoping.reports.paper import typeset
from scoping.text.languages import ENGLISH
from scoping.theme import LIGHT
from tests.bench.assessment import median_seconds

_RUNS = 5


def measure() -> dict[str, float]:
    """One line for each format, and the ratio of the PDF."""
    name = max(examples.NAMES, key=lambda name: len(examples.text(name)))
    document = examples.load(name)
    summary = summarise(document, assess(document))
    print(f"{name}\n{'format':14} {'ms':>7} {'KB':>7} {'peak MB':>8}")
    seconds = {}
    for each in formats():
        seconds[each] = median_seconds(lambda each=each: render(summary, each), _RUNS)  # type: ignore[misc]
        tracemalloc.start()
        size = len(render(summary, each))
        peak = tracemalloc.get_traced_memory()[1]
        tracemalloc.stop()
        print(f"{each:14} {1000 * seconds[each]:7.0f} {size / 1024:7.0f} {peak / 2**20:8.1f}")
    empty = Page("Empty", "", "", LIGHT.main, "", (), (), "", ENGLISH)
    floor = median_seconds(lambda: typeset(empty), _RUNS)
    whole = median_seconds(lambda: assess(document), _RUNS)
    beside = f"({1000 * whole:.0f} + {1000 * floor:.0f} ms)"
    print(f"PDF / (assess() + empty page): {seconds['pdf'] / (whole + floor):.2f} {beside}")
    milliseconds = {f"{each}, ms": 1000 * taken for each, taken in seconds.items()}
    return {**milliseconds, "PDF / (assess() + empty page)": seconds["pdf"] / (whole + floor)}
