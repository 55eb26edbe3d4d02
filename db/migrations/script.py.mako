"""${message}"""

import sqlalchemy as sa
from alembic import op

from db.migrations.rewriting import rewritten
${imports if imports else ""}

revision = ${repr(up_revision)}
down_revision = ${repr(down_revision)}
branch_labels = ${repr(branch_labels)}
depends_on = ${repr(depends_on)}

<%def name="steps(rendered)">${rendered.replace("op.batch_alter_table(", "rewritten(") if rendered else "pass"}</%def>
def upgrade() -> None:
    ${steps(upgrades)}


def downgrade() -> None:
    ${steps(downgrades)}
