"""Towards what estimates are drawn: what these proposals say themselves, what came of decided ones, or given figures."""

from __future__ import annotations

from collections.abc import Callable

import streamlit as st

from app.choosing.pool import Pool
from app.choosing.record import as_set, prior_from, record_of
from app.fields.words import plain
from app.session.choice_form import change, complain, problems, scenario
from app.session.language import tell, told
from app.session.remembered import held
from app.session.shared import store
from app.views.parts.choose_fields import begin, grammar, help_of, quantity, row, title_of
from scoping.portfolio.scenario import GivenPrior, Scenario
from scoping.record import FEWEST_DECIDED
from scoping.text.entry import read_number, show
from scoping.text.languages import message
from scoping.text.wording import percent
from scoping.vocabulary import PriorOrigin

_OWN = "own"
_ASKED, _FEW, _FELL = "choice_prior_asked", "choice_prior_few", "choice_prior_fell"
_TYPED = "choice_prior_typed"
_FIGURES = ("mean", "deviation")


def prior(known: Scenario, pool: Pool, *, is_demo: bool) -> None:
    """Which one counts, and what is to be said or typed for it."""
    if not known.shrunk:
        st.caption(tell("Estimates count as they are, so nothing is asked here."))
        return
    if st.session_state.get(_ASKED) == PriorOrigin.TRACK_RECORD:
        _find(pool, is_demo=is_demo)
        known = scenario()
    _which(known)
    _too_few()
    if known.prior.origin is PriorOrigin.TRACK_RECORD:
        _found(known.prior)
    elif _stands(known) == PriorOrigin.GIVEN:
        _typed(known, pool)


def _stands(known: Scenario) -> str:
    """Which one counts now, or is being given."""
    if known.prior.prior is not None:
        return str(known.prior.origin)
    return str(PriorOrigin.GIVEN) if st.session_state.get(_ASKED) == PriorOrigin.GIVEN else _OWN


def _which(known: Scenario) -> None:
    titles = {
        _OWN: tell("What these proposals say themselves"),
        str(PriorOrigin.TRACK_RECORD): tell("What came of decided proposals"),
        str(PriorOrigin.GIVEN): tell("Figures that somebody gives"),
    }
    key, names = begin("choice:prior", _stands(known)), list(titles)
    st.radio(
        title_of("prior"), names, names.index(_stands(known)), key=key, format_func=titles.__getitem__,
        help=help_of("prior"), on_change=lambda: _choose(held(key)),
    )  # fmt: skip


def _choose(origin: str) -> None:
    """Figures that stand stay, where somebody goes on to give some."""
    for name in (_FEW, _FELL, _TYPED):
        st.session_state.pop(name, None)
    st.session_state[_ASKED] = origin
    if origin == PriorOrigin.GIVEN:
        known = scenario().prior
        change(prior={"mean": known.mean, "deviation": known.deviation})
    elif origin == _OWN:
        change(prior={})


# The track record ----------------------------------------------------------------------------------


def _find(pool: Pool, *, is_demo: bool) -> None:
    """Worked out only now that somebody asks, and kept in what is set, as figures."""
    st.session_state.pop(_ASKED)
    with st.spinner(tell("Looking at what came of decided proposals"), show_time=True):
        known = record_of(store(), is_demo=is_demo)
        found = prior_from(known, pool.candidates)
    if found is None:
        st.session_state[_FEW] = len(known)
        return
    st.session_state[_FELL] = found.fell
    change(prior=as_set(found))


def _too_few() -> None:
    if (many := st.session_state.get(_FEW)) is None:
        return
    st.info(
        tell(
            "The track record knows what came of {many} decided proposals; {needed} are needed before it says what such proposals are worth. An outcome counts as known once half of the horizon is recorded, or the work was stopped. Until then these proposals say it themselves.",
            many=str(many), needed=str(FEWEST_DECIDED),
        ),
        icon=":material/hourglass_empty:",
    )  # fmt: skip


def _found(known: GivenPrior) -> None:
    said = [plain(told(_figures_said(known)))]
    if (fell := st.session_state.get(_FELL)) is not None:
        said.append(plain(told(_fell_said(fell))))
    st.caption(" ".join(said))
    st.button(
        tell("Look again"), key="choice:prior_again", icon=":material/refresh:", type="tertiary", on_click=_choose,
        args=(str(PriorOrigin.TRACK_RECORD),),
        help=tell("The figures stay as they are until you ask: what is recorded since, or chosen among now, may move them."),
    )  # fmt: skip


def _figures_said(known: GivenPrior) -> str:
    return message(
        "{mean} of the money that they move, give or take {deviation}; the mean itself may be off by {error}. Found in {count} decided proposals of the track record and in those to choose among.",
        mean=percent(known.mean or 0.0),
        deviation=percent(known.deviation or 0.0),
        error=percent(known.error or 0.0),
        count=str(known.decided),
    )


def _fell_said(fell: float) -> str:
    share = percent(abs(fell))
    if fell >= 0:
        return message("On average those came to {share} of their money less than was signed.", share=share)
    return message("On average those came to {share} of their money more than was signed.", share=share)


# Given figures -------------------------------------------------------------------------------------


def _typed(known: Scenario, pool: Pool) -> None:
    """Two figures, which count once both are there."""
    texts: dict[str, str] = st.session_state.setdefault(_TYPED, {})
    with st.container(horizontal=True):
        for name in _FIGURES:
            shown = show(getattr(known.prior, name), quantity(name, GivenPrior), grammar(pool))
            row(
                f"prior.{name}", title_of(name, GivenPrior), texts.get(name, shown), help_of(name, GivenPrior),
                _taker(name, pool), 300,
            )  # fmt: skip
    if known.prior.prior is None:
        st.caption(tell("Both figures are needed; until then these proposals say it themselves."))


def _taker(name: str, pool: Pool) -> Callable[[str], None]:
    return lambda text: _take(name, text, pool)


def _take(name: str, text: str, pool: Pool) -> None:
    """One of the two; as long as the other is missing, it only stands in its field. Raises EntryRefused."""
    known = scenario().prior
    values: dict[str, float | None] = {each: getattr(known, each) for each in _FIGURES}
    texts: dict[str, str] = st.session_state.setdefault(_TYPED, {})
    texts[name] = text
    for each, typed in texts.items():
        values[each] = read_number(typed, quantity(each, GivenPrior), grammar(pool)).value if typed.strip() else None
    if None not in values.values():
        st.session_state.pop(_TYPED, None)
        change(prior=values)
    elif known.prior is not None:
        change(prior={})
    if (why := problems().pop("prior", None)) is not None:
        complain(f"prior.{name}", why)
