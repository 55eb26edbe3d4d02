"""The log: one line an event, plain or JSON, and nothing in it that people typed."""

from __future__ import annotations

import io
import json
import logging
import subprocess
import sys
from collections.abc import Iterator

import pytest

from app.logs import JsonRecord, PlainRecord, wants_json
from scoping import Refused

TYPED = "what somebody typed"


@pytest.fixture
def log() -> Iterator[logging.Logger]:
    """A logger with a plain handler of its own, as libraries have them."""
    factory = logging.getLogRecordFactory()
    logger = logging.Logger("some.library")
    logger.addHandler(logging.StreamHandler(io.StringIO()))
    yield logger
    logging.setLogRecordFactory(factory)


def lines(logger: logging.Logger) -> list[str]:
    handler = logger.handlers[0]
    assert isinstance(handler, logging.StreamHandler)
    return str(handler.stream.getvalue()).splitlines()


def fail(logger: logging.Logger) -> None:
    try:
        try:
            int(TYPED)
        except ValueError as error:
            raise KeyError(TYPED) from error
    except KeyError:
        logger.exception("failed")


def test_a_plain_line_stays_one_line_and_names_what_it_is_about(log: logging.Logger) -> None:
    logging.setLogRecordFactory(PlainRecord)
    log.error("said %s", "a\nb\x1b[31m\u2028", extra={"ids": {"proposal": "x\ny"}})
    assert lines(log) == ["said a\\u000ab\\u001b[31m\\u2028 proposal=x\\u000ay"]


def test_an_error_tells_where_it_came_from_and_not_what_it_says(log: logging.Logger) -> None:
    logging.setLogRecordFactory(PlainRecord)
    fail(log)
    told = lines(log)
    assert told[0] == "failed"
    assert told[-1] == "builtins.KeyError"
    assert "builtins.ValueError" in told
    assert any("in fail" in line for line in told)
    assert TYPED not in "\n".join(told)


def test_as_json_each_event_is_one_object_on_one_line(log: logging.Logger) -> None:
    logging.setLogRecordFactory(JsonRecord)
    log.warning("said %s", 'a\n"b"', extra={"ids": {"proposal": "x", "level": "forged"}})
    fail(log)
    first, second = map(json.loads, lines(log))
    assert (first["event"], first["level"], first["proposal"]) == ('said a\n"b"', "warning", "x")
    assert first["time"].endswith("+00:00")
    assert second["error"][-1] == "builtins.KeyError"
    assert TYPED not in json.dumps(second)


def test_a_form_that_there_is_none_of_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GROUNDWORK_LOG", "xml")
    with pytest.raises(Refused, match="GROUNDWORK_LOG: must be plain or json"):
        wants_json()


@pytest.mark.parametrize("form", ["plain", "json"])
def test_the_frameworks_own_loggers_tell_no_more(form: str) -> None:
    done = subprocess.run(
        [sys.executable, "-c", _FRAMEWORK],
        capture_output=True,
        text=True,
        check=True,
        env={"GROUNDWORK_LOG": form},
    )
    assert "hunter2" not in done.stdout + done.stderr
    told = [line for line in done.stderr.splitlines() if "ValueError" in line]
    assert len(told) == 2, done.stderr
    assert form == "plain" or [json.loads(line)["event"] for line in done.stderr.splitlines()] == ["late", "alone"]


# A logger that the framework makes after the start, one of Python's own, and one that would tell a page's error twice.
_FRAMEWORK = """
import logging
from app.logs import set_up
from streamlit import config
told = set_up()
config.get_config_options(options_from_flags=told)
from streamlit.logger import get_logger
late, twice = get_logger("streamlit.some.late.module"), get_logger("streamlit.error_util")
for logger, event in ((late, "late"), (logging.getLogger("alone"), "alone"), (twice, "twice")):
    try:
        raise ValueError("hunter2")
    except ValueError:
        logger.exception(event)
"""
