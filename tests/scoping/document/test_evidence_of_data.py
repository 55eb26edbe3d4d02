"""Evidence from data within a proposal: it is named by its content, and the proposal's hash covers it."""

from __future__ import annotations

import pytest

from scoping import content_hash, examples, read, to_dict
from scoping.document.evidence import Evidence, plain

_EVIDENCE = {
    "source": {"kind": "csv", "name": "claims.csv", "rows": 3, "rows_used": 3},
    "made": {"on": "2026-11-26", "seed": 1, "seconds": 1},
    "task": "classification",
    "target": "fraud",
    "profile": {"rows": 3, "columns": 2},
}


def test_a_proposal_with_evidence_has_a_hash_that_covers_every_figure_of_it() -> None:
    evidence = Evidence.model_validate(_EVIDENCE).sealed()
    holds = read({"title": "t", "evidence": [plain(evidence)]})
    later = evidence.model_copy(update={"made": evidence.made.model_copy(update={"seconds": 2.0})})
    assert len({content_hash(each) for each in (read({"title": "t"}), holds)}) == 2
    assert content_hash(read({"title": "t", "evidence": [plain(later)]})) != content_hash(holds)
    assert content_hash(read(to_dict(holds))) == content_hash(holds)
    assert not later.is_sealed


def test_what_is_left_at_its_default_does_not_count_in_the_id() -> None:
    evidence = Evidence.model_validate(_EVIDENCE).sealed()
    said = Evidence.model_validate({**_EVIDENCE, "group": "", "not_done": [], "evidence_version": 1})
    assert said.sealed().id == evidence.id
    assert Evidence.model_validate({**_EVIDENCE, "group": "site"}).sealed().id != evidence.id


@pytest.mark.parametrize("name", examples.NAMES)
def test_the_evidence_of_an_example_is_as_it_was_measured(name: str) -> None:
    proposal = examples.load(name)
    assert all(each.is_sealed for each in proposal.evidence)
    assert {each.measured_by for each in proposal.alternatives if each.measured_by} <= {
        each.id for each in proposal.evidence
    }
