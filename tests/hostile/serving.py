"""A server with a sign-in, people of every role, and cookies, good and bad."""

from __future__ import annotations

import json
import random
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from streamlit.web.server.starlette.starlette_app_utils import create_signed_value

from db import Claims, Person, Role, Store
from scoping import examples, read, to_dict
from tests.browser.running import RunningApp, new_app

SECRET = "a secret of more than thirty-two characters, for tests alone"
OPEN, RESTRICTED = "Marked4711Open", "Marked4711Restricted"
"""Words in the titles of the two proposals: who reads them was let in."""
ISSUER = "http://localhost:9"
ROLES = {"reader": Role.VIEWER, "maker": Role.CONTRIBUTOR, "decider": Role.APPROVER, "head": Role.ADMINISTRATOR}
_USER, _TOKENS = "_streamlit_user", "_streamlit_user_tokens"
_HOUR = 3600


@dataclass(frozen=True)
class Guarded:
    """The server, and the two proposals on it. `is_by_proxy` says how people sign in."""

    app: RunningApp
    open_id: str
    restricted_id: str
    is_by_proxy: bool


@contextmanager
def guarded(folder: Path, *, is_by_proxy: bool) -> Iterator[Guarded]:
    """A server where people sign in, with two proposals, somebody removed and somebody who signed out."""
    app = new_app(folder)
    app.environment = _by_proxy() if is_by_proxy else _by_openid(app)
    app.start()
    store = app.store()
    try:
        _enter(store, "removed", is_by_proxy)
        yield Guarded(app, *_proposals(store, is_by_proxy), is_by_proxy)
    finally:
        store.close()
        app.stop()


def _by_openid(app: RunningApp) -> dict[str, str]:
    return {
        "GROUNDWORK_PUBLIC_URL": app.url,
        "GROUNDWORK_OIDC_CLIENT_ID": "groundwork",
        "GROUNDWORK_OIDC_CLIENT_SECRET": "secret",
        # Nobody listens there: what is attacked is this side of the sign-in.
        "GROUNDWORK_OIDC_METADATA_URL": f"{ISSUER}/.well-known/openid-configuration",
        "GROUNDWORK_COOKIE_SECRET": SECRET,
        "GROUNDWORK_ROLES": ",".join(f"{group}={role}" for group, role in ROLES.items()),
        "GROUNDWORK_SESSION_HOURS": "12",
    }


def _by_proxy() -> dict[str, str]:
    return {
        "GROUNDWORK_PROXY_USER_HEADER": "X-Forwarded-User",
        "GROUNDWORK_PROXY_EMAIL_HEADER": "X-Forwarded-Email",
        "GROUNDWORK_PROXY_NAME_HEADER": "X-Forwarded-Name",
        "GROUNDWORK_PROXY_GROUPS_HEADER": "X-Forwarded-Groups",
        # The proxy is one address of loopback; the others are neighbours who call past it.
        "GROUNDWORK_PROXY_ADDRESSES": "127.0.0.0/9",
        "GROUNDWORK_ROLES": ",".join(f"{group}={role}" for group, role in ROLES.items()),
    }


def _enter(store: Store, name: str, is_by_proxy: bool, role: Role | None = Role.VIEWER) -> Person:
    subject = f"proxy|{name}" if is_by_proxy else f"{ISSUER}|{name}"
    person = store.people.enter(Claims(subject, name, f"{name}@example.org", is_email_verified=True, granted=role))
    if name == "removed":
        store.people.remove(person.id)
    return person


def _proposals(store: Store, is_by_proxy: bool) -> tuple[str, str]:
    document = to_dict(examples.load("visual_inspection"))
    open_ = store.create(read({**document, "title": OPEN}))
    owner = store.acting_for(_enter(store, "owner", is_by_proxy, Role.CONTRIBUTOR))
    restricted = owner.create(read({**document, "title": RESTRICTED, "team": RESTRICTED, "owner": RESTRICTED}))
    owner.sharing.restrict(restricted.id, True)
    return open_.id, restricted.id


# Who asks ---------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Asker:
    """Somebody with headers of theirs, and the words that they may read. `peer` is the address they come from."""

    name: str
    headers: tuple[tuple[str, str], ...]
    may_read: frozenset[str] = frozenset()
    peer: str = "127.0.0.1"


_ALL = frozenset({OPEN, RESTRICTED})
_READS: dict[str, frozenset[str]] = {
    "reader": frozenset({OPEN}),
    "maker": frozenset({OPEN}),
    "decider": frozenset({OPEN}),
    "head": _ALL,
    "owner": _ALL,
}


@cache
def askers(is_by_proxy: bool, origin: str) -> tuple[Asker, ...]:
    """People of every role, strangers, and everybody who pretends."""
    return _through_proxy() if is_by_proxy else (*_honest(origin), *_pretending(origin))


def signed(name: str, said: Any, secret: str = SECRET) -> str:
    """A cookie's value as the framework signs it."""
    return create_signed_value(secret, name, said if isinstance(said, str) else json.dumps(said)).decode()


def claims(name: str, origin: str, **others: Any) -> dict[str, Any]:
    """What a sign-in says of somebody."""
    groups = ["maker" if name == "owner" else name]
    said = {"sub": name, "iss": ISSUER, "name": name, "email": f"{name}@example.org", "email_verified": True}
    return {**said, "groups": groups, "iat": int(time.time()), "origin": origin, "is_logged_in": True, **others}


