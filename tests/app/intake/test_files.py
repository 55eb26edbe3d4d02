"""Files with many ideas: what goes out by the template comes back the same, in every form that people's programs write;
a hostile one is refused in words, and takes down nothing."""

from __future__ import annotations

import csv as csv_module
import io
import zipfile
from datetime import datetime
from pathlib import Path

import pytest
import xlsxwriter
from hypothesis import given, settings
from hypothesis import strategies as st

from app.intake import reading
from app.intake.reading import read_table
from app.intake.sheet import MOST_BYTES, decoded, encoded, table_from
from scoping.errors import SourceRefused
from scoping.intake import COLUMNS, Idea, IdeasRead, Rough, read_ideas
from scoping.reports.idea_template import TEMPLATES, template
from scoping.text.languages import ENGLISH, language_of, say

GERMAN = language_of("de")
BOTH = (ENGLISH, GERMAN)
HEADINGS = [say(each.title, ENGLISH) for each in COLUMNS]
TEXTS = (
    st.text(st.characters(categories=("L", "N", "P", "S"), codec="utf-8") | st.just(" "), min_size=1, max_size=40)
    .map(str.strip)
    .filter(bool)
)
NUMBERS = st.floats(0.001, 1e9).map(lambda number: float(f"{number:.12g}"))
ROUGH = st.none() | st.tuples(NUMBERS, NUMBERS).map(lambda ends: Rough(*sorted(ends)))
TAGS = st.lists(TEXTS.map(lambda text: text.replace(",", "").strip()).filter(bool), max_size=3, unique=True).map(tuple)
IDEAS = st.builds(
    Idea, TEXTS, TEXTS, TEXTS, ROUGH, ROUGH, st.sampled_from(("", "EUR", "CHF")), st.just("") | TEXTS, TAGS
)


def ideas_in(content: bytes, language: object = ENGLISH) -> IdeasRead:
    return read_ideas(table_from(content, "ideas"), language)  # type: ignore[arg-type]


def csv(*lines: str, between: str = "\n") -> str:
    return between.join([";".join(HEADINGS), *lines])


def sheet(**others: object) -> xlsxwriter.Workbook:
    """A workbook in memory, whose file is `.target`."""
    target = io.BytesIO()
    book = xlsxwriter.Workbook(target, {"in_memory": True, **others})
    book.target = target
    return book


def filled(book: xlsxwriter.Workbook, name: str = "Ideas") -> object:
    made = book.add_worksheet(name)
    made.write_row(0, 0, HEADINGS)
    made.write_row(1, 0, ["Forms", "Typed twice", "Hold", 100, 200])
    return made


def content(book: xlsxwriter.Workbook) -> bytes:
    book.close()
    found: bytes = book.target.getvalue()
    return found


# Out and back ----------------------------------------------------------------------------------


@pytest.mark.parametrize("ending", TEMPLATES)
@pytest.mark.parametrize("language", BOTH, ids=str)
@settings(max_examples=40)
@given(ideas=st.lists(IDEAS, min_size=1, max_size=5))
def test_what_goes_out_by_the_template_comes_back_the_same(ending: str, language: object, ideas: list[Idea]) -> None:
    found = ideas_in(template(ending, language, ideas), language)  # type: ignore[arg-type]
    assert not found.refused
    assert [idea for _, idea in found.ideas] == ideas


@pytest.mark.parametrize("ending", TEMPLATES)
@pytest.mark.parametrize("language", BOTH, ids=str)
def test_the_example_of_the_template_is_no_idea(ending: str, language: object) -> None:
    found = ideas_in(template(ending, language))  # type: ignore[arg-type]
    assert [str(each.reason) for each in found.refused] == ["There is no idea below the headings."]
    assert "Row 2 is the example" in str(found.notes[-1])


def test_text_that_looks_like_a_formula_stays_text_on_both_ways() -> None:
    idea = Idea("=cmd|' /C calc'!A0", "+1", "@SUM(A1)", team="-x", tags=("=1+1",))
    for ending in TEMPLATES:
        assert [each for _, each in ideas_in(template(ending, ENGLISH, [idea])).ideas] == [idea]
    assert b"'=cmd" in template("csv", ENGLISH, [idea])


