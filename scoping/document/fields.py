"""The vocabulary in which the document's fields are declared: title, help, unit, bounds, said once.

Forms, exports, JSON Schema and error messages all read a field's words and bounds from here.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from types import MappingProxyType
from typing import Annotated, Any

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, GetCoreSchemaHandler, GetJsonSchemaHandler
from pydantic.config import JsonDict
from pydantic.fields import FieldInfo
from pydantic.json_schema import JsonSchemaValue
from pydantic_core import CoreSchema, core_schema

from ..text.languages import joined, message
from ..vocabulary import Unit
from .allowed import not_allowed, show
from .ends import END_TITLES, Ends
from .estimate import Estimate, json_schema
from .paths import Path
from .walk import parts_of

LONGEST_TEXT = 20_000
MOST_ROWS = 500
MOST_YEARS = 20
"""So many years the longest horizon has."""
LARGEST_AMOUNT = 1e15


@dataclass(frozen=True)
class Quantity:
    """What a number measures: its unit, and the bounds that it must respect.

    `bounded` says that the upper bound is a property of the quantity (a share cannot exceed 1), so
    its distribution ends there; otherwise `upper` only keeps typing errors out.
    """

    unit: Unit
    lower: float = 0.0
    upper: float = LARGEST_AMOUNT
    bounded: bool = False

    @property
    def support(self) -> tuple[float, float | None]:
        """The bounds of the quantity's distribution."""
        return self.lower, self.upper if self.bounded else None

    def check(self, value: Any) -> Any:
        """Return the number or estimate unchanged, or raise what is allowed instead."""
        if isinstance(value, Estimate):
            self._check_estimate(value)
        elif value is not None and not self.lower <= value <= self.upper:
            raise not_allowed("out_of_bounds", self.allowed())
        return value

    def _check_estimate(self, value: Estimate) -> None:
        if value.ends is not None:
            self._check_ends(value.ends)
        for low, high in value.extremes:
            if not self.lower <= low <= high <= self.upper:
                raise not_allowed("out_of_bounds", self.allowed())

    def _check_ends(self, ends: Ends) -> None:
        for title, number in zip(END_TITLES, ends.numbers, strict=True):
            if not self.lower <= number <= self.upper:
                raise not_allowed("out_of_bounds", joined(": ", [title, self.allowed()]))

    def allowed(self) -> str:
        """What may stand in the field, as a sentence."""
        low, high = show(self.lower), show(self.upper)
        if not self.unit.is_share:
            return message("must be a number from {low} to {high}", low=low, high=high)
        least, most = show(100 * self.lower), show(100 * self.upper)
        return message(
            "must be a number from {low} to {high} ({least}% to {most}%)", low=low, high=high, least=least, most=most
        )

    def __get_pydantic_core_schema__(self, source: Any, handler: GetCoreSchemaHandler) -> CoreSchema:
        return core_schema.no_info_after_validator_function(self.check, handler(source))

    def __get_pydantic_json_schema__(self, schema: CoreSchema, handler: GetJsonSchemaHandler) -> JsonSchemaValue:
        inner = handler(schema)
        # A whole number is one in the schema too.
        number = {"type": inner.get("type", "number"), "minimum": self.lower, "maximum": self.upper}
        if "$ref" in inner:
            return {**json_schema(number), "unit": str(self.unit)}
        return {**inner, **number, "unit": str(self.unit)}


SHARE = Quantity(Unit.SHARE, 0, 1, bounded=True)
MONEY = Quantity(Unit.MONEY)
COUNT = Quantity(Unit.COUNT, upper=1e12)
MONTHS = Quantity(Unit.MONTHS, upper=600)
YEARLY_RATE = Quantity(Unit.SHARE_A_YEAR, -0.99, 10)

Share = Annotated[Estimate, SHARE]
Money = Annotated[Estimate, MONEY]
Count = Annotated[Estimate, COUNT]
Months = Annotated[Estimate, MONTHS]
YearlyRate = Annotated[Estimate, YEARLY_RATE]
PlainShare = Annotated[float, SHARE]
PlainMoney = Annotated[float, MONEY]
PlainCount = Annotated[float, COUNT]
PlainMonths = Annotated[float, MONTHS]
# Of what comes in full: more than all of it where the business grows.
PlainPart = Annotated[float, Quantity(Unit.SHARE, 0, 10)]
AnyNumber = Annotated[float, Quantity(Unit.NUMBER, -LARGEST_AMOUNT, LARGEST_AMOUNT)]


def whole(value: Any) -> Any:
    """JSON has one kind of number: 36.0 is the whole number 36, for the reader as for its JSON Schema."""
    return int(value) if isinstance(value, float) and value.is_integer() else value


WholeNumber = Annotated[int, BeforeValidator(whole)]


class Section(BaseModel):
    """Base of every part of the document: unknown keys, wrong types, NaN and infinity are refused."""

    model_config = ConfigDict(
        extra="forbid", strict=True, frozen=True, allow_inf_nan=False, use_attribute_docstrings=False
    )


