"""What changed between two versions of a proposal, in words: what people call the field, and both values with units."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from ..document.estimate import Estimate
from ..document.grounds import Ground
from ..document.merging import differences
from ..document.paths import Path, value_at
from ..document.proposal import Proposal
from ..document.reading import to_dict
from ..document.specs import Spec, spec_at
from ..document.walk import field_at
from ..feasibility.catalogue import Question
from ..feasibility.checklist import questions_known
from ..text.ends import ends_said
from ..text.grounds import ground_said
from ..text.labels import label_of
from ..text.languages import counted, joined, message
from ..text.wording import number, percent
from ..vocabulary import Unit
from .titles import word_title

# A history must tell apart what was told apart: no figure is rounded in it.
_DIGITS = 10
# Places whose own title says nothing beside that of what is in them.
_SILENT = ("alternatives", "costs", "metrics", "feasibility", "answers", "bridge")
# What a row goes by.
_NAMES = ("name", "source", "path", "question", "title", "currency")
_AGREED = "consensus"
_GROUNDS = ("grounds",)
_PARTS_OF_ANSWERS = {"note": message("Note"), "evidence": message("Evidence")}


class ChangeKind(StrEnum):
    """What became of a field or a row."""

    CHANGED = "changed"
    ADDED = "added"
    REMOVED = "removed"


@dataclass(frozen=True)
class Change:
    """One field or row: its place, what people call it, and its values as phrases; empty where there was none."""

    path: str
    label: str
    kind: ChangeKind
    old: str
    new: str

    @property
    def loses(self) -> bool:
        """True where something that was there is gone: a row, a field, or the inputs of another kind of task."""
        return self.kind is ChangeKind.REMOVED or (self.path == "bridge" and self.kind is ChangeKind.CHANGED)


def changes_between(before: Proposal, after: Proposal) -> tuple[Change, ...]:
    """What the later version says otherwise than the earlier one, field by field."""
    return tuple(changes_of(before, to_dict(before), after, to_dict(after)))


def labels_of_changes(before: Proposal, after: Proposal) -> tuple[str, ...]:
    """What people call the fields that differ, each once."""
    return tuple(dict.fromkeys(each.label for each in changes_between(before, after)))


def value_told(proposal: Proposal, path: str, value: Any) -> str:
    """A value of the document as people read it, with its unit; nothing for none."""
    if value is None or value == []:
        return ""
    keys = Path(path).keys
    if keys[:2] == ("feasibility", "answers"):
        return _answer(questions_known(proposal).get(keys[2]), keys[3:], value)
    if keys[:1] == _GROUNDS and isinstance(value, dict):
        return ground_said(Ground.model_validate(value))
    if keys == ("bridge",) and proposal.bridge is not None:
        return message(proposal.bridge.title)
    # What was agreed is told like the estimate that it became.
    spec = _spec(proposal, Path(path).parent if _is_agreed(keys) else path)
    if spec is not None and spec.shape == "estimate":
        return _estimate(value, spec, proposal.currency)
    if spec is not None and spec.shape == "by_year" and spec.quantity is not None and isinstance(value, list):
        return joined("; ", [_number(each, spec.quantity.unit, proposal.currency) for each in value])
    if spec is not None and spec.quantity is not None and isinstance(value, int | float):
        return _number(value, spec.quantity.unit, proposal.currency)
    if spec is not None and spec.choices and isinstance(value, str):
        return word_title(value)
    return _plain(value)


def place_told(proposal: Proposal, path: str, document: Mapping[str, Any] | None = None) -> str:
    """What people call a place: the row that it is in, and the title of the field.

    `document` is the proposal as it is written, where the caller has it.
    """
    keys = Path(path).keys
    if keys[:2] == ("feasibility", "answers") and len(keys) >= 3:
        question = label_of(proposal, path)
        title = _PARTS_OF_ANSWERS.get(keys[-1], "") if len(keys) > 3 else ""
        return joined(": ", (question, title)) if title else question
    if keys[:2] == ("feasibility", "ceilings") and len(keys) >= 3:
        return label_of(proposal, path)
    if keys[:1] in (("own",), _GROUNDS) and len(keys) >= 2:
        return label_of(proposal, path)
    written = to_dict(proposal) if document is None else document
    return joined(": ", [*_parts(proposal, written, keys)] or [path])


def changes_of(
    before: Proposal,
    earlier: Mapping[str, Any],
    after: Proposal,
    later: Mapping[str, Any],
    told: Callable[[Proposal, str, Any], str] = value_told,
) -> Iterator[Change]:
    """What the later of two documents says otherwise, beside how each is written; `told` says a value in words."""
    for each in differences(earlier, later):
        is_gone = each.after is None or each.new is None
        source, written, path = (before, earlier, each.before) if is_gone else (after, later, each.after)
        if path is None:
            continue
        old = "" if each.before is None else told(before, each.before, each.old)
        new = "" if each.after is None else told(after, each.after, each.new)
        kind = ChangeKind.ADDED if each.old is None else ChangeKind.REMOVED if each.new is None else ChangeKind.CHANGED
        yield Change(str(path), place_told(source, path, written), kind, old, new)


def _parts(proposal: Proposal, document: Any, keys: tuple[str, ...]) -> Iterator[str]:
    for depth, key in enumerate(keys, start=1):
        here = keys[:depth]
        if key.isdecimal() and depth > 1 and isinstance(value_at(document, Path.of(*keys[: depth - 1])), list):
            yield _row_name(value_at(document, Path.of(*here)), int(key))
        elif key not in _SILENT or (depth in (1, len(keys)) and key == "costs") or depth == len(keys):
            yield _title(proposal, here)


def _row_name(row: Any, index: int) -> str:
    named = next(filter(None, (row.get(name) for name in _NAMES)), None) if isinstance(row, dict) else None
    if isinstance(named, dict):
        # Evidence goes by the data that it was measured on.
        named = named.get("name")
    return str(named) if named else message("row {number}", number=str(index + 1))


def _title(proposal: Proposal, keys: tuple[str, ...]) -> str:
    if _is_agreed(keys):
        return message("agreed in discussion")
    if keys[-2:-1] == ("metrics",):
        # With the stream or segment that it is of: two may have a metric of one title.
        titles = {each.name: each.title for each in (proposal.bridge.metrics if proposal.bridge else ())}
        if keys[-1] in titles:
            return message(titles[keys[-1]])
    if keys[-2:-1] in (("metrics",), ("inputs",)):
        spec = _spec(proposal, Path.of(*keys))
        return message(spec.title) if spec else keys[-1]
    info = field_at(proposal, keys)
    return message(str(info.title)) if info is not None and info.title else keys[-1]


def _is_agreed(keys: tuple[str, ...]) -> bool:
    """What people agreed on, and no metric of a team that calls one so."""
    return keys[-1:] == (_AGREED,) and keys[-2:-1] not in (("metrics",), ("ceilings",))


def _spec(proposal: Proposal, path: str) -> Spec | None:
    try:
        return spec_at(proposal, path)
    except KeyError:
        return None


def _estimate(value: Any, spec: Spec, currency: str) -> str:
    unit = spec.quantity.unit if spec.quantity else Unit.NUMBER
    found = Estimate.model_validate(value)
    if found.is_certain:
        return _number(found.p50, unit, currency)
    if found.ends is not None:
        return ends_said(found.ends, lambda each: _number(each, unit, currency))
    low, middle, high = (_number(each, unit, currency) for each in (found.p10, found.p50, found.p90))
    told = message("P10 {low}, P50 {middle}, P90 {high}", low=low, middle=middle, high=high)
    if not found.judgements:
        return told
    people = counted("{count} judgement", "{count} judgements", len(found.judgements))
    how = joined(", ", (message("agreed"), people)) if found.consensus else people
    return joined("", (told, " (", how, ": ", ", ".join(each.by for each in found.judgements), ")"))


def _number(value: float, unit: Unit, currency: str) -> str:
    if unit is Unit.MONEY:
        return joined(" ", (number(value, _DIGITS), currency))
    if unit.is_share:
        return percent(value, _DIGITS)
    if unit is Unit.MONTHS:
        return counted("{count} month", "{count} months", 1 if value == 1 else 2, count=number(value, _DIGITS))
    return number(value, _DIGITS)


def _answer(question: Question | None, rest: tuple[str, ...], value: Any) -> str:
    labels = question.labels if question else {}
    if isinstance(value, dict):
        value, rest = value.get("choice"), ("choice",)
    return labels[value] if rest == ("choice",) and value in labels else _plain(value)


def _plain(value: Any) -> str:
    if isinstance(value, bool):
        return message("yes") if value else message("no")
    if isinstance(value, str):
        return value
    if isinstance(value, int | float):
        return number(value, _DIGITS)
    if isinstance(value, list) and all(isinstance(each, str) for each in value):
        return ", ".join(value)
    if isinstance(value, dict) and (named := next(filter(None, map(value.get, ("name", "question", "title"))), None)):
        return str(named)
    if isinstance(value, dict) and "evidence_version" in value:
        return message("evidence of {source}, {day}", source=value["source"]["name"], day=value["made"]["on"])
    return json.dumps(value, ensure_ascii=False)


__all__ = [
    "Change",
    "ChangeKind",
    "changes_between",
    "changes_of",
    "labels_of_changes",
    "place_told",
    "value_told",
]
