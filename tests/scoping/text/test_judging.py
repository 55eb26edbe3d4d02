"""What a judgement implies is said back; how far several are apart is said too; and both are drawn."""

from __future__ import annotations

from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from scoping import Estimate, assess, examples
from scoping.document.asking import consensus, judgement, recorded
from scoping.document.editing import change
from scoping.document.estimate import quantile_function
from scoping.document.fields import MONEY, SHARE
from scoping.document.specs import Spec, spec_at
from scoping.errors import EntryRefused
from scoping.reports import render, summarise
from scoping.reports.blocks import Bars, Figure, Spans
from scoping.reports.figures.judgements import distribution, ranges
from scoping.text.grammar import Grammar
from scoping.text.judging import disagreement, known_about, read_judgement, said_back
from scoping.text.languages import Language, language_of, say
from scoping.value.pool import apart, pooled

ENGLISH, GERMAN = language_of("en"), language_of("de")
PROPOSAL = examples.load("visual_inspection")
PREVALENCE, MISS = (spec_at(PROPOSAL, path) for path in ("bridge.prevalence", "bridge.miss_cost"))
GRAMMAR = Grammar(ENGLISH, "EUR")


def sentences(said: tuple[str, ...], language: Language = ENGLISH) -> str:
    return "\n".join(say(each, language) for each in said)


def several(*judged: tuple[str, float, float, float], spec: Spec = PREVALENCE) -> Estimate:
    return Estimate.model_validate(recorded([judgement(spec, *each) for each in judged]))


def bars_of(figure: Figure | None) -> Bars:
    assert figure is not None
    (found,) = [mark for mark in figure.marks if isinstance(mark, Bars)]
    return found


def test_three_numbers_are_said_back_in_plain_words() -> None:
    said = sentences(said_back(Estimate.of(4, 9, 12), MISS, GRAMMAR))
    assert "one chance in ten that it is below 4 EUR, and one chance in ten that it is above 12 EUR" in said
    assert "as likely above 9 EUR as below it" in said
    assert "eight should turn out to lie within" in said


def test_what_is_implied_is_what_the_distribution_says() -> None:
    # Lognormal where low, likely and high are a geometric series: closed forms for quantiles and mean.
    said = sentences(said_back(Estimate.of(50, 100, 200), MISS, GRAMMAR))
    sigma = np.log(2) / 1.2815515655446004
    least, most = 100 * np.exp(-2.3263478740408408 * sigma), 100 * np.exp(2.3263478740408408 * sigma)
    mean = 100 * np.exp(sigma**2 / 2)
    for number in (least, most, mean):
        assert f"about {float(f'{number:.3g}'):g}" in said


def test_a_judgement_without_doubt_is_called_so() -> None:
    estimate = Estimate.of(0.05)
    assert sentences(said_back(estimate, PREVALENCE, GRAMMAR)) == "You say that it is 5%, without any doubt."
    assert distribution(estimate, PREVALENCE, GRAMMAR) is None


def test_it_is_said_in_german_with_german_numbers() -> None:
    said = sentences(said_back(Estimate.of(0.0125, 0.02, 0.03), PREVALENCE, Grammar(GERMAN, "EUR")), GERMAN)
    assert "In einem von zehn Fällen liegt es unter 1,25" in said


@given(st.lists(st.integers(0, 10_000).map(lambda each: each / 10_000), min_size=3, max_size=3).map(sorted))
def test_the_picture_holds_four_fifths_between_low_and_high(numbers: list[float]) -> None:
    low, likely, high = numbers
    figure = distribution(Estimate.of(low, likely, high), PREVALENCE, GRAMMAR)
    if figure is None:
        assert high - low <= 1e-9 * high or high < 1e-300
        return
    bars = bars_of(figure)
    assert all(before <= after for before, after in pairwise([*bars.left, bars.right[-1]]))
    assert min(bars.left) >= 0
    assert max(bars.right) <= 1
    assert sum(bars.height) <= 1 + 1e-9
    if 0 < low < likely < high < 1:
        inside = [share for share, tone in zip(bars.height, bars.tones, strict=True) if tone == "main"]
        assert sum(inside) == pytest.approx(0.8, abs=0.01)


