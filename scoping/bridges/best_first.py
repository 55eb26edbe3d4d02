"""What is left where people cannot act on all that is flagged: the most promising cases, up to what a month allows.

Of a model's ranking one point is known, or the area under its ROC curve. Whoever acts on fewer cases goes back along
the curve of a constant odds ratio: the odds of being acted on, positives against negatives, are as many times higher
at every share. That is a logistic ROC curve (Moses, Shapiro and Littenberg 1993, Combining Independent Studies of a
Diagnostic Test into a Summary ROC Curve, Statistics in Medicine 12(14)), and the share of positives among the acted on
has the closed form of Plackett 1965, A Class of Bivariate Distributions, JASA 60(310). Nowhere are there more positives
than are acted on, or than there are.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

import numpy as np

from ..document.fields import optional
from ..text.languages import message

Numbers = Any
"""A number or an array of shape (draws,); all of a call broadcast."""

LIMIT, CASES = "most_actions_per_month", "cases_per_month"
FORMULA = (
    r"\\[4pt] \text{at most } K \text{ actions for } N \text{ cases a month, best first: } a = \min(a_0,\,K/N),\quad"
    r" x = x_0\,\frac{C(a)}{C(a_0)},\quad \frac{C(a)\,(1-q-a+C(a))}{(a-C(a))\,(q-C(a))} = \theta"
)
"""What a formula says of the limit: of a share a the share x is positive, without the limit a_0 and x_0."""
STEP_TITLES: Mapping[str, str] = {
    "positives": message("Positive cases, of all cases"),
    "found": message("Positive cases selected, of all cases"),
    "chosen": message("Cases selected, of all cases"),
    "concordant": message("Odds ratio of the selection, numerator"),
    "discordant": message("Odds ratio of the selection, denominator"),
    "whole": message("Positive cases selected at that odds ratio"),
}
"""What people call the cells of `steps`."""
# A choice that finds no more than chance does, rounding counted, has no best cases.
_BY_CHANCE = 1e-15
# Keep divisions finite; the spreadsheet has the same.
_NO_CASES, _NO_POSITIVES = 1e-100, 1e-12


def most_actions() -> Any:
    """The field with the limit, for a kind of task in which people act on what is chosen."""
    return optional(
        "Most actions a month",
        "How many cases a month people can act on: 8 a day on 21 working days are 168 a month. The most promising come "
        "first; what is chosen beyond is not acted on. It does not grow with the cases. Empty: no limit.",
        folded=True,
    )


def without_limit(inputs: Mapping[str, Any]) -> dict[str, Any]:
    """The inputs, or the names of their cells, as if there were people enough."""
    return {name: each for name, each in inputs.items() if name != LIMIT}


def acted_share(chosen: Numbers, inputs: Mapping[str, Numbers]) -> Numbers:
    """Share of the cases that is acted on, of the chosen share 0..1; all of it where there is no limit."""
    if LIMIT not in inputs:
        return chosen
    return np.minimum(chosen, inputs[LIMIT] / np.maximum(inputs[CASES], _NO_CASES))


def kept_share(
    positives: Numbers,
    chosen: Numbers,
    found: Numbers,
    acted: Numbers,
    odds: tuple[Numbers, Numbers] | None = None,
) -> Numbers:
    """Share of the positives found that is still found where only `acted` of the chosen cases are acted on.

    All are shares of all cases, 0..1: positives there are, cases chosen, positives among those, cases acted on. odds
    has numerator and denominator of the odds ratio; without it, it is that of the chosen point. A choice no better than
    chance has no order: what is left is in proportion.
    """
    positives = np.maximum(positives, _NO_POSITIVES)
    concordant, discordant = odds or _odds_at(positives, chosen, found)
    whole, part = (_plackett(positives, share, concordant, discordant) for share in (chosen, acted))
    kept = np.minimum(part / np.maximum(whole, np.finfo(float).tiny), 1.0)
    # A point above the curve must not have more positives than are acted on.
    kept = np.where(kept * found > acted, acted / np.maximum(found, np.finfo(float).tiny), kept)
    return np.where(acted < chosen, kept, 1.0)


def _odds_at(positives: Numbers, chosen: Numbers, found: Numbers) -> tuple[Numbers, Numbers]:
    """Numerator and denominator of the odds ratio at the chosen point; 1 where it is no better than chance."""
    is_ordered = found - positives * chosen > _BY_CHANCE
    discordant = np.maximum((chosen - found) * (positives - found), 0.0)
    return np.where(is_ordered, found * (1 - positives - chosen + found), 1.0), np.where(is_ordered, discordant, 1.0)


def _plackett(positives: Numbers, share: Numbers, concordant: Numbers, discordant: Numbers) -> Numbers:
    """Positives among a share of the cases, per case, at that odds ratio (Plackett 1965)."""
    lead = concordant - discordant
    total = discordant + lead * (share + positives)
    root = np.sqrt(np.abs(total**2 - 4 * concordant * lead * positives * share))
    return 2 * concordant * positives * share / (total + root)


def steps(
    positives: str, chosen: str, found: str, name: Callable[[str], str], odds: tuple[str, str] | None = None
) -> dict[str, str]:
    """What `kept_formula` needs, as spreadsheet formulas by name; `name` says which cell holds which."""
    q, flagged, caught = name("positives"), name("chosen"), name("found")
    ordered = f"{caught}-{q}*{flagged}>{_BY_CHANCE:.0E}"
    concordant, discordant = odds or (
        f"IF({ordered},{caught}*(1-{q}-{flagged}+{caught}),1)",
        f"IF({ordered},MAX(({flagged}-{caught})*({q}-{caught}),0),1)",
    )
    cells = {each: name(each) for each in ("positives", "concordant", "discordant")}
    return {
        "positives": f"MAX({positives},{_NO_POSITIVES:.0E})",
        "found": found,
        "chosen": chosen,
        "concordant": concordant,
        "discordant": discordant,
        "whole": f"IF({flagged}>0,{_plackett_formula(flagged, cells)},1)",
    }


def _plackett_formula(share: str, cells: Mapping[str, str]) -> str:
    q, concordant, discordant = cells["positives"], cells["concordant"], cells["discordant"]
    lead = f"({concordant}-{discordant})"
    total = f"({discordant}+{lead}*({share}+{q}))"
    root = f"SQRT(ABS({total}^2-4*{concordant}*{lead}*{q}*{share}))"
    return f"2*{concordant}*{q}*{share}/({total}+{root})"


def acted_formula(inputs: Mapping[str, str], cells: Mapping[str, str]) -> str:
    """`acted_share` as a spreadsheet formula. It has no MIN and no IF, so the cases may be a column of months."""
    over = f"({cells['chosen']}-{inputs[LIMIT]}/({inputs[CASES]}+{_NO_CASES:.0E}))"
    return f"({cells['chosen']}-({over}+ABS({over}))/2)"


def found_formula(acted: str, cells: Mapping[str, str]) -> str:
    """Positives that are acted on, per case, for a number or a column of acted shares."""
    found = f"{cells['found']}*{kept_formula(acted, cells)}"
    return f"({found}+{acted}-ABS({found}-{acted}))/2"


def kept_formula(acted: str, cells: Mapping[str, str]) -> str:
    """`kept_share` as a spreadsheet formula of the cells of `steps`, for a point on its own curve."""
    return f"({_plackett_formula(acted, cells)}/{cells['whole']})"
