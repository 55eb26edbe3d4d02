"""Where two documents differ."""

from __future__ import annotations

from db.differences import changed_paths


def test_paths_name_the_smallest_part_that_differs() -> None:
    before = {"a": 1, "b": {"c": [1, 2], "d": {"p10": 1, "p50": 2, "p90": 3}}}
    assert changed_paths(before, before) == ()
    assert changed_paths(before, {**before, "a": 2}) == ("a",)
    assert changed_paths(before, {**before, "b": {**before["b"], "c": [1, 3]}}) == ("b.c.1",)  # type: ignore[dict-item]
    assert changed_paths(before, {**before, "b": {**before["b"], "c": [1]}}) == ("b.c",)  # type: ignore[dict-item]
    assert changed_paths(before, {**before, "b": {"c": [1, 2], "d": 5}}) == ("b.d",)
    assert changed_paths(before, {**before, "b": {"c": [1, 2], "d": {"p10": 1, "p50": 2, "p90": 4}}}) == ("b.d",)
    assert changed_paths({"a": 1}, {"b": 1}) == ("a", "b")
