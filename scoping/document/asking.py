"""What people are asked to judge apart from each other: which numbers, where they stand now, and what is recorded.

The steps are those of SHELF (Oakley and O'Hagan, The Sheffield Elicitation Framework) and of EFSA's guidance (2014,
EFSA Journal 12(6):3734): each judges alone, all is shown at once, then they discuss and may agree.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from pydantic import ValidationError

from ..errors import EntryRefused
from ..text.languages import message
from ..vocabulary import Unit
from .allowed import allowed_in
from .estimate import Consensus, Estimate, Judgement, as_written
from .paths import Path
from .proposal import Proposal
from .reading import to_dict
from .rows import keys_of, path_of, tokenised
from .specs import Spec, spec_at

MOST_QUESTIONS = 10
"""How many numbers people are asked about in one round: who judges gets tired."""
LONGEST_REASON = 4_000
"""How many letters the reasons for a judgement may have."""
_LONGEST_NAME = 200


def askable(proposal: Proposal) -> list[Path]:
    """The places of the numbers about which people may be asked: all inputs of the value model."""
    return proposal.inputs()


def place_now(asked: Proposal, now: Proposal, path: str) -> Path | None:
    """Where the number stands now that stood at a path when it was asked about.

    Rows may have moved meanwhile. None where it is gone, is another number, or counts in another currency.
    """
    before, after = tokenised(to_dict(asked), to_dict(now))
    place = path_of(keys_of(path, before), after)
    if place is None or place not in askable(now):
        return None
    was, is_ = spec_at(asked, path), spec_at(now, place)
    if was.quantity != is_.quantity or was.unit != is_.unit:
        return None
    is_money = is_.quantity is not None and is_.quantity.unit is Unit.MONEY
    return None if is_money and asked.currency != now.currency else place


def judgement(spec: Spec, by: str, low: float, likely: float, high: float) -> Judgement:
    """One person's judgement of the field, within the field's bounds. Raises EntryRefused."""
    try:
        found = Judgement(by=by[:_LONGEST_NAME], p10=low, p50=likely, p90=high)
        if spec.quantity is not None:
            spec.quantity.check(Estimate(p10=low, p50=likely, p90=high))
    except ValidationError as error:
        raise EntryRefused(_allowed(error)) from None
    except ValueError as error:
        raise EntryRefused(allowed_in(getattr(error, "context", None)) or str(error)) from None
    return found


def consensus(spec: Spec, low: float, likely: float, high: float) -> Consensus:
    """What people agreed on, within the field's bounds. Raises EntryRefused."""
    found = judgement(spec, "-", low, likely, high)
    return Consensus(p10=found.p10, p50=found.p50, p90=found.p90)


def recorded(judgements: Sequence[Judgement], agreed: Consensus | None = None) -> dict[str, Any]:
    """The estimate as the document holds it: the average of the judgements, unless people agreed on something.

    Two who are called the same are told apart by a number.
    """
    names = _each_its_own([each.by for each in judgements])
    named = [each.model_copy(update={"by": name}) for name, each in zip(names, judgements, strict=True)]
    return as_written(named, agreed)


def _each_its_own(names: Iterable[str]) -> Iterator[str]:
    seen: Counter[str] = Counter()
    taken = set(names := list(names))
    for name in names:
        seen[name] += 1
        own = name
        while seen[name] > 1 and own in taken:
            own = f"{name[: _LONGEST_NAME - 6]} ({seen[name]})"
            seen[name] += own in taken
        taken.add(own)
        yield own


def _allowed(error: ValidationError) -> str:
    first = error.errors()[0]
    return allowed_in(first.get("ctx")) or message("must be a finite number")
