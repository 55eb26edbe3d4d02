"""How a case is valued, with a team's own numbers: the formula that is shown comes to what the value model says."""

from __future__ import annotations

import re
from math import exp, pi, sqrt

import pytest
from scipy.stats import norm

from scoping import examples, read
from scoping.bridges import KINDS
from scoping.reports.valuing import in_words, letters, valued
from tests.documents import CERTAIN, UNCERTAIN, proposal

SHOWN = {name for name in examples.NAMES for each in valued(examples.load(name)) if r"\;=\;" in each.latex}


def worked_out(latex: str) -> float:
    """The formula as Python reads it: what a person would type into a calculator."""
    text = latex.removeprefix("v = ").split(r"\;=\;")[0]
    text = re.sub(r"\\text\{([^}]*)\}", lambda found: _plain(found[1]), text)
    for old, new in (
        (r"\cdot", "*"), (r"\big", ""), (r"\tfrac{1}{60}\,", "1/60*"), (r"\varphi", "density"), (r"\Phi^{-1}", "quantile"),
    ):  # fmt: skip
        text = text.replace(old, new)
    names = {"density": lambda x: exp(-x * x / 2) / sqrt(2 * pi), "quantile": norm.ppf}
    return float(eval(text, {"__builtins__": {}}, names))


def _plain(said: str) -> str:
    figure = re.sub(r"[^\d.%-]", "", said.replace(",", ""))
    return f"({figure.removesuffix('%')}/100)" if figure.endswith("%") else f"({figure})"


@pytest.mark.parametrize("name", sorted(SHOWN))
def test_the_formula_with_the_teams_numbers_comes_to_the_worth_beside_it(name: str) -> None:
    for each in valued(examples.load(name)):
        if r"\;=\;" in each.latex:
            worth = float(_plain(each.worth.replace("−", "-")).strip("()"))
            # The numbers in it are rounded as people read them.
            assert worked_out(each.latex) == pytest.approx(worth, abs=0.02 * max(1.0, abs(worth)))


def test_every_kind_is_said_in_words_and_every_letter_is_explained() -> None:
    for name, kind in KINDS.items():
        assert in_words(name)
        known = {letter.latex for letter in letters(name)}
        if name == "curve":
            continue
        # What an alternative may have of its own, a depth, is one letter.
        said = {*kind.model_fields, *(each.name for each in kind.model_construct(kind=name).metrics)}
        # A step may be what an input or a metric is before it is cut.
        assert known >= set(kind.letters.values()) | {step.latex for step in kind.steps}
        assert len(kind.letters) == len(said - {"kind", "cases_per_month"})
        for latex in known:
            assert latex in kind.formula or latex in ("p", r"\mathrm{FPR}")


def test_names_are_no_commands_within_a_formula() -> None:
    document = proposal(UNCERTAIN, currency="USD", alternatives__2__name=r"\input{x} $5")
    model = valued(document)[-1]
    assert model.name == r"\input{x} $5"
    assert "input" not in model.latex
    assert re.search(r"(?<!\\)[$%]", model.latex) is None


@pytest.mark.parametrize(
    ("kind", "metrics"),
    [("detection", {"recall": 0, "precision": 0}), ("forecast", {"rmse": 0})],
)
def test_numbers_of_nothing_are_shown_too(kind: str, metrics: dict[str, float]) -> None:
    free = {"cost_under": 0, "cost_over": 0, "mean_demand": 0} if kind == "forecast" else {}
    bridge = {"kind": kind, "cases_per_month": 10, **(CERTAIN["bridge"] if kind == "detection" else {}), **free}
    today = {"name": "Today", "kind": "status_quo", **({"metrics": metrics} if kind == "forecast" else {})}
    model = {"name": "M", "kind": "rules", "metrics": metrics, "build_months": 1, "success_probability": 1}
    document = read({**CERTAIN, "bridge": bridge, "alternatives": [today, model], "feasibility": {}})
    assert r"\;=\;" in valued(document)[-1].latex


def test_nothing_is_shown_before_the_numbers_are_there() -> None:
    assert valued(read({"title": "Only a title"})) == ()
