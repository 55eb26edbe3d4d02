"""Scenarios of a choice among proposals: kept version by version, decided on, put into the archive.

No version and no decision is ever changed. Who sees only some of the proposals of a scenario sees only what is told of
those; who sees none does not see that there is a scenario.
"""

from __future__ import annotations

import json
import uuid
from typing import Any

from sqlalchemy import update
from sqlalchemy.orm import Session

from scoping.text.languages import message

from . import mapping
from .access import Action
from .errors import NotAllowed, NotFound, RowRefused, ScenarioRefused, StaleScenario
from .gate import Deed, needs_four_eyes
from .lists import paged
from .models import ProposalRow
from .part import Part
from .queries import PAGE_SIZE, revision
from .records import AuditAction, Page
from .scenario_records import (
    LONGEST_NAME,
    LONGEST_NOTE,
    LONGEST_REASON,
    MOST_PROPOSALS,
    Scenario,
    ScenarioDecision,
    ScenarioDecisionRequest,
    ScenarioOutcome,
    ScenarioRequest,
    Seen,
)
from .scenario_rows import (
    ScenarioDecisionRow,
    ScenarioProposalRow,
    ScenarioRow,
    ScenarioVersionRow,
    decision_rows,
    decisions_of,
    digest_of_decision,
    digest_of_version,
    listed_for,
    scenario_of,
    seen_by,
    version_row,
)
from .watching import watched


