"""Step Costs and returns: the table of costs."""

from __future__ import annotations

import pytest

from tests.app.acting import Create, Open
from tests.documents import proposal

pytestmark = pytest.mark.long


def test_judged_costs_show_their_average_in_the_table(open_step: Open, create: Create) -> None:
    people = [{"by": "Ana", "p10": 1, "p50": 2, "p90": 3}, {"by": "Bo", "p10": 3, "p50": 4, "p90": 5}]
    costs = [{"name": "Check", "timing": "per_case", "amount": {"judgements": people}}]
    test = open_step(create(proposal(alternatives__0__costs=costs)), "costs")
    assert not test.exception
    row = test.dataframe[0].value.iloc[0] if test.dataframe else test.get("arrow_data_frame")[0].value.iloc[0]
    assert [row[f"amount:{part}"] for part in ("p10", "p50", "p90")] == [2, 3, 4]
