"""The page Choose: nothing there, one proposal, limits that conflict, hidden proposals, and each role."""

from __future__ import annotations

import json
import re
import time
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

from app.choosing.pool import pool_of, rows_of, unvalued
from app.cli import main
from app.door.settings import Door, Mode
from app.exports.scenario import settings_of
from app.session import identity
from app.session.bounded import Kept
from app.views.parts import choose_limits
from db import (
    Claims,
    Filters,
    Role,
    Saved,
    Scenario,
    ScenarioDecisionRequest,
    ScenarioOutcome,
    ScenarioRequest,
    Store,
    Valued,
)
from scoping import content_hash
from scoping.organisation import read_organisation
from scoping.portfolio.keeping import MADE_BY
from scoping.portfolio.scenario import GivenPrior
from scoping.portfolio.scenario import Scenario as Settings
from scoping.record import FEWEST_DECIDED, Realised
from tests.app.acting import Create, open_page, press, said
from tests.app.conftest import start
from tests.db.people import claims, enter
from tests.documents import CERTAIN, UNCERTAIN, proposal

SignIn = Callable[[Role], None]


@pytest.fixture
def sign_in(monkeypatch: pytest.MonkeyPatch) -> SignIn:
    """Whoever looks at the pages from now on."""
    for module in ("app.session.identity", "app.views.parts.door"):
        monkeypatch.setattr(f"{module}.door", lambda: Door(Mode.OPENID))

    def run(role: Role) -> None:
        def found() -> Claims:
            return claims("Me", role)

        monkeypatch.setattr(identity, "_claims", found)

    return run


def shown(settings: dict[str, Any] | None = None, **address: str) -> AppTest:
    test = start()
    for name, value in address.items():
        test.query_params[name] = value
    if settings is not None:
        test.query_params["set"] = json.dumps(settings)
    return open_page(test, "choose")


def listed(**address: str) -> AppTest:
    """The portfolio under an address."""
    test = start()
    for name, value in address.items():
        test.query_params[name] = value
    return open_page(test, "portfolio")


def field(test: AppTest, label: str) -> Any:
    return next(each for each in (*test.text_input, *test.text_area) if each.label == label)


def set_in(test: AppTest) -> Any:
    """What the address says is set."""
    found = test.query_params["set"]
    return json.loads(found[0] if isinstance(found, list) else found)


def labels(test: AppTest) -> set[str]:
    return {each.label for each in test.button}


def kept(store: Store, *saved: Saved, name: str = "Next year") -> Scenario:
    """A scenario as the page keeps it, with the figures of a choice."""
    from app.choosing.studying import result

    pool = pool_of(store, rows_of(store, Filters(display="EUR")), "EUR")
    figures = result(pool, Settings()).figures()
    return store.scenarios.create(ScenarioRequest(name, {}, {each.id: each.version for each in saved}, figures, "EUR"))


@pytest.mark.usefixtures("pages_store")
def test_where_there_is_nothing_it_says_what_the_page_is_for_and_the_way_on() -> None:
    test = shown()
    assert not test.exception
    assert "You have more good proposals than money and people" in said(test)
    assert "There is no proposal yet" in said(test)
    assert "No scenario is saved yet" in said(shown(part="saved"))
    assert "Save two scenarios first" in said(shown(part="compare"))
    assert "There is no scenario none" in said(shown(scenario="none"))


def test_one_proposal_is_chosen_and_its_figures_stand_there(create: Create) -> None:
    create(proposal(CERTAIN, title="A *kiln*"))
    test = shown()
    assert not test.exception
    assert "1 proposal to choose among." in said(test)
    assert "A *kiln*" in said(test)
    assert "fewer than three proposals" in said(test)
    assert {each.label: each.value for each in test.metric}["Proposals done"] == "1"


def test_what_cannot_be_read_is_told_beside_its_field_and_changes_nothing(create: Create) -> None:
    create(proposal(CERTAIN))
    test = shown({"budget": [100_000]})
    box = field(test, "Budget of each quarter, in EUR")
    assert box.value == "100,000"
    test = box.set_value("100,000; lots").run()
    assert "quarter 2: “lots” is not a number" in said(test)
    assert field(test, "Budget of each quarter, in EUR").value == "100,000; lots"
    assert set_in(test) == {"budget": [100_000]}
    test = field(test, "Budget of each quarter, in EUR").set_value("5000; 6000").run()
    assert not test.error
    assert set_in(test) == {"budget": [5_000, 6_000]}


