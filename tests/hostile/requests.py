"""Requests that are not meant well, by everybody, to everything that the server answers.

What must hold for each: an answer in time, in which nobody reads what is not for them; and afterwards no traceback and
no line of the sender's in the server's log, and nothing changed in the database.
"""

from __future__ import annotations

import asyncio
import random
import tempfile
import time
from collections import Counter
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import quote

from tests.hostile.pages import converse
from tests.hostile.serving import OPEN, RESTRICTED, Asker, Guarded, another_peer, askers, guarded
from tests.loops import run

_PATIENCE_SECONDS = 60.0
_AT_ONCE = 8
INJECTED = "INJECTED a line of mine"
"""What a request tries to write into the log."""


@dataclass(frozen=True)
class Sent:
    """One request: who asks, what goes out, in pieces with pauses between, and what it is about."""

    about: str
    asker: Asker
    pieces: tuple[bytes, ...]
    peer: str
    pause: float = 0.0


@dataclass
class Answers:
    """What came back, by status; who read what, so that it is seen that those who may do read; and what was wrong."""

    statuses: Counter[str] = field(default_factory=Counter)
    read: Counter[str] = field(default_factory=Counter)
    wrong: list[str] = field(default_factory=list)
    slowest: float = 0.0


def attack(here: Guarded, numbers: range) -> Answers:
    """Send a request for each number, and look at the server afterwards."""
    before = _kept(here)
    found = run(_all(here, numbers))
    log = here.app.log
    if "Traceback" in log:
        start = max(log.index("Traceback") - 600, 0)
        found.wrong.append(f"a traceback in the log:\n{log[start:][:6_000]}")
    found.wrong += [f"in the log: {line[:200]}" for line in log.splitlines() if line.startswith(INJECTED[:8])]
    if _kept(here) != before:
        found.wrong.append(f"the database was changed: {before} became {_kept(here)}")
    return found


def _kept(here: Guarded) -> list[tuple[str, int, str]]:
    store = here.app.store()
    try:
        rows = store.list(size=200).rows
        return sorted((row.id, row.version, row.title) for row in rows)
    finally:
        store.close()


async def _all(here: Guarded, numbers: range) -> Answers:
    found, some = Answers(), asyncio.Semaphore(_AT_ONCE)

    async def one(number: int) -> None:
        async with some:
            await _one(here, number, found)

    await asyncio.gather(*(one(number) for number in numbers))
    return found


async def _one(here: Guarded, number: int, found: Answers) -> None:
    chance = random.Random(number)
    everybody = askers(here.is_by_proxy, here.app.url)
    asker = chance.choice(everybody if chance.random() < 0.7 else [each for each in everybody if each.may_read])
    peer = asker.peer if asker.peer != "127.0.0.1" else another_peer(chance)
    kind: Callable[[Guarded, Asker, str, random.Random], Awaitable[tuple[str, bytes]]]
    kind = chance.choices((_request, converse), (12, 1))[0]
    begun = time.perf_counter()
    about = ""
    try:
        about, answer = await asyncio.wait_for(kind(here, asker, peer, chance), _PATIENCE_SECONDS)
    except TimeoutError:
        found.wrong.append(f"{number} by {asker.name}: no answer in {_PATIENCE_SECONDS:.0f} s")
        return
    found.slowest = max(found.slowest, time.perf_counter() - begun)
    found.statuses[_status(answer)] += 1
    found.read.update(f"{asker.name} {word}" for word in (OPEN, RESTRICTED) if word.encode() in answer)
    found.wrong += [f"{number} by {asker.name}, {about}: {each}" for each in _judged(answer, asker)]


def _status(answer: bytes) -> str:
    words = answer.split(maxsplit=2)
    return words[1].decode() if len(words) > 1 and answer.startswith(b"HTTP/") else words[0].decode("latin-1")