# CSV as programs write it ----------------------------------------------------------------------


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252", "utf-16"])
@pytest.mark.parametrize("between", ["\n", "\r\n", "\r"])
@pytest.mark.parametrize("delimiter", [";", ",", "\t"])
def test_every_usual_form_of_csv_is_read(encoding: str, between: str, delimiter: str) -> None:
    text = csv('Prüfung;"Zwei; Zeilen, ""zitiert""";Halten;1.200;"2.400"', between=between)
    if delimiter != ";":
        quoted = ";".join(f'"{each}"' for each in HEADINGS)
        line = f'"Prüfung"{delimiter}"Zwei; Zeilen, ""zitiert"""{delimiter}Halten{delimiter}"1.200"{delimiter}"2.400"'
        text = between.join([quoted.replace('";"', f'"{delimiter}"'), line])
    found = ideas_in(text.encode(encoding), GERMAN)
    assert [(idea.title, idea.problem, idea.volume) for _, idea in found.ideas] == [
        ("Prüfung", 'Zwei; Zeilen, "zitiert"', Rough(1200, 2400))
    ]


def test_line_ends_may_be_mixed_and_stand_within_a_cell() -> None:
    text = csv('A;"two\nlines";d', "B;p;d") + "\r\nC;p;d\r\n\n"
    found = ideas_in(text.encode())
    assert [(row, idea.title) for row, idea in found.ideas] == [(2, "A"), (3, "B"), (4, "C")]
    assert found.ideas[0][1].problem == "two\nlines"


@pytest.mark.parametrize(
    ("data", "why"),
    [
        (b"", "is empty"),
        (b"  \n ", "is empty"),
        (b"Title\x00;Problem", "no text file"),
        (csv('A;"open;d').encode(), "quotation mark is not closed"),
        (csv(f"A;{'x' * 140_000};d").encode(), "more letters than can be read"),
        (b"\xd0\xcf\x11\xe0" + bytes(600), "old Excel file, or has a password"),
        (b"PK\x03\x04 nothing", "damaged ZIP"),
        (b"x" * (MOST_BYTES + 1), "larger than 5 MB"),
        (b"\n" * 3_000 + b"x", "more than 2000 rows"),
        (b"a;" * 200, "60 columns"),
    ],
    ids=lambda each: each if isinstance(each, str) else "",
)
def test_what_is_no_table_of_ideas_is_refused_in_words(data: bytes, why: str) -> None:
    with pytest.raises(SourceRefused, match=why):
        table_from(data, "ideas.csv")


def test_a_cell_is_too_long_whatever_the_rest_of_the_program_lets_the_reader_take() -> None:
    before = csv_module.field_size_limit(10_000_000)
    try:
        with pytest.raises(SourceRefused, match="more letters than can be read"):
            table_from(csv(f"A;{'x' * 140_000};d").encode(), "ideas.csv")
    finally:
        csv_module.field_size_limit(before)


# Excel -----------------------------------------------------------------------------------------


def test_formulas_are_read_by_their_values_and_errors_are_refused() -> None:
    book = sheet()
    made = filled(book)
    made.write_formula(2, 0, '=A2&" again"', None, "Forms again")  # type: ignore[attr-defined]
    made.write_row(2, 1, ["p", "d"])  # type: ignore[attr-defined]
    made.write_formula(2, 3, "=D2*2", None, 200)  # type: ignore[attr-defined]
    found = ideas_in(content(book))
    assert [(idea.title, idea.volume) for _, idea in found.ideas] == [
        ("Forms", Rough(100, 200)),
        ("Forms again", Rough(200, 200)),
    ]
    book = sheet()
    filled(book).write_formula(1, 1, "=1/0", None, "#DIV/0!")  # type: ignore[attr-defined]
    (wrong,) = ideas_in(content(book)).refused
    assert wrong.place == "B2"


