"""What a sign-in says of somebody, from the claims of an OpenID provider or the headers of a proxy."""

from __future__ import annotations

import base64
import hashlib
import json
import secrets
from collections.abc import Callable, Iterable, Mapping
from datetime import UTC, datetime, timedelta
from typing import Any
from urllib.parse import urlsplit

from app.door.settings import Door, Mode
from db import Claims, NotAMember, Role, highest
from scoping.text.languages import message

IDENTITY_HEADER, SEAL_HEADER = "x-groundwork-identity", "x-groundwork-seal"
SEAL = secrets.token_urlsafe(32)
"""Only this process knows it: a header that bears it was put there by the door."""
_CLOCKS_DIFFER = timedelta(minutes=5)
_LONGEST = 500
_MOST_GROUPS = 1_000


class NotSignedIn(NotAMember):
    """Nobody signed in, or the session has ended."""


def claims_at(door: Door, headers: Mapping[str, str], token: Callable[[], Mapping[str, Any]]) -> Claims:
    """What the sign-in of this door says of who asks. `token` gives a provider's claims, none for nobody.

    Raises NotSignedIn.
    """
    now = datetime.now(UTC)
    if door.mode is Mode.PROXY:
        return claims_of_headers(headers, door, now)
    return claims_of_token(token(), door, now)


def claims_of_token(token: Mapping[str, Any], door: Door, now: datetime) -> Claims:
    """Who an OpenID provider's claims mean. Raises NotSignedIn where the session has ended, or names nobody.

    Source of the names: OpenID Connect Core 1.0, sections 2 and 5.1.
    """
    subject = token.get("sub")
    if not isinstance(subject, str) or not subject.strip():
        raise NotSignedIn(message("Sign in to go on."))
    issued_at = _moment(token.get("iat"))
    _check_age(issued_at, door, now)
    email = _text(token.get("email")).casefold()
    groups = _groups(token.get(door.groups_claim))
    verified = door.trusts_email or token.get("email_verified") is True
    name = _text(token.get("name")) or _text(token.get("preferred_username"))
    return Claims(
        subject=_subject(_text(token.get("iss")), subject),
        name=name,
        email=email,
        is_email_verified=verified,
        granted=granted(door, groups, email if verified else ""),
        issued_at=issued_at,
    )


def _check_age(issued_at: datetime | None, door: Door, now: datetime) -> None:
    """A sign-in of tomorrow would outlast its session, and every signing out."""
    if issued_at is None or not -_CLOCKS_DIFFER <= now - issued_at <= timedelta(hours=door.session_hours):
        raise NotSignedIn(message("Your session has ended. Sign in again."))


def granted(door: Door, groups: Iterable[str], proven_email: str) -> Role | None:
    """The role that follows from groups, from the list of administrators, and from the default."""
    roles = [door.roles[group] for group in groups if group in door.roles]
    if door.default_role is not None:
        roles.append(door.default_role)
    if proven_email and proven_email.casefold() in door.administrators:
        roles.append(Role.ADMINISTRATOR)
    return highest(roles)


def claims_of_headers(headers: Mapping[str, str], door: Door, now: datetime) -> Claims:
    """Who a proxy says it let in. The door has put it under its own seal.

    Raises NotSignedIn, also where the proxy said it too long ago: a page holds on to its connection, and the proxy is
    not asked again before the page is loaded anew.
    """
    if not secrets.compare_digest(headers.get(SEAL_HEADER, "").encode(), SEAL.encode()):
        raise NotSignedIn(message("Sign in to go on."))
    said = json.loads(base64.urlsafe_b64decode(headers.get(IDENTITY_HEADER, "")))
    if now - datetime.fromisoformat(said["at"]) > timedelta(hours=door.session_hours):
        raise NotSignedIn(message("Your session has ended. Load the page again."))
    email = str(said["email"]).casefold()
    return Claims(
        subject=_subject("proxy", str(said["user"])),
        name=str(said["name"] or said["user"]),
        email=email,
        is_email_verified=True,
        granted=granted(door, said["groups"], email),
    )


def sealed(said: Mapping[str, Any]) -> list[tuple[bytes, bytes]]:
    """Headers that carry what a proxy said to the pages and the API, where nobody else can write it."""
    carried = base64.urlsafe_b64encode(json.dumps({**said, "at": datetime.now(UTC).isoformat()}).encode())
    return [(IDENTITY_HEADER.encode(), carried), (SEAL_HEADER.encode(), SEAL.encode())]


def token_of_cookies(cookies: Mapping[str, str], door: Door) -> Mapping[str, Any]:
    """The claims in Streamlit's signed cookie, for requests that are no page. Empty where there are none.

    The same checks as for a page: the signature, its age, and that it was made for this address.
    """
    from streamlit.auth_util import get_cookie_with_chunks
    from streamlit.web.server.starlette.starlette_app_utils import decode_signed_value
    from streamlit.web.server.starlette.starlette_server_config import USER_COOKIE_NAME

    auth = door.secrets["auth"]

    def read(name: str) -> bytes | None:
        signed = cookies.get(name)
        return None if signed is None else decode_signed_value(auth["cookie_secret"], name, signed.encode("latin-1"))

    raw = get_cookie_with_chunks(read, USER_COOKIE_NAME)
    try:
        token = json.loads(raw) if raw else {}
    except ValueError:
        token = {}
    here = urlsplit(str(auth["redirect_uri"]))
    is_ours = isinstance(token, dict) and token.get("origin") == f"{here.scheme}://{here.netloc}"
    return token if is_ours and token.get("is_logged_in") is True else {}


def _subject(issuer: str, name: str) -> str:
    """The key under which a person is known: never the same for two names, however long or odd they are."""
    key = f"{issuer}|{name}"
    if len(key) <= _LONGEST and key.isprintable():
        return key
    return f"{issuer[: _LONGEST // 2]}|sha256:{hashlib.sha256(key.encode(errors='surrogatepass')).hexdigest()}"


def _text(value: Any) -> str:
    return " ".join(value.split())[:_LONGEST] if isinstance(value, str) else ""


def _groups(value: Any) -> list[str]:
    """Providers send a list, or one text; some put names between spaces or commas, which may be part of a name."""
    if isinstance(value, str):
        return [value]
    return [each for each in value[:_MOST_GROUPS] if isinstance(each, str)] if isinstance(value, list) else []


def _moment(value: Any) -> datetime | None:
    if isinstance(value, bool) or not isinstance(value, (int, float)):
        return None
    try:
        return datetime.fromtimestamp(value, UTC)
    except (OverflowError, OSError, ValueError):
        return None
