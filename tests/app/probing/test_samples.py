"""A sample lies on the server until its probe has ended, and not a moment longer."""

from __future__ import annotations

import io
import os
import stat
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from app.probing import folder, samples
from app.probing.folder import remove_what_was_left, safe_name
from app.probing.samples import MOST_AT_ONCE, MOST_HELD, Sample, TooManySamples
from scoping.errors import ProbeEnded, SourceRefused
from scoping.probe.asked import Asked, Roles
from tests.app.probing.standing_in import Probes

CSV = b"secret,target\n1,0\n"


@pytest.fixture
def temporary(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Where the system keeps what is temporary."""
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    return tmp_path


@pytest.fixture
def probes(temporary: Path) -> Iterator[Probes]:
    found = Probes()
    yield found
    found.samples.drop_all()


def held(probes: Probes, owner: str = "ana:1", name: str = "claims.csv") -> Sample:
    return probes.samples.hold(owner, "session", name, io.BytesIO(CSV))


def asked(probes: Probes, owner: str = "ana:1") -> Sample:
    sample = held(probes, owner)
    probes.samples.ask(sample, Asked(str(sample.path), Roles("target")))
    return sample


def files_in(place: Path) -> list[Path]:
    return [each for each in place.rglob("*") if each.is_file()]


def test_only_this_user_may_look_into_the_folder_of_samples(probes: Probes, temporary: Path) -> None:
    sample = held(probes)
    assert sample.path.read_bytes() == CSV
    for place in (sample.path.parent, sample.path.parent.parent):
        assert stat.S_IMODE(place.stat().st_mode) == 0o700
    assert sample.path.is_relative_to(temporary)


def test_a_sample_is_removed_when_its_probe_has_ended_and_the_evidence_stays(probes: Probes, temporary: Path) -> None:
    sample = asked(probes)
    assert files_in(temporary)
    probes.begun[0].is_done = True
    probes.samples.look()
    assert not files_in(temporary)
    found = probes.samples.of("ana:1", "session")
    assert found is sample
    assert found.evidence == probes.begun[0].found


@pytest.mark.parametrize(
    ("failure", "said"),
    [
        (SourceRefused("The target has one value only."), "The target has one value only."),
        (ProbeEnded("It took longer than 600 seconds."), "It took longer than 600 seconds."),
        (RuntimeError("value 4711 of column secret"), "The probe ended without a result"),
    ],
)
def test_a_probe_that_fails_says_so_and_leaves_nothing(
    probes: Probes, temporary: Path, failure: Exception, said: str, caplog: pytest.LogCaptureFixture
) -> None:
    sample = asked(probes)
    probes.begun[0].failure, probes.begun[0].is_done = failure, True
    probes.samples.look()
    assert sample.problem.startswith(said)
    assert not files_in(temporary)
    assert "4711" not in caplog.text


def test_to_put_a_sample_aside_ends_its_probe_and_removes_it(probes: Probes, temporary: Path) -> None:
    asked(probes)
    probes.samples.drop("ana:1")
    assert probes.begun[0].was_cancelled
    assert probes.samples.of("ana:1", "session") is None
    assert not files_in(temporary)


def test_another_file_takes_the_place_of_the_one_before(probes: Probes, temporary: Path) -> None:
    asked(probes)
    held(probes, name="other.csv")
    assert probes.begun[0].was_cancelled
    assert [each.name for each in files_in(temporary)] == ["other.csv"]


def test_a_closed_tab_ends_the_probe_after_a_moment(
    probes: Probes, temporary: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked(probes)
    probes.is_there = False
    probes.samples.look()
    assert files_in(temporary), "a tab that is loaded again finds its probe"
    monkeypatch.setattr(samples, "_GONE_SECONDS", 0.0)
    probes.samples.look()
    assert probes.begun[0].was_cancelled
    assert not files_in(temporary)


def test_a_sample_that_nobody_goes_on_with_is_removed(
    probes: Probes, temporary: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    held(probes)
    monkeypatch.setattr(samples, "_UNTOUCHED_SECONDS", 0.0)
    probes.samples.look()
    assert not files_in(temporary)


def test_what_is_held_is_looked_at_by_itself(probes: Probes, temporary: Path) -> None:
    sample = asked(probes)
    probes.begun[0].is_done = True
    until = time.monotonic() + 60
    while not sample.has_ended and time.monotonic() < until:
        time.sleep(0.05)
    assert sample.evidence is not None
    assert not files_in(temporary)


def test_so_many_probes_run_at_once_and_the_next_one_begins_by_itself(probes: Probes) -> None:
    running = [asked(probes, f"person:{number}") for number in range(MOST_AT_ONCE)]
    waiting = asked(probes, "late")
    last = asked(probes, "later")
    assert [each.is_waiting for each in (*running, waiting, last)] == [False] * MOST_AT_ONCE + [True, True]
    assert probes.samples.before(waiting) == MOST_AT_ONCE
    assert probes.samples.before(last) == MOST_AT_ONCE + 1
    probes.begun[0].is_done = True
    probes.samples.look()
    assert not waiting.is_waiting
    assert last.is_waiting


def test_a_server_holds_so_many_samples(probes: Probes) -> None:
    for number in range(MOST_HELD):
        held(probes, f"person:{number}")
    with pytest.raises(TooManySamples, match="as many samples as it may"):
        held(probes, "one too many")
    held(probes, "person:0")


@pytest.mark.parametrize(
    ("name", "kept"),
    [
        ("claims.csv", "claims.csv"),
        ("../../etc/passwd", "_.._etc_passwd"),
        ("a#b?c://d\x00\n.csv", "a_b_c___d__.csv"),
        ("...", "sample"),
        ("é" * 400 + ".csv", "é" * 58 + ".csv"),
        ("\ud800.csv", "_.csv"),
    ],
)
def test_a_file_keeps_its_name_without_what_would_mean_something(name: str, kept: str) -> None:
    assert safe_name(name) == kept


def test_what_an_earlier_server_left_behind_is_removed(temporary: Path) -> None:
    gone = subprocess.run([sys.executable, "-c", "import os; print(os.getpid())"], capture_output=True, check=True)
    left = temporary / f"groundwork-samples-{int(gone.stdout)}-abc"
    copy = temporary / f"groundwork-probe-{int(gone.stdout)}-abc"
    same = temporary / f"groundwork-samples-{os.getpid()}-abc"
    alive = temporary / f"groundwork-samples-{os.getppid()}-abc"
    for each in (left, copy, same, alive):
        each.mkdir()
        (each / "claims.csv").write_bytes(CSV)
    remove_what_was_left()
    assert [each.exists() for each in (left, copy, same, alive)] == [False, False, False, True]
    folder.remove(alive)


class _Broken(io.BytesIO):
    def read(self, _size: int | None = -1) -> bytes:
        raise OSError("No space left on device")


def test_a_server_without_room_says_so_and_keeps_nothing(probes: Probes, temporary: Path) -> None:
    with pytest.raises(TooManySamples, match="no room"):
        probes.samples.hold("ana:1", "session", "claims.csv", _Broken())
    assert probes.samples.of("ana:1", "session") is None
    assert not files_in(temporary)


def test_when_the_server_ends_nothing_is_left(probes: Probes, temporary: Path) -> None:
    asked(probes)
    probes.samples.drop_all()
    assert probes.begun[0].was_cancelled
    assert not list(temporary.iterdir())
