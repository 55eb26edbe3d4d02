"""Judge: who was invited by a link judges a few numbers, without seeing what the others say."""

from __future__ import annotations

from functools import partial

import streamlit as st

from app.charts.draw import chart
from app.fields.triple import triple
from app.fields.words import plain, short, short_plain
from app.session import address
from app.session.judging import Place, hand_over, judge, place_of
from app.session.language import chosen_language, tell, tell_count, told
from app.session.navigation import Page
from app.session.person import person
from app.session.remembered import all_held, text_of
from app.session.shared import store
from app.session.texts import typed_texts_are_safe
from app.views.parts.judged import estimate_of, judged
from app.views.parts.notices import refusal
from app.views.parts.tabs import DONE, tabs
from app.views.parts.who import name_field
from db import Answer, AskedNumber, Invitation, NotFound, RoundState
from scoping import Estimate, GroundworkError, to_dict
from scoping.document.asking import place_now
from scoping.document.paths import value_at
from scoping.document.specs import Spec, spec_at
from scoping.errors import EntryRefused
from scoping.reports.changes import value_told
from scoping.reports.figures.judgements import distribution
from scoping.reports.spoken import spoken
from scoping.text import entry
from scoping.text.grammar import Grammar
from scoping.text.judging import known_about, read_judgement, said_back
from scoping.text.languages import message
from scoping.text.ranges import QUANTILES
from scoping.text.wording import moment

TOKEN, NUMBER = "round", "number"
_NAME, _REASON = "judge_name", "reason"
_LONGEST_TITLE, _LONGEST_TAB = 90, 40


def draw() -> None:
    """What is asked, and one number at a time."""
    st.title(tell("Your judgement"), anchor=False)
    token = address.text(TOKEN)
    if not token:
        st.info(tell("Open the link that you were sent: it leads to what you are asked."), icon=":material/link:")
        return
    try:
        invitation = store().elicitation.invitation(token, judge())
    except NotFound as error:
        st.info(refusal(error), icon=":material/search_off:")
        return
    _head(invitation)
    number = _chosen(invitation)
    if invitation.state is RoundState.OPEN:
        _number(invitation, token, number)
    else:
        _revealed(invitation, number)
    _turn(invitation, number)


def _head(invitation: Invitation) -> None:
    who = short_plain(invitation.begun_by, _LONGEST_TITLE) or tell("Somebody")
    title = short_plain(invitation.asked.title, _LONGEST_TITLE)
    st.markdown(
        tell_count(
            "**{who}** asks you to judge a number of **{title}**.",
            "**{who}** asks you to judge {count} numbers of **{title}**.",
            len(invitation.questions),
            who=who,
            title=title,
        )
    )
    if invitation.state is not RoundState.OPEN:
        st.info(tell("All judgements are revealed: nobody can change theirs any more."), icon=":material/visibility:")
        return
    st.caption(
        ":material/visibility_off: "
        + tell(
            "Judge alone. Nobody sees what you write, not even who asks, until all judgements are revealed at once. "
            "Until then you may change yours."
        )
    )
    _name(invitation)


def _name(invitation: Invitation) -> None:
    """Where nobody signs in, the name is what somebody types, and is called so."""
    if store().person.is_signed_in:
        st.caption(tell("You judge as {name}.", name=plain(person())))
        return
    with st.container(horizontal=True, vertical_alignment="bottom"):
        name_field(
            _NAME, message("It stands beside your judgement. Nobody signs in here: names are typed, and not checked.")
        )
        if person() or invitation.own:
            st.button(
                tell("Somebody else judges now"), icon=":material/switch_account:", key="judge_hand_over", type="tertiary",
                help=tell(
                    "For several people at one screen. What was judged here is kept; it can be neither seen nor "
                    "changed here any more."
                ),
                on_click=_hand_over,
            )  # fmt: skip


def _hand_over() -> None:
    """The next one begins with an empty name, empty boxes, and the first number."""
    hand_over()
    st.session_state[_NAME] = ""
    _choose("1")


def _chosen(invitation: Invitation) -> AskedNumber:
    """The number that the address names, counted from 1."""
    asked = {str(place): each for place, each in enumerate(invitation.questions, start=1)}
    titles = {place: _tab(invitation, place, each) for place, each in asked.items()}
    return asked[tabs(tell("Number"), NUMBER, titles, _choose) if len(asked) > 1 else "1"]


def _tab(invitation: Invitation, place: str, number: AskedNumber) -> str:
    done = f" {DONE}" if number.path in invitation.own else ""
    return f"{place} · {short_plain(number.words, _LONGEST_TAB)}{done}"


def _choose(place: str) -> None:
    st.query_params[NUMBER] = place


def _number(invitation: Invitation, token: str, number: AskedNumber) -> None:
    st.header(plain(number.words), anchor=False)
    if place_now(invitation.asked, invitation.now, number.path) is None:
        st.warning(
            tell("This number is not asked about any more: it was taken out of the proposal, or is another one now."),
            icon=":material/link_off:",
        )
        return
    spec, grammar = _spec(invitation, number), _grammar(invitation)
    _known(invitation, number, spec, grammar)
    st.markdown(
        tell("First the two ends, then the middle: who begins with the middle stays too close to it.")
        + f" **{tell('What would surprise you?')}**"
    )
    if not person():
        st.info(tell("Write your name first: without one, no judgement is kept."), icon=":material/badge:")
        return
    _boxes(invitation, token, number, spec, grammar)
    if number.path in invitation.own:
        _said_back(invitation.own[number.path], spec, grammar)


