"""Fields in which an estimate is typed: a number, or its three quantiles, in one row."""

from __future__ import annotations

import json
from typing import Any

import streamlit as st

from app.fields.widget import begin, label, saved_at
from app.fields.words import short_plain
from app.session.remembered import held, text_of
from app.session.workspace import Workspace
from scoping import Estimate
from scoping.document.specs import Spec
from scoping.errors import EntryRefused
from scoping.text import entry

_TITLES = {"p10": "Low (P10)", "p50": "Likely (P50)", "p90": "High (P90)"}
_WIDTHS = (2.4, 1, 1, 1)
_LONGEST_NAMES = 60


def estimate_heading() -> None:
    """The titles over the three columns of a block of estimates."""
    columns = st.columns(_WIDTHS, vertical_alignment="bottom")
    columns[0].caption(
        "One number if you are sure. If not, all three: one chance in ten to be below low, one in ten above high."
    )
    for column, title in zip(columns[1:], _TITLES.values(), strict=True):
        column.markdown(f"**{title}**")


def estimate(workspace: Workspace, spec: Spec) -> None:
    """The row of a field."""
    saved = saved_at(workspace, spec.path)
    people = judges(saved)
    columns = st.columns(_WIDTHS, vertical_alignment="center")
    star = " :red[\\*]" if spec.needed and saved is None else ""
    columns[0].markdown(f"{label(workspace, spec)}{star}", help=spec.help)
    shown = _texts(workspace, spec, saved)
    keys = tuple(begin(workspace, f"{spec.path}:{name}", shown[name]) for name in _TITLES)
    if people:
        columns[0].caption(f"Average of {len(people)}: {short_plain(', '.join(people), _LONGEST_NAMES)}")
    for column, title, key in zip(columns[1:], _TITLES.values(), keys, strict=True):
        column.text_input(
            f"{label(workspace, spec)}, {title}",
            text_of(key),
            key=key,
            label_visibility="collapsed",
            disabled=bool(people),
            on_change=_save,
            args=(workspace, spec, keys),
        )


def judges(saved: Any) -> list[str]:
    """Who judged an estimate, where several people did."""
    if not isinstance(saved, dict):
        return []
    return [str(each["by"]) for each in saved.get("judgements", [])]


def typed_texts(text: str) -> list[str]:
    """What stands in a draft: one text, or the three of an estimate."""
    try:
        found = json.loads(text)
    except ValueError:
        return [text]
    return [str(part) for part in found] if isinstance(found, list) else [text]


def _texts(workspace: Workspace, spec: Spec, saved: Any) -> dict[str, str]:
    draft = workspace.drafts.get(spec.path)
    if draft is not None:
        texts = typed_texts(draft.text)
        return dict(zip(_TITLES, texts if len(texts) == len(_TITLES) else ["", draft.text, ""], strict=True))
    value = saved if saved is not None else entry.plain_default(spec.default)
    if isinstance(value, dict):
        value = Estimate.model_validate(value).quantiles
    return _shown(spec, value)


def _shown(spec: Spec, value: Any) -> dict[str, str]:
    """The texts of the three boxes for a plain number, quantiles or nothing."""
    quantiles = value if isinstance(value, dict) else {"p50": value}
    return {name: entry.show(quantiles.get(name), spec.quantity) for name in _TITLES}


def _save(workspace: Workspace, spec: Spec, keys: tuple[str, ...]) -> None:
    texts = [held(key).strip() for key in keys]
    typed = json.dumps(texts, ensure_ascii=False)
    try:
        value = entry.parse_estimate(texts, spec.quantity)
    except EntryRefused as refused:
        workspace.keep(spec.path, typed, str(refused))
        return
    if workspace.set(spec.path, value, typed).is_saved:
        workspace.restated.update(zip(keys, _shown(spec, value).values(), strict=True))
