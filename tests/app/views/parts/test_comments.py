"""Comments beside the fields and on the memo: written, answered, settled, linked to, and never in anybody's way."""

from __future__ import annotations

import pytest
from streamlit.testing.v1 import AppTest

from app.views.parts.step import step_of, steps
from db import Remark, Saved, Store, commenting
from scoping import examples, to_dict
from scoping.document.editing import change
from scoping.text.places import is_place
from tests.app.acting import Create, Open, key_of, open_page, press, said
from tests.app.conftest import start

pytestmark = pytest.mark.long

HOSTILE = "<script>window.hacked = 1</script> :red[x] $x$ **b** [l](javascript:alert(1)) {{7*7}} \u202e | # '; --"
STATEMENT, RISK = "problem.statement", "risks.0.name"


@pytest.fixture
def saved(create: Create) -> Saved:
    return create(examples.load("visual_inspection"))


def comment(store: Store, saved: Saved, place: str, text: str = "Is this so?", by: str = "Sofia") -> int:
    return store.commenting.write(saved.id, place, Remark(text), by).id


def texts(test: AppTest) -> list[str]:
    return [str(each.value) for each in test.text]


def write(test: AppTest, text: str, ending: str = "new") -> AppTest:
    """Type a text into a box of comments and send it."""
    next(each for each in test.text_area if str(each.key).endswith(f"{ending}:text")).set_value(text).run()
    return next(each for each in test.button if str(each.key).endswith(f"{ending}:send")).click().run()


def named(test: AppTest, name: str) -> AppTest:
    return next(each for each in test.text_input if str(each.key).endswith("new:name")).set_value(name).run()


def linked(saved: Saved, thread: int, page: str = "proposal", **address: str) -> AppTest:
    test = start()
    for name, value in {"proposal": saved.id, "thread": str(thread), **address}.items():
        test.query_params[name] = value
    return open_page(test, page)


def test_a_comment_on_a_field_is_written_and_counted_at_the_step_and_the_field(
    saved: Saved, open_step: Open, pages_store: Store
) -> None:
    test = named(press(open_step(saved), "Comments"), "Bo")
    about = next(each for each in test.selectbox if each.label == "About")
    about.set_value(STATEMENT).run()
    test = write(test, HOSTILE)
    assert not test.exception
    assert texts(test) == [HOSTILE]
    assert next(each for each in test.text_area if str(each.key).endswith("new:text")).value == ""
    assert "Comments: 1 open" in {each.label for each in test.button}
    assert test.text_area(key=key_of(test, f":{STATEMENT}")).label == "Problem · 1 comment"
    assert any(":material/chat: 1" in each for each in test.segmented_control[0].options)
    (thread,) = pages_store.commenting.threads(saved.id).threads
    assert (thread.place, thread.comments[0].by, thread.comments[0].version) == (STATEMENT, "Bo", 1)
    assert pages_store.version(saved.id) == 1


def test_a_thread_is_answered_resolved_shown_again_and_reopened(
    saved: Saved, open_step: Open, pages_store: Store
) -> None:
    comment(pages_store, saved, STATEMENT)
    test = named(press(open_step(saved), "Comments: 1 open"), "Bo")
    test = write(press(test, "Reply"), "It is.", "reply")
    assert texts(test) == ["Is this so?", "It is."]
    test = press(test, "Resolve")
    assert texts(test) == []
    assert "No open comments here." in said(test)
    next(each for each in test.toggle if each.label == "Show 1 that is resolved").set_value(True).run()
    assert "Resolved by Bo" in said(test)
    test = press(test, "Reopen")
    assert pages_store.commenting.counts(saved.id)[0].open == 1


def test_what_is_taken_back_stays_to_be_seen_and_only_its_writer_can(
    saved: Saved, open_step: Open, pages_store: Store
) -> None:
    comment(pages_store, saved, STATEMENT)
    test = named(press(open_step(saved), "Comments: 1 open"), "Bo")
    assert not [each for each in test.button if each.label == "Take back"]
    test = write(press(test, "Reply"), "Nonsense", "reply")
    test = press(test, "Take back")
    assert texts(test) == ["Is this so?"]
    assert "This comment was taken back" in said(test)


def test_a_comment_without_words_says_so_and_one_that_is_refused_is_not_lost(
    saved: Saved, open_step: Open, pages_store: Store
) -> None:
    test = press(open_step(saved), "Comments")
    test = write(test, "Who says so?")
    assert "Your name is missing" in said(test)
    assert next(each for each in test.text_area if str(each.key).endswith("new:text")).value == "Who says so?"
    test = write(named(test, "Bo"), "  ")
    assert "The comment is empty" in said(test)
    assert pages_store.commenting.counts(saved.id) == ()


