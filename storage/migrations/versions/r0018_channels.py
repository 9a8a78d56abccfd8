"""Chats and people know their channel and what it calls them; an update its receiver and its key there."""

from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0018"
down_revision = "0017"
branch_labels = None
depends_on = None

UNFINISHED = "state IN ('new', 'effect')"
ADDRESSES = ("chats", "persons")


def upgrade() -> None:
    for table in ADDRESSES:
        op.add_column(table, sa.Column("channel", sa.String(), nullable=True))
        op.add_column(table, sa.Column("outside", sa.String(), nullable=True, comment="what the channel calls it"))
        op.execute(f"UPDATE {table} SET channel = 'telegram', outside = CAST(id AS VARCHAR)")  # noqa: S608
        with op.batch_alter_table(table) as changed:
            changed.alter_column("channel", existing_type=sa.String(), nullable=False)
            changed.alter_column(
                "outside", existing_type=sa.String(), existing_comment="what the channel calls it", nullable=False
            )
            changed.create_unique_constraint(op.f(f"uq_{table}_channel_outside"), ["channel", "outside"])
    _comment("persons", "name", "as the person shows it there")
    _rename_in_inbox(
        ("bot_id", "receiver", sa.String(), "the channel and the account that received it, telegram:123"),
        ("update_id", "key", sa.String(), "what the receiver calls it, unique for it"),
        using="VARCHAR",
    )
    op.execute("UPDATE inbox SET receiver = 'telegram:' || receiver")
    _index_inbox("receiver")


def downgrade() -> None:
    op.execute("DELETE FROM inbox WHERE receiver NOT LIKE 'telegram:%'")
    op.execute("UPDATE inbox SET receiver = substr(receiver, 10)")
    _rename_in_inbox(
        ("receiver", "bot_id", sa.BigInteger(), "the bot that received it"),
        ("key", "update_id", sa.BigInteger(), "Telegram's number, unique for a bot"),
        using="BIGINT",
    )
    _index_inbox("bot_id")
    _comment("persons", "name", "as the person shows it in Telegram")
    for table in ADDRESSES:
        with op.batch_alter_table(table) as changed:
            changed.drop_constraint(op.f(f"uq_{table}_channel_outside"), type_="unique")
            changed.drop_column("outside")
            changed.drop_column("channel")


def _rename_in_inbox(*columns: tuple[str, str, sa.types.TypeEngine[Any], str], using: str) -> None:
    op.drop_index("ix_inbox_unfinished", "inbox")
    before, after = [one[0] for one in columns], [one[1] for one in columns]
    last = _last_number()
    keeping = {"sqlite_autoincrement": True}
    with op.batch_alter_table("inbox", table_kwargs=keeping) as table:
        table.drop_constraint(op.f(f"uq_inbox_{'_'.join(before)}"), type_="unique")
        for old, new, kind, comment in columns:
            table.alter_column(
                old, new_column_name=new, type_=kind, comment=comment, postgresql_using=f"{old}::{using}"
            )
    with op.batch_alter_table("inbox", table_kwargs=keeping) as table:
        table.create_unique_constraint(op.f(f"uq_inbox_{'_'.join(after)}"), after)
    if last is not None:
        op.execute(f"UPDATE sqlite_sequence SET seq = {int(last)} WHERE name = 'inbox'")  # noqa: S608 - a number


def _last_number() -> int | None:
    """The last number that SQLite gave: the copy of the table begins anew, and no number is given twice."""
    if op.get_bind().dialect.name != "sqlite":
        return None
    found: int | None = op.get_bind().scalar(sa.text("SELECT seq FROM sqlite_sequence WHERE name = 'inbox'"))
    return found


def _index_inbox(receiver: str) -> None:
    where = sa.text(UNFINISHED)
    op.create_index(
        "ix_inbox_unfinished", "inbox", [receiver, "chat_id", "id"], sqlite_where=where, postgresql_where=where
    )


def _comment(table: str, column: str, comment: str) -> None:
    """SQLite keeps no comments."""
    if op.get_bind().dialect.name == "postgresql":
        op.execute(sa.text(f"COMMENT ON COLUMN {table}.{column} IS '{comment}'"))
