"""The limits of a choice as fields: money and people by time, rules about proposals, risk, and what is offered."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

import streamlit as st

from app.choosing.pool import Pool
from app.fields.words import plain, short, short_plain
from app.session.choice_form import change, complain, problems, scenario
from app.session.language import chosen_language, tell, told
from app.session.remembered import held
from app.views.parts.notices import refusal
from scoping.document.fields import Quantity
from scoping.errors import EntryRefused
from scoping.portfolio.scenario import LATEST_START, Scenario
from scoping.text.grammar import Grammar
from scoping.text.languages import message
from scoping.text.wording import percent
from scoping.text.years import read_years, show_years
from scoping.vocabulary import Unit

_MONTHS = 60
"""So many months one number of people holds for."""
_MOST_ROLES = 6
_TITLE = 60
_MONEY, _PEOPLE = Quantity(Unit.MONEY), Quantity(Unit.COUNT, upper=1e6)
_WEIGHTS = tuple(each / 20 for each in range(21))


def limits(pool: Pool) -> None:
    """All fields, in three panels: the first is open."""
    known = scenario()
    with st.expander(tell("Money and people"), icon=":material/payments:", expanded=True):
        _money(known, pool)
        _people(known, pool)
        _at_once(known)
    with st.expander(tell("Rules about proposals"), icon=":material/rule:"):
        _rules(known, pool)
    with st.expander(tell("Risk, and what is offered"), icon=":material/tune:"):
        _risk(known)
        _offered(known)


# Money and people ----------------------------------------------------------------------------------


def _grammar(pool: Pool) -> Grammar:
    return Grammar(chosen_language(), pool.currency)


def _quarter(number: int) -> str:
    return message("quarter {number}", number=str(number))


def _month(number: int) -> str:
    return message("month {number}", number=str(number))


def _money(known: Scenario, pool: Pool) -> None:
    amounts = [each for each in known.budget if each is not None]
    _row(
        "budget",
        tell("Budget of each quarter, in {currency}", currency=pool.currency),
        show_years(amounts, _MONEY, _grammar(pool)),
        tell("From the first quarter on, with semicolons between. Quarters that you leave out have no limit."),
        lambda text: change(budget=read_years(text, _MONEY, _grammar(pool), _quarter)[0]),
    )


def _people(known: Scenario, pool: Pool) -> None:
    roles = list(dict.fromkeys([*known.people, *pool.roles]))
    if roles:
        st.caption(
            tell(
                "Full-time people in each month, with semicolons between. One number holds for every month; months and roles that you leave out have no limit."
            )
        )
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
    _row(
        f"people.{role}",
        plain(short(role, _TITLE)),
        _by_month(known.people.get(role, []), pool),
        "",
        lambda text: _set_people(role, read_years(text, _PEOPLE, _grammar(pool), _month)[0]),
    )


def _by_month(amounts: Sequence[float | None], pool: Pool) -> str:
    known = [each for each in amounts if each is not None]
    return show_years(known[:1] if len(known) == _MONTHS and len(set(known)) == 1 else known, _PEOPLE, _grammar(pool))


def _set_people(role: str, amounts: Sequence[float]) -> None:
    others = {name: each for name, each in scenario().people.items() if name != role}
    own = {role: [*amounts] * _MONTHS if len(amounts) == 1 else [*amounts]} if amounts else {}
    change(people={**others, **own})
    if (why := problems().pop("people", None)) is not None:
        complain(f"people.{role}", why)


def _at_once(known: Scenario) -> None:
    key = _begin("choice:at_once", known.at_once)
    st.number_input(
        tell("At most so many at once"), 0, 10_000, known.at_once, step=1, key=key, width=260,
        placeholder=tell("No limit"), help=tell("How many proposals may be worked on in the same month."),
        on_change=lambda: change(at_once=held(key)),
    )  # fmt: skip


def _row(name: str, label: str, shown: str, help_: str, take: Callable[[str], None]) -> None:
    """A text of several numbers; one that cannot be read stays, and what is allowed stands below it."""
    key, problem = f"choice:{name}", problems().get(name)
    if problem is None:
        st.session_state[key] = shown
    typed = str(st.session_state.get(key, shown))
    st.text_input(label, typed, key=key, help=help_ or None, on_change=_take, args=(name, key, take))
    if problem is not None:
        st.error(refusal(problem), icon=":material/error:")


def _take(name: str, key: str, take: Callable[[str], None]) -> None:
    try:
        problems().pop(name, None)
        take(str(held(key) or ""))
    except EntryRefused as refused:
        complain(name, refused)


# Rules ---------------------------------------------------------------------------------------------


def _rules(known: Scenario, pool: Pool) -> None:
    titles = pool.titles
    _picked("must", tell("Must be done"), known.must, titles)
    _picked("must_not", tell("Must not be done"), known.must_not, titles)
    _complaints("must", "must_not", "needs", "either_or")
    for place, (one, other) in enumerate(known.needs):
        said = tell("{name} only after {other} has ended.", name=_named(one, titles), other=_named(other, titles))
        _rule(said, f"needs:{place}", {"needs": _without(known.needs, place)})
    for place, names in enumerate(known.either_or):
        said = tell("At most one of {titles}.", titles=", ".join(_named(each, titles) for each in names))
        _rule(said, f"either_or:{place}", {"either_or": _without(known.either_or, place)})
    _new_need(known, titles)
    _new_set(known, titles)


def _named(identity: str, titles: Mapping[str, str]) -> str:
    return short_plain(titles.get(identity, tell("a proposal that is not among these")), _TITLE)


def _short(titles: Mapping[str, str]) -> Callable[[str], str]:
    return {identity: short(title, _TITLE) for identity, title in titles.items()}.__getitem__


def _without(rules: Sequence[Any], place: int) -> list[Any]:
    return [each for number, each in enumerate(rules) if number != place]


def _rule(said: str, key: str, after: dict[str, Any]) -> None:
    with st.container(horizontal=True, vertical_alignment="center", horizontal_alignment="distribute"):
        st.markdown(said, width="content")
        st.button(
            tell("Remove"), key=f"choice:remove:{key}", type="tertiary", icon=":material/close:",
            on_click=change, kwargs=after,
        )  # fmt: skip


def _picked(name: str, label: str, chosen: Sequence[str], titles: Mapping[str, str]) -> None:
    shown = [each for each in chosen if each in titles]
    key = _begin(f"choice:{name}", shown)
    st.multiselect(
        label, list(titles), shown, format_func=_short(titles), key=key,
        placeholder=tell("None"), on_change=lambda: change(**{name: list(held(key) or [])}),
    )  # fmt: skip


def _complaints(*names: str) -> None:
    for name in names:
        if (problem := problems().get(name)) is not None:
            st.error(refusal(problem), icon=":material/error:")


def _new_need(known: Scenario, titles: Mapping[str, str]) -> None:
    """One only after another: two fields and a button."""
    with st.container(horizontal=True, vertical_alignment="bottom"):
        one = _one("need", tell("Only after another one"), titles)
        other = _one("after", tell("Which must have ended"), titles)
        st.button(
            tell("Add this order"), key="choice:add_need", disabled=not (one and other), icon=":material/add:",
            on_click=_add, args=("needs", [*known.needs, [one, other]], ("choice:need", "choice:after")),
        )  # fmt: skip


def _new_set(known: Scenario, titles: Mapping[str, str]) -> None:
    """At most one of several: a field and a button."""
    with st.container(horizontal=True, vertical_alignment="bottom"):
        names = st.multiselect(
            tell("At most one of these"), list(titles), key="choice:set", placeholder=tell("Choose two or more"),
            format_func=_short(titles),
        )  # fmt: skip
        st.button(
            tell("Add this set"), key="choice:add_set", disabled=len(names) < 2, icon=":material/add:",
            on_click=_add, args=("either_or", [*known.either_or, names], ("choice:set",)),
        )  # fmt: skip


def _one(name: str, label: str, titles: Mapping[str, str]) -> str | None:
    found: str | None = st.selectbox(
        label, list(titles), None, key=f"choice:{name}", placeholder=tell("Choose"), width=300,
        format_func=_short(titles),
    )  # fmt: skip
    return found


def _add(name: str, rules: list[Any], keys: tuple[str, ...]) -> None:
    change(**{name: rules})
    for key in keys:
        st.session_state.pop(key, None)


# Risk, and what is offered -------------------------------------------------------------------------


def _risk(known: Scenario) -> None:
    nearest = min(_WEIGHTS, key=lambda each: abs(each - known.risk_weight))
    key = _begin("choice:risk_weight", nearest)
    st.select_slider(
        tell("How much risk counts"), _WEIGHTS, nearest, key=key,
        format_func={each: told(percent(each)) for each in _WEIGHTS}.__getitem__,
        help=tell("At 0% expected value alone decides; at 100% the mean of the worst scenarios alone."),
        on_change=lambda: change(risk_weight=held(key)),
    )  # fmt: skip


def _offered(known: Scenario) -> None:
    _switch(
        "shrunk", tell("Count each estimate as much as it is reliable"), known.shrunk,
        tell("Who picks the best of many estimates picks what was estimated too high: the less sure ones count less."),
    )  # fmt: skip
    _switch("pilots", tell("Offer pilots"), known.pilots, tell("To run the planned pilot first is one way more."))
    key = _begin("choice:latest_start", known.latest_start)
    st.number_input(
        tell("Starts may be put off by so many months"), 0, LATEST_START, known.latest_start, step=3, key=key,
        width=260, help=tell("In steps of a quarter. 0: all that is done starts at once."),
        on_change=lambda: change(latest_start=held(key) or 0),
    )  # fmt: skip


def _switch(name: str, label: str, value: bool, help_: str) -> None:
    key = _begin(f"choice:{name}", value)
    st.toggle(label, value, key=key, help=help_, on_change=lambda: change(**{name: held(key)}))


def _begin(key: str, value: Any) -> str:
    """The key of a field, which shows what is set."""
    st.session_state[key] = value
    return key
