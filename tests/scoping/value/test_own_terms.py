"""What one alternative has otherwise than the others: closed forms, an independent notebook, and properties."""

from __future__ import annotations

import io
import math
from typing import Any

import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from scoping import DocumentRefused, assess, read, to_dict
from scoping.document.editing import change, without_rows
from scoping.document.paths import with_value
from scoping.reports import render, summarise
from scoping.reports.changes import changes_between
from scoping.reports.data_formats.handoff import handoff
from scoping.value.remarks import Code
from tests.documents import CERTAIN, UNCERTAIN, Document, proposal, varied

pytestmark = pytest.mark.long

MODEL, RULE = "alternatives.2", "alternatives.1"
HORIZON, BUILD, RATE = 24, 4, 0.1
PLAIN: Document = {
    "title": "A case is worth 1",
    "bridge": {"kind": "ranking", "cases_per_month": 120, "baseline_conversion": 0.5, "margin": 2},
    "alternatives": [
        {"name": "Today", "kind": "status_quo"},
        {
            "name": "Model",
            "kind": "classical_ml",
            "metrics": {"lift": 1.0},
            "build_months": BUILD,
            "success_probability": 1,
        },
    ],
    "returns": {"horizon_months": HORIZON, "discount_rate": RATE},
}


def worth(document: Document, index: int = 1) -> float:
    """Expected NPV of one alternative."""
    found = assess(read(document), draws=256).alternatives[index].expected
    assert found is not None
    return found


def plain(**changes: Any) -> Document:
    """The plain document with other values; a name alone is a field of the model."""
    return varied(
        PLAIN, **{path if "__" in path else f"alternatives__1__{path}": value for path, value in changes.items()}
    )


def discounted(months: float) -> float:
    return float((1 + RATE) ** (-months / 12))


# The same as in Returns --------------------------------------------------------------------------


@pytest.mark.parametrize("document", [CERTAIN, UNCERTAIN], ids=["certain", "uncertain"])
@pytest.mark.parametrize(
    "name", ["adoption", "ramp_months", "drift", "retrain_every_months", "retraining_cost", "all of them"]
)
def test_the_same_figure_as_in_returns_changes_nothing(name: str, document: Document) -> None:
    """To the last bit, whatever else is uncertain."""
    returns = {**document["returns"], "retraining_cost": 300}
    names = ["adoption", "ramp_months", "drift", "retrain_every_months", "retraining_cost"]
    own = {name: returns[name] for name in (names if name == "all of them" else [name])}
    before, rule, model = document["alternatives"]
    given_ = {**document, "returns": returns}
    said = {**given_, "alternatives": [before, rule, {**model, **own}]}
    assert figures(said) == figures(given_)


def figures(document: Document) -> dict[str, Any]:
    return assess(read(document), draws=512).to_dict()


def test_what_one_alternative_says_for_itself_leaves_the_others_alone() -> None:
    own = {"adoption": 0.3, "ramp_months": 9, "drift": 0.5, "months_of_use": 7, "residual_value": 900}
    changed = varied(CERTAIN, **{f"alternatives__2__{name}": value for name, value in own.items()})
    assert figures(changed)["alternatives"][1] == {
        **figures(CERTAIN)["alternatives"][1],
        **{
            name: figures(changed)["alternatives"][1][name]
            for name in ("probability_best", "over_best_without_model")
            if name in figures(CERTAIN)["alternatives"][1]
        },
    }


@pytest.mark.parametrize("name", ["adoption", "ramp_months", "drift", "retrain_every_months", "retraining_cost"])
def test_an_own_figure_counts_as_if_it_held_for_all(name: str) -> None:
    value = {"adoption": 0.35, "ramp_months": 8, "drift": 0.6, "retrain_every_months": 2.5, "retraining_cost": 900}[
        name
    ]
    own = proposal(**{f"alternatives__2__{name}": value}, returns__horizon_months=40)
    for_all = proposal(**{f"returns__{name}": value}, returns__horizon_months=40)
    ours, theirs = (assess(each, draws=256).to_dict()["alternatives"][2] for each in (own, for_all))
    for figure in ("npv", "roi", "irr", "payback_months", "gain_per_month", "cost_per_month"):
        assert ours[figure] == theirs[figure]


