"""The portfolio's files tell what the list tells, also of the Store's own rows."""

from __future__ import annotations

import csv
from datetime import date
from io import BytesIO, StringIO

from app.exports.notes import portfolio_report
from db import AdviceRequest, DecisionRequest, Filters, Store
from scoping import examples
from scoping.text.languages import ENGLISH
from scoping.vocabulary import Outcome, Stance


def lines_of(store: Store, filters: Filters | None = None) -> list[dict[str, str]]:
    """The lines of the CSV file, by column."""
    target = BytesIO()
    portfolio_report(store, "csv", target, ENGLISH, filters)
    return list(csv.DictReader(StringIO(target.getvalue().decode("utf-8-sig"))))


def test_the_file_has_a_line_for_each_proposal_of_the_list(store: Store) -> None:
    saved = [store.create(examples.load(name)) for name in ("invoice_routing", "visual_inspection")]
    store.rates.choose_display_currency("USD")
    store.rates.set("EUR", 1.25, date(2026, 1, 1), "Ana")
    found = lines_of(store)
    assert {each.proposal.title for each in saved} <= {value for line in found for value in line.values()}
    assert len(lines_of(store, Filters(text="inspection"))) == 1
    assert all("USD" in line.values() for line in found)


def test_the_file_tells_the_stage_and_the_advice_of_the_open_round_or_of_the_decision(store: Store) -> None:
    saved = store.create(examples.load("invoice_routing"))
    assert (lines_of(store)[0]["Stage"], lines_of(store)[0]["Advice"]) == ("Draft", "")
    submitted = store.reviewing.submit(saved.id, 1, ("data", "finance"), actor="Ana")
    store.reviewing.advise(saved.id, AdviceRequest(submitted.number, "data", Stance.AGREE_IF, "=1+1"), "Fay")
    (line,) = lines_of(store)
    assert line["Stage"] == "Submitted"
    assert "Data: Agrees if =1+1 (Fay" in line["Advice"]
    assert "Finance: Has not spoken" in line["Advice"]
    signed = DecisionRequest(1, Outcome.STOP, Outcome.STOP, "Cy", reason="No")
    store.decide(saved.id, signed)
    (line,) = lines_of(store)
    assert (line["Stage"], "=1+1" in line["Advice"]) == ("Decided", True)