def _cookie(name: str, value: str) -> tuple[tuple[str, str], ...]:
    return (("Cookie", f"{name}={value}"),)


def _honest(origin: str) -> list[Asker]:
    return [
        Asker(name, _cookie(_USER, signed(_USER, claims(name, origin))), reads) for name, reads in _READS.items()
    ] + [Asker("stranger", _cookie(_USER, signed(_USER, claims("stranger", origin)))), Asker("nobody", ())]


def _pretending(origin: str) -> list[Asker]:
    good = signed(_USER, claims("head", origin))
    now = time.time()
    forged: dict[str, str] = {
        "removed": signed(_USER, claims("removed", origin, groups=["head"])),
        "another secret": signed(_USER, claims("head", origin), "another secret of more than thirty-two characters"),
        "another cookie's signature": signed(_TOKENS, claims("head", origin)),
        "expired": signed(_USER, claims("head", origin, iat=now - 13 * _HOUR)),
        "begins tomorrow": signed(_USER, claims("head", origin, iat=now + 24 * _HOUR)),
        "no beginning": signed(_USER, claims("head", origin, iat=None)),
        "a beginning in words": signed(_USER, claims("head", origin, iat="now")),
        "a beginning without end": signed(_USER, claims("head", origin, iat=1e400)),
        "another origin": signed(_USER, claims("head", "http://evil.example")),
        "signed out": signed(_USER, claims("head", origin, is_logged_in=False)),
        "nearly signed in": signed(_USER, claims("head", origin, is_logged_in="false")),
        "nobody's": signed(_USER, claims("head", origin, sub="")),
        "chunks that are not there": signed(_USER, "chunks-3"),
        "unsigned": good.split(".")[0],
        "cut": good[:-5],
        "other letters at the end": good[:-5] + good[-5:].swapcase(),
        "two halves": good[: len(good) // 2] + signed(_USER, claims("reader", origin))[len(good) // 2 :],
        "long": "a" * 8_000,
        "markup": "\"'><script>alert(1)</script>",
        "alg none": "eyJhbGciOiJub25lIn0.eyJzdWIiOiJoZWFkIn0.",
        "quoted": f'"{good[:-1]}"',
        "octal": '"\\303\\050"',
    }
    found = [Asker(name, _cookie(_USER, value)) for name, value in forged.items()]
    return [
        *found,
        Asker("the wrong name", _cookie(_TOKENS, good)),
        Asker("headers of a proxy", (("X-Forwarded-User", "head"), ("X-Forwarded-Groups", "head"))),
        Asker("headers of the door", (("X-Groundwork-Identity", "e30="), ("X-Groundwork-Seal", "x"))),
        Asker("headers of the door, by underscores", (("X_Groundwork_Identity", "e30="), ("X_Groundwork_Seal", "é"))),
    ]


def _through_proxy() -> tuple[Asker, ...]:
    def says(user: str, *others: tuple[str, str]) -> tuple[tuple[str, str], ...]:
        return (("X-Forwarded-User", user), ("X-Forwarded-Email", f"{user}@example.org"), *others)

    groups = {name: ("X-Forwarded-Groups", "maker" if name == "owner" else name) for name in _READS}
    boss = says("head", groups["head"])
    return (
        *(Asker(name, says(name, groups[name]), reads) for name, reads in _READS.items()),
        Asker("by other letters", tuple((name.swapcase(), value) for name, value in boss), _ALL),
        Asker("stranger", says("stranger")),
        Asker("nobody", ()),
        Asker("removed", says("removed", groups["head"])),
        Asker("past the proxy", boss, peer="127.200.0.1"),
        Asker("past the proxy, says otherwise", (*boss, ("X-Forwarded-For", "127.0.0.1")), peer="127.200.0.1"),
        Asker("twice", (*says("reader", groups["reader"]), ("X-Forwarded-User", "head"))),
        Asker("two groups", (*says("reader"), groups["reader"], groups["head"])),
        Asker("by underscores", (("X_Forwarded_User", "head"), ("X_Forwarded_Groups", "head"))),
        Asker("by underscores beside", (*says("stranger"), ("X_Forwarded_Groups", "head"))),
        Asker("blank", (("X-Forwarded-User", "  "), groups["head"])),
        Asker("the door's own", (("X-Groundwork-Identity", "eyJ1c2VyIjoiaGVhZCJ9"), ("X-Groundwork-Seal", "x"))),
        Asker("the door's own beside", (*says("stranger"), ("X-GROUNDWORK-IDENTITY", "e30="))),
        Asker("a folded line", (("X-Forwarded-User", "stranger\r\n X-Forwarded-Groups: head"),)),
        Asker("unicode", (("X-Forwarded-User", "hëad\u00a0"), ("X-Forwarded-Groups", "Head, HEAD,head\u00a0x"))),
    )


def another_peer(chance: random.Random) -> str:
    """One of the many addresses of loopback, so that nobody has to wait for others."""
    return f"127.{chance.randrange(100)}.{chance.randrange(256)}.{chance.randrange(1, 255)}"
