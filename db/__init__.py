"""Proposals, revisions and decisions, kept. `Store` is the only door."""

from .access import ALONE, DUTIES, ROLES, Action, Person, Role
from .columns import SORTS
from .deciding import alternatives_for
from .engine import VARIABLE as DATABASE_URL_VARIABLE
from .engine import database_url, open_store, upgrade_database
from .errors import (
    DatabaseNotReady,
    DecisionRefused,
    NotAllowed,
    NotAMember,
    NotFound,
    PersonRefused,
    RateRefused,
    StaleSave,
    StoreError,
)
from .people import Claims
from .queries import MOST_ROWS
from .records import (
    NOT_DECIDED,
    AuditAction,
    AuditEntry,
    Decision,
    DecisionFilters,
    DecisionRequest,
    Draft,
    Filters,
    Line,
    Listed,
    Member,
    Page,
    Rate,
    Revision,
    Saved,
    Shared,
)
from .store import Store
from .trail import TrailCheck

__all__ = [
    "ALONE",
    "DATABASE_URL_VARIABLE",
    "DUTIES",
    "MOST_ROWS",
    "NOT_DECIDED",
    "ROLES",
    "SORTS",
    "Action",
    "AuditAction",
    "AuditEntry",
    "Claims",
    "DatabaseNotReady",
    "Decision",
    "DecisionFilters",
    "DecisionRefused",
    "DecisionRequest",
    "Draft",
    "Filters",
    "Line",
    "Listed",
    "Member",
    "NotAMember",
    "NotAllowed",
    "NotFound",
    "Page",
    "Person",
    "PersonRefused",
    "Rate",
    "RateRefused",
    "Revision",
    "Role",
    "Saved",
    "Shared",
    "StaleSave",
    "Store",
    "StoreError",
    "TrailCheck",
    "alternatives_for",
    "database_url",
    "open_store",
    "upgrade_database",
]
