"""The evidence document: read as the probe wrote it, refused in words, kept whole wherever a proposal goes."""

from __future__ import annotations

import copy
import json
from typing import Any

import pytest

from scoping import DocumentRefused, Evidence, Proposal, content_hash, examples, read, read_evidence, to_dict, write
from scoping.document.editing import change, with_evidence, without_rows, without_unknown
from scoping.document.evidence import plain
from scoping.document.evidence.reading import MOST_BYTES, evidence_schema
from scoping.document.merging import differences, merge
from scoping.document.restructuring import with_kind
from scoping.reports.changes import changes_between
from tests.documents import CERTAIN
from tests.evidences import content, detected, evidence

HOSTILE = ["=cmd()", "<script>alert(1)</script>", "DROP TABLE proposals;--", "a.b\\c", "p10", "evidence_version"]


def proposal(**changes: Any) -> Proposal:
    return read({**copy.deepcopy(CERTAIN), **changes})


def refused(document: Any) -> list[str]:
    with pytest.raises(DocumentRefused) as caught:
        read_evidence(document)
    return [str(problem) for problem in caught.value.problems]


def test_what_was_written_is_read_unchanged() -> None:
    found = detected()
    assert read_evidence(json.dumps(plain(found))) == found
    assert read_evidence(plain(found)).is_sealed


@pytest.mark.parametrize(
    ("document", "said"),
    [
        (b"", "document: must be a JSON document"),
        (b"\xff\xfe{", "document: must be a JSON document"),
        ("[]", "document: must be a JSON object that a probe wrote"),
        (json.dumps({"title": "A proposal"}), "must be a JSON object that a probe wrote"),
        (json.dumps({"evidence_version": 2}), "evidence_version: 2: allowed: 1"),
        ('{"evidence_version": 1, "evidence_version": 1}', "stands twice"),
        ("[" * 100_000, "document: is nested too deeply"),
        (b" " * (MOST_BYTES + 1), "must be an evidence document of at most 4 MB"),
        (json.dumps(content(metrics={"auc": {"value": float("nan"), "low": 0, "high": 1}})), "must be a finite number"),
        (json.dumps(content(metrics={"auc": {"value": 2.0, "low": 3.0, "high": 4.0}})), "must not fall"),
        (json.dumps({**content(), "rows": [["Ada", 7]]}), "rows: "),
        (json.dumps(content()), "it was changed since it was measured"),
    ],
)
def test_what_is_no_evidence_is_refused_in_words(document: str | bytes, said: str) -> None:
    problems = refused(document)
    assert any(said in problem for problem in problems), problems


def test_a_field_that_evidence_has_not_is_told_with_those_that_it_has() -> None:
    changed = plain(detected())
    changed["source"]["folder"] = "C:/data"
    with pytest.raises(DocumentRefused, match=r"evidence\.0\.source\.folder: .*allowed: kind, name, sha256"):
        proposal(evidence=[changed])
    assert "allowed: kind, name, sha256" in refused(changed)[0]


def test_a_changed_figure_is_refused() -> None:
    changed = plain(detected())
    changed["metrics"]["roc_auc"]["high"] = 0.99
    (problem,) = refused(changed)
    assert "it was changed since it was measured; take the file as the probe wrote it" in problem


def test_a_proposal_is_not_taken_for_evidence_nor_evidence_for_a_proposal() -> None:
    with pytest.raises(DocumentRefused, match="groundwork attach ID FILE"):
        read(plain(detected()))


def test_the_schema_describes_what_is_written() -> None:
    import jsonschema

    jsonschema.validate(plain(detected()), evidence_schema())
    with pytest.raises(jsonschema.ValidationError):
        jsonschema.validate({**plain(detected()), "rows": [1]}, evidence_schema())


def test_a_proposal_keeps_its_evidence_whole() -> None:
    found = evidence(leakage=[{"kind": "rows_on_both_sides", "columns": [], "rows": 4}], target="")
    with_it = with_evidence(proposal(), found)
    assert read(write(with_it)) == with_it
    assert read(to_dict(with_it)).evidence[0].is_sealed
    assert content_hash(with_it) != content_hash(proposal())


def test_attaching_twice_and_to_nobody_is_refused() -> None:
    once = with_evidence(proposal(), detected(), "Model")
    assert once.alternatives[2].measured_by == detected().id
    assert once.evidence_of(once.alternatives[2]) == detected()
    with pytest.raises(DocumentRefused, match="is attached already; keep one"):
        with_evidence(once, detected())
    with pytest.raises(DocumentRefused, match="alternative: Nobody: is no alternative of this proposal"):
        with_evidence(proposal(), detected(), "Nobody")
    with pytest.raises(DocumentRefused, match=r"alternatives\.2\.measured_by: .*is no evidence of this proposal"):
        change(proposal(), "alternatives.2.measured_by", "f" * 64)


def test_evidence_that_is_taken_out_measures_nothing_any_more() -> None:
    once = with_evidence(proposal(), detected(), "Model")
    left = read(without_rows(to_dict(once), "evidence", [], {0}))
    assert left.evidence == []
    assert left.alternatives[2].measured_by == ""


def test_two_people_attach_at_once_and_both_are_kept() -> None:
    base = to_dict(proposal())
    mine, theirs = (to_dict(with_evidence(proposal(), each)) for each in (detected(0.8), detected(0.7)))
    found = merge(base, mine, theirs)
    assert found.clashes == ()
    assert {each.id for each in read(found.document).evidence} == {detected(0.8).id, detected(0.7).id}


