"""Parts of a study that take a while are worked out behind the page, one after another, for everybody who asks.

One thread is enough: each part uses all processors that it may. No page waits for it, and what is found is kept.
"""

from __future__ import annotations

import logging
import threading
from collections import deque
from collections.abc import Callable, Hashable
from dataclasses import dataclass

from scoping import GroundworkError
from scoping.portfolio.asking import Tell
from scoping.text.languages import message


@dataclass
class Work:
    """One part: how many of its choices are made, of how many; nobody knows that before it is begun."""

    make: Callable[[Tell], None]
    done: int = 0
    many: int = 0
    is_over: bool = False
    refused: GroundworkError | None = None

    @property
    def share(self) -> float:
        """How much of it is done, from 0 to 1."""
        return self.done / max(self.many, 1)

    def told(self) -> str:
        """How far it is, in words."""
        if not self.many:
            return message("Choosing again under other conditions")
        return message(
            "Choosing again under other conditions: {done} of {many}", done=str(self.done), many=str(self.many)
        )

    def tell(self, done: int, many: int) -> None:
        """How far it is."""
        self.done, self.many = done, many

    def run(self) -> None:
        """Make it, whatever comes of it: who asks is told a refusal, and asks again after anything else."""
        try:
            self.make(self.tell)
        except GroundworkError as why:
            self.refused = why
        except Exception as why:  # whatever it is: the thread goes on with what waits
            logging.getLogger("groundwork").exception("A part of a choice could not be worked out")
            self.refused = GroundworkError(message("This could not be worked out: {why}.", why=type(why).__name__))
        finally:
            self.is_over = True


class Behind:
    """What is being worked out and what waits for it. It may be asked from any thread."""

    def __init__(self) -> None:
        self._guard = threading.Lock()
        self._asked: dict[Hashable, Work] = {}
        self._waiting: deque[Work] = deque()
        self._is_running = False

    def work(self, key: Hashable, make: Callable[[Tell], None]) -> Work:
        """The work of this name, begun where it is not under way; one that was refused is given once."""
        with self._guard:
            known = self._asked.get(key)
            if known is not None and known.is_over:
                del self._asked[key]
            if known is not None and (known.refused or not known.is_over):
                return known
            new = self._asked[key] = Work(make)
            self._waiting.append(new)
            if self._is_running:
                return new
            self._is_running = True
        threading.Thread(target=self._run, daemon=True).start()
        return new

    def _run(self) -> None:
        while (work := self._next()) is not None:
            work.run()

    def _next(self) -> Work | None:
        with self._guard:
            if self._waiting:
                return self._waiting.popleft()
            self._is_running = False
            return None


BEHIND = Behind()
