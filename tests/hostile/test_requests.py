"""Some of the hostile requests; `python -m tests.hostile requests` sends as many as are asked for."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.hostile.requests import attack
from tests.hostile.serving import OPEN, guarded

pytestmark = [pytest.mark.server, pytest.mark.long]
MANY = 250


@pytest.mark.parametrize("is_by_proxy", [False, True])
def test_nobody_gets_more_than_their_role_allows_and_nothing_breaks(tmp_path: Path, is_by_proxy: bool) -> None:
    with guarded(tmp_path, is_by_proxy=is_by_proxy) as here:
        found = attack(here, range(MANY))
    assert found.wrong == []
    assert sum(found.statuses.values()) == MANY
    assert any(OPEN in each for each in found.read), "those who may read did not either"
