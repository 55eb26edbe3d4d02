"""What several people judged, as all see it after the reveal: ranges side by side, how far apart they are, and why."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from app.charts.draw import chart
from app.fields.words import plain
from app.session.language import tell, told
from db import Answer
from scoping import Estimate
from scoping.document.asking import judgement, recorded
from scoping.document.estimate import Consensus
from scoping.document.specs import Spec
from scoping.reports.figures.judgements import ranges
from scoping.reports.spoken import spoken
from scoping.text.grammar import Grammar
from scoping.text.judging import disagreement


def estimate_of(answers: Sequence[Answer], spec: Spec, agreed: Consensus | None = None) -> Estimate:
    """The estimate that these answers make: their average, or what was agreed."""
    each_ones = [judgement(spec, each.by, each.p10, each.p50, each.p90) for each in answers]
    return Estimate.model_validate(recorded(each_ones, agreed))


def judged(estimate: Estimate, answers: Sequence[Answer], spec: Spec, grammar: Grammar, key: str) -> None:
    """The chart, the sentences, and everybody's reasons."""
    chart(spoken(ranges(estimate, spec, grammar), grammar.language), key)
    st.markdown("\n".join(f"- {plain(told(each))}" for each in disagreement(estimate, spec, grammar)))
    reasons = [each for each in answers if each.rationale]
    if not reasons:
        return
    st.markdown(f"**{tell('Their reasons')}**")
    for each in reasons:
        with st.container(border=True):
            st.caption(plain(each.by))
            st.text(each.rationale)
