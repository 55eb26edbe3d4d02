"""/api/ideas: ideas proposed and the queue of them. They are taken up and declined on the pages."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict
from typing import Annotated, Any, Literal

from fastapi import Query
from fastapi.encoders import jsonable_encoder
from starlette.responses import JSONResponse, Response

from app.api.bodies import said_in
from app.api.lines import page_of
from app.api.models.saying import Idea, Ideas, NewIdea
from app.api.operation import NOT_JSON, REFUSED_DOCUMENT, Operation, Reading, Resource, Writing
from app.api.parameters import Names, PageNumber, SearchText
from app.api.repeating import ONCE, key_in
from app.session.shared import default_language
from db import IdeaFilters, Proposed, Saved, Store
from scoping import DocumentRefused, Problem
from scoping.errors import quote
from scoping.intake import Idea as Typed
from scoping.intake import idea_typed
from scoping.text.grammar import Grammar
from scoping.text.languages import message
from scoping.vocabulary import IdeaState

Sort = Literal["worth", "newest", "oldest"]
_NUMBERS = ("volume_low", "volume_high", "value_low", "value_high")


def list_ideas(
    asked: Reading,
    page: PageNumber = 1,
    text: SearchText = "",
    state: Annotated[tuple[IdeaState, ...], Query()] = (IdeaState.WAITING,),
    team: Names = [],  # noqa: B006 the framework makes a new one for each request
    sort: Sort = "worth",
) -> dict[str, Any]:
    """The queue of ideas, in the order of the page: those that wait, unless others are asked for."""
    store = asked.store()
    currency = store.rates.display_currency()
    found = store.intake.queue(IdeaFilters(state, text, tuple(team), sort=sort, display=currency), page)
    return {**page_of(found), "currency": currency, "ideas": [_told(each) for each in found.rows]}


def propose_idea(asked: Writing) -> Response:
    """Propose an idea: what the problem is, what would be decided, roughly how many cases, and what one is worth.

    With an Idempotency-Key, the same request again finds the first.
    """
    store, said = asked.store(), said_in(NewIdea, asked.body)
    given = said.model_dump()
    numbers = {name: given[name] for name in _NUMBERS if given[name] is not None}
    typed = {**{name: str(given[name]) for name in given if name not in _NUMBERS}, "tags": ",".join(said.tags)}
    idea, wrong = idea_typed(typed, Grammar(default_language()), numbers, _wrong_tags(said.tags))
    if idea is None:
        raise _refused(wrong, given)
    saved = _saved(asked, store, idea, " ".join(said.by.split()) or asked.actor or "API")
    made = store.intake.of(saved.id)
    assert made is not None
    return JSONResponse(_told(made), 201, headers={"Location": f"/api/proposals/{saved.id}"})


def _saved(asked: Writing, store: Store, idea: Typed, by: str) -> Saved:
    key, language = key_in(asked.request.headers), default_language()
    if key:
        return store.intake.propose_once(idea, key, language, by, asked.origin)
    (saved,) = store.intake.propose([idea], language, by, asked.origin)
    return saved


def _wrong_tags(tags: Sequence[str]) -> dict[str, str]:
    """On the page commas stand between tags, so none has one: it would come back as two."""
    return (
        {"tags": message("must have no comma within a tag: each is an entry of its own")}
        if "," in "".join(tags)
        else {}
    )


def _refused(wrong: Mapping[str, str], given: Mapping[str, Any]) -> DocumentRefused:
    """What the page says beside its fields."""
    return DocumentRefused([Problem(name, quote(given.get(name)), str(said)) for name, said in wrong.items()])


def _told(each: Proposed) -> dict[str, Any]:
    """An idea as it is shown; whether it is one's own is nothing that a program has to know."""
    found = asdict(each)
    found.pop("is_own")
    told: dict[str, Any] = jsonable_encoder(found)
    return told


RESOURCE = Resource(
    "Ideas",
    25,
    (
        Operation("GET", "/api/ideas", list_ideas, Ideas),
        Operation(
            "POST", "/api/ideas", propose_idea, Idea, status=201, takes="NewIdea", parameters=(ONCE,),
            others={**NOT_JSON, **REFUSED_DOCUMENT},
        ),
    ),
)  # fmt: skip
