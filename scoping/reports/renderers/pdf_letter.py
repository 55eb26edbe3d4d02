"""The brief on the paper of North America."""

from __future__ import annotations

from functools import partial

from ...text.languages import message
from ..file_format import FileFormat
from ..memo import Memo
from ..paper import US_LETTER
from .pdf import render

FORMAT = FileFormat[Memo](
    "pdf-letter",
    message("PDF, US Letter"),
    "letter.pdf",
    "application/pdf",
    partial(render, paper=US_LETTER),
    place=2,
)
