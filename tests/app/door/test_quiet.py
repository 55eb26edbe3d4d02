"""What a caller breaks is one line in the log; what we break is told in full."""

from __future__ import annotations

import logging

import pytest
from h11 import RemoteProtocolError

from app.door.quiet import keep_log_short


@pytest.mark.parametrize("name", ["asyncio", "uvicorn.error"])
@pytest.mark.parametrize(
    ("error", "is_short"), [(RemoteProtocolError("illegal chunk header"), True), (ValueError("ours"), False)]
)
def test_the_history_of_a_callers_error_is_left_out(
    caplog: pytest.LogCaptureFixture, name: str, error: Exception, is_short: bool
) -> None:
    keep_log_short()
    keep_log_short()
    try:
        raise error
    except Exception:
        logging.getLogger(name).exception("Fatal error on %s", "a transport")
    assert ("Traceback" not in caplog.text) is is_short
    assert str(error) in caplog.text
    assert len(caplog.records) == 1
