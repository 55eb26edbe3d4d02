"""/metrics, on request only: what the server did, in the form that Prometheus reads. Numbers alone, no names."""

from __future__ import annotations

from prometheus_client import CONTENT_TYPE_LATEST, generate_latest
from starlette.requests import Request
from starlette.responses import Response
from streamlit import runtime
from streamlit.runtime.stats import ACTIVE_SESSIONS_FAMILY

from app.metrics import SESSIONS
from db import REGISTRY


async def metrics(_: Request) -> Response:
    """All metrics of this process."""
    SESSIONS.set(_connected())
    return Response(
        generate_latest(REGISTRY), headers={"Content-Type": CONTENT_TYPE_LATEST, "Cache-Control": "no-store"}
    )


def _connected() -> int:
    """As the framework counts them."""
    if not runtime.exists():
        return 0
    found = runtime.get_instance().stats_mgr.get_stats(family_names=[ACTIVE_SESSIONS_FAMILY])
    return sum(int(getattr(each, "value", 0)) for each in found.get(ACTIVE_SESSIONS_FAMILY, ()))
