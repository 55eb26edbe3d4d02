"""`groundwork demo`: the demo portfolio by the door of the buttons, with their refusals."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from datetime import UTC, datetime

import pytest

from app.cli import main
from db import DecisionRequest, DemoProposal, Filters, Store, open_store
from scoping.vocabulary import Outcome, Recommendation
from tests.documents import CERTAIN, proposal


@pytest.fixture
def few(monkeypatch: pytest.MonkeyPatch) -> None:
    """Two proposals instead of all of them: the command is tried, not what it loads."""
    request = DecisionRequest(1, Recommendation.BUILD, Outcome.BUILD, "Ana", alternative="Model")
    day = datetime(2024, 5, 20, tzinfo=UTC)
    made = [DemoProposal(proposal(CERTAIN, title=title), request, day) for title in ("Sort mail", "Plan \x1b[31mstock")]
    monkeypatch.setattr("app.cli.commands.demo.demo_proposals", lambda: made)


@pytest.fixture
def store() -> Iterator[Store]:
    with closing(open_store()) as found:
        yield found


@pytest.mark.usefixtures("few")
def test_it_is_loaded_once_and_removed_and_nothing_else_is_touched(
    store: Store, capsys: pytest.CaptureFixture[str]
) -> None:
    store.create(proposal(CERTAIN, title="Mine"))
    assert main(["demo", "load"]) == 0
    assert "Loaded: 2 proposals" in capsys.readouterr().out
    assert store.count(Filters(demo=True)) == 2
    assert main(["demo", "load"]) == 2
    assert "is here already" in capsys.readouterr().err
    assert main(["demo", "remove"]) == 0
    assert "Removed: 2 proposals" in capsys.readouterr().out
    assert [each.title for each in store.list().rows] == ["Mine"]
    assert main(["demo", "remove"]) == 0


@pytest.mark.usefixtures("few")
def test_what_somebody_changed_in_it_is_named_and_takes_a_word_more(
    store: Store, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["demo", "load"]) == 0
    row = next(each for each in store.list().rows if "stock" in each.title)
    saved = store.get(row.id)
    store.save(saved.id, saved.proposal.model_copy(update={"team": "Ours"}), saved.version)
    capsys.readouterr()
    assert main(["demo", "remove"]) == 2
    told = capsys.readouterr().err
    assert "in 1 of them" in told
    assert "stock" in told
    assert "\x1b" not in told
    assert store.demo.is_here()
    assert main(["demo", "remove", "--changed-too"]) == 0
    assert not store.demo.is_here()


@pytest.mark.usefixtures("few")
def test_files_of_many_hold_no_demo_beside_real_work_and_say_so(
    store: Store, capsysbinary: pytest.CaptureFixture[bytes]
) -> None:
    store.create(proposal(CERTAIN, title="Mine"))
    assert main(["demo", "load"]) == 0
    capsysbinary.readouterr()
    assert main(["export", "portfolio", "--format", "csv", "--output", "-"]) == 0
    told = capsysbinary.readouterr()
    assert b"Mine" in told.out
    assert b"Demo: " not in told.out
    assert b"Not among these: 2 made-up proposals of the demo portfolio." in told.err


@pytest.mark.parametrize("given", [[], ["reload"]])
def test_anything_else_is_refused(given: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        main(["demo", *given])
    assert "load" in capsys.readouterr().err