class Scenarios(Part):
    """To read takes what listing takes; to save, archive and restore what SAVE_SCENARIO takes; to decide, an approver.

    Who saves or decides must see every proposal of the scenario.
    """

    # To read -----------------------------------------------------------------------------------

    def list(self, page: int = 1, size: int = PAGE_SIZE, *, archived: bool = False) -> Page[Scenario]:
        """The scenarios about something that the person may see, those saved last first. Raises NotAllowed."""
        self._gate.ask(Action.LIST)
        number = max(page, 1)
        with self._reading() as session:
            here = paged(session, listed_for(self._gate.person, archived=archived), number, size)
            rows = tuple(self._told(session, *self._found(session, each)) for each in here.rows)
            return Page(rows, here.total, number, size)

    def get(self, identity: str, version: int | None = None) -> Scenario:
        """One version of a scenario, the newest without a number. Raises NotFound, NotAllowed."""
        self._gate.ask(Action.LIST)
        with self._reading() as session:
            return self._told(session, *self._found(session, identity, version))

    def decisions(self, identity: str) -> tuple[ScenarioDecision, ...]:
        """The decisions on a scenario, the newest first. Raises NotFound, NotAllowed."""
        self._gate.ask(Action.LIST)
        with self._reading() as session:
            scenario, _, _ = self._found(session, identity)
            return decisions_of(decision_rows(session, scenario.id))

    # To write ----------------------------------------------------------------------------------

    @watched
    def create(self, request: ScenarioRequest, actor: str = "") -> Scenario:
        """Keep a new scenario as version 1. Raises ScenarioRefused, NotFound for a proposal, NotAllowed."""
        self._gate.ask(Action.SAVE_SCENARIO)
        asked = _checked(request)
        with self._writing() as session:
            scenario = ScenarioRow(id=str(uuid.uuid4()), version=1, archived=False, saved_at=self._now())
            session.add(scenario)
            session.flush()
            return self._keep(session, scenario, asked, actor)

    @watched
    def save(self, identity: str, request: ScenarioRequest, version: int, actor: str = "") -> Scenario:
        """Keep the next version of a scenario that was read at `version`; the decision on the last one stays on that.

        Raises StaleScenario, writing nothing, where somebody saved meanwhile; ScenarioRefused, NotFound, NotAllowed.
        """
        self._gate.ask(Action.SAVE_SCENARIO)
        asked = _checked(request)
        with self._writing() as session:
            scenario, row, seen = self._found(session, identity)
            _check_all_seen(seen)
            _check_in_use(scenario)
            now = self._now()
            held = update(ScenarioRow).where(ScenarioRow.id == scenario.id, ScenarioRow.version == version)
            claimed = session.execute(held.values(version=version + 1, saved_at=now))
            if not getattr(claimed, "rowcount", 0):
                raise StaleScenario(row.saved_by)
            session.refresh(scenario)
            return self._keep(session, scenario, asked, actor)

    @watched
    def archive(self, identity: str, actor: str = "") -> None:
        """Put a scenario into the archive. Raises NotFound, NotAllowed."""
        self._move(identity, AuditAction.SCENARIO_ARCHIVED, actor, archived=True)

    @watched
    def restore(self, identity: str, actor: str = "") -> None:
        """Take a scenario out of the archive. Raises NotFound, NotAllowed."""
        self._move(identity, AuditAction.SCENARIO_RESTORED, actor, archived=False)

    @watched
    def decide(self, identity: str, request: ScenarioDecisionRequest) -> ScenarioDecision:
        """Approve or reject a version, instead of what was decided before. Neither is ever changed.

        What the decision that stands says already is not recorded again. Raises ScenarioRefused where it says too
        little, or somebody saved or decided meanwhile; NotFound, NotAllowed.
        """
        try:
            return self._decide(identity, request)
        except RowRefused:
            # Of two at once the database took the other one; it is looked at now.
            return self._decide(identity, request)

    # What they have in common ------------------------------------------------------------------

    def _found(
        self, session: Session, identity: str, version: int | None = None
    ) -> tuple[ScenarioRow, ScenarioVersionRow, Seen]:
        """A version that the person may see something of; of any other it is as if it were not there."""
        scenario = session.get(ScenarioRow, mapping.plain(identity))
        row = None if scenario is None else version_row(session, scenario.id, version or scenario.version)
        if scenario is None or row is None:
            raise _no_scenario(identity)
        seen = seen_by(session, self._gate.person, row)
        if not seen.visible:
            raise _no_scenario(identity)
        return scenario, row, seen

    def _told(self, session: Session, scenario: ScenarioRow, row: ScenarioVersionRow, seen: Seen) -> Scenario:
        return scenario_of(scenario, row, seen, decision_rows(session, scenario.id))

    def _keep(self, session: Session, scenario: ScenarioRow, asked: ScenarioRequest, actor: str) -> Scenario:
        row = self._row(scenario, asked, actor)
        row.content_hash = digest_of_version(row, asked.computed_on.items())
        session.add(row)
        session.flush()
        for identity, version in asked.computed_on.items():
            self._pin(session, row, identity, version)
        session.flush()
        told = self._told(session, scenario, row, seen_by(session, self._gate.person, row))
        said = f"{scenario.id} version {row.version}: {row.name}"
        deed = Deed(AuditAction.SCENARIO_SAVED, said, None, row.content_hash, actor, row.saved_at)
        self._gate.write_down(session, deed)
        return told

    def _row(self, scenario: ScenarioRow, asked: ScenarioRequest, actor: str) -> ScenarioVersionRow:
        return ScenarioVersionRow(
            scenario_id=scenario.id,
            version=scenario.version,
            name=asked.name,
            note=asked.note,
            currency=asked.currency,
            document=asked.document,
            figures=asked.figures,
            saved_by=self._gate.name(actor),
            saved_by_id=self._gate.person_id,
            saved_at=self._now(),
        )

    def _pin(self, session: Session, row: ScenarioVersionRow, identity: str, version: int) -> None:
        """The version of a proposal that was looked at. Raises NotFound."""
        proposal: ProposalRow = self._gate.proposal(session, Action.SEE, identity)
        if session.scalars(revision(proposal.id, version)).one_or_none() is None:
            raise NotFound(message("There is no version {version} of this proposal.", version=str(version)))
        session.add(ScenarioProposalRow(scenario_version_id=row.id, proposal_id=proposal.id, version=version))

    def _move(self, identity: str, action: AuditAction, actor: str, *, archived: bool) -> None:
        self._gate.ask(Action.SAVE_SCENARIO)
        with self._writing() as session:
            scenario, row, _ = self._found(session, identity)
            if scenario.archived == archived:
                return
            scenario.archived = archived
            session.flush()
            self._gate.write_down(session, Deed(action, f"{scenario.id}: {row.name}", typed=actor))

    def _decide(self, identity: str, request: ScenarioDecisionRequest) -> ScenarioDecision:
        self._gate.ask(Action.DECIDE_SCENARIO)
        name, reason = self._gate.name(request.decided_by).strip(), _checked_reason(request)
        if not name:
            raise ScenarioRefused(message("Who decides? Enter the name of the person who signs."))
        with self._writing() as session:
            scenario, row, seen = self._found(session, identity)
            session.refresh(scenario, ["version", "archived"], with_for_update=True)
            before = decision_rows(session, scenario.id)
            if before and _is_the_same(before[-1], request, name, reason):
                return decisions_of(before)[0]
            self._check_turn(session, scenario, row, seen)
            _check_nothing_new(scenario, row, request, before)
            made = self._decision(row, request, name, reason)
            session.add(made)
            session.flush()
            self._write_decision_down(session, row, made)
            return decisions_of([*before, made])[0]

    def _check_turn(self, session: Session, scenario: ScenarioRow, row: ScenarioVersionRow, seen: Seen) -> None:
        """Raises NotAllowed, ScenarioRefused."""
        _check_all_seen(seen)
        _check_in_use(scenario)
        if needs_four_eyes(session) and row.saved_by_id is not None and row.saved_by_id == self._gate.person_id:
            raise NotAllowed(message("This scenario is your own work: somebody else decides on it (four eyes)."))

    def _decision(
        self, row: ScenarioVersionRow, request: ScenarioDecisionRequest, name: str, reason: str
    ) -> ScenarioDecisionRow:
        return ScenarioDecisionRow(
            scenario_id=row.scenario_id,
            version=row.version,
            outcome=str(request.outcome),
            reason=reason,
            content_hash=row.content_hash,
            decided_by=name,
            signed_by_id=self._gate.person_id,
            decided_at=self._now(),
            follows=request.follows,
        )

    def _write_decision_down(self, session: Session, row: ScenarioVersionRow, made: ScenarioDecisionRow) -> None:
        detail = f"{made.outcome}: {row.scenario_id} version {row.version}: {row.name}"
        digest = digest_of_decision(made)
        deed = Deed(AuditAction.SCENARIO_DECIDED, detail, None, digest, made.decided_by, made.decided_at)
        self._gate.write_down(session, deed)


