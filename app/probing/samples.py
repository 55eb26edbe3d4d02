"""Which samples this server holds, which probes run, who waits for one, and when each sample is removed.

A sample lies in a private folder from its upload until its probe has ended, it is put aside, the session is gone, or
nobody has looked at it for a while. What stays is the evidence: counts, quantiles and scores.
"""

from __future__ import annotations

import atexit
import contextlib
import logging
import shutil
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import BinaryIO, Protocol

from streamlit import runtime

from app.probing.folder import private_folder, remove, safe_name
from app.probing.header import Header
from scoping import GroundworkError, Refused
from scoping.document.evidence import Evidence
from scoping.probe.asked import Asked
from scoping.text.languages import counted, message

MOST_AT_ONCE = 2
"""So many probes run at once on one server: each takes a core, and up to some gigabytes of memory."""
MOST_HELD = 12
"""So many samples lie here at once, at most."""
_UNTOUCHED_SECONDS = 1_800.0
_GONE_SECONDS = 60.0
_LOOK_SECONDS = 0.5
_LOG = logging.getLogger("groundwork")


class TooManySamples(Refused):
    """The server holds as many samples as it may."""


class RunningProbe(Protocol):
    """A probe in a process of its own."""

    @property
    def is_done(self) -> bool:
        """Whether there is a result, or there will be none."""
        ...

    def progress(self) -> tuple[float, str]:
        """How far it is, 0 to 1, and the code of what it does now."""
        ...

    def cancel(self) -> None:
        """End it, with all that it has written."""
        ...

    def result(self) -> Evidence:
        """What was measured. Raises SourceRefused, ProbeEnded."""
        ...


Start = Callable[[Asked], RunningProbe]


@dataclass
class Sample:
    """One uploaded file, and what its header says; evidence or a problem is there once its probe has ended."""

    owner: str
    session: str
    name: str
    path: Path
    size: int
    header: Header = field(default_factory=Header)
    asked: Asked | None = None
    running: RunningProbe | None = None
    evidence: Evidence | None = None
    problem: str = ""
    seen: float = field(default_factory=time.monotonic)

    @property
    def number(self) -> str:
        """Its own among all samples of this server."""
        return self.path.parent.name

    @property
    def is_waiting(self) -> bool:
        """Asked for, and not begun yet."""
        return self.asked is not None and self.running is None and not self.has_ended

    @property
    def has_ended(self) -> bool:
        """True where there is a result, or a reason why there is none."""
        return self.evidence is not None or bool(self.problem)


