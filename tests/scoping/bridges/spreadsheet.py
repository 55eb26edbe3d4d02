"""Evaluates the formulas that bridges write for a workbook, over arrays, without an office program."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import reduce
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy.stats import norm

Array = NDArray[np.float64]


def _lookup(value: Array, starts: list[float], results: list[float] | None = None) -> Array:
    """The last of the rising starts that is not above the value, or what stands beside it."""
    place = np.clip(np.searchsorted(starts, value, side="right") - 1, 0, len(starts) - 1)
    return np.asarray(starts if results is None else results, float)[place]


# The functions as LibreOffice and Excel document them; a formula that uses another one must teach it here.
FUNCTIONS: dict[str, Callable[..., Any]] = {
    "ABS": np.abs,
    "IF": np.where,
    "LN": np.log,
    "LOOKUP": _lookup,
    "MAX": lambda *each: reduce(np.maximum, each),
    "MIN": lambda *each: reduce(np.minimum, each),
    "NORMDIST": lambda x, mean, deviation, _cumulative: norm.pdf(x, mean, deviation),
    "NORMSDIST": norm.cdf,
    "NORMSINV": norm.ppf,
    "PI": lambda: np.pi,
    "SQRT": np.sqrt,
}


def calculated(formula: str, cells: Mapping[str, Array]) -> Array:
    """What the formula gives for the cells of these names. Raises NameError for what is not known."""
    python = formula.replace("^", "**").replace("{", "[").replace("}", "]").replace("FALSE", "False")
    with np.errstate(all="ignore"):
        # Both branches of an IF are calculated; the one that is not chosen may be nonsense.
        found = eval(python, {"__builtins__": {}, **FUNCTIONS}, dict(cells))
    return np.asarray(found, float)
