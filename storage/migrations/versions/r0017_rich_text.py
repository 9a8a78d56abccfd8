"""What waits to be said is rich text instead of Telegram's HTML, in the outbox and in the replies of the inbox."""

import re
from html import escape, unescape
from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0017"
down_revision = "0016"
branch_labels = None
depends_on = None

MARKS = {"b": "bold", "i": "italic", "code": "code"}
TAGS = {mark: tag for tag, mark in MARKS.items()}
_PART = re.compile(rf"<({'|'.join(MARKS)})>(.*?)</\1>|([^<]+|<)", re.DOTALL)


def upgrade() -> None:
    _add("text", sa.JSON(), default='""')
    _convert("html", "text", rich_text)
    op.drop_column("outbox", "html")


def downgrade() -> None:
    _add("html", sa.String(), default="")
    _convert("text", "html", html)
    op.drop_column("outbox", "text")


def _add(name: str, kind: Any, *, default: str) -> None:
    """With a default, so that SQLite need not copy the table."""
    comment = "emptied once it is sent, expired or skipped"
    op.add_column(
        "outbox", sa.Column(name, kind, nullable=False, server_default=sa.text(f"'{default}'"), comment=comment)
    )


def rich_text(said: str) -> Any:
    """As storage.rich_text stores it."""
    spans: list[tuple[str, str | None]] = [
        (unescape(words if tag else rest), MARKS.get(tag)) for tag, words, rest in _PART.findall(said) if words or rest
    ]
    return {"spans": spans} if any(mark for _, mark in spans) else "".join(text for text, _ in spans)


def html(said: Any) -> str:
    if isinstance(said, str):
        return escape(said, quote=False)
    return "".join(
        f"<{TAGS[mark]}>{escape(text, quote=False)}</{TAGS[mark]}>" if mark else escape(text, quote=False)
        for text, mark in said["spans"]
    )


def _convert(old: str, new: str, converted: Any) -> None:
    """Few rows hold words: they lose them once they are said."""
    connection = op.get_bind()
    outbox = sa.table("outbox", sa.column("id"), sa.column(old, _type(old)), sa.column(new, _type(new)))
    words = sa.cast(outbox.c[old], sa.String).not_in(["", '""'])
    for row, said in connection.execute(sa.select(outbox.c.id, outbox.c[old]).where(words)).all():
        connection.execute(sa.update(outbox).where(outbox.c.id == row).values({new: converted(said)}))
    inbox = sa.table("inbox", sa.column("id"), sa.column("reply", sa.JSON(none_as_null=True)))
    for row, calls in connection.execute(sa.select(inbox.c.id, inbox.c.reply).where(inbox.c.reply.is_not(None))).all():
        changed = [_call(call, old, new, converted) for call in calls]
        connection.execute(sa.update(inbox).where(inbox.c.id == row).values(reply=changed))


def _type(name: str) -> Any:
    return sa.JSON() if name == "text" else sa.String()


def _call(call: dict[str, Any], old: str, new: str, converted: Any) -> dict[str, Any]:
    """Messages have words, and a file to be fetched has the message that is said then."""
    changed = dict(call)
    if call.get("kind") in {"send", "edit"}:
        changed[new] = converted(changed.pop(old))
    if isinstance(kept := call.get("kept"), dict):
        changed["kept"] = _call(kept, old, new, converted)
    return changed
