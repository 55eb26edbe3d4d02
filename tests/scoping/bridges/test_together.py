"""Streams and segments: added up as a notebook would, the same as one task where there is but one, and none the worse
for their order or for a part that nobody touches."""

from __future__ import annotations

import copy
from typing import Any

import jsonschema
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from scoping import DocumentRefused, assess, examples, read, schema, to_dict, write
from scoping.bridges import COMPOSITES
from scoping.document.editing import without_unknown
from scoping.document.restructuring import with_kind, with_kind_of_task
from scoping.document.specs import spec_at
from scoping.reports import render, summarise
from scoping.reports.changes import labels_of_changes
from scoping.reports.data_formats.xlsx.model import WorkbookModel
from scoping.text.labels import label_of
from scoping.text.languages import Language
from scoping.value.model import value_model
from scoping.value.simulate import Blocks
from tests.documents import CERTAIN, UNCERTAIN

pytestmark = pytest.mark.long

Document = dict[str, Any]
MAIL = {"kind": "automation", "cases_per_month": 8_000, "manual_cost": 5, "manual_error_rate": 0.02, "error_cost": 20}
CALLS = {
    "kind": "assistance",
    "cases_per_month": 12_000,
    "minutes_per_task": 9,
    "wage_per_hour": 40,
    "review_minutes": 0.4,
}
MODEL = {
    "mail/automation_rate": 0.35,
    "mail/accuracy": 0.95,
    "calls/acceptance_rate": 0.45,
    "calls/time_saved": 0.2,
}
RETURNS = {"horizon_months": 24, "discount_rate": 0.08, "adoption": 0.7, "ramp_months": 4, "volume_growth": 0.05}


def several(**model: Any) -> Document:
    streams = [{"id": "mail", "name": "Mail", "task": MAIL}, {"id": "calls", "name": "Calls", "task": CALLS}]
    alternative = {"name": "Assistant", "kind": "foundation_model", "metrics": MODEL, "build_months": 3}
    return {
        "title": "Support",
        "bridge": {"kind": "several", "streams": streams},
        "alternatives": [
            {"name": "Today", "kind": "status_quo"},
            {**alternative, "success_probability": 0.8, "costs": [{"name": "Build", "amount": 90_000}], **model},
        ],
        "returns": RETURNS,
    }


def alone(task: Document, metrics: Document, costs: list[Document]) -> Document:
    found = several(metrics=metrics, costs=costs)
    return {**found, "bridge": task}


def npv(document: Document, index: int = 1) -> float:
    expected = assess(read(document)).alternatives[index].expected
    assert expected is not None
    return expected


def within(prefix: str) -> Document:
    return {name.removeprefix(prefix): value for name, value in MODEL.items() if name.startswith(prefix)}


def test_streams_are_worth_what_each_is_worth_alone() -> None:
    mail = npv(alone(MAIL, within("mail/"), [{"name": "Build", "amount": 90_000}]))
    calls = npv(alone(CALLS, within("calls/"), []))
    assert npv(several()) == pytest.approx(mail + calls, rel=1e-12)


def test_a_case_of_several_streams_costs_what_it_costs_in_each() -> None:
    costs = [{"name": "Call of the model", "timing": "per_case", "amount": 0.03}]
    mail, calls = (alone(task, within(name), costs) for task, name in ((MAIL, "mail/"), (CALLS, "calls/")))
    assert npv(several(costs=costs)) == pytest.approx(npv(mail) + npv(calls), rel=1e-12)


def test_the_parts_of_the_gain_are_the_whole() -> None:
    found = assess(read(several()))
    mail, calls = found.by_part
    assert (mail.share or 0) + (calls.share or 0) == pytest.approx(1)
    without_build = npv(several(costs=[]))
    assert (mail.present_gain.mean or 0) + (calls.present_gain.mean or 0) == pytest.approx(without_build, rel=1e-9)
    # 0.35 (5 + 0.02 * 20 - 0.05 * 20) a letter; 40 / 60 (0.45 * 0.2 * 9 - 0.4) a call.
    assert mail.margin_per_case.mean == pytest.approx(0.35 * 4.4)
    assert calls.margin_per_case.mean == pytest.approx(40 / 60 * (0.81 - 0.4))


def test_a_stream_that_is_left_as_it_is_adds_nothing() -> None:
    left = several(left_as_today=["calls"], metrics={f"mail/{name}": value for name, value in within("mail/").items()})
    assert npv(left) == pytest.approx(npv(alone(MAIL, within("mail/"), [{"name": "Build", "amount": 90_000}])))
    assert [each.part for each in assess(read(left)).by_part] == ["mail"]


