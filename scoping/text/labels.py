"""What people call the fields and inputs of a proposal, by their paths in the document."""

from __future__ import annotations

from typing import Any

from pydantic import BaseModel
from pydantic.fields import FieldInfo

from ..bridges import KINDS
from ..document.alternatives import name_of
from ..document.proposal import Proposal
from ..feasibility.catalogue import QUESTIONS
from ..value.inputs import owned
from .languages import message, within_sentence


def field_info(path: str) -> FieldInfo | None:
    """The declaration of the field at a path of the document; None where the path is no single field."""
    model: type[BaseModel] | None = Proposal
    info: FieldInfo | None = None
    for part in path.split("."):
        if part.isdigit():
            continue
        info = model.model_fields.get(part) if model else None
        if info is None:
            return None
        model = _model_of(info.annotation, path)
    return info


def _model_of(annotation: Any, path: str) -> type[BaseModel] | None:
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return annotation
    return next((model for part in getattr(annotation, "__args__", ()) if (model := _model_of(part, path))), None)


def label_of(proposal: Proposal, path: str) -> str:
    """What a person calls the field at a path: "Deep learning: recall"."""
    parts = path.split(".")
    if parts[:2] == ["feasibility", "answers"] and len(parts) > 2:
        return QUESTIONS[parts[2]].text if parts[2] in QUESTIONS else parts[2]
    if parts[0] == "bridge" and len(parts) > 1 and proposal.bridge is not None:
        info = KINDS[proposal.bridge.kind].model_fields.get(parts[1])
        return message(str(info.title)) if info else parts[1]
    if parts[0] == "alternatives":
        return _alternative_label(proposal, parts)
    info = field_info(path)
    return message(str(info.title)) if info else path


def _alternative_label(proposal: Proposal, parts: list[str]) -> str:
    if parts[1:] == ["status_quo"]:
        return message("An alternative of kind status quo")
    if len(parts) == 1:
        return message("An alternative to the status quo")
    index = int(parts[1])
    alternative = proposal.alternatives[index] if index < len(proposal.alternatives) else None
    name = name_of(alternative, index) if alternative else message("Alternative {number}", number=str(index + 1))
    if len(parts) > 3 and parts[2] == "metrics":
        names = {metric.name: metric.title for metric in proposal.bridge.metrics} if proposal.bridge else {}
        return owned(name, within_sentence(names.get(parts[3], parts[3])))
    if len(parts) > 3 and parts[2] == "costs" and alternative:
        cost = alternative.costs[int(parts[3])].name if int(parts[3]) < len(alternative.costs) else ""
        return owned(name, message("amount of {cost}", cost=cost or message("a cost")))
    info = field_info(path=".".join(parts))
    return owned(name, within_sentence(message(str(info.title)))) if info else name