def test_hidden_sheets_and_merged_cells_are_told() -> None:
    book = sheet()
    book.add_worksheet("Secret").hide()
    made = filled(book)
    made.merge_range(2, 0, 3, 0, "Merged")  # type: ignore[attr-defined]
    book.worksheets()[1].activate()
    book.worksheets()[1].set_first_sheet()
    found = ideas_in(content(book))
    assert "Hidden sheets are not read: Secret." in [str(each) for each in found.notes]
    assert {each.place for each in found.refused if "merged" in each.reason} == {"A3"}


def bomb() -> bytes:
    """A workbook of some kilobytes with a sheet of a hundred megabytes."""
    book = sheet()
    filled(book)
    source = zipfile.ZipFile(io.BytesIO(content(book)))
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as packed:
        for name in source.namelist():
            packed.writestr(name, source.read(name) + (b" " * (100 << 20) if "sheet1" in name else b""))
    return target.getvalue()


def with_entity(tmp_path: Path) -> bytes:
    """A workbook whose text is an entity that names a file."""
    secret = tmp_path / "secret"
    secret.write_text("SECRET", encoding="utf-8")
    book = sheet()
    filled(book)
    source = zipfile.ZipFile(io.BytesIO(content(book)))
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w") as packed:
        for name in source.namelist():
            text = source.read(name)
            if name == "xl/sharedStrings.xml":
                doctype = f'?>\n<!DOCTYPE x [<!ENTITY e SYSTEM "file://{secret}">]>'.encode()
                text = text.replace(b"?>", doctype, 1).replace(b"Typed twice", b"&e;")
            packed.writestr(name, text)
    return target.getvalue()


def test_a_bomb_is_not_unpacked() -> None:
    with pytest.raises(SourceRefused, match="would unpack to 100 MB"):
        table_from(bomb(), "bomb.xlsx")


def test_an_entity_is_not_resolved(tmp_path: Path) -> None:
    try:
        found = read_table(with_entity(tmp_path), "entity.xlsx", ENGLISH)
    except SourceRefused:
        return
    assert "SECRET" not in str(found)


def test_a_cell_far_outside_takes_no_memory() -> None:
    book = sheet()
    filled(book).write(1_048_575, 16_383, "far")  # type: ignore[attr-defined]
    with pytest.raises(SourceRefused):
        read_table(content(book), "far.xlsx", ENGLISH)


# The process of its own ------------------------------------------------------------------------


def test_a_table_comes_through_as_it_is_with_dates_and_a_hostile_name() -> None:
    book = sheet()
    made = filled(book)
    look = book.add_format({"num_format": "yyyy-mm-dd"})
    made.write_datetime(1, 4, datetime(2026, 2, 1), look)  # type: ignore[attr-defined]
    data = content(book)
    found = read_table(data, "--help; rm -rf '$HOME'.xlsx\x00", GERMAN)
    assert [[*row] for row in found.rows] == [[*row] for row in decoded(encoded(table_from(data, ""))).rows]
    (wrong,) = read_ideas(found, ENGLISH).refused
    assert (wrong.place, wrong.value) == ("E2", "2026-02-01")


def test_a_refusal_is_told_in_the_language_of_who_asks() -> None:
    with pytest.raises(SourceRefused, match="beschädigt"):
        read_table(b"PK\x03\x04 nothing", "x.xlsx", GERMAN)


def test_a_process_that_takes_too_long_is_told_in_words(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reading, "_SECONDS", 0.01)
    with pytest.raises(SourceRefused, match="could not be read"):
        read_table(csv("A;p;d").encode(), "ideas.csv", ENGLISH)


def test_a_title_with_commas_above_the_headings_hides_no_semicolons() -> None:
    text = "Ideas, of all teams, as of May, for the board, 2026\n\n" + csv("A;p, q;d")
    assert [(row, idea.title, idea.problem) for row, idea in ideas_in(text.encode()).ideas] == [(4, "A", "p, q")]
