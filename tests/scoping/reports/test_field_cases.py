"""Small inputs that failed in the field: names as data, scripts, and shares near nothing, in every format."""

from __future__ import annotations

import io
import re
import zipfile
from functools import cache
from pathlib import Path
from xml.etree import ElementTree

import pytest

from scoping import Proposal, assess, read, to_dict
from scoping.document.paths import with_value
from scoping.reports import Summary, formats, formats_of_memo, render, summarise
from scoping.reports.drawing import draw
from scoping.text.languages import Language
from tests.scoping.reports.readers import READERS, squeezed
from tests.scoping.reports.samples import FEW

pytestmark = pytest.mark.long

CASES = {
    path.stem: path.read_text(encoding="utf-8") for path in sorted((Path(__file__).parent / "cases").glob("*.json"))
}
STRANGE_METRICS = (
    "build_months",
    "cost_0",
    'F1 "macro"',
    "mAP@0.5:0.95",
    "<b>R</b>2 & more",
    "=1+1",
    "a.b.c",
    "x' onload='y",
    "精度 🚀",
    "#x;y",
)


@cache
def told(name: str, language: str = "en") -> Summary:
    """A case, assessed and told."""
    document = read(CASES[name])
    return summarise(document, assess(document, FEW), (), Language(language))


def named(metric: str) -> Proposal:
    """A curve over a metric of that name."""
    document = read(CASES["quotes"])
    content = with_value(to_dict(document), "bridge.metric", metric)
    for alternative in content["alternatives"]:
        alternative["metrics"] = {metric: next(iter(alternative["metrics"].values()))}
    return read(content)


@pytest.mark.parametrize("format_", list(formats()))
@pytest.mark.parametrize("name", CASES)
def test_every_format_has_every_case(name: str, format_: str) -> None:
    for language in ("en", "de"):
        found = READERS[formats()[format_].file_type](render(told(name, language), format_))
        assert found.acts == []
        assert found.words


@pytest.mark.parametrize("metric", STRANGE_METRICS)
def test_a_metric_may_be_called_anything(metric: str) -> None:
    document = named(metric)
    summary = summarise(document, assess(document, FEW))
    for format_ in formats_of_memo():
        found = READERS[formats()[format_].file_type](render(summary, format_))
        assert squeezed(metric) in squeezed(found.words), format_
        assert found.acts == []
    assert READERS["xlsx"](render(summary, "xlsx")).acts == []
    assert summary.memo.charts is not None
    for figure in summary.memo.charts.in_order():
        # A picture that an XML parser reads, with ids that need no escape.
        for element in ElementTree.fromstring(draw(figure)).iter():
            assert re.fullmatch(r"[\w.-]*", element.get("id", ""), re.ASCII)


def test_a_metric_of_any_name_is_calculated_by_the_workbook(tmp_path: Path, office: str) -> None:
    from tests.scoping.reports.test_xlsx import calculated, live

    for number, metric in enumerate(STRANGE_METRICS):
        document = named(metric)
        (tmp_path / f"m{number}.xlsx").write_bytes(render(summarise(document, assess(document, FEW)), "xlsx"))
    for book in calculated(tmp_path, office).values():
        assert all(isinstance(row["NPV"], float) for row in live(book).values())


@pytest.mark.parametrize("language", ["en", "de"])
@pytest.mark.parametrize("format_", [*formats_of_memo(), "xlsx"])
def test_a_share_or_an_amount_that_is_not_nothing_is_not_printed_as_nothing(format_: str, language: str) -> None:
    words = READERS[formats()[format_].file_type](render(told("ulb", language), format_)).words
    plain = re.sub(r"\s", " ", words)
    # Nothing of this case is exactly 0 that the memo tells; Today costs and earns nothing, and is not told.
    assert not re.search(r"(?<![\d.,])0 ?%", plain)
    assert not re.search(r"€0(?![\d.,])|(?<![\d.,])0 €", plain)
    if format_ != "xlsx":
        assert ("0.0004" if language == "en" else "0,0004") in plain


def test_the_workbook_shows_small_figures_with_their_digits() -> None:
    with zipfile.ZipFile(io.BytesIO(render(told("ulb"), "xlsx"))) as package:
        shapes = re.findall(r'formatCode="([^"]*)"', package.read("xl/styles.xml").decode())
    assert shapes
    for shape in shapes:
        # A format that shows no decimals is only for amounts of a hundred and more.
        sections = shape.replace("&gt;", ">").replace("&lt;", "<").split(";")
        whole = [each for each in sections if re.search(r"#,##0(?!\.)", each)]
        assert all(re.search("100+]", each) for each in whole), shape
