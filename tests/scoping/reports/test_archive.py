"""Many summaries in one file, each under a name of its own."""

from __future__ import annotations

import io
import re
import zipfile

import pytest

from scoping import UnknownFormat, examples, read
from scoping.reports.archive import Archive
from scoping.reports.filenames import file_name
from tests.scoping.reports.samples import summarised

pytestmark = pytest.mark.long


def test_an_archive_holds_every_summary_under_a_name_of_its_own() -> None:
    def made() -> bytes:
        target = io.BytesIO()
        archive = Archive(target)
        for name in ("stock_price", "stock_price", "invoice_routing"):
            archive.add(summarised(examples.load(name)), ["md", "json"])
        archive.close()
        return target.getvalue()

    content = made()
    assert made() == content
    with zipfile.ZipFile(io.BytesIO(content)) as opened:
        stock = "groundwork-predicting-one-stock-s-price-from-its-own-history"
        invoices = "groundwork-routing-and-posting-supplier-invoices"
        stems = (stock, f"{stock}-2", invoices)
        assert opened.namelist() == [f"{stem}.{suffix}" for stem in stems for suffix in ("md", "json")]
        assert read(opened.read(f"{stock}-2.json")) == examples.load("stock_price")


def test_an_archive_refuses_a_format_that_does_not_exist() -> None:
    with pytest.raises(UnknownFormat, match="Allowed: docx"):
        Archive(io.BytesIO()).add(summarised(examples.load("stock_price")), ["odt"])


@pytest.mark.parametrize("title", ["../../etc/passwd", "a/b\\c", "CON", "🦄", "", "x" * 500, "né à l'été", "-rf"])
def test_file_names_are_safe(title: str) -> None:
    assert re.fullmatch(r"groundwork-[a-z0-9][a-z0-9-]{0,60}\.md", file_name(title, "md"))
