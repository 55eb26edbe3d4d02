"""How people come in: nobody signs in, or by OpenID Connect, or through a proxy that signed them in.

Everything is set in the environment; docs/operations.md explains each name.
"""

from __future__ import annotations

import os
import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from enum import StrEnum
from functools import cache
from ipaddress import IPv4Network, IPv6Network, ip_network
from pathlib import Path
from socket import gethostname
from types import MappingProxyType
from typing import Any
from urllib.parse import urlsplit

from db import Role, SettingRefused, is_yes, setting
from scoping import GroundworkError
from scoping.errors import quote

CALLBACK = "oauth2callback"
LOOPBACK = frozenset({"localhost", "127.0.0.1", "::1"})
_PREFIX = "GROUNDWORK_"
_SHORTEST_SECRET = 32
_SESSION_HOURS = 12.0
_MOST_HOURS = 24.0 * 365


class DoorMisconfigured(GroundworkError):
    """The sign-in cannot work as it is set up; the server does not start."""


class Mode(StrEnum):
    """How people come in. ALONE is bound to this machine; OPEN was asked for in so many words."""

    ALONE = "alone"
    OPEN = "open"
    OPENID = "openid"
    PROXY = "proxy"


@dataclass(frozen=True)
class ProxyHeaders:
    """The headers in which a proxy says who it let in, and the addresses from which they are believed."""

    user: str
    name: str = ""
    email: str = ""
    groups: str = ""
    trusted: tuple[IPv4Network | IPv6Network, ...] = ()
    sign_out_url: str = ""


@dataclass(frozen=True)
class Door:
    """The settings of the door.

    `roles` maps groups to roles; `administrators` are e-mail addresses in small letters. `trusts_email` says that the
    provider gives out addresses of its own people alone, and so proves them without saying so.
    """

    mode: Mode = Mode.ALONE
    roles: Mapping[str, Role] = field(default_factory=lambda: MappingProxyType({}))
    administrators: frozenset[str] = frozenset()
    default_role: Role | None = None
    groups_claim: str = "groups"
    trusts_email: bool = False
    session_hours: float = _SESSION_HOURS
    public_url: str = ""
    hosts: frozenset[str] = frozenset()
    secrets: Mapping[str, Any] = field(default_factory=lambda: MappingProxyType({}))
    proxy: ProxyHeaders | None = None

    @property
    def asks(self) -> bool:
        """Whether people sign in."""
        return self.mode in (Mode.OPENID, Mode.PROXY)


@cache
def door() -> Door:
    """The door of this process. Raises DoorMisconfigured."""
    return door_of(os.environ, _streamlit_auth())


def door_of(environment: Mapping[str, str], auth: Mapping[str, Any] | None = None) -> Door:
    """What the environment says; `auth` is the [auth] section of Streamlit's secrets, where there is one.

    Raises DoorMisconfigured.
    """
    said = _Said(environment)
    by_proxy, by_openid = said.one("PROXY_USER_HEADER"), said.one("OIDC_CLIENT_ID") or auth
    if by_proxy and by_openid:
        raise DoorMisconfigured(
            "People sign in either through a proxy (GROUNDWORK_PROXY_USER_HEADER) or by OpenID Connect "
            "(GROUNDWORK_OIDC_CLIENT_ID, or [auth] in Streamlit's secrets), not both."
        )
    here = _shared(said)
    if by_proxy:
        return replace(here, mode=Mode.PROXY, proxy=_proxy(said))
    if by_openid:
        section = dict(auth) if auth else _openid(said, here.public_url)
        back = urlsplit(str(section.get("redirect_uri", ""))).hostname or ""
        return replace(here, mode=Mode.OPENID, secrets={"auth": section}, hosts=here.hosts | {back})
    if said.yes("OPEN"):
        return Door(Mode.OPEN, public_url=here.public_url, hosts=here.hosts | {gethostname().casefold()})
    return Door(public_url=here.public_url, hosts=here.hosts)


def _shared(said: _Said) -> Door:
    """What both ways to sign in have in common."""
    public_url = _public_url(said)
    named = {each.casefold() for each in said.several("ALLOWED_HOSTS")}
    own = {urlsplit(public_url).hostname or ""} if public_url else set()
    return Door(
        roles=_roles(said),
        administrators=frozenset(each.casefold() for each in said.several("ADMINISTRATORS")),
        default_role=_role(said.one("DEFAULT_ROLE"), "GROUNDWORK_DEFAULT_ROLE"),
        groups_claim=said.one("OIDC_GROUPS_CLAIM") or "groups",
        trusts_email=said.yes("OIDC_TRUST_EMAIL"),
        session_hours=_hours(said),
        public_url=public_url,
        hosts=frozenset(named | LOOPBACK | own),
    )


