"""The memo: typed parts in one language, and the sections that documents make of them."""

from __future__ import annotations

from dataclasses import fields
from datetime import date

import pytest

from scoping import UnknownFormat, assess, examples, read
from scoping.reports import DecisionNote, formats, formats_of_data, formats_of_memo, render, summarise
from scoping.reports.memo import Memo
from scoping.reports.memo.parts import MilestoneColumn, RiskColumn, WorthColumn
from scoping.text.languages import Language, say
from scoping.vocabulary import GateStatus
from tests.documents import proposal
from tests.scoping.reports.samples import NOTES, summarised, summary_of

pytestmark = pytest.mark.long


def test_the_parts_are_what_the_assessment_says() -> None:
    document = examples.load("visual_inspection")
    assessment = assess(document)
    memo = summarise(document, assessment, NOTES).memo
    assert memo.verdict.recommendation == assessment.verdict.recommendation
    assert memo.verdict.reasons == assessment.verdict.reasons
    assert memo.verdict.conditions == assessment.verdict.conditions
    assert memo.alternatives is not None
    names = [row[WorthColumn.NAME] for row in memo.alternatives.worth.rows]
    assert names == [each.name for each in assessment.best_first()]
    assert memo.break_even is not None
    assert len(memo.break_even.table.rows) == len(assessment.break_even)
    assert [gate.status for gate in memo.feasibility.gates] == [gate.status for gate in assessment.feasibility.gates]
    assert [each.conditions for each in memo.decisions.told] == [("A test line",), ()]
    assert memo.risks.table is not None
    assert [row[RiskColumn.OWNER] for row in memo.risks.table.rows] == [risk.owner for risk in document.risks]
    assert memo.plan.milestones is not None
    assert {row[MilestoneColumn.NAME] for row in memo.plan.milestones.rows} == {m.name for m in document.milestones}


def test_columns_are_where_their_names_say() -> None:
    memo = summary_of("visual_inspection").memo
    assert memo.alternatives is not None
    assert memo.risks.table is not None
    assert memo.plan.milestones is not None
    for table, columns in (
        (memo.alternatives.worth, WorthColumn),
        (memo.risks.table, RiskColumn),
        (memo.plan.milestones, MilestoneColumn),
    ):
        assert len(table.columns) == len(columns)
    assert memo.alternatives.worth.columns[WorthColumn.KIND] == "Kind"
    assert memo.alternatives.worth.columns[WorthColumn.BEST] == "Chance of being best"
    assert memo.risks.table.columns[RiskColumn.OWNER] == memo.plan.milestones.columns[MilestoneColumn.OWNER] == "Owner"
    assert memo.plan.milestones.columns[MilestoneColumn.KIND] == "Kind"
    shorter = memo.alternatives.worth.without(WorthColumn.KIND)
    assert shorter.columns == tuple(each for each in memo.alternatives.worth.columns if each != "Kind")
    assert shorter.numeric == frozenset(range(1, 7))


def test_every_part_is_told_in_a_section_of_its_own() -> None:
    memo = summary_of("visual_inspection").memo
    parts = [each.name for each in fields(Memo) if hasattr(getattr(memo, each.name), "section")]
    assert len({section.id for section in memo.sections}) == len(memo.sections)
    told = {getattr(memo, name).section().id for name in parts if getattr(memo, name).section().blocks}
    assert told == {section.id for section in memo.sections}


def test_gates_in_short_are_those_that_did_not_pass() -> None:
    for name in ("visual_inspection", "stock_price", "empty"):
        feasibility = summary_of(name).memo.feasibility
        short = feasibility.in_short()
        assert short.gates == tuple(gate for gate in feasibility.gates if gate.status != GateStatus.PASSED)
        assert bool(short.remark) == (not short.gates)


def test_headings_are_said_in_the_language_of_the_memo() -> None:
    german = summary_of("visual_inspection", Language("de")).memo
    english = summary_of("visual_inspection").memo
    assert german.section("risks").title == "Risiken"
    assert [section.id for section in german.sections] == [section.id for section in english.sections]
    assert all(say(section.title, german.language) == section.title for section in german.sections), (
        "what is said once stays as it is"
    )


def test_a_proposal_with_nothing_in_it_still_has_a_summary() -> None:
    document = read({"title": "Only a title"})
    summary = summarise(document, assess(document))
    assert summary.memo.section("verdict").title == "Verdict: Not yet assessed"
    assert "What is missing" in render(summary, "md").decode()


def test_long_titles_many_alternatives_and_many_risks_are_all_there() -> None:
    others = [{"name": f"Option {n} " + "x" * 200, "kind": "rules"} for n in range(10)]
    document = proposal(
        alternatives=[{"name": "Now", "kind": "status_quo"}, *others], risks=[{"name": f"Risk {n}"} for n in range(40)]
    )
    text = render(summarise(document, assess(document)), "md").decode()
    assert all(f"Option {n}" in text for n in range(10))
    assert "Risk 39" in text


def test_decisions_are_told() -> None:
    document = examples.load("stock_price")
    said = DecisionNote("stop", "Ana", date(2026, 5, 1), "No signal.", None, ("None",), date(2027, 5, 1), 3)
    text = render(summarise(document, assess(document), [said]), "md").decode()
    assert "May 1, 2026, Ana: Stop (recommendation accepted), on version 3. No signal. Review on May 1, 2027." in text


def test_the_two_kinds_of_format_share_no_name_place_or_ending() -> None:
    assert not set(formats_of_memo()) & set(formats_of_data())
    found = list(formats().values())
    assert len(found) == len(formats_of_memo()) + len(formats_of_data())
    for part in ("name", "place", "suffix", "title"):
        assert len({getattr(each, part) for each in found}) == len(found), part
    assert [each.place for each in found] == sorted(each.place for each in found)


def test_an_unknown_format_is_refused_with_what_is_allowed() -> None:
    with pytest.raises(UnknownFormat) as refused:
        render(summarised(read({"title": "t"})), "odt")
    assert str(refused.value).endswith(f"Allowed: {', '.join(sorted(formats()))}.")
    assert {"docx", "handoff", "handoff-yaml", "html", "json", "md", "pdf", "pdf-letter", "pptx", "xlsx"} <= set(
        formats()
    )
