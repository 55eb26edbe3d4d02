"""Which proposals fit under limits of money and people, chosen exactly and with their uncertainty."""

from .believing import Belief, Believed
from .candidates import Candidate, Option, PilotOffer
from .choosing import Choice, choose
from .conflict import smallest_conflict
from .exploring import Point, by_budget, by_risk, forced, robustness
from .limits import Limit, Limits, PortfolioRefused
from .optimum import Chosen, Unsolvable
from .piloting import PilotWorth, pilots_first
from .prices import Price, prices
from .proposals import candidate_of, with_common_causes
from .reading import read_limits, read_scenario, scenario_of, with_ids
from .risk import Risk, expected_shortfall, together
from .scenario import Scenario
from .settings import Settings
from .shrinkage import Prior, Shrunk, shrink
from .study import FrontierPoint, Line, NotCounted, OtherWay, Part, Study, extended, study
from .timeline import Bar, Timeline, Used

__all__ = [
    "Bar",
    "Belief",
    "Believed",
    "Candidate",
    "Choice",
    "Chosen",
    "FrontierPoint",
    "Limit",
    "Limits",
    "Line",
    "NotCounted",
    "Option",
    "OtherWay",
    "Part",
    "PilotOffer",
    "PilotWorth",
    "Point",
    "PortfolioRefused",
    "Price",
    "Prior",
    "Risk",
    "Scenario",
    "Settings",
    "Shrunk",
    "Study",
    "Timeline",
    "Unsolvable",
    "Used",
    "by_budget",
    "by_risk",
    "candidate_of",
    "choose",
    "expected_shortfall",
    "extended",
    "forced",
    "pilots_first",
    "prices",
    "read_limits",
    "read_scenario",
    "robustness",
    "scenario_of",
    "shrink",
    "smallest_conflict",
    "study",
    "together",
    "with_common_causes",
    "with_ids",
]
