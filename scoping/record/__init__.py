"""The record: did the estimates hold? Actuals of decided proposals beside the ranges that were signed."""

from .actuals import MOST_BYTES, Actual, Actuals, actuals_schema, check_actuals, read_actuals, to_plain, write_actuals
from .comparing import FEWEST_MONTHS, Fact, Position, compared, percentile_of
from .intervals import wilson
from .judged import Judged, judged, signed_alone
from .places import GAIN, Place, index_of, places_of
from .reestimating import Movement, Reestimate, reestimated
from .restating import restated
from .scores import FEWEST, FEWEST_PROPOSALS, NOMINAL, Calibration, Point, Scores, Share, scores, scores_by
from .watching import Signal, Watch, watched

__all__ = [
    "FEWEST",
    "FEWEST_MONTHS",
    "FEWEST_PROPOSALS",
    "GAIN",
    "MOST_BYTES",
    "NOMINAL",
    "Actual",
    "Actuals",
    "Calibration",
    "Fact",
    "Judged",
    "Movement",
    "Place",
    "Point",
    "Position",
    "Reestimate",
    "Scores",
    "Share",
    "Signal",
    "Watch",
    "actuals_schema",
    "check_actuals",
    "compared",
    "index_of",
    "judged",
    "percentile_of",
    "places_of",
    "read_actuals",
    "reestimated",
    "restated",
    "scores",
    "scores_by",
    "signed_alone",
    "to_plain",
    "watched",
    "wilson",
    "write_actuals",
]
