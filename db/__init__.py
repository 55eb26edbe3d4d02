"""Proposals, revisions and decisions, kept. `Store` is the only door."""

from .engine import database_url, open_store
from .errors import DatabaseNotReady, DecisionRefused, NotFound, StaleSave, StoreError
from .records import (
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
from .store import MOST_ROWS, Store

__all__ = [
    "MOST_ROWS",
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
]
