"""What figures rest on, as rows of the document: changed, merged and taken out with what they speak of."""

from __future__ import annotations

from scoping import Proposal, read, to_dict
from scoping.document.editing import speaking_of, without_rows
from scoping.document.grounds import with_ground
from scoping.document.merging import merge
from scoping.document.paths import Path, value_at
from tests.documents import proposal

ADOPTION, RECALL = "returns.adoption", "alternatives.1.metrics.recall"


def resting(*grounds: dict[str, object]) -> Proposal:
    return read({**to_dict(proposal()), "grounds": [*grounds]})


def test_a_ground_takes_the_place_of_the_one_before_and_the_others_keep_theirs() -> None:
    before = [{"path": ADOPTION, "kind": "guess"}, {"path": RECALL, "kind": "measured", "by": "Ada"}]
    after = with_ground(before, Path(ADOPTION), {"kind": "expert", "link": "", "on": None, "by": "Ben"})
    assert after == [{"path": ADOPTION, "kind": "expert", "by": "Ben"}, before[1]]
    assert with_ground(before, Path("returns.drift"), {"kind": "guess"})[:2] == before
    assert len(with_ground(before, Path("returns.drift"), {"kind": "guess"})) == 3


def test_two_people_who_say_other_things_of_one_figure_are_both_heard() -> None:
    base = to_dict(resting({"path": ADOPTION, "kind": "expert"}))
    mine = to_dict(resting({"path": ADOPTION, "kind": "published", "link": "https://example.org"}))
    theirs = to_dict(resting({"path": ADOPTION, "kind": "expert", "by": "Ben"}, {"path": RECALL, "kind": "guess"}))
    found = merge(base, mine, theirs)
    assert not found.clashes
    merged = {each["path"]: each for each in found.document["grounds"]}
    assert merged[ADOPTION] == {"path": ADOPTION, "kind": "published", "link": "https://example.org", "by": "Ben"}
    assert set(merged) == {ADOPTION, RECALL}


def test_two_people_who_contradict_each_other_are_asked() -> None:
    base = to_dict(resting({"path": ADOPTION, "kind": "guess"}))
    mine, theirs = (to_dict(resting({"path": ADOPTION, "kind": kind})) for kind in ("expert", "published"))
    (clash,) = merge(base, mine, theirs).clashes
    assert (str(clash.path), clash.mine, clash.theirs) == ("grounds.0.kind", "expert", "published")


def test_what_is_said_of_a_row_goes_with_it_and_is_named_before() -> None:
    document = to_dict(resting({"path": RECALL, "kind": "expert"}, {"path": ADOPTION, "kind": "guess"}))
    row = Path("alternatives.1")
    assert speaking_of(document, row) == [Path("grounds.0")]
    kept = [each for index, each in enumerate(value_at(document, row.parent)) if index != 1]
    assert [each["path"] for each in without_rows(document, row.parent, kept, {1})["grounds"]] == [ADOPTION]
