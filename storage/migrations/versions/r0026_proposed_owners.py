"""A card may name the document by which its owner was confirmed, and who is proposed while there is none."""

import sqlalchemy as sa
from alembic import op

from storage.columns import AwareTime

revision = "0026"
down_revision = "0025"
branch_labels = None
depends_on = None

_BEFORE = (
    "owner", "certifier", "definition", "base", "base_unit", "yearly", "quarterly", "frequency", "lag", "rigidity",
    "reference", "summed", "source", "evidence",
)  # fmt: skip
_AFTER = (*_BEFORE, "owner_paper", "proposed")


def upgrade() -> None:
    _allow(_AFTER, instead_of=_BEFORE)


def downgrade() -> None:
    op.execute("DELETE FROM cards WHERE field IN ('owner_paper', 'proposed')")
    _allow(_BEFORE, instead_of=_AFTER)


def _allow(fields: tuple[str, ...], *, instead_of: tuple[str, ...]) -> None:
    """SQLite changes a constraint by copying the table, which is therefore told here in full."""
    with op.batch_alter_table("cards", copy_from=_table(instead_of)) as table:
        table.alter_column("field", existing_type=_kind(instead_of), type_=_kind(fields), existing_nullable=False)


def _kind(fields: tuple[str, ...]) -> sa.Enum:
    return sa.Enum(*fields, name="cardfield", native_enum=False, create_constraint=True, length=16)


def _table(fields: tuple[str, ...]) -> sa.Table:
    return sa.Table(
        "cards",
        sa.MetaData(naming_convention={"ck": "ck_%(table_name)s_%(constraint_name)s"}),
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("plan", sa.String(), nullable=False),
        sa.Column("task", sa.String(), nullable=False, comment="id of the task or clause"),
        sa.Column("target", sa.String(), nullable=False, comment="its name"),
        sa.Column("field", _kind(fields), nullable=False),
        sa.Column("value", sa.String(), nullable=True, comment="JSON text; null: emptied"),
        sa.Column("set_at", AwareTime(), nullable=False),
        sa.Column("set_by", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("set_on", sa.Date(), nullable=True, comment="plan day; null: not known"),
        sa.ForeignKeyConstraint(["set_by"], ["members.id"], name=op.f("fk_cards_set_by_members")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_cards")),
        sa.Index(op.f("ix_cards_plan_task_target"), "plan", "task", "target"),
        sqlite_autoincrement=True,
    )
