"""A probe in a process of its own: it is told what it does, it can be stopped, and nothing of it stays."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from scoping.errors import ProbeEnded, SourceRefused
from scoping.probe import running as module
from scoping.probe.asked import Asked, Limits, Roles
from scoping.probe.carried import as_json, asked_from, carried, said_again
from scoping.probe.running import Running, start
from scoping.text.languages import language_of, message, say
from tests.scoping.probe import nasty

pytestmark = pytest.mark.server


@pytest.fixture(autouse=True)
def nothing_stays(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Whatever happens to a probe, its folder is removed."""
    where = tmp_path / "temporary"
    where.mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(where))
    yield
    assert not list(where.iterdir())


def _until(running: Running, code: str, seconds: float = 120) -> None:
    end = time.monotonic() + seconds
    while running.progress()[1] != code and not running.is_done and time.monotonic() < end:
        time.sleep(0.02)


def test_the_evidence_comes_back_and_is_the_same_again(tmp_path: Path) -> None:
    path = nasty.READ["plain"](tmp_path)
    content = path.read_bytes()
    asked = Asked(str(path), Roles("y"), seed=3, by="Ada")
    first, uploaded = start(asked), start(Asked("sent.csv", Roles("y"), seed=3, by="Ada"), upload=BytesIO(content))
    evidence = first.result()
    assert first.is_done
    assert evidence.is_sealed
    assert (evidence.source.kind, evidence.source.name, evidence.source.rows) == ("csv", "a.csv", 60)
    assert (evidence.made.by, evidence.made.seed, evidence.task) == ("Ada", 3, "classification")
    assert evidence.made.versions["duckdb"]
    other = uploaded.result()
    assert other.source.name == "sent.csv"
    assert other.source.sha256 == evidence.source.sha256
    assert other.profile == evidence.profile
    assert other.signal == evidence.signal


def test_a_refusal_comes_back_in_words_that_can_be_translated(tmp_path: Path) -> None:
    with pytest.raises(SourceRefused, match="is a Python pickle") as refused:
        start(Asked(str(nasty.pickled(tmp_path)), Roles("y"))).result()
    assert say(refused.value.args[0], language_of("de")) != str(refused.value)
    assert not (tmp_path / "harmed").exists()


def test_a_probe_is_cancelled(tmp_path: Path) -> None:
    running = start(Asked(str(nasty.million(tmp_path)), Roles("y")))
    _until(running, "counting")
    running.cancel()
    assert running.is_done
    with pytest.raises(ProbeEnded, match="was stopped"):
        running.result()
    running.cancel()


@pytest.mark.parametrize(
    ("how", "said"),
    [(signal.SIGKILL, "more memory"), (signal.SIGSEGV, "ended before"), (signal.SIGALRM, "longer than")],
)
def test_a_process_that_is_ended_is_told_in_words(how: int, said: str, tmp_path: Path) -> None:
    running = start(Asked(str(nasty.READ["plain"](tmp_path)), Roles("y")))
    os.kill(running._process.pid, how)
    with pytest.raises(ProbeEnded, match=said):
        running.result()


def test_memory_is_limited(tmp_path: Path) -> None:
    rows = 3_000_000
    wide = {f"x{each}": pa.array([f"a long text {at % 1_000_000:>60}" for at in range(rows)]) for each in range(1)}
    wide |= {f"x{each}": wide["x0"] for each in range(1, 12)}
    pq.write_table(pa.table({**wide, "y": [at % 2 for at in range(rows)]}), tmp_path / "t.parquet")
    limits = Limits(megabytes=256, rows_for_models=rows)
    with pytest.raises(ProbeEnded, match="more memory"):
        start(Asked(str(tmp_path / "t.parquet"), Roles("y"), limits=limits)).result()


def test_whoever_asked_goes_away_and_the_probe_with_it(tmp_path: Path) -> None:
    path = nasty.million(tmp_path)
    code = (
        "import sys, time, tempfile\n"
        "from scoping.probe.asked import Asked, Roles\n"
        "from scoping.probe.running import start\n"
        "running = start(Asked(sys.argv[1], Roles('y')))\n"
        "print(running._process.pid, flush=True)\n"
        "time.sleep(60)\n"
    )
    environment = {**os.environ, "TMPDIR": str(tmp_path / "temporary")}
    parent = subprocess.Popen(
        [sys.executable, "-c", code, str(path)], stdout=subprocess.PIPE, text=True, env=environment
    )
    assert parent.stdout
    child = int(parent.stdout.readline())
    parent.kill()
    parent.wait()
    end = time.monotonic() + 60
    while _is_there(child) and time.monotonic() < end:
        time.sleep(0.1)
    assert not _is_there(child)
    parent.stdout.close()


def _is_there(process: int) -> bool:
    try:
        return Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except OSError:
        return False


def test_an_upload_that_is_too_large_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "MOST_MEGABYTES", 1)
    with pytest.raises(SourceRefused, match="larger than 1 MB"):
        start(Asked("a.csv", Roles("y")), upload=BytesIO(b"0" * 2**21))


def test_the_process_knows_nothing_of_the_servers_surroundings(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("GROUNDWORK_DATABASE_URL", "postgresql://secret")
    assert "secret" not in json.dumps(module._surroundings(tmp_path))


def test_what_is_asked_and_what_is_said_go_between_processes() -> None:
    asked = Asked("a.csv", Roles("y", personal=("name",)), "regression", 7, "Ada", Limits(1, 2, 3))
    assert asked_from(json.loads(json.dumps(as_json(asked)))) == asked
    text = message("There is no file {name}.", name="{x}")
    assert say(said_again(json.loads(json.dumps(carried(text)))), language_of("de")) == say(text, language_of("de"))
    assert said_again(carried("plain {braces}")) == "plain {braces}"


def test_a_probe_that_is_never_told_what_to_do_leaves_nothing(tmp_path: Path) -> None:
    folder = tmp_path / "groundwork-probe-x"
    folder.mkdir()
    (folder / "sample").write_text("1", encoding="utf-8")
    command = [sys.executable, "-m", "scoping.probe.child"]
    environment = {**os.environ, "PYTHONPATH": str(Path(__file__).parents[3])}
    assert subprocess.run(command, input="", text=True, cwd=folder, env=environment, check=False).returncode == 1
    assert not folder.exists()
    (tmp_path / "mine").mkdir()
    subprocess.run(command, input="", text=True, cwd=tmp_path / "mine", env=environment, check=False)
    assert (tmp_path / "mine").exists()
