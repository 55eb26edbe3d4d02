"""What few choices need: what moves together, which scenarios are the worst, what such proposals are worth, prices."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from app.choosing.pool import Pool
from app.fields.words import short
from app.session.choice_form import change
from app.session.language import tell
from app.session.remembered import held
from app.views.parts.choose_fields import begin, complaints, help_of, named, number, sets, switch, title_of
from app.views.parts.choose_prior import prior
from scoping.portfolio.candidates import plain_name
from scoping.portfolio.scenario import Scenario

_WORST = Scenario.model_fields["worst_share"].default


def further(known: Scenario, pool: Pool, *, is_demo: bool) -> None:
    """The fields, by what they are about."""
    _part(
        tell("What moves together"),
        tell("Proposals with a common cause win and lose together: that changes what the whole choice risks, and not what it is worth."),
    )  # fmt: skip
    _together(known, pool)
    _part(tell("Worst cases"), tell("How bad the scenarios are by which risk is measured."))
    number("worst_share", known.worst_share, pool, default=_WORST)
    _part(
        tell("What is believed of estimates"),
        tell("Towards what an unsure estimate is drawn. Without a word of yours the proposals themselves say it."),
    )
    prior(known, pool, is_demo=is_demo)
    _part(
        tell("Prices of limits"),
        tell("By how much a limit is widened when it is asked what more of it would be worth."),
    )
    number("price_step", known.price_step, pool, unit=f", {pool.currency}")


def _part(title: str, about: str) -> None:
    st.markdown(f"**{title}**")
    st.caption(about)


def _together(known: Scenario, pool: Pool) -> None:
    sets("groups", lambda names: _group(names, pool), known.groups, pool)
    number("correlation", known.correlation, pool, default=0.0)
    if known.groups and not known.correlation:
        st.caption(f":material/info: {tell('At 0% these sets change nothing: say how strongly they move together.')}")
    if known.correlation and not known.groups:
        st.caption(f":material/info: {tell('Without a set of proposals this changes nothing.')}")
    _shared(known, pool)
    switch("same_costs", known.same_costs)


def _group(names: Sequence[str], pool: Pool) -> str:
    titles = ", ".join(named(each, pool.titles) for each in names)
    return tell("{titles} do well and badly together.", titles=titles)


def _shared(known: Scenario, pool: Pool) -> None:
    """Inputs by name: those that two of these proposals have are offered, and others can be typed."""
    offered = pool.inputs
    names = {name: short(title, 80) for name, title in offered.items()}
    shown = [plain_name(each) if plain_name(each) in names else each for each in known.shared_inputs]
    key = begin("choice:shared_inputs", shown)
    st.multiselect(
        title_of("shared_inputs"), [*dict.fromkeys([*names, *shown])], shown, key=key, help=help_of("shared_inputs"),
        format_func=lambda each: names.get(each, each), accept_new_options=True, placeholder=tell("None"),
        on_change=lambda: change(shared_inputs=[offered.get(each, each) for each in held(key) or []]),
    )  # fmt: skip
    complaints("shared_inputs")
