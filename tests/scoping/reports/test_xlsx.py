"""The workbook calculates the same model as the assessment, in every language, and only its inputs can be changed."""

from __future__ import annotations

import io
import subprocess
from pathlib import Path
from statistics import fmean
from typing import Any

import openpyxl
import pytest

from scoping import Estimate, assess, examples, read, to_dict
from scoping.document.editing import change, with_evidence
from scoping.document.ends import ENDS
from scoping.document.evidence import plain
from scoping.document.paths import with_value
from scoping.document.proposal import Proposal
from scoping.feasibility.evidence.chances import assumptions, with_assumed
from scoping.reports import render, summarise
from scoping.reports.summarising.finance import WITHOUT_TOTAL, line_titles
from scoping.text.languages import ENGLISH, Language
from scoping.value.model import value_model
from scoping.value.simulate import simulate
from scoping.value.statement import finance_view
from tests.documents import CERTAIN
from tests.evidences import detected
from tests.scoping.reports.readers import workbook
from tests.scoping.reports.samples import FEW, summarised
from tests.scoping.value.test_ends import with_ends
from tests.scoping.value.test_everything_on import everything

pytestmark = pytest.mark.long

GERMAN = "visual_inspection_de"
# Cash flows of every kind: what drifts, what is committed, what ends with adoption, what trainings cost.
FLOWS = (
    "build_beyond_horizon",
    "drift_helps_harmful_model",
    "drift_jump_build_4",
    "gain_omits_saved_costs",
    "retrain_every_0_means_never",
    "status_quo_one_off_ignored",
)


def flows() -> dict[str, Proposal]:
    """Documents by name, each with a cash flow of its own kind."""
    cases = Path(__file__).parents[1] / "cases"
    trained = {**CERTAIN["returns"], "retrain_every_months": 4.5, "retraining_cost": 700, "drift": 0.4}
    found = {name: read((cases / f"{name}.json").read_text(encoding="utf-8")) for name in FLOWS}
    hardly = {**CERTAIN["returns"], "drift": 1e-17}
    model = {**CERTAIN["alternatives"][-1], "success_probability": 0}
    # Without costs nothing is spent either: worth nothing at any quality.
    late, free = {**model, "success_probability": 0.9, "build_months": 24, "costs": []}, {**model, "costs": []}
    return {
        **found,
        "trainings_cost": read({**CERTAIN, "returns": trained}),
        "hardly_any_drift": read({**CERTAIN, "returns": hardly}),
        **{f"{convention}_{steps}": conventional(convention, steps) for convention, steps in CONVENTIONS},
        **{f"apart_{name}": apart(name, own) for name, own in APART.items()},
        **{name: financed(*given) for name, given in FINANCES.items()},
        **{name: by_year(convention) for name, convention in BY_YEAR.items()},
        "agreed": change(read(CERTAIN), "bridge.prevalence", AGREED),
        "everything_on": read(everything()),
        "ends": read(with_ends()),
        **{
            f"never_{name}": read({**CERTAIN, "alternatives": [*CERTAIN["alternatives"][:-1], each]})
            for name, each in {"reaches_production": model, "in_use": late, "for_nothing": free}.items()
        },
        **{f"limit_{name}": read(document) for name, document in limited().items()},
        "measured": measured(),
    }


def measured() -> Proposal:
    """A model of which nobody says how likely it reaches production: its evidence and the ceilings do."""
    model = {name: value for name, value in CERTAIN["alternatives"][-1].items() if name != "success_probability"}
    ceilings = {"recall": {"p10": 0.4, "p50": 0.7, "p90": 0.9}}
    changed = {"alternatives": [*CERTAIN["alternatives"][:-1], model], "feasibility": {"ceilings": ceilings}}
    return with_evidence(read({**CERTAIN, **changed}), detected(0.68), model["name"])


