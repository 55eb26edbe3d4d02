"""What one session wants saved of a proposal, and what becomes of it: saved, merged, asked about, or waiting."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import InitVar, dataclass, field
from types import MappingProxyType

from app.session.drafts import Drafts
from app.session.language import tell
from app.session.outcome import SaveOutcome, Unsaved
from app.session.pause import Pause
from app.session.person import person
from app.session.shared import store
from app.session.texts import typed_texts_are_safe
from app.session.together import Conflict, news_of, others_fields, place_of_change, put_together
from app.session.undoing import Act, keep_done
from db import DatabaseNotReady, Draft, Failure, Saved, StaleSave
from scoping import GroundworkError, Proposal

# Others may save between reading and saving again; more often than this, the next try waits a moment.
_TRIES = 5


class _Asked(Exception):
    """Someone else saved the same field meanwhile."""

    def __init__(self, conflict: Conflict) -> None:
        self.conflict = conflict


@dataclass
class Saving:
    """A proposal between this session and the database.

    `wanted` is the document with what the database did not take yet, and `waiting` how that was typed, by path; the
    next try saves all of it.
    """

    saved: Saved
    found: InitVar[Mapping[str, Draft]] = MappingProxyType({})
    drafts: Drafts = field(init=False)
    wanted: Proposal | None = None
    waiting: dict[str, str] = field(default_factory=dict)
    pause: Pause = field(default_factory=Pause)
    is_away: bool = False
    """True where the database did not answer when it was read."""
    failure: Failure | None = None
    """Why it waits, as the last try said it."""
    conflict: Conflict | None = None
    news: str = ""
    last: Act | None = None
    """What this session saved last; a page may offer to take it back."""
    replaced: dict[str, int] = field(default_factory=dict)
    """How often another text or value took the place of what a field shows, by its path."""

    def __post_init__(self, found: Mapping[str, Draft]) -> None:
        self.drafts = Drafts(self.saved.id, found)

    @property
    def id(self) -> str:
        """The proposal's id."""
        return self.saved.id

    @property
    def proposal(self) -> Proposal:
        """The document as this session last read or saved it, with what waits to be saved."""
        return self.saved.proposal if self.wanted is None else self.wanted

    @property
    def is_waiting(self) -> bool:
        """True while something stands in this session alone, until the database answers."""
        return self.wanted is not None or self.drafts.is_behind

    def _save_what_waits(self) -> None:
        """Save the document that is wanted, or ask about it. Raises GroundworkError; then it goes on waiting."""
        if self.wanted is None:
            return
        if self.pause.lasts:
            raise DatabaseNotReady("The database did not answer a moment ago.")
        try:
            self._store(self.wanted)
        except _Asked as asking:
            self._ask(asking.conflict)
        self.wanted = None
        self.waiting.clear()
        self._answered()
        self._tell_drafts()
        # The framework may end a callback here; everything is safe by now.
        keep_done(None)

    def _ask(self, conflict: Conflict) -> None:
        """The person chooses; until then all that was to be saved is kept as it was typed."""
        self.conflict = conflict
        for path, typed in self.waiting.items():
            problem = tell("Not saved: someone else saved meanwhile.")
            self.drafts.hold(Unsaved(path, typed, problem, SaveOutcome.STALE))
        self.waiting.clear()
        self._tell_drafts()

    def _give_up(self, error: GroundworkError) -> None:
        """Nobody may save it as it is, so no later try would: it is kept as it was typed."""
        self.wanted = None
        for path, typed in self.waiting.items():
            self.drafts.hold(
                Unsaved(path, typed, tell("Not saved: {error}", error=str(error.args[0])), SaveOutcome.FAILED)
            )
        self.waiting.clear()
        self._tell_drafts()

    def _no_answer(self, why: DatabaseNotReady) -> None:
        if not self.pause.lasts:
            self.pause.lengthen()
            self.failure = why.failure

    def _answered(self) -> None:
        self.pause.end()
        self.is_away = False
        self.failure = None

    def _tell_drafts(self) -> None:
        """Tell the database what was typed; where it does not answer, that waits too."""
        if self.pause.lasts:
            return
        try:
            self.drafts.catch_up()
        except DatabaseNotReady as why:
            self._no_answer(why)
        if not self.is_waiting:
            typed_texts_are_safe()

    def try_again(self) -> bool:
        """Save what waits, once the pause since the last try is over. True where nothing waits any more."""
        if self.pause.lasts:
            return False
        try:
            self._save_what_waits()
            self.drafts.catch_up()
            if self.is_away:
                store().version(self.id)
        except DatabaseNotReady as why:
            self._no_answer(why)
            return False
        except GroundworkError as error:
            self._give_up(error)
        self._answered()
        typed_texts_are_safe()
        return True

    def _store(self, proposal: Proposal, note: str = "") -> None:
        """Save it, together with what others saved meanwhile. Raises _Asked, GroundworkError."""
        before, wanted, version = self.saved, proposal, self.saved.version
        for _ in range(_TRIES):
            try:
                saved = store().save(self.id, wanted, version, person(), note)
            except StaleSave as stale:
                found = put_together(before.proposal, proposal, stale.current)
                if isinstance(found, Conflict):
                    raise _Asked(found) from None
                wanted, version = found, stale.current.version
                self.news = news_of(before.proposal, stale.current, merged=True)
                continue
            self._take_over(saved, shown=proposal)
            if saved.version != before.version:
                self.last = Act(before.proposal, proposal)
            return
        raise DatabaseNotReady("Others save this proposal all the time.")

    def _take_over(self, saved: Saved, shown: Proposal) -> None:
        """Show what is saved now: of the fields on the screen only those that others changed."""
        self.saved = saved
        if saved.proposal == shown:
            return
        for place in {place_of_change(each) for each in others_fields(shown, saved.proposal)}:
            self.replaced[place] = self.replaced.get(place, 0) + 1

    def keep(self, path: str, typed: str, problem: str, outcome: SaveOutcome = SaveOutcome.REFUSED) -> None:
        """Keep what was typed, in this session and in the database."""
        self.drafts.hold(Unsaved(path, typed, problem, outcome))
        self._tell_drafts()

    def keep_unfinished(self, path: str, typed: str, problem: str = "") -> None:
        """Keep how something was typed that is not complete. Without a problem, what there is counts and is saved."""
        self.keep(path, typed, problem, SaveOutcome.UNFINISHED)

    def forget(self, path: str) -> None:
        """The field is saved: its draft is of no use any more."""
        self.drafts.let_go(path)
        self._tell_drafts()
