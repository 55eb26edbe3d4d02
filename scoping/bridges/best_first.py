"""What is left where people cannot act on all that is flagged: the most promising cases, up to what a month allows.

The model's one operating point says how well its best cases are told from the others. Whoever acts on fewer goes back
along the curve of a constant odds ratio through that point: the odds of being acted on, positives against negatives,
are as many times higher at every share. That is a logistic ROC curve (Moses, Shapiro and Littenberg 1993, Combining
Independent Studies of a Diagnostic Test into a Summary ROC Curve, Statistics in Medicine 12(14)), and the share of
positives among the acted on has the closed form of Plackett 1965, A Class of Bivariate Distributions, JASA 60(310).
Nowhere are there more positives than are acted on, or than there are.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

import numpy as np

from ..document.fields import optional

Numbers = Any
"""A number or an array of shape (draws,); all of a call broadcast."""

LIMIT, CASES = "most_actions_per_month", "cases_per_month"
FORMULA = (
    r"\\[4pt] \text{at most } K \text{ actions for } N \text{ cases a month, best first: } a = \min(a_0,\,K/N),\quad"
    r"\frac{x\,(1-q-a+x)}{(a-x)\,(q-x)} = \frac{x_0\,(1-q-a_0+x_0)}{(a_0-x_0)\,(q-x_0)}"
)
"""What a formula says of the limit: of a share a the share x is positive, without the limit a_0 and x_0."""
# A choice that finds no more than chance does, rounding counted, has no best cases.
_BY_CHANCE = 1e-15
# Keeps divisions by a number of cases finite; the spreadsheet has the same.
_NO_CASES = 1e-100


def most_actions() -> Any:
    """The field with the limit, for a kind of task in which people act on what is chosen."""
    return optional(
        "Most actions a month",
        "How many cases a month people can act on: 8 a day on 21 working days are 168 a month. The most promising come "
        "first; what is chosen beyond is not acted on. It does not grow with the cases. Empty: no limit.",
        folded=True,
    )


def acted_share(chosen: Numbers, inputs: Mapping[str, Numbers]) -> Numbers:
    """Share of the cases that is acted on, of the chosen share 0..1; all of it where there is no limit."""
    if LIMIT not in inputs:
        return chosen
    return np.minimum(chosen, inputs[LIMIT] / np.maximum(inputs[CASES], _NO_CASES))


def kept_share(positives: Numbers, chosen: Numbers, found: Numbers, acted: Numbers) -> Numbers:
    """Share of the positives found that is still found where only `acted` of the chosen cases are acted on.

    All are shares of all cases, 0..1: positives there are, cases chosen, positives among those, cases acted on. With x
    positives among the acted on, x (1 - positives - acted + x) / ((acted - x)(positives - x)) is the same as at the
    chosen point (Plackett 1965). A choice no better than chance has no order: what is left is in proportion.
    """
    lead = found - positives * chosen
    is_ordered = lead > _BY_CHANCE
    lead = np.where(is_ordered, lead, 0.0)
    rest = np.where(is_ordered, np.maximum((chosen - found) * (positives - found), 0.0), 1.0)
    share = 1 / np.maximum(chosen, np.finfo(float).tiny)
    top = np.where(is_ordered, positives * (1 - positives - chosen + found), share)
    total = rest + lead * (acted + positives)
    root = np.sqrt(np.abs(total**2 - 4 * lead * top * found * acted))
    return np.where(acted < chosen, np.minimum(2 * top * acted / (total + root), 1.0), 1.0)


def steps(positives: str, chosen: str, found: str, name: Callable[[str], str]) -> dict[str, str]:
    """What `kept_formula` needs, as spreadsheet formulas by name; `name` says which cell holds which."""
    flagged, caught, lead = name("chosen"), name("found"), name("lead")
    ahead = f"{caught}-{positives}*{flagged}"
    return {
        "found": found,
        "chosen": chosen,
        "lead": f"IF({ahead}>{_BY_CHANCE:.0E},{ahead},0)",
        "rest": f"IF({lead}>0,MAX(({flagged}-{caught})*({positives}-{caught}),0),1)",
        "top": f"IF({lead}>0,{positives}*(1-{positives}-{flagged}+{caught}),IF({flagged}>0,1/{flagged},0))",
    }


def acted_formula(inputs: Mapping[str, str], cells: Mapping[str, str]) -> str:
    """`acted_share` as a spreadsheet formula. It has no MIN and no IF, so the cases may be a column of months."""
    over = f"({cells['chosen']}-{inputs[LIMIT]}/({inputs[CASES]}+{_NO_CASES:.0E}))"
    return f"({cells['chosen']}-({over}+ABS({over}))/2)"


def kept_formula(positives: str, acted: str, cells: Mapping[str, str]) -> str:
    """`kept_share` as a spreadsheet formula of the cells of `steps`, for a number or a column of acted shares."""
    total = f"({cells['rest']}+{cells['lead']}*({acted}+{positives}))"
    root = f"SQRT(ABS({total}^2-4*{cells['lead']}*{cells['top']}*{cells['found']}*{acted}))"
    return f"(2*{cells['top']}*{acted}/({total}+{root}))"
