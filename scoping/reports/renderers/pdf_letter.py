"""The brief on the paper of North America."""

from __future__ import annotations

from functools import partial

from ..blocks import Format
from .pdf import render

FORMAT = Format(
    "pdf-letter",
    "PDF, US Letter",
    "letter.pdf",
    "application/pdf",
    partial(render, paper="us-letter"),
    place=1,
)
