"""Proposals, revisions and decisions, kept. `Store` is the only door."""

from .columns import SORTS
from .deciding import alternatives_for
from .engine import VARIABLE as DATABASE_URL_VARIABLE
from .engine import database_url, open_store, upgrade_database
from .errors import DatabaseNotReady, DecisionRefused, NotFound, RateRefused, StaleSave, StoreError
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
    Page,
    Rate,
    Revision,
    Saved,
)
from .store import Store

__all__ = [
    "DATABASE_URL_VARIABLE",
    "MOST_ROWS",
    "NOT_DECIDED",
    "SORTS",
    "AuditAction",
    "AuditEntry",
    "DatabaseNotReady",
    "Decision",
    "DecisionFilters",
    "DecisionRefused",
    "DecisionRequest",
    "Draft",
    "Filters",
    "Line",
    "Listed",
    "NotFound",
    "Page",
    "Rate",
    "RateRefused",
    "Revision",
    "Saved",
    "StaleSave",
    "Store",
    "StoreError",
    "alternatives_for",
    "database_url",
    "open_store",
    "upgrade_database",
]
