"""When a running bot last polled and ticked: one row a bot, written once a minute, for those who look from outside."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Mapped, Session, mapped_column

from storage.base import Base, LongInteger, upsert


class HeartbeatRow(Base):
    __tablename__ = "heartbeats"

    bot_id: Mapped[LongInteger] = mapped_column(primary_key=True, autoincrement=False)
    at: Mapped[datetime]
    polled_at: Mapped[datetime] = mapped_column(comment="the last poll that succeeded, or the start")
    ticked_at: Mapped[datetime | None] = mapped_column(comment="null: a public service does not tick")


@dataclass(frozen=True, slots=True, kw_only=True)
class Heartbeat:
    at: datetime
    polled_at: datetime
    ticked_at: datetime | None


def beat(session: Session, bot_id: int, heartbeat: Heartbeat) -> None:
    row = {
        "bot_id": bot_id,
        "at": heartbeat.at,
        "polled_at": heartbeat.polled_at,
        "ticked_at": heartbeat.ticked_at,
    }
    upsert(session, HeartbeatRow, row, fresh=("at", "polled_at", "ticked_at"))


def last_heartbeat(session: Session) -> Heartbeat | None:
    """Of whichever bot was here last."""
    row = session.scalars(select(HeartbeatRow).order_by(HeartbeatRow.at.desc()).limit(1)).first()
    return None if row is None else Heartbeat(at=row.at, polled_at=row.polled_at, ticked_at=row.ticked_at)
