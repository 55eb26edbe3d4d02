"""/api/proposals/ID/reviews: rounds of review with their advice. They are read here; people speak on the pages."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

from fastapi.encoders import jsonable_encoder

from app.api.models.deciding import Reviews
from app.api.operation import Operation, Reading, Resource
from db import Review


def list_reviews(asked: Reading, identity: str) -> dict[str, Any]:
    """The rounds of review of a proposal, newest first. At most one is open: the version that it names is under review.

    `counted` is what counts of each function that is asked, in their order; `advice` all that was said.
    """
    return {"reviews": [_told(each) for each in asked.store().reviewing.rounds(identity)]}


def _told(review: Review) -> dict[str, Any]:
    found = {**asdict(review), "counted": [asdict(each) for each in review.counted]}
    found.pop("proposal_id")
    told: dict[str, Any] = jsonable_encoder(found)
    return told


RESOURCE = Resource(
    "Reviews",
    47,
    (Operation("GET", "/api/proposals/{identity}/reviews", list_reviews, Reviews),),
)
