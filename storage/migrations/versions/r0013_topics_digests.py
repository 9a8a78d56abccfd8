"""The forum topic that a message goes into, and what tells an edit of a question from none."""

import sqlalchemy as sa
from alembic import op

revision = "0013"
down_revision = "0012"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column(
        "outbox",
        sa.Column("thread_id", sa.BigInteger(), nullable=True, comment="the forum topic of a group that it goes into"),
    )
    op.add_column(
        "turns",
        sa.Column("message_digest", sa.String(), nullable=True, comment="of its text: an edit that leaves it is none"),
    )


def downgrade() -> None:
    op.drop_column("turns", "message_digest")
    op.drop_column("outbox", "thread_id")
