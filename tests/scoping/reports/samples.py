"""What the reports are tried on: the examples, an empty and a half-filled proposal, and text meant to do harm."""

from __future__ import annotations

import json
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

from scoping import Assessment, Proposal, assess, examples, read
from scoping.reports import CommentNote, DecisionNote, Summary, ThreadNote, formats, render, summarise
from scoping.text.languages import ENGLISH, Language
from tests.documents import UNCERTAIN, proposal

FEW = 1_024
"""Draws that are enough where figures do not matter."""
GERMAN = Language("de")
NOTES = (
    DecisionNote(
        "pilot", "Sofia Marini", date(2026, 5, 1), "It pays to know.", None, ("A test line",), date(2027, 5, 1), 3
    ),
    DecisionNote("stop", "Sofia Marini", date(2026, 4, 1), "Too early.", "build"),
)
UNFINISHED = {
    "empty": {"title": "Only a title"},
    **{
        path.stem: json.loads(path.read_text(encoding="utf-8"))
        for path in sorted(Path(__file__).parents[1].glob("document/golden/version_1/half_filled_*.json"))
    },
}
NAMES = (*examples.NAMES, *UNFINISHED)
"""Every example, an empty proposal, and the half-filled ones."""
HOSTILE = (
    "=1+1",
    "@SUM(A1:A9)",
    "+cmd|' /C calc'!A0",
    "-2+3",
    "#set text(red)",
    '$x^2$ #image("/etc/passwd")',
    "<script>alert('x')</script>",
    '<img src=x onerror="alert(1)">',
    "https://example.org www.example.org someone@example.org",
    "[click](javascript:alert(1))",
    "![pixel](http://example.org/p.png)",
    "`code` **bold** _it_ ~~gone~~ # head\n# head\n- item\n1. one",
    "| a | b |\n| - | - |",
    "{{ 7 * 7 }} {% raw %}",
    "&lt;b&gt; &amp;",
    "$x^2$ ]]> --> </style></svg>",
    "\u0007bell",
    "مرحبا بالعالم",
    "Ünïcødé ✓",
    "x" * 3_000,
)
"""Markup, formulas, addresses and templates of every kind that a file may be read by, and long and foreign text."""
LIKE_DATA = ("yes", "1e3", "!!python/object:os.system", "- a: b", "null")
"""Text that a format of data might take for something else."""


def document_of(name: str) -> Proposal:
    """A proposal by its name."""
    return read(UNFINISHED[name]) if name in UNFINISHED else examples.load(name)


@cache
def summary_of(name: str, language: Language = ENGLISH, draws: int = FEW) -> Summary:
    """Its summary, with two decisions."""
    document = document_of(name)
    return summarise(document, assess(document, draws), NOTES, language)


@cache
def rendered(name: str, format_: str) -> bytes:
    """Its summary in a format."""
    return render(summary_of(name), format_)


def summarised(document: Proposal, assessment: Assessment | None = None) -> Summary:
    """The summary of a proposal, assessed in full."""
    return summarise(document, assessment or assess(document))


@cache
def hostile(text: str) -> Summary:
    """A summary in which people typed that text wherever they could."""
    changes: dict[str, Any] = {
        "title": text,
        "summary": text,
        "owner": text,
        "problem__statement": text,
        "risks": [{"name": text, "response": text}],
        "milestones": [{"name": text, "due_month": 1}],
        "alternatives__2__name": text,
        "alternatives__2__evidence": [text],
        "data__labels": text,
        "operations__features_at_risk": [text],
    }
    document = proposal(UNCERTAIN, **changes)
    note = DecisionNote("stop", text, date(2026, 5, 1), text, None, (text,), None, 1)
    threads = [ThreadNote(text, is_open=True, comments=(CommentNote(text, date(2026, 5, 2), 1, text),))]
    return summarise(document, assess(document, FEW), [note], threads=threads)


def of_type(file_type: str) -> str:
    """The format of that file type that people meet first."""
    return next(each.name for each in formats().values() if each.file_type == file_type)
