"""Some processes that are killed while they write; `python -m tests.hostile kills` kills as many as are asked for."""

from __future__ import annotations

from pathlib import Path

import pytest

from db import open_store
from tests.hostile.kills import Killed, kill_one, lost

pytestmark = pytest.mark.server
MANY = 20


def test_what_was_acknowledged_is_there_and_the_trail_is_whole(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path / 'killed.db'}"
    open_store(url).close()
    ended = [kill_one(url, number) for number in range(MANY)]
    store = open_store(url)
    assert lost(store, ended) == []
    assert any(each.acknowledged for each in ended), "all were killed before they saved anything"
    ahead = Killed(ended[0].identity, ended[0].acknowledged + 2)
    assert len(lost(store, [ahead])) == 1, "a save that is missing would be seen"
    store.close()
