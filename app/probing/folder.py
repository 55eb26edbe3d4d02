"""The private folder in which uploaded samples lie until their probe ends: apart from the data, so in no backup.

A process that is killed cannot clean up behind itself: the next one that starts does.
"""

from __future__ import annotations

import os
import re
import shutil
import tempfile
from pathlib import Path

from scoping.probe.asked import FOLDER

_PREFIX = "groundwork-samples-"
_LEFT = re.compile(rf"(?:{_PREFIX}|{FOLDER})(\d+)-")
_LONGEST_NAME = 120
# What a path, a sheet of a workbook or a URL would be read from.
_MEANS_SOMETHING = re.compile(r"[\x00-\x1f\x7f/\\#?:*|<>\"]")


def private_folder() -> Path:
    """A new folder that this process alone may read."""
    return Path(tempfile.mkdtemp(prefix=f"{_PREFIX}{os.getpid()}-"))


def remove(folder: Path) -> None:
    """Take out a folder with all in it; one that is gone already is no matter."""
    shutil.rmtree(folder, ignore_errors=True)


def safe_name(name: str) -> str:
    """A file's name as its uploader called it, without what would mean something in a path or an address."""
    plain = _MEANS_SOMETHING.sub("_", name.encode("utf-8", "replace").decode()).strip(" .")
    while len(plain.encode()) > _LONGEST_NAME:
        plain = plain[1:]
    return plain or "sample"


def remove_what_was_left() -> None:
    """Samples and copies of processes that are no more; in a container, the one before had this process's own number.

    Called before this process has any of its own.
    """
    for folder in Path(tempfile.gettempdir()).glob("groundwork-*"):
        found = _LEFT.match(folder.name)
        if found and (int(found[1]) == os.getpid() or not _is_alive(int(found[1]))):
            remove(folder)


def _is_alive(process: int) -> bool:
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    except OSError:
        return True
    return True
