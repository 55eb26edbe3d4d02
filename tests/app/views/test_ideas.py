"""Ideas on the pages: proposed in four fields, told what is similar, taken up, declined, and many at once."""

from __future__ import annotations

import pytest
from streamlit.testing.v1 import AppTest

from app.door.settings import door
from db import EventKind, Role, Store
from scoping import examples
from scoping.intake import Idea, Rough
from scoping.reports.idea_template import template
from scoping.text.languages import ENGLISH, language_of
from scoping.vocabulary import IdeaState, Stage
from tests.app.acting import open_page, press, said
from tests.app.conftest import start
from tests.app.rights import opened, pretend

HOSTILE = ":red[x] $x$ **b** <script>"
FORMS = Idea("Find double forms", "Clerks type forms twice", "Hold the second one", Rough(100, 400), Rough(9, 16))


def show(url: str) -> AppTest:
    test = open_page(start(), url)
    assert not test.exception
    return test


def fill(test: AppTest, **values: str) -> AppTest:
    for name, value in values.items():
        widgets = (*test.text_input, *test.text_area)
        next(each for each in widgets if each.key == f"propose:{name}").set_value(value)
    return test.run()


def bare(text: str) -> str:
    """The text without the marks that keep it plain."""
    return text.replace("\\", "")


def propose(store: Store, *ideas: Idea) -> list[str]:
    return [saved.id for saved in store.intake.propose(ideas, ENGLISH, "Ana")]


# Proposing -------------------------------------------------------------------------------------


def test_what_is_similar_is_told_while_it_is_typed_with_a_word_why(pages_store: Store) -> None:
    pages_store.create(examples.load("invoice_routing"))
    test = show("propose")
    assert "Is it one of these?" not in said(test)
    fill(test, title="Route supplier invoices", problem="Clerks code invoices by hand")
    assert "Is it one of these?" in said(test)
    assert "shares: invoices, supplier, and clerk" in said(test)


def test_an_idea_is_saved_and_what_was_assumed_is_told(pages_store: Store) -> None:
    test = fill(
        show("propose"),
        title=HOSTILE, problem="Typed twice", decision="Hold it", volume_low="1k", volume_high="4,000", value_low="2",
        tags="forms, clerks",
    )  # fmt: skip
    press(test, "Propose it")
    assert not test.exception
    text = said(test)
    assert [bare(each.value) for each in test.success] == [f"“{HOSTILE}” waits to be taken up."]
    assert "Cases a month: 1,000 to 4,000. The range counts as P10 to P90, and as a guess." in text.replace("\xa0", " ")
    (idea,) = pages_store.intake.queue().rows
    assert (idea.title, idea.tags, idea.volume) == (HOSTILE, ("forms", "clerks"), Rough(1000, 4000))
    press(test, "Propose another one")
    assert [each.value for each in test.text_input if each.key == "propose:title"] == [""]


def test_what_is_wrong_is_told_at_its_field_and_nothing_is_saved_or_lost(pages_store: Store) -> None:
    test = fill(show("propose"), title="Forms", volume_low="viele")
    press(test, "Propose it")
    text = said(test)
    assert text.count("must be filled in") == 2
    assert "“viele” is not a number" in text
    assert "Nothing was saved" in text
    assert pages_store.intake.waiting() == 0
    assert [each.value for each in test.text_input if each.key == "propose:volume_low"] == ["viele"]


# The queue -------------------------------------------------------------------------------------


def test_an_empty_queue_says_what_an_idea_is(pages_store: Store) -> None:
    assert "No idea waits. An idea is four fields" in said(show("ideas"))


def test_an_idea_is_taken_up_and_opened_as_a_draft(pages_store: Store) -> None:
    (identity,) = propose(pages_store, FORMS)
    test = show("ideas")
    test.text_input(key=f"idea_owner:{identity}").set_value("Bo").run()
    test.button(key=f"idea_take_up:{identity}").click().run()
    assert not test.exception
    assert "The idea is a draft now" in said(test)
    assert pages_store.reviewing.standing(identity).stage is Stage.DRAFT
    assert pages_store.get(identity).proposal.owner == "Bo"


def test_to_decline_takes_a_reason_which_the_other_one_reads(pages_store: Store) -> None:
    (identity,) = propose(pages_store, FORMS)
    test = show("ideas")
    test.button(key=f"idea_decline:{identity}").click().run()
    assert "say why it is declined" in said(test)
    test.text_area(key=f"idea_note:decline:{identity}").set_value(HOSTILE).run()
    test.button(key=f"idea_decline:{identity}").click().run()
    assert "No idea waits" in said(test)
    test.selectbox(key="address:state").set_value(IdeaState.DECLINED).run()
    assert HOSTILE in said(test)
    test.button(key=f"idea_reopen:{identity}").click().run()
    assert pages_store.intake.waiting() == 1


