"""What every request goes through before anything else looks at it.

It knows the hosts it is called by (against DNS rebinding), believes a proxy's headers from that proxy alone, keeps
closed what the framework offers beside the pages, counts and measures what comes in, and tells browsers what they may
do with what goes out.
"""

from __future__ import annotations

import asyncio
import json
from collections.abc import Iterable
from contextlib import suppress
from datetime import UTC, datetime
from ipaddress import ip_address
from urllib.parse import unquote_plus

from h11 import LocalProtocolError
from limits import RateLimitItemPerMinute
from limits.storage import MemoryStorage
from limits.strategies import MovingWindowRateLimiter
from starlette.datastructures import Headers, MutableHeaders
from starlette.requests import HTTPConnection
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from app.door.bearers import bears_token
from app.door.hosts import is_known
from app.door.identity import (
    IDENTITY_HEADER,
    SEAL_HEADER,
    NotSignedIn,
    claims_of_token,
    sealed,
    token_of_cookies,
)
from app.door.quiet import keep_log_short
from app.door.settings import Door, Mode, ProxyHeaders
from app.door.sizes import LARGEST_BODY, LARGEST_SAMPLE
from app.door.stream import Stream, is_own_page

ALWAYS_OPEN = ("/healthz", "/readyz", "/metrics")
"""What a load balancer asks by address, without a name and without a person."""
_CLOSED = ("/_stcore/metrics", "/_stcore/agent/", "/_stcore/script-health-check")
_COUNTED = ("/api/", "/shared/", "/auth/", "/oauth2callback", "/_stcore/stream")
_UPLOADS = "/_stcore/upload_file/"
_FILES = ("/media/", _UPLOADS)
"""What pages offer and take: whoever asks must have signed in, and know the file's long name too."""
_CHANGING_NOTHING = ("GET", "HEAD", "OPTIONS")
_A_MINUTE = RateLimitItemPerMinute(600)
_OF_BEARERS_A_MINUTE = RateLimitItemPerMinute(6_000)
"""From one address, programs of many people: the API counts each token for itself, and those that are none."""
_PATIENCE_SECONDS = 60.0
"""With which the next part of a body is waited for."""
_LARGEST_HEADERS = 64 << 10
_POLICY = {
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "SAMEORIGIN",
    "Content-Security-Policy": "frame-ancestors 'self'",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
}


class Refused(Exception):
    """A request that does not get in."""

    def __init__(self, status: int, reason: str) -> None:
        super().__init__(reason)
        self.status, self.reason = status, reason


class TooLarge(Refused):
    """A body that goes on beyond what is taken."""