@pytest.mark.parametrize(
    ("text", "wrong", "budget"),
    [
        ("{", "All of it: “{” is nothing that can be set", ""),
        ("[" * 5000, "All of it: “[[[", ""),
        ('{"unknown": 1, "budget": [5]}', "unknown is nothing that can be set here", "5"),
        ('{"budget": [-1, 7], "at_once": "x"}', "Budget of each quarter, quarter 1: “-1” must be a number", "—; 7"),
    ],
)
def test_of_an_address_that_says_nonsense_the_bad_parts_are_named_and_the_rest_counts(
    create: Create, text: str, wrong: str, budget: str
) -> None:
    create(proposal(CERTAIN))
    test = shown(set=text)
    assert not test.exception
    assert "1 proposal to choose among." in said(test)
    assert wrong in said(test)
    assert field(test, "Budget of each quarter, in EUR").value == budget


def test_limits_that_conflict_are_named_and_nothing_crashes(create: Create) -> None:
    saved = create(proposal(CERTAIN, title="A kiln"))
    test = shown({"must": [saved.id], "budget": [1, 1, 1, 1]})
    assert not test.exception
    assert "The limits conflict" in said(test)
    assert "A kiln must be done" in said(test)
    assert "Save as a new scenario" in labels(test)


def test_a_rule_about_a_proposal_that_is_not_there_is_told_and_left_out(create: Create) -> None:
    create(proposal(CERTAIN))
    test = shown({"must": ["gone"], "needs": [["gone", "other"]]})
    assert not test.exception
    assert "2 rules are about proposals that are not among these" in "".join(each.value for each in test.warning)


def test_what_has_no_rate_or_no_figures_is_named(create: Create) -> None:
    create(proposal(CERTAIN, title="In euros"))
    create(proposal(CERTAIN, title="In francs", currency="CHF"))
    create(proposal({"title": "Empty", "currency": "EUR"}))
    text = said(shown())
    assert "Nobody said what the currency is worth; set a rate in Settings: In francs" in text
    assert "Nothing can be valued yet: Empty" in text


def test_a_scenario_is_saved_shown_changed_and_saved_again(create: Create, pages_store: Store) -> None:
    create(proposal(CERTAIN, title="A kiln"))
    test = shown({"at_once": 1})
    field(test, "Name of the scenario").set_value("Next *year*").run()
    test = press(test, "Save as a new scenario")
    (made,) = pages_store.scenarios.list().rows
    assert (made.name, made.document, made.version) == ("Next *year*", {"at_once": 1}, 1)
    test = shown(scenario=made.id)
    assert "Next *year*" in said(test)
    assert "At most 1 are worked on at once." in said(test)
    test = press(test, "Change it, or try others")
    assert "Save as version 2 of Next *year*" in {each.replace("\\", "") for each in labels(test)}
    test = press(test, "Save as version 2 of Next *year*")
    assert pages_store.scenarios.get(made.id).version == 2


def test_a_name_is_asked_for_and_nothing_is_saved_without(create: Create, pages_store: Store) -> None:
    create(proposal(CERTAIN))
    test = press(shown(), "Save as a new scenario")
    assert "Name: say what this scenario is called." in said(test)
    assert pages_store.scenarios.list().total == 0


def test_an_approval_says_when_a_proposal_has_changed_since(create: Create, pages_store: Store) -> None:
    saved = create(proposal(CERTAIN, title="A kiln"))
    made = kept(pages_store, saved)
    request = ScenarioDecisionRequest(1, ScenarioOutcome.APPROVED, "It fits", 0, "Bo")
    pages_store.scenarios.decide(made.id, request)
    pages_store.save(saved.id, proposal(CERTAIN, title="A larger kiln"), 1)
    text = said(shown(scenario=made.id))
    assert "Approved on version 1 by Bo (name typed)" in text
    assert "Changed since this was computed: A kiln." in text
    assert "Changed since this was computed" in said(shown(part="saved"))


