"""The inbox, the chats and people seen, dialogs and turns."""

import sqlalchemy as sa
from alembic import op

from storage.columns import AwareTime

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "chats",
        sa.Column("id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column(
            "kind",
            sa.Enum(
                "private",
                "group",
                "supergroup",
                "channel",
                name="chatkind",
                native_enum=False,
                create_constraint=True,
                length=16,
            ),
            nullable=False,
        ),
        sa.Column("title", sa.String(), nullable=True, comment="of a group or channel"),
        sa.Column(
            "migrated_from", sa.BigInteger(), nullable=True, comment="the id of the group before it became this one"
        ),
        sa.Column("first_seen", AwareTime(), nullable=False),
        sa.Column("last_seen", AwareTime(), nullable=False),
        sa.Column("blocked", sa.Boolean(), nullable=False, comment="the bot may not write there"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_chats")),
    )
    op.create_table(
        "inbox",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("bot_id", sa.BigInteger(), nullable=False, comment="the bot that received it"),
        sa.Column("update_id", sa.BigInteger(), nullable=False, comment="Telegram's number, unique for a bot"),
        sa.Column("chat_id", sa.BigInteger(), nullable=False, comment="0: the update belongs to no chat"),
        sa.Column("received_at", AwareTime(), nullable=False),
        sa.Column(
            "state",
            sa.Enum(
                "new",
                "effect",
                "replied",
                "quarantined",
                name="inboxstate",
                native_enum=False,
                create_constraint=True,
                length=16,
            ),
            nullable=False,
        ),
        sa.Column("attempts", sa.Integer(), nullable=False, comment="failed ones"),
        sa.Column(
            "payload",
            sa.JSON(none_as_null=True),
            nullable=True,
            comment="the update; emptied once its effect is stored",
        ),
        sa.Column(
            "reply", sa.JSON(none_as_null=True), nullable=True, comment="calls still to make; emptied once replied"
        ),
        sa.Column("error", sa.String(), nullable=True, comment="number of the last failure, as told to the person"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_inbox")),
        sa.UniqueConstraint("bot_id", "update_id", name=op.f("uq_inbox_bot_id_update_id")),
        sqlite_autoincrement=True,
    )
    op.create_index(
        "ix_inbox_unfinished",
        "inbox",
        ["bot_id", "chat_id", "id"],
        unique=False,
        sqlite_where=sa.text("state IN ('new', 'effect')"),
        postgresql_where=sa.text("state IN ('new', 'effect')"),
    )
    op.create_table(
        "persons",
        sa.Column("id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("name", sa.String(), nullable=False, comment="as the person shows it in Telegram"),
        sa.Column("first_seen", AwareTime(), nullable=False),
        sa.Column("last_seen", AwareTime(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_persons")),
    )
    op.create_table(
        "dialogs",
        sa.Column("chat_id", sa.BigInteger(), nullable=False),
        sa.Column("person_id", sa.BigInteger(), nullable=False),
        sa.Column("memory", sa.String(), nullable=False, comment="JSON text of the last query"),
        sa.Column("expires_at", AwareTime(), nullable=False),
        sa.ForeignKeyConstraint(["chat_id"], ["chats.id"], name=op.f("fk_dialogs_chat_id_chats")),
        sa.ForeignKeyConstraint(["person_id"], ["persons.id"], name=op.f("fk_dialogs_person_id_persons")),
        sa.PrimaryKeyConstraint("chat_id", "person_id", name=op.f("pk_dialogs")),
    )
    op.create_table(
        "turns",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("chat_id", sa.BigInteger(), nullable=False),
        sa.Column("person_id", sa.BigInteger(), nullable=False),
        sa.Column("message_id", sa.BigInteger(), nullable=True, comment="the question's message; null: a button asked"),
        sa.Column("answer_id", sa.BigInteger(), nullable=True, comment="the answer's message, once it is sent"),
        sa.Column("question", sa.String(), nullable=False),
        sa.Column("memory_before", sa.String(), nullable=False, comment="JSON text that the question refined"),
        sa.Column("buttons", sa.JSON(), nullable=False, comment="the question that each button asks, in order"),
        sa.Column("created_at", AwareTime(), nullable=False),
        sa.ForeignKeyConstraint(["chat_id"], ["chats.id"], name=op.f("fk_turns_chat_id_chats")),
        sa.ForeignKeyConstraint(["person_id"], ["persons.id"], name=op.f("fk_turns_person_id_persons")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_turns")),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_turns_chat_id_message_id"), "turns", ["chat_id", "message_id"], unique=False)


def downgrade() -> None:
    op.drop_index(op.f("ix_turns_chat_id_message_id"), table_name="turns")
    op.drop_table("turns")
    op.drop_table("dialogs")
    op.drop_table("persons")
    op.drop_index(
        "ix_inbox_unfinished",
        table_name="inbox",
        sqlite_where=sa.text("state IN ('new', 'effect')"),
        postgresql_where=sa.text("state IN ('new', 'effect')"),
    )
    op.drop_table("inbox")
    op.drop_table("chats")
