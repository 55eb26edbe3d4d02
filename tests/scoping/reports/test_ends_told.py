"""What was given as minimum, likely value and maximum is told so, wherever a proposal is told."""

from __future__ import annotations

import io
import json

import jsonschema
import openpyxl
import pytest

from scoping import assess, read, to_dict
from scoping.document.paths import with_value
from scoping.document.proposal import Proposal
from scoping.reports import render, summarise
from scoping.reports.data_formats.handoff import handoff, handoff_schema
from scoping.text.languages import Language
from tests.documents import UNCERTAIN
from tests.scoping.reports.samples import summarised
from tests.scoping.value.test_ends import GIVEN, with_ends

FEW = 512


def told(document: Proposal, language: str = "en") -> str:
    return render(summarise(document, assess(document, FEW), (), Language(language)), "md").decode()


def test_the_memo_says_what_was_given_and_what_follows() -> None:
    text = told(read(with_ends()))
    assert "Given as minimum, likely value and maximum" in text
    assert "| Adoption | at least 30%, likely 90%, at most 100% | 65.1% | 95.3% |" in text
    assert "| Model: recall | at least 50%, likely 80%, at most 90% |" in text


def test_the_memo_tells_costs_and_own_terms_as_they_were_given() -> None:
    document = with_value(with_ends(), "alternatives.2.adoption", {"minimum": 0.2, "likely": 0.4, "maximum": 0.9})
    document = with_value(document, "alternatives.2.costs.1.growth", {"minimum": -0.05, "likely": 0, "maximum": 0.1})
    text = told(read(document))
    assert "| at least €12,000 | likely €20,000 | at most €55,000 |" in text
    assert "at least 20%, likely 40%, at most 90%" in text
    assert "| Model: Run, Grows by | at least −5%, likely 0%, at most 10% | −2.7% | 4.67% |" in text
    assert "growing by at least −5%, likely 0%, at most 10% a year" in text


def test_the_memo_of_a_proposal_without_ends_has_no_word_of_them() -> None:
    assert "Given as minimum" not in told(read(UNCERTAIN))


def test_the_german_memo_says_it_in_german() -> None:
    assert "mindestens 30 %, wahrscheinlich 90 %, höchstens 100 %" in told(read(with_ends()), "de").replace("\xa0", " ")


def test_the_handoff_gives_the_range_of_a_target_as_it_was_given() -> None:
    recall = GIVEN["alternatives.2.metrics.recall"]
    document = read(with_ends({f"alternatives.{index}.metrics.recall": recall for index in (1, 2)}))
    found = json.loads(handoff(document, assess(document, FEW)).model_dump_json())
    jsonschema.validate(found, handoff_schema())
    given = {each["name"]: each["given"] for each in found["target_metrics"]}
    assert given == {"recall": "at least 0.5, likely 0.8, at most 0.9", "precision": None}


@pytest.mark.long
def test_the_workbook_shows_what_was_given_beside_what_follows() -> None:
    sheet = openpyxl.load_workbook(io.BytesIO(render(summarised(read(with_ends())), "xlsx")))["Inputs"]
    assert [sheet.cell(3, column).value for column in range(1, 9)] == [
        "Input", "Value", "P10", "P90", "Unit", "Minimum", "Likely", "Maximum",
    ]  # fmt: skip
    [adoption] = [row for row in sheet.iter_rows(values_only=True) if row[0] == "Adoption"]
    estimate = read(with_ends()).returns.adoption
    assert estimate is not None
    assert adoption[1:4] == (estimate.p50, estimate.p10, estimate.p90)
    assert adoption[5:8] == (0.3, 0.9, 1)


@pytest.mark.long
def test_the_workbook_of_a_proposal_without_ends_has_no_columns_for_them() -> None:
    sheet = openpyxl.load_workbook(io.BytesIO(render(summarised(read(UNCERTAIN)), "xlsx")))["Inputs"]
    assert [sheet.cell(3, column).value for column in range(5, 9)] == ["Unit", None, None, None]
    assert "minimum" not in json.dumps(to_dict(read(UNCERTAIN)))