def _no_scenario(identity: str) -> NotFound:
    return NotFound(message("There is no scenario {id}.", id=identity[:60]))


def _check_all_seen(seen: Seen) -> None:
    if seen.hidden:
        raise NotAllowed(
            message("This scenario is about proposals that you may not see: somebody who sees them all may do this.")
        )


def _check_in_use(scenario: ScenarioRow) -> None:
    if scenario.archived:
        raise ScenarioRefused(message("This scenario is in the archive. Restore it first."))


def _check_nothing_new(
    scenario: ScenarioRow,
    row: ScenarioVersionRow,
    request: ScenarioDecisionRequest,
    before: list[ScenarioDecisionRow],
) -> None:
    """Refuse a decision of somebody who has not seen the newest version, or the newest decision."""
    if scenario.version != request.version:
        raise ScenarioRefused(
            message(
                "{person} saved version {version} meanwhile. Look at it first; nothing was recorded.",
                person=row.saved_by or message("Somebody"),
                version=str(scenario.version),
            )
        )
    if request.follows != (before[-1].id if before else 0):
        raise ScenarioRefused(
            message(
                "{person} decided on this scenario meanwhile. Look at that decision first; nothing was recorded.",
                person=before[-1].decided_by if before else message("Somebody"),
            )
        )


def _is_the_same(row: ScenarioDecisionRow, request: ScenarioDecisionRequest, name: str, reason: str) -> bool:
    asked = (request.version, str(request.outcome), reason, name)
    return (row.version, row.outcome, row.reason, row.decided_by) == asked


# What can be kept ----------------------------------------------------------------------------------


def _checked(request: ScenarioRequest) -> ScenarioRequest:
    """The request as it is kept. Raises ScenarioRefused."""
    name, note = " ".join(mapping.plain(request.name).split()), mapping.plain(request.note).strip()
    if not name:
        raise ScenarioRefused(message("Name: say what this scenario is called."))
    _check_length(message("Name"), name, LONGEST_NAME)
    _check_length(message("Note"), note, LONGEST_NOTE)
    if not 1 <= len(request.computed_on) <= MOST_PROPOSALS:
        raise ScenarioRefused(
            message("A scenario is about 1 to {most} proposals; this one has {count}.",
                    most=str(MOST_PROPOSALS), count=str(len(request.computed_on)))
        )  # fmt: skip
    document, figures = _as_kept(dict(request.document)), _as_kept(dict(request.figures))
    return ScenarioRequest(name, document, dict(request.computed_on), figures, request.currency[:3], note)


def _as_kept(value: dict[str, Any]) -> dict[str, Any]:
    """As the database gives it back, so that the hash is of what is read. Raises ScenarioRefused."""
    try:
        kept: dict[str, Any] = json.loads(json.dumps(value, allow_nan=False).replace("\\u0000", ""))
    except ValueError:
        raise ScenarioRefused(message("A figure of this scenario is no number: it cannot be kept.")) from None
    return kept


def _checked_reason(request: ScenarioDecisionRequest) -> str:
    reason = mapping.plain(request.reason).strip()
    if request.outcome not in tuple(ScenarioOutcome):
        raise ScenarioRefused(message("Decision: approve or reject."))
    if not reason:
        raise ScenarioRefused(message("Reason: say why this scenario is approved or rejected."))
    _check_length(message("Reason"), reason, LONGEST_REASON)
    return reason


def _check_length(title: str, text: str, most: int) -> None:
    if len(text) > most:
        raise ScenarioRefused(
            message("{title}: has {count} letters; at most {most}.", title=title, count=str(len(text)), most=str(most))
        )
