"""Plain words in a private chat: a question, or a report to be confirmed; and a message that was edited."""

import re

from handlers.access.policy import Action, Actor, may, refusal
from handlers.chat.actor import actor_of
from handlers.chat.context import Place
from handlers.chat.conversation import say
from handlers.chat.outgoing import Call
from handlers.people import texts as people_texts
from handlers.people.contacts import tell_contacts
from handlers.progress.brief import hear_brief
from handlers.progress.standings import charge_of
from handlers.questions.handler import ask
from handlers.reminders.personal import hear_reminder, hear_reminder_again
from handlers.reports.proposal import propose, understanding_of
from handlers.services.question_service import Asker
from handlers.texts.reply import Reply
from handlers.texts.rights import refused
from knowledge.language.normalize import clean
from knowledge.language.reminder_request import Request, requests
from knowledge.questions.answer import Outcome as Answered
from knowledge.reports.model import Outcome, Understanding
from storage.drafts import draft_of_message
from storage.reports import of_draft

_IN_CHARGE = re.compile("我(?:所|来|负责)?分管")


def hear(place: Place, text: str) -> Call:
    """Each request of a message in turn: what it asks to be reminded of, and what it says besides."""
    first, *others = requests(text, place.house.clock.today()) or (Request(text, reminds=False),)
    said = _hear(place, first.said)
    place.besides.extend(_hear(place, one.said) for one in others)
    return said


def _hear(place: Place, text: str) -> Call:
    """A reminder, whom to call in a unit, a page before a meeting, a report from those who may make one, else a
    question."""
    if (told := hear_reminder(place, text) or tell_contacts(place, text) or hear_brief(place, text)) is not None:
        return told
    actor = actor_of(place)
    if _IN_CHARGE.search(clean(text)) and not charge_of(actor, place.house.desk.library):
        return say(place, people_texts.in_charge_of_nothing(bound=actor.member is not None))
    understood = understanding_of(place, actor, text)
    if understood.outcome is Outcome.NOT_UPDATE:
        return ask(place, text)
    if not may(actor, Action.REPORT):
        return _not_from(place, actor, text, understood)
    return propose(place, actor, text, understood) or ask(place, text)


def is_report(place: Place, text: str) -> bool:
    """Whether the words are plainly a report from somebody who may make one."""
    actor = actor_of(place)
    return may(actor, Action.REPORT) and understanding_of(place, actor, text).outcome is Outcome.UNDERSTOOD


def hear_in_group(place: Place, text: str) -> Call:
    """A question; a reminder and the page before a meeting are for private chats."""
    return hear_reminder(place, text) or hear_brief(place, text) or ask(place, text)


def hear_again(place: Place, text: str) -> Call | None:
    """An edited message proposes its report anew, or a correction of it, or moves its reminder; None where it is
    neither."""
    if (reminder := hear_reminder_again(place, text)) is not None:
        return reminder
    actor = actor_of(place)
    if place.message is None or not may(actor, Action.REPORT):
        return None
    understood = understanding_of(place, actor, text)
    before = draft_of_message(place.session, chat_id=place.chat, message_id=place.message)
    if understood.outcome is Outcome.NOT_UPDATE:
        return None
    corrected = of_draft(place.session, before[0]) if before else ()
    return propose(place, actor, text, understood, corrected=corrected)


def _not_from(place: Place, actor: Actor, text: str, understood: Understanding) -> Call:
    """Somebody who may not report: what can be a question is answered, the rest is turned away in one sentence."""
    answer = place.house.desk.ask(text, memory="", asker=Asker(place.house.clock.today())).answer
    why = refusal(actor, Action.REPORT)
    if answer.outcome is not Answered.DECLINED or understood.outcome is Outcome.CLARIFY or why is None:
        return ask(place, text)
    return say(place, Reply(head=refused(why)))
