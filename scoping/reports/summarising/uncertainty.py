"""What finance and a statistician read: what to learn first, stages, the outside view."""

from __future__ import annotations

from ...assessment import Assessment, OutsideView
from ...text.languages import joined, message
from ...text.reasons import said
from ...text.reference_classes import TITLES, sentence
from ...text.resting import rests_on_guesses
from ...text.wording import chance, money
from ...value.outside_view import REFERENCE_CLASSES
from ...value.pilot import PilotValue
from ...value.reasons import Reason, Why
from ...value.stages import Staged
from ...verdict import read_by
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
    """NPV as the team says, and as builds of the same class turned out."""
    found = assessment.outside_view
    if found is None:
        return None
    reference = REFERENCE_CLASSES[found.reference_class]
    about = message(
        "{title}: {sentence} The verdict rests on your own figures.",
        title=TITLES[found.reference_class],
        sentence=sentence(reference),
    )
    source = message("Source: {source}.", source=reference.source)
    return OutsideViewPart(about, _stretched(assessment, found), source)


def _stretched(assessment: Assessment, found: OutsideView) -> Table:
    currency = assessment.currency
    rows = tuple(
        (
            each.name,
            money(each.expected, currency),
            money(stretched.mean, currency),
            money(stretched.p10, currency),
            money(stretched.p90, currency),
        )
        for each in assessment.best_first()
        if (stretched := found.npv.get(each.index)) is not None
    )
    own, outside = message("Expected NPV, own figures"), message("Expected NPV, outside view")
    title = message("If the build goes as others went")
    return Table(title, (message("Alternative"), own, outside, "P10", "P90"), rows, frozenset({1, 2, 3, 4}))
