"""Alembic's entry: the connection, its transaction and its lock are the caller's (storage.migrate)."""

from alembic import context

from storage.schema import METADATA

connection = context.config.attributes["connection"]
context.configure(
    connection=connection,
    target_metadata=METADATA,
    render_as_batch=connection.dialect.name == "sqlite",
    transactional_ddl=True,  # SQLite can, though Alembic does not expect it to
)
with context.begin_transaction():
    context.run_migrations()
