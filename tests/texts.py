"""Collects every text that people may read on a page or in a summary, and brings the catalogues up to date.

    python -m tests.texts      add what is new to scoping/text/languages/*.po, drop what is gone

A translator fills in the empty ones; tests/scoping/text/test_languages.py names them.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

from babel.messages import Catalog
from babel.messages.pofile import read_po, write_po

import app
import db
import scoping
from scoping.bridges import EVERY_KIND
from scoping.document.estimate import Judgement
from scoping.document.fields import Section, unit_of
from scoping.feasibility.catalogue import QUESTIONS
from scoping.record.actuals import Actuals

ROOT = Path(scoping.__file__).parent
APP = Path(app.__file__).parent
DB = Path(db.__file__).parent
LANGUAGES = ROOT / "text" / "languages"
# How many of the first arguments are texts.
_KEYWORDS = {"message": 1, "counted": 2, "tell": 1, "tell_count": 2}


def collected() -> Catalog:
    """The texts in the order of their files: in the code, and in the declarations of fields and questions."""
    catalogue = Catalog(charset="utf-8")
    for folder in (ROOT, APP, DB):
        for path in sorted(folder.rglob("*.py")):
            if LANGUAGES not in path.parents:
                for text in _said_in(path):
                    catalogue.add(text, locations=[(path.relative_to(folder.parent).as_posix(), 0)])
    for text, file in _declared():
        catalogue.add(text, locations=[(file, 0)])
    return catalogue


def _said_in(path: Path) -> Iterator[str | tuple[str, str]]:
    """The texts of a file, in their order, also those that are told within an f-string, where babel does not look."""
    calls = [each for each in ast.walk(ast.parse(path.read_text(encoding="utf-8"))) if isinstance(each, ast.Call)]
    for call in sorted(calls, key=lambda each: (each.lineno, each.col_offset)):
        count = _KEYWORDS.get(call.func.id, 0) if isinstance(call.func, ast.Name) else 0
        texts = [each.value for each in call.args[:count] if isinstance(each, ast.Constant)]
        if count and len(texts) == count:
            yield str(texts[0]) if count == 1 else (str(texts[0]), str(texts[1]))


def _declared() -> Iterator[tuple[str, str]]:
    for section in dict.fromkeys([*_sections(Section), Judgement]):
        module = section.__module__.replace(".", "/")
        for info in section.model_fields.values():
            yield from ((str(text), f"{module}.py") for text in (info.title, info.description) if text and info.title)
            yield from ((unit, f"{module}.py") for unit in [unit_of(info)] if unit)
    for name, kind in EVERY_KIND.items():
        helps = [] if name == "curve" else [metric.help for metric in kind.model_construct(kind=name).metrics]
        yield from ((text, f"{kind.__module__.replace('.', '/')}.py") for text in (kind.about, *helps) if text)
    for question in QUESTIONS.values():
        choices = [text for choice in question.choices for text in (choice.label, choice.reason)]
        texts = [question.text, question.help, question.whom, *choices]
        yield from ((str(text), "scoping/feasibility/catalogue.toml") for text in texts if text)


def _sections(base: type[Section]) -> Iterator[type[Section]]:
    assert EVERY_KIND, "the kinds of task must be imported before their fields can be found"
    assert Actuals, "so must the document of actuals"
    for each in base.__subclasses__():
        if each.__module__.startswith("scoping."):
            yield each
            yield from _sections(each)


def update() -> None:
    """Write every catalogue with the texts of today."""
    template = collected()
    for path in sorted(LANGUAGES.glob("*.po")):
        catalogue = read_po(path.open("rb"), locale=path.stem)
        catalogue.update(template, no_fuzzy_matching=True, update_header_comment=False)
        catalogue.obsolete.clear()
        with path.open("wb") as target:
            write_po(target, catalogue, width=110, omit_header=False, include_lineno=False, sort_output=False)


if __name__ == "__main__":
    update()
