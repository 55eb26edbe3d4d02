"""Documents that somebody broke: each is refused in words, or goes all the way to a file.

Every one is drawn from its own number, so that a failure can be looked at alone.
"""

from __future__ import annotations

import copy
import json
import random
import tempfile
import time
import traceback
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

from db import Store, open_store
from scoping import DocumentRefused, appraise, assess, examples, read, to_dict
from scoping.reports import formats, render, summarise
from tests.scoping.reports.samples import HOSTILE, LIKE_DATA

FEW = 256
_PATIENCE_SECONDS = 10.0
_MOST_CHANGES = 6
_GOLDEN = Path(__file__).parents[1] / "scoping" / "document" / "golden" / "version_1"
Path_ = tuple[str | int, ...]


@dataclass
class Found:
    """How the documents ended, and each that ended otherwise than in words or in a file, or took too long."""

    ends: Counter[str] = field(default_factory=Counter)
    wrong: list[str] = field(default_factory=list)
    slowest: float = 0.0


def attack(store: Store, numbers: range) -> Found:
    """One document for each number."""
    found = Found()
    for number in numbers:
        # The work that a document makes, whatever else the machine does meanwhile.
        begun = time.process_time()
        try:
            end = _through(store, broken(number), number)
            found.ends[end] += 1
            found.wrong += [f"document {number}: {end}"] if end == "refused without a word" else []
        except Exception:
            found.wrong.append(f"document {number}:\n{traceback.format_exc()}")
        taken = time.process_time() - begun
        found.slowest = max(found.slowest, taken)
        if taken > _PATIENCE_SECONDS:
            found.wrong.append(f"document {number}: {taken:.1f} s of work")
    return found


def _through(store: Store, text: str, number: int) -> str:
    """All that happens to a document, each time with the next format."""
    try:
        proposal = read(text)
    except DocumentRefused as refused:
        return "refused" if refused.problems and str(refused).strip() else "refused without a word"
    saved = store.create(proposal, "Ana")
    later = read({**to_dict(proposal), "title": "Later"})
    assert store.save(saved.id, later, 1, "Bo").version in (1, 2)
    assert read(to_dict(store.get(saved.id).proposal)) == later
    name = [*formats()][number % len(formats())]
    assert render(summarise(proposal, assess(proposal, FEW)), name)
    return name


def few_draws(proposal: Any) -> Any:
    """The figures for lists, in no more time than an attack needs."""
    return appraise(proposal, FEW)


# Breaking ---------------------------------------------------------------------------------------


def broken(number: int) -> str:
    """The document of that number, as the text of a file."""
    chance = random.Random(number)
    document = copy.deepcopy(chance.choice(_originals()))
    # Two thirds only bend what is there, so that many get as far as a file.
    changes = chance.choice((_CHANGES, _BENDS, _MILD))
    for _ in range(chance.randint(1, _MOST_CHANGES)):
        document = chance.choice(changes)(document, chance)
    text = json.dumps(document, ensure_ascii=chance.random() < 0.5)
    return chance.choice(_DAMAGES)(text, chance) if changes is _CHANGES and chance.random() < 0.2 else text


@cache
def _originals() -> tuple[dict[str, Any], ...]:
    own = [json.loads(examples.text(name)) for name in examples.NAMES]
    golden = [json.loads(path.read_text(encoding="utf-8")) for path in sorted(_GOLDEN.glob("*.json"))]
    return (*own, *golden)


_NUMBERS = (
    0, -0.0, 1, -1, 0.5, 2, 1e-300, 5e-324, -1e-9, 1e9, 1e15, 1e16, 1e100, 1e308, -1e308, 2**53, 2**63, 10**400,
    float("nan"), float("inf"), float("-inf"), 0.1 + 0.2, 1 - 1e-16, 100, 99.999, 1200,
)  # fmt: skip
_TEXTS = (
    "", " ", "\x00", "a\x00b", "\ud800", "\udfff\ud800", "\u202eabc", "\r\n", "\u2028", "a" * 30_000, "\U0001f600" * 99,
    "0.5", "1e5", "NaN", "true", "EUR", "XXX", "€", "../../etc/passwd", "%s%n", "${jndi:x}", "2026-02-30", "9999-12-31",
    "0001-01-01", *HOSTILE, *LIKE_DATA,
)  # fmt: skip
_KEYS = ("", "__proto__", "title", "kind", "p10", "schema_version", "\x00", "\ud800", "a.b", "0", "x" * 500, "exported")


def _value(chance: random.Random) -> Any:
    kinds: tuple[Callable[[], Any], ...] = (
        lambda: chance.choice(_NUMBERS),
        lambda: chance.choice(_TEXTS),
        lambda: chance.choice((None, True, False, [], {}, [[]], [None], {"": None})),
        lambda: _estimate(chance),
        lambda: _deep(chance.choice((5, 60, 900))),
    )
    return chance.choices(kinds, (5, 4, 2, 4, 0.3))[0]()


def _estimate(chance: random.Random) -> dict[str, Any]:
    ends = sorted(chance.choice(_NUMBERS) for _ in range(3))
    if chance.random() < 0.3:
        chance.shuffle(ends)
    return dict(zip(("p10", "p50", "p90"), ends, strict=True))


