"""Numbers and document paths in words, the same in the verdict, the pages and every export."""

from __future__ import annotations

from typing import Any

from babel.numbers import format_compact_currency, format_currency, format_decimal, format_percent
from pydantic import BaseModel
from pydantic.fields import FieldInfo

from .bridges import KINDS, phrase
from .feasibility.catalogue import QUESTIONS
from .proposal import Proposal

LOCALE = "en"
_COMPACT_FROM = 100_000


def money(amount: float | None, currency: str) -> str:
    """An amount in whole units with separators; in cents where it is small."""
    if amount is None:
        return "none"
    digits = "#,##0.00" if 0 < abs(amount) < 100 else "#,##0"
    text = format_currency(_no_minus_zero(amount, 2), currency, f"¤{digits}", locale=LOCALE, currency_digits=False)
    return _with_minus(text)


def compact_money(amount: float | None, currency: str) -> str:
    """An amount short enough for a headline: €1.2M."""
    if amount is None:
        return "none"
    if abs(amount) < _COMPACT_FROM:
        return money(amount, currency)
    digits = 1 if abs(amount) >= 1e6 else 0
    return _with_minus(format_compact_currency(amount, currency, locale=LOCALE, fraction_digits=digits))


def percent(share: float | None, digits: int = 0) -> str:
    """A share as a percentage."""
    if share is None:
        return "none"
    pattern = f"#,##0.{'#' * digits}%" if digits else "#,##0%"
    return _with_minus(format_percent(_no_minus_zero(share, digits + 2), format=pattern, locale=LOCALE))


def number(value: float | None, digits: int = 2) -> str:
    """A plain number with separators."""
    if value is None:
        return "none"
    return _with_minus(format_decimal(_no_minus_zero(value, digits), format=f"#,##0.{'#' * digits}", locale=LOCALE))


def months(value: float | None) -> str:
    """A time in months, as finance says it."""
    if value is None:
        return "none"
    return f"{number(value, 1)} month{'' if value == 1 else 's'}"


def metric_value(value: float | None, unit: str) -> str:
    """A technical metric's value in its unit."""
    return percent(value, 1) if unit == "share" else number(value, 4)


def _with_minus(text: str) -> str:
    """The minus sign of typography: as wide as a plus, and no line ends after it as after a hyphen."""
    return text.replace("-", "\N{MINUS SIGN}")


def _no_minus_zero(value: float, digits: int) -> float:
    return 0.0 if abs(value) < 0.5 * 10**-digits else value


def field_info(path: str) -> FieldInfo | None:
    """The declaration of the field at a path of the document; None where the path is no single field."""
    model: type[BaseModel] | None = Proposal
    info: FieldInfo | None = None
    for part in path.split("."):
        if part.isdigit():
            continue
        info = model.model_fields.get(part) if model else None
        if info is None:
            return None
        model = _model_of(info.annotation, path)
    return info


def _model_of(annotation: Any, path: str) -> type[BaseModel] | None:
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return annotation
    return next((model for part in getattr(annotation, "__args__", ()) if (model := _model_of(part, path))), None)


def label_of(proposal: Proposal, path: str) -> str:
    """What a person calls the field at a path: "Deep learning: recall"."""
    parts = path.split(".")
    if parts[:2] == ["feasibility", "answers"] and len(parts) > 2:
        return QUESTIONS[parts[2]].text if parts[2] in QUESTIONS else parts[2]
    if parts[0] == "bridge" and len(parts) > 1 and proposal.bridge is not None:
        info = KINDS[proposal.bridge.kind].model_fields.get(parts[1])
        return str(info.title) if info else parts[1]
    if parts[0] == "alternatives":
        return _alternative_label(proposal, parts)
    info = field_info(path)
    return str(info.title) if info else path


def _alternative_label(proposal: Proposal, parts: list[str]) -> str:
    if parts[1:] == ["status_quo"]:
        return "An alternative of kind status quo"
    if len(parts) == 1:
        return "An alternative to the status quo"
    index = int(parts[1])
    alternative = proposal.alternatives[index] if index < len(proposal.alternatives) else None
    name = (alternative.name if alternative else "") or f"Alternative {index + 1}"
    if len(parts) > 3 and parts[2] == "metrics":
        names = {metric.name: metric.title for metric in proposal.bridge.metrics} if proposal.bridge else {}
        return f"{name}: {phrase(names.get(parts[3], parts[3]))}"
    if len(parts) > 3 and parts[2] == "costs" and alternative:
        cost = alternative.costs[int(parts[3])].name if int(parts[3]) < len(alternative.costs) else ""
        return f"{name}: amount of {cost or 'a cost'}"
    info = field_info(path=".".join(parts))
    return f"{name}: {str(info.title).lower()}" if info else name
