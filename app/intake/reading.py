"""An uploaded file as a table, without letting a hostile one near this process."""

from __future__ import annotations

from pathlib import Path
from tempfile import TemporaryDirectory

from app.intake.sheet import MOST_BYTES, decoded
from app.probing.apart import run_apart
from scoping.errors import SourceRefused, quote
from scoping.intake import Table
from scoping.text.languages import Language, message

_SECONDS = 60
_LONGEST_NAME = 200


def read_table(content: bytes, name: str, language: Language) -> Table:
    """The table in a file. Raises SourceRefused, in that language."""
    if len(content) > MOST_BYTES:
        raise SourceRefused(message("{name} is larger than {most} MB.", name=quote(name), most=str(MOST_BYTES >> 20)))
    with TemporaryDirectory(prefix="groundwork_ideas_") as folder:
        path = Path(folder) / "ideas"
        path.write_bytes(content)
        # A name is data: it is never a path, and no option of the command line.
        words = [str(path), f"{name}"[:_LONGEST_NAME].replace("\x00", ""), language.tag]
        found = run_apart("app.intake.sheet", words, Path(folder), _SECONDS)
    if found is None:
        raise SourceRefused(message("{name} could not be read. Save the table as CSV, and try that.", name=quote(name)))
    if "refused" in found:
        raise SourceRefused(str(found["refused"]))
    return decoded(found)
