"""At most one message a day to whoever runs the bot, of everything that needs them."""

from collections.abc import Sequence
from datetime import datetime

import structlog
from sqlalchemy.orm import Session

from handlers.broadcast import texts_operator as texts
from handlers.services.clock import PLAN_ZONE
from storage.chats import get_chat
from storage.outbox import Letter, OutboxKind, enqueue

NO_PLAN = ""
"""It is the bot that is not well, whatever it answers from; no plan's office is asked about such a message."""

log = structlog.get_logger()


def alert(session: Session, operator: int, ailments: Sequence[str], *, now: datetime) -> bool:
    """Whether it is enqueued: not where today's has been, or where the operator's chat is not known."""
    if get_chat(session, operator) is None:
        log.warning("the operator has never written to the bot, and so cannot be told")
        return False
    letter = Letter(
        kind=OutboxKind.NOTICE,
        occurrence=f"alert {now.astimezone(PLAN_ZONE).date().isoformat()}",
        plan=NO_PLAN,
        chat=operator,
        text=texts.alert(ailments),
    )
    return enqueue(session, letter, now=now) is not None
