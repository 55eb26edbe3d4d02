"""Two people's changes to one document are put together; only the same field changed to different values asks."""

from __future__ import annotations

import copy
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scoping import examples, read, to_dict
from scoping.document.merging import differences, merge
from scoping.document.paths import with_value
from tests.documents import CERTAIN, proposal

Document = dict[str, Any]
BASE: Document = to_dict(proposal())
MODEL, RULE = 2, 1


def changed(path: str, value: Any, document: Document = BASE) -> Document:
    return with_value(document, path, value)


def without(*path: str | int, document: Document = BASE) -> Document:
    found = copy.deepcopy(document)
    here: Any = found
    for key in path[:-1]:
        here = here[key]
    del here[path[-1]]
    return found


def both(mine: Document, theirs: Document, base: Document = BASE) -> Document:
    """The merged document; nothing is asked, whoever is first."""
    there, back = merge(base, mine, theirs), merge(base, theirs, mine)
    assert (there.clashes, back.clashes) == ((), ())
    assert read(there.document) == read(back.document)
    return there.document


def test_different_fields_are_both_taken() -> None:
    found = both(changed("owner", "Ana"), changed("team", "Theirs"))
    assert (found["owner"], found["team"]) == ("Ana", "Theirs")


def test_the_same_change_by_both_is_no_question() -> None:
    assert both(changed("owner", "Ana"), changed("owner", "Ana"))["owner"] == "Ana"


def test_only_the_same_field_changed_to_different_values_asks_and_only_for_that_field() -> None:
    mine = changed("team", "Mine", changed("owner", "Ana"))
    found = merge(BASE, mine, changed("owner", "Bo"))
    assert [(str(each.path), each.mine, each.theirs) for each in found.clashes] == [("owner", "Ana", "Bo")]
    assert (found.document["owner"], found.document["team"]) == ("Bo", "Mine")
    assert found.settled({found.clashes[0].path: True})["owner"] == "Ana"
    assert found.settled({})["owner"] == "Bo"


def test_a_cost_is_taken_out_while_another_one_is_changed() -> None:
    mine = without("alternatives", MODEL, "costs", 0)
    theirs = changed("alternatives.2.costs.2.amount", 0.5)
    costs = both(mine, theirs)["alternatives"][MODEL]["costs"]
    assert [(each["name"], each["amount"]) for each in costs] == [("Run", 800), ("Call", 0.5)]


def test_an_alternative_is_taken_out_while_a_later_one_is_changed() -> None:
    found = both(without("alternatives", RULE), changed("alternatives.2.metrics.recall", 0.7))
    assert [each["name"] for each in found["alternatives"]] == ["Today", "Model"]
    assert found["alternatives"][1]["metrics"]["recall"] == 0.7


def test_rows_that_both_add_are_all_there() -> None:
    mine, theirs = copy.deepcopy(BASE), copy.deepcopy(BASE)
    mine["alternatives"].append({"name": "Bought", "kind": "buy"})
    theirs["alternatives"].append({"name": "Deep", "kind": "deep_learning"})
    found = merge(BASE, mine, theirs)
    assert found.clashes == ()
    names = [each["name"] for each in found.document["alternatives"]]
    assert (names[:3], {*names[3:]}) == (["Today", "Rule", "Model"], {"Bought", "Deep"})


def test_the_same_new_row_of_both_is_there_once() -> None:
    mine = copy.deepcopy(BASE)
    mine["alternatives"].append({"name": "Rules", "kind": "rules"})
    assert len(both(mine, copy.deepcopy(mine))["alternatives"]) == 4


@pytest.mark.parametrize("is_mine", [True, False])
def test_a_row_that_one_takes_out_and_the_other_changes_is_asked_about_as_a_whole(is_mine: bool) -> None:
    mine, theirs = without("alternatives", RULE), changed("alternatives.1.build_months", 9)
    found = merge(BASE, mine, theirs)
    clash = found.clashes[0]
    assert (str(clash.path), clash.mine, clash.theirs["build_months"]) == ("alternatives.1", None, 9)
    settled = read(found.settled({clash.path: is_mine}))
    assert [each.name for each in settled.alternatives] == (
        ["Today", "Model"] if is_mine else ["Today", "Rule", "Model"]
    )
    # The same question from the other side.
    other = merge(BASE, theirs, mine)
    assert read(other.settled({other.clashes[0].path: not is_mine})) == settled


def test_an_estimate_is_one_field() -> None:
    mine = changed("bridge.prevalence", {"p10": 0.01, "p50": 0.02, "p90": 0.03})
    found = merge(BASE, mine, changed("bridge.prevalence", {"p10": 0.02, "p50": 0.02, "p90": 0.04}))
    assert [str(each.path) for each in found.clashes] == ["bridge.prevalence"]


def test_a_row_of_years_is_one_field() -> None:
    mine, theirs = (changed("returns.benefits_by_year", each) for each in ([0.2, 1], [0.2, 0.9]))
    (clash,) = merge(BASE, mine, theirs).clashes
    assert (clash.path, clash.mine, clash.theirs) == ("returns.benefits_by_year", [0.2, 1], [0.2, 0.9])
    assert both(mine, changed("returns.adoption", 0.5))["returns"]["benefits_by_year"] == [0.2, 1]


def test_two_people_s_judgements_of_one_number_stand_side_by_side() -> None:
    def judged(name: str) -> Document:
        return changed("bridge.prevalence", {"judgements": [{"by": name, "p10": 0.1, "p50": 0.2, "p90": 0.3}]})

    found = merge(BASE, judged("Ana"), judged("Bo"))
    assert found.clashes == ()
    judgements = found.document["bridge"]["prevalence"]["judgements"]
    assert {each["by"] for each in judgements} == {"Ana", "Bo"}


