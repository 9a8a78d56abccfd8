"""What the office says of the targets' indicator cards."""

import sqlalchemy as sa
from alembic import op

from storage.columns import AwareTime

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "cards",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("plan", sa.String(), nullable=False),
        sa.Column("task", sa.String(), nullable=False, comment="id of the task or clause"),
        sa.Column("target", sa.String(), nullable=False, comment="its name"),
        sa.Column(
            "field",
            sa.Enum(
                "owner",
                "certifier",
                "definition",
                "base",
                "base_unit",
                "yearly",
                "quarterly",
                "frequency",
                "lag",
                "rigidity",
                "reference",
                "summed",
                "source",
                name="cardfield",
                native_enum=False,
                create_constraint=True,
                length=16,
            ),
            nullable=False,
        ),
        sa.Column("value", sa.String(), nullable=True, comment="JSON text; null: emptied"),
        sa.Column("set_at", AwareTime(), nullable=False),
        sa.Column("set_by", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.ForeignKeyConstraint(["set_by"], ["members.id"], name=op.f("fk_cards_set_by_members")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_cards")),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_cards_plan_task_target"), "cards", ["plan", "task", "target"], unique=False)


def downgrade() -> None:
    op.drop_index(op.f("ix_cards_plan_task_target"), table_name="cards")
    op.drop_table("cards")
