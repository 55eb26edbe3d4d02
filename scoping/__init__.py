"""Scoping of machine-learning projects: the document, its assessment, and the summary of both.

from scoping import assess, read
assessment = assess(read(open("proposal.json").read()))
assessment.verdict.recommendation
"""

from .assess import appraise, assess, assess_in_full, firmness_of, pilot_sizes_of
from .assessment import Appraisal, Assessment
from .document.estimate import Estimate
from .document.evidence import Evidence
from .document.evidence.reading import evidence_schema, read_evidence
from .document.hashing import content_hash, is_hash_of
from .document.proposal import Proposal
from .document.reading import read, read_saved, schema, to_dict, write
from .errors import DocumentRefused, DrawsRefused, GroundworkError, Problem, Refused, UnknownFormat
from .firmness import Firmness
from .value.pilot_size import PilotSizes

__all__ = [
    "Appraisal",
    "Assessment",
    "DocumentRefused",
    "DrawsRefused",
    "Estimate",
    "Evidence",
    "Firmness",
    "GroundworkError",
    "PilotSizes",
    "Problem",
    "Proposal",
    "Refused",
    "UnknownFormat",
    "appraise",
    "assess",
    "assess_in_full",
    "content_hash",
    "evidence_schema",
    "firmness_of",
    "is_hash_of",
    "pilot_sizes_of",
    "read",
    "read_evidence",
    "read_saved",
    "schema",
    "to_dict",
    "write",
]
