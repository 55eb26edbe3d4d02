"""The Data step takes a sample in, has it measured, and attaches what was found to the proposal."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from streamlit.testing.v1 import AppTest
from streamlit.testing.v1.element_tree import Selectbox

from app.probing.header import Header
from scoping.document.evidence import plain
from scoping.errors import SourceRefused
from scoping.probe.asked import Classes
from tests.app.acting import Create, Open, press, said
from tests.app.probing.standing_in import Probes, on_the_pages
from tests.documents import proposal
from tests.measured import measured

COLUMNS = ("is_fraud", "amount", "filed_on", "insured_name", "region", "second_opinion")
CLASSES = {
    "is_fraud": Classes(("no", "yes"), (840, 60)),
    "region": Classes(("north", "south", "<b>west</b>"), (500, 300, 100)),
    "amount": Classes(("1", "2"), (400, 500), are_predicted=False),
}


@pytest.fixture
def probes() -> Iterator[Probes]:
    with on_the_pages(Header(COLUMNS, CLASSES)) as found:
        yield found


@pytest.fixture
def step(create: Create, open_step: Open, probes: Probes) -> AppTest:
    """The Data step of a proposal without evidence, its panel open."""
    saved = create(proposal())
    test = open_step(saved, "data")
    test.session_state[f"{saved.id}:measure"] = True
    return test.run()


def with_file(test: AppTest, name: str = "claims.csv", content: bytes = b"is_fraud,amount\n1,2\n") -> AppTest:
    assert not test.exception
    test.file_uploader[0].set_value((name, content, "text/csv"))
    return test.run()


def choose(test: AppTest, label: str, value: str) -> AppTest:
    return next(each for each in test.selectbox if each.label == label).set_value(value).run()


def measuring(test: AppTest) -> AppTest:
    """A sample has been described, and its probe is under way."""
    if test.file_uploader:
        with_file(test)
    choose(test, "Column to predict", "is_fraud")
    choose(test, "Time of a row", "filed_on")
    choose(test, "Second label", "second_opinion")
    test.multiselect[-1].set_value(["insured_name"])
    return press(test.run(), "Measure")


def test_the_step_is_not_longer_until_somebody_opens_the_panel(create: Create, open_step: Open) -> None:
    test = open_step(create(proposal()), "data")
    assert not test.file_uploader
    assert not test.exception


def test_a_sample_is_asked_for_by_the_columns_of_its_header(step: AppTest, probes: Probes) -> None:
    with_file(step)
    assert next(each for each in step.selectbox if each.label == "Column to predict").options == list(COLUMNS)
    press(step, "Measure")
    assert "Column to predict: choose the one" in said(step)
    assert not probes.begun
    measuring_of = measuring(step)
    assert not measuring_of.exception
    roles = probes.begun[0].asked.roles
    assert (roles.target, roles.time, roles.second_label) == ("is_fraud", "filed_on", "second_opinion")
    assert roles.personal == ("insured_name",)
    assert probes.begun[0].asked.task is None


def class_that_counts(test: AppTest) -> Selectbox | None:
    return next((each for each in test.selectbox if each.label == "Class that counts"), None)


def test_the_rarer_of_two_classes_counts_unless_another_is_chosen(step: AppTest, probes: Probes) -> None:
    with_file(step)
    assert class_that_counts(step) is None
    choose(step, "Column to predict", "is_fraud")
    offered = class_that_counts(step)
    assert offered is not None
    assert (offered.value, offered.options) == ("yes", ["no (840 rows)", "yes (60 rows)"])
    choose(step, "Class that counts", "no")
    press(step, "Measure")
    assert probes.begun[0].asked.roles.positive == "no"


def test_of_more_classes_one_may_be_told_from_all_others(step: AppTest, probes: Probes) -> None:
    with_file(step)
    choose(step, "Column to predict", "region")
    offered = class_that_counts(step)
    assert offered is not None
    assert offered.value is None
    choose(step, "Class that counts", "<b>west</b>")
    press(step, "Measure")
    assert probes.begun[0].asked.roles.positive == "<b>west</b>"


def test_no_class_is_asked_for_where_a_number_is_predicted(step: AppTest) -> None:
    with_file(step)
    choose(step, "Column to predict", "amount")
    assert class_that_counts(step) is None
    choose(step, "What is predicted", "classification")
    assert class_that_counts(step) is not None
    choose(step, "What is predicted", "regression")
    assert class_that_counts(step) is None


def test_the_classes_of_a_personal_column_are_not_shown_and_it_is_no_target(step: AppTest, probes: Probes) -> None:
    with_file(step)
    choose(step, "Column to predict", "is_fraud")
    step.multiselect[-1].set_value(["is_fraud"])
    step.run()
    assert class_that_counts(step) is None
    assert "yes (60" not in str(step.main)
    press(step, "Measure")
    assert "they cannot be personal columns" in said(step)
    assert not probes.begun


def test_another_sample_has_classes_of_its_own(step: AppTest, probes: Probes) -> None:
    with_file(step)
    choose(step, "Column to predict", "is_fraud")
    choose(step, "Class that counts", "no")
    press(step, "Discard the sample")
    step.session_state[f"{''.join(step.query_params['proposal'])}:measure"] = True
    with_file(step.run())
    choose(step, "Column to predict", "is_fraud")
    offered = class_that_counts(step)
    assert offered is not None
    assert offered.value == "yes"


def test_the_same_column_cannot_be_two_things(step: AppTest, probes: Probes) -> None:
    with_file(step)
    choose(step, "Column to predict", "is_fraud")
    choose(step, "Time of a row", "filed_on")
    choose(step, "Group of a row", "filed_on")
    press(step, "Measure")
    assert "each of them is a column of its own" in said(step)
    assert not probes.begun


def test_progress_is_told_and_a_probe_can_be_cancelled(step: AppTest, probes: Probes) -> None:
    measuring(step)
    assert "Looking for signal" in str([each.proto for each in step.get("progress")])
    press(step, "Cancel")
    assert probes.begun[0].was_cancelled
    assert [each.label for each in step.button if each.label == "Cancel"] == []


def test_the_account_is_attached_listed_and_taken_out_again(step: AppTest, probes: Probes) -> None:
    measuring(step)
    probes.begun[0].is_done = True
    step.run()
    assert "There is signal: gradient boosting reaches ROC AUC 0.87" in said(step)
    assert "“paid_out” predicts the target almost alone" in said(step)
    assert "The sample has been removed." in said(step)
    step.session_state[f"{''.join(step.query_params['proposal'])}:evidence:{measured().id}"] = True
    press(step, "Attach to the proposal")
    assert "There is signal" in said(step), "in its panel, which is open"
    panel = next(each for each in step.expander if "claims.csv" in each.label)
    assert "November 20, 2026" in panel.label
    press(step, "Take out of the proposal")
    assert not any("claims.csv" in each.label for each in step.expander)


def test_what_is_put_aside_is_not_attached(step: AppTest, probes: Probes) -> None:
    measuring(step)
    probes.begun[0].is_done = True
    press(step.run(), "Discard")
    assert not any("claims.csv" in each.label for each in step.expander)
    assert probes.samples.of("", "") is None


def test_a_refusal_is_told_in_words(step: AppTest, probes: Probes) -> None:
    measuring(step)
    probes.begun[0].failure = SourceRefused("The target [x](y) has one value only.")
    probes.begun[0].is_done = True
    step.run()
    assert "The target [x](y) has one value only." in said(step)
    press(step, "Try another sample")
    assert step.file_uploader


def test_a_file_without_a_header_is_refused_and_not_held(step: AppTest, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object) -> Header:
        raise SourceRefused("claims.csv is empty.")

    monkeypatch.setattr("app.views.parts.measuring.read_header", refuse)
    with_file(step)
    assert "claims.csv is empty." in said(step)
    assert not [each for each in step.selectbox if each.label == "Column to predict"]


def test_an_evidence_document_made_elsewhere_is_attached_once(step: AppTest) -> None:
    import json

    document = json.dumps(plain(measured())).encode()
    step.file_uploader[1].set_value(("evidence.json", document, "application/json"))
    step.run()
    assert any("claims.csv" in each.label for each in step.expander)
    step.file_uploader[1].set_value(("evidence.json", document, "application/json"))
    step.run()
    assert "This evidence is attached already." in said(step)


def test_what_is_no_evidence_is_refused_by_place_and_reason(step: AppTest) -> None:
    step.file_uploader[1].set_value(("evidence.json", b'{"evidence_version": 1}', "application/json"))
    step.run()
    assert "This is no evidence document:" in said(step)
    assert "source" in said(step)


def test_the_server_says_how_many_run_before(step: AppTest, probes: Probes) -> None:
    import io

    from scoping.probe.asked import Asked, Roles

    for number in range(2):
        other = probes.samples.hold(f"other:{number}", "", "x.csv", io.BytesIO(b""))
        probes.samples.ask(other, Asked(str(other.path), Roles("x")))
    measuring(step)
    assert "2 other probes are running or waiting on this server" in said(step)
    assert len(probes.begun) == 2
