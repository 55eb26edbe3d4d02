"""What gets in and what does not, asked with real requests."""

from __future__ import annotations

import asyncio
import json
import time
from datetime import UTC, datetime

import pytest
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import JSONResponse
from starlette.routing import Route, WebSocketRoute
from starlette.testclient import TestClient
from starlette.types import Message, Receive, Scope, Send
from starlette.websockets import WebSocket, WebSocketDisconnect
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.web.server.starlette.starlette_app_utils import create_signed_value

from app.door import middleware
from app.door.identity import IDENTITY_HEADER, SEAL_HEADER, claims_of_headers
from app.door.middleware import _A_MINUTE, DoorMiddleware
from app.door.settings import Door, Mode, door_of
from app.door.sizes import LARGEST_BODY, LARGEST_SAMPLE
from tests.loops import run

LOCAL = "http://localhost:8501"
ALONE = door_of({})
SECRET = "a secret of more than thirty-two characters, for tests alone"
SIGNED_IN = door_of(
    {
        "GROUNDWORK_PUBLIC_URL": LOCAL,
        "GROUNDWORK_ALLOWED_HOSTS": "groundwork.example.org",
        "GROUNDWORK_OIDC_CLIENT_ID": "groundwork",
        "GROUNDWORK_OIDC_CLIENT_SECRET": "secret",
        "GROUNDWORK_OIDC_METADATA_URL": "https://id/.well-known/openid-configuration",
        "GROUNDWORK_COOKIE_SECRET": SECRET,
    }
)
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
    """Says welcome, and for each message that it was heard."""
    await websocket.accept()
    await websocket.send_text("welcome")
    async for _ in websocket.iter_bytes():
        await websocket.send_text("heard")


def cookie(**others: object) -> dict[str, str]:
    """The cookie of somebody who signed in."""
    said = {"sub": "ada", "iat": time.time(), "origin": LOCAL, "is_logged_in": True, **others}
    return {"Cookie": f"_streamlit_user={create_signed_value(SECRET, '_streamlit_user', json.dumps(said)).decode()}"}


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
    assert client.post("/", content=b"x" * (LARGEST_BODY + 1)).status_code == 413
    endless = (b"x" * (1 << 20) for _ in range(20))
    assert client.post("/", content=endless).status_code == 413
    assert client.post("/", headers={"Content-Length": "many"}).status_code == 400


def test_a_sample_of_data_may_be_larger_than_any_other_body_and_has_an_end_too() -> None:
    client = inside(ALONE)
    upload = "/_stcore/upload_file/session/file"
    assert client.post(upload, content=b"x" * (LARGEST_BODY + 1)).json()["size"] == LARGEST_BODY + 1
    assert client.post(upload, headers={"Content-Length": str(LARGEST_SAMPLE + 1)}).status_code == 413
    endless = (b"x" * (1 << 20) for _ in range((LARGEST_SAMPLE >> 20) + 1))
    assert client.post(upload, content=endless).status_code == 413


def test_headers_have_an_end() -> None:
    assert inside(ALONE).get("/", headers={"X-Long": "x" * (65 << 10)}).status_code == 431


def test_too_many_requests_are_told_to_wait() -> None:
    client = inside(ALONE)
    found = [client.get("/api/proposals").status_code for _ in range(_A_MINUTE.amount + 1)]
    assert (set(found[:-1]), found[-1]) == ({200}, 429)
    assert client.get("/api/proposals").headers["retry-after"] == "60"
    assert client.get("/proposal").status_code == 200, "pages are not counted"


def test_each_who_signed_in_is_counted_alone_and_each_who_did_not_by_address() -> None:
    client = inside(SIGNED_IN)
    bearing = [{"Cookie": f"_streamlit_user={number}"} for number in range(_A_MINUTE.amount + 1)]
    assert [client.get("/api/proposals", headers=each).status_code for each in bearing][-1] == 429
    assert client.get("/api/proposals", headers=cookie()).status_code == 200
    proxied = inside(PROXIED, peer="10.1.2.3", url="http://10.9.9.9")
    found = [proxied.get("/api/x", headers={"X-User": "ada"}).status_code for _ in range(_A_MINUTE.amount + 1)]
    assert (found[-1], proxied.get("/api/x", headers={"X-User": "bo"}).status_code) == (429, 200)


@pytest.mark.parametrize("path", ["/media/0123.pdf", "/_stcore/upload_file/1/2"])
def test_files_are_for_those_who_signed_in(path: str) -> None:
    client = inside(SIGNED_IN)
    assert client.get(path).status_code == 401
    assert client.get(path, headers={"Cookie": "_streamlit_user=guess"}).status_code == 401
    assert client.get(path, headers=cookie(iat=0)).status_code == 401
    assert client.get(path, headers=cookie()).status_code == 200
    assert inside(ALONE).get(path).status_code == 200
    assert inside(PROXIED, peer="10.1.2.3", url="http://10.9.9.9").get(path).status_code == 401


FOREIGN = [
    "https://evil.example",
    "null",
    "http://localhost:1",
    "http://[::1",
    "",
    "//localhost:8501",
    "localhost:8501",
]


@pytest.mark.parametrize("origin", FOREIGN)
def test_pages_of_other_sites_open_no_stream_and_change_nothing(origin: str) -> None:
    client, headers = inside(ALONE), {"Host": "localhost:8501", "Origin": origin}
    with pytest.raises(WebSocketDisconnect), client.websocket_connect("/_stcore/stream", headers=headers):
        pass
    assert client.post("/", headers=headers).status_code == 403
    assert client.get("/", headers=headers).status_code == 200, "a reading is for the browser to judge"


