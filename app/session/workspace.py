"""The proposal that a browser session has open: what it read, and what happens when it saves."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import InitVar, dataclass, field
from secrets import randbelow
from types import MappingProxyType
from typing import Any

from app.session.drafts import Drafts
from app.session.language import tell
from app.session.outcome import SaveOutcome, Unsaved, left_over
from app.session.pause import Pause
from app.session.person import person
from app.session.refused import sentence
from app.session.shared import store
from app.session.texts import typed_texts_are_safe
from app.session.together import Conflict, asked, news_of, others_fields, place_of_change, put_together
from app.session.undoing import Act, keep_done
from db import Action, DatabaseNotReady, Draft, Saved, StaleSave
from scoping import DocumentRefused, GroundworkError, Proposal, read, to_dict
from scoping.document.editing import change, without_rows, without_unknown
from scoping.document.paths import Path, value_at, with_value
from scoping.text.entry import Note

# Others may save between reading and saving again; more often than this, the next try waits a moment.
_TRIES = 5
_MANY = 10**9


class _Asked(Exception):
    """Someone else saved the same field meanwhile."""

    def __init__(self, conflict: Conflict) -> None:
        self.conflict = conflict


@dataclass
class Workspace:
    """One open proposal. `epoch` rises when its fields must show other values than were typed here.

    `wanted` is the document with what the database did not take yet, and `waiting` how that was typed, by path; the
    next try saves all of it. `restated` holds, by a widget's key, what was saved in the form in which it is shown from
    now on; `outdated` the keys of those that must show what the document holds again; `notes`, by path, what there is
    to say about what was typed there.
    """

    saved: Saved
    found: InitVar[Mapping[str, Draft]] = MappingProxyType({})
    drafts: Drafts = field(init=False)
    wanted: Proposal | None = None
    waiting: dict[str, str] = field(default_factory=dict)
    pause: Pause = field(default_factory=Pause)
    is_away: bool = False
    """True where the database did not answer when it was read."""
    epoch: int = 0
    number: int = field(default_factory=lambda: randbelow(_MANY))
    """Of this session: a browser that outlives a server takes the fields of the next one for other fields.

    Under the same key it would go on showing what the new session never heard of.
    """
    restated: dict[str, str] = field(default_factory=dict)
    outdated: set[str] = field(default_factory=set)
    notes: dict[str, tuple[Note, ...]] = field(default_factory=dict)
    conflict: Conflict | None = None
    news: str = ""
    last: Act | None = None
    """What this session saved last; a page may offer to take it back."""
    replaced: dict[str, int] = field(default_factory=dict)
    """How often another text or value took the place of what a field shows, by its path."""
    _plain: tuple[Proposal, dict[str, Any]] | None = None
    _allowed: frozenset[Action] | None = None

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
    def document(self) -> Mapping[str, Any]:
        """The proposal as a plain document, made once for all the fields of a page. It is to be read only."""
        if self._plain is None or self._plain[0] is not self.proposal:
            self._plain = (self.proposal, to_dict(self.proposal))
        return self._plain[1]

    @property
    def unsaved(self) -> list[str]:
        """The paths at which something stands that is not saved."""
        return list(dict.fromkeys([*(path for path, draft in self.drafts.items() if draft.problem), *self.waiting]))

    @property
    def is_waiting(self) -> bool:
        """True while something stands in this session alone, until the database answers."""
        return self.wanted is not None or self.drafts.is_behind

    def allowed(self) -> frozenset[Action]:
        """What the person may do with it; while the database is away, what it said last. Raises DatabaseNotReady."""
        if self._allowed is None:
            self._allowed = store().sharing.allowed(self.id)
        elif not self.is_away:
            try:
                self._allowed = store().sharing.allowed(self.id)
            except DatabaseNotReady:
                self.is_away = True
                self._no_answer()
        return self._allowed

    def key(self, path: str) -> str:
        """The key of the widget that edits a path. A field that shows someone else's value is another widget."""
        times = sum(many for place, many in self.replaced.items() if _overlap(place, path))
        return f"{self.id}:{self.number}.{self.epoch}{f'.{times}' if times else ''}:{path}"

    def set(self, path: str, value: Any, typed: str, *, kept_under: str = "") -> SaveOutcome:
        """Save another value at a path. What cannot be saved is kept as a draft, under the path or another name."""
        return self._save(path, typed, lambda: change(self.proposal, path, value), kept_under=kept_under)

    def remove_row(self, row: Path) -> SaveOutcome:
        """Save a list without one of its rows; what was typed in it and could not be saved goes with it."""
        index = int(row.last)
        kept = [each for number, each in enumerate(value_at(self.document, row.parent, [])) if number != index]
        outcome = self._save(row.parent, "", lambda: read(without_rows(self.document, row.parent, kept, {index})))
        if outcome.is_taken:
            self._forget_row(row)
            # What the fields remember counts from the rows as they were.
            self.epoch += 1
        return outcome

    def change_kind(self, bridge: dict[str, Any]) -> SaveOutcome:
        """Save another kind of task. Metrics that it does not know are taken out; the revisions keep them."""

        def changed() -> Proposal:
            document = with_value(to_dict(self.proposal), "bridge", bridge)
            return read(without_unknown(document))

        return self._save("bridge", "", changed)

    def _save(self, path: str, typed: str, make: Callable[[], Proposal], *, kept_under: str = "") -> SaveOutcome:
        draft = kept_under or path
        try:
            proposal = make()
        except DocumentRefused as refused:
            self.keep(draft, typed, sentence(self.proposal, refused, path))
            return SaveOutcome.REFUSED
        self.waiting[draft] = typed
        if self.conflict is not None:
            # One question at a time: the change joins what is waiting for the person's choice.
            self._ask(self.conflict.with_mine(change(self.conflict.mine, path, _value(proposal, path))))
            return SaveOutcome.STALE
        self.drafts.let_go(draft)
        self.wanted = proposal
        try:
            self._save_what_waits()
        except DatabaseNotReady:
            self._no_answer()
            return SaveOutcome.WAITING
        except GroundworkError as error:
            self._give_up(error)
            return SaveOutcome.FAILED
        return SaveOutcome.SAVED if self.conflict is None else SaveOutcome.STALE

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
            self.drafts.hold(Unsaved(path, typed, tell("Not saved: {error}", error=str(error)), SaveOutcome.FAILED))
        self.waiting.clear()
        self._tell_drafts()

    def _no_answer(self) -> None:
        if not self.pause.lasts:
            self.pause.lengthen()

    def _answered(self) -> None:
        self.pause.end()
        self.is_away = False

    def _tell_drafts(self) -> None:
        """Tell the database what was typed; where it does not answer, that waits too."""
        if self.pause.lasts:
            return
        try:
            self.drafts.catch_up()
        except DatabaseNotReady:
            self._no_answer()
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
        except DatabaseNotReady:
            self._no_answer()
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

    def undo(self) -> None:
        """Take back what this session saved last, as a new version. Raises UndoRefused, GroundworkError."""
        act = self.last
        self._save_what_waits()
        if act is None or self.conflict is not None:
            return
        now = store().get(self.id)
        undone = act.taken_back_from(now.proposal)
        self.saved = store().save(self.id, undone, now.version, person(), "undo")
        self.last = None
        self.epoch += 1

    def restore(self, version: int) -> None:
        """Save an older version again, as a new one; it can be undone. Raises NotFound, GroundworkError."""
        self._save_what_waits()
        now = store().get(self.id)
        older = store().revision(self.id, version).proposal
        self.saved = store().save(self.id, older, now.version, person(), f"version {version} restored")
        self.last = Act(now.proposal, older, tell("Version {version} was restored.", version=str(version)))
        self.conflict = None
        self.epoch += 1
        keep_done(None)

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

    def take_from_elsewhere(self, path: str) -> None:
        """Show here what another tab of the person keeps at a path; what stood here goes."""
        theirs = self.drafts.elsewhere.pop(path)
        self.replaced[path] = self.replaced.get(path, 0) + 1
        self.keep(path, theirs.text, theirs.problem, left_over({path: theirs})[path].outcome)

    def leave_elsewhere(self, path: str) -> None:
        """What another tab of the person keeps at a path is of no use."""
        self.drafts.elsewhere.pop(path, None)

    def _forget_row(self, row: Path) -> None:
        """A row is gone, and what was typed in it goes with it; what was typed in the rows after it moves up."""
        for path, draft in list(self.drafts.items()):
            place = Path(path)
            if len(place.keys) <= len(row.keys) or not place.is_within(row.parent):
                continue
            index, *rest = place.after(row.parent)
            if int(index) >= int(row.last):
                self.forget(path)
            if int(index) > int(row.last):
                self.keep(Path.of(*row.parent.keys, int(index) - 1, *rest), draft.text, draft.problem, draft.outcome)

    def settle(self, chosen: Proposal) -> SaveOutcome:
        """Save the version that the person chose after a conflict. Then nothing waits for that choice any more."""
        assert self.conflict is not None
        theirs = self.conflict.theirs
        try:
            self.saved = store().save(self.id, chosen, theirs.version, person())
        except StaleSave as stale:
            self.conflict = asked(theirs.proposal, chosen, stale.current)
            if self.conflict.clashes:
                return SaveOutcome.STALE
            return self.settle(read(self.conflict.merge.document))
        self.conflict = None
        for path in [path for path, draft in self.drafts.items() if draft.outcome is SaveOutcome.STALE]:
            self.forget(path)
        self.epoch += 1
        return SaveOutcome.SAVED

    def refresh(self) -> None:
        """Take over what someone else saved, unless this session has a choice to make first. Raises NotFound."""
        if self.conflict is not None or ((self.is_waiting or self.is_away) and not self.try_again()):
            return
        try:
            if store().version(self.id) != self.saved.version:
                self._take_newer()
        except DatabaseNotReady:
            self.is_away = True
            self._no_answer()

    def _take_newer(self) -> None:
        shown, found = self.saved, store().drafts(self.id)
        self._take_over(store().get(self.id), shown.proposal)
        for path in self.drafts.merge(found):
            self.replaced[path] = self.replaced.get(path, 0) + 1
        self.news = news_of(shown.proposal, self.saved, merged=False)


def _overlap(place: str, path: str) -> bool:
    """Whether a widget shows a place, or a part of it. What follows a path in the name of a widget is no part of it."""
    one, other = (Path(each.partition(":")[0]) for each in (place, path))
    return one.is_within(other) or other.is_within(one)


def _value(proposal: Proposal, path: str) -> Any:
    return value_at(to_dict(proposal), path)
