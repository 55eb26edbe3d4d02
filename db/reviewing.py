"""Rounds of review: a version is submitted, functions advise on it, and changes are requested or it is decided.

A round is about one version. Later edits are under review once they are submitted, which begins the next round.
"""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from scoping.errors import quote
from scoping.text.languages import listed, message
from scoping.text.reviewing import STAGES, STANCES, function_title
from scoping.vocabulary import Outcome, Stage, Stance

from . import mapping, queries
from .access import Action, Person
from .deciders import deciders_in
from .deciding import NAMING
from .deciding_round import NOT_TAKEN_UP
from .errors import NotAllowed, ReviewRefused, RowRefused
from .events import Event, EventKind, announce
from .gate import Deed, authors_in, needs_four_eyes
from .models import ProposalRow
from .part import Part
from .records import AuditAction
from .review_records import AdviceRequest, Function, Review, ReviewState, Standing, Waiting
from .review_rows import AdviceRow, ReviewRow, hold, open_round, rounds_of, told
from .review_settings import always_asked, functions_in
from .review_waiting import own_functions, waiting_in
from .watching import watched

LONGEST_TEXT = 20_000
STAGES_BY_HAND = (Stage.DECIDED, Stage.IN_BUILD, Stage.LIVE, Stage.RETIRED)
"""The stages that people set themselves, once it was decided to do something. The others follow from what is done."""