def test_of_a_hidden_proposal_the_page_tells_only_that_there_is_one(pages_store: Store, sign_in: SignIn) -> None:
    owner = pages_store.acting_for(enter(pages_store, "Owner", Role.APPROVER))
    one, two = (owner.create(proposal(CERTAIN, title=title)) for title in ("A kiln", "A secret"))
    made, other = kept(owner, one, two), kept(owner, one, name="Without it")
    owner.sharing.restrict(two.id, True)
    sign_in(Role.APPROVER)
    for test in (
        shown(),
        shown(part="saved"),
        shown(scenario=made.id),
        shown(part="compare", scenarios=made.id),
        shown({"must": [two.id]}),
    ):
        assert not test.exception
        assert "A secret" not in said(test)
    text = said(shown(scenario=made.id))
    assert "1 proposal of this scenario is hidden from you" in text
    assert "Somebody decides who may see every proposal" in text
    assert not shown(scenario=made.id).metric
    assert other.name in "".join(each.label for each in shown(part="saved").button)


@pytest.mark.parametrize("role", Role)
def test_what_a_role_may_not_do_is_not_offered(role: Role, pages_store: Store, sign_in: SignIn) -> None:
    owner = pages_store.acting_for(enter(pages_store, "Owner", Role.APPROVER))
    made = kept(owner, owner.create(proposal(CERTAIN)))
    sign_in(role)
    choice, one = shown(), shown(scenario=made.id)
    assert not choice.exception
    assert not one.exception
    assert ("Save as a new scenario" in labels(choice)) == (role is not Role.VIEWER)
    assert ("Archive" in labels(one)) == (role is not Role.VIEWER)
    assert ("Check and sign" in labels(one)) == (role in (Role.APPROVER, Role.ADMINISTRATOR))


def test_a_proposal_is_valued_once_for_each_version_whoever_asks(pages_store: Store) -> None:
    saved = pages_store.create(proposal(CERTAIN))
    rows = rows_of(pages_store, Filters(display="EUR"))
    assert len(unvalued(pages_store, rows)) == 1
    first = pool_of(pages_store, rows, "EUR").candidates[0]
    assert not unvalued(pages_store, rows)
    other = pages_store.acting_for(enter(pages_store, "Other", Role.VIEWER))
    assert pool_of(other, rows_of(other, Filters(display="EUR")), "EUR").candidates[0] is first
    pages_store.save(saved.id, proposal(CERTAIN, title="Another"), 1)
    assert len(unvalued(pages_store, rows_of(pages_store, Filters(display="EUR")))) == 1


def test_what_is_kept_is_bounded_and_what_was_asked_for_last_stays() -> None:
    kept: Kept[str, int] = Kept(2)
    for name in "ab":
        kept.put(name, ord(name))
    assert kept.found("a", lambda: 0) == ord("a")
    assert kept.found("c", lambda: 3) == 3
    assert ("a" in kept, "b" in kept, len(kept)) == (True, False, 2)


