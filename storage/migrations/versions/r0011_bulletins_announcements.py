"""Bulletins and announcements."""

import sqlalchemy as sa
from alembic import op

from storage.columns import AwareTime

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None

_NUMBER = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    op.create_table(
        "bulletins",
        sa.Column("id", _NUMBER, nullable=False),
        sa.Column("plan", sa.String(), nullable=False),
        sa.Column("kind", _one_of("bulletinkind", "monthly", "quarterly", "half_year", "annual"), nullable=False),
        sa.Column("label", sa.String(), nullable=False, comment="of the period, as 2023-03 or 2023-Q1"),
        sa.Column("as_of", sa.Date(), nullable=False, comment="plan day of the snapshot"),
        sa.Column(
            "content",
            sa.JSON(none_as_null=True),
            nullable=False,
            comment="knowledge.standing.bulletin.Snapshot, never changed",
        ),
        sa.Column("title", sa.String(), nullable=True, comment="null: the usual one"),
        sa.Column("remark", sa.String(), nullable=True, comment="a sentence that a person added"),
        sa.Column("state", _one_of("bulletinstate", "draft", "released", "dropped"), nullable=False),
        sa.Column("created_at", AwareTime(), nullable=False),
        sa.Column("released_at", AwareTime(), nullable=True),
        sa.Column("released_by", _NUMBER, nullable=True),
        sa.ForeignKeyConstraint(["released_by"], ["members.id"], name=op.f("fk_bulletins_released_by_members")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_bulletins")),
        sa.UniqueConstraint("plan", "kind", "label", name=op.f("uq_bulletins_plan_kind_label")),
        sqlite_autoincrement=True,
    )
    op.create_table(
        "announcements",
        sa.Column("id", _NUMBER, nullable=False),
        sa.Column("plan", sa.String(), nullable=False),
        sa.Column("text", sa.String(), nullable=False),
        sa.Column("audience", sa.String(), nullable=True, comment="in words; null until it is sent"),
        sa.Column("state", _one_of("announcementstate", "draft", "sent", "recalled", "dropped"), nullable=False),
        sa.Column("made_by", _NUMBER, nullable=False),
        sa.Column("created_at", AwareTime(), nullable=False),
        sa.Column("sent_at", AwareTime(), nullable=True),
        sa.Column("sent_on", sa.Date(), nullable=True, comment="plan day"),
        sa.Column("recalled_at", AwareTime(), nullable=True),
        sa.Column("recalled_by", _NUMBER, nullable=True),
        sa.ForeignKeyConstraint(["made_by"], ["members.id"], name=op.f("fk_announcements_made_by_members")),
        sa.ForeignKeyConstraint(["recalled_by"], ["members.id"], name=op.f("fk_announcements_recalled_by_members")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_announcements")),
        sqlite_autoincrement=True,
    )
    op.create_table(
        "recipients",
        sa.Column("announcement_id", _NUMBER, nullable=False),
        sa.Column("member_id", _NUMBER, nullable=False),
        sa.Column("letter_id", sa.BigInteger(), nullable=False, comment="its message in the outbox"),
        sa.Column("acknowledged_at", AwareTime(), nullable=True, comment="said 收到"),
        sa.ForeignKeyConstraint(
            ["announcement_id"], ["announcements.id"], name=op.f("fk_recipients_announcement_id_announcements")
        ),
        sa.ForeignKeyConstraint(["member_id"], ["members.id"], name=op.f("fk_recipients_member_id_members")),
        sa.PrimaryKeyConstraint("announcement_id", "member_id", name=op.f("pk_recipients")),
    )


def downgrade() -> None:
    op.drop_table("recipients")
    op.drop_table("announcements")
    op.drop_table("bulletins")


def _one_of(name: str, *values: str) -> sa.Enum:
    return sa.Enum(*values, name=name, native_enum=False, create_constraint=True, length=16)
