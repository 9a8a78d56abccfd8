"""Which turn asked for what is to be typed: a button elsewhere leaves it, one of its own answers it."""

import sqlalchemy as sa
from alembic import op

revision = "0020"
down_revision = "0019"
branch_labels = None
depends_on = None


def upgrade() -> None:
    comment = "that asks; its buttons are answers too"
    op.add_column("prompts", sa.Column("turn_id", sa.BigInteger(), nullable=True, comment=comment))


def downgrade() -> None:
    op.drop_column("prompts", "turn_id")
