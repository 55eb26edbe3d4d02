"""Actuals by CSV: what goes out comes back; what cannot be is refused cell by cell, and nothing of the file is taken."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scoping import read
from scoping.record.actuals import Actuals, read_actuals
from scoping.record.places import Place
from scoping.reports.measured.csv_file import FileRefused, differences, read_csv, template
from scoping.reports.measured.entering import places, with_entries
from tests.documents import CERTAIN

SIGNED = read(CERTAIN)
CONDITIONS = ("Label 500 cases",)
RECALL, BUILD = "alternatives.2.metrics.recall", "alternatives.2.costs.0.amount"


def actuals(*entries: tuple[str, int, float], **others: Any) -> Actuals:
    lines = [{"about": about, "month": month, "value": value, **others} for about, month, value in entries]
    return read_actuals({"actuals_version": 1, "alternative": "Model", "entries": lines}, SIGNED, CONDITIONS)


def known() -> list[Place]:
    return places(SIGNED, actuals(), CONDITIONS)


def file(*lines: str, head: str = "about,month,value") -> bytes:
    return "\n".join((head, *lines)).encode()


def refused(content: bytes) -> dict[tuple[int, str], str]:
    with pytest.raises(FileRefused) as error:
        read_csv(content, known(), actuals())
    return {(each.line, each.column): each.allowed for each in error.value.cells} or {(0, ""): error.value.said}


def test_the_template_has_a_line_for_each_thing_and_month_and_says_what_was_signed() -> None:
    lines = template(known(), actuals(), 24).decode("utf-8-sig").splitlines()
    assert len(lines) == 1 + 24 * len(known())
    assert any(line.startswith("alternatives.2.metrics.recall,Recall,share,0.8,0.8,0.8,1,,") for line in lines)


def test_what_is_recorded_comes_back_as_it_was() -> None:
    before = actuals((RECALL, 5, 0.71), (BUILD, 1, -200.5), (BUILD, 1, 7000), source="=1+1", note='a;b,"c"\nd')
    after = read_csv(template(known(), before, 24), known(), before)
    assert after == with_entries(before, before.entries)
    assert differences(before, after, known()) == []


@pytest.mark.long
@given(st.floats(0, 1), st.text(st.characters(codec="utf-8", exclude_characters="\x00"), max_size=60))
def test_any_share_and_any_note_come_back(value: float, note: str) -> None:
    before = actuals((RECALL, 5, value), note=note)
    after = read_csv(template(known(), before, 6), known(), actuals())
    assert after.entries[0].value == pytest.approx(value, rel=1e-11)


def test_a_file_replaces_the_months_that_it_names_and_no_others() -> None:
    before = actuals((RECALL, 5, 0.7), (RECALL, 6, 0.72))
    after = read_csv(file(f"{RECALL},6,75%", f"{RECALL},7,0.76"), known(), before)
    assert [(each.month, each.value) for each in after.entries] == [(5, 0.7), (6, 0.75), (7, 0.76)]
    changed = differences(before, after, known())
    assert [(each.month, each.before, each.after) for each in changed] == [(6, 0.72, 0.75), (7, None, 0.76)]


def test_money_may_come_in_several_amounts_a_month_and_add_up() -> None:
    after = read_csv(file(f"{BUILD},1,1200.5", f"{BUILD},1,800"), known(), actuals())
    assert differences(actuals(), after, known())[0].after == 2000.5


@pytest.mark.parametrize("separator", [";", "\t"])
def test_files_of_other_programs_are_read_with_their_separator_and_decimal_comma(separator: str) -> None:
    lines = [
        separator.join(each) for each in (("about", "month", "value"), (RECALL, "5", "0,71"), (BUILD, "1", "1200,5"))
    ]
    after = read_csv("\r\n".join(lines).encode("utf-8-sig"), known(), actuals())
    assert sorted(each.value for each in after.entries) == [0.71, 1200.5]


@pytest.mark.parametrize("separator", [";", "\t"])
def test_the_line_above_the_columns_that_excel_knows_is_read_as_excel_reads_it(separator: str) -> None:
    rows = ("about", "month", "value", "note"), (RECALL, "5", "0,71", "a, b, c, d, e")
    content = f"sep={separator}\r\n".encode() + "\r\n".join(map(separator.join, rows)).encode()
    (entry,) = read_csv(content, known(), actuals()).entries
    assert (entry.value, entry.note) == (0.71, "a, b, c, d, e")


def test_a_cell_is_named_by_its_line_in_the_file_also_below_a_note_of_several_lines() -> None:
    content = f'about,month,value,note\n{RECALL},5,0.71,"one\ntwo\nthree"\n{RECALL},x,0.7,\n'.encode()
    assert [*refused(content)] == [(5, "month")]


def test_every_cell_that_cannot_be_is_named_with_its_line_and_what_is_allowed() -> None:
    found = refused(
        file(
            f"{RECALL},5,0.7",
            f"{RECALL},0,0.7",
            f"{RECALL},6,7.1",
            f"{RECALL},7,good",
            f"{BUILD},1,12%",
            "alternatives.9.metrics.recall,5,0.7",
            "conditions.0,5,perhaps",
            f"{RECALL},5,0.8",
        )
    )
    assert set(found) == {
        (3, "month"), (4, "value"), (5, "value"), (6, "value"), (7, "about"), (8, "value"), (9, "month"),
    }  # fmt: skip
    assert "0% to 100%" in found[4, "value"]
    assert "line 2" in found[9, "month"]


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "lacks the columns"),
        (b"month,value\n1,2", "about"),
        (b"about,month,value\n", "no line with a value"),
        (b"about,month,value\n\xff\xfe\xfa", "UTF-8"),
        (b"PK\x03\x04" + b"\x00" * 50, "lacks the columns"),
        (b"x" * 8_000_001, "8 MB"),
    ],
)
def test_what_is_no_such_file_is_refused_as_a_whole(content: bytes, said: str) -> None:
    assert said in refused(content)[0, ""]


def test_a_comma_before_three_digits_is_asked_about_and_not_guessed() -> None:
    assert "two ways" in refused(file(f'{BUILD},1,"1,200"'))[2, "value"]


@pytest.mark.parametrize(("text", "value"), [("0,712", 0.712), ("0.712", 0.712), ("71,2%", 0.712)])
def test_three_digits_after_a_nought_can_be_read_in_one_way_only(text: str, value: float) -> None:
    for content in (file(f'{RECALL},5,"{text}"'), file(f"{RECALL};5;{text}", head="about;month;value")):
        assert read_csv(content, known(), actuals()).entries[0].value == pytest.approx(value)


def test_in_a_file_of_another_program_a_point_before_three_digits_is_asked_about_too() -> None:
    head = "about;month;value"
    assert "two ways" in refused(file(f"{BUILD};1;1.200", head=head))[2, "value"]
    assert read_csv(file(f"{BUILD};1;1200.5", head=head), known(), actuals()).entries[0].value == 1200.5
    assert read_csv(file(f"{BUILD},1,1.200"), known(), actuals()).entries[0].value == 1.2


@pytest.mark.parametrize("month", ["000001" + "9" * 5000, "1.5", "241", "-1", "\u00b2", "one"])
def test_a_month_that_is_none_is_refused_in_words(month: str) -> None:
    assert "from 1 to 240" in refused(file(f"{RECALL},{month},0.7"))[2, "month"]


def test_a_file_that_says_more_about_the_same_value_changes_something() -> None:
    before = actuals((RECALL, 5, 0.7))
    after = read_csv(file(f"{RECALL},5,0.7,400,Test set", head="about,month,value,cases,source"), known(), before)
    assert (after.entries[0].cases, after.entries[0].source) == (400, "Test set")
    (changed,) = differences(before, after, known())
    assert (changed.before, changed.after) == (0.7, 0.7)


def test_what_looks_like_a_formula_stays_text_in_the_file() -> None:
    content = template(known(), actuals((RECALL, 5, 0.7), note="=HYPERLINK(1)"), 5).decode("utf-8-sig")
    assert ",'=HYPERLINK(1)," in content
