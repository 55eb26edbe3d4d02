"""The record: did the estimates hold? Actuals of decided proposals beside the ranges that were signed."""

from ..vocabulary import Overrun
from .actuals import MOST_BYTES, Actual, Actuals, actuals_schema, check_actuals, read_actuals, to_plain, write_actuals
from .checking import Checked, CheckRefused, Finding, Outcome, check
from .comparing import FEWEST_MONTHS, Fact, Position, compared, percentile_of
from .intervals import wilson
from .judged import Judged, judged, signed_alone
from .ledger import Case, Saving, Stop, Total, savings, totals
from .overruns import Ratio, ratios
from .own_classes import ENOUGH, OwnClass, class_said, own_class, to_take_over
from .places import GAIN, Place, index_of, places_of
from .prior import FEWEST_DECIDED, Realised, RecordPrior, prior_of_record, realised, realised_of_stopped
from .production import FEWEST_FATES, Fate, Parts, Production, Tenth, brier, fate, production
from .recalibrating import Recalibration, Suggestion, recalibration, suggested
from .reestimating import Movement, Reestimate, reestimated
from .replaying import Decided, Hindsight, Replay, replayed
from .requirements import Requirements, requirements_of
from .restating import restated
from .scores import FEWEST, FEWEST_PROPOSALS, NOMINAL, Calibration, Point, Scores, Share, scores, scores_by
from .watching import Signal, Watch, watched

__all__ = [
    "ENOUGH",
    "FEWEST",
    "FEWEST_DECIDED",
    "FEWEST_FATES",
    "FEWEST_MONTHS",
    "FEWEST_PROPOSALS",
    "GAIN",
    "MOST_BYTES",
    "NOMINAL",
    "Actual",
    "Actuals",
    "Calibration",
    "Case",
    "CheckRefused",
    "Checked",
    "Decided",
    "Fact",
    "Fate",
    "Finding",
    "Hindsight",
    "Judged",
    "Movement",
    "Outcome",
    "Overrun",
    "OwnClass",
    "Parts",
    "Place",
    "Point",
    "Position",
    "Production",
    "Ratio",
    "Realised",
    "Recalibration",
    "RecordPrior",
    "Reestimate",
    "Replay",
    "Requirements",
    "Saving",
    "Scores",
    "Share",
    "Signal",
    "Stop",
    "Suggestion",
    "Tenth",
    "Total",
    "Watch",
    "actuals_schema",
    "brier",
    "check",
    "check_actuals",
    "class_said",
    "compared",
    "fate",
    "index_of",
    "judged",
    "own_class",
    "percentile_of",
    "places_of",
    "prior_of_record",
    "production",
    "ratios",
    "read_actuals",
    "realised",
    "realised_of_stopped",
    "recalibration",
    "reestimated",
    "replayed",
    "requirements_of",
    "restated",
    "savings",
    "scores",
    "scores_by",
    "signed_alone",
    "suggested",
    "to_plain",
    "to_take_over",
    "totals",
    "watched",
    "wilson",
    "write_actuals",
]