class _Said:
    """The settings as texts; a secret may also lie in a file, whose name is set under the same name and _FILE."""

    def __init__(self, environment: Mapping[str, str]) -> None:
        self._environment = environment

    def one(self, name: str) -> str:
        """One text; empty where nothing is set."""
        try:
            return setting(f"{_PREFIX}{name}", self._environment)
        except SettingRefused as refused:
            raise DoorMisconfigured(*refused.args) from None

    def several(self, name: str) -> list[str]:
        """Texts between commas."""
        return [each.strip() for each in self.one(name).split(",") if each.strip()]

    def yes(self, name: str) -> bool:
        """Whether something is asked for: no is no, in every usual way to write it. Raises DoorMisconfigured."""
        text = self.one(name)
        answer = is_yes(text)
        if answer is None:
            raise DoorMisconfigured(f"{_PREFIX}{name}: {quote(text)}: write yes or no.")
        return answer

    def needed(self, name: str, why: str) -> str:
        """One text that must be there."""
        found = self.one(name)
        if not found:
            raise DoorMisconfigured(f"{_PREFIX}{name} is missing: {why}.")
        return found


def _roles(said: _Said) -> Mapping[str, Role]:
    found: dict[str, Role] = {}
    for pair in said.several("ROLES"):
        group, equals, role = (each.strip() for each in pair.rpartition("="))
        if not equals or not group:
            raise DoorMisconfigured(f"GROUNDWORK_ROLES: {quote(pair)}: write group=role, several between commas.")
        known = _role(role, "GROUNDWORK_ROLES")
        assert known is not None
        found[group] = known
    return MappingProxyType(found)


def _role(text: str, name: str) -> Role | None:
    if not text:
        return None
    if text not in tuple(Role):
        raise DoorMisconfigured(f"{name}: {quote(text)} is not one of {', '.join(Role)}.")
    return Role(text)


def _hours(said: _Said) -> float:
    text = said.one("SESSION_HOURS")
    try:
        hours = float(text) if text else _SESSION_HOURS
    except ValueError:
        hours = 0.0
    if not 0 < hours <= _MOST_HOURS:
        raise DoorMisconfigured(f"GROUNDWORK_SESSION_HOURS: {quote(text)}: must be a number of hours above 0.")
    return hours


def _public_url(said: _Said) -> str:
    url = said.one("PUBLIC_URL").rstrip("/")
    parts = urlsplit(url)
    if url and (parts.scheme not in ("http", "https") or not parts.hostname):
        raise DoorMisconfigured(f"GROUNDWORK_PUBLIC_URL: {quote(url)}: write it like https://groundwork.example.org.")
    return url


def _openid(said: _Said, public_url: str) -> dict[str, Any]:
    """The [auth] section of Streamlit's secrets (docs.streamlit.io/develop/api-reference/user/st.login)."""
    if not public_url:
        raise DoorMisconfigured("GROUNDWORK_PUBLIC_URL is missing: people come back to it after the sign-in.")
    secret = said.needed("COOKIE_SECRET", "it signs the cookies of those who signed in")
    if len(secret) < _SHORTEST_SECRET:
        raise DoorMisconfigured(f"GROUNDWORK_COOKIE_SECRET: must have at least {_SHORTEST_SECRET} characters.")
    return {
        "redirect_uri": f"{public_url}/{CALLBACK}",
        "cookie_secret": secret,
        "client_id": said.one("OIDC_CLIENT_ID"),
        "client_secret": said.needed("OIDC_CLIENT_SECRET", "the provider knows Groundwork by it"),
        "server_metadata_url": said.needed(
            "OIDC_METADATA_URL", "it is the provider's address that ends in /.well-known/openid-configuration"
        ),
        "client_kwargs": {"scope": said.one("OIDC_SCOPE") or "openid email profile"},
    }


def _proxy(said: _Said) -> ProxyHeaders:
    return ProxyHeaders(
        user=said.one("PROXY_USER_HEADER").lower(),
        name=said.one("PROXY_NAME_HEADER").lower(),
        email=said.one("PROXY_EMAIL_HEADER").lower(),
        groups=said.one("PROXY_GROUPS_HEADER").lower(),
        trusted=tuple(_networks(said.several("PROXY_ADDRESSES") or ["127.0.0.1", "::1"])),
        sign_out_url=said.one("PROXY_SIGN_OUT_URL"),
    )


def _networks(addresses: Iterable[str]) -> Iterable[IPv4Network | IPv6Network]:
    for each in addresses:
        try:
            yield ip_network(each, strict=False)
        except ValueError:
            raise DoorMisconfigured(
                f"GROUNDWORK_PROXY_ADDRESSES: {quote(each)} is no address such as 10.0.0.5 or 10.0.0.0/8."
            ) from None


def _streamlit_auth() -> Mapping[str, Any] | None:
    """The [auth] section of Streamlit's secrets, for those who set up the sign-in in Streamlit's own way.

    It is read here and not asked of the framework, which would take its settings as given before the server says them.
    """
    found: dict[str, Any] = {}
    for folder in (Path.home(), Path.cwd()):
        path = folder / ".streamlit" / "secrets.toml"
        try:
            section = tomllib.loads(path.read_text(encoding="utf-8")).get("auth", {}) if path.is_file() else {}
        except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError):
            raise DoorMisconfigured(f"{path} cannot be read: Streamlit's secrets may set up a sign-in.") from None
        found |= section if isinstance(section, dict) else {}
    return found or None