class Samples:
    """All samples of one server, one for each owner: a person with a proposal."""

    def __init__(self, start: Start, is_there: Callable[[str], bool]) -> None:
        self._start, self._is_there = start, is_there
        self._folder: Path | None = None
        self._held: dict[str, Sample] = {}
        self._lock = threading.RLock()
        self._watching: threading.Thread | None = None

    def of(self, owner: str, session: str) -> Sample | None:
        """The owner's sample; that it is looked at, and from which session, keeps it."""
        with self._lock:
            found = self._held.get(owner)
            if found is not None:
                found.seen, found.session = time.monotonic(), session
            return found

    def hold(self, owner: str, session: str, name: str, file: BinaryIO) -> Sample:
        """Take a file in. What the owner had before is removed. Raises TooManySamples."""
        self.drop(owner)
        with self._lock:
            if len(self._held) >= MOST_HELD:
                raise TooManySamples(
                    message("This server holds as many samples as it may. Try again in a few minutes.")
                )
            path = self._place(safe_name(name))
            sample = Sample(owner, session, name, path, 0)
            self._held[owner] = sample
            self._watch()
        try:
            with path.open("wb") as target:
                shutil.copyfileobj(file, target)
        except OSError:
            self.drop(owner)
            raise TooManySamples(
                message("This server has no room for the sample. Try again later, or measure it with the command.")
            ) from None
        sample.size = path.stat().st_size
        return sample

    def ask(self, sample: Sample, asked: Asked) -> None:
        """Have it measured, as soon as fewer than MOST_AT_ONCE others run."""
        with self._lock:
            sample.asked = asked
        self.look()

    def before(self, sample: Sample) -> int:
        """How many probes run or wait before this one."""
        with self._lock:
            others = [each for each in self._held.values() if each is not sample]
            waiting = list(self._held.values())
            ahead = [each for each in waiting[: waiting.index(sample)] if each.is_waiting] if sample in waiting else []
            return sum(each.running is not None and not each.has_ended for each in others) + len(ahead)

    def drop(self, owner: str) -> None:
        """Remove the owner's sample, and end its probe."""
        with self._lock:
            found = self._held.pop(owner, None)
        if found is not None:
            self._end(found)

    def drop_all(self) -> None:
        """Remove every sample and the folder: the server ends."""
        for owner in list(self._held):
            self.drop(owner)
        with self._lock:
            if self._folder is not None:
                remove(self._folder)
                self._folder = None

    def look(self) -> None:
        """Take results in, remove what nobody waits for, and begin what waits."""
        with self._lock:
            for owner, each in list(self._held.items()):
                self._take_in(each)
                if self._is_left(each):
                    self.drop(owner)
            for each in self._next():
                self._begin(each)

    def _next(self) -> Iterator[Sample]:
        """Those whose turn it is, in the order in which they came."""
        running = sum(each.running is not None and not each.has_ended for each in self._held.values())
        waiting = [each for each in self._held.values() if each.is_waiting]
        yield from waiting[: max(MOST_AT_ONCE - running, 0)]

    def _begin(self, sample: Sample) -> None:
        assert sample.asked is not None
        try:
            sample.running = self._start(sample.asked)
        except GroundworkError as error:
            self._end(sample, str(error.args[0]))

    def _take_in(self, sample: Sample) -> None:
        """What a probe that has ended found; its file is removed."""
        if sample.running is None or sample.has_ended or not sample.running.is_done:
            return
        try:
            sample.evidence = sample.running.result()
            self._remove(sample)
        except GroundworkError as error:
            self._end(sample, error.args[0])
        except Exception as error:
            # Its words may hold a value of the data: the log learns its kind alone.
            _LOG.error("a probe failed", extra={"ids": {"kind": type(error).__name__}})
            self._end(sample, message("The probe ended without a result. Nothing of the sample was kept."))

    def _end(self, sample: Sample, problem: str = "") -> None:
        sample.problem = problem or sample.problem
        if sample.running is not None:
            with contextlib.suppress(GroundworkError, OSError):
                sample.running.cancel()
        self._remove(sample)

    def _remove(self, sample: Sample) -> None:
        remove(sample.path.parent)

    def _is_left(self, sample: Sample) -> bool:
        """Nobody looks at it any more: its tab is closed, or it was never gone on with."""
        untouched = time.monotonic() - sample.seen
        is_running = sample.running is not None and not sample.has_ended
        if untouched > _GONE_SECONDS and not self._is_there(sample.session):
            return True
        return untouched > _UNTOUCHED_SECONDS and not is_running

    def _place(self, name: str) -> Path:
        if self._folder is None:
            self._folder = private_folder()
            atexit.register(self.drop_all)
        own = self._folder / f"{time.monotonic_ns():x}"
        own.mkdir(mode=0o700)
        return own / name

    def _watch(self) -> None:
        if self._watching is None or not self._watching.is_alive():
            self._watching = threading.Thread(target=self._look_on, name="samples", daemon=True)
            self._watching.start()

    def _look_on(self) -> None:
        while self._held:
            time.sleep(_LOOK_SECONDS)
            self.look()


def waiting_said(before: int) -> str:
    """What somebody is told whose probe has not begun."""
    return counted(
        "{count} other probe is running or waiting on this server; yours begins by itself. You can leave this page.",
        "{count} other probes are running or waiting on this server; yours begins by itself. You can leave this page.",
        before,
    )


def _is_there(session: str) -> bool:
    """Whether a browser tab is still connected. Where there is no server, as in a test, it is."""
    return not runtime.exists() or runtime.get_instance().is_active_session(session)


def _begin(asked: Asked) -> RunningProbe:
    from scoping.probe.running import start  # only who measures pays for it

    return start(asked)


@cache
def samples() -> Samples:
    """The samples of this server."""
    return Samples(_begin, _is_there)
