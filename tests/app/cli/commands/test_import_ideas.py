"""`groundwork import-ideas`: all ideas of a file or none, each refused cell by its place."""

from __future__ import annotations

from contextlib import closing
from pathlib import Path

import pytest

from app.cli import main
from db import open_store
from scoping.intake import Idea
from scoping.reports.idea_template import template
from scoping.text.languages import ENGLISH

IDEAS = [Idea("Forms", "Typed twice", "Hold"), Idea("Mail", "Carried by hand", "To the right desk")]


def waiting() -> int:
    with closing(open_store()) as store:
        return store.intake.waiting()


@pytest.mark.parametrize("ending", ["xlsx", "csv"])
def test_the_ideas_of_a_file_are_proposed(ending: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / f"ideas.{ending}"
    path.write_bytes(template(ending, ENGLISH, IDEAS))
    assert main(["import-ideas", str(path), "--check"]) == 0
    assert waiting() == 0
    assert main(["import-ideas", str(path)]) == 0
    assert [line.split("  ")[1] for line in capsys.readouterr().out.splitlines()] == ["Forms", "Mail"]
    assert waiting() == 2


def test_a_refused_cell_is_named_and_nothing_is_saved(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "ideas.csv"
    path.write_bytes(template("csv", ENGLISH, IDEAS).replace(b"Mail,Carried by hand", b"Mail,"))
    assert main(["import-ideas", str(path)]) == 2
    assert "B3 Problem: must be filled in" in capsys.readouterr().err
    assert waiting() == 0


def test_the_template_is_written_and_its_example_is_no_idea(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "ideas.xlsx"
    assert main(["import-ideas", str(path), "--template"]) == 0
    assert main(["import-ideas", str(path)]) == 2
    assert "There is no idea below the headings." in capsys.readouterr().err