def _deep(levels: int) -> Any:
    found: Any = "bottom"
    for level in range(levels):
        found = [found] if level % 2 else {"a": found}
    return found


def _places(value: Any, here: Path_ = ()) -> Iterator[Path_]:
    """Every place in a document below its top."""
    pairs = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for key, each in pairs:
        yield (*here, key)
        yield from _places(each, (*here, key))


def _at(document: Any, path: Path_) -> Any:
    for key in path:
        document = document[key]
    return document


def _place(document: Any, chance: random.Random) -> tuple[Any, Any]:
    """What holds some value, and the value's key there; a new key at the top where nothing is left."""
    places = [*_places(document)]
    if not places:
        return document, "title"
    *holder, key = chance.choice(places)
    return _at(document, tuple(holder)), key


def _replace(document: Any, chance: random.Random) -> Any:
    holder, key = _place(document, chance)
    holder[key] = _value(chance)
    return document


_FACTORS = (0, 1e-12, 1e-6, 1e-3, 0.1, 0.5, 0.9, 0.999, 1.001, 1.1, 2, 10, 1e3, 1e6, 1e12, -1)


def _nudge(document: Any, chance: random.Random) -> Any:
    """A number becomes another that may well be legal: such documents go furthest."""
    numbers = [path for path in _places(document) if type(_at(document, path)) in (int, float)]
    if numbers:
        *holder, key = chance.choice(numbers)
        held, by = _at(document, tuple(holder)), chance.choice(_FACTORS)
        # The ends of a range move together, so that they still rise.
        ends = ("p10", "p50", "p90")
        for each in ends if key in ends else (key,):
            if not isinstance(held, dict) or type(held.get(each)) in (int, float):
                held[each] *= by
    return document


def _retell(document: Any, chance: random.Random) -> Any:
    """Another text where one was."""
    texts = [path for path in _places(document) if isinstance(_at(document, path), str)]
    if texts:
        *holder, key = chance.choice(texts)
        _at(document, tuple(holder))[key] = chance.choice(_TEXTS)
    return document


def _remove(document: Any, chance: random.Random) -> Any:
    holder, key = _place(document, chance)
    if key in holder if isinstance(holder, dict) else True:
        del holder[key]
    return document


def _add(document: Any, chance: random.Random) -> Any:
    holder, key = _place(document, chance)
    if isinstance(holder, list):
        holder.insert(key, _value(chance))
    else:
        holder[chance.choice(_KEYS)] = _value(chance)
    return document


def _swap(document: Any, chance: random.Random) -> Any:
    """Two parts change places: a section where an answer stood, a text where a list was."""
    one, key = _place(document, chance)
    other, place = _place(document, chance)
    if key in one if isinstance(one, dict) else True:
        held = copy.deepcopy(one[key])
        one[key] = copy.deepcopy(other[place]) if not isinstance(other, dict) or place in other else None
        if not isinstance(other, list) or place < len(other):
            other[place] = held
    return document


def _repeat(document: Any, chance: random.Random) -> Any:
    """A list's row many times over, its name with it."""
    lists = [path for path in _places(document) if isinstance(_at(document, path), list) and _at(document, path)]
    if lists:
        rows = _at(document, chance.choice(lists))
        rows += [copy.deepcopy(chance.choice(rows)) for _ in range(chance.choice((1, 2, 5, 60)))]
    return document


def _mix(document: Any, chance: random.Random) -> Any:
    """A section of another proposal."""
    other = chance.choice(_originals())
    key = chance.choice([*other])
    return {**document, key: copy.deepcopy(other[key])}


_MILD = (_nudge,)
_BENDS = (_nudge, _nudge, _nudge, _retell, _remove, _repeat, _mix)
_CHANGES = (*_BENDS, _replace, _replace, _replace, _add, _swap)


def _cut(text: str, chance: random.Random) -> str:
    return text[: chance.randrange(len(text))]


def _twice(text: str, chance: random.Random) -> str:
    return text[:-1] + ', "title": "again"}'


def _garbled(text: str, chance: random.Random) -> str:
    place = chance.randrange(len(text))
    return text[:place] + chance.choice(("\x00", "}", '"', "\ud800", "\ufeff", ",", "NaN", "[" * 5_000)) + text[place:]


def _wrapped(text: str, chance: random.Random) -> str:
    return chance.choice(("[" * 20_000, f"[{text}]", "null", "3", '"text"', "", "\ufeff" + text, "9" * 5_000, "{}"))


_DAMAGES = (_cut, _twice, _garbled, _wrapped)


def by_hand(numbers: range) -> list[str]:
    """Many documents, against a database of their own."""
    with tempfile.TemporaryDirectory() as folder:
        store = open_store(f"sqlite:///{folder}/hostile.db", few_draws)
        found = attack(store, numbers)
        store.close()
    print(f"{len(numbers):,} documents, slowest {found.slowest:.1f} s, {len(found.wrong)} wrong: {dict(found.ends)}")
    return found.wrong
