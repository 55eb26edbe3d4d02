"""Step Costs and returns: the rows of costs, and inputs that move together."""

from __future__ import annotations

import pytest

from db import Store
from tests.app.acting import Create, Open, key_of, press, said
from tests.documents import proposal

pytestmark = pytest.mark.long


def test_judged_costs_show_their_average_in_their_row(open_step: Open, create: Create) -> None:
    people = [{"by": "Ana", "p10": 1, "p50": 2, "p90": 3}, {"by": "Bo", "p10": 3, "p50": 4, "p90": 5}]
    costs = [{"name": "Check", "timing": "per_case", "amount": {"judgements": people}}]
    test = open_step(create(proposal(alternatives__0__costs=costs)), "costs")
    assert not test.exception
    assert "**Check** · Other · For every case · 3 (2 to 4) EUR" in [str(each.value) for each in test.markdown]


def test_a_pair_of_inputs_counts_once_it_is_complete(open_step: Open, create: Create, pages_store: Store) -> None:
    saved = create(proposal())
    test = open_step(saved, "costs")
    test.session_state[f"{saved.id}:correlations"] = True
    test.run()
    press(test, "Add: Pair of inputs")
    first, second = list(saved.proposal.inputs())[:2]
    test.selectbox(key=key_of(test, "correlations.0.first")).set_value(first).run()
    test.selectbox(key=key_of(test, "correlations.0.second")).set_value(second).run()
    assert "Counts once the row is complete" in said(test)
    assert pages_store.get(saved.id).proposal.correlations == []
    test.text_input(key=key_of(test, "correlations.0.rank_correlation")).set_value("0.7").run()
    assert [each.rank_correlation for each in pages_store.get(saved.id).proposal.correlations] == [0.7]
    assert pages_store.drafts(saved.id) == {}
    test.text_input(key=key_of(test, "correlations.0.rank_correlation")).set_value("1,7").run()
    assert "“1,7” is not a number" in said(test)
    assert [each.rank_correlation for each in pages_store.get(saved.id).proposal.correlations] == [0.7]
