"""Fields in which an estimate is typed: a number, or its three quantiles, in one row."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import Any

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from app.fields.resting import ground_line
from app.fields.suggested import suggestion
from app.fields.typed import TypedRange, readable_now
from app.fields.widget import Take, begin, complain, grammar_of, label, remark, said_of, saved_at
from app.fields.words import plain, short, short_plain
from app.session.browser import is_narrow
from app.session.entry_form import EntryForm
from app.session.language import tell, tell_count, told
from app.session.outcome import SaveOutcome
from app.session.remembered import held, text_of
from scoping import Estimate
from scoping.document.specs import Spec
from scoping.errors import EntryRefused
from scoping.text import entry
from scoping.text.grammar import Grammar
from scoping.text.judging import follows_from_ends
from scoping.text.ranges import BY_CHANCE, BY_ENDS, FORMS, QUANTILES, EnteredEstimate, Form, form_of, read_estimate

_WIDTHS = (2.4, 1, 1, 1)
_LONGEST_NAMES = _LONGEST_QUOTE = 60
_LAST = len(QUANTILES) - 1


def estimate_heading() -> None:
    """The titles over the three columns of a block of estimates."""
    about = tell(
        "One number if you are sure. If not, a range: one chance in ten to be below low, one in ten above high. "
        "“50 to 60” in one box is a range too, and so is “at least 10, likely 14, at most 30”."
    )
    if is_narrow():
        # Each box bears its own title there, and titles over columns would stand below each other over nothing.
        st.caption(about)
        return
    columns = st.columns(_WIDTHS, vertical_alignment="bottom")
    columns[0].caption(about)
    for column, title in zip(columns[1:], BY_CHANCE.titles, strict=True):
        column.markdown(f"**{told(title)}**")


def estimate(workspace: EntryForm, spec: Spec) -> None:
    """The row of a field, and under it what there is to say about what was typed."""
    saved = saved_at(workspace, spec.path)
    columns = st.columns(_WIDTHS, vertical_alignment="center")
    star = " :red[\\*]" if spec.needed and saved is None else ""
    with columns[0]:
        _named(workspace, spec, f"{label(workspace, spec)}{star}")
        beside(workspace, spec)
    # On a phone the boxes stand one below the other, far from the titles over their columns; and other titles than
    # those over the columns must be said.
    is_titled = is_narrow() or _form_at(workspace, spec) is not BY_CHANCE
    estimate_boxes(workspace, spec, columns[1:], "visible" if is_titled else "collapsed")


def _named(workspace: EntryForm, spec: Spec, name: str) -> None:
    """The name of a field, and where a range stands in it, what its numbers are."""
    if not is_range(workspace, spec):
        st.markdown(name, help=tell(spec.help))
        return
    with st.container(horizontal=True, vertical_alignment="center", gap="small"):
        st.markdown(name, help=tell(spec.help), width="content")
        form_menu(workspace, spec)


def beside(workspace: EntryForm, spec: Spec) -> None:
    """What there is to say of an estimate beside its boxes: who judged it, what its ends imply, what it rests on."""
    saved = saved_at(workspace, spec.path)
    if people := judges(saved):
        st.caption(told_of(people, is_agreed=is_agreed(saved)))
    if spec.path not in workspace.drafts and form_of(saved) is BY_ENDS:
        found = Estimate.model_validate(saved)
        st.caption(plain(told(follows_from_ends(found, spec, grammar_of(workspace)))))
    ground_line(workspace, spec.path)
    suggestion(workspace, spec)


def is_range(workspace: EntryForm, spec: Spec) -> bool:
    """True where more than one number stands in the boxes, saved or not, and none of them is an average."""
    draft, saved = workspace.drafts.get(spec.path), saved_at(workspace, spec.path)
    if judges(saved):
        return False
    return isinstance(saved, dict) if draft is None else sum(map(bool, TypedRange.of(draft.text).texts)) > 1


def form_menu(workspace: EntryForm, spec: Spec) -> None:
    """What the numbers of a range are, and the other thing that they may be."""
    key = workspace.key(f"{spec.path}:form")
    st.menu_button(
        tell(_form_at(workspace, spec).short), [*FORMS], key=key, type="tertiary", format_func=_about,
        help=tell("What the numbers of this range are: {field}", field=plain(tell(spec.title))),
        on_click=_take_form, args=(workspace, spec, key),
    )  # fmt: skip


def _about(first: str) -> str:
    return tell(FORMS[first].about)


def _take_form(workspace: EntryForm, spec: Spec, key: str) -> None:
    """The same numbers, which are something else from now on."""
    keys = _keys(workspace, spec)
    _save(workspace, spec, keys, _LAST, [held(each) for each in keys], FORMS[held(key)])


def told_of(people: Sequence[str], *, is_agreed: bool) -> str:
    """Whose judgements an estimate averages, or who agreed on it."""
    names = short_plain(", ".join(people), _LONGEST_NAMES)
    if is_agreed:
        return tell_count("Agreed; judged by {names}", "Agreed by {count}: {names}", len(people), names=names)
    return tell_count("Judged by {names}", "Average of {count}: {names}", len(people), names=names)


def estimate_boxes(
    workspace: EntryForm, spec: Spec, columns: Sequence[DeltaGenerator], visibility: Any, prefix: bool = True
) -> None:
    """The three boxes of an estimate, a column each; what is to be said of them stands below, in the same place."""
    saved = saved_at(workspace, spec.path)
    shown = _texts(workspace, spec, saved)
    keys = tuple(begin(workspace, f"{spec.path}:{name}", shown[name]) for name in QUANTILES)
    name, titles = label(workspace, spec) if prefix else "", _form_at(workspace, spec).titles
    for place, (column, title, key) in enumerate(zip(columns, titles, keys, strict=True)):
        column.text_input(
            ", ".join(filter(None, (name, told(title)))),
            text_of(key),
            key=key,
            label_visibility=visibility,
            disabled=bool(judges(saved)),
            on_change=_save_held,
            args=(workspace, spec, keys, place),
        )
    _say(workspace, spec, partial(_take, workspace, spec, keys))


def _keys(workspace: EntryForm, spec: Spec) -> tuple[str, ...]:
    """The keys of the three boxes: the same ones whatever their numbers are."""
    return tuple(workspace.key(f"{spec.path}:{name}") for name in QUANTILES)


def _form_at(workspace: EntryForm, spec: Spec) -> Form:
    """What the numbers in the boxes are."""
    draft = workspace.drafts.get(spec.path)
    return form_of(saved_at(workspace, spec.path)) if draft is None else TypedRange.of(draft.text).form


def judges(saved: Any) -> list[str]:
    """Who judged an estimate, where several people did."""
    if not isinstance(saved, dict):
        return []
    return [str(each["by"]) for each in saved.get("judgements", [])]


def is_agreed(saved: Any) -> bool:
    """Whether those who judged an estimate agreed on it in discussion."""
    return isinstance(saved, dict) and "consensus" in saved


def _texts(workspace: EntryForm, spec: Spec, saved: Any) -> dict[str, str]:
    draft = workspace.drafts.get(spec.path)
    if draft is not None:
        typed = TypedRange.of(draft.text).in_grammar(grammar_of(workspace), spec)
        return dict(zip(QUANTILES, typed.texts, strict=True))
    value = saved if saved is not None else entry.plain_default(spec.default)
    if isinstance(value, dict):
        value = Estimate.model_validate(value).numbers
    return shown_in_boxes(spec, value, grammar_of(workspace))


def shown_in_boxes(spec: Spec, value: Any, grammar: Grammar) -> dict[str, str]:
    """The texts of the three boxes for a plain number, the three of a range, or nothing."""
    names = form_of(value).names
    numbers = value if isinstance(value, dict) else {names[1]: value}
    texts = (entry.show(numbers.get(name), spec.quantity, grammar) for name in names)
    return dict(zip(QUANTILES, texts, strict=True))


def _say(workspace: EntryForm, spec: Spec, take: Take) -> None:
    draft = workspace.drafts.get(spec.path)
    if draft is None:
        remark(workspace.notes.get(spec.path, ()), take, workspace.key(spec.path))
        return
    before = TypedRange.of(draft.text)
    typed = before.in_grammar(grammar_of(workspace), spec)
    refused, found = _read_again(typed, workspace, spec)
    is_rewritten = typed.language != before.language
    is_hint = found is not None and found.unfinished and not is_rewritten
    if draft.outcome is SaveOutcome.UNFINISHED or is_hint:
        remark(workspace.notes.get(spec.path) or (found.notes if found else ()), take, workspace.key(spec.path))
        return
    if found is not None and is_rewritten:
        refused = readable_now(typed.texts, typed.changed)
    complain(draft, tell(spec.title), short(", ".join(filter(None, typed.texts)), _LONGEST_QUOTE), refused, take)


def _read_again(
    typed: TypedRange, workspace: EntryForm, spec: Spec
) -> tuple[EntryRefused | None, EnteredEstimate | None]:
    """What there is to say of a draft. It follows from how it was typed, so a reload says the same."""
    try:
        grammar = grammar_of(workspace)
        return None, read_estimate(typed.texts, spec.quantity, grammar, typed.changed, spec.unit, typed.form)
    except EntryRefused as refused:
        return refused, None


def _take(workspace: EntryForm, spec: Spec, keys: tuple[str, ...], text: str, place: int) -> None:
    st.session_state[keys[place]] = text
    texts = [text if number == place else held(key) for number, key in enumerate(keys)]
    _save(workspace, spec, keys, place, texts, _form_at(workspace, spec))


def _save_held(workspace: EntryForm, spec: Spec, keys: tuple[str, ...], changed: int) -> None:
    _save(workspace, spec, keys, changed, [held(key) for key in keys], _form_at(workspace, spec))


def _save(
    workspace: EntryForm, spec: Spec, keys: tuple[str, ...], changed: int, texts: Sequence[str], form: Form
) -> None:
    grammar = grammar_of(workspace)
    typed = TypedRange(tuple(texts), changed, grammar.language.tag, form).as_draft()
    try:
        found = read_estimate(texts, spec.quantity, grammar, changed, spec.unit, form)
    except EntryRefused as refused:
        workspace.keep(spec.path, typed, told(refused.allowed))
        return
    said_of(workspace, spec.path, found.notes)
    if not found.is_saved:
        workspace.keep_unfinished(spec.path, typed, told(found.notes[-1].text))
    elif workspace.set(spec.path, found.value, typed).is_taken:
        if found.unfinished:
            workspace.keep_unfinished(spec.path, typed)
        else:
            workspace.restated.update(zip(keys, shown_in_boxes(spec, found.value, grammar).values(), strict=True))