def test_another_kind_of_task_and_an_input_of_the_old_one_are_asked_about() -> None:
    mine = {**BASE, "bridge": {"kind": "automation", "cases_per_month": 10}}
    found = merge(BASE, mine, changed("bridge.prevalence", 0.1))
    assert [str(each.path) for each in found.clashes] == ["bridge"]


def test_the_last_field_of_a_section_is_emptied_while_another_one_is_filled() -> None:
    base = changed("pilot.months", 3)
    found = both(without("pilot", document=base), changed("pilot.cost", 9, base), base)
    assert found["pilot"] == {"cost": 9}


def test_inputs_that_move_together_go_with_their_rows() -> None:
    pair = {
        "first": "alternatives.2.metrics.recall",
        "second": "alternatives.2.costs.1.amount",
        "rank_correlation": 0.4,
    }
    base = {**BASE, "correlations": [pair]}
    moved = {**pair, "first": "alternatives.1.metrics.recall", "second": "alternatives.1.costs.1.amount"}
    mine = {**without("alternatives", RULE, document=base), "correlations": [moved]}
    theirs = without("alternatives", MODEL, "costs", 0, document=base)
    theirs["correlations"] = [{**pair, "second": "alternatives.2.costs.0.amount"}]
    assert both(mine, theirs, base)["correlations"] == [
        {**pair, "first": "alternatives.1.metrics.recall", "second": "alternatives.1.costs.0.amount"}
    ]
    gone = without("correlations", document=without("alternatives", MODEL, document=base))
    assert "correlations" not in both(gone, changed("team", "T", base), base)


def test_a_merge_that_asks_always_asks_for_every_difference() -> None:
    found = merge(BASE, changed("owner", "Ana"), changed("team", "Theirs"), asks_always=True)
    assert {str(each.path) for each in found.clashes} == {"owner", "team"}
    mine = found.settled({each.path: str(each.path) == "owner" for each in found.clashes})
    assert (mine["owner"], mine["team"]) == ("Ana", "Theirs")


def test_a_name_with_points_is_one_name() -> None:
    base = {
        **BASE,
        "bridge": {"kind": "curve", "cases_per_month": 5, "metric": 'F1.score "<a>"', "points": [[0, 0], [1, 9]]},
        "alternatives": [{"name": "T", "kind": "status_quo", "metrics": {'F1.score "<a>"': 0.1}}],
    }
    after = copy.deepcopy(base)
    after["alternatives"][0]["metrics"]['F1.score "<a>"'] = 0.2
    (found,) = differences(base, after)
    assert found.after is not None
    assert found.after.last == 'F1.score "<a>"'
    assert both(after, changed("team", "T", base), base)["alternatives"][0]["metrics"]['F1.score "<a>"'] == 0.2


def test_differences_follow_the_rows_and_not_their_places() -> None:
    after = without("alternatives", RULE)
    (gone,) = differences(BASE, after)
    assert (str(gone.before), gone.after, gone.old["name"]) == ("alternatives.1", None, "Rule")
    (row,) = differences(BASE, changed("alternatives.2.costs.1.name", "Serve"))
    assert (str(row.before), row.old, row.new) == ("alternatives.2.costs.1.name", "Run", "Serve")


FIELDS = {
    "owner": ["A", "B", "C"],
    "team": ["T", "U"],
    "bridge.prevalence": [0.1, 0.2],
    "returns.adoption": [0.5, {"p10": 0.2, "p50": 0.3, "p90": 0.4}],
    "alternatives.2.metrics.recall": [0.5, 0.6],
    "alternatives.2.costs.1.amount": [1, 2, 3],
    "alternatives.1.costs.0.name": ["X", "Y"],
    "pilot.months": [1, 2],
    "tags": [["a"], ["b", "c"]],
}
edits = st.dictionaries(st.sampled_from(sorted(FIELDS)), st.integers(0, 2), max_size=5)


def edited(document: Document, chosen: dict[str, int]) -> Document:
    for path, number in chosen.items():
        document = with_value(document, path, FIELDS[path][number % len(FIELDS[path])])
    return to_dict(read(document))


@pytest.mark.long
@given(mine=edits, theirs=edits)
def test_whatever_two_people_edit_each_field_is_what_its_one_editor_said_or_asked_about(
    mine: dict[str, int], theirs: dict[str, int]
) -> None:
    found = merge(BASE, edited(BASE, mine), edited(BASE, theirs))
    asked = {str(each.path) for each in found.clashes}
    differ = {path for path in mine.keys() & theirs.keys() if _value(path, mine) != _value(path, theirs)}
    assert asked <= differ
    settled = to_dict(read(found.settled({each.path: True for each in found.clashes})))
    assert settled == edited(edited(BASE, theirs), mine)


def _value(path: str, chosen: dict[str, int]) -> Any:
    return FIELDS[path][chosen[path] % len(FIELDS[path])]


@pytest.mark.parametrize("name", examples.NAMES)
def test_what_one_takes_out_comes_back_by_merging_the_other_way(name: str) -> None:
    """Undoing: what it was before is merged with what it is now, from where the change had led."""
    before = to_dict(examples.load(name))
    for index in range(1, len(before["alternatives"])):
        after = to_dict(read({**without("alternatives", index, document=before), "correlations": []}))
        now = changed("team", "Someone else's", after)
        undone = merge(after, before, now)
        assert undone.clashes == ()
        assert to_dict(read(undone.document)) == to_dict(read(changed("team", "Someone else's", before)))


def test_documents_are_left_as_they_are() -> None:
    kept = copy.deepcopy(BASE)
    merge(BASE, without("alternatives", RULE), changed("owner", "x"))
    assert kept == BASE
    assert CERTAIN["title"] == BASE["title"]
