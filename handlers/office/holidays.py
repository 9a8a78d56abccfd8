"""/holidays: which days are worked. The office sets them, one or a whole notice; shown first, and undone by a tap."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import replace
from datetime import date

from handlers.access.policy import Action, Actor, Resource
from handlers.chat.authorize import note, plan_of, turned_away
from handlers.chat.context import Context
from handlers.chat.conversation import say
from handlers.chat.outgoing import Call
from handlers.chat.prompts import ask_for
from handlers.office import texts_holidays as texts
from handlers.office.codes import HolidayVerb
from handlers.schedule.changes import schedules_changed
from knowledge.language.dates.holiday_notice import Notice, NoticeFault, UnreadError, notice_text, read_notice, spans_of
from knowledge.language.dates.state_calendar import is_arranged
from knowledge.reminders.workdays import WorkDays
from storage.base import JsonObject
from storage.holidays import OfficeDay, last_change, office_days, set_days

OfficeDays = Mapping[date, OfficeDay | None]
"""None: as the State Council arranged it."""


def show_holidays(context: Context, rest: str) -> Call:
    """/holidays, or what is to be set; a button begins with a code."""
    actor = context.actor
    if no := turned_away(context, actor, Action.SET_RHYTHM, Resource(plan=plan_of(context, actor))):
        return no
    word, _, what = rest.partition(" ")
    match word:
        case "":
            return _shown(context)
        case HolidayVerb.SET:
            return ask_for(context, texts.how_to_set(), "/holidays")
        case HolidayVerb.CANCEL:
            return say(context, texts.cancelled())
        case HolidayVerb.UNDO:
            number, _, notice = what.partition(" ")
            if number != str(last_change(context.session)):
                return say(context, texts.changed_since())
            return _set(context, actor, notice)
        case HolidayVerb.CONFIRM:
            return _set(context, actor, what)
    return _preview(context, rest)


def _shown(context: Context) -> Call:
    today = context.services.clock.today()
    office = office_days(context.session)
    years = (today.year, today.year + 1)
    reply = texts.shown(years, office, _doubtful(office, years))
    return say(replace(context, line="/holidays"), reply)


def _preview(context: Context, said: str) -> Call:
    held = office_days(context.session)
    try:
        notice = read_notice(said, context.services.clock.today())
    except UnreadError as error:
        return _unread(context, error)
    days = _changes(notice, held)
    if not days:
        return say(context, texts.nothing_new(notice.skipped))
    spans = spans_of(_told(days))
    reply = texts.to_confirm(spans, notice.skipped, _doubtful(_with(held, days), texts.years_in(spans)))
    return say(replace(context, line=f"/holidays {said}"), reply)


def _set(context: Context, actor: Actor, said: str) -> Call:
    held = office_days(context.session)
    try:
        days = _changes(read_notice(said, context.services.clock.today()), held)
    except UnreadError as error:
        return _unread(context, error)
    if not days:
        return say(context, texts.nothing_new(()))
    assert actor.member is not None  # noqa: S101 - turned_away() has checked
    set_days(context.session, days, by=actor.member, now=context.now)
    spans = spans_of(_told(days))
    note(context, actor, "set_days", f"days:{spans[0].first}", _detail(days))
    schedules_changed(context)
    before = notice_text(spans_of(_told({day: held.get(day) for day in days})))
    doubtful = _doubtful(_with(held, days), texts.years_in(spans))
    return say(context, texts.was_set(spans, f"{last_change(context.session)} {before}", doubtful))


def _unread(context: Context, error: UnreadError) -> Call:
    """What held no day was perhaps meant for somebody else: it is not asked for again."""
    reply = texts.unread(error)
    return say(context, reply) if error.fault is NoticeFault.NOTHING else ask_for(context, reply, "/holidays")


def _changes(notice: Notice, held: Mapping[date, OfficeDay]) -> OfficeDays:
    """The days of a notice that are not so already. Of a year that is not known every day is kept, weekends too."""
    calendar = WorkDays({day: one.working for day, one in held.items()})
    found: dict[date, OfficeDay | None] = {}
    for span in notice.spans:
        for day in span.days:
            if span.working is None:
                changes = day in held
            elif is_arranged(day.year):
                changes = calendar.is_workday(day) is not span.working
            else:
                changes = held.get(day) != OfficeDay(span.working, span.name)
            if changes:
                found[day] = None if span.working is None else OfficeDay(span.working, span.name)
    return dict(sorted(found.items()))


def _told(days: OfficeDays) -> list[tuple[date, bool | None, str]]:
    return [(day, one.working, one.name) if one else (day, None, "") for day, one in sorted(days.items())]


def _with(held: Mapping[date, OfficeDay], days: OfficeDays) -> Mapping[date, OfficeDay]:
    return {day: one for day, one in {**held, **days}.items() if one is not None}


def _doubtful(office: Mapping[date, OfficeDay], years: tuple[int, ...]) -> tuple[int, ...]:
    calendar = WorkDays({day: one.working for day, one in office.items()})
    return tuple(year for year in years if calendar.doubtful_years(date(year, 1, 1), date(year, 12, 31)))


def _detail(days: OfficeDays) -> JsonObject:
    """For the audit: the days by what they are now, without the holidays' names, which people typed."""
    words = {None: "restored", True: "worked", False: "off"}
    found: dict[str, list[str]] = defaultdict(list)
    for day, working, _ in _told(days):
        found[words[working]].append(day.isoformat())
    return dict(found)
