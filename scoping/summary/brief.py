"""The brief: the parts of a Summary that fit on two pages, in the order in which a sponsor reads them.

It takes blocks away and shortens lists, and says so; it computes nothing.
"""

from __future__ import annotations

from dataclasses import replace

from .blocks import Block, Bullets, Figure, Mark, Paragraph, Section, Spans, Summary, Table

_SECTIONS = (
    "verdict",
    "figures",
    "charts",
    "alternatives",
    "learn_first",
    "feasibility",
    "risks",
    "plan",
    "assumptions",
    "decisions",
)
_CHARTS = ("npv", "cash_flow", "tornado")
_MOST_CHARTS, _MOST_BARS = 4, 7
_MOST_ITEMS, _MOST_ROWS = 5, 5
_LONGEST_LEAD, _LONGEST_CELL, _LONGEST_TITLE = 420, 110, 120
# Tables that the brief leaves to the memo.
_LEFT_OUT = frozenset({"Quality and cost", "Score by area", "Several estimators, averaged quantile by quantile"})


def brief(summary: Summary) -> Summary:
    """The summary without what two pages have no room for."""
    by_id = {section.id: section for section in summary.sections}
    chosen = [_section(by_id[identity]) for identity in _SECTIONS if identity in by_id]
    return replace(
        summary,
        title=shortened(summary.title, _LONGEST_TITLE),
        lead=shortened(summary.lead, _LONGEST_LEAD),
        facts=tuple((label, shortened(value, 50)) for label, value in summary.facts if label != "Tags"),
        sections=tuple(section for section in chosen if section.blocks),
    )


def shortened(text: str, longest: int) -> str:
    """The beginning of a text, on one line, with an ellipsis where there is more."""
    line = " ".join(text.split())
    return line if len(line) <= longest else f"{line[: longest - 1].rstrip()}…"


def _section(section: Section) -> Section:
    if section.id == "charts":
        return replace(section, blocks=_charts(section))
    kept = [_block(block) for block in section.blocks]
    return replace(section, blocks=tuple(block for block in kept if block is not None))


def _charts(section: Section) -> tuple[Block, ...]:
    """What it may be worth, how good it must be, the money by month, what matters most."""
    figures = [block for block in section.blocks if isinstance(block, Figure)]
    metric = [figure for figure in figures if figure.id.startswith("metric_") and figure.id != "metric_map"]
    main = [figure for figure in figures if figure.id in _CHARTS]
    ordered = [*main[:1], *metric[:1], *main[1:]]
    return tuple(replace(figure, marks=tuple(map(_fewer, figure.marks))) for figure in ordered[:_MOST_CHARTS])


def _fewer(mark: Mark) -> Mark:
    """The first bars of a chart with many."""
    if not isinstance(mark, Spans):
        return mark
    most = _MOST_BARS
    return replace(
        mark,
        names=mark.names[:most],
        start=mark.start[:most],
        end=mark.end[:most],
        tones=mark.tones[:most],
        labels=mark.labels[:most],
        marks=mark.marks[:most],
    )


def _block(block: Block) -> Block | None:
    match block:
        case Bullets(items):
            return Bullets(_cut(tuple(shortened(item, 260) for item in items), _MOST_ITEMS))
        case Paragraph(text, muted):
            return Paragraph(shortened(text, 400), muted)
        case Table() if block.title in _LEFT_OUT:
            return None
        case Table() if block.title == "Gates":
            return _gates(block)
        case Table():
            return _table(block)
    return block


def _cut(items: tuple[str, ...], most: int) -> tuple[str, ...]:
    rest = len(items) - most
    return items if rest <= 0 else (*items[:most], f"and {rest} more: see the memo")


def _table(table: Table) -> Table:
    rows = [tuple(shortened(cell, _LONGEST_CELL) for cell in row) for row in table.rows[:_MOST_ROWS]]
    rest = len(table.rows) - _MOST_ROWS
    if rest > 0:
        rows.append((f"and {rest} more: see the memo", *[""] * (len(table.columns) - 1)))
    return replace(table, rows=tuple(rows))


def _gates(table: Table) -> Block:
    """Gates that passed are counted; those that did not are named."""
    open_ = [row for row in table.rows if row[1] != "Passed"]
    passed = len(table.rows) - len(open_)
    said = f"{passed} of {len(table.rows)} gates passed."
    return _table(replace(table, rows=tuple(open_))) if open_ else Paragraph(said)
