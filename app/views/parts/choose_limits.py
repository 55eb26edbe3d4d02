"""What is set for a choice, as fields: money and people by time, rules about proposals, risk, and what is offered."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import streamlit as st

from app.choosing.pool import Pool
from app.fields.words import plain, short
from app.session.choice_form import change, complain, left_out, problems, scenario
from app.session.language import tell, told
from app.session.remembered import held
from app.views.parts.choose_fields import (
    LONGEST_TITLE,
    add,
    amounts_read,
    amounts_shown,
    begin,
    complaints,
    help_of,
    named,
    picked,
    row,
    rule,
    sets,
    short_titles,
    switch,
    title_of,
    whole,
    without,
)
from app.views.parts.choose_further import further
from scoping.document.fields import Quantity
from scoping.portfolio.candidates import plain_name
from scoping.portfolio.reading import place_said
from scoping.portfolio.scenario import Scenario
from scoping.text.languages import message
from scoping.text.wording import percent
from scoping.vocabulary import Unit

_MONTHS = 60
"""So many months one number of people holds for."""
_MOST_ROLES, _MOST_TOLD = 6, 10
_MONEY, _PEOPLE = Quantity(Unit.MONEY), Quantity(Unit.COUNT, upper=1e6)
_WEIGHTS = tuple(each / 20 for each in range(21))


def limits(pool: Pool, *, is_demo: bool = False) -> None:
    """All fields, in panels: the first is open, and what few people need is in the last."""
    _said_wrong()
    known = scenario()
    with st.expander(tell("Money and people"), icon=":material/payments:", expanded=True):
        _money(known, pool)
        _people(known, pool)
        whole("at_once", known.at_once)
    with st.expander(tell("Rules about proposals"), icon=":material/rule:"):
        _rules(known, pool)
    with st.expander(tell("Risk, and what is offered"), icon=":material/tune:"):
        _risk(known)
        _offered(known)
    with st.expander(
        tell("Seldom needed: what moves together, worst cases, what is believed, prices"), icon=":material/more_horiz:"
    ):
        further(known, pool, is_demo=is_demo)


def _said_wrong() -> None:
    """What the address says that cannot be: named, and left out; the rest counts."""
    wrong = left_out()
    if not wrong:
        return
    lines = [plain(told(_wrong_said(each.path, each.value, each.allowed))) for each in wrong[:_MOST_TOLD]]
    more = [tell("and {count} more", count=str(len(wrong) - _MOST_TOLD))] if wrong[_MOST_TOLD:] else []
    head = tell("The address of this page says something that cannot be. It is left out, and the rest counts:")
    st.warning("\n".join([head, "", *(f"- {each}" for each in [*lines, *more])]), icon=":material/link_off:")


def _wrong_said(path: str, value: str, allowed: str) -> str:
    if path and path.split(".")[0] not in Scenario.model_fields:
        return message("{place} is nothing that can be set here.", place=path)
    place = place_said(path) if path else message("All of it")
    return message("{place}: “{value}” {allowed}", place=place, value=value, allowed=allowed)


# Money and people ----------------------------------------------------------------------------------


def _quarter(number: int) -> str:
    return message("quarter {number}", number=str(number))


def _month(number: int) -> str:
    return message("month {number}", number=str(number))


def _money(known: Scenario, pool: Pool) -> None:
    row(
        "budget",
        tell("{title}, in {currency}", title=title_of("budget"), currency=pool.currency),
        amounts_shown(known.budget, _MONEY, pool),
        help_of("budget"),
        lambda text: change(budget=amounts_read(text, _MONEY, pool, _quarter)),
    )


def _people(known: Scenario, pool: Pool) -> None:
    roles = [*{plain_name(each): each for each in (*known.people, *pool.roles)[::-1]}.values()][::-1]
    if roles:
        st.caption(f"{title_of('people')}: {help_of('people')}")
    with st.grid(3, min_column_width=220) as grid:
        for role in roles[:_MOST_ROLES]:
            with grid.cell():
                _role(known, pool, role)
    if len(roles) > _MOST_ROLES:
        _others(known, pool, roles[_MOST_ROLES:])


def _others(known: Scenario, pool: Pool, roles: Sequence[str]) -> None:
    """Of many roles one at a time."""
    role = st.selectbox(tell("Another role"), roles, key="choice:role")
    if role:
        _role(known, pool, role)


def _role(known: Scenario, pool: Pool, role: str) -> None:
    by_month = next((each for name, each in known.people.items() if plain_name(name) == plain_name(role)), [])
    row(
        f"people.{role}",
        plain(short(role, LONGEST_TITLE)),
        _by_month(by_month, pool),
        "",
        lambda text: _set_people(role, amounts_read(text, _PEOPLE, pool, _month)),
    )


def _by_month(amounts: Sequence[float | None], pool: Pool) -> str:
    holds_always = len(amounts) == _MONTHS and len(set(amounts)) == 1
    return amounts_shown(amounts[:1] if holds_always else amounts, _PEOPLE, pool)


def _set_people(role: str, amounts: Sequence[float | None]) -> None:
    others = {name: each for name, each in scenario().people.items() if plain_name(name) != plain_name(role)}
    own = {role: [*amounts] * _MONTHS if len(amounts) == 1 else [*amounts]} if amounts else {}
    change(people={**others, **own})
    if (why := problems().pop("people", None)) is not None:
        complain(f"people.{role}", why)


# Rules ---------------------------------------------------------------------------------------------


def _rules(known: Scenario, pool: Pool) -> None:
    titles = pool.titles
    picked("must", known.must, titles)
    picked("must_not", known.must_not, titles)
    complaints("must", "must_not", "needs")
    for place, (one, other) in enumerate(known.needs):
        said = tell("{name} only after {other} has ended.", name=named(one, titles), other=named(other, titles))
        rule(said, f"needs:{place}", {"needs": without(known.needs, place)})
    _new_need(known, titles)
    sets(
        "either_or", lambda names: tell("At most one of {titles}.", titles=_names(names, titles)), known.either_or, pool
    )


def _names(names: Sequence[str], titles: Mapping[str, str]) -> str:
    return ", ".join(named(each, titles) for each in names)


def _new_need(known: Scenario, titles: Mapping[str, str]) -> None:
    """One only after another: two fields and a button."""
    with st.container(horizontal=True, vertical_alignment="bottom"):
        one = _one("need", title_of("needs"), titles, help_of("needs"))
        other = _one("after", tell("Which must have ended"), titles)
        st.button(
            tell("Add this order"), key="choice:add_need", disabled=not (one and other), icon=":material/add:",
            on_click=add, args=("needs", [*known.needs, [one, other]], ("choice:need", "choice:after")),
        )  # fmt: skip


def _one(name: str, label: str, titles: Mapping[str, str], help_: str | None = None) -> str | None:
    found: str | None = st.selectbox(
        label, list(titles), None, key=f"choice:{name}", placeholder=tell("Choose"), width=300, help=help_,
        format_func=short_titles(titles),
    )  # fmt: skip
    return found


# Risk, and what is offered -------------------------------------------------------------------------


def _risk(known: Scenario) -> None:
    # What a file says in between has its place too: what is shown is what counts.
    weights = sorted({*_WEIGHTS, known.risk_weight})
    key = begin("choice:risk_weight", known.risk_weight)
    st.select_slider(
        title_of("risk_weight"), weights, known.risk_weight, key=key, help=help_of("risk_weight"),
        format_func={each: told(percent(each)) for each in weights}.__getitem__,
        on_change=lambda: change(risk_weight=held(key)),
    )  # fmt: skip


def _offered(known: Scenario) -> None:
    switch("shrunk", known.shrunk)
    switch("pilots", known.pilots)
    whole("latest_start", known.latest_start, step=3, default=0)
