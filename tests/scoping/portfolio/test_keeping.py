"""What is kept of a candidate: the same figures as when it was made, by this program alone."""

from __future__ import annotations

import io
import json
from contextlib import suppress
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from scoping import examples
from scoping.portfolio import Candidate, Option, candidate_of
from scoping.portfolio.keeping import VALUING, NotReadable, kept, read_kept
from scoping.text.languages import language_of, say

_KEPT_FIGURES = Path(__file__).with_name(f"valued_{VALUING}.json")


def figures_of(candidate: Candidate) -> dict[str, Any]:
    """What a choice reads of a candidate, thinned where there are thousands of figures."""
    pilot = candidate.pilot
    return {
        "options": [_option(each) for each in candidate.options],
        "estimates": [
            [each.alternative, each.value, each.error, each.size, each.on_data] for each in candidate.estimates
        ],
        "pilot": pilot and [pilot.evsi, pilot.cost, pilot.net, pilot.months, str(pilot.why_not)],
        "discounts": list(candidate.discounts[::5]),
    }


def _option(option: Option) -> dict[str, Any]:
    simulated = option.simulated
    return {
        "name": str(option.name),
        "value": option.value,
        "money": [sum(option.money), *option.money[:3]],
        "people": {role: sum(months) for role, months in option.people.items()},
        "end": option.end,
        "draws": option.draws[::37].tolist() if option.draws is not None else None,
        "draws_sum": float(np.sum(option.draws)) if option.draws is not None else 0.0,
        "is_pilot": option.is_pilot,
        "rests_on": dict(option.rests_on),
        "npv": simulated and [float(simulated.npv.sum()), *simulated.npv[::171].tolist()],
        "causes": simulated
        and {f"{each.name}|{number}": float(each.ranks[::31].sum()) for number, each in enumerate(simulated.causes)},
    }


def _assert_same(found: Any, known: Any, place: str = "") -> None:
    if isinstance(known, dict):
        assert found.keys() == known.keys(), place
        for name, each in known.items():
            _assert_same(found[name], each, f"{place}.{name}")
    elif isinstance(known, list):
        assert len(found) == len(known), place
        for number, each in enumerate(known):
            _assert_same(found[number], each, f"{place}[{number}]")
    elif isinstance(known, float):
        assert found == pytest.approx(known, rel=1e-8, abs=1e-6), place
    else:
        assert found == known, place


@pytest.mark.parametrize("name", examples.NAMES)
def test_figures_that_move_take_another_version_of_the_valuing(name: str) -> None:
    """Figures are kept over restarts: where these move on purpose, raise VALUING and write the file of the new ones."""
    known = json.loads(_KEPT_FIGURES.read_text(encoding="utf-8"))
    _assert_same(figures_of(candidate_of(examples.load(name), rate=1.25)), known[name], name)


@pytest.mark.parametrize("name", examples.NAMES)
def test_what_was_kept_is_the_same_to_the_last_digit(name: str) -> None:
    made = candidate_of(examples.load(name), "one")
    found = read_kept(kept(made), "another")

    assert found.name == "another"
    assert figures_of(found) == figures_of(made)
    for one, other in zip(found.options, made.options, strict=True):
        assert np.array_equal(np.asarray(one.draws), np.asarray(other.draws))
        assert (one.simulated is None) == (other.simulated is None)


def test_words_that_were_kept_are_said_in_any_language() -> None:
    german, proposal = language_of("de"), examples.load("visual_inspection")
    made = candidate_of(proposal)
    found = read_kept(kept(made), made.name)
    assert [say(each.name, german) for each in found.options] == [say(each.name, german) for each in made.options]
    assert say(found.options[-1].name, german) != found.options[-1].name

    unpriced = proposal.pilot.model_copy(update={"cost": None, "cost_per_label": None, "months": None})
    free = candidate_of(proposal.model_copy(update={"pilot": unpriced}))
    again = read_kept(kept(free), free.name)
    assert free.pilot
    assert again.pilot
    assert free.pilot.why_not
    assert say(again.pilot.why_not, german) == say(free.pilot.why_not, german) != free.pilot.why_not


def test_what_options_have_in_common_is_kept_once() -> None:
    made = candidate_of(examples.load("visual_inspection"))
    content = kept(made)
    assert len(content) < 150_000
    named = [cause for each in read_kept(content, "").options if each.simulated for cause in each.simulated.causes]
    assert len({id(each) for each in named}) < len(named)


def test_bytes_that_are_not_as_they_were_written_are_refused() -> None:
    content = kept(candidate_of(examples.load("donor_mailing")))
    middle = len(content) // 2
    damaged = (
        b"",
        b"PK",
        content[:middle],
        content[:middle] + bytes([content[middle] ^ 1]) + content[middle + 1 :],
    )
    for each in damaged:
        with pytest.raises(NotReadable):
            read_kept(each, "")


def test_an_archive_with_any_byte_of_its_frame_changed_is_read_as_it_was_or_refused() -> None:
    """Its sums guard what is in it, not what says how it is packed: there each reader fails in its own way."""
    made = candidate_of(examples.load("donor_mailing"))
    content, known = kept(made), figures_of(made)
    for place in (*range(60), *range(len(content) - 300, len(content))):
        for value in {content[place] ^ 1, content[place] ^ 32, 0, 12, 14, 255} - {content[place]}:
            changed = content[:place] + bytes([value]) + content[place + 1 :]
            with suppress(NotReadable):
                assert figures_of(read_kept(changed, "")) == known


def _rewritten(content: bytes, **changed: Any) -> bytes:
    """The same archive with other words or arrays in it."""
    arrays = dict(np.load(io.BytesIO(content)))
    words = json.loads(arrays["words"].tobytes())
    for name, value in changed.items():
        if name in arrays:
            arrays[name] = value
        else:
            words[name] = value
    arrays["words"] = np.frombuffer(json.dumps(words).encode(), np.uint8)
    written = io.BytesIO()
    np.savez_compressed(written, **arrays)
    return written.getvalue()


@pytest.mark.parametrize(
    "changed",
    [
        {"made_by": "0:0:0:0"},
        {"discounts": ["much"]},
        {"causes": []},
        {"surprise": 1},
        {"options": 7},
        {"draws": np.full((3, 256), np.nan)},
        {"draws": np.zeros((0, 0))},
        {"npv": np.zeros(1_024)},
        {"places": np.array([{"a": 1}], dtype=object)},
        {"draws": np.zeros((3, 1_000_000))},
    ],
)
def test_an_archive_of_something_else_is_refused(changed: dict[str, Any]) -> None:
    content = _rewritten(kept(candidate_of(examples.load("donor_mailing"))), **changed)
    with pytest.raises(NotReadable):
        read_kept(content, "")
