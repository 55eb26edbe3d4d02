"""What came of a decided proposal is in every file that leaves the app, as the Store has it, and for nobody else."""

from __future__ import annotations

import io
import json
import zipfile
from collections.abc import Callable
from dataclasses import replace

import pytest

from app.exports.notes import matching, summary_of
from db import DecisionRequest, NotFound, Role, Saved, Store
from scoping.record.actuals import read_actuals
from scoping.reports import render
from scoping.reports.archive import Archive
from scoping.text.languages import ENGLISH
from scoping.vocabulary import Outcome, Recommendation
from tests.app.acting import open_page
from tests.app.api.conftest import behind_door
from tests.app.conftest import start
from tests.db.people import acting
from tests.documents import UNCERTAIN, proposal

pytestmark = pytest.mark.long

CONDITIONS = ("Label 500 cases",)
BROKEN = "A condition of the decision is broken: Label 500 cases"
DECISION = DecisionRequest(
    1, Recommendation.BUILD, Outcome.BUILD, "Ana", conditions=CONDITIONS, alternative="Model", reason="It pays."
)


def entered(store: Store, saved: Saved, *, kept: int = 0) -> None:
    now = store.actuals.current(saved.id)
    assert now is not None
    lines = [
        {"about": "bridge.value_of_catch", "month": 6, "value": 31},
        {"about": "conditions.0", "month": 6, "value": kept},
    ]
    document = {"actuals_version": 1, "alternative": "Model", "entries": lines}
    found = read_actuals(document, now.signed, now.decision.conditions)
    store.actuals.save(saved.id, found, now.decision.id, now.version, actor="Bo")


@pytest.fixture
def measured(pages_store: Store) -> Saved:
    saved = pages_store.create(proposal(UNCERTAIN), "Ana")
    pages_store.decide(saved.id, DECISION)
    entered(pages_store, saved)
    return saved


def memo(store: Store, saved: Saved, name: str = "md") -> str:
    return render(summary_of(store, saved.id, ENGLISH), name).decode()


def test_the_newest_version_is_told_with_its_number_and_who_entered_it(measured: Saved, pages_store: Store) -> None:
    assert "Version 1 of the actuals, recorded up to month 6; last entered by Bo (name typed)" in memo(
        pages_store, measured
    )
    assert BROKEN in memo(pages_store, measured)
    entered(pages_store, measured, kept=1)
    now = memo(pages_store, measured)
    assert "Version 2 of the actuals" in now
    assert BROKEN not in now


def test_actuals_of_a_decision_that_does_not_stand_any_more_are_in_no_paper(
    measured: Saved, pages_store: Store
) -> None:
    first = pages_store.decisions(measured.id).rows[0]
    pages_store.decide(measured.id, replace(DECISION, reason="Once more.", follows=first.id))
    assert "What came of it" not in memo(pages_store, measured)
    entered(pages_store, measured)
    assert "What came of it" in memo(pages_store, measured)
    pages_store.withdrawing.withdraw(measured.id, pages_store.decisions(measured.id).rows[0].id, "Not ours", "Bo")
    assert "What came of it" not in memo(pages_store, measured)


def test_a_decision_without_actuals_has_no_heading_for_them(pages_store: Store) -> None:
    saved = pages_store.create(proposal(UNCERTAIN), "Ana")
    pages_store.decide(saved.id, DECISION)
    assert "What came of it" not in memo(pages_store, saved)
    assert json.loads(memo(pages_store, saved, "handoff"))["actuals"] is None


def test_who_may_not_see_a_proposal_gets_no_paper_of_it(measured: Saved, pages_store: Store) -> None:
    ada, bob = (acting(pages_store, name, Role.CONTRIBUTOR) for name in ("Ada", "Bob"))
    acting(pages_store, "Cy", Role.ADMINISTRATOR).sharing.restrict(measured.id, restricted=True)
    for somebody in (ada, bob):
        with pytest.raises(NotFound):
            summary_of(somebody, measured.id, ENGLISH)


def test_the_archive_of_all_and_the_api_tell_it_too(measured: Saved, pages_store: Store) -> None:
    target = io.BytesIO()
    archive = Archive(target)
    for row in matching(pages_store):
        archive.add(summary_of(pages_store, row.id, ENGLISH), ["md"])
    archive.close()
    with zipfile.ZipFile(target) as zipped:
        assert BROKEN in zipped.read(zipped.namelist()[0]).decode()
    found = behind_door().get(f"/api/proposals/{measured.id}/exports/handoff").json()
    assert [each["reason"] for each in found["actuals"]["attention"] if each["opens_again"]] == [BROKEN]


def test_the_downloads_of_the_review_page_hold_it(measured: Saved, monkeypatch: pytest.MonkeyPatch) -> None:
    """A file is made when somebody asks for it: so the test asks, as the button does."""
    offered: dict[str, Callable[[], bytes]] = {}

    def keep(title: str, make: Callable[[], bytes], *_: str) -> None:
        offered[title] = make

    monkeypatch.setattr("app.exports.panel.offer", keep)
    test = start()
    test.query_params["proposal"] = measured.id
    assert not open_page(test, "review").exception
    for title in ("Markdown", "Handoff to the build (JSON)", "Web page (HTML)"):
        assert BROKEN in offered[title]().decode()
