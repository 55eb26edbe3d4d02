"""A probe's time by size, and the profile of 20 million rows beside a bare scan and beside ydata-profiling.

The Parquet file is made on the spot. `count(*)` is answered from the file's footer, so that a scan that looks at every
value (the count of each column) stands beside it. ydata-profiling needs older libraries: it gets an environment of its
own where one can be made, and takes as many rows as it manages within the time given to it.
"""

from __future__ import annotations

import subprocess
import sys
import tempfile
import time
from pathlib import Path

import duckdb

_ROWS = 20_000_000
_SIZES = ((10_000, 10), (10_000, 50), (100_000, 10), (100_000, 50))
_WIDTH = 8
_OTHER_ROWS = (1_000_000, 300_000, 100_000, 30_000)
_OTHER_SECONDS = 240
_PEAK = """
import pathlib
def peak():
    line = next(each for each in pathlib.Path("/proc/self/status").read_text().splitlines() if each.startswith("VmHWM"))
    return int(line.split()[1]) / 1024
"""
_PROFILE = (
    _PEAK
    + """
import sys, time
from tempfile import TemporaryDirectory
from pathlib import Path
from scoping.probe.asked import Asked, Roles
from scoping.probe.profile import counted, profiled, tidy
from scoping.probe.sources import opened
asked = Asked(sys.argv[1], Roles("y", time="moment"))
start = time.perf_counter()
with TemporaryDirectory() as folder, opened(asked, Path(folder)) as source:
    tidied = tidy(source)
    profiled(source, tidied, counted(tidied, asked.roles), asked, "classification")
print(time.perf_counter() - start, peak())
"""
)
_PROBE = (
    _PEAK
    + """
import sys, time
from scoping.probe.asked import Asked, Roles
from scoping.probe.probing import probe
told = []
start = time.perf_counter()
probe(Asked(sys.argv[1], Roles("y")), lambda _share, code: told.append((code, time.perf_counter() - start)))
whole = time.perf_counter() - start
print(next(at for code, at in told if code == "models"), whole, peak())
"""
)
_SCAN = (
    _PEAK
    + """
import duckdb, sys, time
engine = duckdb.connect()
engine.execute("SET enable_progress_bar = false")
start = time.perf_counter()
engine.execute(sys.argv[2].format(file=sys.argv[1])).fetchall()
print(time.perf_counter() - start, peak())
"""
)
_OTHER = (
    _PEAK
    + """
import sys, time
import pandas
from ydata_profiling import ProfileReport
table = pandas.read_parquet(sys.argv[1]).head(int(sys.argv[2]))
start = time.perf_counter()
ProfileReport(table, minimal=True, progress_bar=False).to_json()
print(time.perf_counter() - start, peak())
"""
)


def measure() -> dict[str, float]:
    """Seconds by size, rows a second, ratios and peak memory."""
    with tempfile.TemporaryDirectory() as folder:
        return {**_by_size(Path(folder)), **_large(Path(folder))}


def _by_size(folder: Path) -> dict[str, float]:
    found = {}
    print(f"{'rows':>10} {'columns':>8} {'profile s':>10} {'whole s':>8} {'peak MB':>8}")
    for rows, columns in _SIZES:
        _make(folder / "sized.parquet", rows, columns)
        profile, whole, peak = _run([sys.executable, "-c", _PROBE, str(folder / "sized.parquet")])
        print(f"{rows:10,} {columns:8} {profile:10.1f} {whole:8.1f} {peak:8.0f}")
        found[f"probe of {rows:,} x {columns}, s"] = whole
        found[f"profile of {rows:,} x {columns} / whole probe"] = profile / whole
    return found


