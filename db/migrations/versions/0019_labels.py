"""Tags and the organisation's own fields with choices, so that lists are filtered by them."""

import unicodedata
from collections.abc import Mapping, Sequence
from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0019"
down_revision = "0018"
branch_labels = None
depends_on = None

_LONGEST, _AT_ONCE = 200, 500


def upgrade() -> None:
    op.create_table(
        "proposal_labels",
        sa.Column("proposal_id", sa.String(36), sa.ForeignKey("proposals.id"), primary_key=True),
        sa.Column("name", sa.String(120), primary_key=True),
        sa.Column("value", sa.String(_LONGEST), primary_key=True),
    )
    op.create_index("proposal_labels_by_value", "proposal_labels", ["name", "value", "proposal_id"])
    _fill()


def downgrade() -> None:
    op.drop_table("proposal_labels")


def _fill() -> None:
    """What proposals say already. As it was done when this was written: what the program does may change."""
    proposals = sa.table("proposals", sa.column("id", sa.String), sa.column("document", sa.JSON))
    labels = sa.table("proposal_labels", *map(sa.column, ("proposal_id", "name", "value")))
    last = ""
    while rows := _after(proposals, last):
        last = rows[-1].id
        found = [
            {"proposal_id": row.id, "name": name, "value": value}
            for row in rows
            for name, value in _labels(row.document)
        ]
        if found:
            op.get_bind().execute(labels.insert(), found)


def _after(proposals: sa.TableClause, last: str) -> Sequence[Any]:
    wanted = sa.select(proposals.c.id, proposals.c.document).where(proposals.c.id > last)
    return op.get_bind().execute(wanted.order_by(proposals.c.id).limit(_AT_ONCE)).all()


def _labels(document: Mapping[str, Any]) -> list[tuple[str, str]]:
    declared = (document.get("organisation") or {}).get("fields") or ()
    choices = {each.get("id") for each in declared if each.get("kind") == "choice"}
    own = {name: value for name, value in (document.get("own") or {}).items() if name in choices}
    found = [("tag", each) for each in document.get("tags") or ()]
    found += [(f"own.{name}", value) for name, value in own.items()]
    one_form = ((name, unicodedata.normalize("NFC", value)) for name, value in found if isinstance(value, str))
    cut = ((name, value.strip()[:_LONGEST].strip()) for name, value in one_form)
    return sorted({each for each in cut if each[1]})
