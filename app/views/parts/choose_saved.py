"""Saved scenarios: the list of them, and one as it was kept."""

from __future__ import annotations

from functools import partial
from typing import Literal

import streamlit as st

from app.exports.scenario import heading_of, result_of, scenario_account, settings_of
from app.fields.words import plain, short_plain
from app.session import address
from app.session.language import chosen_language, tell, told
from app.session.navigation import go
from app.session.person import person
from app.session.shared import store
from app.views.parts.blocks import draw_section
from app.views.parts.choose_deciding import deciding
from app.views.parts.choose_links import part_link
from app.views.parts.choose_saving import downloads
from app.views.parts.notices import refusal
from db import Action, NotFound, Scenario
from scoping import GroundworkError
from scoping.reports.chosen import APPROVED, REJECTED, Heading, Whole, account, tag_of
from scoping.reports.chosen.account import remarks
from scoping.text.wording import day, money_in_list

_SIZE = 20
_COLOURS: dict[str, Literal["green", "red"]] = {str(APPROVED): "green", str(REJECTED): "red"}


def saved_scenarios() -> None:
    """The list, those saved last first."""
    archived = address.switch("archived", tell("Archived"))
    found = address.shown(lambda number: store().scenarios.list(number, _SIZE, archived=archived))
    if not found.total:
        st.info(
            tell("Nothing is in the archive.") if archived else tell("No scenario is saved yet. Choose first, then save the choice under a name."),
            icon=":material/bookmark:",
        )  # fmt: skip
    for each in found.rows:
        _card(each)
    address.pages(found.pages)


def _card(each: Scenario) -> None:
    heading = heading_of(each)
    with st.container(border=True, gap="xsmall"):
        with st.container(horizontal=True, horizontal_alignment="distribute", vertical_alignment="center"):
            part_link(f"**{short_plain(each.name, 90)}**", ":material/bookmark:", each.id, {"scenario": each.id})
            _badge(heading)
        st.caption(plain(" · ".join(filter(None, _facts(each)))))
        for said in remarks(heading):
            st.caption(f":material/info: {plain(told(said))}")


def _badge(heading: Heading) -> None:
    tag = tag_of(heading)
    st.badge(plain(told(tag)), color=_COLOURS.get(str(tag), "gray"), width="content")


def _facts(each: Scenario) -> list[str]:
    whole = result_of(each).whole
    return [
        _worth(whole, each.currency) if whole is not None else "",
        tell("version {version}", version=str(each.version)),
        each.saved_by,
        told(day(each.saved_at.date())),
    ]


def _worth(whole: Whole, currency: str) -> str:
    if whole.conflict:
        return tell("the limits conflict")
    return tell("expected NPV {worth}", worth=told(money_in_list(whole.value, currency)))


# One scenario --------------------------------------------------------------------------------------


def one_scenario(identity: str) -> None:
    """A scenario as it was kept, what can be done with it, and the decision on it."""
    version = address.text("version")
    number = int(version) if version.isdecimal() and len(version) < 8 else None
    try:
        each = store().scenarios.get(identity, number)
    except NotFound as missing:
        st.warning(plain(told(missing.args[0])), icon=":material/search_off:")
        part_link(tell("All scenarios"), ":material/arrow_back:", "all", {"part": "saved"})
        return
    part_link(tell("All scenarios"), ":material/arrow_back:", "all", {"part": "saved"})
    heading = heading_of(each, store().scenarios.decisions(identity))
    st.header(short_plain(each.name, 160), anchor=False)
    _badge(heading)
    st.caption(plain(" · ".join(filter(None, _facts(each)[1:]))))
    if each.note:
        st.text(each.note)
    _versions(each)
    _acts(each)
    for section in account(result_of(each), heading, chosen_language()).sections:
        draw_section(section)
    deciding(each, heading)


def _versions(each: Scenario) -> None:
    if each.version != each.newest:
        st.info(
            tell("This is version {version}; the newest is {newest}.", version=str(each.version), newest=str(each.newest)),
            icon=":material/history:",
        )  # fmt: skip
    if each.newest > 1:
        with st.container(horizontal=True):
            for number in range(max(1, each.newest - 9), each.newest + 1):
                label = tell("Version {version}", version=str(number))
                is_here, address = number == each.version, {"scenario": each.id, "version": str(number)}
                part_link(label, ":material/history:", label, address, disabled=is_here)


def _acts(each: Scenario) -> None:
    with st.container(horizontal=True):
        base = [f"{each.id}:{each.version}"] if each.version == each.newest else []
        known = settings_of(each)
        part_link(
            tell("Change it, or try others"),
            ":material/tune:",
            "change",
            {"only": known.proposals, "from": base},
            kind="secondary",
            settings=known,
        )
        part_link(
            tell("Compare it"),
            ":material/compare_arrows:",
            "compare",
            {"part": "compare", "scenarios": [each.id]},
            kind="secondary",
        )
        with st.popover(tell("Download"), icon=":material/download:"):
            make = partial(scenario_account, store(), each.id, chosen_language(), each.version)
            downloads(make, each.name, each.id)
        if store().may(Action.SAVE_SCENARIO):
            _archiving(each)


def _archiving(each: Scenario) -> None:
    label = tell("Restore") if each.archived else tell("Archive")
    icon = ":material/unarchive:" if each.archived else ":material/archive:"
    if not st.button(label, icon=icon, type="tertiary", key="scenario_archive"):
        return
    act = store().scenarios.restore if each.archived else store().scenarios.archive
    try:
        act(each.id, person())
    except GroundworkError as refused:
        st.error(refusal(refused), icon=":material/error:")
        return
    go("choose", part="saved")
