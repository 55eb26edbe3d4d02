"""How long measuring may take, and what had to be left out."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass, field

from ..asked import Progress

Clock = Callable[[], float]


@dataclass
class Budget:
    """Seconds for the whole, told to whoever waits. The plan of work follows from the data's size, so that the same
    seed gives the same figures; the clock only ends what would take too long, and that is then said."""

    seconds: float
    progress: Progress
    clock: Clock = time.monotonic
    not_done: list[str] = field(default_factory=list)
    started: float = 0.0

    def __post_init__(self) -> None:
        self.started = self.clock()

    @property
    def spent(self) -> float:
        """The share of the time that is gone: 1 and more where it is over."""
        return (self.clock() - self.started) / max(self.seconds, 1e-9)

    def has(self, share: float) -> bool:
        """True while no more than this share of the time is gone."""
        return self.spent < share

    def tell(self, done: float, doing: str) -> None:
        """How far it is, 0 to 1, and what it does now."""
        self.progress(done, doing)

    def leave_out(self, code: str) -> None:
        """Something is not measured, and why."""
        if code not in self.not_done:
            self.not_done.append(code)
