"""A mark on what an earlier run left unfinished, while it is worked on: it may be what ended that run."""

import sqlalchemy as sa
from alembic import op

revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column(
        "inbox",
        sa.Column(
            "at_work",
            sa.Boolean(),
            server_default=sa.false(),
            nullable=False,
            comment="left over from an earlier run, and being worked on just now",
        ),
    )


def downgrade() -> None:
    op.drop_column("inbox", "at_work")
