"""A probe that a test holds in its hands: it goes on, ends, or fails when it is told to."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

import pytest

from app.probing import samples as held
from app.probing.header import Header
from app.probing.samples import Samples
from app.views.parts import measuring
from scoping.document.evidence import Evidence
from scoping.probe.asked import Asked
from tests.measured import measured


@dataclass
class Probe:
    """One probe under way."""

    asked: Asked
    is_done: bool = False
    was_cancelled: bool = False
    failure: Exception | None = None
    found: Evidence = field(default_factory=measured)

    def progress(self) -> tuple[float, str]:
        return 0.4, "signal"

    def cancel(self) -> None:
        self.was_cancelled = self.is_done = True

    def result(self) -> Evidence:
        if self.failure is not None:
            raise self.failure
        return self.found


class Probes:
    """All that were begun, and the samples of the server that begins them."""

    def __init__(self) -> None:
        self.begun: list[Probe] = []
        self.is_there = True
        self.samples = Samples(self._start, lambda _session: self.is_there)

    def _start(self, asked: Asked) -> Probe:
        self.begun.append(Probe(asked))
        return self.begun[-1]


@contextmanager
def on_the_pages(header: Header) -> Iterator[Probes]:
    """The pages measure with a stand-in; every file has this header."""
    probes = Probes()
    with pytest.MonkeyPatch.context() as patch:
        for module in (held, measuring):
            patch.setattr(module, "samples", lambda: probes.samples)
        patch.setattr(measuring, "read_header", lambda _path, _language: header)
        yield probes
    probes.samples.drop_all()