def _judged(answer: bytes, asker: Asker) -> list[str]:
    """What is wrong with an answer."""
    wrong = [f"reads {word}" for word in (OPEN, RESTRICTED) if word.encode() in answer and word not in asker.may_read]
    if _status(answer).startswith("5"):
        wrong.append(f"is answered {answer[:300]!r}")
    if b"Traceback" in answer or b"site-packages" in answer:
        wrong.append("a traceback in the answer")
    head = answer.partition(b"\r\n\r\n")[0].decode("latin-1").split("\r\n")
    wrong += [f"a header of the sender's: {line}" for line in head if line.startswith(INJECTED[:8])]
    ways = [line.partition(":")[2].strip() for line in head if line.lower().startswith("location:")]
    return [*wrong, *(f"leads to {way}" for way in ways if _leads_away(way))]


def _leads_away(way: str) -> bool:
    return way.startswith("//") or "\\" in way or (":" in way.split("/")[0] and not way.startswith("http://localhost:"))


async def _request(here: Guarded, asker: Asker, peer: str, chance: random.Random) -> tuple[str, bytes]:
    sent = drawn(here, asker, peer, chance)
    reader, writer = await asyncio.open_connection("127.0.0.1", here.app.port, local_addr=(peer, 0))
    try:
        for piece in sent.pieces:
            writer.write(piece)
            await writer.drain()
            await asyncio.sleep(sent.pause)
        return sent.about, await reader.read(2_000_000)
    except (ConnectionError, BrokenPipeError):
        return sent.about, b"closed"
    finally:
        writer.close()


# Drawing ----------------------------------------------------------------------------------------


def drawn(here: Guarded, asker: Asker, peer: str, chance: random.Random) -> Sent:
    """A request by chance: mostly to what there is, often bent."""
    method = chance.choices(_METHODS, (12, 2, 1, 1, 1, 1, 1, 1))[0]
    target = _target(here, chance)
    headers = [("Host", f"localhost:{here.app.port}"), *asker.headers, ("Connection", "close")]
    if chance.random() < 0.5:
        headers = _bent(headers, chance, here)
    pieces, pause = _body(headers, chance) if method not in ("GET", "HEAD") or chance.random() < 0.1 else ((), 0.0)
    head = f"{method} {target} HTTP/1.1\r\n" + "".join(f"{name}: {value}\r\n" for name, value in headers) + "\r\n"
    raw = head.encode("utf-8", "surrogatepass")
    return Sent(f"{method} {target[:200]}", asker, (raw, *pieces), peer, pause)


_METHODS = ("GET", "POST", "PUT", "DELETE", "OPTIONS", "HEAD", "PATCH", "TRACE")


def _target(here: Guarded, chance: random.Random) -> str:
    path = chance.choice(_PATHS).format(open=here.open_id, restricted=here.restricted_id)
    if chance.random() < 0.3:
        path = chance.choice(_TRICKS)(path)
    query = chance.choice(_QUERIES).format(open=here.open_id, restricted=here.restricted_id, line=quote(INJECTED))
    return path + (f"?{query}" if query and chance.random() < 0.5 else "")


