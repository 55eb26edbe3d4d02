"""Step Alternatives: who is acted on today, and what an alternative may have of its own."""

from __future__ import annotations

from typing import Any

import pytest

from db import Store
from scoping import Estimate, examples, read
from tests.app.acting import Create, Open, key_of, said
from tests.documents import CERTAIN, case, proposal

pytestmark = pytest.mark.long

REACH = "alternatives.0.reach"


@pytest.mark.parametrize(
    ("document", "everybody", "measured"),
    [
        (case("bank_target"), {"depth": 1.0}, "metrics.lift_at_depth:p50"),
        (CERTAIN, {"recall": 1.0, "false_positive_rate": 1.0}, "metrics.recall:p50"),
    ],
)
def test_who_is_acted_on_today_is_one_click(
    document: dict[str, Any],
    everybody: dict[str, float],
    measured: str,
    open_step: Open,
    create: Create,
    pages_store: Store,
) -> None:
    saved = create(read(document))

    def metrics() -> dict[str, Estimate]:
        return dict(pages_store.get(saved.id).proposal.alternatives[0].metrics)

    test = open_step(saved, "alternatives")
    assert test.radio(key=key_of(test, REACH)).value == "nobody"
    assert not any(measured in str(each.key) for each in test.text_input), "nobody needs no figures"
    test.radio(key=key_of(test, REACH)).set_value("everybody").run()
    assert metrics() == {name: Estimate.of(value) for name, value in everybody.items()}
    assert not any(measured in str(each.key) for each in test.text_input)
    test.radio(key=key_of(test, REACH)).set_value("measured").run()
    assert metrics() == {}
    test.text_input(key=key_of(test, measured)).set_value("0.6").run()
    assert list(metrics()) == [measured.split(".")[1].split(":")[0]]
    test.run()
    assert test.radio(key=key_of(test, REACH)).value == "measured"
    test.radio(key=key_of(test, REACH)).set_value("nobody").run()
    assert metrics() == {}
    assert not test.exception


def test_a_kind_in_which_nobody_can_be_left_out_does_not_ask(open_step: Open, create: Create) -> None:
    test = open_step(create(examples.load("demand_forecast")), "alternatives")
    assert not any(str(each.key).endswith(REACH) for each in test.radio)


def test_a_document_shows_what_it_holds(open_step: Open, create: Create) -> None:
    for metrics, shown in (({}, "nobody"), ({"depth": 1}, "everybody"), ({"lift_at_depth": 1.2}, "measured")):
        test = open_step(create(read(case("bank_target", alternatives__0__metrics=metrics))), "alternatives")
        assert test.radio(key=key_of(test, REACH)).value == shown


def test_the_limit_is_folded_and_says_where_it_is_reached(open_step: Open, create: Create, pages_store: Store) -> None:
    saved = create(proposal())
    test = open_step(saved, "value")
    (more,) = [each for each in test.expander if each.label == "More: Most actions a month"]
    assert not more.proto.expanded
    test.text_input(key=key_of(test, "most_actions_per_month:p50")).set_value("8 a day").run()
    assert "Not saved yet" in said(test)
    test.text_input(key=key_of(test, "most_actions_per_month:p50")).set_value("60").run()
    bridge = pages_store.get(saved.id).proposal.bridge
    assert bridge is not None
    assert bridge.most_actions_per_month == Estimate.of(60)  # type: ignore[attr-defined]
    test.session_state[f"{saved.id}:valued"] = True
    assert not test.run().exception
