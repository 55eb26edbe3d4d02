"""What finance and a statistician read: what to learn first, stages, the outside view."""

from __future__ import annotations

from collections.abc import Sequence

from ...assessment import Assessment, OutsideView
from ...document.own_classes import OwnFactor
from ...text.languages import joined, message
from ...text.reasons import said
from ...text.reference_classes import OVERRUNS, TITLES, factors_said, own_sentence, projects_said, rests_on, sentence
from ...text.resting import rests_on_guesses
from ...text.wording import chance, money
from ...value.outside_view import REFERENCE_CLASSES
from ...value.pilot import PilotValue
from ...value.reasons import Reason, Why
from ...value.stages import Staged
from ...verdict import read_by
from ...vocabulary import OutsideViewClass, Overrun
from ..blocks import Table
from ..memo.parts import LearnFirstPart, OutsideViewPart, StagesPart
from ..titles import STAGE_TITLES
from .said import error_said, simulation_error

_MOST_INPUTS = 8


def learn_first_part(assessment: Assessment) -> LearnFirstPart | None:
    """EVPI, the planned pilot, and the inputs worth learning."""
    if assessment.evpi is None:
        return None
    everything = message(
        "Knowing everything before committing would be worth {value} ({error}): no study can be worth more.",
        value=money(assessment.evpi.value, assessment.currency),
        error=simulation_error(assessment.evpi.standard_error, assessment.currency),
    )
    inputs = _inputs(assessment)
    rest = len(assessment.sensitivity) - (len(inputs.rows) if inputs else 0)
    guesses = rests_on_guesses(assessment.evidence)
    sentences = (everything, pilot_sentence(assessment.pilot, assessment.currency), *([guesses] if guesses else []))
    return LearnFirstPart(sentences, inputs, _the_rest(rest, inputs is not None) if rest else "")


def _inputs(assessment: Assessment) -> Table | None:
    worth = sorted(assessment.sensitivity, key=lambda each: -each.evppi.value)[:_MOST_INPUTS]
    rows = tuple(
        (
            each.swing.label,
            money(each.evppi.value, assessment.currency),
            error_said(each.evppi.standard_error, assessment.currency),
        )
        for each in worth
        if each.evppi.value > 0
    )
    columns = (message("Input"), message("Worth of learning it"), message("Simulation error"))
    return Table("", columns, rows, frozenset({1, 2})) if rows else None


def _the_rest(count: int, some_are_named: bool) -> str:
    if some_are_named:
        return message(
            "Learning each of the other uncertain inputs ({count}) is worth less than that, or nothing that noise allows to see.",
            count=str(count),
        )
    return message(
        "Learning any one of the uncertain inputs ({count}) is worth nothing that noise allows to see.",
        count=str(count),
    )


def pilot_sentence(pilot: PilotValue, currency: str) -> str:
    """What the planned pilot is worth, and what it costs, in one line."""
    if pilot.evsi is None or pilot.readings is None:
        why = said(pilot.reason or Reason(Why.NOTHING_TO_READ))
        return message("What the pilot is worth cannot be said: {reason}", reason=why)
    return message(
        "Learning {metrics} before committing is worth up to {worth} ({remarks}); {cost}.",
        metrics=read_by(pilot),
        worth=money(pilot.evsi, currency),
        remarks=_remarks(pilot, currency),
        cost=_against_its_cost(pilot, currency),
    )


def _against_its_cost(pilot: PilotValue, currency: str) -> str:
    if pilot.cost is None:
        return message("the pilot's cost is not given")
    cost = money(pilot.cost, currency)
    if not pilot.is_worth_its_cost:
        return message("the pilot costs {cost}: not worth it", cost=cost)
    return message("the pilot costs {cost}", cost=cost)


def _remarks(pilot: PilotValue, currency: str) -> str:
    """How sure that is, and what an exact reading would be worth."""
    error = simulation_error(pilot.standard_error, currency)
    if pilot.perfect is None:
        return error
    return joined("; ", (error, message("knowing it exactly, {value}", value=money(pilot.perfect.value, currency))))


