"""What follows from the record: the organisation's own reference classes, and what decisions saved."""

from __future__ import annotations

from app.session.tracked import Tracked


def learned_part(found: Tracked) -> None:
    """Drawn as far as there is anything to say."""
    del found
