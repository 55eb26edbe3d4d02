"""A probe in a process of its own: with limits, progress, and a way to stop it. Nothing heavy is imported here.

    running = start(asked)                      or start(asked, upload=content) for a file that was sent
    running.progress()                          (0.2, "profile"), at any time
    running.is_done, running.cancel()
    running.result()                            the Evidence; raises SourceRefused or ProbeEnded, in words

Whatever happens to that process, by its limits, by the system or by itself, ends there: it is told in words, and its
files are removed.
"""

from __future__ import annotations

import atexit
import json
import os
import shutil
import signal
import subprocess
import sys
import tempfile
import threading
from contextlib import suppress
from pathlib import Path
from typing import Any, BinaryIO

from pydantic import ValidationError

from ..document.evidence import Evidence
from ..errors import GroundworkError, ProbeEnded, SourceRefused
from ..text.languages import message
from .asked import FOLDER, MOST_MEGABYTES, Asked
from .carried import as_json, said_again

_PASSED_ON = ("PATH", "HOME", "LANG", "LC_ALL", "TZ", "SYSTEMROOT", "PYTHONPATH", "VIRTUAL_ENV", "JAVA_HOME")
_PASSED_ON_OF = ("SPARK_", "HADOOP_", "PG", "KRB5")
_WAIT_FOR_END = 3.0
_LONGEST_LINE = 8 * 2**20


class Running:
    """A probe that runs, or has run. It may be asked from any thread."""

    def __init__(self, asked: Asked, folder: Path, path: Path | None) -> None:
        self._folder = folder
        self._state: tuple[float, str] = (0.0, "reading")
        self._found: Evidence | None = None
        self._error: GroundworkError | None = None
        self._is_cancelled = False
        self._done = threading.Event()
        self._process = _started(folder)
        request = {"asked": as_json(asked), "folder": str(folder), "path": str(path) if path else ""}
        _OPEN.add(self)
        threading.Thread(target=self._follow, args=(request,), daemon=True).start()

    def progress(self) -> tuple[float, str]:
        """How far it is, 0 to 1, and the code of what it does now."""
        return self._state

    @property
    def is_done(self) -> bool:
        """True once there is a result, or a reason why there is none."""
        return self._done.is_set()

    def wait(self, seconds: float | None = None) -> bool:
        """Wait for its end, so many seconds at most; True where it has ended."""
        return self._done.wait(seconds)

    def cancel(self) -> None:
        """End it, with everything that it started. Its files are gone when this returns."""
        self._is_cancelled = True
        self._end(signal.SIGTERM)
        if not self.wait(_WAIT_FOR_END):
            self._end(getattr(signal, "SIGKILL", signal.SIGTERM))
            self.wait(_WAIT_FOR_END)

    def result(self) -> Evidence:
        """The evidence; waits for it. Raises SourceRefused, ProbeEnded."""
        self._done.wait()
        if self._error is not None:
            raise self._error
        assert self._found is not None
        return self._found

    def _end(self, how: int) -> None:
        with suppress(ProcessLookupError, PermissionError):
            if hasattr(os, "killpg"):
                os.killpg(self._process.pid, how)
            else:
                self._process.terminate()

    def _follow(self, request: dict[str, Any]) -> None:
        try:
            self._listen(request)
        finally:
            # What it started, a Java machine for instance, ends with it.
            self._end(getattr(signal, "SIGKILL", signal.SIGTERM))
            status = self._process.wait()
            for pipe in (self._process.stdin, self._process.stdout):
                with suppress(OSError):
                    if pipe:
                        pipe.close()
            shutil.rmtree(self._folder, ignore_errors=True)
            if self._is_cancelled or (self._found is None and self._error is None):
                self._error = ProbeEnded(_why(status, self._is_cancelled))
            _OPEN.discard(self)
            self._done.set()

    def _listen(self, request: dict[str, Any]) -> None:
        assert self._process.stdin
        assert self._process.stdout
        with suppress(OSError):
            self._process.stdin.write(json.dumps(request) + "\n")
            self._process.stdin.flush()
        while line := self._process.stdout.readline(_LONGEST_LINE):
            try:
                self._take(json.loads(line))
            except (ValueError, KeyError, TypeError, AttributeError, ValidationError):
                self._error = ProbeEnded(_failed())
                return
            if self._found is not None or self._error is not None:
                return

    def _take(self, said: dict[str, Any]) -> None:
        if "progress" in said:
            self._state = (min(1.0, max(0.0, float(said["progress"]))), str(said["code"])[:100])
        elif "evidence" in said:
            self._found = Evidence.model_validate_json(json.dumps(said["evidence"]))
        elif "refused" in said:
            self._error = SourceRefused(said_again(said["refused"]))
        else:
            self._error = ProbeEnded(_out_of_memory() if said.get("ended") == "memory" else _failed())


_OPEN: set[Running] = set()


def start(asked: Asked, upload: bytes | BinaryIO | None = None) -> Running:
    """Start a probe. `upload` is a file that was sent: it is kept for as long as the probe runs, and not longer.

    Raises SourceRefused where that file is larger than what is read.
    """
    # Whose it is stands in its name: what a process that was killed has left can be told.
    folder = Path(tempfile.mkdtemp(prefix=f"{FOLDER}{os.getpid()}-"))
    try:
        path = _written(upload, folder / "upload") if upload is not None else None
        return Running(asked, folder, path)
    except BaseException:
        shutil.rmtree(folder, ignore_errors=True)
        raise


def _written(upload: bytes | BinaryIO, path: Path) -> Path:
    left = MOST_MEGABYTES * 2**20
    with path.open("wb") as file:
        blocks = iter([upload]) if isinstance(upload, bytes) else iter(lambda: upload.read(2**20), b"")
        for block in blocks:
            left -= len(block)
            if left < 0:
                raise SourceRefused(
                    message("The file is larger than {most} MB, which is what a probe reads.", most=str(MOST_MEGABYTES))
                )
            file.write(block)
    return path


def _started(folder: Path) -> subprocess.Popen[str]:
    """The process: a group of its own, with nothing of this one's surroundings that it does not need."""
    return subprocess.Popen(  # noqa: S603
        [sys.executable, "-m", f"{__package__}.child"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
        encoding="utf-8",
        cwd=folder,
        env=_surroundings(folder),
        start_new_session=True,
    )


def _surroundings(folder: Path) -> dict[str, str]:
    kept = {key: value for key, value in os.environ.items() if key in _PASSED_ON or key.startswith(_PASSED_ON_OF)}
    root = str(Path(__file__).parents[2])
    paths = os.pathsep.join([root, *filter(None, [kept.get("PYTHONPATH")])])
    return {**kept, "PYTHONPATH": paths, "TMPDIR": str(folder), "PYTHONUNBUFFERED": "1", "OPENBLAS_NUM_THREADS": "1"}


def _why(status: int, is_cancelled: bool) -> str:
    if is_cancelled:
        return message("The probe was stopped.")
    if status == -signal.SIGALRM if hasattr(signal, "SIGALRM") else False:
        return message("The probe took longer than it may. Draw a smaller sample, or allow it more seconds.")
    if status == -getattr(signal, "SIGKILL", 9):
        return _out_of_memory()
    return _failed()


def _out_of_memory() -> str:
    return message(
        "The probe needed more memory than it may take. Draw a smaller sample, leave columns out, or allow it more megabytes."
    )


def _failed() -> str:
    return message("The probe ended before it was done, and nothing else was harmed. The file may be damaged.")


def _end_all() -> None:
    for each in list(_OPEN):
        each.cancel()


atexit.register(_end_all)
