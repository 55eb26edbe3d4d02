"""How many requests a minute a token takes, and what its bearer is told of it.

The door counts who comes by address or sign-in. Programs of several people may come from one address, so each token is
counted for itself, once it is known to be one; those that are none are counted by address.
"""

from __future__ import annotations

import time

from limits import RateLimitItemPerMinute
from limits.storage import MemoryStorage
from limits.strategies import MovingWindowRateLimiter

from app.api.refusals import TooMany

A_MINUTE = RateLimitItemPerMinute(300)
WRONG_A_MINUTE = RateLimitItemPerMinute(30)
_SECONDS = 60


class Counter:
    """Counts the bearers of tokens, in this process."""

    def __init__(self) -> None:
        self._limiter = MovingWindowRateLimiter(MemoryStorage())

    def good(self, token_id: str) -> dict[str, str]:
        """Count a request of a token; what is told with its answer. Raises TooMany."""
        is_within = self._limiter.hit(A_MINUTE, token_id)
        told = self._told(token_id)
        if not is_within:
            refused = TooMany("Too many requests with this token.", self._seconds(token_id))
            refused.headers |= told
            raise refused
        return told

    def wrong(self, address: str) -> None:
        """Count a token that is none. Raises TooMany."""
        if not self._limiter.hit(WRONG_A_MINUTE, address):
            raise TooMany("Too many requests with tokens that are none.", _SECONDS)

    def _told(self, token_id: str) -> dict[str, str]:
        """Source of the headers: draft-ietf-httpapi-ratelimit-headers-10, RateLimit header fields for HTTP."""
        left = self._limiter.get_window_stats(A_MINUTE, token_id).remaining
        return {
            "RateLimit-Policy": f'"token";q={A_MINUTE.amount};w={_SECONDS}',
            "RateLimit": f'"token";r={left};t={self._seconds(token_id)}',
        }

    def _seconds(self, token_id: str) -> int:
        """Until the oldest request of the minute counts no more."""
        reset = self._limiter.get_window_stats(A_MINUTE, token_id).reset_time
        return max(1, round(reset - time.time()))


COUNTER = Counter()
