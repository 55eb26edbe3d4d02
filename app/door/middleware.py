"""What every request goes through before anything else looks at it.

It knows the hosts it is called by (against DNS rebinding), believes a proxy's headers from that proxy alone, keeps
closed what the framework offers beside the pages, counts and measures what comes in, and tells browsers what they may
do with what goes out.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from ipaddress import ip_address

from limits import RateLimitItemPerMinute
from limits.storage import MemoryStorage
from limits.strategies import MovingWindowRateLimiter
from starlette.datastructures import Headers, MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from app.door.hosts import is_known
from app.door.identity import IDENTITY_HEADER, SEAL_HEADER, sealed
from app.door.settings import Door, Mode, ProxyHeaders

ALWAYS_OPEN = ("/healthz", "/readyz", "/metrics")
"""What a load balancer asks by address, without a name and without a person."""
_CLOSED = ("/_stcore/metrics", "/_stcore/agent/", "/_stcore/script-health-check")
_COUNTED = ("/api/", "/auth/", "/oauth2callback", "/_stcore/stream")
_A_MINUTE = RateLimitItemPerMinute(600)
_LARGEST_BODY = 6 << 20
_LARGEST_HEADERS = 64 << 10
_COOKIE = "_streamlit_user"
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

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Let a request in, or answer it here."""
        if scope["type"] not in ("http", "websocket"):
            await self._app(scope, receive, send)
            return
        try:
            let_in = self._let_in(scope)
            await self._app(let_in, _measured(receive), _told(send))
        except Refused as refused:
            await _refuse(scope, refused, _told(send))

    def _let_in(self, scope: Scope) -> Scope:
        headers, path = Headers(scope=scope), scope["path"]
        kept = [each for each in scope["headers"] if each[0].lower() not in _OWN]
        if path in ALWAYS_OPEN:
            return {**scope, "headers": kept}
        self._check(headers, path)
        if self._door.proxy is not None:
            said = _by_proxy(scope, headers, self._door.proxy)
            kept = [each for each in kept if each[0].decode("latin-1").lower() not in _names(self._door.proxy)]
            kept += sealed(said) if said["user"] else []
        self._count(scope, headers, path, kept)
        return {**scope, "headers": kept}

    def _check(self, headers: Headers, path: str) -> None:
        hosts = headers.getlist("host")
        if len(hosts) != 1 or not is_known(hosts[0], self._door.hosts, by_address=self._door.mode is not Mode.ALONE):
            raise Refused(400, "This server is not called by that name. GROUNDWORK_ALLOWED_HOSTS names more.")
        if any(path == each.rstrip("/") or path.startswith(each) for each in _CLOSED):
            raise Refused(404, "There is nothing here.")
        if sum(len(name) + len(value) for name, value in headers.raw) > _LARGEST_HEADERS:
            raise Refused(431, "The headers of this request are too large.")
        length = headers.get("content-length", "0")
        if not length.isdigit() or len(length) > 12:
            raise Refused(400, "Content-Length must be a number.")
        if int(length) > _LARGEST_BODY:
            raise TooLarge(413, f"This is larger than {_LARGEST_BODY >> 20} MB.")

    def _count(self, scope: Scope, headers: Headers, path: str, kept: list[tuple[bytes, bytes]]) -> None:
        if not path.startswith(_COUNTED):
            return
        who = dict(kept).get(IDENTITY_HEADER.encode(), b"").decode() or _session(headers) or _peer(scope)
        if not self._limiter.hit(_A_MINUTE, who):
            raise Refused(429, "Too many requests. Try again in a minute.")


_OWN = (IDENTITY_HEADER.encode(), SEAL_HEADER.encode())


def _session(headers: Headers) -> str:
    """Those who signed in count each for themselves: behind a proxy, all come from one address."""
    for each in headers.get("cookie", "").split(";"):
        name, _, value = each.strip().partition("=")
        if name == _COOKIE:
            return value
    return ""


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


def _measured(receive: Receive) -> Receive:
    """Ends a body that says no length, or lies about it."""
    taken = 0

    async def measured() -> Message:
        nonlocal taken
        found = await receive()
        if found["type"] == "http.request":
            taken += len(found.get("body", b""))
            if taken > _LARGEST_BODY:
                raise TooLarge(413, f"This is larger than {_LARGEST_BODY >> 20} MB.")
        return found

    return measured


def _told(send: Send) -> Send:
    """Adds to every answer what browsers may do with it."""

    async def told(found: Message) -> None:
        if found["type"] == "http.response.start":
            headers = MutableHeaders(scope=found)
            for name, value in _POLICY.items():
                headers.setdefault(name, value)
        await send(found)

    return told


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
