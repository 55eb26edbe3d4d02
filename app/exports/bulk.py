"""Summaries of many proposals in one download."""

from __future__ import annotations

from collections.abc import Iterable
from contextlib import closing
from tempfile import TemporaryFile

import streamlit as st

from app.exports.notes import matching, summary_of
from app.fields.words import short
from app.session.language import chosen_language, language_choice, tell, tell_count
from app.session.shared import store
from db import Filters, Listed
from scoping.reports import formats
from scoping.reports.archive import Archive
from scoping.text.wording import number

_FILE = "groundwork-summaries.zip"
_LONG = 60


def bulk_dialog(filters: Filters) -> None:
    """A dialog in which many summaries are downloaded at once."""
    st.dialog(tell("Download summaries"), width="medium", icon=":material/folder_zip:")(_choose)(filters)


def _choose(filters: Filters) -> None:
    """Which proposals, in which formats and language; then the file is made, and offered."""
    count = store().count(filters)
    st.caption(
        tell_count(
            "{count} proposal in the list as it is filtered now.",
            "{count} proposals in the list as it is filtered now.",
            count,
        )
    )
    only = _only(filters)
    names = _chosen_formats()
    language_choice("bulk_language")
    if not names:
        st.caption(tell("Choose at least one format."))
    elif st.button(_make_label((len(only) or count) * len(names)), type="primary", icon=":material/play_arrow:"):
        _offer(_make(only or matching(store(), filters), len(only) or count, names))


def _only(filters: Filters) -> list[Listed]:
    """Those that were chosen one by one, of the first ones: of very many, the list's own filters choose."""
    by_id = {row.id: row for row in store().first(filters)}
    chosen = st.multiselect(
        tell("Only these"),
        list(by_id),
        format_func=lambda identity: short(by_id[identity].title, _LONG),
        key="bulk_only",
        placeholder=tell("All of them"),
        help=tell("Leave empty for all."),
    )
    return [by_id[identity] for identity in chosen]


def _chosen_formats() -> list[str]:
    known = formats()
    return st.pills(
        tell("Formats"),
        list(known),
        default=["pdf"],
        selection_mode="multi",
        format_func={name: tell(each.title) for name, each in known.items()}.__getitem__,
        key="bulk_formats",
    )


def _offer(content: bytes) -> None:
    st.download_button(
        tell("Download {file} ({size} MB)", file=_FILE, size=number(len(content) / 1e6, 1)),
        content,
        _FILE,
        "application/zip",
        key="bulk_download",
        icon=":material/download:",
        on_click="ignore",
        type="primary",
    )


def _make_label(files: int) -> str:
    return tell_count("Make {count} file", "Make {count} files", files)


def _make(rows: Iterable[Listed], count: int, names: list[str]) -> bytes:
    """The ZIP file, with a bar that tells how far it is."""
    language, bar = chosen_language(), st.progress(0.0)
    with TemporaryFile() as target, closing(Archive(target)) as archive:
        for done, row in enumerate(rows):
            bar.progress(min(done / count, 1.0), _how_far(done + 1, count, row.title))
            archive.add(summary_of(store(), row.id, language), names)
        bar.progress(1.0, tell("Done"))
        archive.close()
        target.seek(0)
        return target.read()


def _how_far(done: int, count: int, title: str) -> str:
    return tell("{number} of {count}: {title}", number=str(done), count=str(count), title=short(title, _LONG))
