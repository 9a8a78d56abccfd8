"""/holidays: which days are worked. The office sets them, one or a whole notice; shown first, and undone by a tap."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import replace
from datetime import date

from handlers.access.policy import Action, Actor, Subject
from handlers.chat.actor import actor_of
from handlers.chat.authorize import note, plan_of, turned_away
from handlers.chat.context import Place
from handlers.chat.conversation import say
from handlers.chat.outgoing import Call
from handlers.chat.prompts import ask_for
from handlers.office import texts_holidays as texts
from handlers.schedule.changes import schedules_changed
from knowledge.language.dates.holiday_notice import Fault, Notice, UnreadError, notice_text, read_notice, spans_of
from knowledge.language.dates.state_calendar import is_arranged
from knowledge.reminders.workdays import WorkDays
from storage.base import JsonObject
from storage.workdays import OfficeDay, last_change, office_days, set_days

Days = Mapping[date, OfficeDay | None]
"""None: as the State Council arranged it."""


def show_holidays(place: Place, rest: str) -> Call:
    """/holidays, or what is to be set; the buttons' own words are in texts."""
    actor = actor_of(place)
    if no := turned_away(place, actor, Action.SET_RHYTHM, Subject(plan=plan_of(place, actor))):
        return no
    word, _, what = rest.partition(" ")
    match word:
        case "":
            return _shown(place)
        case texts.SET:
            return ask_for(place, texts.how_to_set(), "/holidays")
        case texts.CANCEL:
            return say(place, texts.cancelled())
        case texts.UNDO:
            number, _, notice = what.partition(" ")
            if number != str(last_change(place.session)):
                return say(place, texts.changed_since())
            return _set(place, actor, notice)
        case texts.CONFIRMED:
            return _set(place, actor, what)
    return _preview(place, rest)


def _shown(place: Place) -> Call:
    today = place.house.clock.today()
    office = office_days(place.session)
    years = (today.year, today.year + 1)
    reply = texts.shown(years, office, _doubtful(office, years))
    return say(replace(place, line="/holidays"), reply)


def _preview(place: Place, said: str) -> Call:
    held = office_days(place.session)
    try:
        notice = read_notice(said, place.house.clock.today())
    except UnreadError as error:
        return _unread(place, error)
    days = _changes(notice, held)
    if not days:
        return say(place, texts.nothing_new(notice.skipped))
    spans = spans_of(_told(days))
    reply = texts.to_confirm(spans, notice.skipped, _doubtful(_with(held, days), texts.years_in(spans)))
    return say(replace(place, line=f"/holidays {said}"), reply)


def _set(place: Place, actor: Actor, said: str) -> Call:
    held = office_days(place.session)
    try:
        days = _changes(read_notice(said, place.house.clock.today()), held)
    except UnreadError as error:
        return _unread(place, error)
    if not days:
        return say(place, texts.nothing_new(()))
    assert actor.member is not None  # noqa: S101 - turned_away() has checked
    set_days(place.session, days, by=actor.member, now=place.now)
    spans = spans_of(_told(days))
    note(place, actor, "set_days", f"days:{spans[0].first}", _detail(days))
    schedules_changed(place)
    before = notice_text(spans_of(_told({day: held.get(day) for day in days})))
    doubtful = _doubtful(_with(held, days), texts.years_in(spans))
    return say(place, texts.was_set(spans, f"{last_change(place.session)} {before}", doubtful))


def _unread(place: Place, error: UnreadError) -> Call:
    """What held no day was perhaps meant for somebody else: it is not asked for again."""
    reply = texts.unread(error)
    return say(place, reply) if error.fault is Fault.NOTHING else ask_for(place, reply, "/holidays")


def _changes(notice: Notice, held: Mapping[date, OfficeDay]) -> Days:
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


def _told(days: Days) -> list[tuple[date, bool | None, str]]:
    return [(day, one.working, one.name) if one else (day, None, "") for day, one in sorted(days.items())]


def _with(held: Mapping[date, OfficeDay], days: Days) -> Mapping[date, OfficeDay]:
    return {day: one for day, one in {**held, **days}.items() if one is not None}


def _doubtful(office: Mapping[date, OfficeDay], years: tuple[int, ...]) -> tuple[int, ...]:
    calendar = WorkDays({day: one.working for day, one in office.items()})
    return tuple(year for year in years if calendar.doubtful_years(date(year, 1, 1), date(year, 12, 31)))


def _detail(days: Days) -> JsonObject:
    """For the audit: the days by what they are now, without the holidays' names, which people typed."""
    words = {None: "restored", True: "worked", False: "off"}
    found: dict[str, list[str]] = defaultdict(list)
    for day, working, _ in _told(days):
        found[words[working]].append(day.isoformat())
    return dict(found)