class Reviewing(Part):
    """Rounds of review. To submit takes what editing takes, to advise a reviewer, to ask for changes who may decide."""

    def rounds(self, identity: str) -> tuple[Review, ...]:
        """All rounds on a proposal, the newest first. Raises NotFound."""
        with self._reading() as session:
            self._gate.proposal(session, Action.SEE, identity)
            return tuple(told(session, row) for row in session.scalars(rounds_of(identity)))

    def current(self, identity: str) -> Review | None:
        """The round that is open. Raises NotFound."""
        with self._reading() as session:
            self._gate.proposal(session, Action.SEE, identity)
            row = session.scalars(open_round(identity)).one_or_none()
            return None if row is None else told(session, row)

    def standing(self, identity: str) -> Standing:
        """How far it has come, and which version is under review; much cheaper than its rounds. Raises NotFound."""
        with self._reading() as session:
            return standing_in(session, self._gate.proposal(session, Action.SEE, identity))

    def stages_to_set(self, identity: str) -> tuple[Stage, ...]:
        """The stages to which a person may move it by hand; none before it was decided to do something."""
        with self._reading() as session:
            row = self._gate.proposal(session, Action.SEE, identity)
            return _to_set(session, row)

    def speaks_for(self, identity: str) -> tuple[str, ...]:
        """The functions of the open round for which the person who acts may speak. Raises NotFound."""
        with self._reading() as session:
            allowed = self._gate.allowed(session, identity)
            row = session.scalars(open_round(identity)).one_or_none()
            if row is None or Action.ADVISE not in allowed:
                return ()
            return _functions_of(session, self._gate.person, row.asked)

    def waiting_for(self, person: Person) -> tuple[Waiting, ...]:
        """The rounds in which functions of the person are still silent, the oldest first. Raises NotAllowed."""
        self._gate.ask(Action.LIST)
        with self._reading() as session:
            return waiting_in(session, person, self._gate.person)

    # What people do ----------------------------------------------------------------------------

    @watched
    def submit(
        self, identity: str, version: int, functions: Sequence[str] = (), note: str = "", actor: str = ""
    ) -> Review:
        """Put the proposal as it is at that version under review; a round on an older version ends.

        Raises ReviewRefused where somebody saved or submitted meanwhile, and for an unknown function; NotFound.
        """
        try:
            return self._submit(identity, version, functions, note, actor)
        except RowRefused:
            # Of two at once the database took the other one; it is looked at now.
            return self._submit(identity, version, functions, note, actor)

    def _submit(self, identity: str, version: int, functions: Sequence[str], note: str, actor: str) -> Review:
        with self._writing() as session:
            proposal = self._gate.proposal(session, Action.SUBMIT, identity)
            hold(session, proposal)
            before = session.scalars(open_round(proposal.id)).one_or_none()
            _check_version(proposal, before, version)
            known = functions_in(session)
            asked = _asked(known, functions)
            row = self._row(session, proposal, note, asked, actor)
            if before is not None:
                row.stage_before = before.stage_before
                self._end(before, ReviewState.WITHDRAWN, "", actor)
                session.flush()
            session.add(row)
            self._enter(session, proposal, Stage.SUBMITTED)
            self._tell(session, EventKind.SUBMITTED, row, deciders_in(session, proposal), row.note, actor)
            if people := self._people_of(session, proposal, known, asked):
                self._tell(session, EventKind.ADVICE_ASKED, row, people, row.note, actor)
            detail = f"round {row.number} on version {version}: {', '.join(asked) or 'nobody is asked'}"
            self._done(session, AuditAction.SUBMITTED, row, detail, actor)
            return told(session, row)

    def _people_of(
        self, session: Session, proposal: ProposalRow, known: Sequence[Function], asked: Sequence[str]
    ) -> tuple[str, ...]:
        """Who speaks for what is asked; with four eyes nobody whose own work it is, since they may not."""
        named = _people_of(known, asked)
        if not needs_four_eyes(session):
            return named
        own = {proposal.owner_id, *authors_in(session, proposal.id)}
        return tuple(each for each in named if each not in own)

    def _row(self, session: Session, proposal: ProposalRow, note: str, asked: Sequence[str], actor: str) -> ReviewRow:
        newest = session.scalar(select(func.max(ReviewRow.number)).where(ReviewRow.proposal_id == proposal.id)) or 0
        return ReviewRow(
            proposal_id=proposal.id,
            number=newest + 1,
            version=proposal.version,
            state=ReviewState.OPEN,
            asked=[*asked],
            note=_text(note),
            stage_before=proposal.stage,
            submitted_by=self._gate.name(actor),
            submitted_by_id=self._gate.person_id,
            submitted_at=self._now(),
        )

    @watched
    def withdraw(self, identity: str, number: int, note: str = "", actor: str = "") -> Review:
        """End the open round without a decision; the proposal goes back to the stage before. Raises ReviewRefused."""
        with self._writing() as session:
            proposal, row = self._open(session, Action.SUBMIT, identity, number)
            self._end(row, ReviewState.WITHDRAWN, note, actor)
            self._enter(session, proposal, Stage(row.stage_before))
            self._tell(session, EventKind.STAGE_CHANGED, row, _owner_and_submitter(proposal, row), row.closing, actor)
            self._done(session, AuditAction.WITHDRAWN, row, f"round {row.number}", actor)
            return told(session, row)

    @watched
    def advise(self, identity: str, request: AdviceRequest, actor: str = "") -> Review:
        """Say what a function thinks of the version under review. What it says last in a round counts.

        What it says already is not written again. Raises ReviewRefused, NotAllowed, NotFound.
        """
        with self._writing() as session:
            proposal, row = self._open(session, Action.ADVISE, identity, request.number)
            said = self._advice(session, row, request, actor)
            before = told(session, row).newest_of(said.function)
            if before and (before.stance, before.text, before.given_by) == (said.stance, said.text, said.given_by):
                return told(session, row)
            session.add(said)
            session.flush()
            owner = tuple(filter(None, (proposal.owner_id,)))
            self._tell(session, EventKind.ADVISED, row, owner, said.text, actor)
            self._done(session, AuditAction.ADVISED, row, f"{said.function}: {said.stance} (round {row.number})", actor)
            return told(session, row)

    def _advice(self, session: Session, row: ReviewRow, request: AdviceRequest, actor: str) -> AdviceRow:
        function, stance = mapping.plain(request.function), _stance(request.stance)
        if function not in row.asked:
            raise ReviewRefused(
                message(
                    "Function: {name} is not asked in this round. Asked are {names}.",
                    name=quote(function_title(function)),
                    names=_named(row.asked),
                )
            )
        if function not in _functions_of(session, self._gate.person, row.asked):
            raise NotAllowed(message("Others speak for {function} here.", function=function_title(function)))
        said, name = _text(request.text), self._name(actor)
        if stance.needs_words and not said:
            raise ReviewRefused(message("Advice: say on which condition, or why not."))
        who = {"given_by": name, "given_by_id": self._gate.person_id, "given_at": self._now()}
        return AdviceRow(review_id=row.id, function=function, version=row.version, stance=stance, text=said, **who)

    @watched
    def request_changes(self, identity: str, number: int, text: str, actor: str = "") -> Review:
        """End the open round: something must change before this is decided. Raises ReviewRefused, NotAllowed."""
        with self._writing() as session:
            proposal, row = self._open(session, Action.REQUEST_CHANGES, identity, number)
            self._name(actor)
            if not text.strip():
                raise ReviewRefused(message("Changes: say what must change."))
            self._end(row, ReviewState.CHANGES_REQUESTED, text, actor)
            self._enter(session, proposal, Stage.CHANGES_REQUESTED)
            people = _owner_and_submitter(proposal, row)
            self._tell(session, EventKind.CHANGES_REQUESTED, row, people, row.closing, actor)
            self._done(session, AuditAction.CHANGES_REQUESTED, row, f"round {row.number}", actor)
            return told(session, row)

    @watched
    def set_stage(self, identity: str, stage: Stage, note: str = "", actor: str = "") -> None:
        """Say that what was decided is being built, is live or is retired. Raises ReviewRefused, NotAllowed."""
        with self._writing() as session:
            proposal = self._gate.proposal(session, Action.EDIT, identity)
            hold(session, proposal)
            if stage == proposal.stage:
                return
            if stage not in _to_set(session, proposal):
                raise ReviewRefused(_why_not(proposal, stage))
            said = _text(note)
            self._enter(session, proposal, stage)
            owner = tuple(filter(None, (proposal.owner_id,)))
            announce(session, self._gate, Event(EventKind.STAGE_CHANGED, proposal.id, owner, said, by=actor))
            detail = ": ".join(filter(None, (stage, said)))
            self._gate.write_down(session, Deed(AuditAction.STAGE, detail, proposal.id, typed=actor))

    # What these have in common -----------------------------------------------------------------

    def _open(self, session: Session, action: Action, identity: str, number: int) -> tuple[ProposalRow, ReviewRow]:
        """The open round of that number, which nobody else changes meanwhile. Raises ReviewRefused."""
        proposal = self._gate.proposal(session, action, identity)
        hold(session, proposal)
        row = session.scalars(open_round(identity)).one_or_none()
        if row is None:
            raise ReviewRefused(message("Nothing of this proposal is under review now."))
        if row.number != number:
            raise ReviewRefused(
                message("Round {number} was begun meanwhile. Look at it first.", number=str(row.number)),
            )
        return proposal, row

    def _name(self, actor: str) -> str:
        """Who speaks. Raises ReviewRefused where no name was given."""
        name = self._gate.name(actor).strip()
        if not name:
            raise ReviewRefused(message("Your name is missing: it stands beside what you say."))
        return name

    def _end(self, row: ReviewRow, state: ReviewState, said: str, actor: str) -> None:
        row.state, row.closing = state, _text(said)
        row.closed_by, row.closed_by_id, row.closed_at = self._gate.name(actor), self._gate.person_id, self._now()

    def _enter(self, session: Session, proposal: ProposalRow, stage: Stage) -> None:
        proposal.stage = stage
        session.flush()

    def _tell(
        self, session: Session, kind: EventKind, row: ReviewRow, to: Sequence[str], said: str, actor: str
    ) -> None:
        announce(session, self._gate, Event(kind, row.proposal_id, tuple(to), said, by=actor))

    def _done(self, session: Session, action: AuditAction, row: ReviewRow, detail: str, actor: str) -> None:
        session.flush()
        self._gate.write_down(session, Deed(action, detail, row.proposal_id, typed=actor))