def test_what_is_left_as_it_is_keeps_what_today_reaches_there() -> None:
    document = several(left_as_today=["calls"], metrics={"mail/automation_rate": 0.35, "mail/accuracy": 0.95})
    document["alternatives"][0]["metrics"] = {"calls/acceptance_rate": 0.3, "calls/time_saved": 0.4}
    assert npv(document) == pytest.approx(npv(alone(MAIL, within("mail/"), [{"name": "Build", "amount": 90_000}])))


def test_a_stream_without_metrics_is_missing_unless_it_is_left() -> None:
    metrics = {"mail/automation_rate": 0.35, "mail/accuracy": 0.95}
    missing = assess(read(several(metrics=metrics))).missing
    assert {"alternatives.1.metrics.calls/acceptance_rate", "alternatives.1.metrics.calls/time_saved"} <= set(missing)


def test_each_stream_has_its_own_break_even() -> None:
    found = {each.metric: each.value for each in assess(read(several())).break_even}
    for name, value in found.items():
        if value is not None:
            assert npv(several(metrics={**MODEL, name: value})) == pytest.approx(0, abs=1e-3)
    assert found["mail/accuracy"] is not None


def segments(**model: Any) -> Document:
    parts = [
        {"id": "novices", "name": "Novices", "share": 0.4, "inputs": {"minutes_per_task": 14}},
        {"id": "experts", "name": "Experts", "share": 0.6},
    ]
    metrics = {"acceptance_rate": 0.45, "time_saved": 0.2, "experts/acceptance_rate": 0.1, "experts/time_saved": 0.1}
    found = several(**{"metrics": metrics, **model})
    return {**found, "bridge": {"kind": "segmented", "task": CALLS, "segments": parts}}


def test_segments_are_worth_their_shares() -> None:
    novices = {**CALLS, "cases_per_month": 0.4 * 12_000, "minutes_per_task": 14}
    experts = {**CALLS, "cases_per_month": 0.6 * 12_000}
    first = npv(alone(novices, {"acceptance_rate": 0.45, "time_saved": 0.2}, [{"name": "Build", "amount": 90_000}]))
    second = npv(alone(experts, {"acceptance_rate": 0.1, "time_saved": 0.1}, []))
    assert npv(segments()) == pytest.approx(first + second, rel=1e-12)


def test_it_is_said_in_which_segments_it_pays() -> None:
    pays = {each.part: each.pays for each in assess(read(segments())).by_part}
    assert pays == {"novices": 1.0, "experts": 0.0}


ERRORS = {"acceptance_rate": 0.5, "time_saved": 0.4, "undetected_error_rate": 0.05}


def alike(metrics: Document, **model: Any) -> Document:
    """Two segments of one kind of task with costly errors."""
    found = segments(metrics=metrics, **model)
    found["bridge"]["task"] = {**CALLS, "error_cost": 30}
    found["bridge"]["segments"] = [{"id": "novices", "share": 0.4}, {"id": "experts", "share": 0.6}]
    return found


def test_a_metric_that_need_not_be_given_holds_in_all_segments() -> None:
    """What stands in for one that is left out must not take the place of what was said for all cases."""
    build = [{"name": "Build", "amount": 90_000}]
    expected = npv(alone({**CALLS, "error_cost": 30}, ERRORS, build))
    assert npv(alike(ERRORS)) == pytest.approx(expected, rel=1e-12)
    field = "alternatives.1.metrics.novices/undetected_error_rate"
    assert spec_at(read(alike(ERRORS)), field).default.p50 == 0.05


def test_a_segment_that_is_left_has_the_errors_of_today_alone() -> None:
    today = {"acceptance_rate": 0.3, "time_saved": 0.2}
    document = alike(ERRORS, left_as_today=["novices"])
    document["alternatives"][0]["metrics"] = today
    experts = alone(
        {**CALLS, "error_cost": 30, "cases_per_month": 7_200}, ERRORS, [{"name": "Build", "amount": 90_000}]
    )
    experts["alternatives"][0]["metrics"] = today
    assert npv(document) == pytest.approx(npv(experts), rel=1e-12)


DEFECTS = {
    "kind": "detection",
    "cases_per_month": 1_000,
    "prevalence": {"p10": 0.08, "p50": 0.1, "p90": 0.12},
    "value_of_catch": 100,
    "action_cost": 10,
}


