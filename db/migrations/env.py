"""Alembic's entry: migrations run on the connection that db.migrate hands over."""

from alembic import context

from db.migrate import is_modelled
from db.models import Base

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=Base.metadata,
    include_object=is_modelled,
    render_as_batch=True,
    transactional_ddl=True,
)
with context.begin_transaction():
    context.run_migrations()
