"""What docs/portfolio.md shows can be done as it stands there."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

from scoping import examples, to_dict
from scoping.portfolio import Scenario, Study, read_scenario

_DOCUMENT = Path(__file__).parents[3] / "docs" / "portfolio.md"


def _block(language: str) -> str:
    found = re.search(rf"^```{language}\n(.*?)^```$", _DOCUMENT.read_text(encoding="utf-8"), re.DOTALL | re.MULTILINE)
    assert found
    return found[1]


def test_the_scenario_that_is_shown_has_every_field_and_can_be_read() -> None:
    found = read_scenario(_block("toml").encode())
    assert found.model_fields_set == set(Scenario.model_fields)


def test_the_notebook_that_is_shown_runs() -> None:
    names: dict[str, Any] = {
        "documents": [to_dict(examples.load(name)) for name in ("demand_forecast", "invoice_routing")]
    }
    exec(compile(_block("python"), str(_DOCUMENT), "exec"), names)
    found = names["found"]
    assert isinstance(found, Study)
    assert found.choice is not None
