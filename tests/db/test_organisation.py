"""What the organisation lays down, version by version; the same tests on SQLite and PostgreSQL."""

from __future__ import annotations

from datetime import date

import pytest

from db import AuditFilters, Function, NotAllowed, NotFound, RateRefused, Role, StaleSettings, Store
from scoping import DocumentRefused, read, to_dict
from scoping.organisation import Organisation, begun, read_file, read_organisation
from tests.db.people import acting
from tests.scoping.organisation.samples import house, settings

FILE = {
    "review": {
        "functions": [{"name": "Finance"}, {"name": "works council", "is_always": True}],
        "needs_submission": True,
    },
    "currencies": {"display": "EUR", "rates": [{"currency": "USD", "rate": 0.92, "as_of": "2020-11-01"}]},
}


def test_nothing_is_laid_down_at_first(store: Store) -> None:
    now = store.organisation.current()
    assert (now.version, now.organisation, now.saved_at) == (0, Organisation(), None)
    assert store.organisation.versions().rows == ()
    assert begun(now.organisation, now.version, "New").organisation.version is None


def test_each_version_stays_with_who_laid_it_down_and_why(store: Store) -> None:
    store.organisation.save(house(), 0, " Board  of\nOctober ", "Ana")
    store.organisation.save(house(name="Other"), 1, actor="Bo")
    assert [(each.version, each.why, each.saved_by) for each in store.organisation.versions().rows] == [
        (2, "", "Bo"),
        (1, "Board of October", "Ana"),
    ]
    assert store.organisation.version(1).organisation == house()
    assert store.organisation.current().organisation.name == "Other"
    with pytest.raises(NotFound, match="no version 7"):
        store.organisation.version(7)


def test_it_is_in_the_audit_trail_which_stays_whole(store: Store) -> None:
    store.organisation.save(house(), 0, "Board", "Ana")
    (entry, *_) = store.trail.entries(AuditFilters()).rows
    assert (entry.actor, entry.proposal_id) == ("Ana", None)
    assert entry.detail.startswith("organisation version 1: ")
    assert "returns" in entry.detail
    assert entry.detail.endswith("; Board")
    assert store.check_trail().is_whole


def test_who_read_an_older_version_is_refused_and_writes_nothing(store: Store) -> None:
    store.organisation.save(house(), 0, actor="Ana")
    for version in (0, 2):
        with pytest.raises(StaleSettings, match="Ana laid down other settings"):
            store.organisation.save(house(name="Mine"), version, actor="Bo")
    assert store.organisation.versions().total == 1
    assert store.organisation.save(house(), 1, actor="Bo").version == 1


def test_what_is_declared_by_halves_is_not_laid_down(store: Store) -> None:
    half = read_organisation({"organisation_version": 1, "questions": [{"question": "Why?"}]})
    with pytest.raises(DocumentRefused, match=r"questions\.0\.id"):
        store.organisation.save(half, 0)
    assert store.organisation.current().version == 0


def test_administrators_lay_down_and_viewers_read(store: Store) -> None:
    acting(store, "Mia", Role.ADMINISTRATOR).organisation.save(house(), 0)
    for role in (Role.VIEWER, Role.APPROVER):
        person = acting(store, role.value, role)
        assert person.organisation.current().organisation == house()
        with pytest.raises(NotAllowed, match="Administrator"):
            person.organisation.save(Organisation(), 1)
        with pytest.raises(NotAllowed, match="Administrator"):
            person.organisation.bring_in(read_file(settings()), 1)


def test_a_later_version_changes_no_proposal(store: Store) -> None:
    store.organisation.save(house(), 0)
    now = store.organisation.current()
    saved = store.create(begun(now.organisation, now.version, "New"))
    store.organisation.save(house(thresholds={"risky_loss": 0.9}, returns={}), 1)
    assert store.get(saved.id).proposal == saved.proposal
    assert saved.proposal.organisation.thresholds.risky_loss == 0.15
    assert store.altered() == ()


