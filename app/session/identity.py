"""Who is at the screen: by the sign-in where there is one, otherwise whoever typed a name."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime

import streamlit as st

from app.door.identity import NotSignedIn, claims_of_headers, claims_of_token
from app.door.settings import Mode, door
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
    if door().mode is Mode.PROXY:
        return claims_of_headers(_headers(), door(), datetime.now(UTC))
    user = st.user.to_dict()
    if user.get("is_logged_in") is not True:
        raise NotSignedIn(message("Sign in to go on."))
    return claims_of_token(user, door(), datetime.now(UTC))


def _headers() -> Mapping[str, str]:
    return {name.lower(): value for name, value in st.context.headers.items()}
