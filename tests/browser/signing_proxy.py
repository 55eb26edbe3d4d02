"""A reverse proxy that signed somebody in: it takes what a browser says of itself, and tells the server who it is.

python -m tests.browser.signing_proxy PORT SERVER_PORT "X-User: ada" "X-Groups: deciders"
"""

from __future__ import annotations

import asyncio
import sys

_END = b"\r\n\r\n"


async def serve(port: int, server_port: int, said: list[bytes]) -> None:
    """Until it is killed."""

    async def accept(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            head = await reader.readuntil(_END)
        except (asyncio.IncompleteReadError, ConnectionError):
            writer.close()
            return
        there, back = await asyncio.open_connection("localhost", server_port)
        back.write(_with(head, said))
        await asyncio.gather(_pass_on(reader, back), _pass_on(there, writer), return_exceptions=True)

    server = await asyncio.start_server(accept, "localhost", port)
    async with server:
        await server.serve_forever()


def _with(head: bytes, said: list[bytes]) -> bytes:
    """The request with the proxy's own headers in place of any that the browser brought; one request a connection."""
    first, *lines = head.removesuffix(_END).split(b"\r\n")
    own = {line.partition(b":")[0].lower() for line in said}
    is_socket = any(line.lower().startswith(b"upgrade:") for line in lines)
    dropped = own if is_socket else own | {b"connection"}
    kept = [line for line in lines if line.partition(b":")[0].lower() not in dropped]
    return b"\r\n".join([first, *kept, *said, *([] if is_socket else [b"Connection: close"])]) + _END


async def _pass_on(source: asyncio.StreamReader, target: asyncio.StreamWriter) -> None:
    try:
        while chunk := await source.read(1 << 16):
            target.write(chunk)
            await target.drain()
    finally:
        target.close()


if __name__ == "__main__":
    asyncio.run(serve(int(sys.argv[1]), int(sys.argv[2]), [each.encode() for each in sys.argv[3:]]))
