"""Where messages may be posted to, and receivers that do not play by the rules."""

from __future__ import annotations

import socket
import threading
import time
from collections.abc import Iterator
from contextlib import closing, suppress
from itertools import chain, repeat
from typing import Any

import pytest

from app.door.settings import Door, Mode
from app.notices import posting, reaching
from app.notices.mail import connected, server_of
from app.notices.posting import post
from app.notices.reaching import found_at, may_call, reaches_inside
from app.notices.refused import NotTaken
from app.notices.shapes import Request
from db import SettingRefused

PRIVATE = (
    "127.0.0.1", "127.9.9.9", "10.0.0.5", "172.16.0.1", "192.168.1.1", "100.64.0.1", "::1", "fc00::1", "fd12:3456::1",
    "::ffff:127.0.0.1", "::ffff:10.0.0.5", "64:ff9b::7f00:1", "64:ff9b::a00:5",
)  # fmt: skip
NEVER = (
    "169.254.169.254", "169.254.0.1", "fe80::1", "fe80::1%eth0", "0.0.0.0", "::", "224.0.0.1", "ff02::1", "240.0.0.1",
    "255.255.255.255", "fd00:ec2::254", "100.100.100.200", "::ffff:169.254.169.254", "::ffff:0.0.0.0",
    "64:ff9b::a9fe:a9fe", "2002:a9fe:a9fe::1", "2002:7f00:1::1", "::7f00:1",
)  # fmt: skip
PUBLIC = ("93.184.215.14", "2606:2800:21f:cb07:6820:80da:af6b:8b2c", "::ffff:93.184.215.14", "64:ff9b::5db8:d70e")


@pytest.mark.parametrize("address", PRIVATE)
def test_the_private_network_is_called_only_where_that_is_allowed(address: str) -> None:
    assert (may_call(address, inside=False), may_call(address, inside=True)) == (False, True)


@pytest.mark.parametrize("address", NEVER)
def test_some_addresses_are_never_called_from_outside_or_inside(address: str) -> None:
    assert not may_call(address, inside=False)
    if not address.startswith("2002:7f00"):  # a tunnel to this machine, which may be called then
        assert not may_call(address, inside=True)


@pytest.mark.parametrize("address", PUBLIC)
def test_the_internet_is_called(address: str) -> None:
    assert may_call(address, inside=False)


@pytest.mark.parametrize("host", ["127.0.0.1", "localhost", "[::1]", "2130706433", "0x7f000001", "0177.0.0.1", "127.1"])
def test_however_this_machine_is_written_it_is_not_called(host: str) -> None:
    with pytest.raises(NotTaken, match=r"not called|not known"):
        post(f"http://{host}:9/hook", Request(b"{}", {}))


@pytest.mark.parametrize(
    ("said", "mode", "inside"),
    [
        ("", Mode.ALONE, True),
        ("", Mode.OPEN, False),
        ("", Mode.OPENID, False),
        ("", Mode.PROXY, False),
        ("yes", Mode.PROXY, True),
        ("no", Mode.ALONE, False),
    ],
)
def test_who_reaches_the_server_decides_what_it_reaches(
    said: str, mode: Mode, inside: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(reaching.PRIVATE_VARIABLE, said)
    assert reaches_inside(Door(mode)) is inside
    monkeypatch.setenv(reaching.PRIVATE_VARIABLE, "perhaps")
    with pytest.raises(SettingRefused, match=reaching.PRIVATE_VARIABLE):
        reaches_inside(Door(mode))


def test_a_name_is_looked_up_once_and_that_answer_is_called(monkeypatch: pytest.MonkeyPatch) -> None:
    """DNS rebinding: the first answer is harmless, the next one is this machine."""
    answers = chain([["93.184.215.14", "10.0.0.5"]], repeat(["127.0.0.1"]))
    asked: list[str] = []

    def look_up(host: str, port: int, **_: Any) -> list[Any]:
        asked.append(host)
        return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (each, port)) for each in next(answers)]

    called: list[Any] = []

    def connect(_: socket.socket, place: Any) -> None:
        called.append(place)
        raise ConnectionRefusedError

    monkeypatch.setattr(reaching.socket, "getaddrinfo", look_up)
    monkeypatch.setattr(posting.socket.socket, "connect", connect)
    with pytest.raises(NotTaken, match="ConnectionRefusedError"):
        post("https://rebind.example/hook", Request(b"{}", {}))
    assert (asked, called) == (["rebind.example"], [("93.184.215.14", 443)])


