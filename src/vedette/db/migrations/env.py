"""What Alembic runs for every command. `db/migrate.py` passes the connection, already in its one transaction."""

from alembic import context

connection = context.config.attributes["connection"]
context.configure(
    connection=connection,
    # Only `tests/support/new_migration.py` has these two.
    target_metadata=context.config.attributes.get("metadata"),
    render_item=context.config.attributes.get("render_item"),
    # SQLite can't alter most things in place: Alembic copies the table into a new one.
    render_as_batch=True,
    transactional_ddl=True,
)
with context.begin_transaction():
    context.run_migrations()