def standing_in(session: Session, proposal: ProposalRow) -> Standing:
    """How far a proposal has come, and which version is under review."""
    row = session.scalars(open_round(proposal.id)).one_or_none()
    return Standing(Stage(proposal.stage), None if row is None else row.version)


def _asked(known: Sequence[Function], functions: Sequence[str]) -> tuple[str, ...]:
    """The functions that are asked, in the organisation's order, with those that always are. Raises ReviewRefused."""
    wanted, names = {mapping.plain(each) for each in functions}, [each.name for each in known]
    for each in sorted(wanted.difference(names)):
        raise ReviewRefused(
            message("Function: {name} is not one of {names}.", name=quote(function_title(each)), names=_named(names))
        )
    wanted.update(always_asked(known))
    return tuple(each for each in names if each in wanted)


def _check_version(proposal: ProposalRow, before: ReviewRow | None, version: int) -> None:
    if proposal.stage == Stage.IDEA:
        raise ReviewRefused(NOT_TAKEN_UP)
    if before is not None and before.version == version == proposal.version:
        raise ReviewRefused(message("Version {version} is under review already.", version=str(version)))
    if version != proposal.version:
        raise ReviewRefused(
            message(
                "Version {version} is not the newest any more: version {newest} is. Look at it before you submit.",
                version=str(version),
                newest=str(proposal.version),
            )
        )


