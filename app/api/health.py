"""Whether the server is alive (/healthz), and whether its database answers (/readyz). Both answer at once, always."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from concurrent.futures import Future
from threading import Lock, Thread

from starlette.requests import Request
from starlette.responses import JSONResponse

from app.api.answers import refused
from db import DatabaseNotReady, check_database

_DEADLINE_SECONDS = 1.5
_HEADERS = {"Cache-Control": "no-store"}


class Readiness:
    """Asks the database in a thread of its own. While one question is open, nobody asks another: they wait for it."""

    def __init__(self, check: Callable[[], None] = check_database) -> None:
        self._check = check
        self._lock = Lock()
        self._open: Future[None] | None = None

    def asked(self) -> Future[None]:
        """The question that is open, or a new one."""
        with self._lock:
            if self._open is None or self._open.done():
                self._open = Future()
                # A thread that hangs with the database must not keep the server from ending.
                Thread(target=self._ask, args=(self._open,), name="readiness", daemon=True).start()
            return self._open

    def _ask(self, question: Future[None]) -> None:
        try:
            self._check()
        except Exception as error:
            question.set_exception(error)
        else:
            question.set_result(None)


_readiness = Readiness()


async def alive(_: Request) -> JSONResponse:
    """That this answers is the answer: it touches neither database nor threads."""
    return JSONResponse({"status": "ok"}, headers=_HEADERS)


async def ready(_: Request) -> JSONResponse:
    """Whether the database answers, in time, and has the tables that this program needs."""
    return await state_of(_readiness)


async def state_of(readiness: Readiness, deadline: float = _DEADLINE_SECONDS) -> JSONResponse:
    """What the database answers until the deadline; the question stays open after it."""
    try:
        await asyncio.wait_for(asyncio.shield(asyncio.wrap_future(readiness.asked())), deadline)
    except TimeoutError:
        return refused(503, "The database does not answer.")
    except DatabaseNotReady as error:
        return refused(503, str(error))
    except Exception as error:
        return refused(503, f"The database cannot be asked: {type(error).__name__}.")
    return JSONResponse({"status": "ok"}, headers=_HEADERS)
