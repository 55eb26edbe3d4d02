"""Two people, one of whom types while the other comments: nothing of either is lost, and nobody waits."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import closing

from playwright.sync_api import BrowserContext, expect

from db import Remark
from scoping import examples
from tests.browser.acting import no_sideways_scroll, saved_version, settled, type_into, visit
from tests.browser.running import RunningApp

Contexts = Callable[..., BrowserContext]


def test_one_types_while_the_other_comments_and_nothing_is_lost(app: RunningApp, new_context: Contexts) -> None:
    saved = app.create(examples.load("customer_retention"))
    typing, commenting = (new_context().new_page() for _ in range(2))
    for page in (typing, commenting):
        visit(page, app, f"proposal?proposal={saved.id}")
        page.get_by_role("button", name="Comments", exact=True).click()
        settled(page)
    # Typed, and not left: a comment of one's own half written, then a field under the hands.
    typing.get_by_label("Comment", exact=True).fill("Half a")
    owner = typing.get_by_label("Owner", exact=True)
    owner.click()
    settled(typing)
    typing.keyboard.press("Control+A")
    typing.keyboard.type("Some", delay=40)
    type_into(commenting, "Your name", "Bo")
    commenting.get_by_label("Comment", exact=True).fill("Who is that?")
    commenting.get_by_role("button", name="Send").click()
    expect(commenting.get_by_text("Who is that?")).to_be_visible()
    # It is announced, and moves nothing, while the other one goes on typing.
    expect(typing.get_by_text("There is something new here.")).to_be_visible()
    typing.keyboard.type("body else", delay=40)
    expect(owner).to_have_value("Somebody else")
    expect(typing.get_by_label("Comment", exact=True)).to_have_value("Half a")
    typing.get_by_role("button", name="Show it").click()
    expect(typing.get_by_text("Who is that?")).to_be_visible()
    saved_version(typing, 2)
    settled(typing)
    expect(typing.get_by_label("Comment", exact=True)).to_have_value("Half a")
    expect(typing.get_by_label("Title · 1 comment", exact=True)).to_be_visible()
    assert app.saved(saved.id).proposal.owner == "Somebody else"


def test_a_half_written_comment_outlives_a_reload(app: RunningApp, new_context: Contexts) -> None:
    saved = app.create(examples.load("invoice_routing"))
    page = new_context().new_page()
    visit(page, app, f"proposal?proposal={saved.id}")
    page.get_by_role("button", name="Comments", exact=True).click()
    settled(page)
    type_into(page, "Comment", "Half a")
    page.reload()
    settled(page)
    page.get_by_role("button", name="Comments", exact=True).click()
    expect(page.get_by_label("Comment", exact=True)).to_have_value("Half a")


def test_a_link_leads_to_the_thread_also_from_another_page_and_on_a_phone(
    app: RunningApp, new_context: Contexts
) -> None:
    saved = app.create(examples.load("visual_inspection"))
    with closing(app.store()) as store:
        thread = store.commenting.write(saved.id, "memo/verdict", Remark("Not yet.\n\nFirst the pilot."), "Sofia")
    page = new_context(viewport={"width": 400, "height": 800}).new_page()
    visit(page, app, f"proposal?proposal={saved.id}&thread={thread.id}")
    expect(page.get_by_text("First the pilot.")).to_be_visible()
    assert "/review?" in page.url
    no_sideways_scroll(page)
