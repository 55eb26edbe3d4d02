"""Saves are counted, told in the log where they fail, and waited for."""

from __future__ import annotations

import logging
import threading
from pathlib import Path

import pytest

from db import DatabaseNotReady, StaleSave, Store, open_store, wait_for_saves
from db.watching import DATABASE_ERRORS, FAILED_SAVES, SAVES
from scoping import Appraisal, Proposal, appraise
from tests.documents import proposal

TYPED = "what somebody typed"


def count(metric: object, **labels: str) -> float:
    samples = [each for family in metric.collect() for each in family.samples]  # type: ignore[attr-defined]
    return sum(each.value for each in samples if each.name.endswith("_total") and labels.items() <= each.labels.items())


def ids(caplog: pytest.LogCaptureFixture) -> list[dict[str, str]]:
    return [record.__dict__["ids"] for record in caplog.records if record.name == "groundwork"]


def test_a_save_is_counted_and_a_stale_one_is_no_failure(store: Store, caplog: pytest.LogCaptureFixture) -> None:
    before, failed = count(SAVES), count(FAILED_SAVES)
    saved = store.create(proposal(), "Ana")
    store.save(saved.id, proposal(owner="Ana"), 1, "Ana")
    with pytest.raises(StaleSave):
        store.save(saved.id, proposal(owner="Bo"), 1, "Bo")
    assert (count(SAVES), count(FAILED_SAVES)) == (before + 2, failed)
    assert ids(caplog) == []


def test_a_failed_save_is_told_once_by_ids_alone(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    path = tmp_path / "groundwork.db"
    store = open_store(f"sqlite:///{path}")
    saved = store.create(proposal(), "Ana Typed")
    store._engine.dispose()
    path.write_bytes(b"damaged " * 2_000)
    path.with_name("groundwork.db-wal").unlink(missing_ok=True)
    errors = count(DATABASE_ERRORS, failure="damaged")
    failed = count(FAILED_SAVES, kind="Store.save", failure="damaged")
    with caplog.at_level(logging.INFO), pytest.raises(DatabaseNotReady) as told:
        store.save(saved.id, proposal(summary=TYPED), 1, "Ana Typed")
    (line,) = ids(caplog)
    assert (line["kind"], line["proposal"], line["failure"]) == ("Store.save", saved.id, "damaged")
    assert line["person"].startswith("person-")
    assert "Ana" not in str(line)
    assert told.value.is_logged
    assert TYPED not in caplog.text
    assert count(DATABASE_ERRORS, failure="damaged") == errors + 1
    assert count(FAILED_SAVES, kind="Store.save", failure="damaged") == failed + 1


def test_what_stands_where_an_id_belongs_is_not_told(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    store = open_store(f"sqlite:///{tmp_path / 'groundwork.db'}")
    store._engine.dispose()
    (tmp_path / "groundwork.db").write_bytes(b"damaged " * 2_000)
    with pytest.raises(DatabaseNotReady):
        store.archive(TYPED)
    assert [line["proposal"] for line in ids(caplog)] == ["-"]
    assert [line["person"] for line in ids(caplog)] == ["-"]


def test_the_end_waits_for_a_save_that_is_under_way(tmp_path: Path) -> None:
    begun, may_end = threading.Event(), threading.Event()

    def slowly(given: Proposal) -> Appraisal:
        begun.set()
        may_end.wait(60)
        return appraise(given)

    store = open_store(f"sqlite:///{tmp_path / 'groundwork.db'}", assess=slowly)
    saving = threading.Thread(target=store.create, args=(proposal(),))
    saving.start()
    begun.wait(60)
    assert not wait_for_saves(0.05)
    threading.Timer(0.2, may_end.set).start()
    # It ends with the save and not with its own limit: that one would not end within this test.
    assert wait_for_saves(3_600)
    assert store.list().total == 1
    saving.join()
    store.close()
