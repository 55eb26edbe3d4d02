"""What single figures and answers rest on, as the memo and the history tell it."""

from __future__ import annotations

from typing import Any

from scoping import Proposal, read, to_dict
from scoping.reports.blocks import Table
from scoping.reports.changes import changes_between
from scoping.reports.summarising.evidence import evidence_part
from tests.documents import proposal

ADOPTION, ANSWER = "returns.adoption", "feasibility.answers.acted_on"
HOSTILE = "<b>=1+1</b> | [x](javascript:alert(1))"
SAID = {
    "path": ADOPTION,
    "kind": "expert",
    "by": "Ben",
    "on": "2026-09-03",
    "confidence": "high",
    "link": "https://example.org/a",
    "note": HOSTILE,
}


def resting(*grounds: dict[str, Any]) -> Proposal:
    return read({**to_dict(proposal()), "grounds": [*grounds]})


def test_without_a_word_of_it_no_memo_is_longer() -> None:
    assert evidence_part(resting()).grounds is None


def test_the_memo_says_of_each_figure_who_said_it_when_how_sure_and_where() -> None:
    table = evidence_part(resting(SAID, {"path": ANSWER, "kind": "guess"})).grounds
    assert isinstance(table, Table)
    assert [[str(cell) for cell in row] for row in table.rows] == [
        [
            "Adoption",
            f"What an expert judges · Ben · September 3, 2026 · high confidence · https://example.org/a · {HOSTILE}",
        ],
        ["Will someone do something differently because of the output?", "A guess"],
    ]


def test_the_history_names_the_figure_and_what_changed() -> None:
    (added,) = changes_between(resting(), resting(SAID))
    assert added.label == "What “Adoption” rests on"
    assert str(added.new).startswith("What an expert judges · Ben")
    changed = changes_between(resting(SAID), resting({**SAID, "kind": "published", "by": ""}))
    assert [(str(each.label), str(each.old), str(each.new)) for each in changed] == [
        ("What “Adoption” rests on", "What an expert judges", "Published"),
        ("What “Adoption” rests on, by", "Ben", ""),
    ]
    (gone,) = changes_between(resting(SAID), resting())
    assert gone.loses
