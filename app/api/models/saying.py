"""What the API takes and answers of comments and ideas."""

from __future__ import annotations

from datetime import datetime

from pydantic import BaseModel, Field

from app.api.models.common import Listing
from db import LONGEST_COMMENT
from scoping.intake import LONGEST_IDEA_TEXT
from scoping.intake.columns import LONGEST_TITLE, MOST_TAGS
from scoping.vocabulary import IdeaState, Stage


class Comment(BaseModel):
    """What somebody wrote; taken back, it says nothing any more."""

    id: int
    text: str
    mentions: list[str] = Field(description="Ids of the people that it calls.")
    by: str
    at: datetime
    version: int = Field(description="The version that was looked at.")
    is_verified: bool = Field(description="Whether the writer's name comes from a sign-in.")
    is_taken_back: bool
    is_own: bool


class Thread(BaseModel):
    """Comments about one place, the oldest first."""

    id: int
    place: str = Field(description="A path of the document, such as returns.adoption; empty for the whole proposal.")
    version: int = Field(description="The version in which the place is at that path.")
    is_open: bool
    changed_by: str
    changed_at: datetime | None
    comments: list[Comment]


class Threads(BaseModel):
    """Some threads, the newest first; the next ones are asked for by `before`, which is null after the last."""

    threads: list[Thread]
    before: int | None


class Reply(BaseModel):
    """What somebody wants to say."""

    model_config = {"extra": "forbid", "strict": True}

    text: str = Field(min_length=1, max_length=LONGEST_COMMENT)
    mentions: list[str] = Field(default_factory=list, description="Ids of people who see the proposal.")
    by: str = Field("", max_length=200, description="Who writes: counts where nobody signs in.")


class NewThread(Reply):
    """What somebody wants to say, and about which place."""

    place: str = Field("", description="A path of the document; empty for the whole proposal, memo for its memo.")


class NewIdea(BaseModel):
    """An idea, with rough figures where somebody has them; one end alone counts for both."""

    model_config = {"extra": "forbid", "strict": True}

    title: str = Field(min_length=1, max_length=LONGEST_TITLE)
    problem: str = Field(description="What is wrong today, and for whom.", max_length=LONGEST_IDEA_TEXT)
    decision: str = Field(description="What would be decided or done otherwise.", max_length=LONGEST_IDEA_TEXT)
    volume_low: float | None = Field(None, description="At least so many cases a month.", allow_inf_nan=False)
    volume_high: float | None = Field(None, description="At most so many cases a month.", allow_inf_nan=False)
    value_low: float | None = Field(None, description="What a case is worth at least, in money.", allow_inf_nan=False)
    value_high: float | None = Field(None, description="What a case is worth at most, in money.", allow_inf_nan=False)
    currency: str = Field("", description="Empty: the organisation's.", max_length=3)
    team: str = Field("", max_length=LONGEST_TITLE)
    tags: list[str] = Field(default_factory=list, max_length=MOST_TAGS)
    by: str = Field("", max_length=200, description="Who proposes it: counts where nobody signs in.")


class RoughFigure(BaseModel):
    """From about this to about that."""

    low: float
    high: float


class RoughWorth(BaseModel):
    """What an idea may be worth a year: P10, P50 and P90."""

    low: float
    middle: float
    high: float


class Idea(BaseModel):
    """An idea, what it may be worth, and what became of it. Money is in its currency."""

    id: str
    title: str
    team: str
    problem: str
    decision: str
    tags: list[str]
    currency: str
    volume: RoughFigure | None
    value: RoughFigure | None
    worth: RoughWorth | None
    state: IdeaState
    stage: Stage
    proposed_by: str
    proposed_at: datetime
    is_verified: bool
    reason: str
    settled_by: str
    settled_at: datetime | None
    same_as: str = Field(description="The id of the proposal that it is the same as; empty for none that may be seen.")
    same_title: str
    rate: float | None


class Ideas(Listing):
    """A page of the queue; `currency` is the one in which worth is compared."""

    currency: str
    ideas: list[Idea]