def test_own_values_outlive_saving_and_are_found_unaltered(store: Store) -> None:
    proposal = begun(house(), 1, "New")
    saved = store.create(read({**to_dict(proposal), "own": {"cost_centre": "4711", "co2": 3, "elsewhere": "x"}}))
    emptied = read({**to_dict(saved.proposal), "own": {"cost_centre": "", "co2": 3}})
    store.save(saved.id, emptied, 1)
    assert dict(store.get(saved.id).proposal.own) == {"co2": 3}
    assert store.altered() == ()


def test_one_file_holds_the_functions_and_the_rates_too(store: Store) -> None:
    person = acting(store, "Fay", Role.REVIEWER).person
    store.review_settings.set_functions([Function("finance", (person.id,)), Function("legal")])
    store.rates.set("CHF", 1.1, date(2020, 1, 1))
    laid_down = store.organisation.bring_in(read_file({**settings(), **FILE}), 0, "moved in", "Ana")
    assert laid_down.version == 1
    functions = store.review_settings.functions()
    assert [(each.name, each.is_always) for each in functions] == [("Finance", False), ("works council", True)]
    # Who speaks for a function is a matter of the house: it stays.
    assert functions[0].people == (person.id,)
    assert store.review_settings.needs_review()
    assert {code: each.rate for code, each in store.rates.current().items()} == {"USD": 0.92}
    out = store.organisation.exported()
    assert read_file({**settings(), **FILE}) == out
    entries = store.check_trail().entries
    store.organisation.bring_in(out, 1)
    assert store.check_trail().entries == entries
    assert store.check_trail().is_whole


def test_a_file_of_which_one_thing_is_refused_changes_nothing(store: Store) -> None:
    bad = {"display": "EUR", "rates": [{"currency": "EUR", "rate": 2.0, "as_of": "2020-01-01"}]}
    before = store.check_trail().entries
    with pytest.raises(RateRefused, match="display currency itself"):
        store.organisation.bring_in(read_file({**settings(), **FILE, "currencies": bad}), 0)
    assert store.organisation.current().version == 0
    assert not store.review_settings.needs_review()
    assert store.check_trail().entries == before


def test_what_a_file_does_not_speak_of_stays(store: Store) -> None:
    store.rates.set("CHF", 1.1, date(2020, 1, 1))
    store.review_settings.set_functions([Function("legal")])
    store.organisation.bring_in(read_file(settings()), 0)
    assert [each.name for each in store.review_settings.functions()] == ["legal"]
    assert [*store.rates.current()] == ["CHF"]


def test_what_is_not_laid_down_yet_is_kept_for_its_person_and_counts_for_nobody(store: Store) -> None:
    mia, max_ = acting(store, "Mia", Role.ADMINISTRATOR), acting(store, "Max", Role.ADMINISTRATOR)
    entries = store.check_trail().entries
    half = read_organisation({"organisation_version": 1, "questions": [{"question": "Why?"}]})
    mia.organisation.keep_working_copy(house())
    mia.organisation.keep_working_copy(half)
    kept = mia.organisation.working_copy()
    assert kept is not None
    assert (kept.organisation, kept.base.version, max_.organisation.working_copy()) == (half, 0, None)
    assert (store.organisation.current().version, store.check_trail().entries) == (0, entries)
    mia.organisation.keep_working_copy(None)
    assert mia.organisation.working_copy() is None


def test_what_is_not_laid_down_yet_knows_the_version_that_it_began_from(store: Store) -> None:
    store.organisation.save(house(), 0)
    store.organisation.keep_working_copy(house(name="Mine"), 1)
    store.organisation.save(house(currency="CHF"), 1, actor="Bo")
    kept = store.organisation.working_copy()
    assert kept is not None
    assert (kept.base.version, kept.base.organisation, kept.organisation) == (1, house(), house(name="Mine"))
    with pytest.raises(StaleSettings, match="Bo"):
        store.organisation.save(kept.organisation, kept.base.version)
