"""Some of the broken documents; `python -m tests.hostile documents` tries as many as are asked for."""

from __future__ import annotations

from pathlib import Path

import pytest

from db import open_store
from scoping.reports import formats
from tests.hostile.documents import attack, broken, few_draws

pytestmark = pytest.mark.long
MANY = 150


def test_a_broken_document_is_refused_in_words_or_goes_all_the_way(tmp_path: Path) -> None:
    store = open_store(f"sqlite:///{tmp_path / 'hostile.db'}", few_draws)
    found = attack(store, range(MANY))
    assert found.wrong == []
    assert store.check_trail().is_whole
    store.close()
    assert found.ends["refused"] > MANY / 5, "nothing was broken"
    assert len({*found.ends} & {*formats()}) >= 5, "hardly one got as far as a file"


def test_a_document_is_the_same_each_time() -> None:
    assert [broken(number) for number in range(20)] == [broken(number) for number in range(20)]
