"""An Estimate: a number, or its 10 %, 50 % and 90 % quantiles, and the distribution that honours them."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from statistics import mean
from typing import Any

import numpy as np
from numpy.typing import NDArray
from pydantic import (
    BaseModel,
    ConfigDict,
    Field,
    GetJsonSchemaHandler,
    ModelWrapValidatorHandler,
    TypeAdapter,
    ValidationError,
    model_serializer,
    model_validator,
)
from pydantic.json_schema import JsonSchemaValue
from pydantic_core import CoreSchema, ErrorDetails, InitErrorDetails
from scipy.special import ndtr

from ..text.languages import joined, message
from .allowed import allowed_in, not_allowed, show
from .ends import ENDS, Ends, ends_of, pert
from .johnson import QuantileFunction, bounded, semi_bounded
from .masses import masses_of, with_masses

Array = NDArray[np.float64]

QUANTILES = (0.1, 0.5, 0.9)
QUANTILE_TITLES = (message("Low (P10)"), message("Likely (P50)"), message("High (P90)"))
"""What the three quantiles of an estimate are called."""
_MEAN_POINTS = (np.arange(4_096) + 0.5) / 4_096
MOST_JUDGEMENTS = 20
_END_KEYS = frozenset((*ENDS, "ends"))
# Normal deviates and their weights, for means that rest on a long tail.
_DEVIATES = np.linspace(-8.0, 8.0, 3_201)
_DENSITY = np.exp(-(_DEVIATES**2) / 2) / np.exp(-(_DEVIATES**2) / 2).sum()


class Judgement(BaseModel):
    """One person's P10, P50 and P90 of a number. Equal quantiles say that the person has no doubt."""

    model_config = ConfigDict(frozen=True, extra="forbid", strict=True, allow_inf_nan=False)

    by: str = Field(min_length=1, max_length=200, title="By", description="Who judges.")
    p10: float = Field(title="Low (P10)", description="One chance in ten to be at or below.")
    p50: float = Field(title="Likely (P50)", description="As likely above as below.")
    p90: float = Field(title="High (P90)", description="One chance in ten to be above.")

    @model_validator(mode="after")
    def _in_order(self) -> Judgement:
        _check_order(self.p10, self.p50, self.p90)
        return self


class Consensus(BaseModel):
    """P10, P50 and P90 on which people who had judged alone agreed when they had seen each other's judgements."""

    model_config = ConfigDict(frozen=True, extra="forbid", strict=True, allow_inf_nan=False)

    p10: float = Field(title="Low (P10)", description="One chance in ten to be at or below.")
    p50: float = Field(title="Likely (P50)", description="As likely above as below.")
    p90: float = Field(title="High (P90)", description="One chance in ten to be above.")

    @model_validator(mode="after")
    def _in_order(self) -> Consensus:
        _check_order(self.p10, self.p50, self.p90)
        return self


