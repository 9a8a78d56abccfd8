"""Reminders of one's own in plain words: 提醒我下周三报送5G基站; /reminders lists them and calls them off."""

import re
from dataclasses import replace
from datetime import date, datetime, timedelta
from functools import cache
from unicodedata import normalize

from handlers.access.policy import Action, Actor
from handlers.chat.authorize import plan_of, turned_away
from handlers.chat.context import Context
from handlers.chat.conversation import say
from handlers.chat.old_lines import current
from handlers.chat.outgoing import Call
from handlers.chat.prompts import ask_for
from handlers.questions.handler import ask
from handlers.reminders import texts_personal as texts
from handlers.reminders.codes import PersonalVerb
from handlers.reminders.personal_store import call_off, remind_at
from handlers.services.clock import PLAN_ZONE
from handlers.services.question_service import Asker
from knowledge.language.dates.future import Ahead, day_ahead, unreal_in
from knowledge.language.dates.reference import IsWorkday
from knowledge.language.normalize import clean
from knowledge.questions.answer import Outcome
from knowledge.reminders.request import Wanted, wanted_reminder
from storage.dialogs import turn_of_message
from storage.holidays import workdays_of
from storage.personal_reminders import Personal, personal_of
from storage.plan_settings import MeetingTime, meetings_of

LONGEST = 200
"""Characters of what to be reminded of."""
FARTHEST = timedelta(days=3 * 366)
ON_A_PAGE = 4
"""Each has a button to call it off."""
WHEN_ASKED = f"/reminders {PersonalVerb.WHEN}"
"""The question when: what answers it follows its line."""
_TOLD = timedelta(days=14)
"""So long a reminder that was told and neither done nor called off stays on the list."""
_DIGITS = 18
_CANCELS = re.compile(rf"/reminders {PersonalVerb.CANCEL} ([0-9]{{1,{_DIGITS}}})")
_LINE = re.compile(r"(\S+) ?(.*)", re.DOTALL)


def set_reminder(context: Context, text: str, wanted: Wanted) -> Call:
    """Keep the reminder that a text asks for, or ask what is missing."""
    actor = context.actor
    if no := turned_away(context, actor, Action.SUBSCRIBE):
        return no
    what = _as_typed(wanted.what, text)
    if not what and wanted.when is None:
        return ask_for(context, texts.of_what(), f"/reminders {PersonalVerb.NEW} {texts.REMIND_ME}")
    if len(what) > LONGEST:
        return say(context, texts.too_long(LONGEST))
    if wanted.earlier:
        return _keep_earlier(context, actor, what, wanted)
    if wanted.when is None:
        return _ask_when(context, what, _why_none(wanted))
    return _keep(context, actor, what, wanted.when)


def _keep_earlier(context: Context, actor: Actor, what: str, wanted: Wanted) -> Call:
    """So long before the hour that was said, or that the meeting which is meant has; else it is asked when."""
    when, told = wanted.when, ""
    if (when is None or when.at is None) and _MEETING.search(what):
        meeting = _meeting_on(context, plan_of(context, actor), when.day if when else None)
        if meeting is not None and meeting.at is not None:
            when = Ahead(0, 0, meeting.day, meeting.at, past=False)
            told = texts.of_the_meeting(meeting.day, meeting.at, context.services.clock.today())
    if when is None or when.at is None:
        return _ask_when(context, what, texts.NO_HOUR)
    at = datetime.combine(when.day, when.at) - wanted.earlier
    return _keep(context, actor, what, replace(when, day=at.date(), at=at.time()), told)


_MEETING = re.compile("^(?:开|参加)?(?:月?调度)?会(?:议)?$")


def _meeting_on(context: Context, plan: str, day: date | None) -> MeetingTime | None:
    """The recorded meeting of the day, or the next one."""
    coming = meetings_of(context.session, plan, context.services.clock.today())
    return next((one.when for one in coming if day in {None, one.when.day}), None)


def tell_settings(context: Context) -> Call:
    """Where reminders are set, for who speaks of that."""
    return turned_away(context, context.actor, Action.SUBSCRIBE) or say(context, texts.where_it_is_set())


def set_reminder_again(context: Context, text: str, wanted: Wanted) -> Call:
    """An edited message takes the place of the reminder that it made: the button under its answer names that one."""
    number = context.message
    turn = turn_of_message(context.session, chat_id=context.chat, message_id=number) if number is not None else None
    made = next(filter(None, (_CANCELS.fullmatch(current(line)) for line in turn.buttons)), None) if turn else None
    actor = context.actor
    if made and actor.member is not None:
        call_off(context, plan_of(context, actor), actor.member, int(made[1]))
    return set_reminder(context, text, wanted)


