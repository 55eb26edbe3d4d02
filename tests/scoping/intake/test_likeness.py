"""Which texts are called similar: what the threshold finds and misses, and why two of them are."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from scoping.intake import Likeness, shared_words, text_compared
from scoping.intake.likeness import LONGEST_COMPARED, THRESHOLD
from tests.scoping.intake.similar_texts import groups


def pairs() -> Iterator[tuple[float, bool]]:
    """How similar each text is to each other one, and whether both are about the same thing."""
    texts = [(number, text_compared(*each)) for number, group in enumerate(groups()) for each in group]
    index = Likeness()
    for place, (_, text) in enumerate(texts):
        index.put(str(place), text)
    for place, (group, text) in enumerate(texts):
        for other, score in index.like(text, least=-1):
            if int(other) != place:
                yield score, texts[int(other)][0] == group


def test_the_threshold_finds_nearly_all_paraphrases_and_nearly_nothing_else() -> None:
    """On 50 short texts in German and English: precision 1.00 and recall 0.96, of 96 pairs that belong together."""
    scored = [*pairs()]
    called = [same for score, same in scored if score >= THRESHOLD]
    assert len([same for _, same in scored if same]) == 96
    assert sum(called) / len(called) >= 0.98
    assert sum(called) / 96 >= 0.95


def test_a_lower_threshold_would_name_more_that_is_something_else() -> None:
    called = [same for score, same in pairs() if score >= 0.10]
    assert sum(called) / len(called) < 0.8


@pytest.mark.parametrize(
    ("one", "other", "words"),
    [
        ("Routing of invoices", "Invoice routing for suppliers", ("invoice", "routing")),
        ("Prüfung der Rechnungen", "Rechnungspruefung im Einkauf", ("rechnungspruefung",)),
        ("Rückrufe", "Weniger Rueckrufe", ("rueckrufe",)),
        ("The system that we have", "A system that they have", ()),
        ("<b>pumps</b>", "*Pumps* fail", ("pumps",)),
    ],
)
def test_why_two_are_similar_is_said_in_the_words_of_the_other_one(
    one: str, other: str, words: tuple[str, ...]
) -> None:
    assert shared_words(one, other) == words


def test_umlauts_accents_and_capitals_make_no_difference() -> None:
    index = Likeness()
    index.put("one", "Rückläufer prüfen, Müller & Söhne")
    ((found, score),) = index.like("RUECKLAEUFER PRUEFEN, MUELLER & SOEHNE")
    assert (found, round(score, 5)) == ("one", 1.0)


def test_a_text_that_says_nothing_is_like_nothing() -> None:
    index = Likeness()
    assert index.like("Pumps") == []
    index.put("empty", "")
    index.put("common", "and the of")
    index.put("pumps", "Pumps")
    for text in ("", "the and", "\x00\ud800 ?!"):
        assert index.like(text) == []
    assert [found for found, _ in index.like("pumps")] == ["pumps"]


def test_what_is_put_again_or_dropped_counts_as_it_is_now() -> None:
    index = Likeness()
    index.put("one", "Process pumps fail")
    index.put("two", "Invoices are late")
    index.put("one", "Invoices wait")
    assert {found for found, _ in index.like("invoices")} == {"one", "two"}
    index.drop("two")
    assert [found for found, _ in index.like("invoices")] == ["one"]
    assert len(index) == 1


def test_of_a_text_without_end_the_beginning_is_compared() -> None:
    assert len(text_compared("x" * 20_000, "y" * 20_000, ["z" * 20_000])) == LONGEST_COMPARED
