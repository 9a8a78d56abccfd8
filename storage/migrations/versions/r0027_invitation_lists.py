"""Lists of people who are invited at once."""

import sqlalchemy as sa
from alembic import op

from storage.columns import AwareTime

revision = "0027"
down_revision = "0026"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "invitation_lists",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("made_by", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("made_at", AwareTime(), nullable=False),
        sa.Column("text", sa.String(), nullable=True, comment="as it was pasted; null: made, dropped or too old"),
        sa.Column("invitations", sa.JSON(none_as_null=True), nullable=True, comment="the numbers of those made of it"),
        sa.ForeignKeyConstraint(["made_by"], ["members.id"], name=op.f("fk_invitation_lists_made_by_members")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_invitation_lists")),
        sqlite_autoincrement=True,
    )


def downgrade() -> None:
    op.drop_table("invitation_lists")
