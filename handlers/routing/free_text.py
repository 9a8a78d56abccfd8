"""Plain words in a private chat: a question, or a report to be confirmed; and a message that was edited."""

import re

from handlers.access.policy import Action, Actor, may, refusal
from handlers.chat.context import Context
from handlers.chat.conversation import say
from handlers.chat.outgoing import Call
from handlers.people import texts as people_texts
from handlers.people.contacts import tell_contacts
from handlers.progress.brief import hear_brief
from handlers.progress.standings import charge_of
from handlers.questions.handler import ask
from handlers.reminders.personal import set_reminder, set_reminder_again
from handlers.reports.proposal import propose, understanding_of
from handlers.services.question_service import Asker
from handlers.texts.reply import Reply
from handlers.texts.rights import refused
from knowledge.language.normalize import clean
from knowledge.language.reminder_request import Request, requests
from knowledge.questions.answer import Outcome
from knowledge.reports.model import Understanding, UpdateOutcome
from storage.drafts import draft_of_message
from storage.reports import of_draft

_IN_CHARGE = re.compile("我(?:所|来|负责)?分管")


def hear(context: Context, text: str) -> Call:
    """Each request of a message in turn: what it asks to be reminded of, and what it says besides."""
    first, *others = requests(text, clean(text), context.services.clock.today()) or (Request(text, reminds=False),)
    said = _hear(context, first.said)
    context.besides.extend(_hear(context, one.said) for one in others)
    return said


def _hear(context: Context, text: str) -> Call:
    """A reminder, whom to call in a unit, a page before a meeting, a report from those who may make one, else a
    question."""
    if (told := set_reminder(context, text) or tell_contacts(context, text) or hear_brief(context, text)) is not None:
        return told
    actor = context.actor
    if _IN_CHARGE.search(clean(text)) and not charge_of(actor, context.library):
        return say(context, people_texts.in_charge_of_nothing(bound=actor.member is not None))
    understood = understanding_of(context, actor, text)
    if understood.outcome is UpdateOutcome.NOT_UPDATE:
        return ask(context, text)
    if not may(actor, Action.REPORT):
        return _not_from(context, actor, text, understood)
    return propose(context, actor, text, understood) or ask(context, text)


def is_report(context: Context, text: str) -> bool:
    """Whether the words are plainly a report from somebody who may make one."""
    actor = context.actor
    return may(actor, Action.REPORT) and understanding_of(context, actor, text).outcome is UpdateOutcome.UNDERSTOOD


def hear_in_group(context: Context, text: str) -> Call:
    """A question; a reminder and the page before a meeting are for private chats."""
    return set_reminder(context, text) or hear_brief(context, text) or ask(context, text)


def hear_again(context: Context, text: str) -> Call | None:
    """An edited message proposes its report anew, or a correction of it, or moves its reminder; None where it is
    neither."""
    if (reminder := set_reminder_again(context, text)) is not None:
        return reminder
    actor = context.actor
    if context.message is None or not may(actor, Action.REPORT):
        return None
    understood = understanding_of(context, actor, text)
    before = draft_of_message(context.session, chat_id=context.chat, message_id=context.message)
    if understood.outcome is UpdateOutcome.NOT_UPDATE:
        return None
    corrected = of_draft(context.session, before[0]) if before else ()
    return propose(context, actor, text, understood, corrected=corrected)


def _not_from(context: Context, actor: Actor, text: str, understood: Understanding) -> Call:
    """Somebody who may not report: what can be a question is answered, the rest is turned away in one sentence."""
    answer = context.services.question_service.ask(text, memory="", asker=Asker(context.services.clock.today())).answer
    why = refusal(actor, Action.REPORT)
    if answer.outcome is not Outcome.DECLINED or understood.outcome is UpdateOutcome.CLARIFY or why is None:
        return ask(context, text)
    return say(context, Reply(head=refused(why)))
