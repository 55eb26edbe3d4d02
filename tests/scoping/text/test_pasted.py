"""Two people's labels are counted as they are pasted, and nothing else of them is kept."""

from __future__ import annotations

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from scoping.errors import EntryRefused
from scoping.text.pasted import read_labels


@pytest.mark.parametrize("separator", ["\t", ";", ",", "  "])
def test_two_columns_become_the_table_of_both_labels(separator: str) -> None:
    pairs = [("yes", "yes")] * 5 + [("no", "no")] * 3 + [("yes", "no")] * 2 + [("no", "yes")]
    found = read_labels("\n".join(separator.join(pair) for pair in pairs))
    assert found.table == [[3, 1], [2, 5]], "no before yes; rows are the first person's"
    assert not found.has_heading


def test_a_heading_is_no_case() -> None:
    found = read_labels("Ana\tBo\nyes\tyes\nno\tno\nno\tyes\n")
    assert found.has_heading
    assert sum(map(sum, found.table)) == 3


def test_a_case_with_one_label_only_is_left_out_and_counted() -> None:
    found = read_labels("a;b\nyes;yes\nno;\n;no\nno;no\n\n")
    assert (sum(map(sum, found.table)), found.left_out) == (2, 2)


def test_a_table_that_was_counted_already_is_taken_as_it_is() -> None:
    assert read_labels("150\t10\n8\t32").table == [[150, 10], [8, 32]]


def test_formulas_and_markup_are_labels_like_others() -> None:
    assert read_labels("=1+1\t<b>\n=1+1\t=1+1\n<b>\t<b>\n").table == [[1, 0], [1, 1]]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "Paste two columns of labels"),
        ("yes\nno\n", "Line 1 (yes) does not have two columns"),
        ("a\tb\nyes\n", "Line 2 (yes) does not have two columns"),
        ("a,b,c\nx,y,z\n", "There are 3 columns"),
        ("yes,yes\nyes,yes\n", "All labels are the same"),
        ("\n".join(f"t{number},t{number}" for number in [*range(60), 0]), "60 different labels; at most 50"),
        ("0\t0\n0\t0", "The table counts no case"),
        ("a,b\n" * 100_001, "at most 100,000 lines"),
    ],
)
def test_what_cannot_be_counted_is_refused_in_words(text: str, said: str) -> None:
    with pytest.raises(EntryRefused) as refused:
        read_labels(text)
    assert said in refused.value.allowed


@given(st.lists(st.tuples(st.sampled_from("abc"), st.sampled_from("abc")), min_size=2, max_size=40))
def test_no_case_is_lost_and_none_is_made(pairs: list[tuple[str, str]]) -> None:
    assume(len({label for pair in pairs for label in pair}) > 1)
    every = pairs * 2
    found = read_labels("\n".join("\t".join(pair) for pair in every))
    assert sum(map(sum, found.table)) == len(every)
    alike = sum(found.table[place][place] for place in range(len(found.table)))
    assert alike == sum(first == second for first, second in every)
