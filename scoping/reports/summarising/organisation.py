"""What stands in the organisation's own fields, and by which of its settings a proposal was told."""

from __future__ import annotations

from ...document.own import OwnField
from ...document.proposal import Proposal
from ...text.languages import joined, message
from ...text.wording import number, percent
from ..blocks import Table
from ..memo.team import OrganisationPart


def organisation_part(proposal: Proposal) -> OrganisationPart | None:
    """The fields that are filled in, those that nobody here declared too; None where there is nothing to tell."""
    if not proposal.own and proposal.organisation.version is None:
        return None
    declared = {each.id: each for each in proposal.organisation.fields}
    names = [name for name in {**declared, **proposal.own} if name in proposal.own]
    rows = tuple(_row(name, declared.get(name), proposal.own[name]) for name in names)
    columns = (message("Field"), message("Value"))
    return OrganisationPart(Table(message("Own fields"), columns, rows) if rows else None, _settings(proposal))


def _row(name: str, field: OwnField | None, value: str | float) -> tuple[str, str]:
    said = value if isinstance(value, str) else number(value, 10)
    if field is None:
        return name, said
    return field.title, joined(" ", filter(None, (said, field.unit if isinstance(value, float) else "")))


def _settings(proposal: Proposal) -> str:
    laid_down = proposal.organisation
    if laid_down.version is None:
        return ""
    return message(
        "By the organisation's settings, version {version}: the verdict warns of a chance of loss above {loss}, of headroom below {headroom}, and of what is within {near} of even.",
        version=str(laid_down.version),
        loss=percent(laid_down.thresholds.risky_loss, 3),
        headroom=percent(laid_down.thresholds.thin_headroom, 3),
        near=percent(laid_down.thresholds.near_even, 3),
    )
