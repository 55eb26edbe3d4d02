"""Scoping of machine-learning projects: the document, its assessment, and the summary of both.

from scoping import assess, read
assessment = assess(read(open("proposal.json").read()))
assessment.verdict.recommendation
"""

from .assess import DrawsRefused, assess
from .assessment import Assessment
from .document.estimate import Estimate
from .document.proposal import (
    Proposal,
    content_hash,
    read,
    schema,
    to_dict,
    write,
)
from .errors import DocumentRefused, GroundworkError, Problem, Refused, UnknownFormat

__all__ = [
    "Assessment",
    "DocumentRefused",
    "DrawsRefused",
    "Estimate",
    "GroundworkError",
    "Problem",
    "Proposal",
    "Refused",
    "UnknownFormat",
    "assess",
    "content_hash",
    "read",
    "schema",
    "to_dict",
    "write",
]
