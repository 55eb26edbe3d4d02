"""Lists of the document (costs, risks, milestones ...) as tables that are edited in place and saved at once."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from typing import Any

import pandas as pd
import streamlit as st
from pydantic import BaseModel

from app.fields.columns import QUANTILES, cell_type, cells, columns, default_of, spec_name
from app.fields.widget import complain, saved_at
from app.session.remembered import held
from app.session.workspace import Workspace
from scoping import Estimate
from scoping.document.paths import Path
from scoping.document.specs import Spec, spec_of

Options = Mapping[str, Mapping[str, str]]
Save = Callable[[list[dict[str, Any]], set[int], str], None]


def rows(workspace: Workspace, path: str, model: type[BaseModel], title: str, options: Options | None = None) -> None:
    """The list at a path, one row an entry; its columns are the model's fields.

    `options` gives, by field, what may be chosen there and how people call it.
    """
    specs = [spec_of(Path(path) / name, info) for name, info in model.model_fields.items()]

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
        pd.DataFrame(st.session_state[base_key], columns=[name for spec in specs for name in cells(spec)]).astype(
            {name: cell_type(spec) for spec in specs for name in cells(spec)}
        ),
        key=key,
        num_rows="dynamic",
        hide_index=True,
        column_config={
            name: config
            for spec in specs
            for name, config in columns(spec, workspace.proposal.currency, options.get(spec_name(spec))).items()
        },
        on_change=_save,
        args=(specs, key, save),
        alt=f"{title}: a table to edit",
    )
    complain(workspace.drafts.get(path), title)


def _entries(workspace: Workspace, path: str) -> list[dict[str, Any]]:
    draft = workspace.drafts.get(path)
    return list(json.loads(draft.text) if draft else saved_at(workspace, path) or [])


def _row(specs: Sequence[Spec], saved: Mapping[str, Any]) -> dict[str, Any]:
    """An entry of the document as a row of the table."""
    row: dict[str, Any] = {}
    for spec in specs:
        value = saved.get(spec_name(spec), default_of(spec))
        if spec.shape == "estimate":
            quantiles = _quantiles(value)
            row[_judged(spec)] = value if isinstance(value, dict) and "judgements" in value else None
            row.update({f"{spec_name(spec)}:{part}": quantiles.get(part) for part in QUANTILES})
        else:
            row[spec_name(spec)] = value
    return row


def _quantiles(value: Any) -> dict[str, Any]:
    if not isinstance(value, dict):
        return {"p50": value}
    return Estimate.model_validate(value).quantiles if "judgements" in value else value


def _judged(spec: Spec) -> str:
    """Where a row keeps the judgements behind an estimate, as long as nobody types over their average."""
    return f"judged:{spec_name(spec)}"


def _entry(specs: Sequence[Spec], row: Mapping[str, Any]) -> dict[str, Any]:
    """A row of the table as an entry of the document; empty cells are left out."""
    found: dict[str, Any] = {}
    for spec in specs:
        given = [_cell(row.get(column)) for column in cells(spec)]
        value = row.get(_judged(spec)) or (_estimate(given) if spec.shape == "estimate" else given[0])
        if value is not None:
            found[spec_name(spec)] = value
    return found


def _estimate(cells: Sequence[Any]) -> Any:
    given = [cell for cell in cells if cell is not None]
    if len(given) == 1:
        return given[0]
    # Two of three are refused by the document, which says what is allowed.
    return {part: cell for part, cell in zip(QUANTILES, cells, strict=True) if cell is not None} or None


def _cell(value: Any) -> Any:
    return None if value is None or value == "" or (isinstance(value, float) and value != value) else value


def _save(specs: Sequence[Spec], key: str, save: Save) -> None:
    edits = held(key)
    base = [dict(row) for row in held(f"{key}:base")]
    for index, changes in edits["edited_rows"].items():
        overtyped = {_judged(spec): None for spec in specs if set(cells(spec)) & set(changes)}
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
    return any(found.get(spec_name(spec)) not in (None, default_of(spec)) for spec in specs)