# Closed forms ------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("convention", "months", "received_after"),
    [
        ("month_end", None, {24: 1}),
        ("mid_month", None, {23.5: 1}),
        ("year_end", None, {24: 1}),
        ("month_end", 11, {15: 1}),
        ("mid_month", 11, {14.5: 1}),
        ("year_end", 11, {24: 1}),
        ("year_end", 8, {12: 1}),
        # What ends within a month is received in part a month earlier: the mean date is the right one.
        ("month_end", 11.25, {15: 0.75, 16: 0.25}),
        ("mid_month", 11.25, {14.5: 0.75, 15.5: 0.25}),
        ("month_end", 60, {24: 1}),
    ],
)
@pytest.mark.parametrize("chance", [1, 0.4])
def test_a_residual_value_is_received_at_the_end(
    convention: str, months: float | None, received_after: dict[float, float], chance: float
) -> None:
    use = {} if months is None else {"months_of_use": months}
    common = {**use, "returns__cash_convention": convention, "success_probability": chance}
    more = worth(plain(residual_value=50_000, **common)) - worth(plain(**common))
    assert more == pytest.approx(
        chance * sum(share * 50_000 * discounted(after) for after, share in received_after.items()), rel=1e-12
    )


@pytest.mark.parametrize(("build", "share"), [(30, 0), (24, 0), (23.75, 0.25), (23, 1)])
def test_what_has_not_gone_live_by_the_horizon_is_worth_nothing_then(build: float, share: float) -> None:
    more = worth(plain(residual_value=50_000, build_months=build)) - worth(plain(build_months=build))
    assert more == pytest.approx(share * 50_000 * discounted(HORIZON), abs=1e-9)


def test_use_that_ends_is_an_annuity_of_so_many_months() -> None:
    # 120 a month from month 5 on, for ten months.
    assert worth(plain(months_of_use=10)) == pytest.approx(sum(120 * discounted(month) for month in range(5, 15)))


def test_use_to_the_horizon_is_no_end() -> None:
    costs = [{"timing": "monthly", "amount": 7, "growth": 0.1}]
    common = {"returns__drift": 0.3, "returns__ramp_months": 5, "build_months": 2.6, "costs": costs}
    for months in (HORIZON - 2.6, 100):
        assert worth(plain(months_of_use=months, **common)) == pytest.approx(worth(plain(**common)), rel=1e-12)


@pytest.mark.parametrize("every", [None, 0, 2.5, 6])
def test_use_that_ends_is_worth_what_a_horizon_then_is(every: float | None) -> None:
    """With ramp, growth, drift and costs: what is counted to month 15 is what is used to month 15."""
    costs = [
        {"timing": "monthly", "amount": 9, "growth": 0.1},
        {"timing": "per_case", "amount": 0.05},
        {"timing": "one_off", "amount": 700},
    ]
    today = [{"timing": "monthly", "amount": 11}, {"timing": "per_case", "amount": 0.1, "growth": -0.2}]
    trained = {} if every is None else {"retrain_every_months": every, "retraining_cost": 4 if every else 0}
    common = {
        "costs": costs,
        "alternatives__0__costs": today,
        "returns__drift": 0.4,
        "returns__ramp_months": 5,
        "returns__volume_growth": 0.2,
        **trained,
    }
    ended = worth(plain(months_of_use=11, **common))
    assert ended == pytest.approx(worth(plain(returns__horizon_months=15, **common)), rel=1e-12)


def test_a_renewal_that_was_avoided_falls_due_when_today_is_back() -> None:
    today = [{"timing": "one_off", "amount": 6_000}]
    saved = worth(plain(alternatives__0__costs=today, months_of_use=10)) - worth(plain(months_of_use=10))
    # It goes live in month 5 and is out of use from month 15 on.
    assert saved == pytest.approx(6_000 * (discounted(5) - discounted(15)))