class Estimate(BaseModel):
    """What the team believes about a number: P10, P50 and P90.

    A quantity is at or below its P10 with a chance of 10 %, and so on. A plain number is an
    estimate of zero width. Where a minimum, the likely value and a maximum were given, the quantiles
    follow from them (see `ends`). Where several people judge, each judgement is kept and the quantiles are
    their averages (Lichtendahl, Grushka-Cockayne and Winkler 2013, Management Science 59(7)), or those
    of the consensus that they reached in discussion (SHELF: Oakley and O'Hagan; EFSA 2014, Guidance on
    Expert Knowledge Elicitation, EFSA Journal 12(6):3734).
    Raises a validation error where quantiles are out of order or two judgements bear one name.
    """

    model_config = ConfigDict(frozen=True, extra="forbid", strict=True, allow_inf_nan=False)

    p10: float
    p50: float
    p90: float
    judgements: tuple[Judgement, ...] = Field(default=(), max_length=MOST_JUDGEMENTS)
    consensus: Consensus | None = None
    ends: Ends | None = None

    @model_validator(mode="wrap")
    @classmethod
    def _accept_number(cls, raw: Any, handler: ModelWrapValidatorHandler[Estimate]) -> Estimate:
        if isinstance(raw, (int, float)) and not isinstance(raw, bool):
            return handler(_certain(_finite(raw)))
        if not isinstance(raw, (dict, Estimate)):
            raise not_allowed("estimate_type", message("must be a number, or an object with p10, p50 and p90"))
        if isinstance(raw, dict) and not _END_KEYS.isdisjoint(raw):
            return handler(_between(ends_of(raw)))
        if isinstance(raw, dict) and ("consensus" in raw or set(raw) == {"judgements"}):
            return handler(_of_several(raw))
        return handler(raw)

    @model_validator(mode="after")
    def _in_order(self) -> Estimate:
        _check_order(self.p10, self.p50, self.p90)
        return self

    @model_serializer
    def _as_written(self) -> float | dict[str, Any]:
        if self.ends is not None:
            return self.ends.model_dump()
        if self.judgements:
            return as_written(self.judgements, self.consensus)
        if self.is_certain:
            return self.p50
        return self.quantiles

    @classmethod
    def __get_pydantic_json_schema__(cls, _core: CoreSchema, _handler: GetJsonSchemaHandler) -> JsonSchemaValue:
        return json_schema({"type": "number"})

    @property
    def is_certain(self) -> bool:
        """True where the estimate has no width."""
        return self.p10 == self.p50 == self.p90

    @property
    def quantiles(self) -> dict[str, float]:
        """P10, P50 and P90 by name, without the judgements behind them."""
        return {"p10": self.p10, "p50": self.p50, "p90": self.p90}

    @property
    def numbers(self) -> dict[str, float]:
        """The three numbers by name as they were given: the ends and what is likely, or the quantiles."""
        return self.quantiles if self.ends is None else self.ends.model_dump()

    @property
    def average(self) -> Estimate:
        """The average of the judgements, whatever was agreed; the estimate itself where nobody judged."""
        return Estimate.of(*_averages(self.judgements).values()) if self.judgements else self

    @property
    def extremes(self) -> list[tuple[float, float]]:
        """P10 and P90 of the estimate and of each judgement behind it."""
        return [(self.p10, self.p90), *((each.p10, each.p90) for each in self.judgements)]

    @classmethod
    def of(cls, low: float, middle: float | None = None, high: float | None = None) -> Estimate:
        """An estimate from one number, or from P10, P50 and P90."""
        if middle is None or high is None:
            return cls(p10=low, p50=low, p90=low)
        return cls(p10=low, p50=middle, p90=high)

    @classmethod
    def between(cls, minimum: float, likely: float, maximum: float) -> Estimate:
        """An estimate from a minimum, what is most likely, and a maximum."""
        return cls.model_validate({"minimum": minimum, "likely": likely, "maximum": maximum})


def as_written(judgements: Sequence[Judgement], consensus: Consensus | None = None) -> dict[str, Any]:
    """An estimate of several people as a document holds it: what each one judged, and what they agreed on, if they did."""
    written: dict[str, Any] = {"judgements": [judgement.model_dump() for judgement in judgements]}
    return {**written, "consensus": consensus.model_dump()} if consensus else written


def json_schema(number: JsonSchemaValue) -> JsonSchemaValue:
    """JSON Schema of an estimate: a number of that schema, or its three quantiles."""
    numbers: dict[str, Any] = dict.fromkeys(("p10", "p50", "p90"), number)
    quantiles = {
        "type": "object",
        "properties": numbers,
        "required": ["p10", "p50", "p90"],
        "additionalProperties": False,
    }
    judgement = {
        "type": "object",
        "properties": {"by": {"type": "string", "minLength": 1, "maxLength": 200}, **numbers},
        "required": ["by", "p10", "p50", "p90"],
        "additionalProperties": False,
    }
    people = {
        "type": "object",
        "properties": {
            "judgements": {"type": "array", "items": judgement, "minItems": 1, "maxItems": MOST_JUDGEMENTS},
            "consensus": quantiles,
        },
        "required": ["judgements"],
        "additionalProperties": False,
    }
    ends = {
        "type": "object",
        "properties": dict.fromkeys(ENDS, number),
        "required": [*ENDS],
        "additionalProperties": False,
    }
    about = (
        "A number, or its P10, P50 and P90, or its minimum, most likely value and maximum, or quantiles of several "
        "people, which are averaged unless they agreed on others."
    )
    return {"title": "Estimate", "description": about, "anyOf": [number, quantiles, ends, people]}


def _certain(number: float) -> dict[str, float]:
    return {"p10": number, "p50": number, "p90": number}