def defects(metrics: Document, first: Document | None = None) -> Document:
    found = segments(metrics=metrics)
    rows = [{"id": "small", "share": 0.1, **(first or {})}, {"id": "large", "share": 0.9}]
    found["bridge"] = {"kind": "segmented", "task": DEFECTS, "segments": rows}
    return found


def test_a_segment_that_gives_but_one_of_two_metrics_takes_the_other_of_all() -> None:
    metrics = {"recall": 0.5, "false_positive_rate": 0.01, "small/recall": 0.6}
    both = {**metrics, "small/false_positive_rate": 0.01}
    assert npv(defects(metrics)) == npv(defects(both))


def portions(document: Document) -> dict[str, float]:
    """Which portion of what is counted before it counts for a share, by the names of both."""
    model = value_model(read(document))
    assert model is not None
    values, _ = next(iter(Blocks(model, 256, 1)))
    counted = model.bridge.counted(model.shared_of(values), model.metrics_of(1, values))
    return {f"{each.name} of {each.among or 'all'}": round(each.portion, 9) for each in counted}


def test_a_sample_shows_of_a_segment_only_its_own_positives() -> None:
    metrics = {"recall": 0.5, "precision": 0.5, "small/recall": 0.5, "small/precision": 0.5}
    assert portions(defects(metrics)) == {
        "prevalence of all": 1.0,
        "small/recall of prevalence": 0.1,
        "small/precision of prevalence": 0.1,
        "recall of prevalence": 0.9,
        "precision of prevalence": 0.9,
    }


def test_what_segments_share_is_counted_in_the_largest_where_the_positives_are_not_shared() -> None:
    found = portions(defects({"recall": 0.5, "precision": 0.5}, {"inputs": {"prevalence": 0.2}}))
    assert found == {
        "small/prevalence of all": 0.1,
        "prevalence of all": 0.9,
        "recall of prevalence": 1.0,
        "precision of prevalence": 1.0,
    }


def test_another_kind_of_task_keeps_what_differs_as_far_as_it_has_it() -> None:
    document = to_dict(read(segments()))
    document["bridge"]["segments"][0]["inputs"]["error_cost"] = 7.0
    changed = read(without_unknown(with_kind_of_task(document, "bridge.task", "automation")))
    assert to_dict(changed)["bridge"]["segments"][0]["inputs"] == {"error_cost": 7.0}


def test_a_segment_without_cases_today_says_what_one_would_bring() -> None:
    document = segments()
    for row, share in zip(document["bridge"]["segments"], (0, 1), strict=True):
        row["share"] = share
    margins = {each.part: each.margin_per_case.mean for each in assess(read(document)).by_part}
    assert margins["novices"] == pytest.approx(40 / 60 * (0.45 * 0.2 * 14 - 0.4))


def test_the_schema_knows_what_an_id_may_hold() -> None:
    for identity, is_allowed in (("calls_by_night", True), ("", False), ("a-b", False), ("a__b", False), ("Ab", False)):
        document = {"title": "Ids", "bridge": {"kind": "several", "streams": [{"id": identity}]}}
        assert jsonschema.Draft202012Validator(schema()).is_valid(document) is is_allowed


def workbook(document: Document) -> WorkbookModel:
    model = value_model(read(document))
    assert model is not None
    return WorkbookModel(model)


def test_formulas_of_the_most_parts_known_by_the_longest_formula_fit_into_cells() -> None:
    ids = [f"{'p' * 38}{number:02d}" for number in range(12)]
    document = several(metrics={f"{each}/roc_auc": 0.8 for each in ids})
    task = {**DEFECTS, "prevalence": 0.1}
    document["bridge"]["streams"] = [{"id": each, "name": each, "task": task} for each in ids]
    found = workbook(document)
    formulas = [found.worth(1), found.worth(1, {f"{ids[0]}/roc_auc": "A1"}), *found.worths_by_part(1).values()]
    assert max(map(len, formulas)) < 4_000


@pytest.mark.parametrize("kind", sorted(COMPOSITES))
def test_every_input_of_every_part_has_a_cell_of_its_own(kind: str) -> None:
    curve = {"kind": "curve", "cases_per_month": 100, "metric": "F1/score", "points": [[0, 0], [1, 3]]}
    streams = [{"id": each, "name": each, "task": curve} for each in ("a", "b")]
    shares = [{"id": each, "share": 0.5} for each in ("a", "b")]
    bridge = {"streams": streams} if kind == "several" else {"task": curve, "segments": shares}
    document = several(metrics={"a/F1/score": 0.9, "b/F1/score": 0.4})
    document["alternatives"][0]["metrics"] = {"a/F1/score": 0.1, "b/F1/score": 0.2}
    names = [each.name for each in workbook({**document, "bridge": {"kind": kind, **bridge}}).inputs]
    assert len(names) == len(set(names))


