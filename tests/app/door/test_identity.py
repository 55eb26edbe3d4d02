"""What a sign-in says of somebody, and what is nobody."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.door.identity import NotSignedIn, claims_of_headers, claims_of_token, granted, sealed
from app.door.settings import Door, Mode
from db import Role

NOW = datetime(2026, 5, 1, 12, tzinfo=UTC)
DOOR = Door(
    Mode.OPENID,
    roles={"makers": Role.CONTRIBUTOR, "deciders": Role.APPROVER},
    administrators=frozenset({"admin@example.org"}),
)


def token(**others: Any) -> dict[str, Any]:
    return {
        "iss": "https://id",
        "sub": "1",
        "iat": NOW.timestamp(),
        "name": "Ada",
        "email": "Ada@Example.org",
        **others,
    }


def test_claims_name_a_person() -> None:
    found = claims_of_token(token(email_verified=True, groups=["makers", "others"]), DOOR, NOW)
    assert (found.subject, found.name, found.email) == ("https://id|1", "Ada", "ada@example.org")
    assert (found.granted, found.issued_at) == (Role.CONTRIBUTOR, NOW)


@pytest.mark.parametrize("sub", [None, "", "  ", 7, ["1"]])
def test_without_a_subject_it_is_nobody(sub: object) -> None:
    with pytest.raises(NotSignedIn):
        claims_of_token(token(sub=sub), DOOR, NOW)


_LONG = "a" * 600
_ODD = [_LONG, f"{_LONG}b", f"{_LONG}a"]
_ODD += ["ab", "a b", "a  b", " ab", "a\nb", "a\u200bb", "a\x00b", "a|b", "\ud800", "\ud801"]


def test_two_subjects_are_never_one_person() -> None:
    """A key that is cut, or tidied, makes one person of two: the second would come in as the first."""
    by_token = {claims_of_token(token(sub=odd), DOOR, NOW).subject for odd in _ODD}
    by_proxy = {claims_of_headers(_headers(odd), DOOR, datetime.now(UTC)).subject for odd in _ODD}
    assert len(by_token) == len(by_proxy) == len(_ODD)
    assert len(by_token | by_proxy) == 2 * len(_ODD)
    assert all(len(subject) <= 500 and subject.isprintable() for subject in by_token | by_proxy)


def _headers(user: str) -> dict[str, str]:
    said = {"user": user, "name": "", "email": "", "groups": []}
    return {name.decode(): value.decode() for name, value in sealed(said)}


@pytest.mark.parametrize("iat", [None, "now", True, float("nan"), float("inf"), 1e300, 0])
def test_a_session_without_a_beginning_is_over(iat: object) -> None:
    with pytest.raises(NotSignedIn, match="ended"):
        claims_of_token(token(iat=iat), DOOR, NOW)


def test_a_session_ends() -> None:
    almost, after = timedelta(hours=DOOR.session_hours), timedelta(hours=DOOR.session_hours, seconds=1)
    assert claims_of_token(token(), DOOR, NOW + almost)
    with pytest.raises(NotSignedIn, match="ended"):
        claims_of_token(token(), DOOR, NOW + after)


@pytest.mark.parametrize(("ahead", "is_let_in"), [(2, True), (6, False), (24 * 60, False)])
def test_a_session_that_begins_later_is_none(ahead: int, is_let_in: bool) -> None:
    """It would outlast every signing out; clocks may differ by some minutes."""
    begins = token(iat=(NOW + timedelta(minutes=ahead)).timestamp())
    if is_let_in:
        assert claims_of_token(begins, DOOR, NOW)
    else:
        with pytest.raises(NotSignedIn, match="ended"):
            claims_of_token(begins, DOOR, NOW)


def test_what_a_proxy_said_does_not_hold_for_ever() -> None:
    said = {"user": "ada", "name": "", "email": "", "groups": []}
    headers = {name.decode(): value.decode() for name, value in sealed(said)}
    later = datetime.now(UTC) + timedelta(hours=DOOR.session_hours)
    assert claims_of_headers(headers, DOOR, later - timedelta(minutes=1))
    with pytest.raises(NotSignedIn, match="Load the page again"):
        claims_of_headers(headers, DOOR, later + timedelta(minutes=1))


@pytest.mark.parametrize(
    ("groups", "role"),
    [
        (["makers", "deciders"], Role.APPROVER),
        ("deciders", Role.APPROVER),
        ("makers deciders", None),
        (["DECIDERS"], None),
        ([], None),
        (None, None),
        ({"deciders": 1}, None),
        ([["deciders"], 5, None], None),
    ],
)
def test_groups_give_roles(groups: object, role: Role | None) -> None:
    assert claims_of_token(token(groups=groups), DOOR, NOW).granted == role


@pytest.mark.parametrize(
    ("verified", "role"), [(True, Role.ADMINISTRATOR), (False, None), ("true", None), (None, None)]
)
def test_an_administrator_is_known_by_a_proven_address_alone(verified: object, role: Role | None) -> None:
    found = claims_of_token(token(email="admin@example.org", email_verified=verified), DOOR, NOW)
    assert found.granted == role


def test_the_default_role_is_for_everybody() -> None:
    here = Door(Mode.OPENID, default_role=Role.VIEWER, roles=DOOR.roles)
    assert granted(here, [], "") == Role.VIEWER
    assert granted(here, ["makers"], "") == Role.CONTRIBUTOR


def test_what_the_door_sealed_is_believed_and_nothing_else() -> None:
    said = {"user": "ada", "name": "", "email": "ADMIN@example.org", "groups": ["makers"]}
    headers = {name.decode(): value.decode() for name, value in sealed(said)}
    found = claims_of_headers(headers, DOOR, datetime.now(UTC))
    assert (found.subject, found.name, found.granted) == ("proxy|ada", "ada", Role.ADMINISTRATOR)
    for forged in ({}, {**headers, "x-groundwork-seal": ""}, {**headers, "x-groundwork-seal": "gu\xe9ss"}):
        with pytest.raises(NotSignedIn):
            claims_of_headers(forged, DOOR, datetime.now(UTC))


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
    lambda each: st.lists(each, max_size=3),
    max_leaves=5,
)


@given(st.dictionaries(st.sampled_from(["iss", "sub", "iat", "name", "email", "email_verified", "groups"]), JSON))
def test_whatever_a_provider_sends_it_is_a_person_or_nobody(claims: dict[str, Any]) -> None:
    try:
        found = claims_of_token(claims, DOOR, NOW)
    except NotSignedIn:
        return
    assert found.subject
    assert found.granted in (None, *Role)