def test_the_same_as_another_is_chosen_among_the_similar_ones_or_found(pages_store: Store) -> None:
    kept, identity = propose(pages_store, FORMS, Idea("Double forms again", "Clerks type forms twice", "Hold"))
    other = pages_store.create(examples.load("pump_maintenance"))
    test = show("ideas")
    assert "Find double forms" in test.selectbox(key=f"idea_other:{identity}").options
    test.text_input(key=f"idea_find:{identity}").set_value("pumps").run()
    assert other.proposal.title in test.selectbox(key=f"idea_other:{identity}").options
    test.button(key=f"idea_same:{identity}").click().run()
    assert "choose another proposal" in said(test)
    test.selectbox(key=f"idea_other:{identity}").set_value(kept).run()
    test.button(key=f"idea_same:{identity}").click().run()
    told = pages_store.intake.of(identity)
    assert told is not None
    assert (told.state, told.same_as) == (IdeaState.SAME, kept)


def test_what_somebody_did_meanwhile_is_told(pages_store: Store) -> None:
    (identity,) = propose(pages_store, FORMS)
    test = show("ideas")
    pages_store.intake.take_up(identity, "Bo", actor="Cy")
    test.button(key=f"idea_decline:{identity}").click().run()
    assert "say why" in said(test)
    assert not test.exception


def test_the_portfolio_leaves_ideas_out_unless_they_are_asked_for(pages_store: Store) -> None:
    propose(pages_store, FORMS)
    pages_store.create(examples.load("pump_maintenance"))
    test = start()
    assert "Warning of failing process pumps" in "\n".join(each.label for each in test.get("page_link"))
    assert "Find double forms" not in "\n".join(each.label for each in test.get("page_link"))
    test.multiselect(key="address:stage").set_value(["idea"]).run()
    assert "Find double forms" in "\n".join(each.label for each in test.get("page_link"))


def test_a_contributor_sees_what_became_of_it_and_settles_nothing(
    pages_store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("GROUNDWORK_PROXY_USER_HEADER", "x-user")
    door.cache_clear()
    here = opened(pages_store, Role.CONTRIBUTOR)
    pretend(monkeypatch, here)
    try:
        ada = pages_store.acting_for(pages_store.people.enter(here.claimed()))
        one, _ = propose(ada, FORMS, Idea("Other", "p", "d"))
        pages_store.intake.decline(one, "Too small", "Chief")
        test = show("ideas")
        assert "Other" in "\n".join(each.label for each in test.get("page_link"))
        assert not [each.key for each in test.button if str(each.key).startswith("idea_")]
        test.selectbox(key="address:state").set_value(IdeaState.DECLINED).run()
        assert "Too small" in said(test)
        assert [each.kind for each in ada.inbox.notices()] == [EventKind.IDEA_DECLINED]
    finally:
        door.cache_clear()


# Many at once ----------------------------------------------------------------------------------


def upload(test: AppTest, content: bytes, name: str = "ideas.xlsx") -> AppTest:
    test.file_uploader[0].set_value((name, content, "application/octet-stream"))
    return test.run()


def test_a_file_is_looked_at_before_all_of_it_is_saved(pages_store: Store) -> None:
    propose(pages_store, FORMS)
    german = language_of("de")
    test = upload(show("import_ideas"), template("xlsx", german, [FORMS, Idea("Other", "p", "d")]))
    assert not test.exception
    assert pages_store.intake.waiting() == 1
    assert "1 row is like a proposal that is there already" in said(test)
    (table,) = test.dataframe
    assert [*table.value["Title"]] == ["Find double forms", "Other"]
    press(test, "Propose these 2 ideas")
    assert [each.value for each in test.success] == ["2 ideas wait to be taken up."]
    assert pages_store.intake.waiting() == 3


def test_a_file_with_one_wrong_cell_names_it_and_nothing_is_taken(pages_store: Store) -> None:
    rows = template("csv", ENGLISH, [FORMS, Idea("Other", "p", "d")]).replace(b"Other,p", b"Other,")
    test = upload(show("import_ideas"), rows, "ideas.csv")
    assert "Nothing was taken: 1 cell is refused" in said(test)
    (table,) = test.dataframe
    assert table.value.iloc[0].to_list() == ["B3", "Problem", "", "must be filled in"]
    assert not [each for each in test.button if each.key == "propose_all"]
    assert pages_store.intake.waiting() == 0


def test_what_is_no_table_is_refused_in_words(pages_store: Store) -> None:
    test = upload(show("import_ideas"), b"PK\x03\x04 nothing")
    assert "is a damaged ZIP or Excel file" in said(test)
    assert not test.exception
