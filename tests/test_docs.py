"""The documents tell of what is there: every path, target, module, record and link that they name."""

from __future__ import annotations

import re
import tomllib
from importlib.util import find_spec
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
DOCUMENTS = sorted([ROOT / "README.md", ROOT / "CONTRIBUTING.md", ROOT / "CHANGELOG.md", *ROOT.glob("docs/**/*.md")])
RECORDS = sorted(path for path in (ROOT / "docs" / "decisions").glob("*.md") if path.name != "README.md")
every_document = pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: path.relative_to(ROOT).as_posix())

_FENCE = re.compile(r"^```.*?^```$", re.DOTALL | re.MULTILINE)
_CODE = re.compile(r"`([^`\n]+)`")
_LINK = re.compile(r"(?<!\\)\]\(([^)\s]+)\)")
_PATH = re.compile(r"\.?(app|db|scoping|tests|docs|streamlit|ci)/[\w./-]*|[\w-]+\.(md|toml|lock)|Makefile|LICENSE")
_MODULE = re.compile(r"(app|db|scoping|tests)(\.[a-z_]\w*)+")
_TARGETS = set(re.findall(r"^([a-z]+):", (ROOT / "Makefile").read_text(encoding="utf-8"), re.MULTILINE))
# Files that stand for any of their kind, within a recipe; and those named by their folder.
_NEAR = ("scoping/feasibility/catalogue.toml",)


def code(document: Path) -> list[str]:
    """What stands in backticks, outside of blocks."""
    return _CODE.findall(_FENCE.sub("", document.read_text(encoding="utf-8")))


def is_there(named: str) -> bool:
    return (ROOT / named).exists() or any(Path(near).name == named and (ROOT / near).exists() for near in _NEAR)


@every_document
def test_every_path_that_is_named_exists(document: Path) -> None:
    named = [each.rstrip("/") for each in code(document) if _PATH.fullmatch(each)]
    assert [each for each in named if not is_there(each)] == []


@every_document
def test_every_module_that_is_named_exists(document: Path) -> None:
    named = [each for each in code(document) if _MODULE.fullmatch(each)]
    assert [each for each in named if not _is_module_or_within_one(each)] == []


def _is_module_or_within_one(name: str) -> bool:
    """True for a module, and for what a module holds (scoping.value, or db.Store)."""
    around, _, last = name.rpartition(".")
    module = __import__(around, fromlist=[last])
    return hasattr(module, last) or find_spec(name) is not None


@every_document
def test_every_target_that_is_named_is_in_the_makefile(document: Path) -> None:
    text = document.read_text(encoding="utf-8")
    named = set(re.findall(r"(?:`|^    )make ([a-z]+)", text, re.MULTILINE))
    assert named - _TARGETS == set()


@every_document
def test_every_link_leads_somewhere(document: Path) -> None:
    targets = [each for each in _LINK.findall(document.read_text(encoding="utf-8")) if "://" not in each]
    assert [each for each in targets if not (document.parent / each.partition("#")[0]).exists()] == []


def test_the_picture_of_the_layers_is_that_of_the_contract() -> None:
    settings = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["tool"]["importlinter"]
    contract = next(each for each in settings["contracts"] if "scoping.document" in each.get("layers", ()))
    text = (ROOT / "docs" / "architecture.md").read_text(encoding="utf-8")
    picture = text[text.index("```mermaid") :].partition("```\n")[0]
    layers = [[name.split(".")[-1] for name in re.split(r" [:|] ", layer)] for layer in contract["layers"]]
    assert [name for layer in layers for name in layer if not re.search(rf"\b{_spoken(name)}\b", picture)] == []
    places = [re.search(rf'\["[^"]*\b{_spoken(layer[0])}\b', picture) for layer in layers]
    order = [place.start() for place in places if place]
    assert len(order) == len(layers)
    assert order == sorted(order), "the picture has another order than the contract"
    upward = [each.split(" -> ")[0].replace(".", "/") + ".py" for each in contract["ignore_imports"]]
    assert [path for path in upward if f"`{path}`" not in text] == []


def _spoken(name: str) -> str:
    return name.replace("_", " ")


def test_every_target_is_told_to_those_who_contribute_or_run() -> None:
    told = "".join((ROOT / name).read_text(encoding="utf-8") for name in ("README.md", "CONTRIBUTING.md"))
    assert {each for each in _TARGETS if f"make {each}" not in told} == set()


def test_every_picture_is_shown() -> None:
    shown = {target for document in DOCUMENTS for target in _LINK.findall(document.read_text(encoding="utf-8"))}
    pictures = {path.relative_to(ROOT).as_posix() for path in ROOT.glob("docs/*.png")}
    assert pictures
    assert pictures - shown == set()


def test_every_record_is_in_the_index_and_numbered_in_turn() -> None:
    index = (ROOT / "docs" / "decisions" / "README.md").read_text(encoding="utf-8")
    assert _LINK.findall(index) == [path.name for path in RECORDS]
    assert [path.name[:4] for path in RECORDS] == [f"{number:04}" for number in range(1, len(RECORDS) + 1)]


@pytest.mark.parametrize("record", RECORDS, ids=lambda path: path.stem[:4])
def test_a_record_is_short_and_has_its_parts(record: Path) -> None:
    lines = record.read_text(encoding="utf-8").splitlines()
    assert lines[0].startswith(f"# {record.name[:4]} ")
    assert [line for line in lines if line.startswith("## ")] == ["## Context", "## Decision", "## Consequences"]
    assert 10 <= len(lines) <= 25
