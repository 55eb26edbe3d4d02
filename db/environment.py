"""Settings from the environment, or from the files that it names: how containers are handed their secrets."""

from __future__ import annotations

import os
from collections.abc import Mapping
from pathlib import Path

from scoping.text.languages import message

from .errors import SettingRefused

FILE = "_FILE"
"""What the name of a setting ends with where it names a file that holds the value."""

_LONGEST = 65_536
_YES, _NO = frozenset({"yes", "true", "on", "1"}), frozenset({"", "no", "false", "off", "0"})


def setting(name: str, environment: Mapping[str, str] | None = None) -> str:
    """The setting of that name, or what the file says that NAME_FILE names; empty where there is neither.

    Raises SettingRefused where both are given, or the file cannot be read. What it holds is in no message.
    """
    given = os.environ if environment is None else environment
    value, file = given.get(name, "").strip(), given.get(f"{name}{FILE}", "").strip()
    if value and file:
        raise SettingRefused(message("Set {name} or {file}, not both.", name=name, file=f"{name}{FILE}"))
    return _content(name, file) if file else value


def is_yes(text: str) -> bool | None:
    """True for yes and False for no, or for nothing, in every usual way to write it; None for what is neither."""
    said = text.casefold()
    return said in _YES if said in _YES | _NO else None


def _content(name: str, file: str) -> str:
    try:
        with Path(file).open(encoding="utf-8") as opened:
            content = opened.read(_LONGEST).strip()
    except (OSError, UnicodeDecodeError, ValueError):
        raise SettingRefused(
            message("The file that {name} names cannot be read as text.", name=f"{name}{FILE}")
        ) from None
    if not content:
        raise SettingRefused(message("The file that {name} names is empty.", name=f"{name}{FILE}"))
    return content
