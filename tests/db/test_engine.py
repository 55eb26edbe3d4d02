"""Which database is opened, and what is said where it cannot be."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from sqlalchemy import Engine

from db import DatabaseNotReady, SettingRefused, migrate, open_store, upgrade_database
from db.addresses import VARIABLE
from db.engine import database_url
from tests.documents import proposal


def test_opening_again_finds_everything(database_url: str) -> None:
    first = open_store(database_url)
    saved = first.create(proposal())
    first.close()
    second = open_store(database_url)
    assert second.get(saved.id).proposal == proposal()
    second.close()


def test_an_unmigrated_postgresql_says_what_to_do(postgresql: object) -> None:
    postgresql.psql("CREATE DATABASE unmigrated")  # type: ignore[attr-defined]
    with pytest.raises(DatabaseNotReady, match="groundwork db upgrade"):
        open_store(postgresql.get_uri(database="unmigrated"))  # type: ignore[attr-defined]


def test_a_folder_that_cannot_be_made_is_told() -> None:
    with pytest.raises(DatabaseNotReady, match="cannot be made"):
        open_store("sqlite:////proc/nowhere/x.db")


@pytest.mark.parametrize("is_file", [False, True])
def test_the_address_is_that_of_the_environment_or_of_the_file_that_it_names(tmp_path: Path, is_file: bool) -> None:
    secret = tmp_path / "address"
    secret.write_text("sqlite:////data/x.db\n", encoding="utf-8")
    given = {f"{VARIABLE}_FILE": str(secret)} if is_file else {VARIABLE: "sqlite:////data/x.db"}
    assert database_url(given) == "sqlite:////data/x.db"
    assert database_url({}).endswith("groundwork.db")


def test_an_address_that_is_given_twice_or_not_to_be_read_is_refused(tmp_path: Path) -> None:
    empty = tmp_path / "empty"
    empty.touch()
    for file, said in (("/nowhere/address", "cannot be read"), (str(empty), "is empty"), (str(tmp_path), "cannot be")):
        with pytest.raises(SettingRefused, match=said):
            database_url({f"{VARIABLE}_FILE": file})
    with pytest.raises(SettingRefused, match="not both"):
        database_url({VARIABLE: "sqlite:///x.db", f"{VARIABLE}_FILE": "/nowhere/address"})


@pytest.mark.long
def test_upgrades_at_once_all_find_everything_done(bare: Engine) -> None:
    with ThreadPoolExecutor() as pool:
        address = bare.url.render_as_string(hide_password=False)
        for done in [pool.submit(upgrade_database, address) for _ in range(3)]:
            assert done.result() is None
    assert migrate.is_up_to_date(bare)
