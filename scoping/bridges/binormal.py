"""A model that is known by its ROC AUC: normal scores of equal spread, and the threshold worth most on their curve.

Source: Green and Swets 1966, Signal Detection Theory and Psychophysics; the threshold: Elkan 2001, The Foundations of
Cost-Sensitive Learning.
"""

from __future__ import annotations

import numpy as np
from scipy.special import ndtr, ndtri

from .pieces import Names, Numbers, Values

# A perfect ranking would need scores infinitely far apart.
_LARGEST_AUC = 1 - 1e-12
_LEAST_DISTANCE = 1e-12


def odds(auc: Numbers) -> tuple[Numbers, Numbers]:
    """Numerator and denominator of the odds ratio in the middle of the curve: no threshold moves the ranking."""
    half = distance(auc) / 2
    return ndtr(half) ** 2, ndtr(-half) ** 2


def odds_formulas(auc: str) -> tuple[str, str]:
    """`odds` as spreadsheet formulas."""
    half = f"{_distance_formula(auc)}/2"
    return f"NORMSDIST({half})^2", f"NORMSDIST(-{half})^2"


def worth_most_formulas(inputs: Names, auc: str) -> tuple[str, str]:
    """Recall and false-positive rate at the threshold worth most, as spreadsheet formulas."""
    gain, cost = stakes_formulas(inputs)
    apart = _distance_formula(auc)
    threshold = f"({apart}/2+LN({cost}/{gain})/{apart})"
    return tuple(  # type: ignore[return-value]
        f"IF({gain}<=0,0,IF({cost}<=0,1,NORMSDIST({point})))" for point in (f"{apart}-{threshold}", f"-{threshold}")
    )


def stakes_formulas(inputs: Names) -> tuple[str, str]:
    """What flagging the positive cases gains, and what flagging the negative ones costs, as spreadsheet formulas."""
    i, q = inputs, inputs["prevalence"]
    gain = f"({q}*({i['action_success']}*{i['value_of_catch']}-{i['action_cost']}+{i['miss_cost']}))"
    cost = f"((1-{q})*({i['action_cost']}+{i['false_alarm_cost']}+{i['correct_pass_value']}))"
    return gain, cost


def _distance_formula(auc: str) -> str:
    return f"MAX(SQRT(2)*NORMSINV(MIN({auc},1-1E-12)),1E-12)"


def distance(auc: Numbers) -> Numbers:
    """d': how far the scores of positive and negative cases are apart, in standard deviations."""
    apart: Numbers = np.maximum(np.sqrt(2.0) * ndtri(np.minimum(auc, _LARGEST_AUC)), _LEAST_DISTANCE)
    return apart


def _stakes(inputs: Values) -> tuple[Numbers, Numbers]:
    """What flagging the positive cases gains, and what flagging the negative ones costs: money per case."""
    prevalence = inputs["prevalence"]
    gain = prevalence * (
        inputs["action_success"] * inputs["value_of_catch"] - inputs["action_cost"] + inputs["miss_cost"]
    )
    cost = (1 - prevalence) * (inputs["action_cost"] + inputs["false_alarm_cost"] + inputs["correct_pass_value"])
    return gain, cost


def worth_most(inputs: Values, auc: Numbers) -> Numbers:
    """The threshold worth most on a binormal ROC curve, in standard deviations above the mean negative score.

    Flag where the chance of a positive exceeds p* = C / (B + C): C is what flagging a negative case
    costs, B what flagging a positive one gains (Elkan 2001). Infinite where nobody, or everybody, is flagged.
    """
    gain, cost = _stakes(inputs)
    apart = distance(auc)
    with np.errstate(divide="ignore", invalid="ignore"):
        threshold = apart / 2 + (np.log(cost) - np.log(np.maximum(gain, 0.0))) / apart
    # Nothing to gain: flag nobody. Nothing to lose: flag everybody.
    settled: Numbers = np.where(gain <= 0, np.inf, np.where(cost <= 0, -np.inf, threshold))
    return settled
