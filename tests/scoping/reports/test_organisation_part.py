"""What stands in an organisation's own fields is in the memo and so in every file, and by which settings it was told."""

from __future__ import annotations

import pytest

from scoping import assess, examples, read, to_dict
from scoping.organisation import taken_over
from scoping.reports import Summary, formats, render, summarise
from scoping.text.languages import Language
from tests.scoping.organisation.samples import house
from tests.scoping.reports.readers import READERS, squeezed
from tests.scoping.reports.samples import FEW

HOSTILE = "<b>Hall</b> =1+1 *7*"


def told(language: str = "en") -> Summary:
    proposal = taken_over(house(), 4, examples.load("visual_inspection"))
    own = {"cost_centre": HOSTILE, "co2": 12.5, "elsewhere": "kept"}
    document = read({**to_dict(proposal), "own": own})
    return summarise(document, assess(document, FEW), language=Language(language))


def test_the_memo_tells_the_fields_with_their_units_and_the_version_of_the_settings() -> None:
    section = told().memo.section("organisation")
    table, sentence = section.blocks
    assert table.rows == (("Cost centre", HOSTILE), ("Emissions", "12.5 t CO2"), ("elsewhere", "kept"))  # type: ignore[union-attr]
    assert sentence.text.startswith("By the organisation's settings, version 4: the verdict warns of a chance of loss")  # type: ignore[union-attr]
    assert "above 15%" in sentence.text  # type: ignore[union-attr]
    assert told("de").memo.section("organisation").title == "Für die Organisation"


def test_a_proposal_without_settings_tells_nothing_of_them() -> None:
    example = examples.load("visual_inspection")
    assert "organisation" not in {each.id for each in summarise(example, assess(example, FEW)).memo.sections}


@pytest.mark.long
@pytest.mark.parametrize("name", ["pdf", "docx", "pptx", "xlsx", "html", "md", "json"])
def test_every_file_holds_them(name: str) -> None:
    words = squeezed(READERS[formats()[name].file_type](render(told(), name)).words)
    words = words.replace("\N{WORD JOINER}", "")
    assert squeezed("12.5 t CO2" if name != "json" else "t CO2") in words
    assert squeezed("kept") in words
