"""What the audit trail's entries are called, and the entries that match a filter, as its files tell them."""

from __future__ import annotations

from collections.abc import Iterator

from db import AuditAction, AuditEntry, AuditFilters, Store
from scoping.reports.trail import TrailLine
from scoping.text.languages import message

ACTIONS = {
    AuditAction.CREATED: message("Created"),
    AuditAction.SAVED: message("Saved"),
    AuditAction.ARCHIVED: message("Archived"),
    AuditAction.RESTORED: message("Restored"),
    AuditAction.DECIDED: message("Decided"),
    AuditAction.DECISION_WITHDRAWN: message("Withdrew the decision"),
    AuditAction.SHARED: message("Shared with"),
    AuditAction.UNSHARED: message("No longer shared with"),
    AuditAction.RESTRICTED: message("Restricted to its people"),
    AuditAction.OPENED: message("Opened to all members"),
    AuditAction.GIVEN_AWAY: message("Owner is now"),
    AuditAction.LINK_MADE: message("Link out of the house made"),
    AuditAction.LINK_REVOKED: message("Link out of the house revoked"),
    AuditAction.PERSON_ADDED: message("Person added"),
    AuditAction.ROLE_GIVEN: message("Role given"),
    AuditAction.PERSON_REMOVED: message("Person removed"),
    AuditAction.SETTING: message("Setting changed"),
    AuditAction.ROUND_BEGUN: message("Asked people to judge"),
    AuditAction.JUDGED: message("Judged"),
    AuditAction.REVEALED: message("Revealed the judgements"),
    AuditAction.ROUND_CLOSED: message("Closed the round of judgement"),
    AuditAction.TOKEN_MADE: message("Token made"),
    AuditAction.TOKEN_REVOKED: message("Token revoked"),
    AuditAction.COMMENTED: message("Commented"),
    AuditAction.COMMENT_TAKEN_BACK: message("Took a comment back"),
    AuditAction.THREAD_RESOLVED: message("Resolved a thread of comments"),
    AuditAction.THREAD_REOPENED: message("Reopened a thread of comments"),
    AuditAction.SUBMITTED: message("Submitted for review"),
    AuditAction.WITHDRAWN: message("Withdrew from review"),
    AuditAction.ADVISED: message("Advised"),
    AuditAction.CHANGES_REQUESTED: message("Requested changes"),
    AuditAction.STAGE: message("Stage is now"),
    AuditAction.TASK_DONE: message("Did a task"),
    AuditAction.TASK_GIVEN: message("Gave a task to"),
    AuditAction.SCENARIO_SAVED: message("Saved a scenario"),
    AuditAction.SCENARIO_DECIDED: message("Decided on a scenario"),
    AuditAction.SCENARIO_ARCHIVED: message("Archived a scenario"),
    AuditAction.SCENARIO_RESTORED: message("Restored a scenario"),
    AuditAction.MEASURED: message("Entered actuals"),
    AuditAction.DEMO_LOADED: message("Loaded the demo portfolio"),
    AuditAction.DEMO_REMOVED: message("Removed the demo portfolio"),
    AuditAction.IDEA_TAKEN_UP: message("Took the idea up"),
    AuditAction.IDEA_DECLINED: message("Declined the idea"),
    AuditAction.IDEA_SAME: message("Found the idea to be the same as another"),
    AuditAction.IDEA_REOPENED: message("Put the idea back into the queue"),
}
"""What people call each action."""


def trail_lines(store: Store, filters: AuditFilters) -> Iterator[TrailLine]:
    """All entries that match, the newest first."""
    return map(_line, store.trail.every(filters))


def _line(entry: AuditEntry) -> TrailLine:
    return TrailLine(
        at=entry.at,
        actor=entry.actor,
        is_verified=entry.is_verified,
        action=ACTIONS[entry.action],
        detail=entry.detail,
        proposal_id=entry.proposal_id or "",
        title=entry.title,
    )