def _functions_of(session: Session, person: Person, asked: Sequence[str]) -> tuple[str, ...]:
    """Those for which the person may speak; one that was taken off the list meanwhile, every reviewer."""
    return own_functions(functions_in(session), person, asked)


def _people_of(known: Sequence[Function], asked: Sequence[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(person for each in known if each.name in asked for person in each.people))


def _owner_and_submitter(proposal: ProposalRow, row: ReviewRow) -> tuple[str, ...]:
    return tuple(dict.fromkeys(filter(None, (proposal.owner_id, row.submitted_by_id))))


def _to_set(session: Session, proposal: ProposalRow) -> tuple[Stage, ...]:
    decision = session.scalars(queries.standing_decisions([proposal.id])).one_or_none()
    if decision is None or Outcome(decision.outcome) not in NAMING or Stage(proposal.stage) not in STAGES_BY_HAND:
        return ()
    return tuple(each for each in STAGES_BY_HAND if each != proposal.stage)


def _why_not(proposal: ProposalRow, stage: str) -> str:
    named = STAGES[Stage(stage)] if stage in tuple(Stage) else quote(stage)
    if stage not in STAGES_BY_HAND:
        return message(
            "Stage: {stage} is not one of {stages}.",
            stage=named,
            stages=listed([STAGES[each] for each in STAGES_BY_HAND]),
        )
    return message(
        "Stage: this is “{now}” and cannot be “{stage}” yet: that takes a decision to build, to pilot or to go a "
        "simpler way.",
        now=STAGES[Stage(proposal.stage)],
        stage=named,
    )


def _stance(stance: str) -> Stance:
    if stance not in tuple(Stance):
        said = listed([STANCES[each] for each in Stance])
        raise ReviewRefused(message("Advice: {stance} is not one of {stances}.", stance=quote(stance), stances=said))
    return Stance(stance)


def _text(typed: str) -> str:
    text = mapping.plain(typed.strip())
    if len(text) > LONGEST_TEXT:
        raise ReviewRefused(
            message(
                "Your text has {count} letters; at most {most} are kept.", count=str(len(text)), most=str(LONGEST_TEXT)
            )
        )
    return text


def _named(functions: Sequence[str]) -> str:
    return listed([function_title(each) for each in functions])
