"""One call a field: label, help, unit and bounds come from the Proposal model; a change is saved at once."""

from __future__ import annotations

import json
from typing import Any

import streamlit as st

from app.fields.words import humanise, plain, short_plain
from app.session.remembered import held, place_of, text_of
from app.session.workspace import Workspace
from scoping import Estimate, to_dict
from scoping.document.paths import value_at
from scoping.document.specs import Spec, spec_at
from scoping.text import entry
from scoping.text.entry import EntryRefused

_QUANTILES = ("p10", "p50", "p90")
_QUANTILE_TITLES = {"p10": "Low (P10)", "p50": "Likely (P50)", "p90": "High (P90)"}
_WIDTHS = (2.4, 1, 1, 1)


def field(workspace: Workspace, path: str, *, options: dict[str, str] | None = None) -> None:
    """The field at a path of the document, and under it what is wrong with what was typed."""
    spec = spec_at(workspace.proposal, path)
    {
        "estimate": _estimate,
        "choice": _choice,
        "long_text": _long_text,
        "words": _words,
        "number": _number,
        "whole_number": _number,
        "text": _text,
    }[spec.shape](workspace, spec, options)
    _complaint(workspace, spec)


def fields(workspace: Workspace, *paths: str) -> None:
    """Several fields, one below the other."""
    for path in paths:
        field(workspace, path)


def pair(workspace: Workspace, *paths: str) -> None:
    """Short fields, side by side."""
    for column, path in zip(st.columns(len(paths)), paths, strict=True):
        with column:
            field(workspace, path)


def estimate_heading() -> None:
    """The titles over the three columns of a block of estimates."""
    columns = st.columns(_WIDTHS, vertical_alignment="bottom")
    columns[0].caption(
        "One number if you are sure. If not, all three: one chance in ten to be below low, one in ten above high."
    )
    for column, title in zip(columns[1:], _QUANTILE_TITLES.values(), strict=True):
        column.markdown(f"**{title}**")


def _label(workspace: Workspace, spec: Spec) -> str:
    unit = entry.unit_label(spec.quantity, workspace.proposal.currency, spec.title)
    return f"{plain(spec.title)} ({plain(unit)})" if unit else plain(spec.title)


def _start(workspace: Workspace, spec: Spec, shown: str, slot: str = "") -> str:
    """The widget's key, its session state filled in when the widget is new."""
    key = workspace.key(spec.path + slot)
    st.session_state.setdefault(key, shown)
    if key in workspace.restated:
        st.session_state[key] = workspace.restated[key]
        del workspace.restated[key]
    return key


def _saved(workspace: Workspace, spec: Spec) -> Any:
    return value_at(to_dict(workspace.proposal), spec.path)


def _complaint(workspace: Workspace, spec: Spec) -> None:
    draft = workspace.drafts.get(spec.path)
    if draft is not None:
        typed = ", ".join(text for text in _typed_texts(draft.text) if text)
        quoted = f" “{plain(typed[:60])}”" if typed and spec.shape not in ("long_text",) else ""
        st.markdown(f":red[:material/error: **{plain(spec.title)}**{quoted}: {plain(draft.problem)} Not saved yet.]")


def _typed_texts(text: str) -> list[str]:
    """What stands in a draft: one text, or the three of an estimate."""
    try:
        found = json.loads(text)
    except ValueError:
        return [text]
    return [str(part) for part in found] if isinstance(found, list) else [text]


# Text --------------------------------------------------------------------------------------------


def _text(workspace: Workspace, spec: Spec, _options: Any) -> None:
    draft = workspace.drafts.get(spec.path)
    key = _start(workspace, spec, draft.text if draft else str(_saved(workspace, spec) or ""))
    st.text_input(
        _label(workspace, spec),
        text_of(key),
        key=key,
        help=spec.help,
        on_change=_save_text,
        args=(workspace, spec.path, key),
    )


def _long_text(workspace: Workspace, spec: Spec, _options: Any) -> None:
    draft = workspace.drafts.get(spec.path)
    key = _start(workspace, spec, draft.text if draft else str(_saved(workspace, spec) or ""))
    st.text_area(
        _label(workspace, spec),
        text_of(key),
        key=key,
        help=spec.help,
        height=96,
        on_change=_save_text,
        args=(workspace, spec.path, key),
    )


def _save_text(workspace: Workspace, path: str, key: str) -> None:
    typed = held(key)
    workspace.set(path, typed, typed)


def _words(workspace: Workspace, spec: Spec, _options: Any) -> None:
    """A list of sentences, one a line."""
    draft = workspace.drafts.get(spec.path)
    key = _start(workspace, spec, draft.text if draft else "\n".join(_saved(workspace, spec) or []))
    st.text_area(
        f"{_label(workspace, spec)} (one a line)",
        text_of(key),
        key=key,
        help=spec.help,
        height=80,
        on_change=_save_words,
        args=(workspace, spec.path, key),
    )


