"""The report of the portfolio as a mail: in words, as a table, and with the file where that is small."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass
from datetime import date
from email.message import EmailMessage
from html import escape
from itertools import islice
from urllib.parse import urlencode

from app.door.settings import Door
from app.exports.notes import portfolio_lines
from app.notices.mail import Server, begun, filled
from app.notices.refused import NotTaken
from app.notices.words import language_for
from db import NOT_DECIDED, Filters, Message, Report, Rhythm, Store
from scoping import Refused
from scoping.reports.blocks import Paragraph, Table
from scoping.reports.portfolio import PORTFOLIO_FORMATS, PortfolioLine, render_portfolio
from scoping.reports.portfolio.letter import Letter, letter_of
from scoping.text.languages import Language, joined, listed, message, say
from scoping.text.reviewing import STAGES
from scoping.text.wording import day
from scoping.verdict import RECOMMENDATIONS
from scoping.vocabulary import Recommendation

REPORT = "report"
"""What kind of message it is."""
LARGEST_FILE = 5_000_000
"""In bytes; many mail servers take no more than twice of that."""
_MOST_IN_FILE = 2_000
_DUE_WORDS = {0: "today", 30: "soon"}


@dataclass(frozen=True)
class _Found:
    """What the person may see of the list at this moment: its first lines, and how many there are."""

    lines: tuple[PortfolioLine, ...]
    total: int


def report_mail(taken: Message, store: Store, here: Door, server: Server, otherwise: Language) -> EmailMessage:
    """The mail, by the rights of this moment. Raises NotTaken where it was stopped, or nobody may get it."""
    wanted = store.reporting.to_make(str(taken.payload[REPORT]))
    if wanted is None:
        raise NotTaken("the report was stopped, or its person has no right any more", for_good=True)
    report = wanted.report
    language = language_for(report.request.language, otherwise)
    filters = report.filters_on(store.today())
    found = _found(store.acting_for(wanted.person), filters)
    mail = begun(taken, _subject(report, str(taken.payload["period"]), language), server)
    told = _Told(report, filters, letter_of(found.lines, found.total, language), here, language)
    file = _file(found, report, store.today(), language)
    if here.public_url:
        mail["List-Unsubscribe"] = f"<{_settings(here)}>"
    filled(mail, told.text(has_file=file is not None), told.html(has_file=file is not None), language)
    if file is not None:
        _attach(mail, file, report)
        # The library gives the one that was there to the part with the text.
        mail["Content-Language"] = language.html_tag
    return mail


def _found(acting: Store, filters: Filters) -> _Found:
    lines = tuple(islice(portfolio_lines(acting, filters), _MOST_IN_FILE + 1))
    return _Found(lines, len(lines) if len(lines) <= _MOST_IN_FILE else acting.count(filters))


def _subject(report: Report, period: str, language: Language) -> str:
    begins = day(date.fromisoformat(period))
    if report.request.rhythm is Rhythm.WEEKLY:
        return say(message("Portfolio report of the week from {day}", day=begins), language)
    return say(message("Portfolio report of the month from {day}", day=begins), language)


def _file(found: _Found, report: Report, today: date, language: Language) -> bytes | None:
    """None where the list is long, or the file large: the page has it."""
    if found.total > _MOST_IN_FILE:
        return None
    with suppress(Refused):
        content = render_portfolio(found.lines, report.request.file, language, today)
        return content if len(content) <= LARGEST_FILE else None
    return None


def _attach(mail: EmailMessage, content: bytes, report: Report) -> None:
    known = PORTFOLIO_FORMATS[report.request.file]
    kind, _, subtype = known.media_type.partition("/")
    mail.add_attachment(content, maintype=kind, subtype=subtype, filename=f"groundwork-portfolio.{known.suffix}")


def _settings(here: Door) -> str:
    return f"{here.public_url}/settings#notices"


@dataclass(frozen=True)
class _Told:
    """What the mail says, as text and as simple HTML; what people typed is data in both."""

    report: Report
    filters: Filters
    letter: Letter
    here: Door
    language: Language

    def text(self, *, has_file: bool) -> str:
        """The whole as plain text: each proposal with its figures, by their names."""
        tables = (line for each in self.letter.blocks for line in _as_text(each))
        opens = (self._say(message("Open the list:")) + " " + self._list(),) if self.here.public_url else ()
        parts = (*self._head(has_file), *tables, self.letter.footnote, *opens, self._foot())
        return "\n\n".join(filter(None, parts)) + "\n"

    def html(self, *, has_file: bool) -> str:
        """The whole as HTML."""
        head = "".join(f"<p>{escape(each)}</p>" for each in self._head(has_file))
        tables = "".join(map(_as_html, self.letter.blocks))
        footnote = f"<p><small>{escape(self.letter.footnote)}</small></p>" if self.letter.footnote else ""
        return f"{head}{tables}{footnote}{self._opens()}<p><small>{escape(self._foot())}</small></p>"

    def _opens(self) -> str:
        if not self.here.public_url:
            return ""
        words = self._say(message("Open the list in Groundwork"))
        return f'<p><a href="{escape(self._list())}">{escape(words)}</a></p>'

    def _head(self, has_file: bool) -> tuple[str, ...]:
        said = [" ".join(self.letter.sentences)]
        if narrowed := filters_said(self.filters):
            said.append(self._say(message("The list is narrowed to: {filters}.", filters=narrowed)))
        if not has_file:
            said.append(self._say(message("The file is too large for a mail: the Portfolio page has it.")))
        return tuple(said)

    def _foot(self) -> str:
        said = self._say(message("You asked for this report. One click in the Settings ends it."))
        return f"{said} {_settings(self.here) if self.here.public_url else ''}".strip()

    def _list(self) -> str:
        return f"{self.here.public_url}/portfolio?{urlencode(list(_address(self.report)), doseq=True)}"

    def _say(self, text: str) -> str:
        return say(text, self.language)


def filters_said(filters: Filters) -> str:
    """The filters of a list in words; empty where there are none."""
    said: list[tuple[str, str]] = [
        (message("Search"), filters.text),
        (message("Verdict"), listed([RECOMMENDATIONS[each] for each in filters.recommendations])),
        (message("Stage"), listed([STAGES[each] for each in filters.stages])),
        (message("Decision"), listed([_decision(each) for each in filters.decisions])),
        (message("Team"), listed(filters.teams)),
        (message("Owner"), listed(filters.owners)),
        (message("Due by"), day(filters.due_by) if filters.due_by else ""),
        (message("Archived"), message("yes") if filters.archived else ""),
    ]
    return joined("; ", [joined(": ", each) for each in said if each[1]])


def _decision(outcome: str) -> str:
    return message("None yet") if outcome == NOT_DECIDED else RECOMMENDATIONS[Recommendation(outcome)]


def _address(report: Report) -> Iterator[tuple[str, object]]:
    """What stands in the address of the page that shows the same list."""
    filters, within = report.request.filters, report.request.due_within
    several: Mapping[str, object] = {
        "search": filters.text,
        "verdict": [str(each) for each in filters.recommendations],
        "stage": [str(each) for each in filters.stages],
        "decision": [*filters.decisions],
        "team": [*filters.teams],
        "owner": [*filters.owners],
        "archived": "yes" if filters.archived else "",
        "sort": filters.sort,
    }
    yield from ((name, value) for name, value in several.items() if value)
    if within in _DUE_WORDS:
        yield "due", _DUE_WORDS[within]
    elif filters.due_by is not None:
        yield from (("due", "day"), ("due_by", filters.due_by.isoformat()))


def _as_text(block: object) -> Iterator[str]:
    if isinstance(block, Paragraph):
        yield block.text
    elif isinstance(block, Table):
        for row in block.rows:
            named = zip(block.columns[1:], row[1:], strict=True)
            yield "\n".join((row[0], *(f"  {title}: {_one_line(value)}" for title, value in named if value)))


def _one_line(value: str) -> str:
    return "; ".join(filter(None, map(str.strip, value.splitlines())))


def _as_html(block: object) -> str:
    if isinstance(block, Paragraph):
        return f"<p>{escape(block.text)}</p>"
    if not isinstance(block, Table):
        return ""
    head = "".join(f'<th scope="col" align="left">{escape(each)}</th>' for each in block.columns)
    rows = "".join(f"<tr>{''.join(_cells(block, row))}</tr>" for row in block.rows)
    table = '<table border="1" cellpadding="5" cellspacing="0">'
    return f"{table}<thead><tr>{head}</tr></thead><tbody>{rows}</tbody></table>"


def _cells(table: Table, row: tuple[str, ...]) -> Iterator[str]:
    for place, each in enumerate(row):
        align = "right" if place in table.numeric else "left"
        yield f'<td align="{align}" valign="top">{"<br>".join(map(escape, each.splitlines()))}</td>'