def test_many_that_nobody_has_valued_are_valued_when_somebody_says_so(
    create: Create, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("app.views.parts.choose_valuing._UNASKED", 1)
    monkeypatch.setattr("app.views.parts.choose_valuing._WHILE_DRAWN", 1)
    for title in ("One", "Two"):
        create(proposal(CERTAIN, title=title))
    test = shown()
    assert "2 of these proposals have not been valued" in said(test)
    assert "about 10 seconds" in said(test)
    assert not test.metric
    test = press(test, "Value them now")
    while not test.metric:
        assert "You can leave this page" in said(test)
        time.sleep(0.2)
        test = test.run()
    assert "have not been valued" not in said(test)


def test_what_was_valued_is_there_after_a_restart(
    create: Create, pages_store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    saved = create(proposal(CERTAIN, title="One"))
    before = shown().metric[0].value
    monkeypatch.setattr("app.choosing.pool._kept", Kept(9))
    monkeypatch.setattr("app.choosing.pool.candidate_of", None)
    assert shown().metric[0].value == before
    monkeypatch.undo()

    monkeypatch.setattr("app.choosing.pool._kept", Kept(9))
    pages_store.valuing.keep(Valued(saved.id, content_hash(saved.proposal), b"no figures"), MADE_BY)
    assert shown().metric[0].value == before, "what cannot be read is worked out again"
    (again,) = pages_store.valuing.found([saved.id], MADE_BY)
    assert again.content != b"no figures"


def test_one_number_of_people_holds_for_every_month(create: Create) -> None:
    create(proposal({**CERTAIN, "resources": [{"name": "Data engineer", "share": 0.5, "months": 3}]}))
    test = field(shown(), "Data engineer").set_value("2").run()
    people = set_in(test)["people"]
    assert people == {"Data engineer": [2] * choose_limits._MONTHS}
    assert field(test, "Data engineer").value == "2"
    test = field(test, "Data engineer").set_value("1; –; 2").run()
    assert set_in(test)["people"] == {"Data engineer": [1, None, 2]}
    assert field(test, "Data engineer").value == "1; —; 2"
    test = field(test, "Data engineer").set_value("").run()
    assert "people" not in set_in(test)


def test_what_such_proposals_are_worth_stands_beside_where_it_comes_from(create: Create) -> None:
    for title in ("One", "Two", "Three"):
        create(proposal(CERTAIN, title=title))
    text = said(shown())
    assert re.search(r"Such proposals are worth \S+ of the money that they move, .*That is found in these 3\.", text)


def drawn(test: AppTest) -> list[str]:
    """What stands over or beside every field."""
    kinds = ("text_input", "number_input", "toggle", "multiselect", "selectbox", "radio", "select_slider")
    return [
        *(str(each.label) for kind in kinds for each in test.get(kind)),
        *(str(each.value) for each in test.caption),
    ]


def test_every_setting_has_a_field_on_the_page(create: Create) -> None:
    """A field of Scenario, or a figure of a given prior, that the page has not is named here."""
    create(proposal({**CERTAIN, "resources": [{"name": "Data engineer", "share": 0.5, "months": 3}]}))
    test = shown({"prior": {"mean": 0.1, "deviation": 0.2}})
    labels = drawn(test)
    known = {name: str(info.title) for name, info in Settings.model_fields.items()}
    figures = {f"prior.{name}": str(GivenPrior.model_fields[name].title) for name in ("mean", "deviation")}
    missing = [
        name for name, title in {**known, **figures}.items() if not any(each.startswith(title) for each in labels)
    ]
    assert missing == []


def test_what_is_seldom_set_stands_in_the_address_and_counts(create: Create) -> None:
    one, two = (create(proposal(UNCERTAIN, title=title)) for title in ("A kiln", "A ferry"))
    test = shown({"groups": [[one.id, two.id]]})
    assert "A kiln, A ferry do well and badly together." in said(test)
    assert "At 0% these sets change nothing" in said(test)
    test = field(test, "How strongly they move together").set_value("40").run()
    test = field(test, "Scenarios that count as the worst").set_value("5 %").run()
    test = field(test, "Price a wider budget by, EUR").set_value("25k").run()
    assert set_in(test) == {
        "groups": [[one.id, two.id]], "correlation": 0.4, "worst_share": 0.05, "price_step": 25_000
    }  # fmt: skip
    assert "in the worst 5% of the scenarios" in said(test)
    test = field(test, "Scenarios that count as the worst").set_value("200 %").run()
    assert "must be a number from 0.1% to 100%" in said(test)
    test = field(test, "Scenarios that count as the worst").set_value("").run()
    assert "worst_share" not in set_in(test)


def test_a_given_prior_counts_once_both_figures_are_there(create: Create) -> None:
    create(proposal(CERTAIN))
    test = shown()
    test = test.radio(key="choice:prior").set_value("given").run()
    test = field(test, "Mean").set_value("12%").run()
    assert "Both figures are needed" in said(test)
    assert field(test, "Mean").value == "12%"
    test = field(test, "Deviation").set_value("20%").run()
    assert set_in(test)["prior"] == {"mean": 0.12, "deviation": 0.2}
    assert "That was given." in said(test)
    test = test.radio(key="choice:prior").set_value("own").run()
    assert "prior" not in set_in(test)


def _decided(many: int) -> list[Realised]:
    return [Realised(str(each), 0.4, 0.2, 0.1, 0.02 * each) for each in range(many)]


def test_the_track_record_says_what_such_proposals_are_worth_where_it_knows_enough(
    create: Create, monkeypatch: pytest.MonkeyPatch
) -> None:
    create(proposal(CERTAIN))
    monkeypatch.setattr("app.views.parts.choose_prior.record_of", lambda *_, **__: _decided(FEWEST_DECIDED - 1))
    test = shown().radio(key="choice:prior").set_value("track record").run()
    assert f"came of {FEWEST_DECIDED - 1} decided proposals; {FEWEST_DECIDED} are needed" in said(test)
    assert "prior" not in dict(test.query_params).get("set", "")
    monkeypatch.setattr("app.views.parts.choose_prior.record_of", lambda *_, **__: _decided(FEWEST_DECIDED))
    test = shown().radio(key="choice:prior").set_value("track record").run()
    kept = set_in(test)["prior"]
    assert (kept["origin"], kept["decided"]) == ("track record", FEWEST_DECIDED)
    assert 0 < kept["error"] < kept["deviation"]
    assert f"That is what came of {FEWEST_DECIDED} decided proposals of the track record" in said(test)
    assert "On average those came to 31% of their money less than was signed." in said(test)
    again = shown({"prior": kept})
    assert f"Found in {FEWEST_DECIDED} decided proposals" in said(again)
    assert set_in(again)["prior"] == kept


def test_of_two_who_change_one_scenario_the_second_is_told_whose_is_there_and_loses_nothing(
    create: Create, pages_store: Store
) -> None:
    saved = create(proposal(CERTAIN, title="A kiln"))
    made = kept(pages_store, saved)
    mine = shown({"at_once": 1}, **{"from": f"{made.id}:1"})
    field(mine, "Note").set_value("All that I thought of").run()
    theirs = ScenarioRequest("Theirs", {}, {saved.id: 1}, dict(made.figures), "EUR")
    pages_store.scenarios.save(made.id, theirs, 1, "Bo")
    mine = press(mine, "Save as version 2 of Next year")
    assert "Bo saved version 2 of Theirs since you opened it (proposals done: 1;" in said(mine)
    assert field(mine, "Note").value == "All that I thought of"
    assert set_in(mine) == {"at_once": 1}
    assert pages_store.scenarios.get(made.id).version == 2
    mine = press(mine, "Save yours after theirs, as version 3")
    mine = press(mine, "Save as version 3 of Theirs")
    newest = pages_store.scenarios.get(made.id)
    assert (newest.version, newest.note, newest.document) == (3, "All that I thought of", {"at_once": 1})
    assert pages_store.scenarios.get(made.id, 2).name == "Theirs"


def test_tags_and_own_fields_filter_what_is_chosen_among_and_stand_in_the_address(
    create: Create, pages_store: Store
) -> None:
    choices = [{"id": "centre", "title": "Cost *centre*", "kind": "choice", "choices": ["IT", "Works"]}]
    laid_down = read_organisation({"organisation_version": 1, "fields": choices})
    pages_store.organisation.save(laid_down, 0, "Asked for", "Ana")
    declared = {**CERTAIN, "organisation": {"version": 1, "fields": choices}}
    create(proposal(declared, title="A kiln", tags=["energy"], own={"centre": "IT"}))
    create(proposal(declared, title="A ferry", tags=["harbour"], own={"centre": "Works"}))
    by = {each.label.replace("\\", ""): each for each in shown().multiselect}
    assert list(by["Tag"].options) == ["energy", "harbour"]
    assert list(by["Cost *centre*"].options) == ["IT", "Works"]
    for address in ({"tag": "energy"}, {"own.centre": "IT"}, {"tag": "energy", "own.centre": "IT"}):
        choice, portfolio = shown(**address), listed(**address)
        assert not choice.exception
        assert not portfolio.exception
        assert "A kiln" in said(choice)
        assert "A ferry" not in said(choice)
        assert "\n1 proposal\n" in said(portfolio)


def test_of_a_scenario_that_another_version_kept_what_can_be_read_counts_and_the_rest_is_told(
    create: Create, pages_store: Store
) -> None:
    saved = create(proposal(CERTAIN, title="A kiln"))
    document = {"budget": [5e6, "much"], "at_once": 3, "weather": "mild", "risk_weight": 7}
    made = pages_store.scenarios.create(
        ScenarioRequest("Of tomorrow", document, {saved.id: 1}, dict(kept(pages_store, saved).figures), "EUR")
    )
    test = shown(scenario=made.id)
    assert "At most 3 are worked on at once." in said(test)
    assert "cannot read: Budget of each quarter, quarter 2; How much risk counts; weather." in said(test)
    test = press(test, "Change it, or try others")
    assert not test.exception
    assert set_in(test) == {"budget": [5_000_000, None], "at_once": 3}


def test_all_that_is_set_is_kept_and_the_command_chooses_the_same(
    create: Create, pages_store: Store, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    titles = ("A kiln", "A ferry", "A mill", "A quay")
    one, two, three, four = (
        create(proposal(UNCERTAIN, title=title, tags=["in"], resources=[{"name": "Data  engineer", "share": 1.0}])).id
        for title in titles
    )
    wanted = Settings.model_validate({
        "budget": [9e6, None, 5e6], "people": {"data engineer": [2, None, 1]}, "at_once": 2, "must": [one],
        "must_not": [four], "needs": [[two, one]], "either_or": [[two, three]], "risk_weight": 0.25, "worst_share": 0.2,
        "groups": [[one, two]], "correlation": 0.4, "same_costs": False, "shared_inputs": ["Cases"], "pilots": False,
        "latest_start": 6, "prior": {"mean": 0.05, "deviation": 0.2}, "price_step": 1000.0,
    })  # fmt: skip
    unset = {name for name in Settings.model_fields if name not in wanted.model_dump(exclude_defaults=True)}
    assert unset == {"proposals", "shrunk"}, "only what turns the others off"
    test = shown(wanted.model_dump(mode="json", exclude_defaults=True))
    assert not test.exception
    field(test, "Name of the scenario").set_value("All of it").run()
    press(test, "Save as a new scenario")
    (made,) = pages_store.scenarios.list().rows
    assert Settings.model_validate(made.document) == wanted
    assert settings_of(made) == wanted
    file = tmp_path / "limits.toml"
    file.write_text(as_toml(made.document), encoding="utf-8")
    assert main(["choose", "--json", "--limits", str(file)]) == 0
    found, whole = json.loads(capsys.readouterr().out), made.figures["whole"]
    assert found["value"] == pytest.approx(whole["value"], rel=1e-9)
    assert found["shortfall"] == pytest.approx(whole["shortfall"], rel=1e-9)
    told = made.figures["proposals"]
    assert {*found["chosen"]} == {name for name, each in told.items() if each.get("way")}


def as_toml(document: Mapping[str, Any]) -> str:
    """What was kept, as people write it down: no limit is inf there."""
    return "\n".join(f"{name} = {_in_toml(value)}" for name, value in document.items())


def _in_toml(value: Any) -> str:
    if isinstance(value, dict):
        return "{" + ", ".join(f"{json.dumps(name)} = {_in_toml(each)}" for name, each in value.items()) + "}"
    if isinstance(value, list):
        return "[" + ", ".join(map(_in_toml, value)) + "]"
    return "inf" if value is None else json.dumps(value)


def test_a_rule_about_a_proposal_that_a_filter_hides_stays_when_another_one_is_set(create: Create) -> None:
    hidden = create(proposal(CERTAIN, title="A kiln", tags=["energy"])).id
    seen = create(proposal(CERTAIN, title="A ferry", tags=["harbour"])).id
    test = shown({"must": [hidden]}, tag="harbour")
    assert "And 1 that is not among these proposals; it stays." in said(test)
    must = next(each for each in test.multiselect if each.key == "choice:must")
    must.set_value([seen]).run()
    assert not test.exception
    assert set(set_in(test)["must"]) == {hidden, seen}
    must = next(each for each in test.multiselect if each.key == "choice:must")
    must.set_value([]).run()
    assert set_in(test)["must"] == [hidden]


def test_a_weight_between_the_steps_of_its_slider_is_shown_as_it_counts(create: Create) -> None:
    create(proposal(CERTAIN, title="A kiln"))
    slider = next(each for each in shown({"risk_weight": 0.33}).select_slider if each.key == "choice:risk_weight")
    assert (slider.value, "33%" in slider.options) == (0.33, True)


def test_many_settings_are_taken_up_from_a_scenario_though_no_address_holds_them(
    create: Create, pages_store: Store
) -> None:
    saved = [create(proposal(CERTAIN, title=f"Number {number}")) for number in range(12)]
    ids = [each.id for each in saved]
    pairs = [[one, other] for at, one in enumerate(ids) for other in ids[:at]]
    figures = dict(kept(pages_store, saved[0]).figures)
    versions = {each.id: each.version for each in saved}
    made = pages_store.scenarios.create(ScenarioRequest("Many", {"either_or": pairs}, versions, figures, "EUR"))
    test = press(shown(scenario=made.id), "Change it, or try others")
    assert not test.exception
    assert "set" not in test.query_params
    assert len([each for each in test.button if each.label == "Remove"]) == len(pairs)