_PATHS = (
    "/", "/proposal", "/review", "/compare", "/decisions", "/history", "/method", "/settings",
    "/api/schema", "/api/proposals", "/api/proposals/{open}", "/api/proposals/{restricted}",
    "/api/proposals/{restricted}/assessment", "/api/proposals/{open}/assessment", "/api/nothing", "/api",
    "/api/openapi.json", "/api/portfolio", "/api/decisions", "/api/proposals/{restricted}/archive",
    "/api/proposals/{restricted}/evidence", "/api/proposals/{restricted}/exports/json",
    "/healthz", "/readyz", "/auth/login", "/auth/logout", "/oauth2callback",
    "/_stcore/health", "/_stcore/metrics", "/_stcore/host-config", "/_stcore/script-health-check",
    "/_stcore/upload_file/{restricted}/1", "/_stcore/stream", "/_stcore/agent/", "/_stcore/bidi-components/x/y.js",
    "/media/0123456789abcdef.pdf", "/media/../app/main.py", "/component/x/index.html", "/static/js/index.js",
    "/app/static/main.py", "/favicon.png", "/robots.txt",
)  # fmt: skip
_TRICKS: tuple[Callable[[str], str], ...] = (
    lambda path: f"//evil.example{path}",
    lambda path: f"/.{path}",
    lambda path: f"/%2e%2e{path}",
    lambda path: f"{path}/../../../../etc/passwd",
    lambda path: f"{path}/%2e%2e/%2e%2e/%2e%2e/etc/passwd",
    lambda path: f"{path}/..%2f..%2f..%5c..%5cpyproject.toml",
    lambda path: path.replace("/", "//"),
    lambda path: path.replace("/", "\\"),
    lambda path: f"{path}%00.js",
    lambda path: f"{path}\x00",
    lambda path: f"{path}%0d%0a{quote(INJECTED)}",
    lambda path: f"{path}\r\n{INJECTED}",
    lambda path: f"{path}%1b[31m%e2%80%a8{quote(INJECTED)}",
    lambda path: f"{path}/" + "a" * 9_000,
    lambda path: f"{path}/" + "%c3%a9" * 500,
    lambda path: f"{path}/\u00e9\u202e",
    lambda path: f"{path}/%ff%fe%ed%a0%80",
    lambda path: path.upper(),
    lambda path: f"{path}/",
    lambda path: f"{path};jsessionid=1",
    lambda path: f"http://evil.example{path}",
    lambda path: path.lstrip("/") or "*",
)
_QUERIES = (
    "", "proposal={restricted}", "proposal={open}&step=value", "text=4711Restricted", "text=%00%ff", "text=%25_",
    "text={line}%0d%0a{line}", "provider=default", "provider=eyJhbGciOiJub25lIn0.e30.", "provider=//evil.example",
    "next=//evil.example", "redirect_uri=https://evil.example/", "post_logout_redirect_uri=https://evil.example",
    "error=x%0d%0a{line}", "error=%1b[2J%0b{line}&error_description=%c2%85{line}%e2%80%a8{line}",
    "state=1&code=2", "state=_state_default_1&code=%0a{line}", "page=1", "proposal=%0d%0a{line}", "a=1&" * 500,
    "=&&==", "%", "families=x",
)  # fmt: skip

Headers = list[tuple[str, str]]


def _bent(headers: Headers, chance: random.Random, here: Guarded) -> Headers:
    """Some header more, or another Host."""
    name, value = chance.choice(_HEADERS)
    value = value.format(port=here.app.port)
    if name == "Host":
        return [(name, value), *headers[1:]]
    return [*headers, (name, value)]


_HEADERS = (
    ("Host", "evil.example"), ("Host", "localhost.evil.example:{port}"), ("Host", "evil.example@localhost:{port}"),
    ("Host", "localhost:{port}, evil.example"), ("Host", "[::1"), ("Host", "localhost:99999"), ("Host", ""),
    ("Host", "LOCALHOST.:{port}"), ("Host", "127.0.0.1:{port}"), ("host", "localhost"),
    ("X-Forwarded-Host", "evil.example"), ("X-Forwarded-For", "127.0.0.1"), ("X-Forwarded-Proto", "https"),
    ("X-Forwarded-Prefix", "/evil"), ("Forwarded", "for=127.0.0.1;host=evil.example"), ("X-Original-URL", "/settings"),
    ("X-Rewrite-URL", "/_stcore/metrics"), ("X-HTTP-Method-Override", "DELETE"), ("X-Real-IP", "127.0.0.1"),
    ("Origin", "https://evil.example"), ("Origin", "null"), ("Origin", "http://localhost:1"), ("Origin", "http://[::1"),
    ("Origin", "http://localhost:{port}"), ("Referer", "https://evil.example/"), ("Sec-Fetch-Site", "cross-site"),
    ("Cookie", "_streamlit_user=x; _streamlit_user=y"), ("Cookie", "session=e30=.x.y"), ("Cookie", ";;;=;"),
    ("Cookie", "groundwork_goal=//evil.example; _streamlit_xsrf=2|a|b|c"),
    ("Cookie", "a" * 70_000), ("X-Long", "b" * 70_000),
    ("Content-Length", "-1"), ("Content-Length", "\u00b2"), ("Content-Length", "99999999999999999999"),
    ("Content-Length", "7000000"), ("Content-Length", "0x10"), ("Transfer-Encoding", "gzip"),
    ("Range", "bytes=0-,-1,5-2"), ("Accept-Encoding", "gzip;q=x, *"), ("Accept", "\u00e9\u2028"),
    ("Upgrade", "h2c"), ("Expect", "100-continue"), ("X-Xsrftoken", "2|a|b|c"), ("X-Streamlit-User", "head"),
    ("X-Bad\x00", "y"), ("X-Line", f"x\r\n{INJECTED}: y"), ("Authorization", "Bearer x"), ("X-User", "head"),
)  # fmt: skip


