"""`groundwork export`: one summary, all of them, in the language that was asked for."""

from __future__ import annotations

import zipfile
from contextlib import closing
from pathlib import Path

import pytest

from app.cli import main
from db import Remark, open_store


def test_summaries_of_all_proposals_come_as_one_file(
    document: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["import", document, document]) == 0
    target = tmp_path / "all.zip"
    assert main(["export", "summaries", "--format", "md", "--language", "de", "--output", str(target)]) == 0
    assert "2 of 2: Predicting" in capsys.readouterr().err
    with zipfile.ZipFile(target) as opened:
        assert len(opened.namelist()) == 2
        assert all("## Empfehlung: Nicht weiterverfolgen" in opened.read(name).decode() for name in opened.namelist())


def test_no_proposal_gives_an_empty_file_of_summaries(tmp_path: Path) -> None:
    target = tmp_path / "all.zip"
    assert main(["export", "summaries", "--format", "pdf", "--output", str(target)]) == 0
    assert zipfile.ZipFile(target).namelist() == []


def test_the_language_is_the_option_s_or_the_environment_s(
    document: str, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    command = ["export", document, "--format", "md", "--output", "-"]
    monkeypatch.setenv("GROUNDWORK_LANGUAGE", "de_CH")
    assert main(command) == 0
    assert "Empfehlung" in capsys.readouterr().out
    assert main([*command, "--language", "en"]) == 0
    assert "Verdict" in capsys.readouterr().out


@pytest.mark.parametrize("command", [["export", "summaries"], ["export", "portfolio"], ["export"]])
def test_an_unknown_language_is_refused(
    command: list[str], document: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    source = command if len(command) > 1 else [*command, document]
    target = tmp_path / "out"
    assert main([*source, "--format", "pdf", "--output", str(target), "--language", "fr"]) == 2
    assert "Language fr is not known. Allowed: en, en_GB, de" in capsys.readouterr().err
    assert not target.exists()


def test_comments_are_told_to_those_who_ask_for_them(document: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["import", document]) == 0
    with closing(open_store()) as store:
        saved = store.first()[0]
        store.commenting.write(saved.id, "problem.statement", Remark("Whose problem is it?"), "Ana")
    capsys.readouterr()
    command = ["export", saved.id, "--format", "md", "--output", "-"]
    assert main(command) == 0
    assert "Whose problem is it?" not in capsys.readouterr().out
    assert main([*command, "--with-comments"]) == 0
    told = capsys.readouterr().out
    assert "## Comments" in told
    assert "Ana (name typed), on version 1: Whose problem is it?" in told.replace("\\", "")
