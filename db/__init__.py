"""Proposals, revisions and decisions, kept. `Store` is the only door."""

from .columns import SORTS
from .engine import VARIABLE as DATABASE_URL_VARIABLE
from .engine import database_url, open_store, upgrade_database
from .errors import DatabaseNotReady, DecisionRefused, NotFound, StaleSave, StoreError
from .queries import MOST_ROWS
from .records import (
    AuditAction,
    AuditEntry,
    Decision,
    DecisionRequest,
    Draft,
    Filters,
    Listed,
    Page,
    Revision,
    Saved,
)
from .store import Store

__all__ = [
    "DATABASE_URL_VARIABLE",
    "MOST_ROWS",
    "SORTS",
    "AuditAction",
    "AuditEntry",
    "DatabaseNotReady",
    "Decision",
    "DecisionRefused",
    "DecisionRequest",
    "Draft",
    "Filters",
    "Listed",
    "NotFound",
    "Page",
    "Revision",
    "Saved",
    "StaleSave",
    "Store",
    "StoreError",
    "database_url",
    "open_store",
    "upgrade_database",
]