def test_an_own_training_is_laid_by_for_and_keeps_the_gain() -> None:
    # Trained every two months by itself, for 30, where others are trained each year for 900: 15 a month.
    common = {
        "returns__retrain_every_months": 12,
        "returns__retraining_cost": 900,
        "returns__drift": 0.5,
        "retrain_every_months": 2,
        "retraining_cost": 30,
    }
    decay = -math.log(0.5) / 12
    kept = [(1 - math.exp(-decay)) / decay, (math.exp(-decay) - math.exp(-2 * decay)) / decay]
    expected = sum((120 * kept[(month - 1) % 2] - 15) * discounted(BUILD + month) for month in range(1, 21))
    assert worth(plain(**common)) == pytest.approx(expected)


def test_a_rule_is_not_retrained_at_its_own_cost() -> None:
    free, dear = (
        worth(plain(kind="rules", retrain_every_months=2, returns__retraining_cost=cost, returns__drift=0.5))
        for cost in (0, 500)
    )
    assert free == dear


# An independent notebook -------------------------------------------------------------------------


def month_by_month(document: Document) -> float:
    """NPV of a certain document with a bridge worth 1 a case, written down the way a notebook would."""
    returns, model, today = document["returns"], document["alternatives"][1], document["alternatives"][0]

    def own(name: str, default: float = 0.0) -> float:
        return float(model.get(name, returns.get(name, default)))

    horizon, build = returns["horizon_months"], model["build_months"]
    start, use = min(model.get("first_use_months", build), build), model.get("months_of_use", math.inf)
    every = model.get("retrain_every_months", returns.get("retrain_every_months"))
    total = 0.0
    for month in range(1, horizon + 1):
        before, until = (min(max(moment - start, 0), use) for moment in (month - 1, month))
        ramp = min(1, until / own("ramp_months")) if own("ramp_months") else 1
        reached = 120 * (1 + returns["volume_growth"]) ** ((month - 1) / 12) * own("adoption", 1) * ramp
        cases, used = reached * (until - before), own("adoption", 1) * ramp * (until - before)
        flow = reached * kept(before, until, own("drift"), every)
        for cost in model["costs"]:
            grown = cost["amount"] * (1 + cost.get("growth", 0)) ** ((month - 1) / 12)
            flow -= grown * {"monthly": until - before, "per_case": cases}[cost["timing"]]
        if every:
            flow -= own("retraining_cost") / every * (until - before)
        for cost in today["costs"]:
            going = own("adoption", 1) * (step(month, start) - step(month, start + use))
            flow += cost["amount"] * {"monthly": used, "per_case": cases, "one_off": going}[cost["timing"]]
        end = min(start + use, horizon)
        received = max(0, 1 - abs(month - end)) if month <= horizon else 0
        flow += model.get("residual_value", 0) * received * min(max(horizon - start, 0), 1)
        total += flow * (1 + returns["discount_rate"]) ** (-moment_of(month, returns["cash_convention"], horizon) / 12)
    return model["success_probability"] * total


def step(month: int, moment: float) -> float:
    return min(max(month - moment, 0), 1) - min(max(month - 1 - moment, 0), 1)


def moment_of(month: int, convention: str, horizon: int) -> float:
    return {"month_end": month, "mid_month": month - 0.5, "year_end": min(12 * math.ceil(month / 12), horizon)}[
        convention
    ]


def kept(start: float, end: float, drift: float, every: float | None) -> float:
    """The months from one moment of use to another as if without drift: piece by piece between trainings."""
    if every == 0 or drift == 0:
        return end - start
    if every:
        next_training = every * (math.floor(start / every) + 1)
        if next_training < end:
            return kept(start, next_training, drift, every) + kept(next_training, end, drift, every)
    age, decay = start - every * math.floor(start / every) if every else start, -math.log(1 - drift) / 12
    return (math.exp(-decay * age) - math.exp(-decay * (age + end - start))) / decay


def amounts(timings: list[str]) -> st.SearchStrategy[dict[str, Any]]:
    return st.fixed_dictionaries(
        {"timing": st.sampled_from(timings), "amount": st.integers(0, 40).map(lambda value: value / 4)},
        optional={},
    )


