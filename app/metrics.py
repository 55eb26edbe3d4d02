"""What the server counts beside the Store; app/api/exposition.py tells it to who asks."""

from __future__ import annotations

from prometheus_client import Gauge, GCCollector, Histogram, PlatformCollector, ProcessCollector

from db import REGISTRY, setting
from scoping import Refused

VARIABLE = "GROUNDWORK_METRICS"
_ON, _OFF = ("1", "true", "yes", "on"), ("", "0", "false", "no", "off")

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
    given = setting(VARIABLE).lower()
    if given not in (*_ON, *_OFF):
        raise MetricsRefused(f"{VARIABLE}: must be {_ON[0]} or 0.")
    return given in _ON
