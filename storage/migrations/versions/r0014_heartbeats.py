"""When a running bot last polled and ticked, for those who look at it from outside."""

import sqlalchemy as sa
from alembic import op

from storage.columns import AwareTime

revision = "0014"
down_revision = "0013"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "heartbeats",
        sa.Column("bot_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("at", AwareTime(), nullable=False),
        sa.Column("polled_at", AwareTime(), nullable=False, comment="the last poll that succeeded, or the start"),
        sa.Column("ticked_at", AwareTime(), nullable=True, comment="null: a public service does not tick"),
        sa.PrimaryKeyConstraint("bot_id", name=op.f("pk_heartbeats")),
    )


def downgrade() -> None:
    op.drop_table("heartbeats")
