"""Lists of the document (costs, risks, milestones ...) as tables that are edited in place and saved at once."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from typing import Any

import pandas as pd
import streamlit as st
from pydantic import BaseModel

from app.fields.words import humanise, plain
from app.session.remembered import held
from app.session.workspace import Workspace
from scoping import Estimate, to_dict
from scoping.document.paths import value_at
from scoping.document.specs import Spec, spec_of
from scoping.text import entry

_QUANTILES = {"p10": "low", "p50": "likely", "p90": "high"}


Options = Mapping[str, Mapping[str, str]]
Save = Callable[[list[dict[str, Any]], set[int], str], None]


def rows(workspace: Workspace, path: str, model: type[BaseModel], title: str, options: Options | None = None) -> None:
    """The list at a path, one row an entry; its columns are the model's fields.

    `options` gives, by field, what may be chosen there and how people call it.
    """
    specs = [spec_of(f"{path}.{name}", info) for name, info in model.model_fields.items()]

    def save(entries: list[dict[str, Any]], gone: set[int], typed: str) -> None:
        workspace.set_rows(path, entries, gone, typed)

    table(workspace, path, specs, title, save, options or {})


def table(workspace: Workspace, path: str, specs: Sequence[Spec], title: str, save: Save, options: Options) -> None:
    """The entries at a path as a table of these fields; `save` gets the entries, which are gone, and what was typed."""
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
        column_config={name: config for spec in specs for name, config in _configs(workspace, spec, options).items()},
        on_change=_save,
        args=(specs, key, save),
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


def _configs(workspace: Workspace, spec: Spec, options: Options) -> dict[str, Any]:
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
    if _name(spec) in options:
        titles = options[_name(spec)]
        return {
            _name(spec): st.column_config.SelectboxColumn(
                title, help=spec.help, options=list(titles), format_func=lambda path: titles.get(path, path)
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
            quantiles = _quantiles(value)
            row[_judged(spec)] = value if isinstance(value, dict) and "judgements" in value else None
            row.update({f"{_name(spec)}:{part}": quantiles.get(part) for part in _QUANTILES})
        else:
            row[_name(spec)] = value
    return row


def _quantiles(value: Any) -> dict[str, Any]:
    if not isinstance(value, dict):
        return {"p50": value}
    return Estimate.model_validate(value).quantiles if "judgements" in value else value


def _judged(spec: Spec) -> str:
    """Where a row keeps the judgements behind an estimate, as long as nobody types over their average."""
    return f"judged:{_name(spec)}"


def _entry(specs: Sequence[Spec], row: Mapping[str, Any]) -> dict[str, Any]:
    """A row of the table as an entry of the document; empty cells are left out."""
    found: dict[str, Any] = {}
    for spec in specs:
        cells = [_cell(row.get(column)) for column in _columns(spec)]
        value = row.get(_judged(spec)) or (_estimate(cells) if spec.shape == "estimate" else cells[0])
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


def _save(specs: Sequence[Spec], key: str, save: Save) -> None:
    edits = held(key)
    base = [dict(row) for row in held(f"{key}:base")]
    for index, changes in edits["edited_rows"].items():
        overtyped = {_judged(spec): None for spec in specs if set(_columns(spec)) & set(changes)}
        base[int(index)].update({**changes, **overtyped})
    deleted = set(edits["deleted_rows"])
    old = [None if index in deleted else _entry(specs, row) for index, row in enumerate(base)]
    gone = {index for index, entry_ in enumerate(old) if entry_ is None or not _is_filled(specs, entry_)}
    added = [_entry(specs, row) for row in edits["added_rows"]]
    entries = [each for index, each in enumerate(old) if each is not None and index not in gone]
    entries += [each for each in added if _is_filled(specs, each)]
    save(entries, gone, json.dumps(entries, ensure_ascii=False))


def _is_filled(specs: Sequence[Spec], found: Mapping[str, Any]) -> bool:
    """A row in which only the defaults stand is one that nobody has begun."""
    return any(found.get(_name(spec)) not in (None, _default(spec)) for spec in specs)