def text(title: str, help: str, *, long: bool = False, link: bool = False, was: str = "", folded: bool = False) -> Any:
    """A text field. What people type is data everywhere; the bound only keeps whole files out.

    A `link` is asked for as a web address where it is typed; what an older document has there stays. `was`, here and below, is the first name of a field that was renamed.
    """
    shape = _said(long=long, link=link, was=was, folded=folded)
    return Field(default="", title=title, description=help, max_length=LONGEST_TEXT, json_schema_extra=shape)


def _said(**extra: Any) -> JsonDict | None:
    """What a declaration adds to the schema, of what it was given at all."""
    return {name: value for name, value in extra.items() if value} or None


def needed(title: str, help: str, **extra: Any) -> Any:
    """A field that the assessment cannot do without. It may be left empty; then it is named as missing.

    `unless` names the field of the same section that may stand in its place.
    """
    return Field(default=None, title=title, description=help, json_schema_extra={"needed": True, **extra})


def optional(title: str, help: str, default: Any = None, **extra: Any) -> Any:
    """A field with a default, or one that the assessment can do without.

    `folded`, here and for a word, says that a form shows it when somebody asks for more, or when something stands in it.
    """
    return Field(default=default, title=title, description=help, json_schema_extra=extra or None, validate_default=True)


def word(title: str, help: str, default: Any = None, *, was: str = "", folded: bool = False) -> Any:
    """A field that holds one word of a closed vocabulary, or nothing."""
    extra = _said(was=was, folded=folded)
    return Field(
        default=default, title=title, description=help, strict=False, validate_default=True, json_schema_extra=extra
    )


def rows(title: str, help: str, *, most: int = MOST_ROWS, was: str = "", folded: bool = False) -> Any:
    """A list field, empty at first."""
    extra = _said(was=was, folded=folded)
    return Field(default_factory=list, title=title, description=help, max_length=most, json_schema_extra=extra)


def yearly(title: str, help: str) -> Any:
    """A number for each year, counted from the day the work starts; folded, and empty at first."""
    return rows(title, help, most=MOST_YEARS, folded=True)


def group(title: str, help: str, factory: Any, *, was: str = "") -> Any:
    """A section within the document, absent at first."""
    return Field(default_factory=factory, title=title, description=help, json_schema_extra=_said(was=was))


def is_needed(info: FieldInfo) -> bool:
    """True for a field that was declared with `needed`."""
    return isinstance(info.json_schema_extra, dict) and bool(info.json_schema_extra.get("needed"))


def instead_of(info: FieldInfo) -> str:
    """The name of the field that may stand in place of a needed one; empty where there is none."""
    extra = info.json_schema_extra
    return str(extra.get("unless", "")) if isinstance(extra, dict) else ""


def is_folded(info: FieldInfo) -> bool:
    """True for a field that most people can do without."""
    return isinstance(info.json_schema_extra, dict) and bool(info.json_schema_extra.get("folded"))


def is_long(info: FieldInfo) -> bool:
    """True for a text field that takes paragraphs."""
    return isinstance(info.json_schema_extra, dict) and bool(info.json_schema_extra.get("long"))


def is_link(info: FieldInfo) -> bool:
    """True for a text field that takes a web address."""
    extra = info.json_schema_extra
    return isinstance(extra, dict) and bool(extra.get("link"))


def unit_of(info: FieldInfo) -> str:
    """The word for what a field counts in, where its declaration says one; empty where its quantity says it all."""
    extra = info.json_schema_extra
    return str(extra.get("unit", "")) if isinstance(extra, dict) else ""


def was(info: FieldInfo, name: str) -> str:
    """The name under which a field counts in the content hash: its first one, whatever it is called today."""
    extra = info.json_schema_extra
    return str(extra.get("was", name)) if isinstance(extra, dict) else name


def quantity_of(info: FieldInfo) -> Quantity | None:
    """The quantity that a field measures, or None for a field that is no number."""
    found = (part for part in (*info.metadata, *_metadata(info.annotation)) if isinstance(part, Quantity))
    return next(found, None)


def _metadata(annotation: Any) -> Iterator[Any]:
    for part in parts_of(annotation):
        yield from getattr(part, "__metadata__", ())


def takes_estimate(info: FieldInfo) -> bool:
    """True for a field in which a range may stand instead of one number."""
    return any(part is Estimate for part in parts_of(info.annotation))


@cache
def estimate_fields(model: type[BaseModel]) -> Mapping[str, Quantity]:
    """A section's fields in which an estimate may stand, by name, and what each measures."""
    found = {name: quantity_of(info) for name, info in model.model_fields.items() if takes_estimate(info)}
    return MappingProxyType({name: quantity for name, quantity in found.items() if quantity is not None})


def estimate_names(model: type[BaseModel]) -> list[str]:
    """The names of a section's fields in which an estimate may stand."""
    return list(estimate_fields(model))


def missing_fields(section: BaseModel, path: Path) -> list[Path]:
    """Paths of the needed fields of a section that are still empty."""
    needed_ones = ((name, info) for name, info in type(section).model_fields.items() if is_needed(info))
    return [
        path / name for name, info in needed_ones if getattr(section, name) is None and not is_replaced(section, info)
    ]


def is_replaced(section: BaseModel, info: FieldInfo) -> bool:
    """True where what may stand in place of a field does."""
    other = instead_of(info)
    return bool(other and getattr(section, other))
