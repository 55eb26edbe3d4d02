"""Where something can be looked up, and when it was said, as people write it: a web address or a DOI, and a day."""

from __future__ import annotations

import re
from datetime import date, timedelta
from urllib.parse import urlsplit

from ..errors import EntryRefused
from .languages import message
from .wording import day

LONGEST_LINK = 2_000
FIRST_DAY = date(1800, 1, 1)
# Where it is a day later than here, today's day is no future.
_SOMEWHERE_LATER = timedelta(days=1)
_DOI = re.compile(r"(?i)(?:doi:\s*|(?:https?://)?(?:dx\.)?doi\.org/)?(10\.\d{4,9}/\S+)")
_HOST = re.compile(r"[^\W_](?:[\w.-]*[^\W_])?", re.UNICODE)
_DAYS = (
    re.compile(r"(?P<year>\d{4})-(?P<month>\d{1,2})-(?P<day>\d{1,2})"),
    re.compile(r"(?P<day>\d{1,2})\.\s?(?P<month>\d{1,2})\.\s?(?P<year>\d{4})"),
)


def read_link(text: str) -> str:
    """A web address; that of a DOI where one was typed, and nothing for nothing. Raises EntryRefused."""
    bare = text.strip()
    if not bare:
        return ""
    if found := _DOI.fullmatch(bare):
        return f"https://doi.org/{found[1]}"
    link = f"https://{bare}" if bare.lower().startswith("www.") else bare
    if len(link) > LONGEST_LINK:
        raise EntryRefused(message("must have at most {most} characters", most=f"{LONGEST_LINK:,}"))
    if not _is_address(link):
        raise EntryRefused(
            message("must be a web address that begins with https:// or http://, or a DOI such as 10.1000/182")
        )
    if "@" in urlsplit(link).netloc:
        raise EntryRefused(message("must be an address without a name or password before its server"))
    return link


def _is_address(link: str) -> bool:
    if any(each.isspace() or not each.isprintable() for each in link):
        return False
    try:
        parts = urlsplit(link)
        host, _ = parts.hostname or "", parts.port
    except ValueError:
        return False
    return parts.scheme.lower() in ("http", "https") and (_HOST.fullmatch(host) is not None or _is_numbered(host))


def _is_numbered(host: str) -> bool:
    """An address of IPv6, which urlsplit has taken out of its brackets and looked through."""
    return ":" in host


def show_day(value: object) -> str:
    """A day of a document as it stands in its box; nothing for none."""
    return str(value or "")


def read_day(text: str, today: date) -> str | None:
    """The day as a document holds it, 2026-01-31; None for nothing. Raises EntryRefused."""
    bare = text.strip()
    if not bare:
        return None
    found = _day_in(bare)
    if found is None:
        raise EntryRefused(message("must be a day of the calendar, written as {example}", example="2026-01-31"))
    if not FIRST_DAY <= found <= today + _SOMEWHERE_LATER:
        raise EntryRefused(message("must be a day from {first} on, and not in the future", first=day(FIRST_DAY)))
    return found.isoformat()


def _day_in(text: str) -> date | None:
    matches = (each.fullmatch(text) for each in _DAYS)
    parts = next((found.groupdict() for found in matches if found), None)
    try:
        return date(**{name: int(value) for name, value in parts.items()}) if parts else None
    except ValueError:
        return None