class DoorMiddleware:
    """The door as ASGI middleware."""

    def __init__(self, app: ASGIApp, door: Door) -> None:
        self._app = app
        self._door = door
        self._limiter = MovingWindowRateLimiter(MemoryStorage())
        keep_log_short()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Let a request in, or answer it here."""
        if scope["type"] not in ("http", "websocket"):
            await self._app(scope, receive, send)
            return
        answers = _Answers(send)
        try:
            let_in = self._let_in(scope)
            if scope["type"] == "websocket":
                stream = Stream(receive, answers.send)
                await self._app(let_in, stream.receive, stream.send)
            else:
                await self._app(let_in, _measured(receive, _most(scope["path"])), answers.send)
        except Refused as refused:
            if not answers.have_begun:
                await _refuse(scope, refused, answers.send)

    def _let_in(self, scope: Scope) -> Scope:
        headers, path = Headers(scope=scope), scope["path"]
        kept = [each for each in scope["headers"] if each[0].lower() not in _OWN]
        if path in ALWAYS_OPEN:
            return {**scope, "headers": kept}
        self._check(scope, headers, path)
        if self._door.proxy is None:
            self._look_at(scope, path, self._signed_in(scope))
            return {**scope, "headers": kept}
        said = _by_proxy(scope, headers, self._door.proxy)
        if bears_token(headers):
            # The proxy let it pass unsigned: whatever such a request says of a person, nobody has looked at.
            said["user"] = ""
        self._look_at(scope, path, str(said["user"]))
        kept = [each for each in kept if each[0].decode("latin-1").lower() not in _names(self._door.proxy)]
        return {**scope, "headers": [*kept, *(sealed(said) if said["user"] else [])]}

    def _check(self, scope: Scope, headers: Headers, path: str) -> None:
        hosts = headers.getlist("host")
        if len(hosts) != 1 or not is_known(hosts[0], self._door.hosts, by_address=self._door.mode is not Mode.ALONE):
            raise Refused(400, "This server is not called by that name. GROUNDWORK_ALLOWED_HOSTS names more.")
        if any(path == each.rstrip("/") or path.startswith(each) for each in _CLOSED):
            raise Refused(404, "There is nothing here.")
        _check_size(headers, _most(path))
        _check_letters(scope, path)
        self._check_sender(scope, headers, hosts[0], path)

    def _check_sender(self, scope: Scope, headers: Headers, host: str, path: str) -> None:
        """Pages of other sites change nothing here, open no stream, and sign nobody out."""
        is_a_reading = scope["type"] == "http" and scope["method"] in _CHANGING_NOTHING
        origins = () if is_a_reading else headers.getlist("origin")
        signs_out = path.startswith("/auth/logout") and headers.get("sec-fetch-site") == "cross-site"
        if signs_out or not all(is_own_page(each, host, self._door.hosts) for each in origins):
            raise Refused(403, "This was asked for by a page of another site.")

    def _look_at(self, scope: Scope, path: str, who: str) -> None:
        """Count those who come, and ask for a sign-in where no page does. `who` is empty for nobody."""
        if path.startswith(_FILES) and self._door.asks and not who:
            raise Refused(401, "Sign in to go on.")
        if not path.startswith(_COUNTED):
            return
        is_bearer = path.startswith("/api/") and bears_token(Headers(scope=scope))
        counted = (_OF_BEARERS_A_MINUTE, "bearers", _peer(scope)) if is_bearer else (_A_MINUTE, who or _peer(scope))
        if not self._limiter.hit(*counted):
            raise Refused(429, "Too many requests. Try again in a minute.")

    def _signed_in(self, scope: Scope) -> str:
        """Those who signed in count each for themselves: behind a proxy, all come from one address.

        A cookie that nobody signed is worth nothing: its bearer would be somebody else with each request.
        """
        if self._door.mode is not Mode.OPENID or not scope["path"].startswith((*_FILES, *_COUNTED)):
            return ""
        try:
            token = token_of_cookies(HTTPConnection(scope).cookies, self._door)
            return claims_of_token(token, self._door, datetime.now(UTC)).subject
        except NotSignedIn:
            return ""


def _most(path: str) -> int:
    """How many bytes a request may bring: a file for a page may be a sample of data."""
    return LARGEST_SAMPLE if path.startswith(_UPLOADS) else LARGEST_BODY


def _check_size(headers: Headers, most: int) -> None:
    if sum(len(name) + len(value) for name, value in headers.raw) > _LARGEST_HEADERS:
        raise Refused(431, "The headers of this request are too large.")
    length = headers.get("content-length", "0")
    if not (length.isascii() and length.isdigit() and len(length) <= 12):
        raise Refused(400, "Content-Length must be a number.")
    if int(length) > most:
        raise TooLarge(413, f"This is larger than {most >> 20} MB.")


def _check_letters(scope: Scope, path: str) -> None:
    """The framework writes what a sign-in came back with into the log: it shall be one line of plain letters.

    Providers put line breaks into what they say of an error; the framework takes those out by itself.
    """
    said = path
    if path.startswith(("/auth/", "/oauth2callback")):
        said += unquote_plus(scope["query_string"].decode("latin-1")).translate(_BREAKS)
    if not said.isprintable():
        raise Refused(400, "An address here has no control characters.")


_BREAKS = str.maketrans("", "", "\r\n\t")
_OWN = (IDENTITY_HEADER.encode(), SEAL_HEADER.encode())


def _peer(scope: Scope) -> str:
    return str((scope.get("client") or ("",))[0])


def _names(proxy: ProxyHeaders) -> set[str]:
    return {name for name in (proxy.user, proxy.name, proxy.email, proxy.groups) if name}


def _by_proxy(scope: Scope, headers: Headers, proxy: ProxyHeaders) -> dict[str, str | list[str]]:
    """What the proxy says of who it let in. Nobody else gets as far as here."""
    try:
        peer = ip_address(_peer(scope))
    except ValueError:
        raise Refused(403, "Come in through the proxy that signs people in.") from None
    mapped = getattr(peer, "ipv4_mapped", None) or peer
    if not any(mapped in network for network in proxy.trusted if network.version == mapped.version):
        raise Refused(403, "Come in through the proxy that signs people in.")
    groups = [group.strip() for group in _one(headers, proxy.groups).split(",") if group.strip()]
    return {
        "user": _one(headers, proxy.user),
        "name": _one(headers, proxy.name),
        "email": _one(headers, proxy.email),
        "groups": groups,
    }


def _one(headers: Headers, name: str) -> str:
    """A header's value as text. Twice the same header is one too many: somebody added to what the proxy says."""
    found = headers.getlist(name) if name else []
    if len(found) > 1:
        raise Refused(400, f"The header {name} is there more than once.")
    raw = found[0].encode("latin-1") if found else b""
    try:
        return raw.decode("utf-8").strip()
    except UnicodeDecodeError:
        return raw.decode("latin-1").strip()


