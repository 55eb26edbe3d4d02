"""The chain of decisions in papers and in the handoff: which one stands, what became of the others."""

from __future__ import annotations

import json
from datetime import date

import jsonschema
import pytest

from scoping import assess
from scoping.reports import AdviceNote, ChainNote, DecisionNote, DutyNote, Edition, ReviewNote, render, summarise
from scoping.reports.data_formats.handoff import handoff_schema
from scoping.text.languages import ENGLISH
from scoping.vocabulary import DecisionState, Stage
from tests.documents import CERTAIN, proposal

DAY = date(2026, 5, 1)
WITHDRAWN = ChainNote(3, DecisionState.WITHDRAWN, 2, 0, date(2026, 6, 1), "Cy", "Wrong <b>figures", is_verified=False)
SUPERSEDED = ChainNote(2, DecisionState.SUPERSEDED, 0, 3, date(2026, 5, 9))
STANDING = ChainNote(3, DecisionState.STANDING, 2)


def note(by: str, chain: ChainNote | None) -> DecisionNote:
    return DecisionNote("build", by, DAY, "It pays", None, ("Label 500",), None, 1, "Model", chain=chain)


def told(*notes: DecisionNote, edition: Edition = Edition(DAY, 1), name: str = "md") -> str:  # noqa: B008 never changed
    document = proposal(CERTAIN)
    return render(summarise(document, assess(document), notes, ENGLISH, edition), name).decode()


def test_a_decision_that_is_the_only_one_is_told_as_before() -> None:
    assert told(note("Ana", ChainNote())) == told(note("Ana", None))


@pytest.mark.parametrize("name", ["md", "html"])
def test_the_paper_says_which_decision_stands(name: str) -> None:
    said = told(note("Bo", STANDING), note("Ana", SUPERSEDED), name=name)
    assert "Decision 3 stands. It superseded decision 2." in said
    assert "Decision 2 was superseded by decision 3 on May 9, 2026." in said
    assert "Decided: Build: Model, by Bo" in said


def test_a_paper_after_a_withdrawal_is_not_decided() -> None:
    said = told(note("Bo", WITHDRAWN), note("Ana", SUPERSEDED), name="html")
    assert "Not decided: the decision of May 1, 2026 was withdrawn." in said
    assert "withdrawn on June 1, 2026 by Cy (name typed): Wrong &lt;b&gt;figures" in said
    assert "Decided: Build" not in said


def test_the_handoff_has_the_chain_the_stage_and_the_advice() -> None:
    advice = AdviceNote("data", "disagree", "No signal", "Fay", DAY)
    review = ReviewNote(2, 4, "Ana", DAY, (advice,))
    notes = (note("Bo", WITHDRAWN), note("Ana", SUPERSEDED))
    content = json.loads(told(*notes, edition=Edition(DAY, 4, review, Stage.SUBMITTED), name="handoff"))
    jsonschema.validate(content, handoff_schema())
    edition = content["edition"]
    assert (edition["decided"], edition["decision"], edition["stage"]) == (False, None, "submitted")
    states = [(each["number"], each["state"], each["superseded_by"]) for each in edition["decisions"]]
    assert states == [(3, "withdrawn", None), (2, "superseded", 3)]
    assert edition["decisions"][0]["why_withdrawn"] == "Wrong <b>figures"
    assert edition["review"]["advice"][0]["stance"] == "disagree"


def test_the_handoff_says_who_sees_to_which_condition() -> None:
    signed = DecisionNote("build", "Ana", DAY, "", duties=(DutyNote("Label 500", "Dee", DAY),))
    content = json.loads(told(signed, name="handoff"))
    assert content["edition"]["decision"]["duties"] == [
        {"condition": "Label 500", "owner": "Dee", "due_on": DAY.isoformat()}
    ]
