"""`groundwork choose`: among saved proposals, under limits from a file."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

import pytest

from app.choosing import pool
from app.choosing.record import as_set, prior_from
from app.choosing.studying import studied
from app.cli import main
from app.session.bounded import Kept
from db import Filters, Store, open_store
from scoping import examples, read, to_dict
from scoping.portfolio import Candidate, scenario_of
from scoping.portfolio.keeping import MADE_BY
from scoping.record import FEWEST_DECIDED, Realised

DEAR, CHEAP = "visual_inspection", "invoice_routing"


@pytest.fixture
def saved(pages_store: Store) -> dict[str, str]:
    """Two proposals by their example's name."""
    return {name: pages_store.create(examples.load(name), "Ana").id for name in (DEAR, CHEAP)}


def _limits(folder: Path, text: str) -> str:
    path = folder / "limits.toml"
    path.write_text(text, encoding="utf-8")
    return str(path)


def _chosen(capsys: pytest.CaptureFixture[str], *arguments: str) -> dict[str, object]:
    assert main(["choose", "--json", *arguments]) == 0
    found: dict[str, object] = json.loads(capsys.readouterr().out)
    return found


def test_without_limits_all_that_is_worth_something_is_chosen(
    saved: dict[str, str], capsys: pytest.CaptureFixture[str]
) -> None:
    found = _chosen(capsys)
    assert set(found["chosen"]) | set(found["left"]) == set(saved.values())  # type: ignore[call-overload]
    assert found["gap"] == 0
    assert main(["choose"]) == 0
    said = capsys.readouterr().out
    assert "No other choice that keeps to the limits is better." in said
    assert examples.load(DEAR).title in said


