"""How the door is set up, and what is refused in words before the server starts."""

from __future__ import annotations

from pathlib import Path

import pytest

from app.door.hosts import is_known, is_loopback
from app.door.settings import DoorMisconfigured, Mode, door, door_of
from db import Role

SECRET = "x" * 40
OPENID = {
    "GROUNDWORK_PUBLIC_URL": "https://groundwork.example.org/",
    "GROUNDWORK_OIDC_CLIENT_ID": "groundwork",
    "GROUNDWORK_OIDC_CLIENT_SECRET": "secret",
    "GROUNDWORK_OIDC_METADATA_URL": "https://id.example.org/.well-known/openid-configuration",
    "GROUNDWORK_COOKIE_SECRET": SECRET,
}
PROXY = {"GROUNDWORK_PROXY_USER_HEADER": "X-Forwarded-User"}


def test_without_settings_nobody_signs_in() -> None:
    here = door_of({})
    assert (here.mode, here.asks) == (Mode.ALONE, False)
    assert door_of({"GROUNDWORK_OPEN": "yes"}).mode is Mode.OPEN


@pytest.mark.parametrize(
    ("text", "mode"), [("yes", Mode.OPEN), ("1", Mode.OPEN), ("no", Mode.ALONE), ("False", Mode.ALONE)]
)
def test_no_is_no(text: str, mode: Mode) -> None:
    assert door_of({"GROUNDWORK_OPEN": text}).mode is mode
    assert door_of({**OPENID, "GROUNDWORK_OIDC_TRUST_EMAIL": text}).trusts_email is (mode is Mode.OPEN)


@pytest.mark.parametrize("name", ["GROUNDWORK_OPEN", "GROUNDWORK_OIDC_TRUST_EMAIL"])
def test_what_is_neither_yes_nor_no_is_asked_again(name: str) -> None:
    with pytest.raises(DoorMisconfigured, match=f"{name}.*perhaps.*write yes or no"):
        door_of({name: "perhaps"})


def test_openid_is_set_by_the_environment() -> None:
    here = door_of(
        {**OPENID, "GROUNDWORK_ROLES": "a=b=approver, team = viewer", "GROUNDWORK_ADMINISTRATORS": "A@x.org"}
    )
    assert (here.mode, here.asks) == (Mode.OPENID, True)
    assert here.secrets["auth"]["redirect_uri"] == "https://groundwork.example.org/oauth2callback"
    assert here.roles == {"a=b": Role.APPROVER, "team": Role.VIEWER}
    assert here.administrators == {"a@x.org"}
    assert "groundwork.example.org" in here.hosts


def test_streamlits_own_section_is_a_sign_in_too() -> None:
    auth = {"redirect_uri": "https://g.example.org/oauth2callback", "cookie_secret": SECRET, "client_id": "x"}
    here = door_of({}, auth)
    assert here.mode is Mode.OPENID
    assert "g.example.org" in here.hosts


