"""What is kept for the next time: found by its content, not to be changed, and bounded in bytes."""

from __future__ import annotations

import threading
from dataclasses import replace
from itertools import count

import numpy as np
import pytest

from scoping import appraise, assess, examples, read, to_dict
from scoping.value import memory
from scoping.value.memory import _LARGEST_ARRAY, SHELF, _Shelf, remembered

CALLS = count()


@remembered
def doubled(values: np.ndarray, factor: float = 2.0) -> np.ndarray:
    next(CALLS)
    return values * factor


def calls() -> int:
    return int(str(CALLS).removeprefix("count(").rstrip(")"))


def test_the_same_content_is_worked_out_once_and_another_anew() -> None:
    before = calls()
    first = doubled(np.array([1.0, 2.0]))
    assert doubled(np.array([1.0, 2.0])) is first
    assert calls() == before + 1
    assert list(doubled(np.array([1.0, 3.0]))) == [2, 6]
    assert list(doubled(np.array([1.0, 2.0]), 3.0)) == [3, 6]
    assert list(doubled(np.array([[1.0, 2.0]]))[0]) == [2, 4]
    assert calls() == before + 4


def test_what_is_kept_cannot_be_changed() -> None:
    kept = doubled(np.array([5.0]))
    with pytest.raises(ValueError, match="read-only"):
        kept += 1


def test_the_oldest_goes_when_there_is_too_much() -> None:
    shelf = _Shelf(most_bytes=3 * 80)
    for number in range(5):
        shelf.put(number, np.full(10, float(number)))
    assert [shelf.get(number) is not None for number in range(5)] == [False, False, True, True, True]
    assert shelf.bytes == 240


def test_large_arrays_are_not_kept() -> None:
    before = SHELF.bytes
    doubled(np.zeros(_LARGEST_ARRAY))
    assert SHELF.bytes == before


def test_many_threads_find_the_same() -> None:
    found: list[float] = []

    def work(seed: int) -> None:
        for number in np.random.default_rng(seed).integers(0, 20, 200):
            found.append(float(doubled(np.array([float(number)]))[0]) - 2 * number)

    threads = [threading.Thread(target=work, args=(seed,)) for seed in range(8)]
    for each in threads:
        each.start()
    for each in threads:
        each.join()
    assert len(found) == 1600
    assert set(found) == {0.0}


@pytest.mark.long
@pytest.mark.parametrize("name", ["visual_inspection", "invoice_routing"])
def test_figures_do_not_depend_on_what_is_kept(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    proposal = examples.load(name)
    changed = read({**to_dict(proposal), "returns": {**to_dict(proposal)["returns"], "discount_rate": 0.11}})
    monkeypatch.setattr(memory, "SHELF", _Shelf(most_bytes=0))
    apart = [assess(each).to_dict() for each in (proposal, changed)]
    monkeypatch.setattr(memory, "SHELF", _Shelf(most_bytes=memory._MOST_BYTES))
    appraise(proposal)
    assert [assess(each).to_dict() for each in (changed, proposal)] == apart[::-1]
    assert replace(assess(proposal), firmness=None).to_dict() == apart[0]
