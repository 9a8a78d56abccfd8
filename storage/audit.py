"""The audit: who did what when, by pseudonyms, one row after the other.

Each row holds the hash of the row before it, and `audit_head` the last one's: a row that was changed, removed or moved
breaks the chain, also at its end. The head's row is the lock that keeps the chain single; it is taken last in a
transaction, by `append`, and held to its end. Whoever can rewrite the whole database can rewrite the chain too:
a head that was printed and kept elsewhere shows it.
"""

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from hashlib import sha256
from typing import Any

from sqlalchemy import Row, bindparam, select, update
from sqlalchemy.orm import Mapped, Session, mapped_column

from storage.base import Base, JsonObject, table_of

NOTHING = "0" * 64
"""The hash before the first row."""
CONSOLE, VISITOR, SYSTEM = "console", "visitor", "system"
"""Who acts, where it is no member: the command line, an unbound account, the program itself."""
BATCH = 1000


class AuditRow(Base):
    __tablename__ = "audit"

    number: Mapped[int] = mapped_column(primary_key=True, autoincrement=False, comment="1, 2, 3 … without gaps")
    at: Mapped[datetime]
    actor: Mapped[str] = mapped_column(comment="member:7, console, visitor or system")
    action: Mapped[str]
    subject: Mapped[str] = mapped_column(comment="kind:key, as member:8 or invitation:3")
    detail: Mapped[JsonObject] = mapped_column(comment="without names and without what people wrote")
    before: Mapped[str] = mapped_column(comment="hash of the row before")
    hash: Mapped[str]


class AuditHeadRow(Base):
    __tablename__ = "audit_head"

    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False, comment="always 1")
    number: Mapped[int]
    hash: Mapped[str]


@dataclass(frozen=True, slots=True, kw_only=True)
class AuditEntry:
    number: int
    at: datetime
    actor: str
    action: str
    subject: str
    detail: JsonObject
    hash: str


@dataclass(frozen=True, slots=True)
class Head:
    number: int
    hash: str


@dataclass(frozen=True, slots=True)
class Checked:
    """The chain as it was found: `broken` is the number of the first row that does not fit, None where all do."""

    head: Head
    broken: int | None


def member(number: int) -> str:
    """A member as actor or subject."""
    return f"member:{number}"


def lock(session: Session) -> Head:
    """The head of the chain, waited for: whoever holds it is the only one who writes what is audited."""
    return Head(*session.execute(_LOCK).one())


def count(session: Session) -> int:
    """How much has been noted by now."""
    number: int = session.execute(_COUNT).scalar_one()
    return number


def append(
    session: Session, *, at: datetime, actor: str, action: str, subject: str, detail: JsonObject | None = None
) -> None:
    """Note what is being done, in the transaction that does it."""
    append_all(session, at=at, actor=actor, action=action, subjects=[subject], detail=detail)


def append_all(
    session: Session,
    *,
    at: datetime,
    actor: str,
    action: str,
    subjects: Iterable[str],
    detail: JsonObject | None = None,
) -> None:
    """The same done to each of the subjects, in order."""
    head = lock(session)
    rows = []
    for subject in subjects:
        row = (head.number + 1, at, actor, action, subject, detail or {}, head.hash)
        head = Head(head.number + 1, _hash(*row))
        rows.append(dict(zip(_AUDIT.c.keys(), (*row, head.hash), strict=True)))
    if rows:
        session.execute(_ADD, rows)
        session.execute(_MOVE_HEAD, {"number": head.number, "hash": head.hash})


def read(session: Session, *, after: int = 0) -> Iterator[AuditEntry]:
    """The rows in order, from the one behind number `after`."""
    for row in _rows(session, after):
        yield AuditEntry(
            number=row.number,
            at=row.at,
            actor=row.actor,
            action=row.action,
            subject=row.subject,
            detail=row.detail,
            hash=row.hash,
        )


def verify(session: Session, *, kept: Head | None = None) -> Checked:
    """Walk the whole chain, in a write transaction; the row of `kept`, a head noted earlier, must still be the same."""
    head = session.get_one(AuditHeadRow, 1, with_for_update=True)
    number, before = 0, NOTHING
    for row in _rows(session, 0):
        changed = kept is not None and kept.number == row.number and kept.hash != row.hash
        if row.number != number + 1 or row.before != before or row.hash != _hash(*row[:-1]) or changed:
            return Checked(Head(head.number, head.hash), number + 1)
        number, before = row.number, row.hash
    whole = (head.number, head.hash) == (number, before) and (kept is None or kept.number <= number)
    return Checked(Head(head.number, head.hash), None if whole else number + 1)


_AUDIT, _HEAD = table_of(AuditRow), table_of(AuditHeadRow)
_LOCK = select(_HEAD.c.number, _HEAD.c.hash).where(_HEAD.c.id == 1).with_for_update()
_COUNT = select(_HEAD.c.number).where(_HEAD.c.id == 1)
_ADD = _AUDIT.insert()
_MOVE_HEAD = update(_HEAD).where(_HEAD.c.id == 1)
_AFTER = select(_AUDIT).where(_AUDIT.c.number > bindparam("after")).order_by(_AUDIT.c.number).limit(BATCH)


def _rows(session: Session, after: int) -> Iterator[Row[*tuple[Any, ...]]]:
    """Batch after batch: a reader that stops early leaves no open cursor behind."""
    while True:
        rows = session.execute(_AFTER, {"after": after}).all()
        yield from rows
        if len(rows) < BATCH:
            return
        after = rows[-1].number


def _hash(number: int, at: datetime, actor: str, action: str, subject: str, detail: JsonObject, before: str) -> str:
    told = [number, at.astimezone(UTC).isoformat(timespec="microseconds"), actor, action, subject, detail, before]
    written = json.dumps(told, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return sha256(written.encode()).hexdigest()
