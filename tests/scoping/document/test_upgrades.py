"""Documents age: whatever version a document was written under, it is read, and names the same content."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from scoping import DocumentRefused, content_hash, read, to_dict, write
from scoping.document import upgrades
from scoping.document.hashing import is_hash_of, short_hash
from scoping.document.reading import schema
from tests.documents import CERTAIN, as_given

GOLDEN = Path(__file__).parent / "golden"
DOCUMENTS = sorted(GOLDEN.glob("version_*/*.json"))
HASHES: dict[str, str] = json.loads((GOLDEN / "version_1_hashes.json").read_text(encoding="utf-8"))
CONTENT_HASHES: dict[str, str] = json.loads((GOLDEN / "version_1_content_hashes.json").read_text(encoding="utf-8"))

# The examples of the day on which version 1 was fixed. A later one needs no golden document: it was never in use.
FIRST_EXAMPLES = (
    "customer_retention",
    "demand_forecast",
    "donor_mailing",
    "heat_pump_scheduling",
    "invoice_routing",
    "payment_fraud",
    "search_ranking",
    "stock_price",
    "support_assistant",
    "visual_inspection",
)


def golden(path: Path) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    return found


def test_every_version_has_golden_documents_and_a_way_on() -> None:
    versions = {path.parent.name for path in DOCUMENTS}
    assert versions == {f"version_{number}" for number in range(1, upgrades.newest() + 1)}
    assert sorted(upgrades.UPGRADES) == list(range(1, upgrades.newest()))
    assert {path.stem for path in DOCUMENTS if path.parent.name == "version_1"} == {*HASHES}
    assert {path.stem for path in DOCUMENTS} >= {*FIRST_EXAMPLES, "half_filled_alternatives", "half_filled_curve"}


@pytest.mark.parametrize("path", DOCUMENTS, ids=lambda path: f"{path.parent.name}/{path.stem}")
def test_a_golden_document_is_read_and_written_in_the_form_of_today(path: Path) -> None:
    taken = read(path.read_text(encoding="utf-8"))
    written = to_dict(taken)
    assert written["schema_version"] == upgrades.newest()
    assert read(write(taken)) == taken
    # A field with a default that came later is filled in; what was said stands as it was said.
    said = upgrades.upgraded(golden(path))
    assert as_given(written, said) == said
    assert content_hash(read(written)) == content_hash(taken)


@pytest.mark.parametrize("name", sorted(CONTENT_HASHES))
def test_a_hash_of_the_second_rule_stays_the_same_through_every_version(name: str) -> None:
    """A rename says what the field was called first; a new default counts for nothing."""
    assert content_hash(read(golden(GOLDEN / "version_1" / f"{name}.json"))) == CONTENT_HASHES[name]


@pytest.mark.parametrize("name", sorted(HASHES))
def test_a_hash_of_the_first_rule_stays_valid(name: str) -> None:
    document = golden(GOLDEN / "version_1" / f"{name}.json")
    assert is_hash_of(HASHES[name], document)
    assert not is_hash_of(HASHES[name], {**document, "title": "another"})


def test_the_first_rule_is_that_of_the_golden_hashes_alone() -> None:
    # Independent of our code: SHA-256 of the canonical JSON, as sha256sum would say.
    import hashlib

    text = json.dumps(
        golden(GOLDEN / "version_1" / "stock_price.json"), sort_keys=True, separators=(",", ":"), allow_nan=False
    )
    assert hashlib.sha256(text.encode()).hexdigest() == HASHES["stock_price"]


# A trial version ---------------------------------------------------------------------------------------


def renamed(document: dict[str, Any]) -> dict[str, Any]:
    """As if version 1 had called the title a name, and counted its horizon in years."""
    found = dict(document)
    if "name" in found:
        found["title"] = found.pop("name")
    returns = dict(found.get("returns", {}))
    if "horizon_years" in returns:
        returns["horizon_months"] = 12 * returns.pop("horizon_years")
        found["returns"] = returns
    return found


@pytest.fixture
def two_versions(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(upgrades, "UPGRADES", {1: renamed})


OLD = {"schema_version": 1, "name": "Old", "returns": {"horizon_years": 3}}


@pytest.mark.usefixtures("two_versions")
def test_an_earlier_document_goes_through_the_chain() -> None:
    assert upgrades.newest() == 2
    taken = read(OLD)
    assert (taken.title, taken.returns.horizon_months, taken.schema_version) == ("Old", 36, 2)
    assert to_dict(taken)["schema_version"] == 2
    assert schema()["properties"]["schema_version"]["const"] == 2
    # Without a version it may be of any.
    assert read({key: value for key, value in OLD.items() if key != "schema_version"}) == taken
    assert read({"schema_version": 2, "title": "Old", "returns": {"horizon_months": 36}}) == taken


@pytest.mark.usefixtures("two_versions")
def test_the_hash_stays_when_an_upgrade_changes_no_meaning() -> None:
    assert content_hash(read(OLD)) == content_hash(
        read({"schema_version": 2, "title": "Old", "returns": {"horizon_months": 36}})
    )


@pytest.mark.usefixtures("two_versions")
@pytest.mark.parametrize("junk", [{"returns": 5}, {"returns": [1]}, {"name": 7}, {}])
def test_an_upgrade_that_meets_nonsense_leaves_it_to_the_validation(junk: dict[str, Any]) -> None:
    with pytest.raises(DocumentRefused) as refused:
        read({"schema_version": 1, **junk})
    assert "Traceback" not in str(refused.value)
    assert refused.value.problems


@pytest.mark.parametrize("version", [upgrades.newest() + 1, 99, 10**30])
def test_a_document_of_a_newer_version_is_refused_in_plain_words(version: int) -> None:
    with pytest.raises(DocumentRefused, match="newer Groundwork") as refused:
        read({"schema_version": version, "title": "t"})
    assert [problem.path for problem in refused.value.problems] == ["schema_version"]


# The hash ------------------------------------------------------------------------------------------------


def test_what_the_form_fills_in_does_not_move_the_hash() -> None:
    plain = content_hash(read({"title": "t"}))
    assert plain == content_hash(read({"title": "t", "currency": "EUR", "returns": {"adoption": 1}}))
    assert plain == content_hash(read(to_dict(read({"title": "t"}))))
    assert plain != content_hash(read({"title": "t", "returns": {"adoption": 0.9}}))


def test_a_hash_says_its_rule() -> None:
    made = content_hash(read(CERTAIN))
    assert made.startswith("2:")
    assert len(made) == 66
    assert short_hash(made) == made[2:14]
    assert short_hash(HASHES["stock_price"]) == HASHES["stock_price"][:12]
    assert is_hash_of(made, to_dict(read(CERTAIN)))


def test_a_renamed_field_counts_under_its_first_name() -> None:
    from scoping.document.fields import optional, was

    assert was(optional("Title", "Help.", was="first_name"), "second_name") == "first_name"
    assert was(optional("Title", "Help."), "name") == "name"
