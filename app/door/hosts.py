"""The names and addresses by which this server may be called."""

from __future__ import annotations

from collections.abc import Collection
from ipaddress import ip_address
from urllib.parse import urlsplit

from app.door.settings import LOOPBACK

# Some of them begin another part of an address, and the others are left out of it without a word.
_IN_NO_HOST = frozenset("/\\@?# \t\r\n")


def is_known(host: str, hosts: Collection[str], *, by_address: bool) -> bool:
    """Whether a Host header names this server.

    A page of somebody else's can point its own name at our address (DNS rebinding), but cannot call us by address:
    where the server may be reached from elsewhere, plain addresses are let in too. `*.example.org` stands for all
    names below.
    """
    name = _name(host)
    if name is None:
        return False
    if name in hosts or any(name.endswith(each[1:]) for each in hosts if each.startswith("*.")):
        return True
    return by_address and _is_address(name)


def _name(host: str) -> str | None:
    """The name without its port; None for what is no Host header."""
    if not _IN_NO_HOST.isdisjoint(host):
        return None
    try:
        parts = urlsplit(f"//{host}")
        _ = parts.port  # raises where it is no number
    except ValueError:
        return None
    return parts.hostname.rstrip(".") if parts.hostname else None


def _is_address(name: str) -> bool:
    try:
        ip_address(name)
    except ValueError:
        return False
    return True


def is_loopback(address: str) -> bool:
    """Whether only this machine reaches a server that listens there."""
    if address in LOOPBACK:
        return True
    try:
        return ip_address(address.strip("[]")).is_loopback
    except ValueError:
        return False