def test_what_is_being_written_outlives_a_shut_panel_and_another_step(saved: Saved, open_step: Open) -> None:
    test = press(open_step(saved), "Comments")
    next(each for each in test.text_area if str(each.key).endswith("new:text")).set_value("Half a sen").run()
    shut = next(each for each in test.button if each.label == "Comments")
    test = shut.click().run()
    assert not [each for each in test.text_area if str(each.key).endswith("new:text")]
    test = press(test, "Comments")
    assert next(each for each in test.text_area if str(each.key).endswith("new:text")).value == "Half a sen"


def test_a_comment_tells_what_was_changed_since(saved: Saved, open_step: Open, pages_store: Store) -> None:
    comment(pages_store, saved, "owner")
    pages_store.save(saved.id, change(saved.proposal, "owner", "The *plant* manager"), 1, "Ana")
    test = press(open_step(saved), "Comments: 1 open")
    assert f"Changed since this was written: {saved.proposal.owner} → The *plant* manager" in said(test)


def test_a_comment_follows_its_row_and_says_when_the_row_is_gone(
    saved: Saved, open_step: Open, pages_store: Store
) -> None:
    comment(pages_store, saved, RISK)
    first, *rest = to_dict(saved.proposal)["risks"]
    turned = pages_store.save(saved.id, change(saved.proposal, "risks", [*rest, first]), 1, "Ana")
    test = press(open_step(saved, "risks"), "Comments: 1 open")
    marked = [each.value for each in test.markdown if ":material/chat: 1" in str(each.value)]
    assert [first["name"] in said_.replace("\\", "") for said_ in marked] == [True]
    assert "gone" not in said(test)
    pages_store.save(saved.id, change(turned.proposal, "risks", rest), 2, "Ana")
    test = press(open_step(saved, "risks"), "Comments: 1 open")
    assert "About something that is gone since: it was there in version 1." in said(test)
    assert f"Risks: {first['name']}" in said(test)


def test_a_link_opens_the_thread_where_it_belongs(saved: Saved, pages_store: Store) -> None:
    comment(pages_store, saved, "owner", "Another one")
    thread = comment(pages_store, saved, RISK, "Which of the two?")
    pages_store.commenting.resolve(saved.id, thread, "Ana")
    test = linked(saved, thread, step="problem")
    assert (test.query_params["step"], "thread" in test.query_params) == ("risks", False)
    assert texts(test) == ["Which of the two?"]
    assert ":material/link:" in said(test)


@pytest.mark.parametrize("number", ["999", "x", "9" * 40, "-1", "٣"])
def test_a_link_to_no_thread_says_so(number: str, saved: Saved) -> None:
    test = start()
    test.query_params["proposal"], test.query_params["thread"] = saved.id, number
    test = open_page(test, "proposal")
    assert not test.exception
    assert "There is no such thread of comments." in said(test)


def test_the_memo_and_its_sections_are_commented_on_in_review(saved: Saved, pages_store: Store) -> None:
    comment(pages_store, saved, "owner")
    thread = comment(pages_store, saved, "memo/risks", "Too long")
    test = linked(saved, thread, "review")
    assert "Too long" in texts(test)
    assert "Risks :material/chat: 1" in [str(each.value) for each in test.header]
    test = named(test, "Bo")
    options = next(each for each in test.selectbox if each.label == "About").options
    assert options[:2] == ["The memo as a whole", "The problem"]
    write(test, "Well done")
    assert {each.place for each in pages_store.commenting.counts(saved.id)} == {"owner", "memo/risks", "memo"}


def test_files_with_comments_are_offered_where_there_are_some(
    saved: Saved, open_step: Open, pages_store: Store
) -> None:
    test = open_page(open_step(saved), "review")
    assert "With comments" not in {each.label for each in test.toggle}
    comment(pages_store, saved, "owner")
    test = open_page(open_step(saved), "review")
    assert "With comments" in {each.label for each in test.toggle}


@pytest.mark.parametrize("example", examples.NAMES)
def test_every_step_offers_its_fields_and_each_of_them_is_a_place(
    example: str, create: Create, open_step: Open
) -> None:
    saved = create(examples.load(example))
    for name, step in steps().items():
        test = press(open_step(saved, name), "Comments")
        about = next(each for each in test.selectbox if each.label == "About")
        workspace = test.session_state["workspace"]
        places = [*workspace.drawn]
        assert len(about.options) >= len([each for each in places if is_place(saved.proposal, each)]) > 0
        assert [each for each in places if step_of(each) is not step] == []
        rows = [each for each in places if not is_place(saved.proposal, each)]
        assert len(places) - len(rows) == len(about.options), rows


def test_however_many_comments_there_are_each_can_be_reached(
    saved: Saved, open_step: Open, pages_store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(commenting, "_MOST_IN_PAGE", 4)
    for number in range(12):
        comment(pages_store, saved, STATEMENT, f"Number {number}")
    test = press(open_step(saved), "Comments: 12 open")
    assert texts(test) == [f"Number {number}" for number in range(11, 1, -1)]
    test = press(test, "Show more")
    assert texts(test) == [f"Number {number}" for number in range(11, -1, -1)]
    assert "Show more" not in {each.label for each in test.button}
