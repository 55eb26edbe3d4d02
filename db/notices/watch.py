"""What actuals say against a decision, as tasks that open it again: each thing once, for as long as it lasts."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from scoping import Appraisal, Proposal
from scoping.record.actuals import Actuals
from scoping.record.watching import Watch, watched
from scoping.text.languages import ENGLISH, Language, message, say

from ..gate import Gate
from ..mapping import plain
from ..models import DecisionRow
from .announcing import announce
from .happened import Event, EventKind
from .records import TaskKind, TaskState
from .rows import TaskRow
from .tasks import new_task

DAYS_TO_LOOK = 14
"""By when somebody is to look at a decision again."""
_OPENS_AGAIN = (Watch.BREAK_EVEN, Watch.GUARDRAIL, Watch.CONDITION)
_LONGEST_ABOUT = 300
_MENDED = message("What was measured since says so.")


@dataclass(frozen=True)
class Against:
    """Something that speaks against a decision: `about` names it among all others, `said` is it in words.

    Without `is_sure` it may be the chance of a sample: that opens nothing, and mends nothing.
    """

    about: str
    said: str
    is_sure: bool = True


def against(
    signed: Proposal,
    actuals: Actuals,
    conditions: Sequence[str],
    language: Language = ENGLISH,
    appraisal: Appraisal | None = None,
) -> list[Against]:
    """What actuals say against the decision on a signed revision.

    A range that was left is no reason to decide anew by itself: the page shows it. `appraisal` is that of the signed
    revision, where it is there already.
    """
    if not actuals.entries:
        return []
    found = watched(signed, actuals, None, conditions, appraisal)
    return [
        Against(str(each.path), say(each.reason, language), each.is_sure)
        for each in found
        if each.watch in _OPENS_AGAIN
    ]


def watch(
    session: Session,
    gate: Gate,
    decided: DecisionRow,
    found: Sequence[Against],
    by: str = "",
    *,
    is_told: bool = True,
) -> None:
    """Open a task for what is new among what speaks against the decision, and end those of what holds no more.

    A task that somebody ended stays ended as long as the same thing lasts. Without `is_told` nobody hears of it but
    who looks into the inbox. Within its transaction.
    """
    open_now = {each.about: each for each in _lasting(session, decided)}
    named = {plain(each.about)[:_LONGEST_ABOUT]: each for each in found}
    for about, task in open_now.items():
        if about not in named:
            _mend(task, gate, by)
    for about, each in named.items():
        if about not in open_now and each.is_sure:
            _open(session, gate, decided, about, each, by, is_told=is_told)
    session.flush()


def _lasting(session: Session, decided: DecisionRow) -> list[TaskRow]:
    """The tasks of what lasts, as far as anybody was told; ended by hand or not."""
    own = (TaskRow.decision_id == decided.id, TaskRow.kind == TaskKind.WATCHED, TaskRow.about != "")
    return [*session.scalars(select(TaskRow).where(*own).order_by(TaskRow.id).with_for_update())]


def _mend(task: TaskRow, gate: Gate, by: str) -> None:
    """It holds no more: should it come again, that is news."""
    task.about = ""
    if task.state == TaskState.OPEN:
        task.state, task.done_by, task.done_at, task.note = TaskState.MENDED, gate.name(by), gate.now(), str(_MENDED)


def _open(
    session: Session, gate: Gate, decided: DecisionRow, about: str, found: Against, by: str, *, is_told: bool
) -> None:
    due_on = gate.now().date() + timedelta(days=DAYS_TO_LOOK)
    task = new_task(session, decided, TaskKind.WATCHED, found.said, due_on)
    task.about = about
    session.add(task)
    if is_told:
        to = (task.owner_id,) if task.owner_id else ()
        event = Event(EventKind.DECISION_REOPENED, decided.proposal_id, to, task.text, due_on=due_on, by=by)
        announce(session, gate, event)
