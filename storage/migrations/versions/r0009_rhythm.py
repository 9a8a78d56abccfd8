"""What the office sets of the working rhythm: days off and worked, a plan's period, its meetings."""

import sqlalchemy as sa
from alembic import op

from storage.columns import AwareTime

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None

_ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    op.create_table(
        "work_days",
        sa.Column("id", _ID, nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("working", sa.Boolean(), nullable=True, comment="null: as the State Council arranged it"),
        sa.Column("note", sa.String(), nullable=False, comment="the holiday's name"),
        sa.Column("set_at", AwareTime(), nullable=False),
        sa.Column("set_by", _ID, nullable=False),
        sa.ForeignKeyConstraint(["set_by"], ["members.id"], name=op.f("fk_work_days_set_by_members")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_work_days")),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_work_days_day"), "work_days", ["day"], unique=False)
    op.create_table(
        "plan_periods",
        sa.Column("id", _ID, nullable=False),
        sa.Column("plan", sa.String(), nullable=False),
        sa.Column("first", sa.Date(), nullable=True, comment="null: cleared, as last is"),
        sa.Column("last", sa.Date(), nullable=True),
        sa.Column("set_at", AwareTime(), nullable=False),
        sa.Column("set_by", _ID, nullable=False),
        sa.ForeignKeyConstraint(["set_by"], ["members.id"], name=op.f("fk_plan_periods_set_by_members")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_plan_periods")),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_plan_periods_plan"), "plan_periods", ["plan"], unique=False)
    op.create_table(
        "meetings",
        sa.Column("id", _ID, nullable=False),
        sa.Column("plan", sa.String(), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("at", sa.Time(), nullable=True, comment="local time"),
        sa.Column("place", sa.String(), nullable=False),
        sa.Column("set_at", AwareTime(), nullable=False),
        sa.Column("set_by", _ID, nullable=False),
        sa.Column("ended_at", AwareTime(), nullable=True, comment="cancelled"),
        sa.ForeignKeyConstraint(["set_by"], ["members.id"], name=op.f("fk_meetings_set_by_members")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_meetings")),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_meetings_plan_day"), "meetings", ["plan", "day"], unique=False)


def downgrade() -> None:
    op.drop_table("meetings")
    op.drop_table("plan_periods")
    op.drop_table("work_days")