def test_streamlits_secrets_are_found_where_the_server_starts(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """Nobody believes in a door that is not there: whoever set up the sign-in in Streamlit's way has set it up."""
    home, here = tmp_path / "home", tmp_path / "here"
    for folder, name in ((home, "theirs"), (here, "ours")):
        (folder / ".streamlit").mkdir(parents=True)
        (folder / ".streamlit" / "secrets.toml").write_text(f'[auth]\nclient_id = "{name}"\n')
    monkeypatch.setenv("HOME", str(home))
    monkeypatch.chdir(here)
    door.cache_clear()
    assert door().mode is Mode.OPENID
    assert door().secrets["auth"]["client_id"] == "ours"
    (here / ".streamlit" / "secrets.toml").write_text("[auth")
    door.cache_clear()
    with pytest.raises(DoorMisconfigured, match="cannot be read"):
        door()
    door.cache_clear()


def test_a_secret_may_lie_in_a_file(tmp_path: Path) -> None:
    file = tmp_path / "secret"
    file.write_text(f"{SECRET}\n")
    said = {**OPENID, "GROUNDWORK_COOKIE_SECRET": "", "GROUNDWORK_COOKIE_SECRET_FILE": str(file)}
    assert door_of(said).secrets["auth"]["cookie_secret"] == SECRET
    with pytest.raises(DoorMisconfigured, match="COOKIE_SECRET_FILE"):
        door_of({**said, "GROUNDWORK_COOKIE_SECRET_FILE": str(tmp_path / "none")})


@pytest.mark.parametrize("missing", [name for name in OPENID if name != "GROUNDWORK_OIDC_CLIENT_ID"])
def test_what_is_missing_is_named(missing: str) -> None:
    with pytest.raises(DoorMisconfigured, match=missing):
        door_of({**OPENID, missing: ""})


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("GROUNDWORK_COOKIE_SECRET", "short"),
        ("GROUNDWORK_ROLES", "team"),
        ("GROUNDWORK_ROLES", "team=king"),
        ("GROUNDWORK_ROLES", "=viewer"),
        ("GROUNDWORK_DEFAULT_ROLE", "king"),
        ("GROUNDWORK_SESSION_HOURS", "-1"),
        ("GROUNDWORK_SESSION_HOURS", "nan"),
        ("GROUNDWORK_SESSION_HOURS", "long"),
        ("GROUNDWORK_PUBLIC_URL", "groundwork.example.org"),
        ("GROUNDWORK_PUBLIC_URL", "javascript:alert(1)"),
    ],
)
def test_what_makes_no_sense_is_refused_by_name(name: str, value: str) -> None:
    with pytest.raises(DoorMisconfigured, match=name) as refused:
        door_of({**OPENID, name: value})
    assert SECRET not in str(refused.value)


def test_two_ways_at_once_are_refused() -> None:
    with pytest.raises(DoorMisconfigured, match="not both"):
        door_of({**OPENID, **PROXY})


@pytest.mark.parametrize("addresses", ["proxy", "10.0.0.0/99", "10.0.0.256"])
def test_a_proxy_has_addresses(addresses: str) -> None:
    assert door_of({**PROXY, "GROUNDWORK_PROXY_ADDRESSES": "10.0.0.0/8, ::1"}).proxy is not None
    with pytest.raises(DoorMisconfigured, match="PROXY_ADDRESSES"):
        door_of({**PROXY, "GROUNDWORK_PROXY_ADDRESSES": addresses})


@pytest.mark.parametrize(
    "host", ["localhost", "LOCALHOST:8501", "127.0.0.1:80", "[::1]:8501", "a.example.org", "localhost."]
)
def test_the_names_of_this_server(host: str) -> None:
    assert is_known(host, {"localhost", "127.0.0.1", "::1", "*.example.org"}, by_address=False)


@pytest.mark.parametrize(
    "host",
    [
        "", "evil.example", "localhost.evil.example", "example.org", "evil@localhost", "localhost/path", "localhost:x",
        "localhost:99999", "10.0.0.1", "localhost?x", "local host", "127.0.0.1.evil.example", "xexample.org",
        "*.example.org.evil", "localhost#", "localhost?", "localhost\t", "@localhost", "localhost\\@evil",
    ],
)  # fmt: skip
def test_other_names_are_not(host: str) -> None:
    assert not is_known(host, {"localhost", "127.0.0.1", "*.example.org"}, by_address=False)


def test_plain_addresses_where_others_may_call() -> None:
    assert is_known("10.0.0.1:8501", {"localhost"}, by_address=True)
    assert is_known("[fe80::1]", {"localhost"}, by_address=True)
    assert not is_known("evil.example", {"localhost"}, by_address=True)


@pytest.mark.parametrize(
    ("address", "alone"),
    [("localhost", True), ("127.0.0.1", True), ("127.9.9.9", True), ("::1", True), ("0.0.0.0", False), ("::", False),
     ("10.0.0.1", False), ("groundwork.example.org", False), ("", False)],
)  # fmt: skip
def test_who_reaches_an_address(address: str, alone: bool) -> None:
    assert is_loopback(address) == alone
