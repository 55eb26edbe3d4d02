"""Proposals, revisions and decisions, kept. `Store` is the only door."""

from .access import ALONE, DUTIES, ROLES, Action, Person, Role, highest
from .addresses import VARIABLE as DATABASE_URL_VARIABLE
from .backup import back_up, restore
from .columns import SORTS
from .deciding import alternatives_for
from .engine import AT_A_COMMAND, check_database, database_url, open_store, upgrade_database
from .environment import FILE, is_yes, setting
from .errors import (
    BackupRefused,
    DatabaseNotReady,
    DecisionRefused,
    Failure,
    NotAllowed,
    NotAMember,
    NotFound,
    PersonRefused,
    RateRefused,
    RowRefused,
    SettingRefused,
    StaleSave,
    StoreError,
    ValueRefused,
)
from .people import Claims
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
from .watching import REGISTRY, wait_for_saves

__all__ = [
    "ALONE",
    "AT_A_COMMAND",
    "DATABASE_URL_VARIABLE",
    "DUTIES",
    "FILE",
    "MOST_ROWS",
    "MOST_WORDS",
    "NOT_DECIDED",
    "REGISTRY",
    "ROLES",
    "SORTS",
    "Action",
    "AuditAction",
    "AuditEntry",
    "BackupRefused",
    "Claims",
    "DatabaseNotReady",
    "Decision",
    "DecisionFilters",
    "DecisionRefused",
    "DecisionRequest",
    "Draft",
    "Failure",
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
    "RowRefused",
    "Saved",
    "SettingRefused",
    "Shared",
    "StaleSave",
    "Store",
    "StoreError",
    "TrailCheck",
    "ValueRefused",
    "alternatives_for",
    "back_up",
    "check_database",
    "database_url",
    "highest",
    "is_yes",
    "open_store",
    "restore",
    "setting",
    "upgrade_database",
    "wait_for_saves",
]