def show_reminders(context: Context, rest: str) -> Call:
    """/reminders; after it what its buttons and questions say."""
    actor = context.actor
    if (no := turned_away(context, actor, Action.SUBSCRIBE)) or actor.member is None:
        return no or say(context, texts.none())
    found = _LINE.fullmatch(rest)
    verb, what = (found[1], found[2]) if found else ("", "")
    if verb == PersonalVerb.NEW:
        typed = what.removeprefix(texts.REMIND_ME).strip()
        said = typed if _wanted(context, typed) else what
        wanted = _wanted(context, said)
        return set_reminder(context, said, wanted) if wanted else _list(context, actor.member, 1)
    if verb == PersonalVerb.WHEN:
        words, _, typed = what.partition("\n")
        return _timed(context, actor, words, typed.strip())
    number = int(what) if what.isdecimal() and len(what) <= _DIGITS else None
    if verb == PersonalVerb.CANCEL and what:
        words = call_off(context, plan_of(context, actor), actor.member, number) if number else None
        return say(context, texts.called_off(words))
    return _list(context, actor.member, number or 1)


def open_reminders(context: Context, member: int) -> tuple[Personal, ...]:
    """Those to come, and those that were told lately and neither done nor called off."""
    told = context.services.clock.now() - _TOLD
    return tuple(one for one in personal_of(context.session, member) if one.at > told)


def _list(context: Context, member: int, page: int) -> Call:
    now, held = context.services.clock.now(), open_reminders(context, member)
    coming = [one for one in held if one.at > now] + [one for one in held if one.at <= now]
    pages = max(1, -(-len(coming) // ON_A_PAGE))
    page = (page - 1) % pages + 1
    shown = coming[(page - 1) * ON_A_PAGE : page * ON_A_PAGE]
    return say(context, texts.listed(shown, total=len(coming), now=now, page=page, pages=pages))


def _timed(context: Context, actor: Actor, words: str, typed: str) -> Call:
    """The time that was asked for; who has asked something else meanwhile gets its answer."""
    now, said = context.services.clock.now(), clean(typed)
    when = day_ahead(said, now, calendar_of(context))
    if when is not None:
        return _keep(context, actor, words, when)
    if unreal := unreal_in(said, now):
        return _ask_when(context, words, _unreal(unreal))
    asked = context.services.question_service.ask(typed, memory="", asker=Asker(context.services.clock.today())).answer
    return ask(context, typed) if asked.outcome is Outcome.ANSWERED else _ask_when(context, words, texts.UNREAD)


def _keep(context: Context, actor: Actor, words: str, when: Ahead, told: str = "") -> Call:
    now = context.services.clock.now()
    at = datetime.combine(when.day, when.at or context.services.remind.at, tzinfo=PLAN_ZONE)
    if when.past or at <= now:
        return _ask_when(context, words, texts.past(at, now.date()))
    if when.odd:
        return _ask_when(context, words, texts.other_weekday(at, now.date()))
    if at > now + FARTHEST:
        return _ask_when(context, words, texts.TOO_FAR)
    number = actor.member and remind_at(context, plan_of(context, actor), actor.member, words or texts.NO_WORDS, at)
    if number is None:
        return say(context, texts.too_many())
    return say(context, texts.kept(number, words or texts.NO_WORDS, at, now.date(), told))


def _wanted(context: Context, said: str) -> Wanted | None:
    return wanted_reminder(clean(said), context.services.clock.now(), calendar_of(context))


def calendar_of(context: Context) -> IsWorkday:
    """By the office's calendar, which is looked up only where working days are counted."""
    calendar = cache(lambda: workdays_of(context.session))
    return lambda day: calendar().is_workday(day)


def _why_none(wanted: Wanted) -> str:
    if wanted.repeats:
        return texts.once_only(wanted.repeats)
    return texts.ONE_TIME if wanted.several else _unreal(wanted.unreal)


def _unreal(said: str) -> str:
    return texts.unreal(said) if said else ""


def _ask_when(context: Context, words: str, lead: str) -> Call:
    return ask_for(context, texts.when(words, lead), f"{WHEN_ASKED} {words}\n")


def _as_typed(what: str, text: str) -> str:
    """The words in the case in which they were typed: cleaned text is in lower case."""
    typed = " ".join(normalize("NFKC", text).split())
    at = typed.lower().find(what)
    return typed[at : at + len(what)] if at >= 0 else what
