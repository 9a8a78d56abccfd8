"""Where what was read of a fetched file is answered: in the private chat of who sent it."""

from datetime import datetime

from sqlalchemy.orm import Session

from handlers.chat.context import Context, Services
from storage.conversations import ConversationState
from storage.people import Account, find_member


def context_of_file(session: Session, services: Services, chat: int, *, now: datetime) -> Context:
    member = find_member(session, chat)
    return Context(
        session=session,
        services=services,
        chat=chat,
        person=chat,
        group=False,
        message=None,
        reply_to=None,
        asked_at=now,
        now=now,
        conversation=ConversationState(
            memory="", prompted=False, account=Account(member.id, locked=member.locked) if member else None
        ),
    )
