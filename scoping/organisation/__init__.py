"""What an organisation lays down once for all proposals: a document beside the proposal, with its own way in."""

from .model import DayRate, Organisation, as_form, check_finished
from .reading import organisation_schema, read_organisation, to_settings, write_organisation
from .taking import Standard, begun, offered_costs, standards, taken_over

__all__ = [
    "DayRate",
    "Organisation",
    "Standard",
    "as_form",
    "begun",
    "check_finished",
    "offered_costs",
    "organisation_schema",
    "read_organisation",
    "standards",
    "taken_over",
    "to_settings",
    "write_organisation",
]
