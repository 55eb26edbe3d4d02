"""Many ideas at once, from Excel or CSV: looked at before anything is saved, and all of them or none."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import Any

import streamlit as st

from app.exports.offer import offer
from app.fields.words import plain, short
from app.intake.reading import read_table
from app.intake.sheet import MOST_BYTES
from app.session.language import chosen_language, tell, tell_count, told
from app.session.navigation import Page, link
from app.session.person import person
from app.session.shared import store
from app.views.parts.idea_words import cases_said, money_said
from app.views.parts.notices import refusal
from db import Action
from scoping import GroundworkError
from scoping.intake import MOST_IDEAS, CellRefused, Idea, IdeasRead, read_ideas, text_compared
from scoping.reports.idea_template import TEMPLATES, template
from scoping.text.languages import message, say
from scoping.text.wording import number

_FILE, _READ, _SAVED, _REFUSED = "ideas_file", "ideas_read", "ideas_saved", "ideas_refused"
_EPOCH = "ideas_epoch"
_LONGEST_TEXT = 120
_REFUSED_SHOWN = 100


def draw() -> None:
    """The template, the file, and the list of what it says."""
    st.title(tell("Many ideas at once"), anchor=False)
    if not store().may(Action.CREATE):
        st.info(tell("Your role does not let you propose ideas. Ask an administrator."), icon=":material/lock:")
        return
    if saved := st.session_state.pop(_SAVED, 0):
        st.success(
            tell_count(
                "{many} idea waits to be taken up.", "{many} ideas wait to be taken up.", saved, many=str(saved)
            ),
            icon=":material/check_circle:",
        )
        link("ideas", tell("See all ideas"), ":material/lightbulb:")
    if refused := st.session_state.pop(_REFUSED, ""):
        st.error(refused, icon=":material/error:")
    _templates()
    file = st.file_uploader(
        tell("Excel or CSV file"), type=["xlsx", "csv", "txt"], key=f"{_FILE}:{st.session_state.get(_EPOCH, 0)}", max_upload_size=MOST_BYTES >> 20,
        help=tell("Up to {most} ideas, and {size} MB.", most=str(MOST_IDEAS), size=str(MOST_BYTES >> 20)),
    )  # fmt: skip
    if file is None:
        return
    try:
        read = _read(file.getvalue(), file.name)
    except GroundworkError as refused:
        st.error(refusal(refused), icon=":material/error:")
        return
    _preview(read)


def _templates() -> None:
    st.caption(tell("Begin with the template: it has the headings, an example, and a sheet that explains them."))
    language = chosen_language()
    titles = {"xlsx": tell("Template for Excel"), "csv": tell("Template as CSV")}
    with st.container(horizontal=True):
        for ending, media_type in TEMPLATES.items():
            make = partial(template, ending, language)
            offer(titles[ending], make, f"groundwork-ideas.{ending}", media_type, f"template:{ending}")


def _read(content: bytes, name: str) -> IdeasRead:
    """Once for each file: the page runs anew with every click. Raises SourceRefused."""
    language, currency = chosen_language(), store().organisation.current().organisation.currency
    key = (hash(content), name, language.tag, currency)
    before = st.session_state.get(_READ)
    if before is None or before[0] != key:
        with st.spinner(tell("Reading the file")):
            read = read_ideas(read_table(content, name, language), language, currency)
        st.session_state[_READ] = before = (key, read)
    found: IdeasRead = before[1]
    return found


def _preview(read: IdeasRead) -> None:
    for note in read.notes:
        st.caption(f":material/info: {plain(told(note))}")
    name = read.language.locale.get_language_name(chosen_language().tag) or ""
    sample = say(number(1234.5, 1), read.language)
    said = tell(
        "Numbers that stand as text were read as {language} writes them: {sample}.", language=name, sample=sample
    )
    st.caption(f":material/info: {plain(said)}")
    if read.refused:
        _refused(read.refused)
        return
    _table(read.ideas)
    many = len(read.ideas)
    label = tell_count("Propose this idea", "Propose these {many} ideas", many, many=str(many))
    st.button(label, type="primary", icon=":material/send:", key="propose_all", on_click=_propose, args=(read,))


def _refused(refused: Sequence[CellRefused]) -> None:
    st.error(
        tell_count(
            "Nothing was taken: {count} cell is refused. Mend it in the file, and choose the file again.",
            "Nothing was taken: {count} cells are refused. Mend them in the file, and choose the file again.",
            len(refused),
        ),
        icon=":material/error:",
    )
    columns = (tell("Cell"), tell("Column"), tell("What stands there"), tell("Why it is refused"))
    rows = [(each.place, told(each.column), each.value, told(each.reason)) for each in refused[:_REFUSED_SHOWN]]
    _shown(columns, rows, tell("The cells that are refused, each with its reason"))
    if len(refused) > _REFUSED_SHOWN:
        rest = len(refused) - _REFUSED_SHOWN
        st.caption(tell_count("and {count} more", "and {count} more", rest))


def _table(ideas: Sequence[tuple[int, Idea]]) -> None:
    """What each row says, and which proposals it is like: what is there already is told before it is there twice."""
    texts = {f"row {row}": text_compared(idea.title, idea.problem, idea.tags) for row, idea in ideas}
    similar = store().intake.similar_each(texts, most=1)
    columns = (
        tell("Row"),
        tell("Title"),
        tell("Problem"),
        tell("Cases a month"),
        tell("Rough value a year"),
        tell("Similar"),
    )
    currency = store().organisation.current().organisation.currency
    rows = [
        (
            str(row),
            idea.title,
            short(idea.problem, _LONGEST_TEXT),
            _unescaped(cases_said(idea.volume)),
            _unescaped(money_said(idea.worth, idea.currency or currency)),
            similar[f"row {row}"][0].title if similar[f"row {row}"] else "",
        )
        for row, idea in ideas
    ]
    _shown(columns, rows, tell("The ideas that the file holds"))
    alike = sum(1 for each in similar.values() if each)
    if alike:
        st.warning(
            tell_count(
                "{count} row is like a proposal that is there already: look before you propose it.",
                "{count} rows are like proposals that are there already: look before you propose them.",
                alike,
            ),
            icon=":material/content_copy:",
        )


def _unescaped(said: str) -> str:
    """A table shows text as it is: marks that keep Markdown away would be seen."""
    return said.replace("\\", "").replace("\u2060", "")


def _shown(columns: Sequence[str], rows: Sequence[Sequence[str]], alt: str) -> None:
    found: dict[str, Any] = {name: [row[place] for row in rows] for place, name in enumerate(columns)}
    st.dataframe(found, hide_index=True, width="stretch", alt=alt)


def _propose(read: IdeasRead) -> None:
    try:
        saved = store().intake.propose([idea for _, idea in read.ideas], chosen_language(), person(), "import of ideas")
    except GroundworkError as refused:
        st.session_state[_REFUSED] = refusal(refused)
        return
    st.session_state[_SAVED] = len(saved)
    st.session_state.pop(_READ, None)
    # The field for the file begins anew: what was taken is not offered again.
    st.session_state[_EPOCH] = st.session_state.get(_EPOCH, 0) + 1


PAGE = Page(
    url="import_ideas",
    title=message("Many ideas at once"),
    icon=":material/upload_file:",
    help=message("Ideas from an Excel or CSV file: looked at first, then all of them or none."),
    place=14,
    draw=draw,
    in_menu=False,
)
