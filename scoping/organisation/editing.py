"""One change of the organisation's settings, as a form makes it: a value, or a row less."""

from __future__ import annotations

from typing import Any

from ..document.paths import Path, value_at, with_value
from ..document.walk import field_at, is_list
from .model import Organisation
from .reading import read_organisation, to_settings


def changed(organisation: Organisation, path: str, value: Any) -> Organisation:
    """The settings with another value at a path, also in the row after a list's last one. Raises DocumentRefused."""
    return read_organisation(with_value(_with_row(to_settings(organisation), Path(path)), path, value))


def without_row(organisation: Organisation, row: Path) -> Organisation:
    """The settings without one row of a list. Raises DocumentRefused."""
    settings = to_settings(organisation)
    kept = [each for index, each in enumerate(value_at(settings, row.parent, [])) if index != int(row.last)]
    return read_organisation(with_value(settings, row.parent, kept))


def _with_row(settings: dict[str, Any], path: Path) -> dict[str, Any]:
    """The settings with an empty row where the path leads into one that is not there yet."""
    match path.keys:
        case (name, index, _) if index.isdecimal():
            info, rows = field_at(Organisation, (name,)), settings.get(name, [])
            if info is not None and is_list(info) and len(rows) == int(index):
                return with_value(settings, name, [*rows, {}])
    return settings
