"""Lists of the document (costs, risks, milestones ...) as tables that are edited in place and saved at once."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from typing import Any

import pandas as pd
import streamlit as st
from pydantic import BaseModel

from app.parts.words import humanise, plain
from app.parts.workspace import Workspace
from scoping import entry, to_dict
from scoping.paths import Spec, spec_of, value_at

_QUANTILES = {"p10": "low", "p50": "likely", "p90": "high"}


def rows(workspace: Workspace, path: str, model: type[BaseModel], title: str) -> None:
    """The list at a path, one row an entry; its columns are the model's fields."""
    specs = [spec_of(f"{path}.{name}", info) for name, info in model.model_fields.items()]
    key = workspace.key(f"{path}:table")
    base_key = f"{key}:base"
    if base_key not in st.session_state or key not in st.session_state:
        st.session_state[base_key] = [_row(specs, entry_) for entry_ in _entries(workspace, path)]
    st.data_editor(
        pd.DataFrame(st.session_state[base_key], columns=[name for spec in specs for name in _columns(spec)]).astype(
            {name: kind for spec in specs for name, kind in _types(spec).items()}
        ),
        key=key,
        num_rows="dynamic",
        hide_index=True,
        column_config={name: config for spec in specs for name, config in _configs(workspace, spec).items()},
        on_change=_save,
        args=(workspace, path, specs, key),
        alt=f"{title}: a table to edit",
    )
    draft = workspace.drafts.get(path)
    if draft is not None:
        st.markdown(f":red[:material/error: **{plain(title)}**: {plain(draft.problem)} Not saved yet.]")


def _entries(workspace: Workspace, path: str) -> list[Mapping[str, Any]]:
    draft = workspace.drafts.get(path)
    return json.loads(draft.text) if draft else value_at(to_dict(workspace.proposal), path, [])


def _name(spec: Spec) -> str:
    return spec.path.rsplit(".", 1)[-1]


def _columns(spec: Spec) -> list[str]:
    return [f"{_name(spec)}:{part}" for part in _QUANTILES] if spec.shape == "estimate" else [_name(spec)]


def _types(spec: Spec) -> dict[str, str]:
    kind = "Float64" if spec.quantity is not None else "string"
    return dict.fromkeys(_columns(spec), kind)


def _configs(workspace: Workspace, spec: Spec) -> dict[str, Any]:
    unit = entry.unit_label(spec.quantity, workspace.proposal.currency, spec.title)
    title = f"{spec.title} ({unit})" if unit else spec.title
    if spec.shape == "estimate":
        return {
            f"{_name(spec)}:{part}": st.column_config.NumberColumn(
                f"{title}, {word}", help=spec.help, format="localized"
            )
            for part, word in _QUANTILES.items()
        }
    if spec.quantity is not None:
        format_ = "percent" if entry.is_percent(spec.quantity) else "localized"
        return {
            _name(spec): st.column_config.NumberColumn(
                spec.title if format_ == "percent" else title, help=spec.help, format=format_
            )
        }
    if spec.shape == "choice":
        return {
            _name(spec): st.column_config.SelectboxColumn(
                title, help=spec.help, options=list(spec.choices), default=_default(spec), format_func=humanise
            )
        }
    return {_name(spec): st.column_config.TextColumn(title, help=spec.help)}


def _default(spec: Spec) -> str | None:
    return spec.default if spec.default in spec.choices else None


def _row(specs: Sequence[Spec], saved: Mapping[str, Any]) -> dict[str, Any]:
    """An entry of the document as a row of the table."""
    row: dict[str, Any] = {}
    for spec in specs:
        value = saved.get(_name(spec), _default(spec))
        if spec.shape == "estimate":
            quantiles = value if isinstance(value, dict) else {"p50": value}
            row.update({f"{_name(spec)}:{part}": quantiles.get(part) for part in _QUANTILES})
        else:
            row[_name(spec)] = value
    return row


def _entry(specs: Sequence[Spec], row: Mapping[str, Any]) -> dict[str, Any]:
    """A row of the table as an entry of the document; empty cells are left out."""
    found: dict[str, Any] = {}
    for spec in specs:
        cells = [_cell(row.get(column)) for column in _columns(spec)]
        value = _estimate(cells) if spec.shape == "estimate" else cells[0]
        if value is not None:
            found[_name(spec)] = value
    return found


def _estimate(cells: Sequence[Any]) -> Any:
    given = [cell for cell in cells if cell is not None]
    if len(given) == 1:
        return given[0]
    # Two of three are refused by the document, which says what is allowed.
    return {part: cell for part, cell in zip(_QUANTILES, cells, strict=True) if cell is not None} or None


def _cell(value: Any) -> Any:
    return None if value is None or value == "" or (isinstance(value, float) and value != value) else value


def _save(workspace: Workspace, path: str, specs: Sequence[Spec], key: str) -> None:
    edits = st.session_state[key]
    base = [dict(row) for row in st.session_state[f"{key}:base"]]
    for index, changes in edits["edited_rows"].items():
        base[int(index)].update(changes)
    kept = [row for index, row in enumerate(base) if index not in set(edits["deleted_rows"])]
    entries = [_entry(specs, row) for row in [*kept, *edits["added_rows"]]]
    entries = [each for each in entries if _is_filled(specs, each)]
    workspace.set(path, entries, json.dumps(entries, ensure_ascii=False))


def _is_filled(specs: Sequence[Spec], found: Mapping[str, Any]) -> bool:
    """A row in which only the defaults stand is one that nobody has begun."""
    return any(found.get(_name(spec)) not in (None, _default(spec)) for spec in specs)
