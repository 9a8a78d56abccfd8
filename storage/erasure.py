"""Forgetting people: who they were goes, what they did stays under their number."""

from datetime import datetime

from sqlalchemy import delete, select, update
from sqlalchemy.orm import Session

from storage import audit
from storage.base import Base
from storage.chats import ChatRow, PersonRow
from storage.inbox import NO_CHAT, InboxRow, InboxState
from storage.outbox import forget_chat
from storage.people import MemberRow, end, end_absence
from storage.personal_reminders import forget_personal
from storage.subscriptions import forget_wishes


def forget_member(session: Session, member_id: int, *, now: datetime) -> None:
    """Drop the member's name, account, telephones and what they wanted of reminders, and end the roles; the private
    chat's records go too."""
    end(session, member_id, now=now)
    end_absence(session, member_id, now=now)
    forget_personal(session, member_id)
    forget_wishes(session, member_id)
    telegram_id = session.scalar(select(MemberRow.telegram_id).where(MemberRow.id == member_id))
    session.execute(
        update(MemberRow)
        .where(MemberRow.id == member_id)
        .values(telegram_id=None, name=None, office_phone=None, mobile=None)
    )
    if telegram_id is not None:
        _forget_account(session, telegram_id)


def forget_departed(session: Session, *, left_before: datetime, now: datetime) -> int:
    """Forget the members whose last role ended before `left_before`, and what is left of forgotten chats; how many."""
    departed = session.scalars(
        select(MemberRow.id).where(MemberRow.left_at < left_before, MemberRow.telegram_id.is_not(None))
    ).all()
    for member_id in departed:
        forget_member(session, member_id, now=now)
    for member_id in departed:
        audit.append(session, at=now, actor=audit.SYSTEM, action="forget", subject=audit.member(member_id))
    drop_forgotten_chats(session)
    return len(departed)


def drop_forgotten_chats(session: Session) -> None:
    """Take the numbers of forgotten chats off the updates that are answered: until then the answer needs them."""
    session.execute(
        update(InboxRow)
        .where(
            InboxRow.state == InboxState.REPLIED,
            InboxRow.chat_id != NO_CHAT,
            InboxRow.chat_id.not_in(select(ChatRow.id)),
        )
        .values(chat_id=NO_CHAT)
    )


def _forget_account(session: Session, telegram_id: int) -> None:
    """A private chat has its person's number, so a chat's records are looked for by the same one."""
    for table in reversed(Base.metadata.sorted_tables):
        for key in table.foreign_keys:
            if key.column in (PersonRow.__table__.c.id, ChatRow.__table__.c.id):
                session.execute(delete(table).where(key.parent == telegram_id))
    session.execute(
        update(InboxRow)
        .where(InboxRow.chat_id == telegram_id, InboxRow.state == InboxState.QUARANTINED)
        .values(chat_id=NO_CHAT, payload=None)
    )
    forget_chat(session, telegram_id)
    session.execute(delete(ChatRow).where(ChatRow.id == telegram_id))
    session.execute(delete(PersonRow).where(PersonRow.id == telegram_id))
    drop_forgotten_chats(session)
