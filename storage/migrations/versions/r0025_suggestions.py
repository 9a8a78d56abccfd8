"""What people suggest to the office."""

import sqlalchemy as sa
from alembic import op

revision = "0025"
down_revision = "0024"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "suggestions",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("plan", sa.String(), nullable=False),
        sa.Column("said_on", sa.Date(), nullable=False, comment="plan day"),
        sa.Column("said_by", sa.String(), nullable=False, comment="role and unit in words, without a name"),
        sa.Column("text", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_suggestions")),
        sqlite_autoincrement=True,
    )


def downgrade() -> None:
    op.drop_table("suggestions")
