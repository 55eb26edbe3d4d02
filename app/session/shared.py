"""What all sessions share: one store, and the assessments that were computed already."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from functools import cache, lru_cache
from threading import local

import streamlit as st

from app.metrics import ASSESSMENT_SECONDS
from app.session.identity import person_of
from db import DatabaseNotReady, Person, Store, open_store
from scoping import (
    Appraisal,
    Assessment,
    Firmness,
    PilotSizes,
    Proposal,
    appraise,
    assess,
    content_hash,
    firmness_of,
    pilot_sizes_of,
)
from scoping.assess import outside_view_of
from scoping.assessment import OutsideView
from scoping.feasibility.evidence.reach import Reach, reach_of
from scoping.text.languages import ENGLISH, Language, language_of

LANGUAGE_VARIABLE = "GROUNDWORK_LANGUAGE"
_LAST_HERE = "last_here"
_run = local()
# Small once their draws are gone; what explains them is asked for more seldom.
_KEPT_APPRAISALS, _KEPT_ASSESSMENTS = 256, 64


@cache
def database() -> Store:
    """The process's one Store, which may do everything. Raises DatabaseNotReady; then the next call tries again."""
    return open_store(assess=appraise_cached)


def who_is_here() -> Person:
    """Who is at the screen. While the database does not answer, who it said last: what was typed is not thrown away.

    Nothing can be read or saved then; as soon as it answers, it is asked again. Raises DatabaseNotReady, NotAMember.
    """
    try:
        return person_of(database())
    except DatabaseNotReady:
        last = st.session_state.to_dict().get(_LAST_HERE)
        if isinstance(last, Person):
            return last
        raise


@contextmanager
def drawn_for(person: Person) -> Iterator[None]:
    """This run draws a page for that person: found at its beginning, and not asked about again until its end.

    Callbacks come before it and parts that run alone without it: those ask, each time.
    """
    st.session_state[_LAST_HERE] = person
    _run.person = person
    try:
        yield
    finally:
        # Also where the framework ends the run in the middle: the next one in this thread is another one's.
        del _run.person


def store() -> Store:
    """The Store for who is at the screen of this session. Raises DatabaseNotReady, NotAMember."""
    found: Person | None = getattr(_run, "person", None)
    person = found or who_is_here()
    return database().acting_for(person) if person.is_signed_in else database()


def default_language() -> Language:
    """The language of the team's summaries: that of GROUNDWORK_LANGUAGE, otherwise English. Raises UnknownLanguage."""
    tag = os.environ.get(LANGUAGE_VARIABLE, "").strip()
    return language_of(tag) if tag else ENGLISH


def appraise_cached(proposal: Proposal) -> Appraisal:
    """`appraise`, computed once for each content: lists and strip show the same figures."""
    return _appraised(content_hash(proposal), _Uncompared(proposal))


def assess_cached(proposal: Proposal) -> Assessment:
    """`assess`, computed once for each content, when somebody looks at it."""
    return _assessed(content_hash(proposal), _Uncompared(proposal))


def assess_in_full_cached(proposal: Proposal) -> Assessment:
    """The assessment with what takes seconds, how firm its verdict is and how large a pilot should be.

    For files, and for those who ask.
    """
    firm, sized = assessed_with_firmness(proposal), assessed_with_pilot_sizes(proposal)
    return replace(firm, pilot_sizes=sized.pilot_sizes)


def assessed_with_firmness(proposal: Proposal) -> Assessment:
    """The assessment, and how firm its verdict is."""
    key, carried = content_hash(proposal), _Uncompared(proposal)
    return replace(_assessed(key, carried), firmness=_firmness(key, carried))


def assessed_with_pilot_sizes(proposal: Proposal) -> Assessment:
    """The assessment, and how large a pilot should be."""
    key, carried = content_hash(proposal), _Uncompared(proposal)
    return replace(_assessed(key, carried), pilot_sizes=_pilot_sizes(key, carried))


def reach_cached(proposal: Proposal, index: int) -> Reach | None:
    """What evidence shows of an alternative in money, when somebody looks at it."""
    return _reached(content_hash(proposal), index, _Uncompared(proposal))


def outside_view_cached(proposal: Proposal) -> OutsideView | None:
    """The outside view alone, computed once for each content, for a page that does not wait for an assessment."""
    return _seen_from_outside(content_hash(proposal), _Uncompared(proposal))


class _Uncompared:
    """Carries the proposal past the cache: the hash alone is the key."""

    def __init__(self, proposal: Proposal) -> None:
        self.proposal = proposal

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Uncompared)

    def __hash__(self) -> int:
        return 0


@lru_cache(maxsize=_KEPT_APPRAISALS)
def _appraised(_key: str, carried: _Uncompared) -> Appraisal:
    with ASSESSMENT_SECONDS.time():
        return appraise(carried.proposal).without_draws()


@lru_cache(maxsize=_KEPT_ASSESSMENTS)
def _assessed(_key: str, carried: _Uncompared) -> Assessment:
    with ASSESSMENT_SECONDS.time():
        return assess(carried.proposal).without_draws()


@lru_cache(maxsize=_KEPT_ASSESSMENTS)
def _reached(_key: str, index: int, carried: _Uncompared) -> Reach | None:
    return reach_of(carried.proposal, index)


@lru_cache(maxsize=_KEPT_ASSESSMENTS)
def _firmness(key: str, carried: _Uncompared) -> Firmness | None:
    return firmness_of(carried.proposal, _assessed(key, carried))


@lru_cache(maxsize=_KEPT_ASSESSMENTS)
def _pilot_sizes(key: str, carried: _Uncompared) -> PilotSizes | None:
    return pilot_sizes_of(carried.proposal, _assessed(key, carried))


@lru_cache(maxsize=_KEPT_APPRAISALS)
def _seen_from_outside(_key: str, carried: _Uncompared) -> OutsideView | None:
    return outside_view_of(carried.proposal)
