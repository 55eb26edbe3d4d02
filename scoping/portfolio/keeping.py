"""A candidate as bytes and back, so that what took a while to work out outlives the program.

Figures and words stand as JSON, draws and places of draws as arrays beside it, all in one archive of NumPy without any
pickle. Whatever is not exactly as it was written is refused.
"""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterable, Mapping, Sequence
from typing import Annotated, Literal

import numpy as np
import scipy
from numpy.typing import NDArray
from pydantic import BaseModel, ConfigDict, Field

from ..document.upgrades import newest
from ..text.reasons import said
from ..value.reasons import Reason, Why
from .candidates import Candidate, Cause, Draws, Estimated, Option, PilotOffer, Simulated
from .proposals import piloted_name

VALUING = 1
"""The version of the valuing. Raise it with every figure of a candidate that moves: a test says when."""

MADE_BY = f"{VALUING}:{newest()}:{np.__version__}:{scipy.__version__}"
"""By what a candidate was worked out: another program, or other libraries below it, may find other figures."""

_Number = Annotated[float, Field(allow_inf_nan=False)]
_Place = Annotated[int, Field(ge=0)]
_MOST_BYTES = 1 << 24
_ROWS = 2


class NotReadable(Exception):
    """The bytes are no candidate, or not one of this program."""


