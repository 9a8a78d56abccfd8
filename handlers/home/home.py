"""The home of each role: /start, 菜单, 帮助, 你能干什么; what is owed now, counted as the lists that it leads to count.

A person with several roles, or who stands in for a colleague, chooses whose home it is; the choice is kept for the chat
and decides what is asked of one role in everything else, too.
"""

from collections.abc import Callable, Sequence
from dataclasses import replace

from handlers.access.desks import Desk, desks_of
from handlers.access.policy import Action, may
from handlers.broadcast.bulletins import open_drafts, undrafted_meeting, waiting_for_leaders
from handlers.chat.context import Context
from handlers.chat.conversation import say, settle
from handlers.chat.outgoing import Call
from handlers.home import texts
from handlers.home.codes import HomeVerb
from handlers.home.texts import HomeCard, HomeEntry
from handlers.home.texts_visitor import visitor_home, with_samples
from handlers.office.setup import setup_items
from handlers.office.texts_setup import left_to_set
from handlers.progress.brief import own_brief
from handlers.progress.pictures import picture_today
from handlers.questions.handler import answer
from handlers.questions.texts_declined import is_not_understood, may_be_no_question
from handlers.reminders.personal import open_reminders
from handlers.reports.checks import waiting_to_be_checked
from handlers.reports.guided import figure_command
from handlers.reports.lifecycle import waiting_to_be_accepted
from handlers.reports.owed_items import returned_to
from handlers.texts.reply import Button, Reply
from handlers.texts.rights import ROLES
from knowledge.questions.answer import Answer
from knowledge.standing.picture import DayPicture, PeriodItem, owed, units_of
from storage.homes import choose_desk
from storage.outbox_view import list_troubled
from storage.people import Role
from storage.report_status import unapproved_of
from storage.suggestions import count_suggestions
from storage.unanswered import list_misses


def show_home(context: Context, rest: str) -> Call:
    """`/home`; `choose` asks which of several roles, `liaison wuxue-2021-26 市科经局` is the one that was chosen."""
    desks = own_desks(context)
    if not desks:
        return say(context, visitor_home(context.library, context.services.service.telephone))
    chosen = next((one for one in desks if one.key == rest), None)
    if chosen is not None:
        choose_desk(context.session, chat_id=context.chat, desk=chosen.key)
        context.rebound.append(context.chat)
        return settle(context, _home(context, chosen, desks))
    kept = any(one.key == context.conversation.desk for one in desks)
    if rest == HomeVerb.CHOOSE or (len(desks) > 1 and not kept):
        return say(context, texts.choose([(one, _card(context, one)) for one in desks]))
    return say(context, _home(context, desks[0], desks))


def with_home(context: Context, offers: Callable[[], Sequence[Button]], answered: Answer, reply: Reply) -> Reply:
    """The reply to what was not answered, with what comes near to it and, where it was not understood, the home's."""
    desks = own_desks(context)
    near = offers() if desks and may_be_no_question(answered) else ()
    if near:
        return texts.with_card(texts.near(near), _card(context, desks[0]))
    if not is_not_understood(answered):
        return reply
    return texts.with_card(reply, _card(context, desks[0])) if desks else with_samples(reply, context.library)


def own_desks(context: Context) -> tuple[Desk, ...]:
    """The one that was chosen in this chat first; none for a visitor, who is locked, and in a group."""
    actor = context.actor
    return desks_of(actor.grants, context.services.plans) if may(actor, Action.SUBSCRIBE) else ()


def _home(context: Context, desk: Desk, desks: tuple[Desk, ...]) -> Reply:
    return texts.home(_card(context, desk), context.services.clock.today(), several=len(desks) > 1)


def _card(context: Context, desk: Desk) -> HomeCard:
    return _CARDS[desk.role](context, desk)


def _of_liaison(context: Context, desk: Desk) -> HomeCard:
    unit, picture = desk.unit or "", picture_today(context, desk.plan)
    items = _items(picture, unit)
    left = owed(items)
    return texts.of_liaison(
        unit,
        items,
        today=picture.day,
        town=unit in context.library.towns,
        figure=figure_command(left[0].subject, context.library) if len(left) == 1 else "/report",
        returned=len(returned_to(context, unit, desk.plan)),
        accepting=len(waiting_to_be_accepted(context, context.actor)),
        reminders=_reminders(context),
    )