def test_leaving_out_the_segment_that_loses_is_worth_more() -> None:
    assert npv(segments(left_as_today=["experts"])) > npv(segments())
    novices = {**CALLS, "cases_per_month": 0.4 * 12_000, "minutes_per_task": 14}
    one = alone(novices, {"acceptance_rate": 0.45, "time_saved": 0.2}, [{"name": "Build", "amount": 90_000}])
    assert npv(segments(left_as_today=["experts"])) == pytest.approx(npv(one), rel=1e-12)


def test_segments_that_do_not_differ_are_the_task_itself() -> None:
    uncertain = with_kind(to_dict(read(UNCERTAIN)), "segmented")
    uncertain["bridge"]["segments"] = [{"id": "a", "share": 0.3}, {"id": "b", "share": 0.7}]
    one, two = assess(read(UNCERTAIN)), assess(read(uncertain))
    for before, after in zip(one.alternatives[1:], two.alternatives[1:], strict=True):
        assert after.expected == pytest.approx(before.expected, rel=1e-9)
    assert one.pilot.evsi == pytest.approx(two.pilot.evsi, rel=0.05)
    assert one.verdict.recommendation == two.verdict.recommendation


def test_one_stream_is_the_task_itself() -> None:
    changed = with_kind(to_dict(read(UNCERTAIN)), "several")
    one, two = assess(read(UNCERTAIN)), assess(read(changed))
    for before, after in zip(one.alternatives[1:], two.alternatives[1:], strict=True):
        assert before.outcome is not None
        error = before.outcome.npv.standard_error or 0.0
        assert after.expected == pytest.approx(before.expected, abs=4 * error)
    assert one.pilot.evsi == pytest.approx(two.pilot.evsi, rel=0.1)


def test_the_order_of_the_streams_changes_no_figure() -> None:
    document = to_dict(examples.load("claims_assistant"))
    turned = copy.deepcopy(document)
    turned["bridge"]["streams"].reverse()
    assert npv(turned, 2) == pytest.approx(npv(document, 2), rel=1e-9)


@settings(max_examples=40, deadline=None)
@given(
    shares=st.lists(st.floats(0.05, 1), min_size=2, max_size=5),
    minutes=st.lists(st.floats(1, 60), min_size=5, max_size=5),
    scale=st.floats(0.1, 50),
)
def test_segments_average_and_money_scales(shares: list[float], minutes: list[float], scale: float) -> None:
    whole = sum(shares)
    rows = [
        {"id": f"s{number}", "share": share / whole, "inputs": {"minutes_per_task": minutes[number]}}
        for number, share in enumerate(shares)
    ]
    document = {**segments(metrics={"acceptance_rate": 0.5, "time_saved": 0.2}, costs=[])}
    document["bridge"] = {"kind": "segmented", "task": {**CALLS, "wage_per_hour": 40 * scale}, "segments": rows}
    mean = float(np.average(minutes[: len(shares)], weights=shares))
    plain = {**CALLS, "wage_per_hour": 40, "minutes_per_task": mean}
    expected = scale * npv(alone(plain, {"acceptance_rate": 0.5, "time_saved": 0.2}, []))
    assert npv(document) == pytest.approx(expected, rel=1e-9, abs=1e-6)


@pytest.mark.parametrize("kind", sorted(COMPOSITES))
def test_every_composite_has_an_example_in_which_nothing_is_missing(kind: str) -> None:
    found = [each for each in map(examples.load, examples.NAMES) if each.bridge and each.bridge.kind == kind]
    assert found, f"no worked example in scoping/examples is of kind {kind!r}"
    assert not assess(found[0]).missing
    assert read(write(found[0])) == found[0]


@pytest.mark.parametrize("kind", sorted(COMPOSITES))
def test_a_task_that_becomes_part_of_more_keeps_its_metrics_and_comes_back(kind: str) -> None:
    before = to_dict(read(CERTAIN))
    there = without_unknown(with_kind(before, kind))
    back = without_unknown(with_kind(there, "detection"))
    assert to_dict(read(back)) == before


