"""What changed between two versions of the organisation's settings, field by field, in words."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from ..document.paths import Path
from ..document.proposal import Proposal
from ..document.walk import field_at
from ..feasibility.catalogue import QUESTIONS
from ..organisation import Organisation, as_form, to_settings
from ..text.languages import joined, message
from .changes import Change, changes_of, value_told

_QUANTILES = ("p50", "likely")
_SWITCHED_OFF = "switched_off"


def settings_changes(before: Organisation, after: Organisation) -> tuple[Change, ...]:
    """What later settings say otherwise than earlier ones; of a row that came or went, all that stands in it."""
    earlier, later = to_settings(before), to_settings(after)
    return tuple(changes_of(as_form(before), earlier, as_form(after), later, _told))


def _told(settings: Proposal, path: str, value: Any) -> str:
    if Path(path).keys[0] == _SWITCHED_OFF:
        names = value if isinstance(value, list) else [value]
        return joined("; ", [QUESTIONS[each].text if each in QUESTIONS else str(each) for each in names if each])
    if isinstance(value, Mapping) and not any(name in value for name in _QUANTILES):
        return joined("; ", _parts(settings, Path(path), value))
    return value_told(settings, path, value)


def _parts(settings: Proposal, row: Path, values: Mapping[str, Any]) -> Iterator[str]:
    """The fields of a row, each with its title."""
    for name, value in values.items():
        info = field_at(settings, (row / name).keys)
        title = message(str(info.title)) if info is not None and info.title else name
        yield joined(": ", (title, value_told(settings, row / name, value)))
