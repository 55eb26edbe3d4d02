"""Calculates a spreadsheet formula in Python: enough of the language for the formulas that the workbook writes.

It shares no code with the bridges, so it can be held against them; LibreOffice calculates whole workbooks elsewhere.
"""

from __future__ import annotations

import math
import re
from bisect import bisect_right
from collections.abc import Mapping
from statistics import NormalDist
from typing import Any

_NORMAL = NormalDist()


def calculated(formula: str, cells: Mapping[str, float]) -> float:
    """The formula (without "=") with these named cells."""
    python = re.sub(r"(?<![<>=])=(?!=)", "==", formula.replace("^", "**").replace("{", "[").replace("}", "]"))
    # IF must not calculate the branch that it does not take: 1/0 in it is no error to a spreadsheet.
    python = re.sub(r"\bIF\(", "IF(lambda: ", python)
    return float(eval(_delayed(python), {**_FUNCTIONS, **cells}))


def _delayed(text: str) -> str:
    """Every argument of IF as a function of nothing."""
    found, depth, stack = [], 0, []
    index = 0
    while index < len(text):
        if text.startswith("IF(lambda: ", index):
            stack.append(depth)
            found.append("IF(lambda: ")
            index += len("IF(lambda: ")
            depth += 1
            continue
        letter = text[index]
        depth += letter in "(["
        depth -= letter in ")]"
        if stack and depth == stack[-1]:
            stack.pop()
        found.append(", lambda: " if letter == "," and stack and depth == stack[-1] + 1 else letter)
        index += 1
    return "".join(found)


def _lookup(value: float, starts: list[float], results: list[float] | None = None) -> float:
    place = max(bisect_right(starts, value) - 1, 0)
    return (results or starts)[place]


def _normal_inverse(probability: float) -> float:
    if probability <= 0 or probability >= 1:
        return math.copysign(math.inf, probability - 0.5)
    return _NORMAL.inv_cdf(probability)


_FUNCTIONS: dict[str, Any] = {
    "IF": lambda condition, yes, no: yes() if condition() else no(),
    "MIN": min,
    "MAX": max,
    "SQRT": math.sqrt,
    "LN": math.log,
    "PI": lambda: math.pi,
    "NORMSINV": _normal_inverse,
    "NORMSDIST": _NORMAL.cdf,
    "NORMDIST": lambda x, mean, deviation, _cumulative: NormalDist(mean, deviation).pdf(x),
    "LOOKUP": _lookup,
    "FALSE": False,
}
