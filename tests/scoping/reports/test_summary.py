"""The summary and its formats: complete, equal to the assessment, and safe."""

from __future__ import annotations

import json
import re
from datetime import date
from html.parser import HTMLParser

import pytest
from markdown_it import MarkdownIt

from scoping import UnknownFormat, assess, examples, read
from scoping.reports import DecisionNote, formats, render, summarise
from scoping.reports.filenames import file_name
from scoping.text.markdown import escaped
from scoping.text.wording import compact_money, money, percent
from tests.documents import proposal

HOSTILE = [
    "<script>alert('x')</script>",
    '<img src=x onerror="alert(1)">',
    "[click](javascript:alert(1))",
    "![pixel](http://example.org/p.png)",
    "http://example.org/ www.example.org someone@example.org",
    "`code` **bold** _it_ ~~gone~~ # head\n# head\n- item\n1. one",
    "| a | b |\n| - | - |",
    "{{ 7 * 7 }} {% raw %}",
    "&lt;b&gt; &amp;",
    "$x^2$ ]]> --> </style></svg>",
    "=1+1",
]


class Page(HTMLParser):
    """Collects the tags, the attributes and the text of a page."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.attributes: list[tuple[str, str]] = []
        self.text = ""
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        self.attributes += [(name, value or "") for name, value in attrs]

    def handle_data(self, data: str) -> None:
        self.text += data


def exported(name: str, format_: str) -> str:
    document = examples.load(name)
    return render(summarise(document, assess(document)), format_).decode()


@pytest.mark.parametrize("name", examples.NAMES)
@pytest.mark.parametrize("format_", ["md", "html"])
def test_the_figures_are_those_of_the_assessment(name: str, format_: str) -> None:
    document = examples.load(name)
    found = assess(document)
    text = exported(name, format_)
    text = Page(text).text if format_ == "html" else text
    leader = found.leader()
    assert leader is not None
    assert leader.outcome is not None
    for shown in (
        compact_money(leader.outcome.npv.mean, document.currency),
        percent(leader.outcome.probability_of_loss),
        money(leader.outcome.npv.p10, document.currency),
        money(leader.outcome.npv.p90, document.currency),
        *(str(reason) for reason in found.verdict.reasons),
    ):
        assert shown in text.replace("\\", "")


@pytest.mark.parametrize("name", examples.NAMES)
def test_the_page_stands_alone(name: str) -> None:
    page = Page(exported(name, "html"))
    assert not {"script", "iframe", "object", "link", "form", "base"} & set(page.tags)
    for attribute, value in page.attributes:
        if attribute in ("href", "src", "xlink:href"):
            assert value.startswith("#"), f"{attribute}={value} leaves the page"
        assert not attribute.startswith("on")
    assert page.tags.count("svg") >= 4
    labels = [value for name_, value in page.attributes if name_ == "aria-label"]
    assert sum("net present value" in label.lower() for label in labels) >= 4


def test_the_same_summary_gives_the_same_bytes() -> None:
    assert exported("visual_inspection", "html") == exported("visual_inspection", "html")


def test_json_is_the_document() -> None:
    assert json.loads(exported("stock_price", "json")) == json.loads(examples.text("stock_price"))


@pytest.mark.parametrize("text", HOSTILE)
def test_what_people_typed_is_text_in_the_page(text: str) -> None:
    document = read(
        {
            "title": text,
            "summary": text,
            "owner": text,
            "alternatives": [{"name": text, "evidence": [text]}],
            "risks": [{"name": text, "response": text}],
            "milestones": [{"name": text}],
            "problem": {"statement": text},
        }
    )
    plain = Page(exported("stock_price", "html"))
    html = render(summarise(document, assess(document), [note(text)]), "html").decode()
    page = Page(html)
    assert set(page.tags) <= set(plain.tags) | {"figure", "svg"}
    assert not [name for name, _ in page.attributes if name.startswith("on")]
    assert " ".join(text.split()) in " ".join(page.text.split())


@pytest.mark.parametrize("text", HOSTILE)
def test_what_people_typed_is_text_in_markdown(text: str) -> None:
    document = read({"title": text, "summary": text, "alternatives": [{"name": text}], "risks": [{"name": text}]})
    markdown = render(summarise(document, assess(document), [note(text)]), "md").decode()
    html = MarkdownIt("gfm-like", {"html": True, "linkify": False}).render(markdown)
    page = Page(html)
    assert not {"a", "img", "script", "code", "del", "em"} & set(page.tags)
    assert "html_block" not in [
        token.type for token in MarkdownIt("gfm-like", {"html": True, "linkify": False}).parse(markdown)
    ]
    assert page.tags.count("h1") == 1
    assert " ".join(text.split()) in " ".join(page.text.split())


def note(text: str) -> DecisionNote:
    return DecisionNote("stop", text, date(2026, 5, 1), text, None, (text,), None, 1)


def test_escaping_keeps_what_is_plain() -> None:
    assert escaped("Recall 0.93 at 3 % (own test), step 2") == "Recall 0.93 at 3 % (own test), step 2"
    assert escaped("1. first") == "1\\. first"


def test_a_proposal_with_nothing_in_it_still_has_a_summary() -> None:
    document = read({"title": "Only a title"})
    summary = summarise(document, assess(document))
    assert summary.memo.section("verdict").title == "Verdict: Rework"
    assert "What is missing" in render(summary, "md").decode()


def test_long_titles_many_alternatives_and_many_risks_are_all_there() -> None:
    others = [{"name": f"Option {n} " + "x" * 200, "kind": "rules"} for n in range(10)]
    document = proposal(
        alternatives=[{"name": "Now", "kind": "status_quo"}, *others], risks=[{"name": f"Risk {n}"} for n in range(40)]
    )
    text = render(summarise(document, assess(document)), "md").decode()
    assert all(f"Option {n}" in text for n in range(10))
    assert "Risk 39" in text


def test_decisions_are_told() -> None:
    document = examples.load("stock_price")
    said = DecisionNote("stop", "Ana", date(2026, 5, 1), "No signal.", None, ("None",), date(2027, 5, 1), 3)
    text = render(summarise(document, assess(document), [said]), "md").decode()
    assert "May 1, 2026, Ana: Stop (recommendation accepted), on revision 3. No signal. Review on May 1, 2027." in text


def test_an_unknown_format_is_refused_with_what_is_allowed() -> None:
    document = read({"title": "t"})
    with pytest.raises(UnknownFormat, match="Allowed: docx, handoff, handoff-yaml, html"):
        render(summarise(document, assess(document)), "odt")
    assert set(formats()) == {
        "docx",
        "handoff",
        "handoff-yaml",
        "html",
        "json",
        "md",
        "pdf",
        "pdf-letter",
        "pptx",
        "xlsx",
    }


@pytest.mark.parametrize("title", ["../../etc/passwd", "a/b\\c", "CON", "🦄", "", "x" * 500, "né à l'été", "-rf"])
def test_file_names_are_safe(title: str) -> None:
    assert re.fullmatch(r"groundwork-[a-z0-9][a-z0-9-]{0,60}\.md", file_name(title, "md"))
