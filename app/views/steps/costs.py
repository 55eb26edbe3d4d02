"""Step Costs and returns: what each alternative costs, and time, adoption and discounting."""

from __future__ import annotations

import streamlit as st

from app.fields.correlations import correlations_panel
from app.fields.estimate import estimate_heading
from app.fields.field import field, pair
from app.fields.finance import finance_panel
from app.fields.grounds import grounds_panel
from app.fields.judgements import judgements_panel
from app.fields.rows import rows
from app.fields.words import plain
from app.session.language import tell, told
from app.session.navigation import link
from app.session.workspace import Workspace
from app.views.parts.choose_alternative import choose_alternative
from app.views.parts.own_classes import own_classes_part
from app.views.parts.standards import standard_costs, standards_panel
from app.views.parts.step import Step
from scoping.document.alternatives import Cost, name_of
from scoping.document.fields import estimate_names
from scoping.document.paths import Path
from scoping.document.returns import Returns, SharedCause
from scoping.document.specs import spec_at
from scoping.reports.completeness import of_costs
from scoping.text.languages import message
from scoping.text.reference_classes import TITLES
from scoping.text.remarks import not_budgeted_said
from scoping.value.remarks import not_budgeted_of


def draw(workspace: Workspace) -> None:
    """The costs of one alternative at a time, and the returns of all."""
    st.header(tell("Costs"), anchor=False)
    st.caption(
        tell(
            "The model is the small box in the middle (Sculley et al. 2015): most of the money goes to what surrounds it, year after year."
        )
    )
    index = choose_alternative(workspace)
    if index is None:
        st.info(tell("Add the alternatives first."), icon=":material/info:")
        link("proposal", tell("Alternatives"), ":material/arrow_back:", proposal=workspace.id, step="alternatives")
    else:
        rows(workspace, Path.of("alternatives", index, "costs"), Cost, tell("Costs"))
        standard_costs(workspace, index)
        _not_budgeted(workspace, index)
    st.header(tell("Returns"), anchor=False)
    standards_panel(workspace)
    pair(workspace, "returns.horizon_months", "returns.retrain_every_months")
    estimate_heading()
    returns = [Path.of("returns", name) for name in estimate_names(Returns)]
    for path in returns:
        field(workspace, path)
    _over_time(workspace)
    finance_panel(workspace)
    classes = {str(name): told(title) for name, title in TITLES.items()}
    _failing_together(workspace)
    field(workspace, "returns.outside_view", options=classes)
    own_classes_part(workspace)
    amounts = (
        []
        if index is None
        else [path for path in workspace.proposal.inputs() if path.is_within(Path.of("alternatives", index, "costs"))]
    )
    judgements_panel(workspace, [*returns, *amounts])
    grounds_panel(workspace, [*returns, *amounts], f"costs:{index}")
    correlations_panel(workspace)


def _not_budgeted(workspace: Workspace, index: int) -> None:
    """What nothing is paid for, said where costs are entered."""
    alternative = workspace.proposal.alternatives[index]
    components = not_budgeted_of(alternative)
    if components:
        st.caption(plain(told(not_budgeted_said([name_of(alternative, index)], components))))


def _over_time(workspace: Workspace) -> None:
    """The conventions of finance, and benefits by year: open where those are given when one comes."""
    by_year = "returns.benefits_by_year"
    holds = bool(workspace.proposal.returns.benefits_by_year) or by_year in workspace.drafts
    is_open = st.session_state.setdefault(f"{workspace.id}:over_time", holds)
    title = tell("When money counts, how growth comes, benefits by year")
    with st.expander(title, icon=":material/calendar_month:", expanded=is_open):
        pair(workspace, "returns.cash_convention", "returns.growth_steps")
        field(workspace, by_year)


def _failing_together(workspace: Workspace) -> None:
    """What joins the fates of alternatives: open where something stands there when one comes, and then as the person has it.

    What is being typed must neither move nor be folded away.
    """
    returns, path = workspace.proposal.returns, Path.of("returns", "shared_causes")
    holds = bool(returns.shared_causes) or returns.fate_correlation is not None
    is_open = st.session_state.setdefault(f"{workspace.id}:failing_together", holds)
    spec = spec_at(workspace.proposal, path)
    with st.expander(tell("What makes alternatives fail together"), icon=":material/link:", expanded=is_open):
        st.markdown(f"**{tell(spec.title)}**", help=tell(spec.help))
        rows(workspace, path, SharedCause, tell(spec.title))
        field(workspace, "returns.fate_correlation")


STEP = Step(
    name="costs",
    title=message("Costs and returns"),
    place=40,
    draw=draw,
    completeness=of_costs,
    holds=("returns", "finance", "correlations", "alternatives.costs"),
)
