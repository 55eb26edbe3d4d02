"""Many proposals that differ, made from the worked examples with a seed, saved through the Store."""

from __future__ import annotations

import copy
import random
from typing import Any

from db import Saved, Store
from scoping import Proposal, examples, read, to_dict

_EXAMPLES = (
    "visual_inspection", "customer_retention", "demand_forecast", "invoice_routing", "payment_fraud",
    "pump_maintenance", "search_ranking", "support_assistant", "donor_mailing", "order_picking",
)  # fmt: skip
_AMOUNTS = ("p10", "p50", "p90", "value")
_PLACES = ("Ulm", "Graz", "Basel", "Leeds", "Turin", "Porto", "Ghent", "Lund", "Brno", "Vigo")


def many_proposals(store: Store, count: int, seed: int = 1) -> list[Saved]:
    """So many proposals, saved one after the other; the same seed gives the same ones."""
    chance = random.Random(seed)
    loaded = [to_dict(examples.load(name)) for name in _EXAMPLES]
    return [store.create(_varied(loaded[number % len(loaded)], number, chance), "Ana") for number in range(count)]


def _varied(document: dict[str, Any], number: int, chance: random.Random) -> Proposal:
    """The example at another place, its amounts of money and its cases by up to a half more or less."""
    varied = copy.deepcopy(document)
    varied["title"] = f"{document['title']}, {_PLACES[number % len(_PLACES)]} {number + 1}"
    varied["currency"] = "EUR"
    factor = chance.uniform(0.5, 1.5)
    for alternative in varied["alternatives"]:
        for cost in alternative.get("costs", []):
            cost["amount"] = _scaled(cost["amount"], factor)
    return read(varied)


def _scaled(value: Any, factor: float) -> Any:
    """A number or an estimate, so many times as large."""
    if isinstance(value, dict):
        return {name: _scaled(each, factor) if name in _AMOUNTS else each for name, each in value.items()}
    return value * factor if isinstance(value, int | float) and not isinstance(value, bool) else value
