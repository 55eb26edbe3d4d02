"""The closed vocabularies: every word that a document, a figure or a page may choose from, said once.

Each member is its own text, so it compares with, sorts with and is written as the plain word.
"""

from __future__ import annotations

from enum import StrEnum


class Recommendation(StrEnum):
    """What a verdict says, and what a decision may decide."""

    BUILD = "build"
    PILOT = "pilot"
    SIMPLER = "simpler"
    REWORK = "rework"
    STOP = "stop"


# Someone who signs chooses among the same words that the verdict chooses from.
Outcome = Recommendation


class AlternativeKind(StrEnum):
    """What sort of solution an alternative is. Exactly one of a proposal is the status quo."""

    STATUS_QUO = "status_quo"
    PROCESS_CHANGE = "process_change"
    RULES = "rules"
    BUY = "buy"
    CLASSICAL_ML = "classical_ml"
    DEEP_LEARNING = "deep_learning"
    FOUNDATION_MODEL = "foundation_model"

    @property
    def is_machine_learning(self) -> bool:
        """True where a model has to be trained or adapted."""
        return self in _MACHINE_LEARNING


_MACHINE_LEARNING = frozenset(
    {AlternativeKind.CLASSICAL_ML, AlternativeKind.DEEP_LEARNING, AlternativeKind.FOUNDATION_MODEL}
)


class Component(StrEnum):
    """What a cost pays for, after the boxes of Sculley et al. 2015."""

    CONFIGURATION = "configuration"
    DATA_COLLECTION = "data_collection"
    DATA_VERIFICATION = "data_verification"
    FEATURE_EXTRACTION = "feature_extraction"
    MODELLING = "modelling"
    ANALYSIS_TOOLS = "analysis_tools"
    PROCESS_MANAGEMENT = "process_management"
    MACHINE_RESOURCES = "machine_resources"
    SERVING = "serving"
    MONITORING = "monitoring"
    LABELLING = "labelling"
    INTEGRATION = "integration"
    CHANGE_MANAGEMENT = "change_management"
    OTHER = "other"


class Timing(StrEnum):
    """When a cost falls due."""

    ONE_OFF = "one_off"
    AT_START = "at_start"
    EACH_BUILD_MONTH = "each_build_month"
    MONTHLY = "monthly"
    PER_CASE = "per_case"


class CashConvention(StrEnum):
    """At which moment the money of a month counts, for discounting."""

    MONTH_END = "month_end"
    MID_MONTH = "mid_month"
    YEAR_END = "year_end"


class GrowthSteps(StrEnum):
    """How yearly growth comes."""

    SMOOTH = "smooth"
    YEARLY = "yearly"


class Treatment(StrEnum):
    """How finance books a cost: written off over years, or spent in the year in which it falls due."""

    OPERATING = "operating"
    CAPITAL = "capital"


class RateKind(StrEnum):
    """Whether a discount rate has inflation in it."""

    NOMINAL = "nominal"
    REAL = "real"


class Better(StrEnum):
    """Which way a metric improves."""

    UP = "up"
    DOWN = "down"


class Unit(StrEnum):
    """What a number is counted in. A share is 0..1 in the document and shown as a percentage."""

    MONEY = "money"
    SHARE = "share"
    SHARE_A_YEAR = "share a year"
    COUNT = "count"
    CASES = "cases"
    MONTHS = "months"
    MINUTES = "minutes"
    UNITS = "units"
    FACTOR = "factor"
    RATIO = "ratio"
    CORRELATION = "correlation"
    METRIC = "metric"
    NUMBER = "number"
    CATEGORY = "category"

    @property
    def is_share(self) -> bool:
        """True where people write the number as a percentage."""
        return self in (Unit.SHARE, Unit.SHARE_A_YEAR)


class BreakEvenStatus(StrEnum):
    """How expected NPV moves along a technical metric."""

    CROSSES = "crosses"
    ALWAYS = "always"
    NEVER = "never"
    SEVERAL = "several"


class GateStatus(StrEnum):
    """Whether a condition that no average may outvote holds."""

    PASSED = "passed"
    FAILED = "failed"
    OPEN = "open"
    UNANSWERED = "unanswered"


class Level(StrEnum):
    """How likely, or how bad."""

    LOW = "low"
    MEDIUM = "medium"
    HIGH = "high"


class GroundKind(StrEnum):
    """What an answer or an estimate rests on."""

    MEASURED = "measured"
    PUBLISHED = "published"
    EXPERT = "expert"
    GUESS = "guess"


class CeilingKind(StrEnum):
    """Where a ceiling comes from: two people who labelled the same cases, or a published result."""

    LABELLED_TWICE = "labelled_twice"
    PUBLISHED = "published"


class MilestoneKind(StrEnum):
    """What sort of result a milestone is."""

    ML = "ml"
    SOFTWARE = "software"
    BUSINESS = "business"
    DECISION = "decision"


class DataStructure(StrEnum):
    """Tables, or images, audio and text."""

    STRUCTURED = "structured"
    UNSTRUCTURED = "unstructured"
    BOTH = "both"


