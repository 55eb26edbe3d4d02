"""Which texts are like one: a question among 10,000 beside one among 1,000, and the memory that they take."""

from __future__ import annotations

import random
import tracemalloc

from scoping.intake import Likeness
from tests.bench.assessment import median_seconds
from tests.scoping.intake.similar_texts import groups

_FEW, _MANY = 1_000, 10_000
_RUNS, _WORDS = 20, 60


def measure() -> dict[str, float]:
    """The ratio of both times, that of making the index to a question, and the bytes of a text."""
    words = [word for group in groups() for text in group for word in " ".join(text).split()]
    drawn = random.Random(16)
    texts = [" ".join(drawn.choices(words, k=_WORDS)) for _ in range(_MANY)]
    few, many = _filled(texts[:_FEW]), _filled(texts)
    times = [median_seconds(lambda index=index: index.like(texts[0]), _RUNS) for index in (few, many)]  # type: ignore[misc]
    making = median_seconds(lambda: _filled(texts), 1)
    tracemalloc.start()
    kept = _filled(texts)
    size = tracemalloc.get_traced_memory()[0] / len(kept)
    tracemalloc.stop()
    print(f"a question: {1000 * times[0]:.1f} ms among {_FEW:,}, {1000 * times[1]:.1f} ms among {_MANY:,}")
    print(f"the index of {_MANY:,}: {making / times[1]:.0f} questions long, {size / 1000:.1f} KB a text")
    return {"10,000 / 1,000": times[1] / times[0], "index / question": making / times[1], "bytes a text": size}


def _filled(texts: list[str]) -> Likeness:
    index = Likeness()
    for number, text in enumerate(texts):
        index.put(str(number), text)
    index.like(texts[0])
    return index
