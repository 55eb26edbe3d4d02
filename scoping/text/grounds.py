"""What a figure or an answer rests on, in one line."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from ..document.grounds import Ground
from ..vocabulary import GroundKind, Level
from .languages import joined, message
from .wording import day

GROUND_TITLES: Mapping[str, str] = {
    GroundKind.MEASURED: message("Measured here"),
    GroundKind.PUBLISHED: message("Published"),
    GroundKind.EXPERT: message("What an expert judges"),
    GroundKind.GUESS: message("A guess"),
}
_CONFIDENCE: Mapping[str, str] = {
    Level.LOW: message("low confidence"),
    Level.MEDIUM: message("medium confidence"),
    Level.HIGH: message("high confidence"),
}


def ground_said(ground: Ground) -> str:
    """What it is, by whom and when, how sure they are, where it can be looked up, and why."""
    return joined(" · ", tuple(_parts(ground)))


def _parts(ground: Ground) -> Iterator[str]:
    yield GROUND_TITLES[ground.kind]
    if ground.by.strip():
        yield ground.by.strip()
    if ground.on is not None:
        yield day(ground.on)
    if ground.confidence is not None:
        yield _CONFIDENCE[ground.confidence]
    if ground.given:
        yield message("as past ranges suggested")
    for text in (ground.link.strip(), ground.note.strip()):
        if text:
            yield text