def _spec(invitation: Invitation, number: AskedNumber) -> Spec:
    return spec_at(invitation.asked, number.path)


def _grammar(invitation: Invitation) -> Grammar:
    return Grammar(chosen_language(), invitation.asked.currency)


def _known(invitation: Invitation, number: AskedNumber, spec: Spec, grammar: Grammar) -> None:
    """What the field means and what there is to know; today's value only where who asks wants it shown."""
    unit = told(entry.unit_label(spec.quantity, grammar.currency, "", spec.unit))
    counted_in = f" {tell('Counted in: {unit}.', unit=plain(unit))}" if unit else ""
    st.markdown(f"{plain(tell(spec.help))}{counted_in}")
    if invitation.shows_value:
        today = value_told(invitation.asked, number.path, value_at(to_dict(invitation.asked), number.path))
        st.markdown(tell("The proposal says today: {value}", value=plain(told(today) or tell("nothing"))))
    if invitation.briefing:
        with st.container(border=True):
            st.text(invitation.briefing)
    known = known_about(invitation.asked, number.path)
    if known:
        with st.expander(tell("What the team has written down"), icon=":material/menu_book:"):
            for each in known:
                st.text(told(each))


def _boxes(invitation: Invitation, token: str, number: AskedNumber, spec: Spec, grammar: Grammar) -> None:
    place = place_of(invitation.id, number.path)
    keys = {name: place.key(name) for name in (*QUANTILES, _REASON)}
    shown = {**_texts(invitation.own.get(number.path), spec, grammar), **place.typed}
    for name, key in keys.items():
        st.session_state.setdefault(key, shown[name])
    changed = partial(_changed, token, place, keys, spec, grammar)
    triple(keys, spec, grammar, changed)
    st.text_area(
        tell("Why"), text_of(keys[_REASON]), key=keys[_REASON], height=96, on_change=changed,
        help=tell("What your judgement rests on, and what would move it. The others read it after the reveal."),
    )  # fmt: skip
    if place.refused:
        st.error(place.refused, icon=":material/error:")


def _texts(own: Answer | None, spec: Spec, grammar: Grammar) -> dict[str, str]:
    numbers = {name: entry.show(getattr(own, name), spec.quantity, grammar) if own else "" for name in QUANTILES}
    return {**numbers, _REASON: own.rationale if own else ""}


def _changed(token: str, place: Place, keys: dict[str, str], spec: Spec, grammar: Grammar) -> None:
    """Keep the judgement once all three numbers are there; what is typed before waits in this tab."""
    held_now = all_held(keys.values())
    typed = {name: str(held_now.get(key) or "") for name, key in keys.items()}
    place.note(typed)
    try:
        numbers = read_judgement([typed[name] for name in QUANTILES], spec, grammar).numbers
    except EntryRefused:
        place.refuse("")
        return
    if numbers is None:
        place.refuse("")
        return
    try:
        store().elicitation.answer(token, judge(), place.path, numbers, typed[_REASON])
    except GroundworkError as error:
        place.refuse(refusal(error))
        return
    place.refuse("")
    restated = {name: entry.show(value, spec.quantity, grammar) for name, value in zip(QUANTILES, numbers, strict=True)}
    place.note({**typed, **restated})
    st.session_state.update({keys[name]: text for name, text in restated.items()})
    typed_texts_are_safe()


def _said_back(own: Answer, spec: Spec, grammar: Grammar) -> None:
    """What the judgement implies, so that who gave it can think again."""
    estimate = Estimate.of(own.p10, own.p50, own.p90)
    with st.container(border=True):
        st.markdown("\n".join(f"- {plain(told(each))}" for each in said_back(estimate, spec, grammar)))
        figure = distribution(estimate, spec, grammar)
        if figure is not None:
            chart(spoken(figure, grammar.language), f"judge:{own.path}")
        st.caption(
            ":material/lock: "
            + tell("Kept, {moment}: only you see it. Change the numbers if this is not what you mean.", moment=told(moment(own.answered_at)))
        )  # fmt: skip


def _revealed(invitation: Invitation, number: AskedNumber) -> None:
    st.header(plain(number.words), anchor=False)
    found = store().elicitation.answers(invitation.proposal_id, invitation.id)
    answers = [each for each in found if each.path == number.path]
    if not answers:
        st.caption(tell("Nobody has judged this number."))
        return
    spec = _spec(invitation, number)
    judged(estimate_of(answers, spec), answers, spec, _grammar(invitation), f"judged:{number.path}")


def _turn(invitation: Invitation, number: AskedNumber) -> None:
    """On to the next number, or thanks after the last."""
    place = invitation.questions.index(number) + 1
    with st.container(horizontal=True, horizontal_alignment="distribute"):
        if place > 1:
            st.button(
                tell("Back"), icon=":material/arrow_back:", key="judge_back", on_click=_choose, args=(str(place - 1),)
            )
        if place < len(invitation.questions):
            following = short(invitation.questions[place].words, _LONGEST_TAB)
            st.button(
                f"{tell('Next')}: {plain(following)}", icon=":material/arrow_forward:", key="judge_next", type="primary",
                on_click=_choose, args=(str(place + 1),),
            )  # fmt: skip
    if invitation.state is RoundState.OPEN and len(invitation.own) == len(invitation.questions):
        st.success(
            tell("You have judged everything that is asked. Thank you: you may close this page."),
            icon=":material/check:",
        )


PAGE = Page(
    url="judge",
    title=message("Your judgement"),
    icon=":material/how_to_vote:",
    help=message("Judge the numbers about which a link asks you."),
    place=70,
    draw=draw,
    in_menu=False,
)
