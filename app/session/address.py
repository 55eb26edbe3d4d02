"""What a list shows stands in its address: a reload, the browser's back button and a sent link show the same list.

The framework can bind a field to the address too, but writes there what people read, in their language: a link that
was sent to someone with another language would show another list. So the words of the program stand there.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from typing import Any, TypeVar

import streamlit as st

from app.session.remembered import held
from db import Page

Listing = TypeVar("Listing", bound=Page[Any])
PAGE = "page"
_LONGEST = 500
# Left to its content, it would keep the width of a shorter list and hide the pages for which there is no room.
_PAGES_WIDTH = 420


def text(name: str) -> str:
    """A text of the address."""
    return str(st.query_params.get(name, ""))[:_LONGEST]


def words(name: str, allowed: Sequence[str]) -> list[str]:
    """The words of the address that are among those allowed."""
    return [each for each in dict.fromkeys(st.query_params.get_all(name)) if each in allowed]


def word(name: str, allowed: Sequence[str]) -> str | None:
    """One word of the address, where it is among those allowed."""
    return next(iter(words(name, allowed)), None)


def day(name: str) -> date | None:
    """A day of the address, written 2026-11-25."""
    try:
        return date.fromisoformat(text(name))
    except ValueError:
        return None


def page(name: str = PAGE) -> int:
    """The page of a list that the address names, counted from 1."""
    found = text(name)
    return max(int(found), 1) if found.isascii() and found.isdecimal() and len(found) < 8 else 1


def shown(list_: Callable[[int], Listing]) -> Listing:
    """The page of a list that the address names; the first where there is no such page any more."""
    wanted = page()
    found = list_(wanted)
    return found if found.rows or wanted == 1 else list_(1)


def put(name: str, values: Sequence[str]) -> None:
    """Write into the address; nothing leaves it clean."""
    if values:
        st.query_params[name] = [*values]
    elif name in st.query_params:
        del st.query_params[name]


def search_field(name: str, label: str, width: int) -> str:
    """A field for a text that stands in the address."""
    key = _begin(name, text(name))
    st.text_input(
        label, text(name), key=key, type="search", placeholder=label, icon=":material/search:", width=width,
        on_change=_take, args=(name, key, _one),
    )  # fmt: skip
    return text(name)


def _said(options: Sequence[str], title: Callable[[str], str]) -> Callable[[str], str]:
    """How the options are called in the language in which the page is drawn."""
    return {each: title(each) for each in options}.__getitem__


def several_field(
    name: str, label: str, options: Sequence[str], title: Callable[[str], str], placeholder: str, width: int = 170
) -> list[str]:
    """A field for several words that stand in the address; any where there is none."""
    chosen = words(name, options)
    key = _begin(name, chosen)
    st.multiselect(
        label, options, chosen, format_func=_said(options, title), key=key, placeholder=placeholder, width=width,
        on_change=_take, args=(name, key, _many),
    )  # fmt: skip
    return chosen


def word_field(
    name: str,
    label: str,
    options: Sequence[str],
    title: Callable[[str], str],
    *,
    default: str | None = None,
    placeholder: str | None = None,
    width: int = 170,
) -> str | None:
    """A field for one word that stands in the address, unless it is the default."""
    chosen = word(name, options) or default
    key = _begin(name, chosen)
    index = options.index(chosen) if chosen is not None else None
    st.selectbox(
        label, options, index, format_func=_said(options, title), key=key, placeholder=placeholder, width=width,
        on_change=_take, args=(name, key, lambda value: [] if value == default else _one(value)),
    )  # fmt: skip
    return chosen


def day_field(name: str, label: str, width: int = 150) -> date | None:
    """A field for a day that stands in the address."""
    chosen = day(name)
    key = _begin(name, chosen)
    st.date_input(
        label, chosen, key=key, format="YYYY-MM-DD", width=width, on_change=_take, args=(name, key, _one)
    )  # fmt: skip
    return chosen


def switch(name: str, label: str) -> bool:
    """A switch that stands in the address while it is on."""
    chosen = text(name) == "yes"
    key = _begin(name, chosen)
    st.toggle(label, chosen, key=key, on_change=_take, args=(name, key, lambda value: ["yes"] if value else []))
    return chosen


def number_field(name: str, label: str, default: int, most: int) -> int:
    """A field for a whole number from 1 that stands in the address, unless it is the default."""
    chosen = min(page(name), most) if name in st.query_params else default
    key = _begin(name, chosen)
    st.number_input(
        label, 1, most, chosen, step=1, key=key, width=180,
        on_change=_take, args=(name, key, lambda value: [] if value == default else _one(value)),
    )  # fmt: skip
    return chosen


def pages(many: int, name: str = PAGE) -> None:
    """The pages of a list, where there are several."""
    if many < 2:
        return
    key = _begin(name, min(page(name), many))
    st.pagination(many, key=key, width=_PAGES_WIDTH, on_change=_turn, args=(name, key))


def _begin(name: str, value: Any) -> str:
    """The key of the field, which shows what the address says."""
    key = f"address:{name}"
    st.session_state[key] = value
    return key


def _take(name: str, key: str, values: Callable[[Any], list[str]]) -> None:
    """What was chosen goes into the address, and the list begins at its first page."""
    put(name, values(held(key)))
    put(PAGE, [])


def _turn(name: str, key: str) -> None:
    number = int(held(key))
    put(name, [str(number)] if number > 1 else [])


def _one(value: Any) -> list[str]:
    return [str(value)] if value not in (None, "") else []


def _many(value: Any) -> list[str]:
    return [str(each) for each in value]