def _save_words(workspace: Workspace, path: str, key: str) -> None:
    typed = held(key)
    workspace.set(path, [line.strip() for line in typed.splitlines() if line.strip()], typed)


# Choices -----------------------------------------------------------------------------------------


def _choice(workspace: Workspace, spec: Spec, options: dict[str, str] | None) -> None:
    titles = options or {choice: humanise(choice) for choice in spec.choices}
    key = workspace.key(spec.path)
    if key not in st.session_state:
        st.session_state[key] = _saved(workspace, spec) or (spec.default if spec.default in titles else None)
    st.selectbox(
        _label(workspace, spec),
        list(titles),
        format_func=lambda choice: titles.get(choice, choice),
        key=key,
        index=place_of(key, list(titles)),
        placeholder="Choose",
        help=spec.help,
        on_change=_save_choice,
        args=(workspace, spec.path, key),
    )


def _save_choice(workspace: Workspace, path: str, key: str) -> None:
    chosen = held(key)
    workspace.set(path, chosen, str(chosen or ""))


# Numbers -----------------------------------------------------------------------------------------


def _number(workspace: Workspace, spec: Spec, _options: Any) -> None:
    draft = workspace.drafts.get(spec.path)
    key = _start(workspace, spec, draft.text if draft else entry.show(_saved(workspace, spec), spec.quantity))
    st.text_input(
        _label(workspace, spec),
        text_of(key),
        key=key,
        help=spec.help,
        on_change=_save_number,
        args=(workspace, spec, key),
    )


def _save_number(workspace: Workspace, spec: Spec, key: str) -> None:
    typed = held(key)
    try:
        value = _whole(entry.parse(typed, spec.quantity), spec) if typed.strip() else None
    except EntryRefused as refused:
        workspace.keep(spec.path, typed, str(refused))
        return
    if workspace.set(spec.path, value, typed):
        workspace.restated[key] = entry.show(value, spec.quantity)


def _whole(value: float, spec: Spec) -> float:
    if spec.shape != "whole_number":
        return value
    if not value.is_integer():
        raise EntryRefused("must be a whole number")
    return int(value)


def _estimate(workspace: Workspace, spec: Spec, _options: Any) -> None:
    """A number, or its three quantiles, in one row."""
    columns = st.columns(_WIDTHS, vertical_alignment="center")
    star = " :red[\\*]" if spec.needed and _saved(workspace, spec) is None else ""
    columns[0].markdown(f"{_label(workspace, spec)}{star}", help=spec.help)
    shown = _estimate_texts(workspace, spec)
    keys = [_start(workspace, spec, shown[name], f":{name}") for name in _QUANTILES]
    people = judges(_saved(workspace, spec))
    if people:
        columns[0].caption(f"Average of {len(people)}: {short_plain(', '.join(people), 60)}")
    for column, name, key in zip(columns[1:], _QUANTILES, keys, strict=True):
        column.text_input(
            f"{_label(workspace, spec)}, {_QUANTILE_TITLES[name]}",
            text_of(key),
            key=key,
            label_visibility="collapsed",
            disabled=bool(people),
            on_change=_save_estimate,
            args=(workspace, spec, tuple(keys)),
        )


def judges(saved: Any) -> list[str]:
    """Who judged an estimate, where several people did."""
    return (
        [str(each["by"]) for each in saved["judgements"]] if isinstance(saved, dict) and "judgements" in saved else []
    )


def _estimate_texts(workspace: Workspace, spec: Spec) -> dict[str, str]:
    draft = workspace.drafts.get(spec.path)
    if draft is not None:
        texts = _typed_texts(draft.text)
        return dict(zip(_QUANTILES, texts if len(texts) == len(_QUANTILES) else ["", draft.text, ""], strict=True))
    saved = _saved(workspace, spec)
    value = saved if saved is not None else entry.plain_default(spec.default)
    if isinstance(value, dict):
        value = Estimate.model_validate(value)
        return {name: entry.show(getattr(value, name), spec.quantity) for name in _QUANTILES}
    return {"p10": "", "p50": entry.show(value, spec.quantity), "p90": ""}


def _save_estimate(workspace: Workspace, spec: Spec, keys: tuple[str, ...]) -> None:
    texts = [held(key).strip() for key in keys]
    typed = json.dumps(texts, ensure_ascii=False)
    try:
        value = entry.parse_estimate(texts, spec.quantity)
    except EntryRefused as refused:
        workspace.keep(spec.path, typed, str(refused))
        return
    if workspace.set(spec.path, value, typed):
        for name, key in zip(_QUANTILES, keys, strict=True):
            shown = value.get(name) if isinstance(value, dict) else value if name == "p50" else None
            workspace.restated[key] = entry.show(shown, spec.quantity)
