"""The rule: gates first, then what is missing; after that the way with the highest expected value, by what it is."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from ..feasibility.headroom import out_of_reach
from ..text.labels import label_of
from ..text.languages import counted, joined, message
from ..value.breakeven import BreakEven
from ..value.ways import Choice, Way, WayKind
from ..vocabulary import GateStatus, Recommendation
from .conditions import conditions_of
from .evidence import ANSWERS, Evidence, Verdict
from .reasons import beyond_reach, level_with, near_a_coin_flip, why_build, why_pilot, why_simpler, why_stop

_HOLES_NAMED = 4
_NAMES = {
    WayKind.MODEL: Recommendation.BUILD,
    WayKind.WITHOUT_MODEL: Recommendation.SIMPLER,
    WayKind.PILOT: Recommendation.PILOT,
    WayKind.NOTHING: Recommendation.STOP,
}


def decide(evidence: Evidence) -> Verdict:
    """The verdict on the evidence."""
    failed = evidence.checklist.gates_with(GateStatus.FAILED)
    if failed:
        return _verdict(Recommendation.STOP, [gate.reason for gate in failed], evidence)
    if evidence.missing:
        return _verdict(Recommendation.REWORK, _unfinished(evidence), evidence)
    if evidence.choice is None:
        nothing = message("No alternative has been valued that is worth more than the status quo.")
        return _verdict(Recommendation.STOP, [nothing], evidence)
    return _by_value(evidence, evidence.choice)


def _verdict(
    recommendation: Recommendation, reasons: Sequence[str], evidence: Evidence, level: Collection[Way] = ()
) -> Verdict:
    others = tuple(dict.fromkeys(_NAMES[way.kind] for way in level))
    return Verdict(recommendation, tuple(reasons), tuple(conditions_of(recommendation, evidence)), others)


def _by_value(evidence: Evidence, choice: Choice) -> Verdict:
    """By the way that is worth most. Where nothing pays because no model can be that good, the scope may change."""
    unreachable = unreachable_of(evidence.break_even, evidence.likely)
    recommendation = name_of(choice, is_held_back=bool(unreachable))
    if recommendation is Recommendation.REWORK:
        return _verdict(recommendation, [beyond_reach(evidence, each) for each in unreachable], evidence)
    level = [level_with(evidence, way) for way in choice.level]
    # What makes the verdict a matter of chance is said before what speaks for it.
    first = [*level, *near_a_coin_flip(evidence, recommendation)]
    return _verdict(recommendation, [*first, *_reasons(evidence, choice.best)], evidence, choice.level)


def name_of(choice: Choice, *, is_held_back: bool) -> Recommendation:
    """What the best way is called. Doing nothing, because no model can be good enough, asks for another scope."""
    if choice.best.kind is WayKind.NOTHING and is_held_back:
        return Recommendation.REWORK
    return _NAMES[choice.best.kind]


def unreachable_of(break_evens: Sequence[BreakEven], likely: Collection[int] = ()) -> list[BreakEven]:
    """The break-evens that lie beyond the best that anyone can reach; `likely` as in Evidence."""
    names = dict.fromkeys(each.alternative for each in break_evens if each.index not in likely)
    return [each for name in names for each in out_of_reach(break_evens, name) if each.headroom is not None]


def _reasons(evidence: Evidence, way: Way) -> list[str]:
    why = {
        WayKind.MODEL: why_build,
        WayKind.WITHOUT_MODEL: why_simpler,
        WayKind.PILOT: why_pilot,
        WayKind.NOTHING: why_stop,
    }
    return why[way.kind](evidence)


def _unfinished(evidence: Evidence) -> list[str]:
    reasons: list[str] = []
    holes = [path for path in evidence.missing if not path.is_within(ANSWERS)]
    if holes:
        reasons.append(_holes([label_of(evidence.proposal, path) for path in holes]))
    unanswered = len(evidence.missing) - len(holes)
    if unanswered:
        reasons.append(
            counted(
                "{count} question that can stop the project is not answered yet.",
                "{count} questions that can stop the project are not answered yet.",
                unanswered,
            )
        )
    return reasons


def _holes(labels: list[str]) -> str:
    named, rest = joined(", ", labels[:_HOLES_NAMED]), len(labels) - _HOLES_NAMED
    if rest > 0:
        return message("Figures are missing: {named} and {rest} more.", named=named, rest=str(rest))
    return message("Figures are missing: {named}.", named=named)
