"""Proposals, revisions and decisions, kept. `Store` is the only door."""

from .addresses import VARIABLE as DATABASE_URL_VARIABLE
from .backup import back_up, restore
from .columns import SORTS
from .deciding import alternatives_for
from .engine import AT_A_COMMAND, check_database, database_url, open_store, upgrade_database
from .environment import FILE, setting
from .errors import (
    BackupRefused,
    DatabaseNotReady,
    DecisionRefused,
    Failure,
    NotFound,
    RateRefused,
    RowRefused,
    SettingRefused,
    StaleSave,
    StoreError,
    ValueRefused,
)
from .queries import MOST_ROWS, MOST_WORDS
from .records import (
    NOT_DECIDED,
    AuditAction,
    AuditEntry,
    Decision,
    DecisionFilters,
    DecisionRequest,
    Draft,
    Filters,
    Listed,
    Page,
    Rate,
    Revision,
    Saved,
)
from .store import Store
from .watching import REGISTRY, wait_for_saves

__all__ = [
    "AT_A_COMMAND",
    "DATABASE_URL_VARIABLE",
    "FILE",
    "MOST_ROWS",
    "MOST_WORDS",
    "NOT_DECIDED",
    "REGISTRY",
    "SORTS",
    "AuditAction",
    "AuditEntry",
    "BackupRefused",
    "DatabaseNotReady",
    "Decision",
    "DecisionFilters",
    "DecisionRefused",
    "DecisionRequest",
    "Draft",
    "Failure",
    "Filters",
    "Listed",
    "NotFound",
    "Page",
    "Rate",
    "RateRefused",
    "Revision",
    "RowRefused",
    "Saved",
    "SettingRefused",
    "StaleSave",
    "Store",
    "StoreError",
    "ValueRefused",
    "alternatives_for",
    "back_up",
    "check_database",
    "database_url",
    "open_store",
    "restore",
    "setting",
    "upgrade_database",
    "wait_for_saves",
]
