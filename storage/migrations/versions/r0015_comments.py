"""Comments of columns name no module: modules move."""

import sqlalchemy as sa
from alembic import op

revision = "0015"
down_revision = "0014"
branch_labels = None
depends_on = None

COMMENTS = (
    (
        "bulletins",
        "content",
        "knowledge.standing.bulletin.Snapshot, never changed",
        "the frozen figures, never changed",
    ),
    ("drafts", "content", "handlers.drafts.Draft as JSON", "the draft as JSON"),
    ("misses", "why", "knowledge.answer.Why, or disliked", "why it was not answered, or disliked"),
    ("outbox", "reason", "storage.outbox.Reason", "why it did not arrive"),
)
"""(table, column, before, after)"""


def upgrade() -> None:
    for table, column, _, after in COMMENTS:
        _comment(table, column, after)


def downgrade() -> None:
    for table, column, before, _ in COMMENTS:
        _comment(table, column, before)


def _comment(table: str, column: str, comment: str) -> None:
    """SQLite keeps no comments."""
    if op.get_bind().dialect.name == "postgresql":
        op.execute(sa.text(f"COMMENT ON COLUMN {table}.{column} IS '{comment}'"))
