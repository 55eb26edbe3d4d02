"""What all sessions share: one store, and the assessments that were computed already."""

from __future__ import annotations

import os
from functools import cache, lru_cache

from db import Store, open_store
from scoping import Assessment, Proposal, assess, content_hash
from scoping.text.languages import ENGLISH, Language, language_of

LANGUAGE_VARIABLE = "GROUNDWORK_LANGUAGE"
_KEPT_ASSESSMENTS = 256


@cache
def store() -> Store:
    """The process's one Store. Raises DatabaseNotReady; then the next call tries again."""
    return open_store(assess=assess_cached)


def default_language() -> Language:
    """The language of the team's summaries: that of GROUNDWORK_LANGUAGE, otherwise English. Raises UnknownLanguage."""
    tag = os.environ.get(LANGUAGE_VARIABLE, "").strip()
    return language_of(tag) if tag else ENGLISH


def assess_cached(proposal: Proposal) -> Assessment:
    """`assess`, computed once for each content: lists, strip and memo show the same figures."""
    return _assessed(content_hash(proposal), _Uncompared(proposal))


class _Uncompared:
    """Carries the proposal past the cache: the hash alone is the key."""

    def __init__(self, proposal: Proposal) -> None:
        self.proposal = proposal

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Uncompared)

    def __hash__(self) -> int:
        return 0


@lru_cache(maxsize=_KEPT_ASSESSMENTS)
def _assessed(_key: str, carried: _Uncompared) -> Assessment:
    return assess(carried.proposal)
