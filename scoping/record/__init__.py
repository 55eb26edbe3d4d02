"""The record: did the estimates hold? Actuals of decided proposals beside the ranges that were signed."""

from .actuals import MOST_BYTES, Actual, Actuals, actuals_schema, check_actuals, read_actuals, to_plain, write_actuals
from .comparing import FEWEST_MONTHS, Fact, Position, compared, percentile_of
from .places import GAIN, Place, index_of, places_of

__all__ = [
    "FEWEST_MONTHS",
    "GAIN",
    "MOST_BYTES",
    "Actual",
    "Actuals",
    "Fact",
    "Place",
    "Position",
    "actuals_schema",
    "check_actuals",
    "compared",
    "index_of",
    "percentile_of",
    "places_of",
    "read_actuals",
    "to_plain",
    "write_actuals",
]
