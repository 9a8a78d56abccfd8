"""Plain words in a private chat: a question, or a report to be confirmed; and a message that was edited."""

import re
from collections.abc import Collection
from functools import lru_cache

from handlers.access.policy import Action, Actor, actor_of, may, refusal
from handlers.access.responsibility import own_unit
from handlers.chat.authorize import plan_of, turned_away
from handlers.chat.context import Place
from handlers.chat.conversation import ask, say
from handlers.chat.outgoing import Call
from handlers.people import texts as people_texts
from handlers.people.contacts import tell_contacts
from handlers.progress.brief import hear_brief
from handlers.progress.standings import charge_of
from handlers.reminders.personal import hear_reminder, hear_reminder_again
from handlers.reports import drafts, texts
from handlers.reports.batch_form import filled
from handlers.reports.card import show
from handlers.reports.drafts import Draft, Item, item_of, storable
from handlers.services.question_service import AskDesk, Asker
from handlers.services.red_lines import reminds
from handlers.texts import report_words as update_texts
from handlers.texts.reply import Button, Reply
from handlers.texts.rights import refused
from knowledge.language.normalize import clean
from knowledge.language.reminder_request import Request, requests
from knowledge.questions.answer import Outcome as Answered
from knowledge.reports.model import Choice, Outcome, Subject, Unclear, Understanding, Update
from knowledge.reports.reader import UpdateReader
from knowledge.reports.speech_acts import CORRECTION
from storage.drafts import draft_of_message
from storage.reports import Record, last_by, of_draft

_IN_CHARGE = re.compile("我(?:所|来|负责)?分管")


@lru_cache(maxsize=4)
def reader_of(desk: AskDesk) -> UpdateReader:
    return UpdateReader(desk.library)


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
    understood = _understood(place, actor, text)
    if understood.outcome is Outcome.NOT_UPDATE:
        return ask(place, text)
    if not may(actor, Action.REPORT):
        return _not_from(place, actor, text, understood)
    return propose(place, actor, text, understood) or ask(place, text)


def is_report(place: Place, text: str) -> bool:
    """Whether the words are plainly a report from somebody who may make one."""
    actor = actor_of(place)
    return may(actor, Action.REPORT) and _understood(place, actor, text).outcome is Outcome.UNDERSTOOD


def hear_in_group(place: Place, text: str) -> Call:
    """A question; a reminder and the page before a meeting are for private chats."""
    return hear_reminder(place, text) or hear_brief(place, text) or ask(place, text)


def hear_report(place: Place, text: str) -> Call:
    """What follows /report, or was chosen by a button; a question is answered here too."""
    actor = actor_of(place)
    if no := turned_away(place, actor, Action.REPORT):
        return no
    return propose(place, actor, text, _understood(place, actor, text)) or ask(place, text)


def propose(
    place: Place, actor: Actor, text: str, understood: Understanding, *, corrected: Collection[Record] = ()
) -> Call | None:
    """Show what was understood, to be confirmed, or ask back; None where it is no report."""
    if understood.outcome is Outcome.NOT_UPDATE:
        return None
    if understood.outcome is Outcome.CLARIFY and not understood.updates:
        return say(place, _asked_back(understood))
    items = tuple(_item(place, actor, text, update, corrected) for update in understood.updates)
    if not storable(items):
        return say(place, texts.too_large())
    draft = Draft(items=items, text=text)
    lead = texts.unclear_besides(understood) if understood.outcome is Outcome.CLARIFY else ""
    return show(place, actor, drafts.begin(place, draft), draft, lead=lead, reminds=reminds(text))


def hear_again(place: Place, text: str) -> Call | None:
    """An edited message proposes its report anew, or a correction of it, or moves its reminder; None where it is
    neither."""
    if (reminder := hear_reminder_again(place, text)) is not None:
        return reminder
    actor = actor_of(place)
    if place.message is None or not may(actor, Action.REPORT):
        return None
    understood = _understood(place, actor, text)
    before = draft_of_message(place.session, chat_id=place.chat, message_id=place.message)
    if understood.outcome is Outcome.NOT_UPDATE:
        return None
    corrected = of_draft(place.session, before[0]) if before else ()
    return propose(place, actor, text, understood, corrected=corrected)


def _understood(place: Place, actor: Actor, text: str) -> Understanding:
    """A filled-in form is read line by line, anything else as a whole."""
    desk = place.house.desk
    plan = plan_of(place, actor) if actor.grants else ""
    form = filled(text, plan, desk.library)
    if form is not None:
        text = form
    return reader_of(desk).read(
        text, today=place.house.clock.today(), unit=own_unit(actor, plan), last=_last_subject(place, actor)
    )


def _last_subject(place: Place, actor: Actor) -> Subject | None:
    """What 说错了 means: what is being asked about, else what the person reported last."""
    if actor.member is None:
        return None
    if open_one := drafts.current(place):
        return open_one[1].item.subject
    last = last_by(place.session, actor.member)
    return last.report.subject if last else None


def _item(place: Place, actor: Actor, text: str, update: Update, corrected: Collection[Record]) -> Item:
    """With the report that it takes the place of: the edited message's own, or the last one that 说错了 means."""
    held = [record for record in corrected if record.report.subject == update.subject]
    if not held and actor.member is not None and CORRECTION.shows(text):
        last = last_by(place.session, actor.member, update.subject)
        held = [last] if last else []
    return item_of(update, corrects=held[-1].number if held else None)


def _not_from(place: Place, actor: Actor, text: str, understood: Understanding) -> Call:
    """Somebody who may not report: what can be a question is answered, the rest is turned away in one sentence."""
    answer = place.house.desk.ask(text, memory="", asker=Asker(place.house.clock.today())).answer
    why = refusal(actor, Action.REPORT)
    if answer.outcome is not Answered.DECLINED or understood.outcome is Outcome.CLARIFY or why is None:
        return ask(place, text)
    return say(place, Reply(head=refused(why)))


def _asked_back(understood: Understanding) -> Reply:
    """The choices as buttons: a chosen one is heard as a report."""
    reply = update_texts.result(understood)
    return Reply(
        head=reply.head,
        blocks=(*reply.blocks, *([texts.OR_NAMED] if understood.unclear is Unclear.WHICH else [])),
        buttons=tuple(_button(choice) for choice in understood.choices[:6]),
    )


def _button(choice: Choice) -> Button:
    return Button(choice.label, f"/report {choice.message}")
