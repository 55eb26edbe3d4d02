"""The pages of a round of judgement, without a browser: who is asked, who reveals, what the proposal takes over."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from streamlit.testing.v1 import AppTest

from app.session import identity
from db import AskedNumber, Claims, Judge, Role, Round, RoundRequest, Saved, Store
from scoping import examples, to_dict
from scoping.document.editing import without_rows
from tests.app.acting import Create, key_of, open_page, press, said
from tests.app.conftest import start
from tests.app.views.test_roles import SignIn, sign_in  # noqa: F401
from tests.db.people import claims
from tests.documents import CERTAIN, proposal

PREVALENCE, COST = "bridge.prevalence", "alternatives.1.costs.0.amount"
HOSTILE = "<script>window.hacked = 1</script> :red[x] $x$ **b** {0} {name} \u202e"
LOW, HIGH, LIKELY, WHY = (f":{name}" for name in ("p10", "p90", "p50", "reason"))
pytestmark = pytest.mark.long


@pytest.fixture
def saved(create: Create) -> Saved:
    """A proposal whose numbers are judged."""
    return create(examples.load("visual_inspection"))


@pytest.fixture
def asked(pages_store: Store, saved: Saved) -> Round:
    """A round about two of its numbers."""
    numbers = (AskedNumber(PREVALENCE, "Prevalence"), AskedNumber(COST, HOSTILE))
    return pages_store.elicitation.begin(saved.id, RoundRequest(numbers, HOSTILE), "Fay")


def invited(asked: Round | str, **address: str) -> AppTest:
    """Somebody opens the link."""
    test = start()
    test.query_params["round"] = asked if isinstance(asked, str) else asked.token
    for name, value in address.items():
        test.query_params[name] = value
    return open_page(test, "judge")


def facilitating(saved: Saved, **address: str) -> AppTest:
    test = start()
    test.query_params["proposal"] = saved.id
    for name, value in address.items():
        test.query_params[name] = value
    return open_page(test, "elicit")


def type_in(test: AppTest, ending: str, text: str) -> AppTest:
    kind = test.text_area if ending == WHY else test.text_input
    return kind(key=key_of(test, ending)).set_value(text).run()


def test_a_facilitator_makes_a_link(saved: Saved, pages_store: Store) -> None:
    test = facilitating(saved)
    type_in(test, "elicit_name", "Fay")
    test.multiselect(key="address:numbers").set_value([PREVALENCE, COST]).run()
    press(test, "Make the link")
    assert not test.exception
    (found,) = pages_store.elicitation.rounds(saved.id)
    assert [each.path for each in found.questions] == [PREVALENCE, COST]
    assert found.begun_by == "Fay"
    assert found.token in str(test.code[0].value)
    assert "Nobody yet." in said(test)


def test_an_invited_person_judges_and_reads_what_it_means(asked: Round, pages_store: Store, saved: Saved) -> None:
    test = invited(asked)
    assert not test.exception
    assert "Fay asks you to judge 2 numbers" in said(test).replace("**", "")
    # Without a name there is nothing to fill in; today's value (1.8 %) is not shown.
    assert "Write your name first" in said(test)
    assert "1.8%" not in said(test)
    type_in(test, "judge_name", "Ana")
    for ending, text in ((LOW, "1%"), (HIGH, "4%")):
        type_in(test, ending, text)
    assert pages_store.elicitation.rounds(saved.id)[0].judged == ()
    assert "Still open: the value that it will as likely exceed as not" in said(test)
    type_in(test, LIKELY, "9%")
    assert "likely, 9%, is above the highest, 4%" in said(test)
    type_in(test, LIKELY, "2%")
    type_in(test, WHY, HOSTILE)
    assert "one chance in ten that it is above 4%" in said(test)
    (judged,) = pages_store.elicitation.rounds(saved.id)[0].judged
    assert (judged.name, judged.count) == ("Ana", 1)
    test.button(key="judge_next").click().run()
    assert not test.exception
    assert test.query_params["number"] == "2"


@pytest.mark.parametrize("token", ["", "nothing", "x" * 600, "' OR 1=1 --"])
@pytest.mark.usefixtures("asked")
def test_a_link_that_is_none_tells_nothing(token: str) -> None:
    test = invited(token)
    assert not test.exception
    assert ("This link asks nobody anything" in said(test)) == bool(token)
    assert not test.text_input


def test_the_value_of_today_is_shown_where_the_facilitator_chose_so(saved: Saved, pages_store: Store) -> None:
    request = RoundRequest((AskedNumber(PREVALENCE, "Prevalence"),), shows_value=True)
    test = invited(pages_store.elicitation.begin(saved.id, request))
    assert "The proposal says today: P10 1.3%, P50 1.8%, P90 2.5%" in said(test)


def test_hostile_words_are_words(asked: Round, pages_store: Store, saved: Saved) -> None:
    pages_store.elicitation.answer(asked.token, Judge(HOSTILE, "s"), COST, (1, 2, 3), HOSTILE)
    pages_store.elicitation.answer(asked.token, Judge("Ben", "t"), COST, (4, 5, 6), "")
    pages_store.elicitation.reveal(saved.id, asked.id)
    for test in (invited(asked, number="2"), facilitating(saved, number="2")):
        assert not test.exception
        marked = [str(each.value) for kind in ("title", "header", "markdown", "caption") for each in test.get(kind)]
        assert not [text for text in marked if ":red[x]" in text or "$x$" in text or "**b**" in text]


def test_a_number_that_was_taken_out_meanwhile_is_not_asked_and_not_recorded(
    asked: Round, pages_store: Store, saved: Saved
) -> None:
    pages_store.elicitation.answer(asked.token, Judge("Ana", "s"), COST, (1, 2, 3), "")
    without = without_rows(to_dict(saved.proposal), "alternatives.1.costs", [], {0, 1, 2})
    pages_store.save(saved.id, type(saved.proposal).model_validate(without), 1)
    test = invited(asked, number="2")
    assert "not asked about any more" in said(test)
    pages_store.elicitation.reveal(saved.id, asked.id)
    test = facilitating(saved, number="2")
    assert not test.exception
    assert "does not hold this number any more" in said(test)
    assert "Record the average" not in {each.label for each in test.button}


def judged_by_two(asked: Round, store: Store, saved: Saved) -> None:
    for name, numbers in {"Ana": (0.01, 0.02, 0.03), "Ben": (0.04, 0.05, 0.09)}.items():
        store.elicitation.answer(asked.token, Judge(name, name), PREVALENCE, numbers, "")


def test_the_facilitator_reveals_and_records(asked: Round, pages_store: Store, saved: Saved) -> None:
    judged_by_two(asked, pages_store, saved)
    test = facilitating(saved)
    assert "Ana: 1 of 2" in said(test)
    assert "3%" not in said(test)
    press(test, "Reveal now")
    assert "The ranges of Ana and Ben do not overlap" in said(test)
    press(test, "Record the average")
    found = to_dict(pages_store.get(saved.id).proposal)["bridge"]["prevalence"]
    assert [each["by"] for each in found["judgements"]] == ["Ana", "Ben"]
    for ending, text in ((LOW, "2%"), (HIGH, "8%"), (LIKELY, "4%")):
        type_in(test, ending, text)
    press(test, "Record what you agreed on")
    agreed = to_dict(pages_store.get(saved.id).proposal)["bridge"]["prevalence"]
    assert agreed == {**found, "consensus": {"p10": 0.02, "p50": 0.04, "p90": 0.08}}
    press(test, "Close this round")
    assert pages_store.elicitation.rounds(saved.id)[0].token == ""
    assert "Record the average" in {each.label for each in test.button}


def test_a_record_that_the_document_refuses_says_why_and_waits(create: Create, pages_store: Store) -> None:
    saved = create(proposal(CERTAIN))
    asked = pages_store.elicitation.begin(saved.id, RoundRequest((AskedNumber(PREVALENCE, "Prevalence"),)))
    pages_store.elicitation.answer(asked.token, Judge("Ana", "s"), PREVALENCE, (0.9, 0.95, 0.99), "")
    pages_store.elicitation.reveal(saved.id, asked.id)
    test = press(facilitating(saved), "Record the average")
    assert not test.exception
    assert "more false alarms than negative cases" in said(test)
    assert pages_store.get(saved.id).version == 1


def test_what_was_agreed_is_told_on_the_proposal_and_can_be_taken_back(
    asked: Round, pages_store: Store, saved: Saved, open_step: Callable[..., AppTest]
) -> None:
    judged_by_two(asked, pages_store, saved)
    pages_store.elicitation.reveal(saved.id, asked.id)
    test = facilitating(saved)
    for ending, text in ((LOW, "2%"), (HIGH, "8%"), (LIKELY, "4%")):
        type_in(test, ending, text)
    press(test, "Record what you agreed on")
    test = open_step(saved, "value")
    assert "Agreed by 2: Ana, Ben" in said(test)
    test.session_state[f"{saved.id}:judgements:bridge.cases_per_month"] = True
    test.run()
    test.selectbox(key=f"{saved.id}:judged:bridge.cases_per_month").set_value(PREVALENCE).run()
    assert "counts instead of the average: 2%, 4%, 8%" in said(test)
    press(test, "Let the average count")
    assert "consensus" not in to_dict(pages_store.get(saved.id).proposal)["bridge"]["prevalence"]


def test_a_round_that_is_called_off_shows_nothing(asked: Round, pages_store: Store, saved: Saved) -> None:
    judged_by_two(asked, pages_store, saved)
    test = press(facilitating(saved), "Call off")
    assert "nobody sees what was judged" in said(test)
    assert "This link asks nobody anything" in said(invited(asked))


def test_a_viewer_judges_as_who_signed_in_and_runs_nothing(
    sign_in: SignIn,  # noqa: F811
    asked: Round,
    pages_store: Store,
    saved: Saved,
) -> None:
    sign_in(Role.VIEWER, "Vic")
    test = invited(asked)
    assert "You judge as Vic (vic@example.org)." in said(test)
    for ending, text in ((LOW, "1%"), (HIGH, "4%"), (LIKELY, "2%")):
        type_in(test, ending, text)
    (judged,) = pages_store.elicitation.rounds(saved.id)[0].judged
    assert (judged.name, judged.is_verified) == ("Vic (vic@example.org)", True)
    test = facilitating(saved)
    assert "not change it" in said(test)
    assert not test.code


def test_rights_that_are_taken_away_while_somebody_judges_keep_nothing(
    sign_in: SignIn,  # noqa: F811
    asked: Round,
    pages_store: Store,
    saved: Saved,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    sign_in(Role.CONTRIBUTOR, "Vic")
    test = invited(asked)
    for ending, text in ((LOW, "1%"), (HIGH, "4%")):
        type_in(test, ending, text)
    pages_store.sharing.restrict(saved.id, True)
    type_in(test, LIKELY, "2%")
    assert not test.exception
    assert "This link asks nobody anything" in said(test)
    assert pages_store.elicitation.rounds(saved.id)[0].judged == ()

    def nobody() -> Claims:
        return claims("Vic")

    monkeypatch.setattr(identity, "_claims", nobody)
    assert "has no role here" in said(invited(asked))
