"""Sources that are read, or refused in words, although something about them is unusual."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import psycopg
import pytest

from scoping.errors import SourceRefused
from scoping.probe.asked import Asked, Roles
from scoping.probe.profile import Counts, counted, tidy
from scoping.probe.sources import opened

HEADER = "x,note,y\n"
ROW = "1.5,plain,yes\n"
OTHER = "2.5,plain,no\n"


def looked_at(source: str, folder: Path, roles: Roles | None = None) -> Counts:
    """What is counted in a source."""
    roles = roles or Roles("y")
    folder.mkdir(exist_ok=True)
    with opened(Asked(source, roles), folder) as found:
        return counted(tidy(found), roles)


def of_text(text: str, tmp_path: Path, roles: Roles | None = None) -> Counts:
    """The same of a CSV file with this text."""
    path = tmp_path / "rows.csv"
    path.write_bytes(text.encode())
    return looked_at(str(path), tmp_path / "probe", roles)


def refusal(text: str, tmp_path: Path, roles: Roles | None = None) -> str:
    """What is said of it."""
    with pytest.raises(SourceRefused) as refused:
        of_text(text, tmp_path, roles)
    return str(refused.value)


@pytest.mark.parametrize(
    "text",
    [
        HEADER + 20 * ROW + 20 * OTHER.replace("\n", "\r\n"),
        (HEADER + 20 * ROW).replace("\n", "\r\n") + 20 * OTHER,
        (HEADER + 20 * ROW).replace("\n", "\r") + 20 * OTHER,
        HEADER + 39 * ROW + '2,"two\r\nlines",no\n',
        (HEADER + 39 * ROW).replace("\n", "\r\n") + '2,"two\nlines",no\r\n',
    ],
    ids=["then CRLF", "CRLF first", "CR first", "CRLF in a cell", "LF in a cell of CRLF"],
)
def test_lines_that_end_in_several_ways_are_all_read(text: str, tmp_path: Path) -> None:
    found = of_text(text, tmp_path)
    assert found.rows == 40
    assert [each.present for each in found.columns] == [40, 40, 40]
    target = found.of("y")
    assert target is not None
    assert target.distinct == 2


def test_what_stands_in_quotation_marks_keeps_its_line_ends(tmp_path: Path) -> None:
    cells = ['"a\r\nb"', '"a\nb"', '"a\rb"', '"a""\r\n""b"']
    rows = "".join(f"{place},{cell},{'yes' if place % 2 else 'no'}\r\n" for place, cell in enumerate(cells * 10))
    notes = of_text(HEADER + rows, tmp_path).of("note")
    assert notes is not None
    assert notes.distinct == len(cells)


@pytest.mark.parametrize(("first", "digits"), [(2**53, 16), (10**17, 18), (10**25, 26)])
def test_long_numbers_that_differ_in_their_last_digit_are_not_the_same(first: int, digits: int, tmp_path: Path) -> None:
    rows = "".join(f"{first + place},a,{'yes' if place % 2 else 'no'}\n" for place in range(60))
    found = of_text(HEADER + rows, tmp_path).of("x")
    assert found is not None
    assert len(str(first)) == digits
    assert found.distinct == 60
    assert found.is_identifier_like


def test_amounts_of_many_digits_are_still_numbers(tmp_path: Path) -> None:
    rows = "".join(f"{10 ** (14 + place % 9)},a,{'yes' if place % 2 else 'no'}\n" for place in range(60))
    found = of_text(HEADER + rows, tmp_path).of("x")
    assert found is not None
    assert found.column.type == "number"


def test_a_line_that_is_too_long_is_said_to_be(tmp_path: Path) -> None:
    said = refusal(HEADER + ROW + f"1,{'z' * 5_000_000},no\n" + OTHER, tmp_path)
    assert said.startswith("Line 3 of rows.csv has more than 4 million characters")


@pytest.mark.parametrize(
    ("header", "asked", "letters"),
    [("\u0441hurn", "churn", "CYRILLIC SMALL LETTER ES"), ("churn", "\u0441hurn", "CYRILLIC SMALL LETTER ES"),
     ("\u03b1ge", "age", "GREEK SMALL LETTER ALPHA")],
)  # fmt: skip
def test_a_name_in_letters_that_look_the_same_is_told_apart(
    header: str, asked: str, letters: str, tmp_path: Path
) -> None:
    said = refusal(f"x,{header}\n1,yes\n2,no\n", tmp_path, Roles(asked))
    assert f"looks alike, and one of them has letters of another alphabet ({letters})" in said


def test_a_name_with_a_sign_of_no_width_is_told_apart(tmp_path: Path) -> None:
    assert "looks alike and is written otherwise" in refusal("x,chu\u200brn\n1,yes\n2,no\n", tmp_path, Roles("churn"))


@pytest.mark.parametrize(
    "text",
    [
        "Ada Meier\nHans\nPeter\n",
        "Ada Meier,ada@example.org,yes\nHans,h@example.org,no\n",
        "Ada Meier,1972-03-04,yes\nHans,1973-01-01,no\n",
        "Ada Meier,48,yes\nHans,51,no\n",
    ],
    ids=["one column", "an address", "a date", "a whole number"],
)
def test_a_first_row_of_data_is_not_repeated(text: str, tmp_path: Path) -> None:
    assert "Meier" not in refusal(text, tmp_path, Roles("churned"))


def test_a_class_is_told_only_to_who_nearly_named_it(tmp_path: Path) -> None:
    from tests.scoping.probe.test_sources import sampled

    path = tmp_path / "rows.csv"
    path.write_text(HEADER + 20 * ROW + 20 * OTHER.replace("no", "withdrawn"))
    for wanted, said in (("withdrown", "Do you mean withdrawn"), ("maybe", "no class maybe, but 2 others")):
        (tmp_path / wanted).mkdir()
        with pytest.raises(SourceRefused, match=said):
            sampled(Asked(str(path), Roles("y", positive=wanted)), tmp_path / wanted)


TABLES = (
    'DROP TABLE IF EXISTS hard_claims, "a.b ""c" CASCADE',
    "DROP TYPE IF EXISTS mood CASCADE",
    "CREATE TYPE mood AS ENUM ('sad', 'glad')",
    "CREATE TABLE hard_claims AS SELECT i AS x, CASE WHEN i % 2 = 0 THEN 'yes' ELSE 'no' END AS y,"
    " (CASE WHEN i % 3 = 0 THEN 'sad' ELSE 'glad' END)::mood AS felt, (i * 1.5)::numeric::money AS paid,"
    " i::oid AS object,"
    " CASE WHEN i = 1 THEN 'infinity' WHEN i = 2 THEN '0044-03-15 BC' ELSE '2024-01-01' END::timestamp AS at"
    " FROM generate_series(1, 60) i",
    "CREATE MATERIALIZED VIEW hard_kept AS SELECT * FROM hard_claims",
    'CREATE TABLE "a.b ""c" AS SELECT * FROM hard_claims',
    "CREATE VIEW hard_failing AS SELECT 1 / (x - 50) AS x, y FROM hard_claims",
)


@pytest.fixture
def database(postgresql: Any) -> str:
    """A database with tables that are hard to read."""
    url = str(postgresql.get_uri())
    with psycopg.connect(url) as connection:
        for statement in TABLES:
            connection.execute(statement)
    return url


@pytest.mark.parametrize("table", ["hard_claims", "hard_kept", 'a.b "c'])
def test_types_of_postgresql_and_names_with_dots_are_read(database: str, table: str, tmp_path: Path) -> None:
    found = looked_at(f"{database}#{table}", tmp_path / "probe")
    told = {each.column.name: (each.column.type, each.distinct, each.missing) for each in found.columns}
    assert told == {
        "x": ("number", 60, 0),
        "y": ("text", 2, 0),
        "felt": ("text", 2, 0),
        "paid": ("number", 60, 0),
        "object": ("number", 60, 0),
        "at": ("time", 1, 2),
    }


def test_a_view_that_fails_is_refused_by_the_kind_of_its_error(database: str, tmp_path: Path) -> None:
    with pytest.raises(SourceRefused, match=r"could not read the table to its end \(DivisionByZero\)"):
        looked_at(f"{database}#hard_failing", tmp_path / "probe")
