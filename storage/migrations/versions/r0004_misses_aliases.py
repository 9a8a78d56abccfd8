"""What was not understood, and the names that the office added."""

import sqlalchemy as sa
from alembic import op

from storage.columns import AwareTime

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "misses",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("plan", sa.String(), nullable=False),
        sa.Column("text", sa.String(), nullable=False, comment="what was asked, cut, numbers masked"),
        sa.Column("why", sa.String(), nullable=False, comment="knowledge.answer.Why, or disliked"),
        sa.Column("count", sa.Integer(), nullable=False),
        sa.Column("day", sa.Date(), nullable=False, comment="plan day of the last time"),
        sa.Column("note", sa.String(), nullable=True, comment="what people added to a thumb down, one a line"),
        sa.Column(
            "state",
            sa.Enum(
                "open",
                "resolved",
                "ignored",
                name="missstate",
                native_enum=False,
                create_constraint=True,
                length=16,
            ),
            nullable=False,
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_misses")),
        sa.UniqueConstraint("plan", "text", "why", name=op.f("uq_misses_plan_text_why")),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_misses_state"), "misses", ["state"], unique=False)
    op.create_table(
        "aliases",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("plan", sa.String(), nullable=False),
        sa.Column(
            "owner",
            sa.String(),
            nullable=False,
            comment="id of the task or clause that the name stands in; empty for a unit",
        ),
        sa.Column("name", sa.String(), nullable=False, comment="as the plan writes it"),
        sa.Column("said", sa.String(), nullable=False, comment="what else people call it"),
        sa.Column(
            "added_by",
            sa.BigInteger().with_variant(sa.Integer(), "sqlite"),
            nullable=True,
            comment="null: on the command line",
        ),
        sa.Column("added_at", AwareTime(), nullable=False),
        sa.Column("ended_at", AwareTime(), nullable=True),
        sa.ForeignKeyConstraint(["added_by"], ["members.id"], name=op.f("fk_aliases_added_by_members")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_aliases")),
        sqlite_autoincrement=True,
    )
    op.create_index(
        "ix_aliases_held",
        "aliases",
        ["plan", "said"],
        unique=True,
        sqlite_where=sa.text("ended_at IS NULL"),
        postgresql_where=sa.text("ended_at IS NULL"),
    )


def downgrade() -> None:
    op.drop_index(
        "ix_aliases_held",
        table_name="aliases",
        sqlite_where=sa.text("ended_at IS NULL"),
        postgresql_where=sa.text("ended_at IS NULL"),
    )
    op.drop_table("aliases")
    op.drop_index(op.f("ix_misses_state"), table_name="misses")
    op.drop_table("misses")
