"""What people call the fields and inputs of a proposal, by their paths in the document."""

from __future__ import annotations

from ..bridges import Metric, Segments, part_title
from ..document.alternatives import Alternative, Cost, name_of
from ..document.grounds import Ground
from ..document.paths import Path
from ..document.proposal import Proposal
from ..document.walk import field_at
from ..feasibility.checklist import questions_known
from ..value.inputs import owned
from .languages import message, within_sentence
from .wording import percent


def label_of(proposal: Proposal, path: str) -> str:
    """What a person calls the field at a path: "Deep learning: recall"."""
    place = Path(path)
    match place.keys:
        case ("feasibility", "answers", identity, *_):
            question = questions_known(proposal).get(identity)
            return question.text if question else identity
        case ("own", name, *_):
            titles = {each.id: each.title for each in proposal.organisation.fields}
            return titles.get(name) or name
        case ("feasibility", "ceilings", name, *_):
            return message("{metric}, ceiling", metric=_metric_title(proposal, name))
        case ("alternatives", "status_quo"):
            return message("An alternative of kind status quo")
        case ("alternatives",):
            return message("An alternative to the status quo")
        case ("bridge", "segments") if isinstance(proposal.bridge, Segments) and proposal.bridge.whole is not None:
            return shares_said(proposal.bridge.whole)
        case ("bridge", "streams" | "segments", number, *rest) if rest and number.isdecimal():
            return _of_part(proposal, place, int(number))
        case ("alternatives", index, *rest) if index.isdecimal():
            return _of_alternative(proposal, int(index), rest)
        case ("grounds", index, *rest) if index.isdecimal():
            return _of_ground(proposal, int(index), rest)
    info = field_at(proposal, place.keys)
    return message(str(info.title)) if info else place.last if place else path


def _of_ground(proposal: Proposal, index: int, rest: list[str]) -> str:
    """What a figure rests on: "What Deep learning: recall rests on, link"."""
    if index >= len(proposal.grounds):
        return message("What a figure rests on")
    figure = label_of(proposal, proposal.grounds[index].path)
    if not rest or rest[0] == "kind" or rest[0] not in Ground.model_fields:
        return message("What “{figure}” rests on", figure=figure)
    part = within_sentence(message(str(Ground.model_fields[rest[0]].title)))
    return message("What “{figure}” rests on, {part}", figure=figure, part=part)


def shares_said(whole: float) -> str:
    """That the shares of the segments make no whole."""
    return message("Shares of the segments: they make {sum}, and must make 100%", sum=percent(whole))


def _of_part(proposal: Proposal, place: Path, number: int) -> str:
    """A field of a stream or segment: "Questions by mail: minutes a task"."""
    rows = getattr(proposal.bridge, place.keys[1], ())
    name = part_title(rows[number].name if number < len(rows) else "", number)
    *_, last = place.keys
    input_place = Path.of("bridge", "task", last) if place.keys[-2:-1] == ("inputs",) else place
    info = field_at(proposal, input_place.keys)
    return owned(name, within_sentence(message(str(info.title)))) if info else name


def _of_alternative(proposal: Proposal, index: int, rest: list[str]) -> str:
    alternative = proposal.alternatives[index] if index < len(proposal.alternatives) else None
    name = name_of(alternative, index) if alternative else message("Alternative {number}", number=str(index + 1))
    match rest:
        case ["metrics", metric, *_]:
            return owned(name, _metric_phrase(proposal, metric))
        case ["costs", number, part, *_] if alternative and part != "amount" and part in Cost.model_fields:
            title = message(str(Cost.model_fields[part].title))
            return owned(name, message("{cost}, {part}", cost=_cost_name(alternative, int(number)), part=title))
        case ["costs", number, *_] if alternative:
            return owned(name, message("amount of {cost}", cost=_cost_name(alternative, int(number))))
    info = field_at(Alternative, rest)
    return owned(name, within_sentence(message(str(info.title)))) if info else name


def _metric_phrase(proposal: Proposal, name: str) -> str:
    metric = _metric(proposal, name)
    return metric.phrase if metric else within_sentence(name)


def _metric_title(proposal: Proposal, name: str) -> str:
    metric = _metric(proposal, name)
    return metric.title if metric else name


def _metric(proposal: Proposal, name: str) -> Metric | None:
    metrics = proposal.bridge.metrics if proposal.bridge else ()
    return next((metric for metric in metrics if metric.name == name), None)


def _cost_name(alternative: Alternative, number: int) -> str:
    named = alternative.costs[number].name if number < len(alternative.costs) else ""
    return named or message("a cost")
