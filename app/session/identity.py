"""Who is at the screen: by the sign-in where there is one, otherwise whoever typed a name."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import streamlit as st

from app.door.identity import claims_at
from app.door.settings import door
from db import ALONE, Claims, NotAMember, Person, Store
from scoping.text.languages import message


def person_of(store: Store) -> Person:
    """Who acts in this session, asked anew at each run: who was removed, or signed out, is out at once.

    Raises NotSignedIn, NotAMember.
    """
    return store.people.enter(_claims()) if door().asks else ALONE


def check_role(person: Person) -> None:
    """Whether somebody who signed in has a role here. Raises NotAMember."""
    if person.role is None:
        raise NotAMember(
            message("{name} is signed in and has no role here. Ask an administrator for one.", name=person.label)
        )


def _claims() -> Claims:
    headers = {name.lower(): value for name, value in st.context.headers.items()}
    return claims_at(door(), headers, _token)


def _token() -> Mapping[str, Any]:
    user = st.user.to_dict()
    return user if user.get("is_logged_in") is True else {}
