"""What every file format must do, whatever it is for."""

from __future__ import annotations

from typing import Any

from scoping.reports import formats, render
from scoping.reports.file_format import FileFormat
from scoping.reports.summarising.key_figures import key_figures
from tests.scoping.reports.readers import READERS, plain, squeezed
from tests.scoping.reports.samples import document_of, hostile, rendered, summary_of

# As much of a text as every format shows, however little room it has.
_SHOWN = 40
# As much of a reason as every format writes on one line, if it has lines.
_BEGINNING = 60


def says_what_it_is(name: str, found: FileFormat[Any]) -> None:
    """It goes by its name, has a title and a media type, and the tests can read it."""
    assert found.name == name
    assert found.title
    assert found.media_type.count("/") == 1
    assert found.file_type in READERS, "a format of a new file type needs a reader in tests/scoping/reports/readers.py"


def refuses_nothing(format_: str, name: str) -> None:
    """There is a file, its reader can read it, and it tells whose it is."""
    found = READERS[formats()[format_].file_type](rendered(name, format_))
    assert squeezed(document_of(name).title) in squeezed(found.words)
    assert found.acts == []


def tells_the_figures(format_: str, name: str) -> None:
    """The key figures and the reasons of the verdict are in it, as the assessment has them."""
    assessment = summary_of(name).assessment
    words = READERS[formats()[format_].file_type](rendered(name, format_)).words.replace("\N{NO-BREAK SPACE}", " ")
    if formats()[format_].file_type == "pdf":
        # Pages are made of lines, not of sentences.
        words = squeezed(words)
        assert all(squeezed(figure.value) in words for figure in key_figures(assessment))
        assert all(squeezed(reason) in words for reason in assessment.verdict.reasons)
    else:
        told = [figure.value for figure in key_figures(assessment)]
        told += [reason[:_BEGINNING] for reason in assessment.verdict.reasons]
        assert [each for each in told if each.replace("\N{NO-BREAK SPACE}", " ") not in words] == []


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