def test_a_title_stands_for_its_proposal(
    saved: dict[str, str], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    limits = _limits(tmp_path, f"must_not = [{json.dumps(examples.load(CHEAP).title)}]")
    assert saved[CHEAP] in _chosen(capsys, "--limits", limits)["left"]  # type: ignore[operator]


def test_a_wider_budget_has_a_price(saved: dict[str, str], tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    found = _chosen(capsys, "--limits", _limits(tmp_path, "budget = [0, 0, 0, 0]"), "--wider", "1e7")
    assert found["chosen"] == {}
    # All four quarters bind: one alone does not help.
    assert found["prices"] == []
    one = _chosen(capsys, "--limits", _limits(tmp_path, "budget = [0]"), "--wider", "1e7")
    assert [each["kind"] for each in one["prices"]] == ["budget"]  # type: ignore[attr-defined]


def test_the_choice_is_explored_when_asked(
    saved: dict[str, str], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    limits = _limits(tmp_path, "budget = [1e6, 1e6, 1e6, 1e6]")
    found = _chosen(capsys, "--limits", limits, "--explore")
    assert set(found["robustness"]) == set(found["forced"]) == set(saved.values())  # type: ignore[call-overload]
    values = [each["value"] for each in found["by_budget"]]  # type: ignore[attr-defined]
    assert values == sorted(values)
    assert main(["choose", "--limits", limits, "--explore"]) == 0
    said = capsys.readouterr().out
    assert "With 50% of the budget" in said
    assert said.count("of the scenarios;") == len(saved)


def test_limits_that_conflict_are_named(
    saved: dict[str, str], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    title = json.dumps(examples.load(DEAR).title)
    limits = _limits(tmp_path, f"must = [{title}]\nmust_not = [{title}]\nat_once = 5")
    assert main(["choose", "--limits", limits]) == 1
    said = capsys.readouterr().out
    assert "These alone conflict already:" in said
    assert said.count("  - ") == 2
    assert "must not be done" in said
    assert main(["choose", "--limits", limits, "--json"]) == 1
    found = json.loads(capsys.readouterr().out)["conflict"]
    assert [each["kind"] for each in found] == ["must", "must_not"]
    assert "must not be done" in found[1]["said"]


def test_a_currency_without_a_rate_is_named_and_not_counted(
    saved: dict[str, str], pages_store: Store, capsys: pytest.CaptureFixture[str]
) -> None:
    yen = read({**to_dict(examples.load(CHEAP)), "title": "Yen", "currency": "JPY"})
    other = pages_store.create(yen, "Ana")
    found = _chosen(capsys)
    assert found["not_counted"] == ["Yen: no rate for JPY"]
    pages_store.rates.set("JPY", 0.006, date(2026, 1, 1), "Ana")
    counted = _chosen(capsys, other.id)
    whole = _chosen(capsys, saved[CHEAP])
    assert counted["value"] == pytest.approx(0.006 * float(str(whole["value"])))


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("budget = 5", "budget"),
        ("budgets = [5]", "budgets"),
        ("budget = [-5]", "budget"),
        ("budget = [nan]", "budget.0: nan"),
        ("must = ['Nothing']", "Nothing"),
        ("needs = [['A']]", "needs"),
        ("at_once = 1.5", "at_once"),
        ("budget = [", "TOML"),
    ],
)
def test_limits_that_cannot_be_meant_are_refused_in_words(
    text: str, said: str, saved: dict[str, str], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["choose", "--limits", _limits(tmp_path, text)]) == 2
    assert said in capsys.readouterr().err


def test_what_is_no_text_is_refused_too(
    saved: dict[str, str], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "limits.toml").write_bytes(b"\xff\xfe\x00")
    assert main(["choose", "--limits", str(tmp_path / "limits.toml")]) == 2
    assert "TOML" in capsys.readouterr().err
    assert main(["choose", "--limits", str(tmp_path / "none.toml")]) == 1
    assert "none.toml" in capsys.readouterr().err


def test_a_file_sets_what_the_command_does_not(
    saved: dict[str, str], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    limits = _limits(tmp_path, "pilots = true\nshrunk = false\nlatest_start = 3\nat_once = 1")
    found = _chosen(capsys, "--limits", limits)
    starts = [each["chosen"]["start"] for each in found["proposals"].values() if each["chosen"]]  # type: ignore[attr-defined]
    assert sorted(starts) == [0, 3]
    over = _chosen(capsys, "--limits", limits, "--latest-start", "0")
    assert len(over["chosen"]) == 1  # type: ignore[arg-type]


def test_pilots_are_offered_unless_somebody_says_no(saved: dict[str, str], capsys: pytest.CaptureFixture[str]) -> None:
    piloted = _chosen(capsys, "--as-estimated")["chosen"][saved[DEAR]]  # type: ignore[index]
    whole = _chosen(capsys, "--as-estimated", "--without-pilots")["chosen"][saved[DEAR]]  # type: ignore[index]
    assert piloted["value"] > whole["value"]
    assert "pilot first" in piloted["alternative"]


def test_what_is_believed_and_which_pilots_come_first_is_told(
    saved: dict[str, str], pages_store: Store, capsys: pytest.CaptureFixture[str]
) -> None:
    pages_store.create(examples.load("pump_maintenance"), "Ana")
    assert main(["choose", "--explore"]) == 0
    said = capsys.readouterr().out
    assert "Such proposals are worth" in said
    assert "give or take" in said
    assert "Pilot 1: " in said
    assert main(["choose", *saved.values()]) == 0
    assert "fewer than three proposals" in capsys.readouterr().out


def test_nothing_of_the_solver_stands_in_what_programs_read(
    saved: dict[str, str], capfd: pytest.CaptureFixture[str]
) -> None:
    assert main(["choose", "--json", "--explore"]) == 0
    assert set(json.loads(capfd.readouterr().out)["whole"]) >= {"value", "believed", "timeline", "by_risk"}


def test_a_later_start_that_cannot_be_meant_is_refused(
    saved: dict[str, str], capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["choose", "--latest-start", "61"]) == 2
    assert "latest_start" in capsys.readouterr().err


def test_only_what_bears_a_tag_or_says_so_in_an_own_field_is_chosen_among(
    pages_store: Store, capsys: pytest.CaptureFixture[str]
) -> None:
    fields = [{"id": "centre", "title": "Centre", "kind": "choice", "choices": ["IT", "Works"]}]
    made = {}
    for name, centre in ((DEAR, "IT"), (CHEAP, "Works")):
        document = to_dict(examples.load(name))
        said = {"tags": [name], "own": {"centre": centre}, "organisation": {"version": 1, "fields": fields}}
        made[name] = pages_store.create(read({**document, **said}), "Ana").id
    for asked in (
        ["--tag", CHEAP],
        ["--own", "centre=Works"],
        ["--tag", CHEAP, "--tag", DEAR, "--own", "centre=Works"],
    ):
        found = _chosen(capsys, *asked)
        assert {*found["chosen"], *found["left"]} == {made[CHEAP]}  # type: ignore[misc]
    with pytest.raises(SystemExit):
        main(["choose", "--own", "centre"])
    assert "short name of an own field" in capsys.readouterr().err


def test_proposals_are_named_by_id_or_by_their_title(
    saved: dict[str, str], pages_store: Store, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    title = examples.load(CHEAP).title
    limits = _limits(tmp_path, f"proposals = [{json.dumps(title)}, {json.dumps(saved[CHEAP])}]")
    found = _chosen(capsys, "--limits", limits)
    assert {*found["chosen"], *found["left"]} == {saved[CHEAP]}  # type: ignore[misc]
    pages_store.archive(saved[CHEAP])
    assert set(_chosen(capsys, saved[CHEAP])["proposals"]) == {saved[CHEAP]}  # type: ignore[call-overload]
    for _ in range(2):
        pages_store.create(examples.load(CHEAP))
    assert main(["choose", "--limits", limits]) == 2
    assert "the title of several" in capsys.readouterr().err
    assert main(["choose", "Nothing"]) == 1
    assert main(["choose", saved[DEAR], "--tag", "x"]) == 2
    assert "leave out --tag" in capsys.readouterr().err


def test_a_step_of_prices_in_the_file_is_priced(
    saved: dict[str, str], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    limits = _limits(tmp_path, "budget = [0]\nprice_step = 1e7")
    assert [each["kind"] for each in _chosen(capsys, "--limits", limits)["prices"]] == ["budget"]  # type: ignore[attr-defined]


def test_what_was_valued_is_read_by_the_next_command_with_the_same_figures(
    saved: dict[str, str], pages_store: Store, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    first = _chosen(capsys)
    monkeypatch.setattr(pool, "_kept", Kept[pool._Key, Candidate](9))
    monkeypatch.setattr(pool, "candidate_of", lambda *_: pytest.fail("is valued again"))
    assert _chosen(capsys) == first
    assert len([*pages_store.valuing.found(saved.values(), MADE_BY)]) == 2


def test_the_prior_of_the_track_record_is_that_of_the_page(
    saved: dict[str, str], capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    known = [Realised(str(each), 0.4, 0.2, 0.1, 0.02 * each) for each in range(FEWEST_DECIDED)]
    monkeypatch.setattr("app.cli.commands.choose.record_of", lambda *_, **__: known[1:])
    assert main(["choose", "--prior", "track-record"]) == 2
    assert f"came of {FEWEST_DECIDED - 1} decided proposals; {FEWEST_DECIDED} are needed" in capsys.readouterr().err
    monkeypatch.setattr("app.cli.commands.choose.record_of", lambda *_, **__: known)
    found = _chosen(capsys, "--prior", "track-record")
    pool_now = pool.pool_of(open_store(), pool.rows_of(open_store(), Filters(display="EUR")), "EUR")
    prior = prior_from(known, pool_now.candidates)
    assert prior is not None
    told = found["whole"]["believed"]  # type: ignore[index]
    assert told["prior"] == {"mean": round(prior.prior.mean, 4), "deviation": round(prior.prior.deviation, 4)}
    assert f"{FEWEST_DECIDED} decided proposals of the track record" in told["source"]
    page = studied(pool_now, scenario_of({"prior": as_set(prior)}))
    assert page.choice is not None
    assert found["value"] == page.choice.value
