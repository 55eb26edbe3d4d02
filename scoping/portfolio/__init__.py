"""Which proposals fit under limits of money and people, chosen exactly and with their uncertainty."""

from .candidates import Candidate, Option
from .choosing import Choice, choose
from .conflict import smallest_conflict
from .limits import Limits, PortfolioRefused
from .optimum import Chosen, Unsolvable
from .prices import Price, prices
from .proposals import candidate_of, with_common_causes
from .reading import read_limits
from .risk import Risk, expected_shortfall, together
from .shrinkage import Shrunk, shrink

__all__ = [
    "Candidate",
    "Choice",
    "Chosen",
    "Limits",
    "Option",
    "PortfolioRefused",
    "Price",
    "Risk",
    "Shrunk",
    "Unsolvable",
    "candidate_of",
    "choose",
    "expected_shortfall",
    "prices",
    "read_limits",
    "shrink",
    "smallest_conflict",
    "together",
    "with_common_causes",
]
