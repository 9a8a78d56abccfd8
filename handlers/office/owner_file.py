"""A table of confirmed owners that came as a file, shown as one that was pasted."""

from datetime import datetime

from sqlalchemy.orm import Session

from handlers.access.policy import Action, Resource, may
from handlers.chat.authorize import plan_of
from handlers.chat.context import Services
from handlers.chat.file_context import context_of_file
from handlers.chat.outgoing import Call
from handlers.office.owner_rows import from_headings
from handlers.office.owner_table import preview_table
from handlers.services.workbooks import tables_in


def owners_in(content: bytes, kind: str) -> str:
    """The table, from its headings (目标, 主责) on; "" where the file holds no such table."""
    return next(filter(None, map(from_headings, tables_in(content, kind))), "")


def take_owners(
    session: Session, services: Services, chat: int, table: str, *, now: datetime
) -> tuple[Call, ...] | None:
    """What is said to it; None where the sender sets no owners: then it is a file like others."""
    context = context_of_file(session, services, chat, now=now)
    plan = plan_of(context, context.actor)
    if not may(context.actor, Action.EDIT_CARD, Resource(plan=plan)):
        return None
    return (preview_table(context, context.actor, plan, table),)