OWN = st.fixed_dictionaries(
    {},
    optional={
        "adoption": st.sampled_from([0, 0.3, 1]),
        "ramp_months": st.sampled_from([0, 0.5, 4, 20]),
        "drift": st.sampled_from([0, 0.25, 0.9]),
        "retrain_every_months": st.sampled_from([0.5, 2.25, 6, 600]),
        "retraining_cost": st.sampled_from([0, 25]),
        "months_of_use": st.sampled_from([1, 3.7, 12, 19.5, 60]),
        "residual_value": st.sampled_from([0, 750, 20_000]),
        "first_use_months": st.just(0.25),
    },
)


@st.composite
def documents(draw: st.DrawFn) -> Document:
    """A document with any own terms of its model, beside any of Returns."""
    returns = {
        "horizon_months": draw(st.sampled_from([1, 5, 12, 26])),
        "discount_rate": draw(st.sampled_from([0, 0.1])),
        "volume_growth": draw(st.sampled_from([0, 0.08])),
        "adoption": draw(st.sampled_from([0.5, 1])),
        "ramp_months": draw(st.sampled_from([0, 2.5])),
        "drift": draw(st.sampled_from([0, 0.4])),
        "cash_convention": draw(st.sampled_from(["month_end", "mid_month", "year_end"])),
        **draw(st.sampled_from([{}, {"retrain_every_months": 3}, {"retrain_every_months": 3, "retraining_cost": 40}])),
    }
    before, model = PLAIN["alternatives"]
    today = draw(st.lists(amounts(["monthly", "per_case", "one_off"]), max_size=2))
    costs = draw(st.lists(amounts(["monthly", "per_case"]), max_size=2))
    changed = {
        **model,
        "build_months": draw(st.sampled_from([0.25, 1, 2.5, 4, 30])),
        "success_probability": draw(st.sampled_from([1, 0.6])),
        "costs": costs,
        **draw(OWN),
    }
    return {**PLAIN, "alternatives": [{**before, "costs": today}, changed], "returns": returns}


@settings(max_examples=120, deadline=None)
@given(documents())
def test_any_own_terms_agree_with_a_notebook(document: Document) -> None:
    found = read(document)
    assert worth(document) == pytest.approx(month_by_month(document), rel=1e-9, abs=1e-6)
    assert to_dict(read(to_dict(found))) == to_dict(found)


@settings(max_examples=40, deadline=None)
@given(documents(), st.sampled_from([0.01, 3, 1_000]))
def test_ten_times_the_money_is_ten_times_the_worth(document: Document, scale: float) -> None:
    model = dict(document["alternatives"][1])
    for name in ("residual_value", "retraining_cost"):
        if name in model:
            model[name] = scale * model[name]
    returns = dict(document["returns"])
    if "retraining_cost" in returns:
        returns["retraining_cost"] = scale * returns["retraining_cost"]
    today, model["costs"] = (
        [{**cost, "amount": scale * cost["amount"]} for cost in each["costs"]] for each in document["alternatives"]
    )
    scaled = {
        **document,
        "bridge": {**document["bridge"], "margin": scale * document["bridge"]["margin"]},
        "alternatives": [{**document["alternatives"][0], "costs": today}, model],
        "returns": returns,
    }
    assert worth(scaled) == pytest.approx(scale * worth(document), rel=1e-9, abs=1e-6 * scale)


@settings(max_examples=40, deadline=None)
@given(documents(), st.sampled_from([1, 500, 10_000]))
def test_more_left_at_the_end_is_never_worth_less(document: Document, more: float) -> None:
    model = document["alternatives"][1]
    richer = {**model, "residual_value": model.get("residual_value", 0) + more}
    assert worth({**document, "alternatives": [document["alternatives"][0], richer]}) >= worth(document) - 1e-9