def _large(folder: Path) -> dict[str, float]:
    path = folder / "large.parquet"
    _make(path, _ROWS, _WIDTH)
    print(f"{_ROWS:,} rows of {_WIDTH} columns, {path.stat().st_size / 2**20:,.0f} MB of Parquet")
    every = ", ".join(f"count(x{each})" for each in range(_WIDTH - 3))
    scans = {
        "count(*)": "SELECT count(*) FROM '{file}'",
        "a scan of every value": f"SELECT count(moment), count(y), count(shop), {every} FROM '{{file}}'",
        "a sum of every value": f"SELECT {every.replace('count', 'sum')} FROM '{{file}}'",
    }
    found: dict[str, float] = {}
    profile, peak = _run([sys.executable, "-c", _PROFILE, str(path)])
    print(f"{'the profile':24} {profile:8.2f} s {_ROWS / profile:14,.0f} rows/s {peak:8.0f} MB at most")
    found |= {"profile of 20,000,000 rows, rows/s": _ROWS / profile, "profile of 20,000,000 rows, peak MB": peak}
    for name, query in scans.items():
        seconds, of_scan = _run([sys.executable, "-c", _SCAN, str(path), query])
        print(f"{name:24} {seconds:8.2f} s {_ROWS / seconds:14,.0f} rows/s {of_scan:8.0f} MB at most")
        found[f"profile / {name}"] = profile / seconds
    return {**found, **_beside(folder, path, _ROWS / profile, peak)}


def _make(path: Path, rows: int, columns: int) -> None:
    """Numbers with missing values, a shop, a time, and an outcome that depends on the first number."""
    numbers = ", ".join(
        f"CASE WHEN random() < 0.03 THEN NULL ELSE round(random() * 1000 + a * {each}, 3) END AS x{each}"
        for each in range(columns - 3)
    )
    engine = duckdb.connect()
    engine.execute("SET enable_progress_bar = false")
    engine.execute("SELECT setseed(0.5)")
    engine.execute(
        f"COPY (SELECT TIMESTAMP '2022-01-01' + to_seconds(i * 3) AS moment, 'shop ' || (i % 40) AS shop, {numbers}, "
        f"(a + random() > 1.2)::INT AS y FROM (SELECT i, random() AS a FROM range({rows}) rows(i))) "
        f"TO '{path}' (FORMAT parquet)"
    )
    engine.close()


def _beside(folder: Path, path: Path, ours: float, peak: float) -> dict[str, float]:
    """ydata-profiling on the largest size that it takes, in an environment of its own."""
    python = folder / "other" / "bin" / "python"
    packages = ["ydata-profiling", "pyarrow", "setuptools<81"]
    try:
        subprocess.run([sys.executable, "-m", "venv", str(folder / "other")], check=True, capture_output=True)
        install = [str(python), "-m", "pip", "install", "--quiet", *packages]
        subprocess.run(install, check=True, capture_output=True, timeout=900)
    except (subprocess.SubprocessError, OSError):
        print("ydata-profiling cannot be installed here: left out")
        return {}
    for rows in _OTHER_ROWS:
        try:
            seconds, theirs = _run([str(python), "-c", _OTHER, str(path), str(rows)], _OTHER_SECONDS)
        except subprocess.SubprocessError:
            print(f"ydata-profiling does not take {rows:,} rows within {_OTHER_SECONDS} s")
            continue
        print(
            f"{'ydata-profiling':24} {seconds:8.2f} s {rows / seconds:14,.0f} rows/s {theirs:8.0f} MB at most, "
            f"{rows:,} rows"
        )
        return {
            "profile, rows/s / ydata-profiling's": ours / (rows / seconds),
            "peak / ydata-profiling's": peak / theirs,
        }
    return {}


def _run(command: list[str], seconds: int = 3_600) -> list[float]:
    start = time.perf_counter()
    done = subprocess.run(command, capture_output=True, text=True, timeout=seconds, check=False)
    if done.returncode:
        raise subprocess.SubprocessError(f"{time.perf_counter() - start:.0f} s: {done.stderr[-2_000:]}")
    return [float(each) for each in done.stdout.splitlines()[-1].split()]
