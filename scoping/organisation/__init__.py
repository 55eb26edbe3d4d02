"""What an organisation lays down once for all proposals: a document beside the proposal, with its own way in."""

from .file import OrganisationFile, organisation_schema, read_file, would_be, write_file
from .model import DayRate, Organisation, as_form, check_finished
from .reading import read_organisation, to_settings, write_organisation
from .taking import Standard, begun, offered_costs, standards, taken_over

__all__ = [
    "DayRate",
    "Organisation",
    "OrganisationFile",
    "Standard",
    "as_form",
    "begun",
    "check_finished",
    "offered_costs",
    "organisation_schema",
    "read_file",
    "read_organisation",
    "standards",
    "taken_over",
    "to_settings",
    "would_be",
    "write_file",
    "write_organisation",
]
