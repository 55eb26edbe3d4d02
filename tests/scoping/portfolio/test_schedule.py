"""Projects in time: a published instance of project scheduling, whose shortest duration is known."""

from __future__ import annotations

import pytest

from scoping.portfolio import Candidate, Limits, Option, choose

# Instance j301_1 of PSPLIB (Kolisch and Sprecher 1996, European Journal of Operational Research 96): months of each
# job, what it takes of four kinds of people, and what follows it. Proved to take 43 months at least.
_JOBS: dict[int, tuple[int, tuple[int, int, int, int], tuple[int, ...]]] = {
    2: (8, (4, 0, 0, 0), (6, 11, 15)), 3: (4, (10, 0, 0, 0), (7, 8, 13)), 4: (6, (0, 0, 0, 3), (5, 9, 10)),
    5: (3, (3, 0, 0, 0), (20,)), 6: (8, (0, 0, 0, 8), (30,)), 7: (5, (4, 0, 0, 0), (27,)),
    8: (9, (0, 1, 0, 0), (12, 19, 27)), 9: (2, (6, 0, 0, 0), (14,)), 10: (7, (0, 0, 0, 1), (16, 25)),
    11: (9, (0, 5, 0, 0), (20, 26)), 12: (2, (0, 7, 0, 0), (14,)), 13: (6, (4, 0, 0, 0), (17, 18)),
    14: (3, (0, 8, 0, 0), (17,)), 15: (9, (3, 0, 0, 0), (25,)), 16: (10, (0, 0, 0, 5), (21, 22)),
    17: (6, (0, 0, 0, 8), (22,)), 18: (5, (0, 0, 0, 7), (20, 22)), 19: (3, (0, 1, 0, 0), (24, 29)),
    20: (7, (0, 10, 0, 0), (23, 25)), 21: (2, (0, 0, 0, 6), (28,)), 22: (7, (2, 0, 0, 0), (23,)),
    23: (2, (3, 0, 0, 0), (24,)), 24: (3, (0, 9, 0, 0), (30,)), 25: (3, (4, 0, 0, 0), (30,)),
    26: (7, (0, 0, 4, 0), (31,)), 27: (8, (0, 0, 0, 7), (28,)), 28: (3, (0, 8, 0, 0), (31,)),
    29: (7, (0, 7, 0, 0), (32,)), 30: (2, (0, 7, 0, 0), (32,)), 31: (2, (0, 0, 2, 0), (32,)),
    32: (0, (0, 0, 0, 0), ()),
}  # fmt: skip
_PEOPLE = (12, 13, 4, 12)
_SHORTEST, _END = 43, 32
_HORIZON = 47


def _latest() -> dict[int, int]:
    """The last month in which each job can begin."""
    found: dict[int, int] = {}
    for job, (months, _, after) in reversed(_JOBS.items()):
        found[job] = min((found[each] for each in after), default=_HORIZON) - months
    return found


def _earliest() -> dict[int, int]:
    found = dict.fromkeys(_JOBS, 0)
    for job, (months, _, after) in _JOBS.items():
        for each in after:
            found[each] = max(found[each], found[job] + months)
    return found


def _option(job: int, start: int) -> Option:
    months, people, _ = _JOBS[job]
    taken = {str(role): [0] * start + [each] * months for role, each in enumerate(people) if each}
    value = -float(start) if job == _END else 0.0
    return Option(str(start), value, people=taken, start=start, end=start + months)


@pytest.mark.long
def test_the_shortest_schedule_of_a_published_instance_is_found() -> None:
    earliest, latest = _earliest(), _latest()
    candidates = [
        Candidate(str(job), tuple(_option(job, start) for start in range(earliest[job], latest[job] + 1)))
        for job in _JOBS
    ]
    limits = Limits(
        people={str(role): [each] * _HORIZON for role, each in enumerate(_PEOPLE)},
        must=frozenset(map(str, _JOBS)),
        needs=tuple((str(after), str(job)) for job, (_, _, following) in _JOBS.items() for after in following),
    )
    found = choose(candidates, limits)
    assert found.options[str(_END)].start == _SHORTEST
    assert found.gap == 0