def _between(ends: Ends) -> dict[str, Any]:
    """The quantiles that follow from two ends and what is likely; equal ends are one number."""
    if ends.minimum == ends.maximum:
        return _certain(ends.likely)
    low, middle, high = ends.quantiles
    return {"p10": low, "p50": middle, "p90": high, "ends": ends}


def _check_order(low: float, middle: float, high: float) -> None:
    if not low <= middle <= high:
        at = 1 if middle < low else 2
        raise not_allowed("estimate_order", not_rising((show(low), show(middle), show(high)), at))


def not_rising(numbers: tuple[str, str, str], at: int) -> str:
    """What is wrong with three numbers that fall, and what to write; `at` is the place of the wrong one."""
    return message(
        "{box} is {number} and {before} is {other}: none of low, likely and high may be below the one before it. "
        "Write three numbers that rise, or one number if there is no doubt",
        box=QUANTILE_TITLES[at],
        number=numbers[at],
        before=QUANTILE_TITLES[at - 1],
        other=numbers[at - 1],
    )


def _of_several(raw: dict[str, Any]) -> dict[str, Any]:
    """What several people judged, and what they agreed on, if they did."""
    if "consensus" not in raw:
        return _averaged(raw["judgements"])
    if set(raw) != {"judgements", "consensus"}:
        raise not_allowed(
            "consensus",
            message("consensus: stands beside the judgements of those who agreed, and instead of p10, p50 and p90"),
        )
    return {**_averaged(raw["judgements"]), **_agreed(raw["consensus"])}


def _averaged(raw: Any) -> dict[str, Any]:
    """Several people's judgements, and the averages of their quantiles."""
    _check_number(raw)
    try:
        judgements = TypeAdapter(tuple[Judgement, ...]).validate_python(raw, strict=False)
    except ValidationError as error:
        raise not_allowed("judgement", _complaint(error, raw)) from None
    names = [judgement.by for judgement in judgements]
    if not names or len(set(names)) < len(names):
        raise not_allowed("judgement", message("judgements: at least one, and each under a name of its own"))
    return {**_averages(judgements), "judgements": judgements}


def _check_number(raw: Any) -> None:
    """Too many are refused before each of them is read: half a million would take long."""
    if isinstance(raw, (list, tuple)) and len(raw) > MOST_JUDGEMENTS:
        length = {"field_type": "Tuple", "max_length": MOST_JUDGEMENTS, "actual_length": len(raw)}
        too_long = InitErrorDetails(type="too_long", loc=("judgements",), input=raw, ctx=length)
        raise ValidationError.from_exception_data("Estimate", [too_long])


def _agreed(raw: Any) -> dict[str, Any]:
    """The consensus, and its quantiles, which count instead of the averages."""
    if not isinstance(raw, (dict, Consensus)):
        raise not_allowed("consensus", message("consensus: must be an object with p10, p50 and p90"))
    try:
        consensus = TypeAdapter(Consensus).validate_python(raw, strict=False)
    except ValidationError as error:
        first = error.errors()[0]
        field = Consensus.model_fields.get(str(first["loc"][0])) if first["loc"] else None
        place = [message("consensus"), *([message(str(field.title))] if field else [])]
        raise not_allowed("consensus", joined(": ", [joined(", ", place), _why(first)])) from None
    return {**consensus.model_dump(), "consensus": consensus}


def _averages(judgements: Sequence[Judgement]) -> dict[str, float]:
    # By fractions: a sum of floating-point numbers would part people who say the same, or join two numbers into one.
    exact = {name: mean([getattr(each, name) for each in judgements]) for name in ("p10", "p50", "p90")}
    # Twelve digits: an average of 5 % and 7 % is 6 %, not 6.000000000000001 %; but two numbers stay two numbers.
    rounded = {name: float(f"{value:.12g}") for name, value in exact.items()}
    return rounded if len(set(rounded.values())) == len(set(exact.values())) else exact


def _complaint(error: ValidationError, raw: Any) -> str:
    """What is wrong with the first bad judgement: whose it is, which number, and why."""
    first = error.errors()[0]
    if not first["loc"]:
        return message("judgements: {problem}", problem=first["msg"])
    index, *name = first["loc"]
    row = raw[index] if isinstance(raw, (list, tuple)) and isinstance(index, int) else None
    who = str((isinstance(row, dict) and row.get("by")) or message("judgement {number}", number=str(int(index) + 1)))
    field = Judgement.model_fields.get(str(name[0])) if name else None
    place = joined(", ", [who, message(str(field.title))]) if field else who
    return joined(": ", [place, _why(first)])


