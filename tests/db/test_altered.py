"""A revision that was changed past the Store is found by its hash."""

from __future__ import annotations

import json
from pathlib import Path

from sqlalchemy import text

from db import Store
from db.engine import create
from tests.documents import proposal

GOLDEN = Path(__file__).parents[1] / "scoping" / "document" / "golden"


def test_what_the_store_wrote_is_what_its_hashes_say(store: Store) -> None:
    saved = store.create(proposal())
    store.save(saved.id, proposal(title="Later"), 1)
    assert store.altered() == ()


def test_a_row_that_somebody_else_wrote_is_named(store: Store, database_url: str) -> None:
    saved = store.create(proposal())
    old = json.loads((GOLDEN / "version_1" / "stock_price.json").read_text(encoding="utf-8"))
    hashes = json.loads((GOLDEN / "version_1_hashes.json").read_text(encoding="utf-8"))
    row = (
        "INSERT INTO revisions (proposal_id, version, document, content_hash, changed, saved_at, saved_by) "
        "VALUES (:id, :version, :document, :hash, '[]', CURRENT_TIMESTAMP, '')"
    )
    kept = {"id": saved.id, "version": 2, "document": json.dumps(old), "hash": hashes["stock_price"]}
    altered = {**kept, "version": 3, "document": json.dumps({**old, "title": "Another"})}
    broken = {**kept, "version": 4, "document": json.dumps({"title": 5}), "hash": "2:" + "0" * 64}
    engine = create(database_url)
    with engine.begin() as connection:
        for each in (kept, altered, broken):
            connection.execute(text(row), each)
    engine.dispose()
    assert store.altered() == ((saved.id, 3), (saved.id, 4))
