"""What gets in and what does not, asked with real requests."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import JSONResponse
from starlette.routing import Route, WebSocketRoute
from starlette.testclient import TestClient
from starlette.websockets import WebSocket, WebSocketDisconnect

from app.door.identity import IDENTITY_HEADER, SEAL_HEADER, claims_of_headers
from app.door.middleware import _A_MINUTE, _LARGEST_BODY, DoorMiddleware
from app.door.settings import Door, Mode, door_of

LOCAL = "http://localhost:8501"
ALONE = door_of({})
PROXIED = door_of(
    {
        "GROUNDWORK_PROXY_USER_HEADER": "X-User",
        "GROUNDWORK_PROXY_NAME_HEADER": "X-Name",
        "GROUNDWORK_PROXY_EMAIL_HEADER": "X-Email",
        "GROUNDWORK_PROXY_GROUPS_HEADER": "X-Groups",
        "GROUNDWORK_PROXY_ADDRESSES": "10.0.0.0/8",
    }
)


async def echo(request: Request) -> JSONResponse:
    """What reaches the inside."""
    return JSONResponse({"headers": dict(request.headers), "size": len(await request.body())})


async def socket(websocket: WebSocket) -> None:
    await websocket.accept()
    await websocket.close()


Open = Callable[..., TestClient]


def inside(here: Door, peer: str = "127.0.0.1", url: str = LOCAL) -> TestClient:
    routes = [Route("/{path:path}", echo, methods=["GET", "POST"]), WebSocketRoute("/_stcore/stream", socket)]
    app = Starlette(routes=routes, middleware=[Middleware(DoorMiddleware, door=here)])
    return TestClient(app, base_url=url, client=(peer, 50_000), raise_server_exceptions=True)


def test_browsers_are_told_what_they_may_do() -> None:
    answer = inside(ALONE).get("/")
    assert answer.status_code == 200
    assert "frame-ancestors 'self'" in answer.headers["content-security-policy"]
    assert answer.headers["x-frame-options"] == "SAMEORIGIN"
    assert answer.headers["x-content-type-options"] == "nosniff"
    refused = inside(ALONE).get("/_stcore/metrics")
    assert refused.headers["x-content-type-options"] == "nosniff"


@pytest.mark.parametrize("host", ["evil.example", "localhost.evil.example", "evil@localhost", ""])
def test_another_name_for_this_address_leads_nowhere(host: str) -> None:
    """DNS rebinding: a page of somebody else's that points its own name here."""
    client = inside(ALONE)
    answer = client.get("/api/proposals", headers={"Host": host})
    assert answer.status_code == 400
    with pytest.raises(WebSocketDisconnect), client.websocket_connect("/_stcore/stream", headers={"Host": host}):
        pass


def test_who_asks_for_health_needs_no_name() -> None:
    assert inside(ALONE).get("/healthz", headers={"Host": "10.1.2.3:8501"}).status_code == 200
    assert inside(PROXIED, peer="192.0.2.1").get("/healthz", headers={"Host": "pod"}).status_code == 200


@pytest.mark.parametrize(
    "path",
    [
        "/_stcore/metrics",
        "/_stcore/agent",
        "/_stcore/agent/interact",
        "/_stcore/agent/mcp",
        "/_stcore/script-health-check",
    ],
)
def test_what_the_framework_offers_beside_the_pages_is_closed(path: str) -> None:
    for method in ("GET", "POST"):
        assert inside(ALONE).request(method, path).status_code == 404


def test_a_body_has_an_end() -> None:
    client = inside(ALONE)
    assert client.post("/", content=b"x" * 1000).json()["size"] == 1000
    assert client.post("/", content=b"x" * (_LARGEST_BODY + 1)).status_code == 413
    endless = (b"x" * (1 << 20) for _ in range(20))
    assert client.post("/", content=endless).status_code == 413
    assert client.post("/", headers={"Content-Length": "many"}).status_code == 400


def test_headers_have_an_end() -> None:
    assert inside(ALONE).get("/", headers={"X-Long": "x" * (65 << 10)}).status_code == 431


def test_too_many_requests_are_told_to_wait() -> None:
    client = inside(ALONE)
    found = [client.get("/api/proposals").status_code for _ in range(_A_MINUTE.amount + 1)]
    assert (set(found[:-1]), found[-1]) == ({200}, 429)
    assert client.get("/api/proposals").headers["retry-after"] == "60"
    assert client.get("/proposal").status_code == 200, "pages are not counted"
    signed_in = client.get("/api/proposals", headers={"Cookie": "_streamlit_user=abc"})
    assert signed_in.status_code == 200, "each who signed in is counted alone"


FORGED = {IDENTITY_HEADER: "eyJ1c2VyIjogImFkbWluIn0=", SEAL_HEADER: "guess"}


@pytest.mark.parametrize("here", [ALONE, PROXIED])
def test_nobody_brings_an_identity_of_their_own(here: Door) -> None:
    client = inside(here, peer="10.0.0.1", url="http://10.9.9.9" if here.mode is Mode.PROXY else LOCAL)
    headers = client.get("/", headers=FORGED).json()["headers"]
    assert not {IDENTITY_HEADER, SEAL_HEADER} & set(headers)


def proxied(peer: str = "10.1.2.3", **headers: str) -> dict[str, str]:
    client = inside(PROXIED, peer=peer, url="http://10.9.9.9")
    found: dict[str, str] = client.get("/", headers=headers).json()["headers"]
    return found


def test_what_the_proxy_says_is_carried_inside_under_a_seal() -> None:
    headers = proxied(**{"X-User": "ada", "X-Name": "Ada", "X-Email": "ada@x.org", "X-Groups": "makers, deciders"})
    found = claims_of_headers(headers, PROXIED)
    assert (found.subject, found.name, found.email) == ("proxy|ada", "Ada", "ada@x.org")
    assert "x-user" not in headers


def test_without_the_proxys_header_it_is_nobody() -> None:
    assert SEAL_HEADER not in proxied()
    assert SEAL_HEADER not in proxied(**{"X-User": " "})


@pytest.mark.parametrize("peer", ["192.0.2.1", "127.0.0.1", "::ffff:192.0.2.1", "", "unknown"])
def test_only_the_proxy_gets_in(peer: str) -> None:
    client = inside(PROXIED, peer=peer, url="http://10.9.9.9")
    answer = client.get("/", headers={"X-User": "admin", "X-Forwarded-For": "10.0.0.1", "Forwarded": "for=10.0.0.1"})
    assert answer.status_code == 403


def test_a_proxy_may_come_by_either_kind_of_address() -> None:
    assert SEAL_HEADER in proxied(peer="::ffff:10.1.2.3", **{"X-User": "ada"})


def test_a_header_that_is_there_twice_is_refused() -> None:
    """Somebody added to what the proxy says."""
    client = inside(PROXIED, peer="10.1.2.3", url="http://10.9.9.9")
    answer = client.get("/", headers=[("X-User", "ada"), ("X-User", "admin")])  # type: ignore[arg-type]
    assert answer.status_code == 400
