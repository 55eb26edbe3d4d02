"""Starts the web server: the Streamlit pages, and beside them what machines read. It ends when it is told to."""

from __future__ import annotations

import logging
import os
import signal
import sys
import tomllib
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any, TextIO

import streamlit as st
from starlette.middleware import Middleware

from app.api.routes import routes
from app.door.middleware import DoorMiddleware
from app.door.settings import Mode, door
from app.logs import set_up
from app.notices.start import start_sending
from app.probing.folder import remove_what_was_left
from db import setting, wait_for_saves

try:
    import resource
except ImportError:  # Windows has no such limit
    resource = None  # type: ignore[assignment]

MAIN = Path(__file__).with_name("main.py")
COOKIE_SECRET_VARIABLE = "GROUNDWORK_COOKIE_SECRET"  # noqa: S105 the variable's name
_FRAMEWORK_COOKIE_SECRET = "STREAMLIT_SERVER_COOKIE_SECRET"  # noqa: S105 the variable's name
_ENOUGH_FILES = 8_192
_LAST_SAVES_SECONDS = 15.0
_LOG = logging.getLogger("groundwork")
# From a checkout the settings are where Streamlit looks for them; from a wheel they lie beside this file.
_SETTINGS = (MAIN.parent.parent / ".streamlit" / "config.toml", MAIN.with_name("streamlit.toml"))


def application() -> st.App:
    """The app for an ASGI server."""
    here = door()
    guard = Middleware(DoorMiddleware, door=here)
    secrets = dict(here.secrets) or None
    return st.App(MAIN, routes=routes(), middleware=[guard], secrets=secrets, on_script_error=_script_error)


def serve(address: str, port: int, *, is_reloading: bool = False) -> None:
    """Serve until the process is told to end; then finish the saves that are under way.

    For developers it may look after its own files, and run a page anew that somebody changes.
    """
    allow_many_files()
    for told in (signal.SIGTERM, signal.SIGINT):
        signal.signal(told, _end)
    _share_cookie_secret()
    # The door looks at the address that really called. The server's own guess would take what a header claims.
    os.environ["FORWARDED_ALLOW_IPS"] = ""
    own = {"server.address": address, "server.port": port, "server.allowedHosts": [*_hosts()]}
    watching = {"server.fileWatcherType": "auto"} if is_reloading else {}
    config = {**settings(), **set_up(), **own, **watching}
    _LOG.info("started", extra={"ids": {"address": address, "port": str(port)}})
    remove_what_was_left()
    sending = start_sending()
    try:
        with silent_libraries():
            application().run(config=config)
    finally:
        if sending is not None:
            sending.end()
        saved = wait_for_saves(_LAST_SAVES_SECONDS)
        _LOG.log(logging.INFO if saved else logging.ERROR, "ended" if saved else "ended before a save did")


@contextmanager
def silent_libraries() -> Iterator[None]:
    """Keep out of standard output what libraries of other languages write there themselves, as the solver's does.

    What Python prints arrives as before. It is done once for the process: all sessions share its files.
    """
    before = sys.stdout
    try:
        kept = os.dup(1)
    except OSError:  # closed: nothing arrives there anyway
        yield
        return
    try:
        if before is not None and _is_standard_output(before):
            sys.stdout = os.fdopen(os.dup(kept), "w", 1, encoding=before.encoding, errors=before.errors)
        with Path(os.devnull).open("wb") as nothing:
            os.dup2(nothing.fileno(), 1)
        yield
    finally:
        os.dup2(kept, 1)
        os.close(kept)
        sys.stdout = before


def _is_standard_output(stream: TextIO) -> bool:
    try:
        stream.flush()
        return stream.fileno() == 1
    except (OSError, ValueError):
        return False


def _share_cookie_secret() -> None:
    """Replicas that sign cookies with one secret know each other's; the framework reads it from this variable alone."""
    secret = setting(COOKIE_SECRET_VARIABLE)
    if secret:
        os.environ.setdefault(_FRAMEWORK_COOKIE_SECRET, secret)


def _end(_number: int, _frame: object) -> None:
    """When it has closed its connections, the web server sends itself the signal again: nothing is left to be done."""
    raise SystemExit(0)


def _hosts() -> Iterator[str]:
    """The framework's own check of what a page connects to, behind the door's. It knows no addresses by kind."""
    here = door()
    yield from here.hosts if here.mode is Mode.ALONE else ("*",)


def allow_many_files() -> None:
    """As many open files as the system lets this process have: each session of the framework holds some.

    What a shell gives by default is often 1,024, or 256, and a page that finds none left does not load.
    """
    if resource is None:
        return
    _, most = resource.getrlimit(resource.RLIMIT_NOFILE)
    wanted = _ENOUGH_FILES if most == resource.RLIM_INFINITY else min(most, _ENOUGH_FILES)
    resource.setrlimit(resource.RLIMIT_NOFILE, (wanted, most))


def settings() -> dict[str, Any]:
    """The settings of .streamlit/config.toml under their dotted names, wherever the server was started."""
    path = next(path for path in _SETTINGS if path.is_file())
    return dict(_dotted(tomllib.loads(path.read_text(encoding="utf-8"))))


def _dotted(table: Mapping[str, Any], prefix: str = "") -> Iterator[tuple[str, Any]]:
    for name, value in table.items():
        if isinstance(value, dict):
            yield from _dotted(value, f"{prefix}{name}.")
        else:
            yield f"{prefix}{name}", value


def _script_error(error: Exception) -> bool:
    """No traceback on a page: say what happened; the server's log has the rest."""
    from app.views.parts.notices import unexpected

    unexpected(error)
    return True
