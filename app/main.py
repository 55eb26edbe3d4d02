"""The app's entry: settings of the page, the database, and which page is shown."""

from __future__ import annotations

from pathlib import Path

import streamlit as st

from app.session.browser import listen
from app.session.carried import waiting
from app.session.goal import go_to_goal, keep_goal
from app.session.identity import check_role
from app.session.kept import keep_typed, left
from app.session.navigation import begin
from app.session.opened import keep_in_address, remember_address, take_over, without_database
from app.session.shared import database, drawn_for, who_is_here
from app.views.parts.door import outside, whose_session
from app.views.parts.notices import nothing_can_be_saved
from app.views.parts.waiting import drawn, failed, of_no_use, typed_before, waiting_line
from db import NotAMember, Person
from scoping import GroundworkError

# A file of ours: the framework would fetch its own icons from another server.
_ICON = Path(__file__).with_name("icon.svg")


def main() -> None:
    """Show one page, to who may come in."""
    st.set_page_config(page_title="Groundwork", page_icon=str(_ICON), layout="wide")
    try:
        person = who_is_here()
        check_role(person)
    except NotAMember as why:
        keep_goal(begin(menu=False).url_path)
        listen()
        outside(why)
        return
    except GroundworkError as error:
        listen()
        begin()
        failed(error)
        return
    with drawn_for(person):
        page(person)


def page(person: Person) -> None:
    """The page that the address names, with what waits in this tab."""
    listen()
    refused = take_over(left())
    keep_typed(person.id, waiting(without_database()))
    chosen = begin()
    typed_before()
    of_no_use(refused)
    try:
        go_to_goal()
        if database().is_read_only:
            nothing_can_be_saved()
        keep_in_address()
        remember_address()
        chosen.run()
        remember_address()
        drawn()
    except GroundworkError as error:
        failed(error)
    waiting_line()
    whose_session(person)


main()