def _body(headers: Headers, chance: random.Random) -> tuple[tuple[bytes, ...], float]:
    """A body: whole, in chunks, slow, too long, or shorter than it says. Says so in the headers."""
    return chance.choice(_BODIES)(headers)


def _whole(headers: Headers) -> tuple[tuple[bytes, ...], float]:
    body = b'{"title": "mine"}'
    headers += [("Content-Type", "application/json"), ("Content-Length", str(len(body)))]
    return (body,), 0.0


def _file(headers: Headers) -> tuple[tuple[bytes, ...], float]:
    body = b'--b\r\nContent-Disposition: form-data; name="f"; filename="../\r\n\r\nx\r\n--b--\r\n'
    headers += [("Content-Type", "multipart/form-data; boundary=b"), ("Content-Length", str(len(body)))]
    return (body,), 0.0


def _chunked(headers: Headers) -> tuple[tuple[bytes, ...], float]:
    headers.append(("Transfer-Encoding", "chunked"))
    return (b"5\r\nhello\r\n", b"0\r\n\r\n"), 0.0


def _slow(headers: Headers) -> tuple[tuple[bytes, ...], float]:
    headers.append(("Transfer-Encoding", "chunked"))
    return (b"1\r\na\r\n",) * 5 + (b"0\r\n\r\n",), 0.1


def _endless(headers: Headers) -> tuple[tuple[bytes, ...], float]:
    headers.append(("Transfer-Encoding", "chunked"))
    return (b"80000\r\n" + b"a" * 0x80000 + b"\r\n",) * 14, 0.0


def _smuggled(headers: Headers) -> tuple[tuple[bytes, ...], float]:
    headers += [("Content-Length", "5"), ("Transfer-Encoding", "chunked")]
    return (b"0\r\n\r\nGET /settings HTTP/1.1\r\nHost: localhost\r\n\r\n",), 0.0


def _broken_chunks(headers: Headers) -> tuple[tuple[bytes, ...], float]:
    headers.append(("Transfer-Encoding", "chunked"))
    return (b"zz\r\nhello\r\n",), 0.0


_BODIES = (_whole, _file, _chunked, _slow, _endless, _smuggled, _broken_chunks)


def by_hand(numbers: range) -> list[str]:
    """Many requests, to a server with each way to sign in."""
    wrong = []
    for is_by_proxy in (False, True):
        with tempfile.TemporaryDirectory() as folder, guarded(Path(folder), is_by_proxy=is_by_proxy) as here:
            found = attack(here, numbers[is_by_proxy::2])
            way = "a proxy" if is_by_proxy else "OpenID"
            print(f"{way}: slowest {found.slowest:.1f} s, {len(found.wrong)} wrong", flush=True)
            print(f"  answers {dict(found.statuses)}\n  reads {dict(found.read)}", flush=True)
            wrong += found.wrong
    return wrong