def limited() -> dict[str, dict[str, Any]]:
    """People who cannot act on more while the cases grow; own shares contacted; those who would respond anyway."""
    document = {**CERTAIN, "bridge": {**CERTAIN["bridge"], "most_actions_per_month": 55}}
    everybody = with_value(document, "alternatives.0.metrics", {"recall": 1, "false_positive_rate": 1})
    by_area = with_value(document, "alternatives.2.metrics", {"roc_auc": 0.88})
    free = {**CERTAIN["bridge"], "most_actions_per_month": 120, "action_cost": 0, "false_alarm_cost": 0}
    mailing = with_value(to_dict(examples.load("donor_mailing")), "bridge.most_actions_per_month", 3_000)
    mailing = with_value(with_value(mailing, "bridge.respond_anyway", 0.004), "alternatives.0.metrics", {"depth": 1})
    own = {"lift_at_depth": 2.1, "depth": 0.15}
    return {
        "everybody": everybody,
        "by_area": by_area,
        "where_acting_is_free": {**by_area, "bridge": free},
        "never_reached": with_value(document, "bridge.most_actions_per_month", 9_999_999),
        "nobody_acts": with_value(document, "bridge.most_actions_per_month", 0),
        "yearly": with_value(by_area, "returns.growth_steps", "yearly"),
        "shrinking": with_value(everybody, "returns.volume_growth", -0.3),
        "mailing": with_value(mailing, "alternatives.2.metrics", own),
        "mailing_that_repels": with_value(mailing, "bridge.respond_anyway", 0.07),
        "uplift_alone": with_value(to_dict(examples.load("donor_mailing")), "bridge.respond_anyway", 0.01),
        "soft": soft_in_some_months(),
    }


def soft_in_some_months() -> dict[str, Any]:
    """A choice among all of whom people reach loses at first, and gains once there are more than they can reach."""
    bridge = {
        "kind": "targeting",
        "cases_per_month": 1_000,
        "response_rate": 0.1,
        "value_of_response": 100,
        "contact_cost": 2,
        "depth": 0.5,
        "most_actions_per_month": 1_200,
    }
    before, _, model = CERTAIN["alternatives"]
    chosen = {**model, "metrics": {"lift_at_depth": 1.5}, "success_probability": 0.9}
    alternatives = [{**before, "metrics": {"depth": 1}}, chosen]
    returns = {**CERTAIN["returns"], "horizon_months": 48, "volume_growth": 0.6}
    finance = {"tax_rate": 0.3, "soft_share": 0.4, "soft_counts": 0.5, "inflation": 0.02}
    return {**CERTAIN, "bridge": bridge, "alternatives": alternatives, "returns": returns, "finance": finance}


AGREED = {
    "judgements": [
        {"by": "Ana", "p10": 0.02, "p50": 0.04, "p90": 0.05},
        {"by": "Bo", "p10": 0.06, "p50": 0.07, "p90": 0.1},
    ],
    "consensus": {"p10": 0.03, "p50": 0.062, "p90": 0.09},
}
CONVENTIONS = (("month_end", "yearly"), ("mid_month", "smooth"), ("year_end", "yearly"))


def conventional(convention: str, steps: str) -> Proposal:
    """Costs of every timing, some in pieces and some that grow, under a convention of finance."""
    costs = [
        {"name": "Licence", "timing": "at_start", "amount": 4_000, "pieces": 3},
        {"name": "Team", "timing": "each_build_month", "amount": 2_500, "growth": 0.04},
        {"name": "Desk", "timing": "each_build_month", "amount": 100},
        {"name": "Seats", "timing": "monthly", "amount": 15, "pieces": 20, "growth": 0.1},
        {"name": "Calls", "timing": "per_case", "amount": 0.1, "growth": -0.05},
        {"name": "Run", "timing": "monthly", "amount": 200},
        {"name": "Build", "timing": "one_off", "amount": 6_000},
        {"name": "Fine", "timing": "one_off", "amount": 9_000, "pieces": 2, "chance": 0.3},
    ]
    today = [
        {"name": "Check", "timing": "per_case", "amount": 0.25, "growth": 0.03},
        {"name": "Fines", "timing": "monthly", "amount": 80, "chance": 0.35},
    ]
    before, *others, model = CERTAIN["alternatives"]
    changed = {**model, "costs": costs, "build_months": 4.5, "first_use_months": 2.25, "success_probability": 0.9}
    returns = {**CERTAIN["returns"], "horizon_months": 30, "cash_convention": convention, "growth_steps": steps}
    return read({**CERTAIN, "alternatives": [{**before, "costs": today}, *others, changed], "returns": returns})