@pytest.mark.parametrize("origin", [LOCAL, "https://groundwork.example.org"])
def test_own_pages_open_the_stream(origin: str) -> None:
    client = inside(SIGNED_IN)
    with client.websocket_connect("/_stcore/stream", headers={"Host": "localhost:8501", "Origin": origin}):
        assert client.post("/", headers={"Origin": origin}).status_code == 200


def test_a_page_of_another_site_signs_nobody_out() -> None:
    client = inside(ALONE)
    assert client.get("/auth/logout", headers={"Sec-Fetch-Site": "cross-site"}).status_code == 403
    assert client.get("/auth/logout", headers={"Sec-Fetch-Site": "same-origin"}).status_code == 200


OWN = {"Host": "localhost:8501", "Origin": LOCAL}


def rerun(field: str) -> bytes:
    message = BackMsg()
    message.rerun_script.widget_states.widgets.add(id=field, bool_value=True)
    return message.SerializeToString()


@pytest.mark.parametrize("sent", ["text", b"", b"\xff\xff\xff", rerun("restricted")])
def test_what_no_page_sends_ends_the_stream(sent: str | bytes) -> None:
    with inside(ALONE).websocket_connect("/_stcore/stream", headers=OWN) as stream:
        assert stream.receive_text() == "welcome"
        stream.send_text(sent) if isinstance(sent, str) else stream.send_bytes(sent)
        with pytest.raises(WebSocketDisconnect) as ended:
            stream.receive_text()
    assert ended.value.code == 1007


def test_what_a_page_sends_arrives() -> None:
    with inside(ALONE).websocket_connect("/_stcore/stream", headers=OWN) as stream:
        assert stream.receive_text() == "welcome"
        stream.send_bytes(rerun("$$ID-1-title"))
        assert stream.receive_text() == "heard"


@pytest.mark.parametrize("path", ["/a%0d%0ab", "/%00", "/%1b[31m", "/a%e2%80%a8b", "/auth/login?next=%1b[2J"])
def test_an_address_is_one_line_of_plain_letters(path: str) -> None:
    assert inside(ALONE).get(path).status_code == 400


@pytest.mark.parametrize("path", ["/über", "/api/proposals?text=a%0ab", "/oauth2callback?error_description=a%0d%0ab"])
def test_line_breaks_in_what_is_searched_or_what_a_provider_says_are_none_of_it(path: str) -> None:
    assert inside(ALONE).get(path).status_code == 200


def test_a_number_of_other_letters_is_no_length() -> None:
    assert inside(ALONE).post("/", headers={b"Content-Length": b"\xb2"}).status_code == 400


def test_a_body_that_does_not_come_is_waited_for_no_longer(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(middleware, "_PATIENCE_SECONDS", 0.05)
    sent: list[Message] = []

    async def receive() -> Message:
        await asyncio.sleep(60)
        return {}

    async def send(message: Message) -> None:
        sent.append(message)

    async def reads(scope: Scope, receive: Receive, send: Send) -> None:
        await receive()

    scope = {"type": "http", "method": "POST", "path": "/", "query_string": b"", "headers": [(b"host", b"localhost")]}
    run(DoorMiddleware(reads, ALONE)(scope, receive, send))
    assert sent[0]["status"] == 408


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
    found = claims_of_headers(headers, PROXIED, datetime.now(UTC))
    assert (found.subject, found.name, found.email) == ("proxy|ada", "Ada", "ada@x.org")
    assert "x-user" not in headers


def test_without_the_proxys_header_it_is_nobody() -> None:
    assert SEAL_HEADER not in proxied()
    assert SEAL_HEADER not in proxied(**{"X-User": " "})


@pytest.mark.parametrize("given", ["Bearer gw_some", "bearer gw_", "BEARER\tgw_some", "  Bearer   gw_some "])
def test_who_brings_a_token_is_nobody_that_the_headers_name(given: str) -> None:
    """The proxy lets programs pass unsigned, so nobody has looked at what else they bring."""
    headers = proxied(**{"X-User": "admin", "X-Email": "boss@x.org", "Authorization": given})
    assert not {SEAL_HEADER, IDENTITY_HEADER, "x-user", "x-email"} & set(headers)
    assert headers["authorization"].strip() == given.strip()
    second = [("X-User", "admin"), ("Authorization", "Basic eA=="), ("Authorization", given)]
    found = inside(PROXIED, peer="10.1.2.3", url="http://10.9.9.9").get("/", headers=second)  # type: ignore[arg-type]
    assert SEAL_HEADER not in found.json()["headers"]


@pytest.mark.parametrize("given", ["Bearer eyJ.e30.", "Basic Z3dfOng=", "gw_some", "Bearer xgw_", "Token gw_some"])
def test_any_other_credential_is_the_proxys_own(given: str) -> None:
    assert SEAL_HEADER in proxied(**{"X-User": "ada", "Authorization": given})


def test_programs_of_one_address_are_counted_apart_from_people() -> None:
    client, bearing = inside(ALONE), {"Authorization": "Bearer gw_some"}
    found = [client.get("/api/proposals", headers=bearing).status_code for _ in range(_A_MINUTE.amount + 1)]
    assert set(found) == {200}
    assert client.get("/api/proposals").status_code == 200
    signing_in = [client.get("/auth/login", headers=bearing).status_code for _ in range(_A_MINUTE.amount + 1)]
    assert signing_in[-1] == 429


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
