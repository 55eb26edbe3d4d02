"""A part that does not declare itself is told by its file."""

from __future__ import annotations

from pathlib import Path

import pytest

from app.registry import declared
from app.session.navigation import Page, pages


def test_parts_come_in_the_order_of_their_places() -> None:
    assert [page.place for page in declared("app.views", "PAGE", Page)] == sorted(page.place for page in pages())


def test_a_file_without_a_declaration_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    package = tmp_path / "pages_of_a_test"
    package.mkdir()
    (package / "__init__.py").touch()
    (package / "forgotten.py").write_text("PAGE = 'a text'\n", encoding="utf-8")
    monkeypatch.syspath_prepend(str(tmp_path))
    with pytest.raises(TypeError, match=r"pages_of_a_test\.forgotten must declare PAGE, a Page"):
        declared("pages_of_a_test", "PAGE", Page)
