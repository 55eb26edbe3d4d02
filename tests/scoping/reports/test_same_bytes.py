"""The same summary is the same file: in another process, at another time, in another zone, with other hashes."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import zipfile
from io import BytesIO
from pathlib import Path

import pytest

from scoping.reports import formats
from scoping.reports.portfolio import PORTFOLIO_FORMATS
from scoping.reports.zipped import without_days
from tests.scoping.reports.samples import rendered

pytestmark = pytest.mark.long

ROOT = Path(__file__).parents[3]
A_YEAR = 31_557_600
NAMES = [*formats(), "archive", *(f"portfolio {name}" for name in PORTFOLIO_FORMATS)]


def started(seconds: int, zone: str, seed: str) -> subprocess.Popen[bytes]:
    surroundings = {**os.environ, "TZ": zone, "PYTHONHASHSEED": seed, "PYTHONPATH": str(ROOT)}
    command = [sys.executable, "-m", "tests.scoping.reports.elsewhere", str(seconds)]
    return subprocess.Popen(command, cwd=ROOT, env=surroundings, stdout=subprocess.PIPE)


@pytest.fixture(scope="module")
def hashes() -> list[dict[str, str]]:
    """What two processes make of it: one now, one a year from now on the other side of the world."""
    running = [started(0, "UTC", "1"), started(A_YEAR, "Pacific/Auckland", "2")]
    found = [json.loads(each.communicate()[0]) for each in running]
    assert [each.returncode for each in running] == [0, 0]
    return found


@pytest.mark.parametrize("name", NAMES)
def test_two_processes_a_year_apart_make_the_same_file(name: str, hashes: list[dict[str, str]]) -> None:
    here, there = hashes
    assert here[name] == there[name]


@pytest.mark.parametrize("name", [name for name in formats() if formats()[name].file_type in ("docx", "pptx", "xlsx")])
def test_office_files_and_the_workbooks_within_them_say_no_day(name: str) -> None:
    content = rendered("visual_inspection", name)
    assert without_days(content) == content
    for days, properties in _days_and_properties(content):
        assert days == {(1980, 1, 1, 0, 0, 0)}
        assert b"dcterms:created" not in properties
        assert b"dcterms:modified" not in properties


def _days_and_properties(content: bytes) -> list[tuple[set[tuple[int, ...]], bytes]]:
    """Of a package, and of every workbook in it."""
    with zipfile.ZipFile(BytesIO(content)) as package:
        own = ({each.date_time for each in package.infolist()}, package.read("docProps/core.xml"))
        inner = [package.read(name) for name in package.namelist() if name.endswith(".xlsx")]
    return [own, *(found for each in inner for found in _days_and_properties(each))]


def test_what_people_typed_is_no_day() -> None:
    from scoping.reports import render
    from tests.scoping.reports.samples import hostile

    text = '<dcterms:created xsi:type="dcterms:W3CDTF">2026-01-01T00:00:00Z</dcterms:created>'
    with zipfile.ZipFile(BytesIO(render(hostile(text), "pptx"))) as package:
        assert b"2026-01-01T00:00:00Z" in package.read("docProps/core.xml")
