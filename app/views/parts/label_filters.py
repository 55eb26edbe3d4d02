"""Filters by tags and by the organisation's own fields with choices. They stand in the address, as other filters do."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from app.fields.words import plain, short
from app.session import address
from app.session.language import tell
from app.session.shared import store
from scoping.document.own import OwnField
from scoping.vocabulary import OwnKind

_IN_THE_ROW = 3
_LONGEST, _LONGEST_TITLE = 60, 40


def tag_filter(is_demo: bool | None = None) -> tuple[str, ...]:
    """The tags that are looked for; nothing is drawn where no proposal bears one."""
    known = store().tags(is_demo)
    return tuple(_several("tag", tell("Tag"), known)) if known else ()


def own_filters() -> tuple[str, ...]:
    """What own fields must say, as the Store takes it; the first of them stand in the row, the others are asked for."""
    fields = [each for each in store().organisation.current().organisation.fields if each.kind is OwnKind.CHOICE]
    found = _chosen(fields[:_IN_THE_ROW])
    if more := fields[_IN_THE_ROW:]:
        # What is set out of sight is counted in sight.
        many = sum(f"own.{each.id}" in st.query_params for each in more)
        label = tell("More filters ({count} set)", count=str(many)) if many else tell("More filters")
        with st.popover(label, icon=":material/filter_list:", key="more_filters"):
            found += _chosen(more)
    return tuple(found)


def _chosen(fields: Sequence[OwnField]) -> list[str]:
    return [
        f"{each.id}={value}"
        for each in fields
        for value in _several(f"own.{each.id}", plain(short(each.title, _LONGEST_TITLE)), each.choices)
    ]


def _several(name: str, label: str, options: Sequence[str]) -> list[str]:
    return address.several_field(name, label, options, lambda each: short(each, _LONGEST), tell("Any"))