OWN = {
    "adoption": {"p10": 0.3, "p50": 0.55, "p90": 0.7},
    "ramp_months": 5.5,
    "months_of_use": 11.4,
    "drift": 0.35,
    "retrain_every_months": 2.5,
    "retraining_cost": {"p10": 300, "p50": 450, "p90": 900},
    "residual_value": {"p10": 2_000, "p50": 3_000, "p90": 4_500},
}
# What one alternative has otherwise than the others, by the convention under which it is valued.
APART = {
    "month_end": OWN,
    "mid_month": {**OWN, "retrain_every_months": 0, "retraining_cost": None, "months_of_use": None},
    "year_end": {**OWN, "months_of_use": 60, "drift": None},
}


def apart(convention: str, own: dict[str, Any]) -> Proposal:
    """A model that differs from the others in all that it may, what today avoids once, and a rule in between."""
    document = to_dict(conventional(convention, "smooth"))
    before, rule, model = document["alternatives"]
    before = {**before, "costs": [*before["costs"], {"name": "Renewal", "timing": "one_off", "amount": 7_000}]}
    rule = {**rule, "residual_value": 500, "build_months": 29.25, "adoption": 0.35}
    said = {name: value for name, value in own.items() if value is not None}
    if own["retrain_every_months"] == 0:
        document["returns"] = {**document["returns"], "retraining_cost": 0}
    cause = {"name": "Data arrive", "probability": 0.95}
    returns = {**document["returns"], "shared_causes": [cause]}
    model = {**model, **said, "rests_on": ["Data arrive"]}
    return read({**document, "alternatives": [before, model, rule], "returns": returns})


FINANCES: dict[str, tuple[str, str, dict[str, Any]]] = {
    "finance_nominal": (
        "month_end",
        "yearly",
        {
            "tax_rate": 0.3,
            "inflation": 0.03,
            "soft_share": 0.4,
            "soft_counts": 0.5,
            "depreciation_months": 12,
            "starts": "2027-03",
            "fiscal_year_starts": 7,
        },
    ),
    "finance_real": ("mid_month", "smooth", {"tax_rate": 0.25, "inflation": 0.03, "rate_is": "real"}),
    "finance_soft_is_nothing": ("year_end", "yearly", {"tax_rate": 0.25, "soft_share": 1, "soft_counts": 0}),
    "finance_without_tax": ("year_end", "smooth", {"soft_share": 0.3}),
}


BY_YEAR = {f"by_year_{convention}": convention for convention in APART}


def by_year(convention: str) -> Proposal:
    """Benefits and costs by year, of all and of one, in pieces, with a chance, beyond the horizon; today's as well."""
    document = to_dict(apart(convention, APART[convention]))
    today, model, rule = document["alternatives"]
    licence = {"name": "Licence", "timing": "monthly", "by_year": [9_000, 7_500.5, 0], "pieces": 0.8}
    roll_out = {"name": "Roll-out", "timing": "one_off", "by_year": [12_000, 0, 8_000, 99_999], "chance": 0.6}
    training = {"name": "Training", "timing": "one_off", "by_year": [3_000], "pieces": {"p10": 1, "p50": 1.5, "p90": 3}}
    system = {"name": "Old system", "timing": "monthly", "by_year": [20_000, 26_000]}
    document["alternatives"] = [
        {**today, "costs": [*today["costs"], system]},
        {**model, "benefits_by_year": [0.2, 1.1, 0.7], "costs": [*model["costs"], licence, roll_out, training]},
        {**rule, "build_months": 3.5, "costs": [*rule["costs"], roll_out]},
    ]
    document["returns"] = {**document["returns"], "benefits_by_year": [0.35, 0.9]}
    return read({**document, "finance": {"tax_rate": 0.3, "inflation": 0.02, "starts": "2027-04"}})


def financed(convention: str, steps: str, finance: dict[str, Any]) -> Proposal:
    """The same with a finance section, some of the build's costs capital."""
    document = {**to_dict(conventional(convention, steps)), "finance": finance}
    for number, cost in enumerate(document["alternatives"][-1]["costs"]):
        if cost["name"] in ("Licence", "Team", "Build"):
            document = with_value(document, f"alternatives.2.costs.{number}.treatment", "capital")
    return read(document)