def test_the_first_stream_is_called_as_the_page_calls_the_task() -> None:
    changed = with_kind(to_dict(read(CERTAIN)), "several", "Erkennung")
    assert changed["bridge"]["streams"][0]["name"] == "Erkennung"


def test_a_history_says_which_part_was_changed() -> None:
    metric = several(metrics={**MODEL, "calls/time_saved": 0.5})
    assert labels_of_changes(read(several()), read(metric)) == ("Assistant: Calls: time saved",)
    longer = segments()
    longer["bridge"]["segments"][0]["inputs"]["minutes_per_task"] = 15
    labels = labels_of_changes(read(segments()), read(longer))
    assert labels == ("Segments: Novices: Inputs that differ: Minutes a task",)


def test_a_part_of_the_gain_is_no_invitation_to_share_it() -> None:
    """In German they are two words, and the button to share a proposal has the other one."""
    memo = render(summarise(read(several()), assess(read(several()), draws=256), (), Language("de")), "md").decode()
    assert "Barwert des Nutzens | Anteil am Nutzen |" in memo


def test_shares_that_make_no_whole_are_still_open() -> None:
    """They are typed one after the other: half of them is not bad, it is unfinished."""
    document = segments()
    document["bridge"]["segments"][1]["share"] = 0.3
    proposal = read(document)
    assert "bridge.segments" in assess(proposal).missing
    assert label_of(proposal, "bridge.segments") == "Shares of the segments: they make 70%, and must make 100%"


REFUSED = {
    "an id twice": (
        {"bridge": {"kind": "several", "streams": [{"id": "a"}, {"id": "a"}]}},
        "bridge.streams",
        "each needs an id and a name of its own; a stands twice",
    ),
    "an id that is none": (
        {"bridge": {"kind": "several", "streams": [{"id": "A b"}]}},
        "bridge.streams.0.id",
        "small letters, digits",
    ),
    "a kind within a kind": (
        {"bridge": {"kind": "several", "streams": [{"id": "a", "task": {"kind": "several"}}]}},
        "bridge.streams.0.task",
        "kind must be one of",
    ),
    "an input of a stream beyond its bounds": (
        {"bridge": {"kind": "several", "streams": [{"id": "a", "task": {"kind": "detection", "prevalence": 2}}]}},
        "bridge.streams.0.task.prevalence",
        "must be a number from 0 to 1",
    ),
    "an input that the kind does not have": (
        {"bridge": {"kind": "segmented", "task": CALLS, "segments": [{"id": "a", "inputs": {"prevalence": 0.5}}]}},
        "bridge.segments.0.inputs.prevalence",
        "is not an input of this kind of task; allowed: minutes_per_task",
    ),
    "an input of a segment beyond its bounds": (
        {"bridge": {"kind": "segmented", "task": CALLS, "segments": [{"id": "a", "inputs": {"wage_per_hour": -1}}]}},
        "bridge.segments.0.inputs.wage_per_hour",
        "must be a number from 0",
    ),
    "what is no number of the kind of task": (
        {
            "bridge": {
                "kind": "segmented",
                "task": {"kind": "curve", "metric": "F1", "points": [[0, 0], [1, 1]]},
                "segments": [{"id": "a", "inputs": {"points": 1}}],
            }
        },
        "bridge.segments.0.inputs.points",
        "is not an input of this kind of task",
    ),
    "a segment's id that a metric's name begins with": (
        {
            "bridge": {
                "kind": "segmented",
                "task": {"kind": "curve", "cases_per_month": 5, "metric": "a/score", "points": [[0, 0], [1, 1]]},
                "segments": [{"id": "a", "share": 1}],
            }
        },
        "bridge.segments.0.id",
        "must be another than what the metric's name begins with",
    ),
    "a metric of no stream": (
        {**several(metrics={"post/accuracy": 0.5})},
        "alternatives.1.metrics.post/accuracy",
        "is not a metric of this kind of task; allowed: mail/automation_rate",
    ),
    "a stream that is not there": (
        {**several(left_as_today=["post"])},
        "alternatives.1.left_as_today.0",
        "is no stream or segment; allowed: mail, calls",
    ),
}


@pytest.mark.parametrize("name", sorted(REFUSED))
def test_what_cannot_be_is_refused_by_its_place(name: str) -> None:
    document, path, allowed = REFUSED[name]
    with pytest.raises(DocumentRefused) as refused:
        read({"title": "Refused", **document})
    found = {str(each.path): str(each.allowed) for each in refused.value.problems}
    assert path in found, found
    assert allowed in found[path]
