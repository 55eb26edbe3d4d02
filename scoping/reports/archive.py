"""Many summaries in one ZIP file, for those who review a whole portfolio away from the app."""

from __future__ import annotations

import zipfile
from collections.abc import Sequence
from typing import BinaryIO

from . import formats, render
from .filenames import file_name
from .summary import Summary
from .zipped import entry


class Archive:
    """Files of summaries, each under a name of its own, written into a file one after the other."""

    def __init__(self, target: BinaryIO) -> None:
        self._file = zipfile.ZipFile(target, "w")
        self._taken: set[str] = set()

    def add(self, summary: Summary, names: Sequence[str]) -> None:
        """The summary in each of the formats. Raises UnknownFormat."""
        for name in names:
            content = render(summary, name)
            self._file.writestr(entry(self._free(summary.title, formats()[name].suffix)), content)

    def _free(self, title: str, suffix: str) -> str:
        """A file name that no other summary has: two proposals may bear the same title."""
        name, number = file_name(title, suffix), 1
        while name in self._taken:
            number += 1
            name = f"{file_name(title, '').removesuffix('.')}-{number}.{suffix}"
        self._taken.add(name)
        return name

    def close(self) -> None:
        """Write the table of contents; nothing can be added afterwards."""
        self._file.close()