def stages_part(assessment: Assessment) -> StagesPart | None:
    """What each stage costs, how likely it is reached, and what the right to stop is worth."""
    staged, currency = assessment.staged, assessment.currency
    if staged is None:
        return None
    rows = tuple((STAGE_TITLES[each.name], money(each.cost, currency), chance(each.chance)) for each in staged.stages)
    columns = (message("Stage"), message("Present cost if reached"), message("Chance of reaching it"))
    table = Table(message("Stages"), columns, rows, frozenset({1, 2}))
    return StagesPart(_staged_sentence(assessment, staged), table)


def _staged_sentence(assessment: Assessment, staged: Staged) -> str:
    currency = assessment.currency
    return message(
        "Pilot first, then build {name}, choose another way or stop, whichever is best by what is then known: expected to be worth {worth}, the pilot's cost and delay included. Deciding everything today is worth {committed}. The right to decide later is worth {option}, before that cost and delay.",
        name=assessment.alternatives[staged.index].name,
        worth=money(staged.npv, currency),
        committed=money(staged.committed, currency),
        option=money(staged.option, currency),
    )


def outside_view_part(assessment: Assessment) -> OutsideViewPart | None:
    """NPV as the team says, and as builds of the same class turned out, or the organisation's own projects."""
    found = assessment.outside_view
    if found is None:
        return None
    published = _published(found)
    about = joined(" ", [*_own_first(found), *published, message("The verdict rests on your own figures.")])
    sources = [REFERENCE_CLASSES[each].source for each in _sources(found)]
    source = joined(" ", [message("Source: {source}.", source=each) for each in sources])
    return OutsideViewPart(about, _factors(found.own), _stretched(assessment, found), source)


def _own_first(found: OutsideView) -> list[str]:
    return [own_sentence(found.own)] if found.own else []


def _published(found: OutsideView) -> list[str]:
    """The published class in words, and for what it counts where own projects say the rest."""
    name = found.reference_class
    own = {each.what for each in found.own}
    if name is None or {Overrun.COST, Overrun.TIME} <= own:
        return []
    said = {"title": TITLES[name], "sentence": sentence(REFERENCE_CLASSES[name])}
    if not own & {Overrun.COST, Overrun.TIME}:
        return [message("{title}: {sentence}", **said)]
    rest = OVERRUNS[Overrun.TIME if Overrun.COST in own else Overrun.COST]
    return [message("{what} alone by {title}: {sentence}", what=rest, **said)]


def _sources(found: OutsideView) -> list[OutsideViewClass]:
    """The published classes that count, alone or beside own projects."""
    alone = [found.reference_class] if _published(found) else []
    named = [*alone, *(each.blended_with for each in found.own)]
    return list(dict.fromkeys(each for each in named if each is not None))


def _factors(own: Sequence[OwnFactor]) -> Table | None:
    """On how many own projects each factor rests, how much they count, and the factor."""
    heads = (message("What"), message("Own projects"), message("Factor: P10, P50, P90"), message("How they count"))
    rows = tuple((OVERRUNS[each.what], projects_said(each), factors_said(each), rests_on(each)) for each in own)
    return Table(message("What own projects came to"), heads, rows, frozenset({1, 2})) if own else None


def _stretched(assessment: Assessment, found: OutsideView) -> Table:
    currency = assessment.currency
    rows = tuple(
        (
            each.name,
            money(each.expected, currency),
            money(stretched.mean, currency),
            error_said(stretched.standard_error, currency),
            money(stretched.p10, currency),
            money(stretched.p90, currency),
        )
        for each in assessment.best_first()
        if (stretched := found.npv.get(each.index)) is not None
    )
    own, outside = message("Expected NPV, own figures"), message("Expected NPV, outside view")
    heads = (message("Alternative"), own, outside, message("Simulation error"), "P10", "P90")
    return Table(_goes_as(found), heads, rows, frozenset({1, 2, 3, 4, 5}))


def _goes_as(found: OutsideView) -> str:
    return message("If it goes as own projects went") if found.own else message("If the build goes as others went")
