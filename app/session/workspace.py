"""The proposal that a browser session has open: what it read, and what happens when it saves."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass, field, replace
from secrets import randbelow
from typing import Any

from app.session.language import tell
from app.session.outcome import SaveOutcome, left_over
from app.session.person import person
from app.session.refused import sentence
from app.session.saving import Saving
from app.session.scored import Learned, learned
from app.session.shared import store
from app.session.together import asked, news_of
from app.session.undoing import Act, keep_done
from db import Action, DatabaseNotReady, StaleSave, Surroundings
from scoping import DocumentRefused, GroundworkError, Proposal, read, to_dict
from scoping.document.editing import change, gives_way, speaking_of, without_rows, without_unknown
from scoping.document.paths import Path, value_at
from scoping.text.entry import Note
from scoping.text.ranges import QUANTILES

_MANY = 10**9


@dataclass
class Workspace(Saving):
    """One open proposal. `epoch` rises when its fields must show other values than were typed here.

    `restated` holds, by a widget's key, what was saved in the form in which it is shown from now on; `outdated` the
    keys of those that must show what the document holds again; `notes`, by path, what there is to say about what was
    typed there.
    """

    epoch: int = 0
    number: int = field(default_factory=lambda: randbelow(_MANY))
    """Of this session: a browser that outlives a server takes the fields of the next one for other fields.

    Under the same key it would go on showing what the new session never heard of.
    """
    restated: dict[str, str] = field(default_factory=dict)
    outdated: set[str] = field(default_factory=set)
    notes: dict[str, tuple[Note, ...]] = field(default_factory=dict)
    commented: Mapping[str, int] = field(default_factory=dict)
    """How many threads of comments are open about each place, as it was at the beginning of the run."""
    drawn: dict[str, None] = field(default_factory=dict)
    """The places that the page shows, in their order."""
    _plain: tuple[Proposal, dict[str, Any]] | None = None
    _around: Surroundings | None = None
    _learned: Learned | None = None
    _has_asked: bool = False

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

    def allowed(self) -> frozenset[Action]:
        """What the person may do with it; while the database is away, what it said last. Raises DatabaseNotReady."""
        return self.around().allowed

    def around(self) -> Surroundings:
        """What stands around the document, as it was at the beginning of the run; while the database is away, before.

        Raises DatabaseNotReady where it never answered.
        """
        if self._around is None:
            self._around = store().surroundings.of(self.id)
        return self._around

    def learned(self) -> Learned | None:
        """What the decided proposals that the person may see say to who estimates this one, itself left out.

        Of the demo portfolio, where this is part of it: the two never mix. As it was at the beginning of the run; None
        while nobody can say.
        """
        if not self._has_asked:
            with suppress(DatabaseNotReady):
                self._learned, self._has_asked = self._learn(), True
        return self._learned

    def _learn(self) -> Learned | None:
        is_demo = self.around().is_demo
        found = [each for each in store().actuals.recorded(is_demo=is_demo) if each.proposal_id != self.id]
        return learned(found, is_demo=is_demo) if found else None

    def key(self, path: str) -> str:
        """The key of the widget that edits a path. A field that shows someone else's value is another widget."""
        times = sum(many for place, many in self.replaced.items() if _overlap(place, path))
        return f"{self.id}:{self.number}.{self.epoch}{f'.{times}' if times else ''}:{path}"

    def set(self, path: str, value: Any, typed: str, *, kept_under: str = "") -> SaveOutcome:
        """Save another value at a path. What cannot be saved is kept as a draft, under the path or another name."""
        emptied = gives_way(self.proposal, Path(path), value)
        outcome = self._save(path, typed, lambda: change(self.proposal, path, value), kept_under=kept_under)
        if emptied and outcome.is_taken:
            self._empty(emptied)
        return outcome

    def _empty(self, path: Path) -> None:
        """What stood at a path gave way to something else: its boxes show it."""
        self.forget(path)
        self.notes.pop(path, None)
        self.outdated.update(self.key(place) for place in (path, *(f"{path}:{name}" for name in QUANTILES)))

    def remove_row(self, row: Path) -> SaveOutcome:
        """Save a list without one of its rows; what was typed in it and could not be saved goes with it."""
        index = int(row.last)
        kept = [each for number, each in enumerate(value_at(self.document, row.parent, [])) if number != index]
        gone = [row, *speaking_of(self.document, row)]
        outcome = self._save(row.parent, "", lambda: read(without_rows(self.document, row.parent, kept, {index})))
        if outcome.is_taken:
            for each in gone:
                self._forget_row(each)
            # What the fields remember counts from the rows as they were.
            self.epoch += 1
        return outcome

    def restructure(self, changed: Callable[[Mapping[str, Any]], dict[str, Any]]) -> SaveOutcome:
        """Save another kind of task, or part of it. What it does not know is taken out; the revisions keep it."""
        # Metrics go by other names then: an open choice is asked again about all that this session wants.
        return self.rewrite("bridge", lambda before: read(without_unknown(changed(before))))

    def rewrite(self, path: str, changed: Callable[[Mapping[str, Any]], Proposal], said: str = "") -> SaveOutcome:
        """Save a change of several places as one version; what cannot be saved is kept as a draft under the path.

        `said` is told beside the button that takes it back.
        """
        before = self.document if self.conflict is None else to_dict(self.conflict.mine)
        outcome = self._save(path, "", lambda: changed(before), is_whole=True)
        if outcome.is_taken:
            # What the fields remember counts from the places as they were.
            self.epoch += 1
        if said and outcome is SaveOutcome.SAVED and self.last is not None:
            self.last = replace(self.last, said=said)
        return outcome

    def _save(
        self, path: str, typed: str, make: Callable[[], Proposal], *, kept_under: str = "", is_whole: bool = False
    ) -> SaveOutcome:
        draft = kept_under or path
        try:
            proposal = make()
        except DocumentRefused as refused:
            self.keep(draft, typed, sentence(self.proposal, refused, path))
            return SaveOutcome.REFUSED
        self.waiting[draft] = typed
        if self.conflict is not None:
            # One question at a time: the change joins what is waiting for the person's choice.
            mine = proposal if is_whole else change(self.conflict.mine, path, _value(proposal, path))
            self._ask(self.conflict.with_mine(mine))
            return SaveOutcome.STALE
        self.drafts.let_go(draft)
        self.wanted = proposal
        try:
            self._save_what_waits()
        except DatabaseNotReady as why:
            self._no_answer(why)
            return SaveOutcome.WAITING
        except GroundworkError as error:
            self._give_up(error)
            return SaveOutcome.FAILED
        return SaveOutcome.SAVED if self.conflict is None else SaveOutcome.STALE

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
        if self.is_away if self.conflict else (self.is_waiting or self.is_away) and not self.try_again():
            return
        try:
            self._around, self._has_asked = store().surroundings.of(self.id), False
            if self.conflict is None and self._around.version != self.saved.version:
                self._take_newer()
        except DatabaseNotReady as why:
            self.is_away = True
            self._no_answer(why)

    def _take_newer(self) -> None:
        shown, found = self.saved, store().drafts(self.id)
        self._take_over(store().get(self.id), shown.proposal)
        for path in self.drafts.merge(found):
            self.replaced[path] = self.replaced.get(path, 0) + 1
        self.news = news_of(shown.proposal, self.saved, merged=False)


def _overlap(place: str, path: str) -> bool:
    """Whether a widget shows a place, or a part of it. What follows a path in the name of a widget is no part of it."""
    one, other = (Path(each.partition(":")[0]) for each in (place, path))
    return one.overlaps(other)


def _value(proposal: Proposal, path: str) -> Any:
    return value_at(to_dict(proposal), path)
