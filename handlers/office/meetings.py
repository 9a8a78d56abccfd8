"""/meeting: the days of the monthly meetings, one a month; the reminders before them hang on these."""

import re
from datetime import date

from handlers.access.policy import Action, Actor, Resource, may
from handlers.chat.authorize import note, plan_of, turned_away
from handlers.chat.context import Context
from handlers.chat.conversation import say, settle
from handlers.chat.outgoing import Call
from handlers.chat.prompts import ask_for
from handlers.chat.shown_first import shown_first
from handlers.office import texts_plan_settings as texts
from handlers.office.codes import MeetingVerb
from handlers.office.input_error import Amiss, AmissError
from handlers.schedule.changes import schedule_changed
from knowledge.language.dates.clock import CLOCK
from knowledge.language.dates.future import days_ahead
from knowledge.language.normalize import clean
from storage.holidays import workdays_of
from storage.plan_settings import (
    Meeting,
    MeetingTime,
    add_meeting,
    cancel_meeting,
    change_meeting,
    get_meeting,
    meetings_of,
)

LONGEST_PLACE = 40
_AROUND = " ,，。;；、:：.\n"
_CLOCK = re.compile(CLOCK, re.ASCII)
_BEFORE_PLACE = re.compile(r"^(?:召开|开会|开|地点[是为:：]?|在|于)+")


def show_meetings(context: Context, rest: str) -> Call:
    """/meeting, or when one is to be; a button begins with a code."""
    actor = context.actor
    plan = plan_of(context, actor)
    if no := turned_away(context, actor, Action.SET_RHYTHM, Resource(plan=plan)):
        return no
    word, _, what = rest.partition(" ")
    try:
        match word:
            case "":
                return tell_meetings(context)
            case MeetingVerb.SET:
                return ask_for(context, texts.ask_meeting(), "/meeting")
            case MeetingVerb.KEEP:
                return say(context, texts.kept("/meeting"))
            case MeetingVerb.CONFIRM:
                return _set(context, actor, plan, _read(context, what))
            case MeetingVerb.CANCEL:
                return _call_off(context, actor, plan, what)
            case MeetingVerb.HOLD | MeetingVerb.UNDO:
                return _undo(context, actor, plan, what)
        return _preview(context, plan, _read(context, rest), vague=_only_part_of_day(context, rest))
    except AmissError as error:
        reply = texts.meeting_unread(error.why, error.day, context.services.clock.today())
        return say(context, reply) if error.why is Amiss.NO_DAY else ask_for(context, reply, "/meeting")


def tell_meetings(context: Context) -> Call:
    """When they are, for whoever sees progress."""
    plan = plan_of(context, context.actor)
    today = context.services.clock.today()
    workdays = workdays_of(context.session)
    days = context.services.remind.snapshot_days
    coming = [(one, workdays.add(one.day, -days)) for one in meetings_of(context.session, plan, today)]
    sets = may(context.actor, Action.SET_RHYTHM, Resource(plan=plan))
    return say(context, texts.meetings(coming, today) if sets else texts.only_when(coming, today))


def _preview(context: Context, plan: str, when: MeetingTime, *, vague: bool) -> Call:
    today = context.services.clock.today()
    moved = _of_month(context, plan, when.day)
    if moved and moved.when == when:
        return say(context, texts.already(when, today))
    workdays = workdays_of(context.session)
    snapshot = workdays.add(when.day, -context.services.remind.snapshot_days)
    reply = texts.confirm_meeting(
        when,
        moved,
        snapshot,
        today,
        working=workdays.is_workday(when.day),
        doubtful=workdays.doubtful_years(snapshot, when.day),
        vague=vague,
    )
    return say(context, reply)


def _set(context: Context, actor: Actor, plan: str, when: MeetingTime) -> Call:
    today = context.services.clock.today()
    moved = _of_month(context, plan, when.day)
    if moved and moved.when == when:
        return say(context, texts.already(when, today))
    number = _keep(context, actor, plan, when, moved)
    return say(context, texts.meeting_set(Meeting(number, when), moved.when if moved else None, today))


