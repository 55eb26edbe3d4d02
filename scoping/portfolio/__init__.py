"""Which proposals fit under limits of money and people, chosen exactly and with their uncertainty."""

from .candidates import Candidate, Option
from .choosing import Choice, choose
from .conflict import smallest_conflict
from .exploring import Point, by_budget, by_risk, forced, robustness
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
    "Point",
    "PortfolioRefused",
    "Price",
    "Risk",
    "Shrunk",
    "Unsolvable",
    "by_budget",
    "by_risk",
    "candidate_of",
    "choose",
    "expected_shortfall",
    "forced",
    "prices",
    "read_limits",
    "robustness",
    "shrink",
    "smallest_conflict",
    "together",
    "with_common_causes",
]
