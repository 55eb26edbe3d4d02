"""The stream of a page: who may open one, and what may come in by it.

The framework lets pages of any other port of this machine connect, and writes an error with its whole history into
the log for each message that no page sends. Both end here.
"""

from __future__ import annotations

from collections.abc import Collection
from urllib.parse import urlsplit

from google.protobuf.message import DecodeError  # type: ignore[import-untyped]
from starlette.types import Message, Receive, Send
from streamlit.proto.BackMsg_pb2 import BackMsg

from app.door.hosts import is_known
from app.door.settings import LOOPBACK

_NOT_UNDERSTOOD = 1007
_MADE_BY_FRAMEWORK = "$$"


def is_own_page(origin: str, host: str, hosts: Collection[str]) -> bool:
    """Whether a page of this server asks for the stream: by the name that was called, or another one of this server.

    Other servers on the same machine are no pages of ours, although they have its name: they have another port.
    """
    try:
        parts = urlsplit(origin)
        _ = parts.port  # raises where it is no number
    except ValueError:
        return False
    if parts.scheme not in ("http", "https") or not parts.netloc:
        return False
    named = {*hosts} - LOOPBACK
    return parts.netloc.casefold() == host.casefold() or is_known(parts.netloc, named, by_address=False)


class Stream:
    """Both directions of a stream, which ends with the first message that no page sends."""

    def __init__(self, receive: Receive, send: Send) -> None:
        self._receive = receive
        self._send = send
        self._is_over = False

    async def receive(self) -> Message:
        """The next message; the end of the stream where it is none of a page's."""
        found = await self._receive()
        if found["type"] != "websocket.receive" or _is_understood(found.get("bytes")):
            return found
        await self.send({"type": "websocket.close", "code": _NOT_UNDERSTOOD})
        self._is_over = True
        return {"type": "websocket.disconnect", "code": _NOT_UNDERSTOOD}

    async def send(self, message: Message) -> None:
        """Pass a message on, unless the stream is over."""
        if not self._is_over:
            await self._send(message)


def _is_understood(content: bytes | None) -> bool:
    """Whether a page may have sent it: fields bear ids that the framework made."""
    if content is None:
        return False
    try:
        message = BackMsg.FromString(content)
    except DecodeError:
        return False
    fields = message.rerun_script.widget_states.widgets
    return message.WhichOneof("type") is not None and all(each.id.startswith(_MADE_BY_FRAMEWORK) for each in fields)
