"""How a setting of a choice is drawn: title, help, unit and bounds are those of its declaration in Scenario."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

import streamlit as st
from pydantic import BaseModel

from app.choosing.pool import Pool
from app.fields.words import short, short_plain
from app.session.choice_form import change, complain, problems
from app.session.language import chosen_language, tell, tell_count
from app.session.remembered import held
from app.views.parts.notices import refusal
from scoping.document.fields import Quantity, quantity_of
from scoping.errors import EntryRefused
from scoping.portfolio.scenario import Scenario
from scoping.text.entry import read_number, show
from scoping.text.grammar import Grammar
from scoping.text.languages import joined
from scoping.text.wording import DASH
from scoping.text.years import BETWEEN, read_years

LONGEST_TITLE = 60
_DASHES = frozenset("-–—")


def title_of(name: str, model: type[BaseModel] = Scenario) -> str:
    """What a field is called."""
    return tell(model.model_fields[name].title or name)


def help_of(name: str, model: type[BaseModel] = Scenario) -> str:
    """What stands behind a field's question mark."""
    return tell(model.model_fields[name].description or "")


def quantity(name: str, model: type[BaseModel] = Scenario) -> Quantity:
    """What a field measures, with its bounds."""
    found = quantity_of(model.model_fields[name])
    assert found is not None, name
    return found


def grammar(pool: Pool) -> Grammar:
    """How people write numbers here."""
    return Grammar(chosen_language(), pool.currency)


def begin(key: str, value: Any) -> str:
    """The key of a field, which shows what is set."""
    st.session_state[key] = value
    return key


def row(name: str, label: str, shown: str, help_: str, take: Callable[[str], None], width: int | None = None) -> None:
    """A text of one number or several; what cannot be read stays, and what is allowed stands below it."""
    key, problem = f"choice:{name}", problems().get(name)
    if problem is None:
        st.session_state[key] = shown
    typed = str(st.session_state.get(key, shown))
    st.text_input(
        label, typed, key=key, help=help_ or None, on_change=_take, args=(name, key, take), width=width or "stretch"
    )  # fmt: skip
    if problem is not None:
        st.error(refusal(problem), icon=":material/error:")


def _take(name: str, key: str, take: Callable[[str], None]) -> None:
    try:
        problems().pop(name, None)
        take(str(held(key) or ""))
    except EntryRefused as refused:
        complain(name, refused)


def amounts_shown(amounts: Sequence[float | None], measured: Quantity, pool: Pool) -> str:
    """Amounts by time as they stand in their field: a dash is no limit, so that what follows stays in its place."""
    return BETWEEN.join(DASH if each is None else show(each, measured, grammar(pool)) for each in amounts)


def amounts_read(
    text: str, measured: Quantity, pool: Pool, called: Callable[[int], str]
) -> list[float] | list[float | None]:
    """Amounts by time as they are typed. Raises EntryRefused."""
    cells = [each.strip() for each in text.split(BETWEEN.strip())]
    if not _DASHES.intersection(cells):
        return read_years(text, measured, grammar(pool), called)[0]
    return [_amount(each, measured, pool, called(place)) for place, each in enumerate(cells, start=1)]


def _amount(text: str, measured: Quantity, pool: Pool, place: str) -> float | None:
    try:
        return None if text in _DASHES else read_number(text, measured, grammar(pool)).value
    except EntryRefused as refused:
        raise EntryRefused(joined(": ", (place, refused.allowed))) from None


def number(name: str, value: float | None, pool: Pool, *, unit: str = "", default: float | None = None) -> None:
    """A field for one number; emptied, it is what it is without anybody."""
    measured = quantity(name)
    row(
        name,
        f"{title_of(name)}{unit}",
        show(value, measured, grammar(pool)),
        help_of(name),
        lambda text: change(**{name: read_number(text, measured, grammar(pool)).value if text.strip() else default}),
        300,
    )


def whole(name: str, value: int | None, *, step: int = 1, default: int | None = None) -> None:
    """A field for a whole number."""
    key, measured = begin(f"choice:{name}", value), quantity(name)
    st.number_input(
        title_of(name), int(measured.lower), int(measured.upper), value, step=step, key=key, width=300,
        placeholder=tell("No limit"), help=help_of(name),
        on_change=lambda: change(**{name: default if held(key) is None else held(key)}),
    )  # fmt: skip


def switch(name: str, value: bool) -> None:
    """A field for yes or no."""
    key = begin(f"choice:{name}", value)
    st.toggle(title_of(name), value, key=key, help=help_of(name), on_change=lambda: change(**{name: held(key)}))


def picked(name: str, chosen: Sequence[str], titles: Mapping[str, str]) -> None:
    """A field for several proposals. Those that a filter hides stay as they are, and are counted."""
    shown, hidden = ([each for each in chosen if (each in titles) is is_here] for is_here in (True, False))
    key = begin(f"choice:{name}", shown)
    st.multiselect(
        title_of(name), list(titles), shown, format_func=short_titles(titles), key=key, help=help_of(name),
        placeholder=tell("None"), on_change=lambda: change(**{name: [*hidden, *(held(key) or [])]}),
    )  # fmt: skip
    if hidden:
        st.caption(
            tell_count(
                "And {count} that is not among these proposals; it stays.",
                "And {count} that are not among these proposals; they stay.",
                len(hidden),
            )
        )


def short_titles(titles: Mapping[str, str]) -> Callable[[str], str]:
    """What proposals are called in a list."""
    return {identity: short(title, LONGEST_TITLE) for identity, title in titles.items()}.__getitem__


def named(identity: str, titles: Mapping[str, str]) -> str:
    """What a proposal is called within a sentence."""
    return short_plain(titles.get(identity, tell("a proposal that is not among these")), LONGEST_TITLE)


def sets(name: str, said: Callable[[Sequence[str]], str], known: Sequence[Sequence[str]], pool: Pool) -> None:
    """A field for sets of proposals: those that are set, and one more."""
    complaints(name)
    for place, names in enumerate(known):
        rule(said(names), f"{name}:{place}", {name: without(known, place)})
    with st.container(horizontal=True, vertical_alignment="bottom"):
        key = f"choice:new:{name}"
        names = st.multiselect(
            title_of(name), list(pool.titles), key=key, placeholder=tell("Choose two or more"), help=help_of(name),
            format_func=short_titles(pool.titles),
        )  # fmt: skip
        st.button(
            tell("Add this set"), key=f"choice:add:{name}", disabled=len(names) < 2, icon=":material/add:",
            on_click=add, args=(name, [*known, names], (key,)),
        )  # fmt: skip


def rule(said: str, key: str, after: dict[str, Any]) -> None:
    """One rule in words, which can be removed."""
    with st.container(horizontal=True, vertical_alignment="center", horizontal_alignment="distribute"):
        st.markdown(said, width="content")
        st.button(
            tell("Remove"), key=f"choice:remove:{key}", type="tertiary", icon=":material/close:",
            on_click=change, kwargs=after,
        )  # fmt: skip


def without(rules: Sequence[Any], place: int) -> list[Any]:
    """The rules without one."""
    return [each for number, each in enumerate(rules) if number != place]


def add(name: str, rules: list[Any], keys: tuple[str, ...]) -> None:
    """Set the rules, and empty the fields from which the new one came, unless it was refused."""
    change(**{name: rules})
    if name not in problems():
        for key in keys:
            st.session_state.pop(key, None)


def complaints(*names: str) -> None:
    """Why rules were not taken."""
    for name in names:
        if (problem := problems().get(name)) is not None:
            st.error(refusal(problem), icon=":material/error:")
