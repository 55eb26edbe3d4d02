"""What was measured is told in every export, in words and one chart; nowhere is anything longer without it."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
import yaml

import scoping
from scoping import Proposal, assess, examples, read, to_dict
from scoping.document.evidence import Evidence, LeakKind, plain
from scoping.feasibility.evidence.warnings import Code, Warned
from scoping.reports import formats_of_memo, render, summarise
from scoping.reports.blocks import Band, Figure, Line, Points, Rule
from scoping.text.evidence import leak_said, not_done_said, remark_said, stage_said, warned_said
from scoping.text.languages import language_of, say
from tests.measured import measured

pytestmark = pytest.mark.long

PROBE = Path(scoping.__file__).parent / "probe"
HOSTILE = "<script>window.hacked=1</script>|`x`\n=cmd|'/c calc'!A1 {{7*7}} [l](javascript:1)"
_LEFT_OUT = re.compile(r'(?:leave_out|NothingToMeasure)\("([a-z_]+)"')
_REMARKS = re.compile(r'"((?:names|delimiter|dates|numbers|read_as|columns|rows_have)_[a-z_0-9]+)"')
_STAGES = re.compile(r'(?:budget\.tell|progress)\((?:[^,()]|\([^)]*\))+, "([a-z_]+)"\)')


def with_evidence(*evidence: Evidence, measured_by: str = "") -> Proposal:
    document = {**to_dict(examples.load("payment_fraud")), "evidence": [plain(each) for each in evidence]}
    for each in document["alternatives"]:
        each.pop("measured_by", None)
        if measured_by and each["name"] == "Own gradient boosting":
            each["measured_by"] = measured_by
    return read(document)


def told(proposal: Proposal, language: str = "en") -> str:
    return render(summarise(proposal, assess(proposal), language=language_of(language)), "md").decode()


def chart_of(proposal: Proposal) -> Figure:
    part = summarise(proposal, assess(proposal)).memo.measured
    assert part is not None
    assert part.chart is not None
    return part.chart


def in_sources(pattern: re.Pattern[str]) -> set[str]:
    return {code for path in PROBE.rglob("*.py") for code in pattern.findall(path.read_text(encoding="utf-8"))}


def test_without_evidence_nothing_is_longer() -> None:
    proposal = with_evidence()
    summary = summarise(proposal, assess(proposal))
    assert summary.memo.measured is None
    assert "measured" not in [section.id for section in summary.memo.sections]


def test_the_account_begins_with_whether_there_is_signal() -> None:
    text = told(with_evidence(measured(leakage=[])))
    assert "There is signal: gradient boosting reaches ROC AUC 0.87 (0.85 to 0.89) with later rows held back" in text
    assert "too good to be believed" not in text
    assert "Measured on November 20, 2026 on 10,000 of 12,000 rows of “claims.csv”, seed 7." in text
    assert "SHA-256 of the file: abababababab…" in text


def test_signal_with_a_leak_is_not_to_be_believed() -> None:
    assert "That is too good to be believed while the leaks named below are in the data." in told(
        with_evidence(measured())
    )


def test_no_signal_is_said_as_plainly() -> None:
    signal = measured().signal
    assert signal is not None
    none = measured(signal=signal.model_copy(update={"found": False, "score": 0.51, "interval": [0.48, 0.54]}))
    assert "No signal was found: gradient boosting reaches ROC AUC 0.51 (0.48 to 0.54)" in told(with_evidence(none))


def test_the_chart_has_what_was_measured_its_uncertainty_break_even_and_ceiling() -> None:
    found = with_evidence(measured())
    figure, curve = chart_of(found), measured().learning_curve
    assert curve is not None
    (points,) = [each for each in figure.marks if isinstance(each, Points)]
    assert points.x == [each.rows for each in curve.points]
    assert points.y == pytest.approx([sum(each.scores) / len(each.scores) for each in curve.points])
    (band,) = [each for each in figure.marks if isinstance(each, Band)]
    (line,) = [each for each in figure.marks if isinstance(each, Line)]
    assert all(low <= middle <= high for low, middle, high in zip(band.low, line.y, band.high, strict=True))
    assert line.x[-1] == pytest.approx(4 * curve.points[-1].rows)
    leader = assess(found).leader()
    assert leader is not None
    ruled = {each.at for each in figure.marks if isinstance(each, Rule)}
    expected = next(each for each in assess(found).break_even if each.index == leader.index)
    assert ruled == {expected.value, expected.ceiling}


def test_the_chart_is_in_money_where_an_alternative_is_measured_by_the_evidence() -> None:
    proposal = examples.load("payment_fraud")
    figure = chart_of(proposal)
    assert figure.y.unit == "money"
    zero, ceiling = (each for each in figure.marks if isinstance(each, Rule))
    assert zero.at == 0.0
    assert ceiling.at > 0.0
    assert "Own gradient boosting breaks even is" in told(proposal)


def test_the_tour_tells_what_the_example_tells() -> None:
    tour = (Path(scoping.__file__).parents[1] / "README.md").read_text(encoding="utf-8")
    text = told(examples.load("payment_fraud")).replace("\\", "").replace("\xa0", " ")
    for figures in (
        "−SEK 10.9M once live with 91 labelled rows, SEK 4.8M with 9,135",
        "breaks even is 92% with the",
        "180 rows (1.5%) repeat an earlier one",
    ):
        assert figures in text
        assert figures in tour
    assert "kappa 0.65" in text


@pytest.mark.parametrize("name", sorted(formats_of_memo()))
def test_every_format_of_the_memo_takes_it_whatever_a_column_is_called(name: str) -> None:
    evidence = measured(target=HOSTILE, personal=[HOSTILE + "x"])
    proposal = with_evidence(evidence)
    content = render(summarise(proposal, assess(proposal)), name)
    assert content
    if name == "html":
        assert b"<script>window" not in content
    if name == "md":
        assert b"](javascript" not in content.replace(rb"\]", b"")


def test_the_handoff_says_what_follows_for_the_data() -> None:
    proposal = with_evidence(measured())
    found = yaml.safe_load(render(summarise(proposal, assess(proposal)), "handoff-yaml"))["data"]["measured"]
    (one,) = found
    assert (one["source"], one["target"], one["evidence"]) == ("claims.csv", "is_fraud", measured().id)
    assert one["columns"] == ["region"], "no target, no identifier, no personal column"
    assert one["not_to_use"] == ["paid_out"]
    assert one["personal_columns"] == ["insured_name"]
    assert one["may_not_vanish"] == ["paid_out", "region"]
    assert (one["labels_there_are"], one["latency_p95_ms"]) == (11_960, 6.4)


def test_all_of_it_is_said_in_german() -> None:
    text = told(with_evidence(measured()), "de")
    begins = text.index("## Belege aus Daten")
    section = text[begins : text.index("\n## ", begins + 1)]
    for english in ("There is", "labels", "Measured", "rows", "column", "looks like", "of the cases"):
        assert english not in section


def test_every_code_of_the_probe_has_its_words() -> None:
    left_out, remarks, stages = in_sources(_LEFT_OUT), in_sources(_REMARKS), in_sources(_STAGES)
    assert len(left_out) > 8
    assert len(remarks) > 8
    assert len(stages) > 8
    german = language_of("de")
    for said in (*map(not_done_said, left_out), *map(remark_said, remarks), *map(stage_said, stages)):
        assert not said.startswith(("Not measured:", "Read with a remark:")), said
        assert say(said, german) != said
    assert [code for code in stages if stage_said(code) == "Measuring"] == []


def test_every_warning_and_every_leak_has_its_words() -> None:
    for code in Code:
        assert warned_said(Warned(code, ("a", "b"), (1.0, 0.5)))
    for leak in measured().leakage:
        for kind in LeakKind.__args__:
            assert leak_said(leak.model_copy(update={"kind": kind}), "roc_auc")


def test_of_many_columns_the_first_are_named_and_the_rest_counted() -> None:
    names = tuple(f"column {number}" for number in range(30))
    assert "“column 7”, and 22 more look like identifiers." in warned_said(Warned(Code.IDENTIFIER_LIKE, names))


def test_every_size_that_was_measured_lies_within_the_chart() -> None:
    figure = chart_of(examples.load("payment_fraud"))
    (points,) = (each for each in figure.marks if isinstance(each, Points))
    for axis, values in ((figure.x, points.x), (figure.y, points.y)):
        assert axis.low < min(values)
        assert max(values) < axis.high
