"""Who judged: each person sees how well their own judgements held. Nobody sees those of others by name."""

from __future__ import annotations

import streamlit as st

from app.fields.words import plain, short_plain
from app.session import address
from app.session.language import chosen_language, tell, told
from app.session.person import person
from app.session.shared import store
from app.session.tracked import Tracked
from app.views.parts.blocks import draw_blocks
from scoping.record.scores import scores
from scoping.reports.blocks import section
from scoping.reports.measured.track import groups_table, verdict_sentence
from scoping.reports.spoken import spoken
from scoping.text.languages import message

_JUDGE = "judge"


def judges_part(found: Tracked) -> None:
    """The person's own judgements; where nobody signs in, those under the name that is chosen."""
    names = tuple(sorted({each.judge for each in found.ranges if each.judge}))
    if not names:
        return
    st.header(tell("Your own judgements"), anchor=False, divider="gray")
    name = _whose(names)
    own = [each for each in found.ranges if each.judge == name]
    if not own:
        st.caption(tell("None of your judgements has an outcome yet. Nobody sees those of others."))
        return
    result = scores(own)
    st.markdown(plain(told(verdict_sentence(result))))
    table = groups_table({name: result}, message("Judge"))
    draw_blocks(spoken(section("judge", table.title, table), chosen_language()))


def _whose(names: tuple[str, ...]) -> str:
    """Under which name. Where people sign in, it is theirs: how sure others are of themselves is their own business."""
    if store().person.is_signed_in:
        st.caption(tell("Only you see this."))
        return person()
    default = person() if person() in names else names[0]
    chosen = address.word_field(
        _JUDGE, tell("Name"), names, lambda each: short_plain(each, 60), default=default, width=260
    )
    return chosen or default
