"""A browser tab without a browser: it speaks the framework's own messages, so that many can work at once."""

from __future__ import annotations

from urllib.parse import urlencode

from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from streamlit.proto.WidgetStates_pb2 import WidgetState
from websockets.asyncio.client import ClientConnection, connect

_LARGEST = 2**26


class Tab:
    """One session on a page; `fields` are the ids of its text fields by the end of their key."""

    def __init__(self, connection: ClientConnection, page: str, query: dict[str, str]) -> None:
        self._connection, self._page, self._query = connection, page, urlencode(query)
        self._typed: dict[str, str] = {}
        self.fields: dict[str, str] = {}

    @classmethod
    async def open(cls, port: int, page: str, query: dict[str, str]) -> Tab:
        """Connect, and wait until the page is complete."""
        address = f"localhost:{port}"
        connection = await connect(
            f"ws://{address}/_stcore/stream",
            subprotocols=["streamlit"],  # type: ignore[list-item]
            origin=f"http://{address}",  # type: ignore[arg-type]
            max_size=_LARGEST,
        )
        tab = cls(connection, page, query)
        await tab._run()
        return tab

    async def type(self, field: str, text: str) -> None:
        """Type into a field, leave it, and wait until the page is complete again."""
        identity = next(found for key, found in self.fields.items() if key.endswith(field))
        self._typed[identity] = text
        await self._run()

    async def close(self) -> None:
        """Close the tab."""
        await self._connection.close()

    async def _run(self) -> None:
        message = BackMsg()
        state = message.rerun_script
        state.query_string, state.page_name = self._query, self._page
        state.widget_states.widgets.extend(WidgetState(id=key, string_value=text) for key, text in self._typed.items())
        await self._connection.send(message.SerializeToString())
        while not self._is_finished(await self._connection.recv()):
            pass

    def _is_finished(self, received: str | bytes) -> bool:
        message = ForwardMsg()
        message.ParseFromString(received if isinstance(received, bytes) else received.encode())
        if message.WhichOneof("type") == "delta" and message.delta.WhichOneof("type") == "new_element":
            element = message.delta.new_element
            if element.WhichOneof("type") == "text_input":
                self.fields[element.text_input.id] = element.text_input.id
        return message.WhichOneof("type") == "script_finished"
