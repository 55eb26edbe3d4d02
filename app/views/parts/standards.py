"""What the organisation lays down, on the steps of a proposal: what is as it says, what is not, and taking it over."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from app.fields.words import plain
from app.session.laid_down import laid_down
from app.session.language import tell, tell_count, told
from app.session.navigation import link
from app.session.refused import sentence
from app.session.remembered import held
from app.session.workspace import Workspace
from db import LaidDown
from scoping import DocumentRefused, read
from scoping.document.alternatives import Cost
from scoping.document.paths import Path, value_at
from scoping.document.reading import without_empty
from scoping.organisation import Standard, offered_costs, standards, taken_over
from scoping.reports.changes import value_told
from scoping.text.labels import label_of
from scoping.text.languages import message

_NOTHING = message("nothing")


def standards_panel(workspace: Workspace) -> None:
    """Which figures are the organisation's, and which differ from what it lays down."""
    now = laid_down(workspace)
    if now is None:
        return
    found = standards(now.organisation, workspace.proposal)
    taken, others = [each for each in found if each.is_taken], [each for each in found if not each.is_taken]
    # One line, whatever stands in it: the fields below must not move while somebody types in them.
    with st.popover(_title(now, len(others)), icon=":material/domain:"):
        if taken:
            st.caption(tell("As laid down: {fields}.", fields=plain(_labels(workspace, taken))))
        for each in others:
            st.markdown(f"- {_differs(workspace, each)}")
        with st.container(horizontal=True, vertical_alignment="center"):
            if others:
                _button(workspace, now)
            link("organisation", tell("The organisation's settings"), ":material/arrow_forward:")


def _title(now: LaidDown, differing: int) -> str:
    version = str(now.version)
    if not differing:
        return tell("As the organisation lays down (version {version})", version=version)
    return tell_count(
        "{count} differs from what the organisation lays down (version {version})",
        "{count} differ from what the organisation lays down (version {version})",
        differing,
        version=version,
    )


def _labels(workspace: Workspace, found: Sequence[Standard]) -> str:
    return ", ".join(told(label_of(workspace.proposal, each.path)) for each in found)


def _differs(workspace: Workspace, each: Standard) -> str:
    return tell(
        "{field}: {here} here, {standard} laid down",
        field=plain(told(label_of(workspace.proposal, each.path))),
        here=plain(_said(workspace, each, each.here)),
        standard=plain(_said(workspace, each, each.standard)),
    )


def _said(workspace: Workspace, each: Standard, value: object) -> str:
    if isinstance(value, list):
        return tell("{count} declared", count=str(len(value)))
    return told(value_told(workspace.proposal, each.path, value) or _NOTHING)


def _button(workspace: Workspace, now: LaidDown) -> None:
    st.button(
        tell("Take over what differs"),
        key=workspace.key("take_standards"),
        icon=":material/download_done:",
        help=tell("One step that the history shows. A proposal that was decided on stays decided on its version."),
        on_click=_take,
        args=(workspace, now),
    )


def _take(workspace: Workspace, now: LaidDown) -> None:
    """All of it or nothing, as one version: so one click takes it back too."""
    try:
        taken_over(now.organisation, now.version, workspace.proposal)
    except DocumentRefused as refused:
        st.toast(plain(sentence(workspace.proposal, refused, "")), icon=":material/error:")
        return
    said = tell("Taken over as the organisation lays down (version {version}).", version=str(now.version))
    workspace.rewrite("organisation", lambda before: taken_over(now.organisation, now.version, read(before)), said)


def standard_costs(workspace: Workspace, index: int) -> None:
    """Costs that the organisation knows, each of which one click adds to the alternative."""
    now = laid_down(workspace)
    if now is None or not (now.organisation.costs or now.organisation.day_rates):
        return
    if now.organisation.currency != workspace.proposal.currency:
        st.caption(
            tell(
                "The organisation's standard costs are in {standard}; this proposal counts in {own}.",
                standard=now.organisation.currency,
                own=workspace.proposal.currency,
            )
        )
        return
    _menu(workspace, index, offered_costs(now.organisation, workspace.proposal, index))


def _menu(workspace: Workspace, index: int, offered: Sequence[Cost]) -> None:
    key = workspace.key(f"alternatives.{index}:standard_costs")
    st.menu_button(
        tell("Add a standard cost"),
        range(len(offered)),
        key=key,
        icon=":material/domain_add:",
        format_func=lambda number: _offered(workspace, offered[number]),
        help=tell("Standard costs and day rates of the organisation. A day rate is added as one day: say how many."),
        on_click=_add,
        args=(workspace, index, offered, key),
    )


def _offered(workspace: Workspace, cost: Cost) -> str:
    place = Path.of("alternatives", 0, "costs", 0)
    amount = without_empty(cost.model_dump(mode="json")).get("amount")
    said = told(value_told(workspace.proposal, place / "amount", amount)) if amount is not None else ""
    return plain(": ".join(filter(None, (cost.name, said))))


def _add(workspace: Workspace, index: int, offered: Sequence[Cost], key: str) -> None:
    chosen = held(key)
    if chosen is None:
        return
    path = Path.of("alternatives", index, "costs")
    cost = without_empty(offered[int(chosen)].model_dump(mode="json"))
    workspace.set(path, [*value_at(workspace.document, path, []), cost], "")