STATED = (*FINANCES, *BY_YEAR, "support_assistant", "everything_on", "limit_soft")
DOCUMENTS = {**{name: examples.load(name) for name in examples.NAMES}, **flows()}


def at_the_middle(value: Any) -> Any:
    """The document with every estimate replaced by its P50."""
    if isinstance(value, dict):
        if "judgements" in value or set(value) in ({"p10", "p50", "p90"}, {*ENDS}):
            return Estimate.model_validate(value).p50
        return {key: at_the_middle(each) for key, each in value.items()}
    return [at_the_middle(each) for each in value] if isinstance(value, list) else value


def calculated(folder: Path, office: str) -> dict[str, openpyxl.Workbook]:
    """The workbooks of a folder, calculated by LibreOffice."""
    profile = f"-env:UserInstallation=file://{folder}/profile"
    command = [office, "--headless", profile, "--convert-to", "xlsx:Calc MS Excel 2007 XML"]
    files = sorted(folder.glob("*.xlsx"))
    subprocess.run([*command, "--outdir", str(folder / "out"), *map(str, files)], check=True, capture_output=True)
    return {each.stem: openpyxl.load_workbook(folder / "out" / each.name, data_only=True) for each in files}


@pytest.fixture(scope="module")
def written() -> dict[str, bytes]:
    """The workbooks of all documents as they leave us, and one in German."""
    found = {name: render(summarised(document), "xlsx") for name, document in DOCUMENTS.items()}
    document = DOCUMENTS[GERMAN[:-3]]
    return {**found, GERMAN: render(summarise(document, assess(document), (), Language("de")), "xlsx")}


@pytest.fixture(scope="module")
def recalculated(
    tmp_path_factory: pytest.TempPathFactory, office: str, written: dict[str, bytes]
) -> dict[str, openpyxl.Workbook]:
    """The same as LibreOffice calculates them: where a value is kept beside a formula, it would take that one."""
    folder = tmp_path_factory.mktemp("sheets")
    for name, content in written.items():
        openpyxl.load_workbook(io.BytesIO(content)).save(folder / f"{name}.xlsx")
    return calculated(folder, office)


def live(workbook: openpyxl.Workbook) -> dict[str, dict[str, Any]]:
    """The live results: by alternative, then by row title."""
    rows = list(workbook["Results"].iter_rows(min_row=3, values_only=True))
    end = next(number for number, row in enumerate(rows) if str(row[0]).startswith("Simulated"))
    names = [str(name) for name in rows[0][1:] if name is not None]
    return {
        name: {str(row[0]): row[column] for row in rows[1:end] if row[0]} for column, name in enumerate(names, start=1)
    }


@pytest.mark.parametrize("name", DOCUMENTS)
def test_the_spreadsheet_calculates_what_assess_does(name: str, recalculated: dict[str, openpyxl.Workbook]) -> None:
    document = DOCUMENTS[name]
    middle = assess(read(at_the_middle(to_dict(with_assumed(document, assumptions(document))))))
    found = live(recalculated[name])
    for result in middle.alternatives:
        if result.outcome is None:
            continue
        assert found[result.name]["NPV"] == pytest.approx(result.expected, rel=1e-9)
        assert found[result.name]["Gain a month, full adoption"] == pytest.approx(result.gain_per_month, rel=1e-9)
    for each in middle.break_even:
        shown = found[each.alternative][each.title]
        assert shown == "none" if each.value is None else shown == pytest.approx(each.value, rel=1e-9, abs=1e-12)


@pytest.mark.parametrize("name", [*DOCUMENTS, GERMAN])
def test_the_value_kept_beside_each_formula_is_what_libreoffice_calculates(
    name: str, recalculated: dict[str, openpyxl.Workbook], written: dict[str, bytes]
) -> None:
    formulas = openpyxl.load_workbook(io.BytesIO(written[name]))
    kept = openpyxl.load_workbook(io.BytesIO(written[name]), data_only=True)
    count = 0
    for sheet in formulas:
        for row in sheet.iter_rows():
            for cell in row:
                if cell.data_type == "f":
                    ours = kept[sheet.title][cell.coordinate].value
                    theirs = recalculated[name][sheet.title][cell.coordinate].value
                    assert ours == (theirs if isinstance(theirs, str) else pytest.approx(theirs, rel=1e-7, abs=1e-7)), (
                        f"{sheet.title}!{cell.coordinate}"
                    )
                    count += 1
    assert count > 100