def _why(details: ErrorDetails) -> str:
    own = message("is missing") if details["type"] == "missing" else allowed_in(details.get("ctx"))
    return own or details["msg"][:1].lower() + details["msg"][1:]


def _finite(number: float) -> float:
    try:
        value = float(number)
    except OverflowError:
        value = np.inf
    if not np.isfinite(value):
        raise not_allowed("finite_number", message("must be a finite number"))
    return value


def quantile_function(estimate: Estimate, lower: float, upper: float | None) -> QuantileFunction:
    """The quantile function of the estimate between its bounds.

    Maps probabilities in (0, 1), of any shape, to values of the same shape, in the estimate's unit.
    `upper` None means bounded below only. Source: Hadlock and Bickel 2017, "Johnson
    Quantile-Parameterized Distributions", Decision Analysis 14(1): J-QPD-S without an upper
    bound (cut at `largest_conceivable`), J-QPD-B with one. Quantiles that touch a bound, or are equal, are masses:
    see `masses`. Two ends and what is likely bound themselves: see `ends`.
    """
    if estimate.is_certain:
        return lambda probability: np.full(np.shape(probability), estimate.p50)
    if estimate.ends is not None:
        return pert(estimate.ends)
    if upper is not None:
        return _within(estimate, lower, upper)
    free, largest = _above(estimate, lower), largest_conceivable(estimate, lower)
    return free if largest is None else lambda probability: np.minimum(free(probability), largest)


def _within(estimate: Estimate, lower: float, upper: float) -> QuantileFunction:
    quantiles = (estimate.p10, estimate.p50, estimate.p90)
    masses = masses_of(quantiles, lower, upper)
    return with_masses(masses) if masses.are_there else bounded(quantiles, lower, upper)


def _above(estimate: Estimate, lower: float) -> QuantileFunction:
    """Without an upper bound, and without the cut of a long tail."""
    quantiles = (estimate.p10, estimate.p50, estimate.p90)
    masses = masses_of(quantiles, lower, None)
    return with_masses(masses) if masses.are_there else semi_bounded(quantiles, lower)


def largest_conceivable(estimate: Estimate, lower: float) -> float | None:
    """The value at which an estimate without an upper bound is cut; None where its tail needs no cut.

    Three quantiles say nothing of the last tenth. Where the distribution through them puts so much there that its
    mean lies beyond its own P90, the mean rests on a tail that nobody gave, and on whatever draws happen to fall
    there. It is cut at the value with which the mean is the P90: the largest that leaves the P90 above the mean,
    and no step where the tail just begins to be too long.
    """
    if estimate.is_certain or estimate.ends is not None:
        return None
    return _cut(estimate.p10, estimate.p50, estimate.p90, lower)


@lru_cache(maxsize=4_096)
def _cut(low: float, middle: float, high: float, lower: float) -> float | None:
    with np.errstate(over="ignore"):
        values = _above(Estimate.of(low, middle, high), lower)(ndtr(_DEVIATES))
    below, beyond = np.cumsum(_DENSITY * values), 1 - np.cumsum(_DENSITY)
    if below[-1] <= high:
        return None
    # Cut at c between two nodes, the mean is what lies below and c for all that lies beyond.
    cuts = (high - below[:-1]) / np.maximum(beyond[:-1], np.finfo(float).tiny)
    fits = np.flatnonzero((cuts >= values[:-1]) & (cuts <= values[1:]))
    return max(high, float(cuts[fits[0]])) if fits.size else high


def mean_of(estimate: Estimate, lower: float, upper: float | None) -> float:
    """The estimate's expected value between its bounds (midpoint rule on its quantile function)."""
    if estimate.ends is not None:
        return estimate.ends.mean
    return estimate.p50 if estimate.is_certain else _mean(estimate.p10, estimate.p50, estimate.p90, lower, upper)


@lru_cache(maxsize=4_096)
def _mean(low: float, middle: float, high: float, lower: float, upper: float | None) -> float:
    return float(quantile_function(Estimate.of(low, middle, high), lower, upper)(_MEAN_POINTS).mean())