class PersonalData(StrEnum):
    """Whether the data speaks of people, and how closely (GDPR art. 4 and 9)."""

    NONE = "none"
    PERSONAL = "personal"
    SPECIAL = "special"


class System(StrEnum):
    """Whether a system of this kind already runs."""

    NEW = "new"
    EXISTING = "existing"


class OutsideViewClass(StrEnum):
    """The published reference classes of the outside view."""

    IT_PROJECTS = "it_projects"
    GREEN_BOOK_UPPER = "green_book_upper"
    GREEN_BOOK_LOWER = "green_book_lower"


class Overrun(StrEnum):
    """What own projects came to is compared with what was signed of it."""

    COST = "cost"
    TIME = "time"
    BENEFIT = "benefit"


class StageName(StrEnum):
    """The stages of spending."""

    PILOT = "pilot"
    BUILD = "build"
    RUN = "run"


class Tone(StrEnum):
    """What a mark of a chart, or a word, says by its colour."""

    MAIN = "main"
    GOOD = "good"
    BAD = "bad"
    MUTED = "muted"
    ACCENT = "accent"


class ComparedFigure(StrEnum):
    """Which of our figures answers a result that a source has published."""

    VALUE_PER_CASE = "value_per_case"
    GAIN_PER_MONTH = "gain_per_month"
    NPV = "npv"
    RETURN = "return"
    PAYBACK = "payback"
    STEP = "step"


class DecisionState(StrEnum):
    """How a recorded decision stands: at most one of a proposal does; the others were followed, or taken back."""

    STANDING = "standing"
    SUPERSEDED = "superseded"
    WITHDRAWN = "withdrawn"


class Stage(StrEnum):
    """How far a proposal has come. An idea waits until somebody takes it up."""

    IDEA = "idea"
    DRAFT = "draft"
    SUBMITTED = "submitted"
    CHANGES_REQUESTED = "changes requested"
    DECIDED = "decided"
    IN_BUILD = "in build"
    LIVE = "live"
    RETIRED = "retired"


class IdeaState(StrEnum):
    """What became of an idea: it waits, or somebody took it up, declined it, or found another one that is the same."""

    WAITING = "waiting"
    ACCEPTED = "accepted"
    DECLINED = "declined"
    SAME = "same"


class Stance(StrEnum):
    """What a function says of a proposal that it is asked about."""

    AGREE = "agree"
    AGREE_IF = "agree if"
    DISAGREE = "disagree"

    @property
    def needs_words(self) -> bool:
        """True where it says nothing without its condition or its reason."""
        return self is not Stance.AGREE


class WorstAnswer(StrEnum):
    """What the last answer to an organisation's own question does."""

    SCORES = "scores_lowest"
    OPEN = "open"
    FAILED = "failed"


class OwnKind(StrEnum):
    """What an organisation's own field takes."""

    TEXT = "text"
    NUMBER = "number"
    CHOICE = "choice"


class PriorOrigin(StrEnum):
    """Where it comes from what such proposals are worth."""

    GIVEN = "given"
    TRACK_RECORD = "track record"


class StepName(StrEnum):
    """The steps on which an organisation's own field may stand."""

    PROBLEM = "problem"
    ALTERNATIVES = "alternatives"
    VALUE = "value"
    COSTS = "costs"
    FEASIBILITY = "feasibility"
    DATA = "data"
    RISKS = "risks"
    PLAN = "plan"


class QuestionArea(StrEnum):
    """The areas of feasibility."""

    PROBLEM = "problem"
    DATA = "data"
    LABELS = "labels"
    SIGNAL = "signal"
    MODEL = "model"
    OPERATIONS = "operations"
    PEOPLE = "people"
    LAW_AND_ETHICS = "law_and_ethics"


class Whom(StrEnum):
    """Whom to ask what a team does not know."""

    BUSINESS_OWNER = "business_owner"
    SPONSOR = "sponsor"
    USERS = "users"
    DOMAIN_EXPERT = "domain_expert"
    DATA_OWNER = "data_owner"
    DATA_SCIENCE = "data_science"
    OPERATIONS = "operations"
    LEGAL = "legal"
    TEAM_LEAD = "team_lead"


class ActualKind(StrEnum):
    """What is measured of a decided proposal once its work has begun."""

    COST = "cost"
    TIME = "time"
    REACHED = "reached"
    METRIC = "metric"
    VOLUME = "volume"
    ADOPTION = "adoption"
    INPUT = "input"
    GAIN = "gain"
    BUSINESS = "business"
    GUARDRAIL = "guardrail"
    CONDITION = "condition"

    @property
    def is_summed(self) -> bool:
        """True for money, of which a month may have several amounts; of all else it has one value."""
        return self in (ActualKind.COST, ActualKind.GAIN)

    @property
    def is_yes_or_no(self) -> bool:
        """True for what holds (1) or does not (0)."""
        return self in (ActualKind.REACHED, ActualKind.GUARDRAIL, ActualKind.CONDITION)
