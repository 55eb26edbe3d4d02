"""Which texts are like one: the cosine of their TF-IDF weights over words and parts of words, German and English.

Parts of words (four letters in a row) find what words alone do not: "Rechnungen" and
"Rechnungseingang", "invoice" and "invoices". Umlauts and their spellings with an e are one. Words that say nothing
about the matter are left out. Source: Manning, Raghavan and Schütze 2008, Introduction to Information Retrieval, ch. 6.

Features are hashed into a fixed number of places, so that memory grows with the texts alone: some 3 KB each,
10 KB for the longest.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable
from functools import lru_cache
from zlib import crc32

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_array

from .common_words import COMMON_WORDS

Places = NDArray[np.int32]
PLACES = 2**18
THRESHOLD = 0.17
"""From here on two texts are called similar: tests/scoping/intake/test_likeness.py says what that finds and misses."""
LONGEST_COMPARED = 1_000
"""So many letters of a text are compared: what it is about stands at its beginning."""
_PART = 4
_TITLE_COUNTS = 2
_KNOWN_WORDS = 50_000
_SHORTEST_STEM = 5
_MOST_WORDS_TOLD = 3
# As if so many empty texts had been seen before: a handful of texts says little of how rare a word is.
_SEEN_BEFORE = 20
_WORD = re.compile(r"[^\W_]{2,}")
_SPELT = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "ß": "ss", "Ä": "ae", "Ö": "oe", "Ü": "ue"})


def text_compared(title: str, problem: str, tags: Iterable[str] = ()) -> str:
    """What of a proposal is compared; its title counts more than one time."""
    return "\n".join([title] * _TITLE_COUNTS + [*tags, problem])[:LONGEST_COMPARED]


def _folded(text: str) -> str:
    """Small letters without accents; an umlaut as it is spelt without one."""
    apart = unicodedata.normalize("NFKD", unicodedata.normalize("NFC", text).translate(_SPELT).casefold())
    return "".join(letter for letter in apart if not unicodedata.combining(letter))


def _words(text: str) -> list[str]:
    return [word for word in _WORD.findall(_folded(text)) if word not in COMMON_WORDS]


@lru_cache(maxsize=_KNOWN_WORDS)
def _features(word: str) -> Places:
    """The places of a word and of its parts; crc32 is the same in every process."""
    edged = f" {word} "
    parts = {edged[start : start + _PART] for start in range(max(len(edged) - _PART + 1, 1))}
    return np.array([crc32(each.encode()) % PLACES for each in sorted({word, *parts})], np.int32)


def _counts(text: str) -> tuple[Places, NDArray[np.float32]]:
    """The places in which the text has something, and how much: logarithms, so that no word drowns the others."""
    found = [_features(word) for word in _words(text)]
    if not found:
        return np.empty(0, np.int32), np.empty(0, np.float32)
    places, counts = np.unique(np.concatenate(found), return_counts=True)
    return places, (1 + np.log(counts)).astype(np.float32)


class Likeness:
    """Texts by their ids, ready to be compared with another one."""

    def __init__(self) -> None:
        self._texts: dict[str, tuple[Places, NDArray[np.float32]]] = {}
        self._ids: list[str] = []
        self._by_place: csr_array | None = None
        self._rarity = np.zeros(0)

    def __len__(self) -> int:
        return len(self._texts)

    def put(self, identity: str, text: str) -> None:
        """Keep a text, instead of the one of that id."""
        self._texts[identity] = _counts(text)
        self._by_place = None

    def drop(self, identity: str) -> None:
        """Forget a text."""
        self._texts.pop(identity, None)
        self._by_place = None

    def like(self, text: str, least: float = THRESHOLD) -> list[tuple[str, float]]:
        """The ids of texts that are so similar, and how much (0..1); the most similar first."""
        places, counts = _counts(text)
        if not self._texts or not len(places):
            return []
        by_place = self._weighted()
        wanted = counts * self._rarity[places]
        # Only the places that the text has are looked at, however many texts there are.
        scores = by_place[places].T @ (wanted / np.linalg.norm(wanted))
        (found,) = np.nonzero(scores >= least)
        order = found[np.argsort(-scores[found], kind="stable")]
        return [(self._ids[each], float(scores[each])) for each in order]

    def _weighted(self) -> csr_array:
        """A row for each place with the texts in which it occurs, each text of length 1; made anew after a change."""
        if self._by_place is None:
            self._ids, found = [*self._texts], [*self._texts.values()]
            places = np.concatenate([each for each, _ in found])
            often = np.bincount(places, minlength=PLACES)
            self._rarity = np.log((len(found) + _SEEN_BEFORE) / (1 + often)) + 1
            values = np.concatenate([counts for _, counts in found]) * self._rarity[places]
            texts = np.repeat(np.arange(len(found), dtype=np.int32), [len(each) for each, _ in found])
            lengths = np.sqrt(np.bincount(texts, values**2, minlength=len(found)))
            shares = (values / np.maximum(lengths, 1e-12)[texts]).astype(np.float32)
            self._by_place = csr_array((shares, (places, texts)), shape=(PLACES, len(found)))
        return self._by_place


def shared_words(text: str, other: str) -> tuple[str, ...]:
    """What both texts say, in the words of the other one, those first that it says most often: why they are similar."""
    own = sorted(set(_words(text)))
    shown: dict[str, str] = {}
    often: Counter[str] = Counter()
    for word in _WORD.findall(other):
        folded = _folded(word)
        if folded not in COMMON_WORDS and any(_are_one(folded, each) for each in own):
            stem = folded[:_SHORTEST_STEM]
            shown.setdefault(stem, word.casefold())
            often[stem] += 1
    ranked = sorted(shown, key=lambda stem: (-often[stem], -len(shown[stem]), shown[stem]))
    return tuple(shown[stem] for stem in ranked[:_MOST_WORDS_TOLD])


def _are_one(word: str, other: str) -> bool:
    """The same word, two forms of one, or a word within a compound."""
    if word == other:
        return len(word) > 2
    shorter, longer = sorted((word, other), key=len)
    if len(shorter) < _SHORTEST_STEM:
        return False
    stem = shorter[: max(_SHORTEST_STEM, len(shorter) - 2)]
    return stem in longer
