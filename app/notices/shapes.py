"""What a webhook is sent, shape by shape: body and headers. What people typed is data in each of them."""

from __future__ import annotations

import base64
import hashlib
import hmac
import json
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from app.notices.words import headline, lines
from db import Shape, Target, key_of
from scoping.text.languages import Language
from scoping.text.shortening import one_line

_LONGEST_LINE = 2_000
_LONGEST_SUMMARY = 240
_MARKS = re.compile(r"([\\`*_{}\[\]()#+\-.!|<>~@&:=$^])")


@dataclass(frozen=True)
class Told:
    """What is told of one message: its id, the payload, the link to what it is about, and in which language."""

    id: str
    payload: Mapping[str, Any]
    link: str
    language: Language

    @property
    def headline(self) -> str:
        """What happened, on one line."""
        return headline(self.payload, self.language)

    @property
    def lines(self) -> list[str]:
        """What follows."""
        return [each[:_LONGEST_LINE] for each in lines(self.payload, self.language)]


@dataclass(frozen=True)
class Request:
    """What is posted."""

    body: bytes
    headers: Mapping[str, str]


def request_of(told: Told, target: Target, timestamp: int) -> Request:
    """What the target is posted at that moment."""
    document, headers = _SHAPES[target.shape](told, target)
    body = json.dumps(document, ensure_ascii=False, separators=(",", ":")).encode()
    signed = signature_headers(told.id, timestamp, body, target.secret) if target.shape is Shape.PLAIN else {}
    common = {"Content-Type": "application/json", "User-Agent": "Groundwork", "webhook-id": told.id}
    return Request(body, {**common, **headers, **signed})


def signature_headers(identity: str, timestamp: int, body: bytes, secret: str) -> dict[str, str]:
    """The headers of the Standard Webhooks scheme (standardwebhooks.com, specification, "Signature scheme")."""
    signed = b".".join((identity.encode(), str(timestamp).encode(), body))
    digest = hmac.new(key_of(secret) or b"", signed, hashlib.sha256).digest()
    signature = f"v1,{base64.b64encode(digest).decode()}"
    return {"webhook-id": identity, "webhook-timestamp": str(timestamp), "webhook-signature": signature}


def _plain(told: Told, _: Target) -> tuple[dict[str, Any], dict[str, str]]:
    kind = "proposal." + str(told.payload["kind"]).replace(" ", "_")
    data = {name: value for name, value in told.payload.items() if name not in ("kind", "at")}
    return {"type": kind, "timestamp": told.payload["at"], "data": {**data, "link": told.link or None}}, {}


def _slack(told: Told, _: Target) -> tuple[dict[str, Any], dict[str, str]]:
    """Plain text blocks: nothing in them is markup (docs.slack.dev, "Formatting message text")."""
    blocks: list[dict[str, Any]] = [
        {"type": "header", "text": {"type": "plain_text", "text": told.headline[:150], "emoji": False}},
        *({"type": "section", "text": {"type": "plain_text", "text": each, "emoji": False}} for each in told.lines),
    ]
    if told.link:
        button = {"type": "button", "text": {"type": "plain_text", "text": "Groundwork"}, "url": told.link}
        blocks.append({"type": "actions", "elements": [button]})
    escaped = told.headline.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    return {"text": escaped, "blocks": blocks}, {}


def _teams(told: Told, _: Target) -> tuple[dict[str, Any], dict[str, str]]:
    """An Adaptive Card. Its rich text knows no Markdown, which its text blocks do (adaptivecards.io)."""
    card: dict[str, Any] = {
        "$schema": "http://adaptivecards.io/schemas/adaptive-card.json",
        "type": "AdaptiveCard",
        "version": "1.4",
        "body": [_run(told.headline, weight="Bolder"), *map(_run, told.lines)],
    }
    if told.link:
        card["actions"] = [{"type": "Action.OpenUrl", "title": "Groundwork", "url": told.link}]
    kind = "application/vnd.microsoft.card.adaptive"
    return {"type": "message", "attachments": [{"contentType": kind, "contentUrl": None, "content": card}]}, {}


def _run(text: str, **others: str) -> dict[str, Any]:
    return {"type": "RichTextBlock", "inlines": [{"type": "TextRun", "text": text, **others}]}


def _github(told: Told, target: Target) -> tuple[dict[str, Any], dict[str, str]]:
    """An issue (docs.github.com/rest/issues/issues, "Create an issue")."""
    headers = {
        "Authorization": f"Bearer {target.secret}",
        "Accept": "application/vnd.github+json",
        "X-GitHub-Api-Version": "2022-11-28",
    }
    body = "\n\n".join((*map(_unmarked, told.lines), told.link, f"Groundwork {told.id}")).strip()
    return {"title": _summary(told), "body": body}, headers


def _jira(told: Told, target: Target) -> tuple[dict[str, Any], dict[str, str]]:
    """An issue (developer.atlassian.com, Jira Cloud REST API v3); the token is written ADDRESS:TOKEN."""
    fields = {
        "project": {"key": target.project},
        "issuetype": {"name": "Task"},
        "summary": _summary(told),
        "description": {
            "type": "doc",
            "version": 1,
            "content": [_paragraph(each) for each in (*told.lines, told.link, f"Groundwork {told.id}") if each],
        },
    }
    if told.payload["due_on"]:
        fields["duedate"] = told.payload["due_on"]
    token = base64.b64encode(target.secret.encode()).decode()
    return {"fields": fields}, {"Authorization": f"Basic {token}", "Accept": "application/json"}


def _paragraph(text: str) -> dict[str, Any]:
    return {"type": "paragraph", "content": [{"type": "text", "text": text}]}


def _summary(told: Told) -> str:
    """What is to be done, and of which proposal."""
    said = " ".join(str(told.payload["said"]).split())
    title = one_line(str(told.payload["title"]))
    return (f"{said} ({title})" if said else told.headline)[:_LONGEST_SUMMARY]


def _unmarked(text: str) -> str:
    """Typed text without any marks that Markdown acts on, nor a mention of anybody."""
    return _MARKS.sub(r"\\\1", text).replace("\\@", "\\@\u200b")


_SHAPES: dict[Shape, Callable[[Told, Target], tuple[dict[str, Any], dict[str, str]]]] = {
    Shape.PLAIN: _plain,
    Shape.SLACK: _slack,
    Shape.TEAMS: _teams,
    Shape.GITHUB: _github,
    Shape.JIRA: _jira,
}