def test_the_same_evidence_attached_by_two_is_there_once() -> None:
    base, once = to_dict(proposal()), to_dict(with_evidence(proposal(), detected()))
    assert merge(base, once, copy.deepcopy(once)).document == once


def test_evidence_is_never_merged_field_by_field() -> None:
    base = to_dict(with_evidence(proposal(), detected()))
    mine, theirs = copy.deepcopy(base), copy.deepcopy(base)
    mine["evidence"][0]["made"]["by"], theirs["evidence"][0]["target"] = "Bob", "other"
    (clash,) = merge(base, mine, theirs).clashes
    assert str(clash.path) == "evidence.0"
    assert [str(each.after) for each in differences(base, mine)] == ["evidence.0"]


def test_a_history_says_which_evidence_was_attached() -> None:
    (told,) = changes_between(proposal(), with_evidence(proposal(), detected()))
    assert told.kind == "added"
    assert "claims.csv" in told.label
    assert told.new == "evidence of claims.csv, 2026-11-26"


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_names_are_data(name: str) -> None:
    told = [{"name": name, "type": "number"}]
    found = evidence(profile={"rows": 5, "columns": 1, "told": told}, target=name, personal=[name])
    with_it = with_evidence(proposal(), read_evidence(plain(found)))
    assert read(write(with_it)).evidence[0].profile.told[0].name == name
    assert merge(to_dict(proposal()), to_dict(with_it), to_dict(proposal(title="New"))).clashes == ()


# Grounds -------------------------------------------------------------------------------------------

GROUND = {"path": "alternatives.2.costs.1.amount", "kind": "expert", "by": "Ada", "note": "last year's invoice"}


def test_grounds_follow_rows_that_move() -> None:
    document = to_dict(proposal(grounds=[GROUND]))
    fewer = read(
        without_rows(document, "alternatives", [document["alternatives"][0], document["alternatives"][2]], {1})
    )
    assert [each.path for each in fewer.grounds] == ["alternatives.1.costs.1.amount"]
    costs = document["alternatives"][2]["costs"]
    assert read(without_rows(document, "alternatives.2.costs", [costs[0], costs[2]], {1})).grounds == []


def test_grounds_follow_rows_when_two_versions_are_merged() -> None:
    base = to_dict(proposal())
    mine = to_dict(proposal(grounds=[GROUND]))
    theirs = copy.deepcopy(base)
    del theirs["alternatives"][1]
    found = merge(base, mine, theirs)
    assert found.clashes == ()
    assert [each.path for each in read(found.document).grounds] == ["alternatives.1.costs.1.amount"]


def test_grounds_follow_the_kind_of_task() -> None:
    grounds = [
        {"path": "bridge.prevalence", "kind": "measured"},
        {"path": "feasibility.ceilings.recall", "kind": "guess"},
    ]
    before = to_dict(proposal(grounds=grounds, feasibility={"ceilings": {"recall": 0.9}}))
    streams = read(without_unknown(with_kind(before, "several", "Claims")))
    assert [each.path for each in streams.grounds] == [
        "bridge.streams.0.task.prevalence",
        "feasibility.ceilings.detection/recall",
    ]
    other = read(without_unknown(with_kind(before, "forecast")))
    assert [each.path for each in other.grounds] == ["feasibility.ceilings.recall"]


@pytest.mark.parametrize(
    ("grounds", "said"),
    [
        ([{"path": "bridge.nonsense"}], "is no estimate, ceiling or answer of this proposal"),
        ([{"path": "bridge.prevalence"}, {"path": "bridge.prevalence"}], "one place rests on one ground"),
        ([{"path": "bridge.prevalence", "kind": "sure"}], "allowed: "),
        ([{"path": "bridge.prevalence", "on": "yesterday"}], "must be a date"),
    ],
)
def test_grounds_that_cannot_be_are_refused(grounds: list[dict[str, str]], said: str) -> None:
    with pytest.raises(DocumentRefused, match=said):
        proposal(grounds=grounds)


def test_an_answer_may_rest_on_something_too() -> None:
    ground = {"path": "feasibility.answers.gate_privacy_legal", "kind": "published", "link": "https://example.org/x"}
    from scoping.feasibility.catalogue import QUESTIONS

    ground["path"] = f"feasibility.answers.{next(iter(QUESTIONS))}"
    assert proposal(grounds=[ground]).grounds[0].link == "https://example.org/x"


def test_a_document_without_any_of_it_hashes_as_before() -> None:
    assert content_hash(proposal()) == content_hash(proposal(evidence=[], grounds=[]))
    assert "grounds" not in to_dict(proposal())
    assert Evidence.model_validate(plain(detected())) == detected()


@pytest.mark.parametrize(
    ("part", "count"),
    [
        ("source.rows_used", 10**9),
        ("profile.duplicates", 10**9),
        ("profile.target_missing", 10**9),
        ("profile.told.0.missing", 10**9),
    ],
)
def test_no_part_has_more_rows_than_the_whole_whoever_sealed_it(part: str, count: int) -> None:
    changed = plain(examples.load("pump_maintenance").evidence[0])
    *way, last = part.split(".")
    place: Any = changed
    for step in way:
        place = place[int(step) if step.isdigit() else step]
    place[last] = count
    assert "a part must not have more rows than the whole" in refused(changed)[0]
