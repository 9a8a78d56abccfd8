"""Telling somebody else: a message to another person's private chat, enqueued in the transaction that is its reason."""

from collections.abc import Iterable
from dataclasses import replace

from sqlalchemy.orm import Session

from handlers.chat.context import Context
from handlers.chat.conversation import say
from handlers.chat.outgoing import Send
from handlers.texts.reply import Reply
from storage.chats import get_chat
from storage.outbox import Letter, OutboxKind, enqueue_all
from storage.people import Member, Role, members_of_plan


def tell(context: Context, plan: str, members: Iterable[Member], reply: Reply) -> None:
    """Send it to each of the members who has a chat with the bot; nobody is told of what they do themselves."""
    letters = []
    for member in members:
        person = member.telegram_id
        if person is None or member.locked or person == context.person or get_chat(context.session, person) is None:
            continue
        there = replace(
            context,
            chat=person,
            person=person,
            group=False,
            message=None,
            reply_to=None,
            thread=None,
            digest=None,
            below=None,
        )
        call = say(there, reply)
        if isinstance(call, Send):
            letters.append(
                Letter(
                    kind=OutboxKind.NOTICE,
                    occurrence=f"turn {call.turn}",
                    plan=plan,
                    chat=person,
                    member=member.id,
                    text=call.text,
                    keyboard=call.keyboard,
                    turn=call.turn,
                )
            )
    enqueue_all(context.session, letters, now=context.now)


def holders(session: Session, plan: str, *roles: Role, units: frozenset[str] | None = None) -> tuple[Member, ...]:
    """The plan's people with one of the roles; with `units`, for one of these. A head who is a city leader too is left
    out: what the unit is told goes to its other heads."""
    return tuple(
        member
        for member in members_of_plan(session, plan)
        if any(
            grant.role in roles
            and grant.plan == plan
            and not grant.not_pushed
            and (units is None or grant.unit in units)
            for grant in member.grants
        )
    )
