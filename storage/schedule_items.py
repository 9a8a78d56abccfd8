"""What is told of the schedule: one item for each thing told to a member.

    row due --expand--> items: waiting --join--> joined (its message is in the outbox)
                                   \\--------- skip, with a reason

Items are unique in (plan, rule, subject, member, occurrence): whatever is restarted, expanded twice or by two
processes is told once. Due times are plan time, the rest is machine time.
"""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from sqlalchemy import ColumnElement, ForeignKey, Index, UniqueConstraint, delete, literal, or_, select, text, update
from sqlalchemy.orm import Mapped, Session, aliased, mapped_column

from knowledge.reminders.recipients import SkipReason
from storage.base import NEVER_AGAIN, Base, RowId, insert
from storage.outbox import OutboxRow, rewind_outbox
from storage.people import MemberRow

ItemKey = tuple[str, str, str, int, str]
"""(plan, rule, subject, member, occurrence)."""


class ItemState(StrEnum):
    WAITING = "waiting"
    JOINED = "joined"
    SKIPPED = "skipped"


class ItemRow(Base):
    __tablename__ = "items"

    id: Mapped[RowId]
    plan: Mapped[str]
    rule: Mapped[str]
    subject: Mapped[str]
    member_id: Mapped[int] = mapped_column(ForeignKey(MemberRow.id))
    occurrence: Mapped[str]
    task: Mapped[str] = mapped_column(comment="id of the task, where there is one")
    urgent: Mapped[bool]
    due: Mapped[datetime] = mapped_column(comment="plan time from which it may be told")
    planned: Mapped[datetime] = mapped_column(comment="plan time at which it was to be told")
    state: Mapped[ItemState]
    reason: Mapped[str | None] = mapped_column(comment="why it was skipped")
    late: Mapped[bool] = mapped_column(comment="told after the machine was off")
    message_id: Mapped[int | None] = mapped_column(ForeignKey(OutboxRow.id), index=True)
    acknowledged_at: Mapped[datetime | None]

    __table_args__ = (
        UniqueConstraint("plan", "rule", "subject", "member_id", "occurrence"),
        Index(
            "ix_items_waiting",
            "due",
            sqlite_where=text("state = 'waiting'"),
            postgresql_where=text("state = 'waiting'"),
        ),
        Index(None, "member_id", "planned"),
        NEVER_AGAIN,
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class NewItem:
    plan: str
    rule: str
    subject: str
    member: int
    occurrence: str
    task: str = ""
    urgent: bool = False
    due: datetime
    planned: datetime
    leads: tuple[int, ...] = ()
    """Of a deadline: the days before it that it is told for; not kept."""
    reason: SkipReason | None = None
    """Why it is not told; None: it waits to be."""
    late: bool = False

    @property
    def key(self) -> ItemKey:
        return self.plan, self.rule, self.subject, self.member, self.occurrence


@dataclass(frozen=True, slots=True, kw_only=True)
class StoredItem:
    id: int
    plan: str
    rule: str
    subject: str
    member: int
    occurrence: str
    task: str
    urgent: bool
    due: datetime
    planned: datetime
    late: bool
    message: int | None = None
    acknowledged_at: datetime | None = None

    @property
    def label(self) -> str:
        """The period's, of an item of a period's rule."""
        return self.occurrence.partition("/")[0]


def stored(item: NewItem, number: int) -> StoredItem:
    """The item as it is once it is kept."""
    return StoredItem(
        id=number,
        plan=item.plan,
        rule=item.rule,
        subject=item.subject,
        member=item.member,
        occurrence=item.occurrence,
        task=item.task,
        urgent=item.urgent,
        due=item.due,
        planned=item.planned,
        late=item.late,
    )


def add_items(session: Session, items: Iterable[NewItem]) -> None:
    """Keep the items; those that are there already stay as they are."""
    if values := [_values(item) for item in items]:
        session.execute(insert(session, ItemRow).on_conflict_do_nothing(), values)


def add_new_items(session: Session, items: Iterable[NewItem]) -> tuple[StoredItem, ...]:
    """As `add_items`, and return those that are new: the caller tells them in this transaction."""
    values = [_values(item) for item in items]
    if not values:
        return ()
    found = session.scalars(insert(session, ItemRow).on_conflict_do_nothing().returning(ItemRow), values)
    return tuple(map(_item, sorted(found, key=lambda row: row.id)))


def waiting_items(session: Session, now: datetime | None = None) -> tuple[StoredItem, ...]:
    """Items that may be told at plan time `now` (None: at any time), in the order they were made."""
    # in the words of the partial index: a prepared statement with bound values cannot use it, nor does one that
    # wants the rows by their numbers
    state = literal(ItemState.WAITING, ItemRow.state.type, literal_execute=True)
    wanted = [ItemRow.state == state, *([] if now is None else [ItemRow.due <= now])]
    found = session.scalars(select(ItemRow).where(*wanted))
    return tuple(sorted(map(_item, found), key=lambda item: item.id))


def join_items(session: Session, messages: Mapping[int, int]) -> None:
    """The items are told by these messages of the outbox."""
    if messages:
        session.execute(
            update(ItemRow),
            [{"id": item, "state": ItemState.JOINED, "message_id": message} for item, message in messages.items()],
        )


def postpone_items(session: Session, due: Mapping[int, datetime]) -> None:
    """Let these items wait until a later plan time."""
    if due:
        session.execute(update(ItemRow), [{"id": number, "due": at} for number, at in due.items()])


def skip_items(session: Session, reasons: Mapping[int, SkipReason]) -> None:
    if reasons:
        session.execute(
            update(ItemRow),
            [{"id": item, "state": ItemState.SKIPPED, "reason": reason.value} for item, reason in reasons.items()],
        )


def items_of_message(session: Session, item: int, member: int) -> tuple[StoredItem, ...]:
    """All that was told to the member in the same message as this item of theirs."""
    return items_of_messages(session, {item}, member=member).get(item, ())


def items_of_messages(
    session: Session, items: Collection[int], *, member: int | None = None
) -> dict[int, tuple[StoredItem, ...]]:
    """As `items_of_message` for many items, by item; of one member or of anybody."""
    one, other = aliased(ItemRow), aliased(ItemRow)
    wanted = select(one.id, other).join(other, other.message_id == one.message_id).where(one.id.in_(items))
    if member is not None:
        wanted = wanted.where(one.member_id == member)
    found: dict[int, list[StoredItem]] = {}
    for number, row in session.execute(wanted.order_by(one.id, other.id)):
        found.setdefault(number, []).append(_item(row))
    return {number: tuple(told) for number, told in found.items()}


def told_of_periods(
    session: Session, plans: Collection[str], rules: Collection[str], labels: Collection[str]
) -> tuple[StoredItem, ...]:
    """What was told by these rules of the periods with these labels; no statement where there are none."""
    if not labels:
        return ()
    found = session.scalars(
        select(ItemRow)
        .where(
            ItemRow.plan.in_(plans),
            ItemRow.rule.in_(rules),
            ItemRow.state == ItemState.JOINED,
            or_(*(either for label in labels for either in _of_period(label))),
        )
        .order_by(ItemRow.id)
    )
    return tuple(map(_item, found))


def _of_period(label: str) -> tuple[ColumnElement[bool], ...]:
    """An occurrence is the label by itself, or begins with it."""
    return ItemRow.occurrence == label, ItemRow.occurrence.startswith(f"{label}/", autoescape=True)


def item_keys(session: Session, since: datetime) -> frozenset[ItemKey]:
    """What makes items unique, of those planned from plan time `since` on: none of them is made again."""
    rows = session.execute(
        select(ItemRow.plan, ItemRow.rule, ItemRow.subject, ItemRow.member_id, ItemRow.occurrence).where(
            ItemRow.planned >= since
        )
    )
    return frozenset((plan, rule, subject, member, label) for plan, rule, subject, member, label in rows)


def rewind(session: Session, now: datetime) -> None:
    """The clock was set back: what was told of days still to come may be told again."""
    session.execute(delete(ItemRow).where(ItemRow.planned > now))
    rewind_outbox(session, now)


def _values(item: NewItem) -> dict[str, object]:
    return {
        "plan": item.plan,
        "rule": item.rule,
        "subject": item.subject,
        "member_id": item.member,
        "occurrence": item.occurrence,
        "task": item.task,
        "urgent": item.urgent,
        "due": item.due,
        "planned": item.planned,
        "state": ItemState.SKIPPED if item.reason else ItemState.WAITING,
        "reason": item.reason.value if item.reason else None,
        "late": item.late,
    }


def _item(row: ItemRow) -> StoredItem:
    return StoredItem(
        id=row.id,
        plan=row.plan,
        rule=row.rule,
        subject=row.subject,
        member=row.member_id,
        occurrence=row.occurrence,
        task=row.task,
        urgent=row.urgent,
        due=row.due,
        planned=row.planned,
        late=row.late,
        message=row.message_id,
        acknowledged_at=row.acknowledged_at,
    )
