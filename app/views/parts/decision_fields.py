"""The fields in which a decision is written. Each begins with what the person wrote before, and keeps what is changed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum
from typing import Any

import streamlit as st

from app.fields.words import plain
from app.session.language import chosen_language, tell
from app.session.person import person
from app.session.remembered import held
from app.session.shared import store
from app.session.signing import PATH, DecisionDraft
from app.session.workspace import Workspace
from app.views.parts.badge import recommendation_title
from app.views.parts.deciding_on import Subject
from db import alternatives_for
from scoping import Assessment
from scoping.deciding import alternative_recommended, conditions_for
from scoping.text.languages import say
from scoping.vocabulary import Recommendation


class Way(StrEnum):
    """What a person does with the recommendation."""

    ACCEPT = "accept"
    OVERRULE = "overrule"


@dataclass(frozen=True)
class DecisionFields:
    """One form; `number` counts those that this session has signed already."""

    subject: Subject
    number: int

    @property
    def workspace(self) -> Workspace:
        """The proposal that is open."""
        return self.subject.workspace

    @property
    def assessment(self) -> Assessment:
        """What the version that is decided on was found to be."""
        return self.subject.assessment

    @property
    def recommendation(self) -> Recommendation:
        """What is recommended now."""
        return self.assessment.verdict.recommendation

    def key(self, name: str) -> str:
        """The key of a widget. A form that another tab's text takes the place of has other widgets."""
        times = self.workspace.replaced.get(PATH, 0)
        return f"{PATH}:{self.workspace.id}:{self.workspace.number}.{self.number}{f'.{times}' if times else ''}:{name}"

    @property
    def _draft(self) -> DecisionDraft:
        return DecisionDraft.of(self.workspace).in_view_of(self.recommendation)

    def _begin(self, name: str, value: Any, within: str = "") -> dict[str, Any]:
        """What a widget takes to begin with a value, and to keep each change under a name of the draft."""
        key = self.key(f"{within}{name}")
        st.session_state.setdefault(key, value)
        return {"key": key, "on_change": self._keep, "args": (name, key)}

    def _keep(self, name: str, key: str) -> None:
        value = held(key)
        self._keep_draft(
            self._draft.with_value(name, value if value is None or isinstance(value, date) else str(value))
        )

    def _keep_draft(self, draft: DecisionDraft) -> None:
        replace(draft, recommendation=str(self.recommendation)).keep(self.workspace)

    def outcome(self) -> Recommendation:
        """What is decided: the recommendation, or another one instead."""
        if not DecisionDraft.of(self.workspace).is_in_view_of(self.recommendation):
            st.warning(
                tell("The recommendation is another one since you began to decide. What you wrote is kept; say anew whether you accept it."),
                icon=":material/sync:",
            )  # fmt: skip
        # To accept another recommendation is to decide something else.
        within, draft = f"{self.recommendation}:", self._draft
        way = st.radio(
            tell("Recommended: **{verdict}**", verdict=recommendation_title(self.recommendation)),
            list(Way),
            format_func={each: _way_title(each) for each in Way}.__getitem__,
            horizontal=True,
            **self._begin("way", _among(list(Way), draft.way, Way.ACCEPT), within),
        )
        if way == Way.ACCEPT:
            return self.recommendation
        others = [each for each in Recommendation if each != self.recommendation]
        chosen = st.selectbox(
            tell("Decision instead"),
            others,
            format_func={each: recommendation_title(each) for each in others}.__getitem__,
            **self._begin("outcome", _among(others, draft.outcome, others[0]), within),
        )
        return Recommendation(chosen)

    def alternative(self, outcome: Recommendation) -> str:
        """Which alternative is meant, where the outcome means one."""
        offered = alternatives_for(outcome, self.subject.proposal)
        if not offered:
            return ""
        usual = _among(offered, alternative_recommended(outcome, self.assessment), offered[0])
        begun = self._begin("alternative", _among(offered, self._draft.alternative, usual), f"{outcome}:")
        if st.session_state[begun["key"]] not in offered:
            st.session_state[begun["key"]] = usual
        return str(
            st.selectbox(
                tell("Alternative"),
                offered,
                help=tell("The alternative that this decision means. It stands in the record and in every export."),
                **begun,
            )
        )

    def reason(self) -> str:
        """Why."""
        written: str = st.text_area(
            tell("Reason"),
            height=80,
            help=tell(
                "Required when the recommendation is overruled, advice is against it, or somebody was not heard yet."
            ),
            placeholder=tell("Why this decision, on what grounds beyond the figures"),
            **self._begin("reason", self._draft.reason),
        )
        return written

    def conditions(self, outcome: Recommendation, alternative: str) -> tuple[str, ...]:
        """They are signed as they stand here, so they begin in the language of the memo; each outcome has its own."""
        found = conditions_for(outcome, alternative, self.subject.proposal, self.assessment)
        proposed = "\n".join(say(each, chosen_language()) for each in found)
        place = f"{outcome}:{alternative}"
        key = self._begin_conditions(place, proposed)
        written = st.text_area(
            tell("Conditions (one a line)"),
            key=key,
            height=100,
            help=tell("Proposed for what is decided. Change them, or take out what you do not ask for."),
            on_change=self._keep_conditions,
            args=(place, key, proposed),
        )
        self._other_proposed(place, key, proposed)
        return tuple(line.strip() for line in written.splitlines() if line.strip())

    def _begin_conditions(self, place: str, proposed: str) -> str:
        """What was written stays, whatever is proposed by now; where nobody wrote, it is what is proposed."""
        key = self.key(f"{place}:conditions")
        written = self._draft.conditions.get(place)
        shown = written.text if written else proposed
        if key not in st.session_state or (written is None and st.session_state[key] != proposed):
            st.session_state[key] = shown
        return key

    def _keep_conditions(self, place: str, key: str, proposed: str) -> None:
        self._keep_draft(self._draft.with_conditions(place, str(held(key) or ""), proposed))

    def _other_proposed(self, place: str, key: str, proposed: str) -> None:
        written = self._draft.conditions.get(place)
        if written is None or written.proposed == proposed:
            return
        lines = plain("; ".join(proposed.splitlines())) or tell("None")
        st.caption(tell("Other conditions are proposed since you wrote yours: {conditions}", conditions=lines))
        st.button(
            tell("Take the proposed ones"), key=f"{key}:proposed", type="tertiary",
            on_click=self._take_proposed, args=(place, key, proposed),
        )  # fmt: skip

    def _take_proposed(self, place: str, key: str, proposed: str) -> None:
        st.session_state[key] = proposed
        self._keep_draft(self._draft.with_conditions(place, proposed, proposed))

    def duty(self, condition: str) -> tuple[str, date | None]:
        """Who sees to a condition, and by when, as far as somebody said so."""
        return self._draft.duties.get(condition, ("", None))

    def keep_duty(self, condition: str, part: str, key: str) -> None:
        """Keep who sees to a condition ("owner"), or by when ("due")."""
        owner, due_on = self.duty(condition)
        value = held(key)
        if part == "owner":
            owner = str(value or "")
        else:
            due_on = value if isinstance(value, date) else None
        self._keep_draft(self._draft.with_duty(condition, owner, due_on))

    def signature(self) -> tuple[str, date | None]:
        """Who decides, and when to look again."""
        draft, signs_in = self._draft, store().person.is_signed_in
        with st.container(horizontal=True, vertical_alignment="bottom"):
            name = st.text_input(
                tell("Decided by"),
                placeholder=tell("Name of the person who signs"),
                width=320,
                # Who signs is who signed in.
                disabled=signs_in,
                **self._begin("by", person() if signs_in or draft.by is None else draft.by),
            )
            review = st.date_input(
                tell("Review on"),
                help=tell("When the estimate is held against what happened. Today or later."),
                format="YYYY-MM-DD",
                width=220,
                **{"value": None, **self._begin("review_on", draft.review_on)},
            )
        return name, review


def _among(offered: Sequence[Any], wanted: Any, otherwise: Any) -> Any:
    return next((each for each in offered if each == wanted), otherwise)


def _way_title(way: str) -> str:
    return tell("Accept the recommendation") if way == Way.ACCEPT else tell("Overrule it")
