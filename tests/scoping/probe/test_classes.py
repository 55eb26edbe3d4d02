"""The class that counts: which classes a column offers, and one of many against all others."""

from __future__ import annotations

import random
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from scoping.document.evidence import Evidence
from scoping.errors import SourceRefused
from scoping.probe.asked import Asked, Classes, Limits, Roles
from scoping.probe.classes import MOST_OFFERED, classes_in
from scoping.probe.probing import probe
from scoping.probe.sources import opened

ROWS = 600


def offered(path: Path, folder: Path) -> dict[str, Classes]:
    with opened(Asked(str(path), Roles("")), folder) as source:
        return classes_in(source)


def test_classes_are_told_as_the_probe_reads_them(tmp_path: Path) -> None:
    """Whatever they are stored as, whole numbers, yes or no, fractions or text, and missing ones left out."""
    columns = {
        "text": ["late", "early", "late", None, ""] * 20,
        "yes_no": [True, True, False, None, True] * 20,
        "whole": [1.0, 0.0, 0.0, None, float("nan")] * 20,
        "fraction": [0.5, 1.5, 0.5, None, 0.5] * 20,
        "constant": ["x"] * 100,
        "many": [f"name {row % (MOST_OFFERED + 1)}" for row in range(100)],
        "list": [[1]] * 100,
    }
    pq.write_table(pa.table(columns), tmp_path / "t.parquet")
    found = offered(tmp_path / "t.parquet", tmp_path)
    assert found["text"] == Classes(("late", "early"), (40, 20))
    assert found["yes_no"] == Classes(("true", "false"), (60, 20))
    assert found["whole"] == Classes(("0", "1"), (40, 20))
    assert found["fraction"] == Classes(("0.5", "1.5"), (60, 20), are_predicted=False)
    assert not {"constant", "list"} & set(found)
    assert len(found["many"].names) == 100


def test_a_column_with_more_values_than_anybody_chooses_among_offers_none(tmp_path: Path) -> None:
    rows = [f"name {row % 150},{row % 2}" for row in range(600)]
    (tmp_path / "t.csv").write_text("\n".join(["who,hit", *rows]) + "\n", encoding="utf-8")
    assert set(offered(tmp_path / "t.csv", tmp_path)) == {"hit"}


def test_of_a_very_wide_table_those_with_the_fewest_come_first_and_nobody_waits_for_all(tmp_path: Path) -> None:
    columns = {f"x{at}": [row % 9 for row in range(60)] for at in range(60)}
    pq.write_table(pa.table({**columns, "hit": [row % 2 for row in range(60)]}), tmp_path / "t.parquet")
    with opened(Asked(str(tmp_path / "t.parquet"), Roles("")), tmp_path) as source:
        found = classes_in(source, seconds=0)
    assert "hit" in found
    assert len(found) < len(columns)


@pytest.fixture(scope="module")
def parcels(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Three classes, of which the second labeller calls some otherwise; one column tells the rarest."""
    rng, path = random.Random(5), tmp_path_factory.mktemp("classes") / "parcels.csv"
    lines = ["weight,noise,outcome,second"]
    for _ in range(ROWS):
        outcome = rng.choices(["fine", "late", "lost"], [5, 3, 2])[0]
        second = outcome if rng.random() < 0.9 else "fine"
        lines.append(f"{rng.gauss(3 if outcome == 'lost' else 0, 1):.3f},{rng.random():.3f},{outcome},{second}")
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return path


def measured(path: Path, positive: str) -> Evidence:
    roles = Roles("outcome", second_label="second", positive=positive)
    return probe(Asked(str(path), roles, limits=Limits(seconds=20)))


@pytest.mark.long
def test_one_of_three_classes_is_told_from_all_others(parcels: Path) -> None:
    found = measured(parcels, "Lost")
    assert found.profile.classes is not None
    assert found.profile.classes.classes == 2
    assert sum(found.profile.classes.counts) == ROWS
    assert "one_class_of_many" in found.source.remarks
    assert found.flagged, "there is a threshold to choose, as for two classes"
    assert found.flagged[0].positives == min(found.profile.classes.counts)
    assert found.labels is not None
    assert found.labels.agreement is not None


def test_a_class_that_is_not_there_is_refused_without_telling_the_others(parcels: Path) -> None:
    with pytest.raises(SourceRefused, match=r"no class stolen, but 3 others"):
        measured(parcels, "stolen")
