"""Which units the office has marked as no object of supervision, or unmarked."""

import sqlalchemy as sa
from alembic import op

from storage.columns import AwareTime

revision = "0023"
down_revision = "0022"
branch_labels = None
depends_on = None

_NUMBER = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    op.create_table(
        "supervision",
        sa.Column("id", _NUMBER, nullable=False),
        sa.Column("plan", sa.String(), nullable=False),
        sa.Column("unit", sa.String(), nullable=False),
        sa.Column("supervised", sa.Boolean(), nullable=False),
        sa.Column("set_at", AwareTime(), nullable=False),
        sa.Column("set_by", _NUMBER, nullable=False),
        sa.ForeignKeyConstraint(["set_by"], ["members.id"], name=op.f("fk_supervision_set_by_members")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_supervision")),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_supervision_plan"), "supervision", ["plan"])


def downgrade() -> None:
    op.drop_table("supervision")