def test_a_spreadsheet_in_german_calculates_the_same(recalculated: dict[str, openpyxl.Workbook]) -> None:
    english, german = recalculated[GERMAN[:-3]], recalculated[GERMAN]
    assert german.sheetnames == ["Eingaben", "Zahlungsstrom", "Ergebnisse", "Sensitivität", "Break-even", "Notizen"]
    for ours, theirs in (("Results", "Ergebnisse"), ("Cash flow", "Zahlungsstrom")):
        for row, translated in zip(english[ours].iter_rows(), german[theirs].iter_rows(), strict=True):
            numbers = [cell.value for cell in row if isinstance(cell.value, int | float)]
            assert [cell.value for cell in translated if isinstance(cell.value, int | float)] == numbers


@pytest.mark.parametrize("name", STATED)
def test_the_statement_is_that_of_the_model_for_every_alternative(
    name: str, recalculated: dict[str, openpyxl.Workbook]
) -> None:
    model = value_model(read(at_the_middle(to_dict(DOCUMENTS[name]))))
    assert model is not None
    simulation = simulate(model, in_detail=False)
    rows = [[cell.value for cell in row] for row in recalculated[name]["Statement"].iter_rows()]
    for index, alternative in model.valued.items():
        statement = finance_view(model, simulation, index).statement
        at = next(place for place, row in enumerate(rows) if row[0] == f"{alternative.name}, by fiscal year")
        last = len(statement.years)
        for place, (line, title) in enumerate(line_titles(model.proposal, index).items(), start=at + 2):
            largest = abs(statement.lines[line]).max()
            assert rows[place][0] == title
            assert rows[place][1 : last + 1] == pytest.approx(statement.lines[line], rel=1e-9, abs=1e-9 * largest), line
            if line not in WITHOUT_TOTAL:
                total = statement.lines[line].sum()
                assert rows[place][last + 1] == pytest.approx(total, rel=1e-9, abs=1e-9 * largest)


def test_a_workbook_for_nobody_in_finance_has_no_statement(written: dict[str, bytes]) -> None:
    for name, content in written.items():
        names = openpyxl.load_workbook(io.BytesIO(content)).sheetnames
        assert ("Statement" in names) == (name in STATED)


def test_return_and_payback_are_those_of_assess_where_production_is_sure(tmp_path: Path, office: str) -> None:
    document = to_dict(examples.load("visual_inspection"))
    for index in (1, 2, 3):
        document = with_value(document, f"alternatives.{index}.success_probability", 1)
    certain = read(at_the_middle(document))
    (tmp_path / "sure.xlsx").write_bytes(render(summarised(certain), "xlsx"))
    found = live(calculated(tmp_path, office)["sure"])
    for result in assess(certain).alternatives[1:]:
        assert result.outcome is not None
        assert found[result.name]["Return on cost"] == pytest.approx(result.outcome.roi.mean, rel=1e-9)
        assert found[result.name]["Payback, months"] == result.outcome.payback_months.p50


def test_the_chart_of_the_cash_shows_each_running_sum_however_many_columns_others_have() -> None:
    document = to_dict(examples.load("visual_inspection"))
    document["alternatives"][1]["residual_value"] = 500
    workbook = openpyxl.load_workbook(io.BytesIO(render(summarised(read(document)), "xlsx")))
    [chart] = workbook["Results"]._charts
    shown = [series.val.numRef.f for series in chart.series]
    assert shown == [
        workbook.defined_names[f"alternative_{index}_by_month_running_sum"].attr_text for index in (1, 2, 3)
    ]