def test_ranges_that_do_not_overlap_are_named() -> None:
    estimate = several(("Ana", 0.01, 0.02, 0.03), ("Ben", 0.04, 0.05, 0.09), ("Cy", 0.02, 0.04, 0.08))
    assert [(low.by, high.by) for low, high in apart(estimate)] == [("Ana", "Ben")]
    said = sentences(disagreement(estimate, PREVALENCE, GRAMMAR))
    assert "The ranges of Ana and Ben do not overlap: Ana goes up to 3%, Ben begins at 4%." in said


def test_many_pairs_are_counted() -> None:
    people = [(str(number), number / 10, number / 10 + 0.01, number / 10 + 0.02) for number in range(5)]
    estimate = several(*people)
    assert len(apart(estimate)) == 10
    assert "So it is with 7 more pairs." in sentences(disagreement(estimate, PREVALENCE, GRAMMAR))


def test_people_who_agree_are_told_that_averaging_hides_little() -> None:
    estimate = several(("Ana", 0.02, 0.05, 0.1), ("Ben", 0.02, 0.05, 0.1))
    said = sentences(disagreement(estimate, PREVALENCE, GRAMMAR))
    assert "All ranges overlap." in said
    assert "1 times" in said
    assert "hides little" in said
    assert "nothing to compare" in sentences(disagreement(several(("Ana", 0.1, 0.2, 0.3)), PREVALENCE, GRAMMAR))


TRIPLE = st.lists(st.integers(1, 99), min_size=3, max_size=3, unique=True).map(
    lambda each: [n / 100 for n in sorted(each)]
)


@given(st.lists(TRIPLE, min_size=2, max_size=4))
def test_the_order_of_judges_does_not_matter(judged: list[list[float]]) -> None:
    people = [(str(number), *each) for number, each in enumerate(judged)]
    one, other = several(*people), several(*reversed(people))  # type: ignore[arg-type]
    assert one.quantiles == other.quantiles
    first, second = pooled(one, SHARE), pooled(other, SHARE)
    assert first is not None
    assert first == second
    assert {(low.by, high.by) for low, high in apart(one)} == {(low.by, high.by) for low, high in apart(other)}


def test_what_is_agreed_moves_neither_average_nor_pool() -> None:
    estimate = several(("Ana", 0.01, 0.02, 0.03), ("Ben", 0.04, 0.05, 0.09))
    agreed = Estimate.model_validate(recorded(estimate.judgements, consensus(PREVALENCE, 0.015, 0.04, 0.08)))
    assert pooled(agreed, SHARE) == pooled(estimate, SHARE)
    assert agreed.average == estimate.average
    (spans,) = ranges(agreed, PREVALENCE, GRAMMAR).marks
    assert isinstance(spans, Spans)
    assert list(spans.names) == ["Ana", "Ben", "Average of the judgements", "Linear pool", "Agreed in discussion"]


@pytest.mark.long
def test_the_memo_says_who_agreed_and_how_far_apart_they_were() -> None:
    people = [judgement(PREVALENCE, "Ana", 0.01, 0.02, 0.03), judgement(PREVALENCE, "Ben", 0.04, 0.05, 0.09)]
    written = recorded(people, consensus(PREVALENCE, 0.015, 0.04, 0.08))
    document = change(PROPOSAL, "bridge.prevalence", written)
    text = render(summarise(document, assess(document)), "md").decode()
    assert "| Prevalence | Average | 2.5% | 3.5% | 6% |" in text
    assert "| Prevalence | Agreed in discussion; this counts | 1.5% | 4% | 8% |" in text
    assert "Prevalence: agreed by 2 people; the ranges that each gave alone went from 1% to 9%." in text