def _keep(context: Context, actor: Actor, plan: str, when: MeetingTime, moved: Meeting | None) -> int:
    """Hold the meeting then, as a new one or in the place of another; its number."""
    assert actor.member is not None  # noqa: S101 - turned_away() has checked
    if moved:
        number = moved.id
        change_meeting(context.session, plan, number, when, by=actor.member, now=context.now)
    else:
        number = add_meeting(context.session, plan, when, by=actor.member, now=context.now)
    detail: dict[str, object] = {"day": when.day.isoformat()}
    if moved and moved.day != when.day:
        detail["was"] = moved.day.isoformat()
    note(context, actor, "set_meeting", f"meeting:{number}", detail)
    schedule_changed(context, plan)
    return number


def _call_off(context: Context, actor: Actor, plan: str, said: str) -> Call:
    """The meeting of that number or day; without either the only one there is."""
    today = context.services.clock.today()
    coming = meetings_of(context.session, plan, today)
    said = said.strip()
    found = [one for one in coming if _is_meant(context, one, said)]
    if len(found) != 1:
        return say(context, texts.which_meeting(coming, today))
    assert actor.member is not None  # noqa: S101 - turned_away() has checked
    if card := shown_first(context, texts.to_call_off(found[0], today), f"/meeting {MeetingVerb.CANCEL} {found[0].id}"):
        return card
    cancel_meeting(context.session, plan, found[0].id, by=actor.member, now=context.now)
    note(context, actor, "cancel_meeting", f"meeting:{found[0].id}", {"day": found[0].day.isoformat()})
    schedule_changed(context, plan)
    return settle(context, texts.called_off(found[0], today))


def _is_meant(context: Context, meeting: Meeting, said: str) -> bool:
    if not said:
        return True
    if said.isdecimal():
        return said == str(meeting.id)
    return any(one.day == meeting.day for one in days_ahead(clean(said), context.services.clock.now()))


def _undo(context: Context, actor: Actor, plan: str, said: str) -> Call:
    """`12` is held again, `12 2023-04-14` is called off, `12 2023-04-14 2023-04-12` is moved back.

    The day in the middle is the one that was set: where the meeting is on another by now, somebody has changed it.
    """
    number, _, rest = said.partition(" ")
    set_to, _, before = rest.partition(" ")
    found = get_meeting(context.session, plan, int(number)) if number.isdecimal() and len(number) < 10 else None
    if found is None or found[1] != bool(set_to) or set_to not in {"", found[0].day.isoformat()}:
        return say(context, texts.changed_since("/meeting"))
    meeting = found[0]
    if set_to and not before:
        return _call_off(context, actor, plan, number)
    when = _read(context, before) if before else meeting.when
    other = _of_month(context, plan, when.day)
    if other and other.id != meeting.id:
        return say(context, texts.changed_since("/meeting"))
    _keep(context, actor, plan, when, meeting)
    return say(context, texts.meeting_set(Meeting(meeting.id, when), None, context.services.clock.today()))


def _of_month(context: Context, plan: str, day: date) -> Meeting | None:
    """The meeting that the month of a day has, if it is not over."""
    held = meetings_of(context.session, plan, max(day.replace(day=1), context.services.clock.today()))
    return next((one for one in held if (one.day.year, one.day.month) == (day.year, day.month)), None)


def _only_part_of_day(context: Context, said: str) -> bool:
    """下午 without its hour."""
    first = days_ahead(clean(said), context.services.clock.now())[0]
    return first.at is not None and _CLOCK.search(clean(said), first.start, first.end) is None


def _read(context: Context, said: str) -> MeetingTime:
    """The one day in the words, its time, and what else is said as the place; raises AmissError."""
    text = clean(said)
    found = days_ahead(text, context.services.clock.now())
    if not found:
        raise AmissError(Amiss.NO_DAY)
    first = found[0]
    if len({one.day for one in found}) > 1:
        raise AmissError(Amiss.TOO_MANY)
    if first.odd:
        raise AmissError(Amiss.WEEKDAY, first.day)
    if first.past:
        raise AmissError(Amiss.PAST, first.day)
    # cleaning only lowers and narrows characters, mostly: then the place is kept as it was typed
    written = said if len(said) == len(text) else text
    rest = f"{written[: first.start]} {written[first.end :]}".strip(_AROUND)
    return MeetingTime(first.day, first.at, _BEFORE_PLACE.sub("", rest).strip(_AROUND)[:LONGEST_PLACE])