def test_the_order_of_the_alternatives_does_not_matter() -> None:
    own = {
        "adoption": {"p10": 0.2, "p50": 0.5, "p90": 0.8},
        "months_of_use": {"p10": 6, "p50": 10, "p90": 30},
        "residual_value": {"p10": 0, "p50": 400, "p90": 900},
        "success_probability": 0.6,
        "rests_on": ["Data arrive"],
    }
    before, rule, model = UNCERTAIN["alternatives"]
    rule = {
        **rule,
        "drift": {"p10": 0, "p50": 0.1, "p90": 0.4},
        "success_probability": 0.7,
        "rests_on": ["Data arrive"],
    }
    returns = {**UNCERTAIN["returns"], "shared_causes": [{"name": "Data arrive", "probability": 0.8}]}
    there, back = (
        figures({**UNCERTAIN, "alternatives": order, "returns": returns})
        for order in ([before, rule, {**model, **own}], [{**model, **own}, before, rule])
    )
    by_name = {each["name"]: each for each in there["alternatives"]}
    for each in back["alternatives"]:
        assert each["npv"] == by_name[each["name"]]["npv"]
    assert back["evpi"] == pytest.approx(there["evpi"], rel=1e-9)


def test_uncertain_ends_count_draw_by_draw() -> None:
    """Half the futures end after 6 months, half after 12: the mean of both."""
    short, long = (worth(plain(months_of_use=months, returns__drift=0.3)) for months in (6, 12))
    either = {"p10": 6, "p50": 6, "p90": 12}
    between = worth(plain(months_of_use=either, returns__drift=0.3))
    assert short < between < long


def test_the_outside_view_stretches_the_build_and_not_the_use() -> None:
    own = {"months_of_use": 10, "residual_value": 500, "adoption": 0.7, "drift": 0.2}
    costs = [{"name": "Build", "timing": "one_off", "amount": 1_000}]
    found = assess(read(plain(**own, costs=costs, returns__outside_view="green_book_lower")))
    assert found.outside_view is not None
    stretched = plain(**own, costs=[{**costs[0], "amount": 1_100}], build_months=1.1 * BUILD)
    assert found.outside_view.npv[1].mean == pytest.approx(worth(stretched), rel=1e-12)


@pytest.mark.long
@settings(max_examples=30, deadline=None)
@given(documents())
def test_the_workbook_calculates_any_own_terms_too(document: Document) -> None:
    """By the values kept beside its formulas, which test_xlsx holds against LibreOffice."""
    found = read(document)
    summary = summarise(found, assess(found, draws=256))
    kept = openpyxl.load_workbook(io.BytesIO(render(summary, "xlsx")), data_only=True)
    live = {str(row[0]): row[1] for row in kept["Results"].iter_rows(min_row=3, max_row=9, values_only=True)}
    assert live["NPV"] == pytest.approx(worth(document), rel=1e-9, abs=1e-6)
    outcome = assess(found, draws=256).alternatives[1].outcome
    if document["alternatives"][1]["success_probability"] == 1 and outcome is not None:
        assert live["Payback, months"] == (outcome.payback_months.p50 or "not within the horizon")


# Named where figures are told --------------------------------------------------------------------


def test_an_own_figure_is_an_input_of_its_own_with_the_name_of_its_alternative() -> None:
    wide = {"p10": 0.3, "p50": 0.5, "p90": 0.9}
    own = {"alternatives__2__adoption": wide, "alternatives__2__residual_value": wide}
    found = assess(proposal(UNCERTAIN, returns__adoption=0.1, **own))
    labels = {str(each.swing.input): str(each.swing.label) for each in found.sensitivity}
    assert labels["alternatives.2.adoption"] == "Model: adoption"
    assert labels["alternatives.2.residual_value"] == "Model: residual value"
    swing = next(each for each in found.sensitivity if each.swing.input == "alternatives.2.adoption")
    assert swing.swing.npv_at_p10 < swing.swing.npv_at_p90
    assert swing.evppi.value > 0


def test_an_own_figure_may_move_with_another_input() -> None:
    document = varied(UNCERTAIN, alternatives__2__adoption={"p10": 0.3, "p50": 0.5, "p90": 0.9})
    pair = {"first": "alternatives.2.adoption", "second": "bridge.prevalence", "rank_correlation": 0.8}
    together = read({**document, "correlations": [pair]})
    assert assess(together).alternatives[2].expected != assess(read(document)).alternatives[2].expected


def test_the_comparison_of_revisions_names_it() -> None:
    found = changes_between(proposal(), proposal(alternatives__2__months_of_use=18))
    assert [(str(each.label), str(each.new)) for each in found] == [("Model: Time of use", "18 months")]