@pytest.mark.long
def test_what_was_agreed_counts_as_if_it_had_been_typed() -> None:
    people = [judgement(PREVALENCE, "Ana", 0.01, 0.02, 0.03)]
    agreed = change(PROPOSAL, "bridge.prevalence", recorded(people, consensus(PREVALENCE, 0.015, 0.02, 0.03)))
    typed = change(PROPOSAL, "bridge.prevalence", {"p10": 0.015, "p50": 0.02, "p90": 0.03})
    told, same = assess(agreed).to_dict(), assess(typed).to_dict()
    # What a figure rests on differs: several people judged the one.
    assert told.pop("evidence") != same.pop("evidence")
    assert told == same


@pytest.mark.parametrize(
    ("texts", "said"),
    [
        (["20%", "", "10%"], "the lowest, 20%, is above the highest, 10%"),
        (["10%", "5%", ""], "likely, 5%, is below the lowest, 10%"),
        (["10%", "50%", "40%"], "likely, 50%, is above the highest, 40%"),
        (["", "", "120%"], "must be a number from 0% to 100%"),
        (["ten", "", ""], "is not a number"),
        (["10 to 20%", "", ""], "is not a number"),
    ],
)
def test_boxes_that_cannot_be_are_refused_in_their_own_words(texts: list[str], said: str) -> None:
    with pytest.raises(EntryRefused, match=said.replace("(", r"\(")):
        read_judgement(texts, PREVALENCE, GRAMMAR)


@pytest.mark.parametrize(
    ("texts", "said"),
    [
        (["", "5%", ""], "the lowest plausible value"),
        (["1%", "", ""], "the highest plausible value"),
        (["1%", "", "5%"], "as likely exceed as not"),
    ],
)
def test_the_middle_is_asked_for_and_never_assumed(texts: list[str], said: str) -> None:
    found = read_judgement(texts, PREVALENCE, GRAMMAR)
    assert found.numbers is None
    assert said in say(found.notes[-1].text, ENGLISH)


def test_what_is_typed_is_read_as_everywhere() -> None:
    assert read_judgement(["", "", ""], PREVALENCE, GRAMMAR).notes == ()
    assert read_judgement(["12k", "20,000", "40000"], MISS, GRAMMAR).numbers == (12_000, 20_000, 40_000)
    assert read_judgement(["1,5 %", "2 %", "3 %"], PREVALENCE, Grammar(GERMAN, "EUR")).numbers == (0.015, 0.02, 0.03)
    assert read_judgement(["5%", "5%", "5%"], PREVALENCE, GRAMMAR).numbers == (0.05, 0.05, 0.05)
    far = read_judgement(["1", "2", "4000"], MISS, GRAMMAR)
    assert far.numbers == (1, 2, 4000)
    assert "is that meant?" in say(far.notes[-1].text, ENGLISH)


def test_what_is_known_holds_no_figure_of_the_proposal_s_fields() -> None:
    document = change(PROPOSAL, "alternatives.3.evidence", ["A pilot of 2019"])
    texts = sentences(known_about(document, "alternatives.3.build_months"))
    assert "A pilot of 2019" in texts
    assert document.problem.statement in texts
    assert "A pilot of 2019" not in sentences(known_about(document, "bridge.prevalence"))


def test_masses_at_a_bound_are_drawn() -> None:
    bars = bars_of(distribution(Estimate.of(0.6, 0.8, 1.0), PREVALENCE, GRAMMAR))
    values = quantile_function(Estimate.of(0.6, 0.8, 1.0), *SHARE.support)((np.arange(4_000) + 0.5) / 4_000)
    assert bars.height[-1] >= float((values == 1).mean())
    assert bars_of(distribution(Estimate.of(0, 0, 50), MISS, GRAMMAR)).height[0] >= 0.5
    assert MISS.quantity == MONEY
