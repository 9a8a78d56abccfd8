"""The menu of commands of a private chat: six at most for the role that its home is of; the rest stands behind 更多."""

from collections.abc import Iterator

from handlers.access.desks import desks_of
from handlers.access.policy import Action, Actor, may
from handlers.chat.actor import load_actor
from handlers.chat.context import Context
from handlers.chat.outgoing import Menu
from handlers.home.home import own_desks
from handlers.routing.commands import COMMANDS, MENU
from storage.homes import keep_menu, kept_home
from storage.people import Account, Role, find_member

NAMES = {
    Role.LIAISON: ("start", "report", "mine", "problems", "reminders", "more"),
    Role.HEAD: ("start", "approve", "report", "problems", "reminders", "more"),
    Role.LEADER: ("start", "brief", "problems", "bulletin", "reminders", "more"),
    Role.SUPERVISOR: ("start", "check", "brief", "problems", "bulletin", "more"),
    Role.SIGNER: ("start", "approve", "problems", "reminders", "more"),
    Role.PROJECTS: ("start", "problems", "bulletin", "reminders", "more"),
    Role.CONTACT: ("start", "report", "problems", "reminders", "more"),
    Role.AIDE: ("start", "brief", "problems", "bulletin", "reminders", "more"),
    Role.OFFICE: ("start", "gaps", "pending", "announce", "invite", "more"),
}
_BY_NAME = {one.name: one for one in COMMANDS}


def commands_of(role: Role | None) -> tuple[tuple[str, str], ...]:
    """(name, what it does); of a visitor none of their own: everybody's stay."""
    return tuple((name, _BY_NAME[name].about) for name in NAMES[role]) if role else ()


def everybodys(*, groups: bool) -> tuple[tuple[str, str], ...]:
    return tuple((one.name, one.about) for one in MENU if one.groups or not groups)


def new_menus(context: Context) -> Iterator[Menu]:
    """The menu of the chat where its role is another now, and of the chats whose people have got or lost a role."""
    for account in dict.fromkeys(context.rebound):
        if account is not None:
            yield from _of_account(context, account)
    told = {call.chat for call in context.besides if isinstance(call, Menu)}  # who was forgotten has no chat any more
    if not context.group and context.chat not in {*context.rebound, *told}:
        desks = own_desks(context)
        yield from _changed(context, context.chat, context.conversation.menu, desks[0].role if desks else None)


def _of_account(context: Context, account: int) -> Iterator[Menu]:
    kept = kept_home(context.session, account)
    actor = _actor(context, account, kept.desk if kept else None)
    desks = desks_of(actor.grants, context.services.plans) if may(actor, Action.SUBSCRIBE) else ()
    yield from _changed(context, account, kept.menu if kept else None, desks[0].role if desks else None)


def _actor(context: Context, account: int, desk: str | None) -> Actor:
    member = find_member(context.session, account)
    bound = Account(member.id, locked=member.locked) if member else None
    today, service = context.services.clock.today(), context.services.service
    return load_actor(context.session, bound, today=today, service=service, desk=desk or "")


def _changed(context: Context, chat: int, shown: str | None, role: Role | None) -> Iterator[Menu]:
    if shown != (role.value if role else None):
        keep_menu(context.session, chat_id=chat, menu=role.value if role else None)
        yield Menu(chat=chat, commands=commands_of(role))
