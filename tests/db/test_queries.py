"""What lists find, in which order, page by page: the same on SQLite and on PostgreSQL."""

from __future__ import annotations

from db import Filters, Store
from scoping import examples
from tests.documents import proposal


def test_lists_are_searched_filtered_sorted_and_paged(store: Store) -> None:
    for name in ("visual_inspection", "customer_retention", "invoice_routing", "stock_price"):
        store.create(examples.load(name))
    by_value = store.list(Filters(sort="npv_mean"))
    assert [row.recommendation for row in by_value.rows] == ["build", "simpler", "pilot", "stop"]
    assert [row.npv_mean for row in by_value.rows] == sorted((row.npv_mean for row in by_value.rows), reverse=True)  # type: ignore[type-var]
    assert store.list(Filters(text="BRAKE disc")).total == 1
    assert store.list(Filters(text="brake invoices")).total == 0
    assert store.list(Filters(recommendations=("stop", "build"))).total == 2
    titles = [store.list(Filters(sort="title", descending=False), page, 3).rows for page in (1, 2, 3)]
    assert [len(rows) for rows in titles] == [3, 1, 0]
    assert store.list(size=3).pages == 2


def test_wildcards_and_sql_in_a_search_are_text(store: Store) -> None:
    store.create(proposal(title="100% sure"))
    store.create(proposal(title="nothing"))
    assert store.list(Filters(text="100%")).total == 1
    assert store.list(Filters(text="%")).total == 1
    assert store.list(Filters(text="_")).total == 0
    assert store.list(Filters(text="' OR 1=1 --")).total == 0
