"""The outbox: what the bot says without being asked."""

import sqlalchemy as sa
from alembic import op

from storage.columns import AwareTime

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None

_NUMBER = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
_KINDS = ("notice", "announcement", "recall", "reminder", "personal", "digest", "draft")
_STATES = ("queued", "sending", "sent", "failed", "expired", "skipped", "uncertain")
_PARTIAL = (
    ("ix_outbox_queued", ["priority", "id"], "state = 'queued'"),
    ("ix_outbox_expiring", ["expires_at"], "state = 'queued'"),
    ("ix_outbox_sending", ["worker"], "state = 'sending'"),
    ("ix_outbox_troubled", ["plan", "id"], "state IN ('failed', 'uncertain')"),
    ("ix_outbox_repeated", ["plan", "created_at"], "repeats > 0"),
)


def upgrade() -> None:
    op.create_table(
        "outbox",
        sa.Column("id", _NUMBER, nullable=False),
        sa.Column("key", sa.String(), nullable=False, comment="kind, recipient, occurrence"),
        sa.Column("plan", sa.String(), nullable=False),
        sa.Column("member_id", _NUMBER, nullable=True, comment="null: nobody of the plan"),
        sa.Column("chat_id", sa.BigInteger(), nullable=False, comment="0: the recipient was forgotten"),
        sa.Column("kind", _one_of("outboxkind", _KINDS), nullable=False),
        sa.Column("priority", sa.Integer(), nullable=False),
        sa.Column("html", sa.String(), nullable=False, comment="emptied once it is sent, expired or skipped"),
        sa.Column("keyboard", sa.JSON(none_as_null=True), nullable=True, comment="rows of [label, callback data]"),
        sa.Column("turn_id", sa.BigInteger(), nullable=True, comment="the turn that its buttons belong to"),
        sa.Column("target_message_id", sa.BigInteger(), nullable=True, comment="the message that a recall takes back"),
        sa.Column("not_before", AwareTime(), nullable=True, comment="plan time; null: at once"),
        sa.Column("created_at", AwareTime(), nullable=False),
        sa.Column("expires_at", AwareTime(), nullable=True, comment="of no use from then on"),
        sa.Column("state", _one_of("outboxstate", _STATES), nullable=False),
        sa.Column(
            "attempts",
            sa.Integer(),
            nullable=False,
            comment="claims since it was enqueued or a person sent it again",
        ),
        sa.Column(
            "repeats",
            sa.Integer(),
            nullable=False,
            comment="times it was sent again although its fate was unknown",
        ),
        sa.Column("next_try", AwareTime(), nullable=False),
        sa.Column("worker", sa.Integer(), nullable=True, comment="who claimed it last"),
        sa.Column("sent_at", AwareTime(), nullable=True),
        sa.Column("sent_day", sa.Date(), nullable=True, comment="plan day"),
        sa.Column("message_id", sa.BigInteger(), nullable=True, comment="null: what a recall deleted leaves none"),
        sa.Column("reason", sa.String(), nullable=True, comment="storage.outbox.Reason"),
        sa.ForeignKeyConstraint(["member_id"], ["members.id"], name=op.f("fk_outbox_member_id_members")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_outbox")),
        sa.UniqueConstraint("key", name=op.f("uq_outbox_key")),
        sqlite_autoincrement=True,
    )
    for name, columns, where in _PARTIAL:
        op.create_index(name, "outbox", columns, sqlite_where=sa.text(where), postgresql_where=sa.text(where))
    op.create_index("ix_outbox_plan_state_sent_day", "outbox", ["plan", "state", "sent_day"])


def downgrade() -> None:
    op.drop_index("ix_outbox_plan_state_sent_day", table_name="outbox")
    for name, _, where in _PARTIAL:
        op.drop_index(name, table_name="outbox", sqlite_where=sa.text(where), postgresql_where=sa.text(where))
    op.drop_table("outbox")


def _one_of(name: str, values: tuple[str, ...]) -> sa.Enum:
    return sa.Enum(*values, name=name, native_enum=False, create_constraint=True, length=16)
