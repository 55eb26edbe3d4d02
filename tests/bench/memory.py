"""Peak memory and time of assess() by draws, each in a process of its own."""

from __future__ import annotations

import subprocess
import sys

_CHILD = """
import pathlib, sys, time
from scoping import assess, examples
proposal = examples.load("visual_inspection")
assess(proposal, draws=256)
start = time.perf_counter()
assess(proposal, draws=int(sys.argv[1]))
seconds = time.perf_counter() - start
# Not getrusage: that one begins with the memory of the process that started this one.
peak = next(each for each in pathlib.Path("/proc/self/status").read_text().splitlines() if each.startswith("VmHWM"))
print(seconds, int(peak.split()[1]) / 1024)
"""
_DRAWS = (8_192, 65_536, 1_048_576)


def measure() -> dict[str, float]:
    """One line for each number of draws."""
    found = {}
    print(f"{'draws':>10} {'seconds':>8} {'us a draw':>9} {'peak MB':>8}")
    for draws in _DRAWS:
        said = subprocess.run([sys.executable, "-c", _CHILD, str(draws)], capture_output=True, text=True, check=True)
        seconds, megabytes = map(float, said.stdout.split())
        print(f"{draws:10,} {seconds:8.2f} {1e6 * seconds / draws:9.1f} {megabytes:8.0f}")
        found[f"{draws:,} draws, peak MB"] = megabytes
    return found
