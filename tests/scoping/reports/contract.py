"""What every file format must do, whatever it is for."""

from __future__ import annotations

from scoping.reports import formats, render
from tests.scoping.reports.readers import READERS, plain, squeezed
from tests.scoping.reports.samples import document_of, hostile, rendered, summary_of

# As much of a text as every format shows, however little room it has.
_SHOWN = 40


def refuses_nothing(format_: str, name: str) -> None:
    """There is a file, its reader can read it, and it tells whose it is."""
    found = READERS[formats()[format_].file_type](rendered(name, format_))
    assert squeezed(document_of(name).title) in squeezed(found.words)
    assert found.acts == []


def is_repeatable(format_: str, name: str) -> None:
    """Rendered a second time, it is the same file."""
    assert render(summary_of(name), format_) == rendered(name, format_)


def keeps_text_text(format_: str, text: str) -> None:
    """What people typed is read as they typed it, and acts nowhere."""
    found = READERS[formats()[format_].file_type](render(hostile(text), format_))
    assert found.acts == []
    typed, words = plain(text)[:_SHOWN], plain(found.words)
    if formats()[format_].file_type == "pdf":
        # A PDF holds glyphs: accents and scripts from right to left come back from it in other orders.
        assert not typed.isascii() or squeezed(typed) in squeezed(words)
    else:
        assert typed in words