class _Kept(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid", strict=True)


class _OptionKept(_Kept):
    """`way` is the alternative, with its pilot first or without; `draws`, `npv` and `causes` are rows of the arrays."""

    way: str
    value: _Number
    money: list[_Number]
    people: dict[str, list[_Number]]
    end: int
    draws: _Place | None
    is_pilot: bool
    rests_on: dict[str, _Number]
    npv: _Place | None
    causes: list[_Place]


class _CauseKept(_Kept):
    name: str
    identity: str
    title: str


class _EstimateKept(_Kept):
    alternative: str
    value: _Number
    error: _Number
    size: _Number
    on_data: _Number


class _PilotKept(_Kept):
    evsi: _Number | None
    cost: _Number | None
    net: _Number | None
    months: _Number
    people: dict[str, list[_Number]]
    why: str
    values: list[_Number]


class _CandidateKept(_Kept):
    made_by: Literal[MADE_BY]  # type: ignore[valid-type]
    options: list[_OptionKept]
    causes: list[_CauseKept]
    estimates: list[_EstimateKept]
    pilot: _PilotKept | None
    discounts: list[_Number]
    roles: dict[str, str]


# Writing -------------------------------------------------------------------------------------------


def kept(candidate: Candidate) -> bytes:
    """A candidate as bytes, without its name: the same document has the same figures, whatever it is called."""
    rows = _Rows()
    options = [_option_kept(each, _way(each, candidate.estimates), rows) for each in candidate.options]
    document = _CandidateKept(
        made_by=MADE_BY,
        options=options,
        causes=[_CauseKept(name=each.name, identity=each.identity, title=each.title) for each in rows.causes],
        estimates=[_EstimateKept(**vars(each)) for each in candidate.estimates],
        pilot=None if candidate.pilot is None else _pilot_kept(candidate.pilot),
        discounts=[*candidate.discounts],
        roles={**candidate.roles},
    )
    words = np.frombuffer(document.model_dump_json().encode(), np.uint8)
    archive = io.BytesIO()
    places = [each.places for each in rows.causes]
    np.savez_compressed(
        archive, words=words, draws=_stacked(rows.draws), npv=_stacked(rows.npv), places=_stacked(places, np.uint16)
    )
    return archive.getvalue()


class _Rows:
    """The rows of the arrays, in their order; what several options have in common stands there once."""

    def __init__(self) -> None:
        self.draws: list[Draws] = []
        self.npv: list[Draws] = []
        self.causes: list[Cause] = []
        self._known: dict[int, int] = {}

    def of(self, causes: Iterable[Cause]) -> list[int]:
        """Where the causes stand."""
        return [self._of(each) for each in causes]

    def _of(self, cause: Cause) -> int:
        if id(cause) not in self._known:
            self._known[id(cause)] = len(self.causes)
            self.causes.append(cause)
        return self._known[id(cause)]


def _added(rows: list[Draws], row: Draws | None) -> int | None:
    if row is None:
        return None
    rows.append(row)
    return len(rows) - 1


def _stacked(rows: Sequence[NDArray[np.generic]], kind: type = np.float64) -> NDArray[np.generic]:
    return np.stack(rows) if rows else np.empty((0, 0), kind)


def _way(option: Option, estimates: Sequence[Estimated]) -> str:
    """The alternative of an option: what is said of its pilot is said again in any language."""
    if not option.is_pilot:
        return option.name
    return next(each.alternative for each in estimates if piloted_name(each.alternative) == option.name)


def _option_kept(option: Option, way: str, rows: _Rows) -> _OptionKept:
    simulated = option.simulated
    return _OptionKept(
        way=way,
        value=option.value,
        money=[*option.money],
        people=_lists(option.people),
        end=option.end,
        draws=_added(rows.draws, option.draws),
        is_pilot=option.is_pilot,
        rests_on={str(name): each for name, each in option.rests_on.items()},
        npv=_added(rows.npv, simulated.npv if simulated else None),
        causes=rows.of(simulated.causes if simulated else ()),
    )


def _pilot_kept(offer: PilotOffer) -> _PilotKept:
    reason = offer.reason
    return _PilotKept(
        evsi=offer.evsi,
        cost=offer.cost,
        net=offer.net,
        months=offer.months,
        people=_lists(offer.people),
        why=str(reason.why) if reason else "",
        values=[*reason.values] if reason else [],
    )


def _lists(people: Mapping[str, Sequence[float]]) -> dict[str, list[float]]:
    return {role: [*months] for role, months in people.items()}


# Reading -------------------------------------------------------------------------------------------


def read_kept(content: bytes, name: str) -> Candidate:
    """The candidate of that name. Raises NotReadable."""
    try:
        return _read(content, name)
    except Exception as why:  # a damaged archive makes NumPy, zipfile and what unpacks raise errors of many kinds
        raise NotReadable from why


def _read(content: bytes, name: str) -> Candidate:
    arrays = _arrays(content)
    document = _CandidateKept.model_validate_json(arrays["words"].tobytes())
    draws, npv, places = (
        _checked(arrays["draws"], "f8"),
        _checked(arrays["npv"], "f8"),
        _checked(arrays["places"], "u2"),
    )
    causes = [
        Cause(each.name, each.identity, row, each.title) for each, row in zip(document.causes, places, strict=True)
    ]

    def option(found: _OptionKept) -> Option:
        known = None if found.npv is None else Simulated(npv[found.npv], tuple(causes[each] for each in found.causes))
        return Option(
            piloted_name(found.way) if found.is_pilot else found.way,
            found.value,
            found.money,
            found.people,
            end=found.end,
            draws=None if found.draws is None else draws[found.draws],
            is_pilot=found.is_pilot,
            rests_on=found.rests_on,
            simulated=known,
        )

    estimates = tuple(Estimated(**dict(each)) for each in document.estimates)
    options = tuple(map(option, document.options))
    pilot = None if document.pilot is None else _offer(document.pilot)
    return Candidate(name, options, estimates, pilot, document.discounts, document.roles)


def _arrays(content: bytes) -> Mapping[str, NDArray[np.generic]]:
    """The arrays of the archive; one that unpacks to more than any candidate has is refused before it is unpacked."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        if sum(each.file_size for each in archive.infolist()) > _MOST_BYTES:
            raise ValueError
    with np.load(io.BytesIO(content), allow_pickle=False) as found:
        return dict(found)


def _checked(rows: NDArray[np.generic], kind: str) -> NDArray[np.generic]:
    if rows.ndim != _ROWS or rows.dtype != np.dtype(kind) or not np.isfinite(rows).all():
        raise ValueError
    rows.flags.writeable = False
    return rows


def _offer(found: _PilotKept) -> PilotOffer:
    reason = Reason(Why(found.why), tuple(found.values)) if found.why else None
    why_not = said(reason) if reason else ""
    return PilotOffer(found.evsi, found.cost, found.net, found.months, found.people, why_not, reason)