def test_a_name_that_nobody_knows_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    def unknown(*_: Any, **__: Any) -> None:
        raise socket.gaierror(-2, "Name or service not known: secret-part")

    monkeypatch.setattr(reaching.socket, "getaddrinfo", unknown)
    with pytest.raises(NotTaken, match=r"its name is not known$"):
        found_at("nowhere.example", 443, inside=False)
    monkeypatch.undo()
    with pytest.raises(NotTaken, match="not known"):
        found_at("a..b", 443, inside=False)


# Receivers ---------------------------------------------------------------------------------------


class Talker:
    """Says the same to whoever calls, again and again, as long as they listen."""

    def __init__(self, first: bytes, again: bytes, seconds: float) -> None:
        self._first, self._again, self._seconds = first, again, seconds
        self._listening = socket.create_server(("127.0.0.1", 0))
        self.port = self._listening.getsockname()[1]
        threading.Thread(target=self._run, daemon=True).start()

    def _run(self) -> None:
        with suppress(OSError):
            while True:
                calling, _ = self._listening.accept()
                threading.Thread(target=self._talk, args=(calling,), daemon=True).start()

    def _talk(self, calling: socket.socket) -> None:
        with suppress(OSError), calling:
            calling.sendall(self._first)
            while self._again:
                time.sleep(self._seconds)
                calling.sendall(self._again)
            calling.recv(1)
            time.sleep(600)

    def close(self) -> None:
        self._listening.close()


@pytest.fixture
def impatient(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setattr(posting, "_LONGEST_SECONDS", 0.5)
    began = time.monotonic()
    yield
    # What talks goes on for as long as the test does; a machine under load is slow.
    assert time.monotonic() - began < 60


@pytest.mark.usefixtures("impatient")
@pytest.mark.parametrize("again", [b"H", b"HTTP/1.1 100 Continue\r\n\r\n"], ids=["letter by letter", "continues"])
def test_an_answer_without_end_ends(again: bytes) -> None:
    with closing(Talker(b"", again, 0.01)) as talker, pytest.raises(NotTaken):
        post(f"http://127.0.0.1:{talker.port}/", Request(b"{}", {}), inside=True)


@pytest.mark.usefixtures("impatient")
@pytest.mark.parametrize("again", [b"a", b"\r\nX-More: 1"], ids=["letter by letter", "header by header"])
def test_headers_without_end_end(again: bytes) -> None:
    with closing(Talker(b"HTTP/1.1 200 OK\r\nX-Slow: ", again, 0.05)) as talker:
        assert post(f"http://127.0.0.1:{talker.port}/", Request(b"{}", {}), inside=True) == 200


@pytest.mark.usefixtures("impatient")
@pytest.mark.parametrize("again", [b"", b"\x16"], ids=["silent", "letter by letter"])
def test_an_encryption_that_does_not_begin_ends(again: bytes) -> None:
    with (
        closing(Talker(b"\x16\x03\x03\x40\x00", again, 0.05)) as talker,
        pytest.raises(NotTaken, match="no answer in time"),
    ):
        post(f"https://127.0.0.1:{talker.port}/", Request(b"{}", {}), inside=True)


def test_an_answer_that_was_taken_is_taken_however_long_it_goes_on() -> None:
    endless = b"HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nTransfer-Encoding: chunked\r\n\r\n"
    with closing(Talker(endless, b"ffff\r\n", 0.001)) as talker:
        assert post(f"http://127.0.0.1:{talker.port}/", Request(b"{}", {}), inside=True) == 200


# Mail --------------------------------------------------------------------------------------------


@pytest.mark.parametrize("last", [b"500 no\r\n", b"", b"nonsense\r\n"], ids=["refuses", "hangs up", "nonsense"])
def test_a_mail_that_was_taken_is_not_sent_again_because_the_server_ends_badly(last: bytes) -> None:
    listening = socket.create_server(("127.0.0.1", 0))

    def serve() -> None:
        with suppress(OSError), listening.accept()[0] as calling:
            calling.sendall(b"220 here\r\n")
            calling.recv(100)
            if last:
                calling.sendall(last)

    threading.Thread(target=serve, daemon=True).start()
    with connected(server_of(f"smtp://127.0.0.1:{listening.getsockname()[1]}", "g@example.org")):
        pass
    listening.close()