def test_the_handoff_watches_the_leading_alternative() -> None:
    own = proposal(alternatives__2__drift=0.45, alternatives__2__retrain_every_months=2, alternatives__1__adoption=0.1)
    watched = handoff(own, assess(own)).monitoring
    assert (watched.retrain_every_months, watched.expected_drift_a_year) == (2, 0.45)


def test_trainings_for_nothing_are_remarked_on_by_how_often_they_come() -> None:
    second = {**CERTAIN["alternatives"][2], "name": "Second", "retrain_every_months": 2}
    third = {**second, "name": "Third", "retraining_cost": 5}
    returns = {**CERTAIN["returns"], "retraining_cost": None}
    document = {**CERTAIN, "alternatives": [*CERTAIN["alternatives"], second, third], "returns": returns}
    found = [each for each in assess(read(document)).remarks if each.code is Code.TRAININGS_FREE]
    assert [(each.subjects, each.values) for each in found] == [(("Model",), (6,)), (("Second",), (2,))]


# What cannot be ----------------------------------------------------------------------------------

CAUSES = [{"name": "Data arrive", "probability": 0.8}]


@pytest.mark.parametrize(
    ("path", "value", "said"),
    [
        (f"{MODEL}.months_of_use", 0, "must be a number from 1 to 600"),
        (f"{MODEL}.months_of_use", -3, "must be a number from 1 to 600"),
        (f"{MODEL}.adoption", 1.2, "must be a number from 0 to 1"),
        (f"{MODEL}.residual_value", -5, "must be a number from 0"),
        (f"{MODEL}.residual_value", "a lot", "residual_value"),
        ("alternatives.0.residual_value", 5, "must be empty for the status quo"),
        ("alternatives.0.months_of_use", 5, "must be empty for the status quo"),
        ("alternatives.0.rests_on", ["Data arrive"], "must be empty for the status quo"),
        (f"{RULE}.retraining_cost", 100, "must be empty where no model is trained"),
        (f"{MODEL}.retrain_every_months", 0.01, "or at least 0.03"),
        (f"{MODEL}.rests_on", ["Data come"], "is not a shared cause of failure; allowed: Data arrive"),
        (f"{MODEL}.rests_on", ["Data arrive"], "must be at most 80%, the chance that all comes true"),
        ("returns.shared_causes", [*CAUSES, *CAUSES], "each shared cause needs a name of its own"),
        ("returns.shared_causes", [{"name": "x", "probability": 1.5}], "must be a number from 0 to 1"),
    ],
)
def test_what_cannot_be_is_refused_by_name(path: str, value: Any, said: str) -> None:
    with pytest.raises(DocumentRefused, match=said):
        read(with_value(varied(CERTAIN, returns__shared_causes=CAUSES), path, value))


def test_a_model_that_is_trained_all_the_time_cannot_cost_something_each_time() -> None:
    with pytest.raises(DocumentRefused, match=r"alternatives\.2\.retrain_every_months.*must be more than 0"):
        proposal(returns__retraining_cost=10, alternatives__2__retrain_every_months=0)
    with pytest.raises(DocumentRefused, match=r"alternatives\.2\.retraining_cost.*must be 0 where a model is trained"):
        proposal(returns__retrain_every_months=0, alternatives__2__retraining_cost=10)
    assert proposal(alternatives__2__retrain_every_months=0, alternatives__2__retraining_cost=0)


def test_no_cause_can_be_named_before_there_is_one() -> None:
    with pytest.raises(DocumentRefused, match="there is none yet: name it in Costs and returns first"):
        proposal(alternatives__2__rests_on=["Data arrive"])


def test_a_cause_that_is_renamed_or_taken_out_takes_its_alternatives_with_it() -> None:
    resting = {"alternatives__2__success_probability": 0.5, "alternatives__2__rests_on": ["Data arrive"]}
    document = proposal(returns__shared_causes=CAUSES, **resting)
    renamed = change(document, "returns.shared_causes.0.name", "The data arrive")
    assert renamed.alternatives[2].rests_on == ["The data arrive"]
    gone = read(without_rows(to_dict(renamed), "returns.shared_causes", [], {0}))
    assert gone.alternatives[2].rests_on == []
