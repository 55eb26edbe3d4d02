"""What the server counts beside the Store; app/api/exposition.py tells it to who asks."""

from __future__ import annotations

from prometheus_client import Gauge, GCCollector, Histogram, PlatformCollector, ProcessCollector

from db import REGISTRY, is_yes, setting
from scoping import Refused

VARIABLE = "GROUNDWORK_METRICS"

ASSESSMENT_SECONDS = Histogram(
    "groundwork_assessment_seconds", "How long it took to assess a proposal.", registry=REGISTRY
)
SESSIONS = Gauge("groundwork_sessions", "Browser tabs that are connected.", registry=REGISTRY)
for each in (GCCollector, PlatformCollector, ProcessCollector):
    each(registry=REGISTRY)


class MetricsRefused(Refused):
    """Neither yes nor no."""


def are_wanted() -> bool:
    """Whether somebody asked for them: they tell how much a team works. Raises MetricsRefused."""
    answer = is_yes(setting(VARIABLE))
    if answer is None:
        raise MetricsRefused(f"{VARIABLE}: must be 1 or 0.")
    return answer
