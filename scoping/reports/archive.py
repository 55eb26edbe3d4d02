"""Many summaries in one ZIP file, for those who review a whole portfolio away from the app."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Sequence

from . import formats, render
from .blocks import Summary
from .filenames import file_name

# The same summaries give the same bytes: a ZIP file knows no earlier day.
_NO_DATE = (1980, 1, 1, 0, 0, 0)
_RIGHTS = 0o644 << 16


class Archive:
    """Files of summaries, each under a name of its own."""

    def __init__(self) -> None:
        self._target = io.BytesIO()
        self._file = zipfile.ZipFile(self._target, "w", zipfile.ZIP_DEFLATED)
        self._taken: set[str] = set()

    def add(self, summary: Summary, names: Sequence[str]) -> None:
        """The summary in each of the formats. Raises UnknownFormat."""
        for name in names:
            content = render(summary, name)
            entry = zipfile.ZipInfo(self._free(summary.title, formats()[name].suffix), _NO_DATE)
            entry.compress_type, entry.external_attr = zipfile.ZIP_DEFLATED, _RIGHTS
            self._file.writestr(entry, content)

    def _free(self, title: str, suffix: str) -> str:
        """A file name that no other summary has: two proposals may bear the same title."""
        name, number = file_name(title, suffix), 1
        while name in self._taken:
            number += 1
            name = f"{file_name(title, '').removesuffix('.')}-{number}.{suffix}"
        self._taken.add(name)
        return name

    def content(self) -> bytes:
        """The ZIP file; nothing can be added afterwards."""
        self._file.close()
        return self._target.getvalue()