def _of_head(context: Context, desk: Desk) -> HomeCard:
    unit, picture = desk.unit or "", picture_today(context, desk.plan)
    return texts.of_head(
        unit,
        _items(picture, unit),
        today=picture.day,
        town=unit in context.library.towns,
        approving=len(unapproved_of(context.session, desk.plan, unit)),
        consulted=_consulted(picture, unit),
        returned=len(returned_to(context, unit, desk.plan)),
        reminders=_reminders(context),
    )


def _consulted(picture: DayPicture, unit: str) -> int:
    asked = (one.card.proposed for one in picture.unconfirmed)
    return sum(one is not None and one.unit == unit and bool(one.until) and not one.opinion for one in asked)


def _of_leader(context: Context, desk: Desk) -> HomeCard:
    return texts.of_leader(
        own_brief(context),
        signing=len(waiting_for_leaders(context, desk.plan)),
        soon=_due_soon(context, texts.CHARGE_DUE_SOON),
    )


def _of_supervisor(context: Context, desk: Desk) -> HomeCard:
    left = owed(picture_today(context, desk.plan).current)
    brief = own_brief(context)
    return texts.of_supervisor(
        units=len(units_of(left)),
        items=len(left),
        red=len(brief.red) if brief else 0,
        checking=len(waiting_to_be_checked(context, context.actor)),
        bulletins=_bulletins(context, desk.plan),
        soon=_due_soon(context, texts.DUE_SOON),
    )


def _bulletins(context: Context, plan: str) -> HomeEntry:
    drafts, today = open_drafts(context, plan), context.services.clock.today()
    return texts.bulletins(drafts, None if drafts else undrafted_meeting(context, plan), today)


def _of_office(context: Context, desk: Desk) -> HomeCard:
    picture = picture_today(context, desk.plan)
    return texts.of_office(
        setup=left_to_set(setup_items(context, desk.plan)),
        bulletins=_bulletins(context, desk.plan),
        unconfirmed=_unconfirmed(picture),
        accepting=len(waiting_to_be_accepted(context, context.actor)),
        problems=len(picture.problems),
        misses=len(list_misses(context.session, plan=desk.plan)),
        undelivered=len(list_troubled(context.session, desk.plan)),
        suggestions=count_suggestions(context.session, desk.plan),
        units=len(units_of(owed(picture.current))),
        items=len(owed(picture.current)),
    )


def _of_signer(context: Context, desk: Desk) -> HomeCard:
    unit = desk.unit or ""
    return texts.of_signer(
        unit, approving=len(unapproved_of(context.session, desk.plan, unit)), reminders=_reminders(context)
    )


def _of_projects(_context: Context, _desk: Desk) -> HomeCard:
    return texts.of_projects()


def _of_contact(context: Context, desk: Desk) -> HomeCard:
    own = (one for one in context.actor.grants if one.role is Role.CONTACT and one.plan == desk.plan)
    return texts.of_contact([one.project for one in own if one.project], reminders=_reminders(context))


def _of_aide(context: Context, desk: Desk) -> HomeCard:
    card = _of_leader(context, desk)
    return replace(card, role=Role.AIDE, whose=ROLES[Role.AIDE])


_CARDS: dict[Role, Callable[[Context, Desk], HomeCard]] = {
    Role.LIAISON: _of_liaison,
    Role.HEAD: _of_head,
    Role.LEADER: _of_leader,
    Role.SUPERVISOR: _of_supervisor,
    Role.OFFICE: _of_office,
    Role.SIGNER: _of_signer,
    Role.PROJECTS: _of_projects,
    Role.CONTACT: _of_contact,
    Role.AIDE: _of_aide,
}


def _items(picture: DayPicture, unit: str) -> tuple[PeriodItem, ...]:
    return tuple(one for one in picture.current if one.unit == unit)


def _unconfirmed(picture: DayPicture) -> int:
    """As /gaps lists them."""
    return sum(one.target is not None for one in picture.unconfirmed)


def _reminders(context: Context) -> int:
    member = context.actor.member
    return len(open_reminders(context, member)) if member is not None else 0


def _due_soon(context: Context, question: str) -> int:
    """What the question is answered with, which the button asks."""
    answered = answer(context, question, "")
    return len(answered.answer.content.targets or ())
