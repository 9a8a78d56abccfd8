"""What a person wants of the reminders due to them by rule: lead times, digest or single, quiet hours, mutes."""

from collections import defaultdict
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time

from sqlalchemy import JSON, ForeignKey, delete, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from storage.base import Base, upsert
from storage.people import MemberRow


class SubscriptionRow(Base):
    __tablename__ = "subscriptions"

    member_id: Mapped[int] = mapped_column(ForeignKey(MemberRow.id), primary_key=True, autoincrement=False)
    deadline_days: Mapped[list[int] | None] = mapped_column(
        JSON(none_as_null=True), comment="days before a deadline; null: as the rule says"
    )
    single: Mapped[bool] = mapped_column(comment="each thing in a message of its own")
    quiet_from: Mapped[time | None] = mapped_column(comment="local; null: as configured")
    quiet_to: Mapped[time | None]


class MuteRow(Base):
    __tablename__ = "mutes"

    member_id: Mapped[int] = mapped_column(ForeignKey(MemberRow.id), primary_key=True, autoincrement=False)
    plan: Mapped[str] = mapped_column(primary_key=True)
    task: Mapped[str] = mapped_column(primary_key=True, comment="id of the task")
    until: Mapped[date] = mapped_column(comment="plan day, still muted")
    set_at: Mapped[datetime]


@dataclass(frozen=True, slots=True, kw_only=True)
class Subscription:
    deadline_days: tuple[int, ...] | None = None
    single: bool = False
    quiet: tuple[time, time] | None = None
    muted: Mapping[tuple[str, str], date] = field(default_factory=dict)
    """By (plan, task): the last plan day."""

    def mutes(self, plan: str, task: str, day: date) -> bool:
        until = self.muted.get((plan, task))
        return until is not None and day <= until


AS_CONFIGURED = Subscription()


def subscriptions_of(session: Session, members: Collection[int]) -> dict[int, Subscription]:
    """What those of the members chose who chose anything; two statements."""
    muted: dict[int, dict[tuple[str, str], date]] = defaultdict(dict)
    for row in session.scalars(select(MuteRow).where(MuteRow.member_id.in_(members))):
        muted[row.member_id][row.plan, row.task] = row.until
    chosen = {
        row.member_id: row
        for row in session.scalars(select(SubscriptionRow).where(SubscriptionRow.member_id.in_(members)))
    }
    return {member: _value(chosen.get(member), muted[member]) for member in {*chosen, *muted}}


def save_subscription(session: Session, member: int, chosen: Subscription) -> None:
    """Keep what the member chose, but for the mutes."""
    quiet_from, quiet_to = chosen.quiet or (None, None)
    values = {
        "deadline_days": None if chosen.deadline_days is None else list(chosen.deadline_days),
        "single": chosen.single,
        "quiet_from": quiet_from,
        "quiet_to": quiet_to,
    }
    upsert(session, SubscriptionRow, {"member_id": member, **values}, fresh=tuple(values))


def mute(session: Session, member: int, plan: str, task: str, until: date, *, now: datetime) -> None:
    """Say nothing by rule about the task up to a plan day."""
    muted = {"member_id": member, "plan": plan, "task": task, "until": until, "set_at": now}
    upsert(session, MuteRow, muted, fresh=("until", "set_at"))


def unmute(session: Session, member: int, plan: str, task: str) -> None:
    session.execute(delete(MuteRow).where(MuteRow.member_id == member, MuteRow.plan == plan, MuteRow.task == task))


def forget_wishes(session: Session, member: int) -> None:
    session.execute(delete(MuteRow).where(MuteRow.member_id == member))
    session.execute(delete(SubscriptionRow).where(SubscriptionRow.member_id == member))


def _value(row: SubscriptionRow | None, muted: Mapping[tuple[str, str], date]) -> Subscription:
    if row is None:
        return Subscription(muted=muted)
    quiet = (row.quiet_from, row.quiet_to) if row.quiet_from is not None and row.quiet_to is not None else None
    days = None if row.deadline_days is None else tuple(row.deadline_days)
    return Subscription(deadline_days=days, single=row.single, quiet=quiet, muted=muted)
