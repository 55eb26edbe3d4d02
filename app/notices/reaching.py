"""Which addresses a message may be posted to. The name of a webhook is looked up once, and that answer is called.

Whoever adds a webhook may name anything; the server reaches more than they do. So the address counts and not the name:
a name can be pointed at another address between a check and a call.
"""

from __future__ import annotations

import socket
from ipaddress import IPv4Address, IPv6Address, IPv6Network, ip_address

from app.door.settings import Door, Mode
from app.notices.refused import NotTaken
from db import SettingRefused, is_yes, setting

PRIVATE_VARIABLE = "GROUNDWORK_WEBHOOKS_ALLOW_PRIVATE"
_MOST_TRIED = 4
Found = tuple[socket.AddressFamily, tuple[str, int]]
# Where clouds tell a machine its own secrets (beside the link-local ones): AWS by IPv6, Alibaba Cloud.
_METADATA = frozenset({ip_address("fd00:ec2::254"), ip_address("100.100.100.200")})
_NAT64 = IPv6Network("64:ff9b::/96")
"""RFC 6052: an IPv4 address as networks without IPv4 write it."""


def reaches_inside(here: Door) -> bool:
    """Whether this machine and its private network are told too: as set, or where only this machine is answered.

    Raises SettingRefused.
    """
    said = setting(PRIVATE_VARIABLE)
    if not said:
        return here.mode is Mode.ALONE
    answer = is_yes(said)
    if answer is None:
        raise SettingRefused(f"{PRIVATE_VARIABLE}: write yes or no.")
    return answer


def found_at(host: str, port: int, *, inside: bool) -> list[Found]:
    """The addresses behind a name that may be called, as they are now. Raises NotTaken where there is none."""
    try:
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError):
        raise NotTaken("its name is not known") from None
    allowed: list[Found] = [
        (family, (str(place[0]), port)) for family, *_, place in found if may_call(str(place[0]), inside=inside)
    ]
    if not allowed:
        raise NotTaken(f"its address is private or of the link alone, and not called: see {PRIVATE_VARIABLE}")
    return list(dict.fromkeys(allowed))[:_MOST_TRIED]


def may_call(address: str, *, inside: bool) -> bool:
    """Whether an address is one of the internet, or with `inside` of this machine or its private network.

    Never what is of the link alone, where clouds keep secrets, or of nobody in particular. Source of the kinds: the
    IANA special-purpose address registries, as `ipaddress` knows them.
    """
    return all(_is_called(each, inside=inside) for each in _meant(ip_address(address.partition("%")[0])))


def _is_called(address: IPv4Address | IPv6Address, *, inside: bool) -> bool:
    is_nobodys = address.is_unspecified or address.is_multicast or address.is_link_local or address in _METADATA
    if is_nobodys or (address.is_reserved and not address.is_loopback):
        return False
    return inside or address.is_global


def _meant(address: IPv4Address | IPv6Address) -> tuple[IPv4Address | IPv6Address, ...]:
    """The address, or the IPv4 address that it is another way to write; with one that it is a tunnel to, both."""
    if isinstance(address, IPv4Address):
        return (address,)
    if address.ipv4_mapped:
        return (address.ipv4_mapped,)
    if address in _NAT64:
        return (IPv4Address(int(address) & 0xFFFF_FFFF),)
    return (address, *filter(None, (address.sixtofour, *(address.teredo or ()))))
