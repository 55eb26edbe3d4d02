"""How much one request may bring."""

from __future__ import annotations

SAMPLE_MEGABYTES = 100
"""The largest sample of a team's data that is taken through a page. Larger ones are measured where they lie."""
LARGEST_SAMPLE = (SAMPLE_MEGABYTES + 1) << 20
"""With what a form adds to a file."""
LARGEST_BODY = 6 << 20
"""Of any other request."""
DOCUMENT_MEGABYTES = 5
"""The largest document that the API takes, as that of a file that is imported."""
LARGEST_DOCUMENT = DOCUMENT_MEGABYTES << 20
