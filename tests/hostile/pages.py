"""Pages asked for over the framework's own connection, by those who may and those who may not."""

from __future__ import annotations

import asyncio
import random
from urllib.parse import urlencode

from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from streamlit.proto.WidgetStates_pb2 import WidgetState
from websockets.asyncio.client import connect
from websockets.exceptions import InvalidHandshake, WebSocketException

from tests.hostile.serving import Asker, Guarded

_XSRF = "2|5f7a0c11|0c1a2b3c4d5e6f708192a3b4c5d6e7f8|1700000000"
_GOALS = ("", "//evil.example", "https:%2F%2Fevil.example", "review%3Fproposal%3D1", "%00", "proposal%3Fstep%3D%0d%0a")
_LARGEST = 2**26
_ENOUGH_MESSAGES = 2_000


async def converse(here: Guarded, asker: Asker, peer: str, chance: random.Random) -> tuple[str, bytes]:
    """Open the stream and ask for a page; the answer is all that came back, as it came."""
    own = here.app.url
    origin = chance.choice((own,) * 8 + ("https://evil.example", "null", "http://localhost:1", "http://[::1", None))
    headers = [(name, value) for name, value in asker.headers if name != "Cookie" and not {*value} & {"\r", "\n"}]
    cookies = [value for name, value in asker.headers if name == "Cookie"]
    headers.append(
        ("Cookie", "; ".join([f"_streamlit_xsrf={_XSRF}", f"groundwork_goal={chance.choice(_GOALS)}", *cookies]))
    )
    page = chance.choice(("", "proposal", "review", "compare", "decisions", "history", "settings", "../x", "\x00"))
    about = f"page {page!r} from {origin}"
    try:
        async with connect(
            f"ws://localhost:{here.app.port}/_stcore/stream",
            subprotocols=["streamlit", _XSRF, here.restricted_id],  # type: ignore[list-item]
            origin=origin,  # type: ignore[arg-type]
            additional_headers=headers,
            max_size=_LARGEST,
            local_addr=(peer, 0),
            open_timeout=15,
        ) as socket:
            assert origin in (own, None), f"a page of {origin} was let in"
            sent = _message(page, here, chance)
            await socket.send(sent)
            return about, await _answer(socket)
    except AssertionError as wrong:
        return about, f"HTTP/1.1 599 {wrong}".encode()
    except (InvalidHandshake, WebSocketException, OSError) as refused:
        return about, f"no stream {type(refused).__name__}".encode()


def _message(page: str, here: Guarded, chance: random.Random) -> bytes | str:
    """Mostly a run of a page; sometimes what no page sends."""
    message = BackMsg()
    state = message.rerun_script
    about = chance.choice((here.restricted_id, here.open_id, "never-was", "\x00", "a" * 5_000))
    state.query_string = urlencode({"proposal": about, "step": chance.choice(("value", "nothing", "\n"))})
    state.page_name = page
    state.widget_states.widgets.extend(
        [
            WidgetState(id=chance.choice(("restricted", "goal", "$$ID-0", "$$ID-")), bool_value=True),
            WidgetState(id="$$ID-0123456789-sign_out", trigger_value=True),
            WidgetState(id="$$ID-0123456789-language", string_value="\x00"),
        ]
        if chance.random() < 0.3
        else []
    )
    whole = message.SerializeToString()
    return chance.choices((whole, "text", b"\xff\xff\xff", b"", whole[:-3]), (12, 1, 1, 1, 1))[0]


async def _answer(socket: object) -> bytes:
    """Everything until the page is complete, or until nothing more comes."""
    found = b"stream "
    for _ in range(_ENOUGH_MESSAGES):
        try:
            received = await asyncio.wait_for(socket.recv(), 8)  # type: ignore[attr-defined]
        except TimeoutError:
            return found
        except WebSocketException:
            return found + b"closed"
        found += received if isinstance(received, bytes) else received.encode()
        message = ForwardMsg()
        message.ParseFromString(received)
        if message.WhichOneof("type") == "script_finished":
            return found
    return found