def _measured(receive: Receive, most: int) -> Receive:
    """Ends a body that says no length, or lies about it, or does not come."""
    taken, has_more = 0, True

    async def measured() -> Message:
        nonlocal taken, has_more
        if not has_more:
            return await receive()  # who listens for the end of a connection waits as long as it takes
        try:
            found = await asyncio.wait_for(receive(), _PATIENCE_SECONDS)
        except TimeoutError:
            raise Refused(408, "The rest of this request did not come.") from None
        taken += len(found.get("body", b""))
        has_more = bool(found.get("more_body", False))
        if taken > most:
            raise TooLarge(413, f"This is larger than {most >> 20} MB.")
        return found

    return measured


class _Answers:
    """Adds to every answer what browsers may do with it, and knows whether one has begun."""

    def __init__(self, send: Send) -> None:
        self._send = send
        self.have_begun = False

    async def send(self, message: Message) -> None:
        """Pass a message on."""
        if message["type"] == "http.response.start":
            headers = MutableHeaders(scope=message)
            for name, value in _POLICY.items():
                headers.setdefault(name, value)
        self.have_begun = self.have_begun or message["type"] in _BEGINNINGS
        # Who broke the protocol has been told so by the server, which takes no further answer then.
        with suppress(LocalProtocolError):
            await self._send(message)


_BEGINNINGS = ("http.response.start", "websocket.accept", "websocket.close")


async def _refuse(scope: Scope, refused: Refused, send: Send) -> None:
    if scope["type"] == "websocket":
        await send({"type": "websocket.close", "code": 1008, "reason": refused.reason})
        return
    body = json.dumps({"error": refused.reason}).encode()
    headers: Iterable[tuple[bytes, bytes]] = [
        (b"content-type", b"application/json"),
        (b"content-length", str(len(body)).encode()),
        (b"cache-control", b"no-store"),
        *([(b"retry-after", b"60")] if refused.status == 429 else []),
    ]
    await send({"type": "http.response.start", "status": refused.status, "headers": [*headers]})
    await send({"type": "http.response.body", "body": body})
