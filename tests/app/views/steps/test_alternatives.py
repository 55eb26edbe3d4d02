"""Step Alternatives: what an alternative has otherwise than the others, folded until it is wanted."""

from __future__ import annotations

import pytest

from db import Store
from scoping import read
from tests.app.acting import Create, Open, press, said
from tests.documents import CERTAIN, Document

pytestmark = pytest.mark.long

DIFFERS = "Where it differs from the others"


def model_first(**own: object) -> Document:
    """The model is the first alternative, and there is a cause that others may share."""
    before, rule, model = CERTAIN["alternatives"]
    causes = [{"name": "Data *arrive*", "probability": 0.8}]
    returns = {**CERTAIN["returns"], "shared_causes": causes}
    return {**CERTAIN, "alternatives": [{**model, **own}, before, rule], "returns": returns}


def labels(test: object) -> list[str]:
    return [each.label for each in test.text_input]  # type: ignore[attr-defined]


def test_nobody_who_does_not_ask_sees_where_alternatives_may_differ(open_step: Open, create: Create) -> None:
    test = open_step(create(read(model_first())), "alternatives")
    assert not test.exception
    assert not any("Residual value" in each or "Adoption" in each for each in labels(test))
    press(test, DIFFERS)
    assert any("Residual value" in each for each in labels(test))
    assert "What is left empty is as for all alternatives" in said(test)
    assert DIFFERS not in [each.label for each in test.button]


def test_what_is_given_is_in_sight_and_the_rest_stays_folded(open_step: Open, create: Create) -> None:
    test = open_step(create(read(model_first(residual_value=500))), "alternatives")
    assert any("Residual value" in each for each in labels(test))
    assert not any("Drift" in each for each in labels(test))
    assert "Quality over time" not in said(test)


def test_a_cause_is_chosen_and_refused_in_its_place_where_the_chance_is_too_high(
    open_step: Open, create: Create, pages_store: Store
) -> None:
    sure = create(read(model_first()))
    test = press(open_step(sure, "alternatives"), DIFFERS)
    test.multiselect[0].set_value(["Data *arrive*"]).run()
    assert "must be at most 80%" in said(test)
    assert pages_store.get(sure.id).proposal.alternatives[0].rests_on == []
    likely = create(read(model_first(success_probability=0.7)))
    test = press(open_step(likely, "alternatives"), DIFFERS)
    test.multiselect[0].set_value(["Data *arrive*"]).run()
    assert "must be at most" not in said(test)
    assert pages_store.get(likely.id).proposal.alternatives[0].rests_on == ["Data *arrive*"]


def test_where_there_is_no_cause_yet_the_page_says_where_to_name_one(open_step: Open, create: Create) -> None:
    document = {**model_first(), "returns": CERTAIN["returns"]}
    test = press(open_step(create(read(document)), "alternatives"), DIFFERS)
    assert test.multiselect[0].disabled
    assert "Costs and returns" in test.multiselect[0].proto.placeholder