def test_no_formula_is_longer_than_excel_allows() -> None:
    points = [[round(number / 49, 3), (number / 49) ** 2 * 12.345678901234] for number in range(50)]
    document = to_dict(examples.load("heat_pump_scheduling"))
    document["bridge"]["points"] = points
    low, high = points[1][0], points[-2][0]
    for alternative in document["alternatives"]:
        alternative["metrics"] = {"r2 of the day-ahead load": (low + high) / 2}
    document["feasibility"]["ceilings"] = {}
    workbook = openpyxl.load_workbook(io.BytesIO(render(summarised(read(document)), "xlsx")))
    formulas = [
        str(cell.value) for sheet in workbook for row in sheet.iter_rows() for cell in row if cell.data_type == "f"
    ]
    assert 5_000 < max(map(len, formulas)) <= 8_192


def test_inputs_are_named_unlocked_and_at_their_middle() -> None:
    document = examples.load("visual_inspection")
    workbook = openpyxl.load_workbook(io.BytesIO(render(summarised(document), "xlsx")))
    assert workbook.sheetnames == ["Inputs", "Cash flow", "Results", "Sensitivity", "Break-even", "Notes"]
    place = workbook.defined_names["prevalence"].attr_text.replace("$", "").split("!")[1]
    cell = workbook["Inputs"][place]
    assert cell.value == 0.018
    assert not cell.protection.locked
    assert all(
        workbook[name].protection.sheet and not workbook[name].protection.password for name in workbook.sheetnames
    )
    assert workbook["Results"]["B6"].value.startswith("=SUMPRODUCT(")
    assert workbook["Results"]["B6"].protection.locked


def test_many_alternatives_risks_and_a_very_long_title_are_all_there() -> None:
    document = to_dict(examples.load("visual_inspection"))
    more = [
        {**document["alternatives"][3], "name": f"Network number {number}, with a rather long name"}
        for number in range(7)
    ]
    document["alternatives"] += more
    document["risks"] = [{"name": f"Risk {number} " + "that goes on " * 20} for number in range(40)]
    document["title"] = "A very long title of a proposal that nobody ever shortened " * 6
    for language in (ENGLISH, Language("de")):
        summary = summarise(read(document), assess(read(document), FEW), (), language)
        words = workbook(render(summary, "xlsx")).words
        assert document["title"].strip() in words
        assert all(each["name"] in words for each in more)
        assert "Risk 39 that" in words


def test_evidence_is_a_sheet_of_numbers_and_of_text_that_stays_text() -> None:
    document = to_dict(examples.load("payment_fraud"))
    measured = read(document).evidence[0]
    workbook = openpyxl.load_workbook(io.BytesIO(render(summarised(read(document)), "xlsx")))
    assert workbook.sheetnames[-2:] == ["Evidence", "Notes"]
    rows = {str(row[0].value): row for row in workbook["Evidence"].iter_rows() if row[0].value is not None}
    assert rows["SHA-256 of the file"][1].value == measured.source.sha256
    assert rows["Rows"][1].value == measured.source.rows
    auc = measured.metrics["roc_auc"]
    assert [cell.value for cell in rows["ROC AUC"][1:4]] == pytest.approx([auc.value, auc.low, auc.high])
    assert measured.learning_curve is not None
    points = [rows[str(each.rows)][1].value for each in measured.learning_curve.points]
    assert points == pytest.approx([fmean(each.scores) for each in measured.learning_curve.points])
    assert "“payment_id” looks like an identifier." in rows
    assert not [cell for row in workbook["Evidence"].iter_rows() for cell in row if cell.data_type == "f"]


def test_a_column_named_like_a_formula_is_text_on_the_evidence_sheet() -> None:
    formula = '=HYPERLINK("http://example.org","x")'
    document = to_dict(examples.load("pump_maintenance"))
    evidence = read(document).evidence[0]
    first = evidence.profile.told[0].model_copy(update={"name": formula})
    changed = evidence.model_copy(
        update={"profile": evidence.profile.model_copy(update={"told": [first, *evidence.profile.told[1:]]})}
    )
    document["evidence"] = [plain(changed.model_copy(update={"target": formula}).sealed())]
    workbook = openpyxl.load_workbook(io.BytesIO(render(summarised(read(document)), "xlsx")))
    cells = [cell for row in workbook["Evidence"].iter_rows() for cell in row if formula in str(cell.value)]
    assert cells
    assert {cell.data_type for cell in cells} == {"s"}
