"""What an exported file looks like, before anybody downloads it: its pages as pictures.

A PDF is drawn as it is. Files of Word, PowerPoint and Excel are drawn where LibreOffice is on the
server's path.
"""

from __future__ import annotations

import io
import shutil
import subprocess
from contextlib import closing
from pathlib import Path
from tempfile import TemporaryDirectory
from threading import Lock

import pypdfium2

_OFFICE, _PATIENCE = "soffice", 90
_MOST_PAGES, _PIXELS_A_POINT = 12, 1.6
# PDFium is not safe to use from several threads.
_ONE_AT_A_TIME = Lock()
OFFICE_SUFFIXES = frozenset({"docx", "pptx", "xlsx"})


class NoPreview(Exception):
    """A file that cannot be shown here; the message says why."""


def can_show(suffix: str) -> bool:
    """True where files of that ending can be drawn on this server."""
    return suffix == "pdf" or (suffix in OFFICE_SUFFIXES and shutil.which(_OFFICE) is not None)


def pictures(content: bytes, suffix: str) -> tuple[list[bytes], int]:
    """The first pages as PNG, and how many pages there are. Raises NoPreview."""
    printed = content if suffix == "pdf" else _as_pdf(content, suffix)
    with _ONE_AT_A_TIME, closing(pypdfium2.PdfDocument(printed)) as document:
        count = len(document)
        return [_picture(document[number]) for number in range(min(count, _MOST_PAGES))], count


def _picture(page: pypdfium2.PdfPage) -> bytes:
    target = io.BytesIO()
    page.render(scale=_PIXELS_A_POINT).to_pil().save(target, format="PNG")
    return target.getvalue()


def _as_pdf(content: bytes, suffix: str) -> bytes:
    office = shutil.which(_OFFICE)
    if office is None:
        raise NoPreview("LibreOffice is not installed on the server.")
    with TemporaryDirectory() as folder:
        source = Path(folder) / f"summary.{suffix}"
        source.write_bytes(content)
        # A profile of its own: two conversions at a time do not wait for each other.
        profile = f"-env:UserInstallation={Path(folder, 'profile').as_uri()}"
        command = [office, profile, "--headless", "--convert-to", "pdf", "--outdir", folder, str(source)]
        try:
            # Every argument is ours; what people typed is inside the file.
            subprocess.run(command, check=True, capture_output=True, timeout=_PATIENCE)  # noqa: S603
            return source.with_suffix(".pdf").read_bytes()
        except (OSError, subprocess.SubprocessError) as error:
            raise NoPreview("LibreOffice could not draw this file.") from error
