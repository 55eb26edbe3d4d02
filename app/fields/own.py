"""The organisation's own fields of a step, as the proposal carries their declarations; typed words are never markup."""

from __future__ import annotations

import streamlit as st

from app.fields.box import WRITINGS, box
from app.fields.choice import choice
from app.fields.widget import complain
from app.fields.words import plain
from app.session.language import tell, told
from app.session.workspace import Workspace
from scoping.document.fields import Quantity
from scoping.document.own import OwnField
from scoping.document.paths import Path
from scoping.document.specs import Spec
from scoping.text.wording import number
from scoping.vocabulary import OwnKind, StepName, Unit

_PATH = Path.of("own")


def own_fields(workspace: Workspace, step: str) -> None:
    """Those of the step; on the first one also what stands there and nobody here declared."""
    declared = [each for each in workspace.proposal.organisation.fields if each.step == step]
    strangers = _strangers(workspace) if step == StepName.PROBLEM else {}
    if not declared and not strangers:
        return
    st.header(tell("For the organisation"), anchor=False)
    for each in declared:
        _field(workspace, each)
    for name, value in strangers.items():
        said = value if isinstance(value, str) else told(number(value, 10))
        st.caption(tell("{field}: {value} (declared elsewhere)", field=plain(name), value=plain(said)))


def _strangers(workspace: Workspace) -> dict[str, str | float]:
    known = {each.id for each in workspace.proposal.organisation.fields}
    return {name: value for name, value in workspace.proposal.own.items() if name not in known}


def _field(workspace: Workspace, declared: OwnField) -> None:
    path = _PATH / declared.id
    if declared.kind is OwnKind.CHOICE:
        choice(workspace, _spec(declared, path), {each: each for each in declared.choices})
        complain(workspace.drafts.get(path), declared.title)
    else:
        shape = _spec(declared, path)
        box(workspace, shape, WRITINGS[shape.shape])


def _spec(declared: OwnField, path: Path) -> Spec:
    """The field as others are declared; its help is typed text, so it is written plain."""
    about = plain(declared.help)
    if declared.kind is OwnKind.NUMBER:
        lowest, highest = declared.bounds
        quantity = Quantity(Unit.NUMBER, lowest, highest)
        return Spec(path, declared.title, about, "number", quantity, unit=declared.unit)
    if declared.kind is OwnKind.CHOICE:
        return Spec(path, declared.title, about, "choice", choices=tuple(declared.choices))
    return Spec(path, declared.title, about, "text")
