"""/ics: my deadlines, reporting due days and own reminders as a calendar file."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import date, datetime, time, timedelta

from handlers.chat.context import Context
from handlers.chat.conversation import say
from handlers.chat.outgoing import Call, Document
from handlers.progress.standings import charge_of
from handlers.reminders import texts_ics as texts
from handlers.reminders.ics_file import CalendarEvent, calendar_text
from handlers.reminders.preferences import OwnPreferences, load_own
from handlers.schedule.next_times import Planned, occasions
from handlers.schedule.plan_schedule import deadlines_of, last_due, targets_of
from handlers.services.clock import PLAN_ZONE
from knowledge.plan.model import Frequency, Target
from knowledge.reminders.rules import rules_from
from knowledge.standing.picture import frequency_of
from storage.people import Role
from storage.personal_reminders import personal_of

AHEAD = timedelta(days=400)
"""Due days so far ahead are in the file."""


def send_calendar(context: Context, _rest: str) -> Call:
    """A file to be opened with the phone's or Outlook's calendar."""
    mine = load_own(context)
    if not isinstance(mine, OwnPreferences):
        return mine
    today = context.services.clock.today()
    cards = context.cards(mine.plan.name)
    targets = [replace(target, card=cards.of(target)) for target in targets_of(mine.plan)]
    units = {grant.unit for grant in mine.actor.grants if grant.unit and grant.plan == mine.plan.name}
    owned = [target for target in targets if target.card.owner in units]
    deadlines = tuple(_deadlines(mine, owned or _in_charge(context, mine, targets), today))
    due = tuple(_due_days(mine, owned, context.services.clock.now()))
    own = tuple(_own(context, mine))
    if not (deadlines or due or own):
        return say(context, texts.nothing())
    text = calendar_text(texts.NAME, (*deadlines, *due, *own), now=context.now)
    context.besides.append(Document(chat=context.chat, name=texts.FILE, text=text))
    return say(context, texts.sent(len(deadlines), len(due), len(own)))


def _in_charge(context: Context, mine: OwnPreferences, targets: list[Target]) -> list[Target]:
    """Of those who are no unit's: a leader's own tasks, for supervisors and the office the whole plan."""
    roles = {grant.role for grant in mine.actor.grants if grant.plan == mine.plan.name}
    if roles & {Role.SUPERVISOR, Role.OFFICE}:
        return targets
    tasks = {id_.rpartition("/")[2] for id_ in charge_of(mine.actor, context.library)}
    return [target for target in targets if target.task in tasks]


def _deadlines(mine: OwnPreferences, targets: Iterable[Target], today: date) -> Iterator[CalendarEvent]:
    """An event for each day on which something is due, with an alarm for each of the chosen days before it."""
    due: dict[date, list[Target]] = defaultdict(list)
    for target in targets:
        for day in deadlines_of(target, mine.agenda):
            if day >= today:
                due[day].append(target)
    at = mine.agenda.calendar.defaults.at
    for day in sorted(due):
        yield CalendarEvent(
            uid=_uid(mine, f"deadline-{day}"),
            when=day,
            summary=texts.deadline(due[day]),
            description=texts.listed(due[day]),
            alarms=tuple(_before(number, at) for number in mine.chosen),
        )


def _due_days(mine: OwnPreferences, owned: list[Target], now: datetime) -> Iterator[CalendarEvent]:
    """Due days themselves never move; the reminders of them do."""
    by_frequency: dict[Frequency, list[Target]] = defaultdict(list)
    for target in owned:
        if not target.card.certifier:
            by_frequency[frequency_of(target.card)].append(target)
    defaults = mine.agenda.calendar.defaults
    for frequency, targets in by_frequency.items():
        planned = Planned(
            rule=rules_from(defaults)["due"],
            subject=frequency.value,
            frequency=frequency,
            until=min((now + AHEAD).date(), last_due(mine.agenda)),
        )
        for _, occasion in occasions(planned, mine.agenda.calendar, after=now):
            if period := occasion.period:
                yield CalendarEvent(
                    uid=_uid(mine, f"due-{period.label}"),
                    when=period.due,
                    summary=texts.due(period, targets),
                    description=texts.listed(targets),
                    alarms=(_before(defaults.opens_days, defaults.at), _before(0, defaults.at)),
                )


def _own(context: Context, mine: OwnPreferences) -> Iterator[CalendarEvent]:
    for one in personal_of(context.session, mine.member):
        if one.at > context.services.clock.now():
            at = one.at.astimezone(PLAN_ZONE)
            uid = _uid(mine, f"own-{one.id}")
            yield CalendarEvent(uid=uid, when=at, summary=one.words, alarms=(timedelta(0),))


def _uid(mine: OwnPreferences, what: str) -> str:
    return f"{mine.plan.name}-{what}-{mine.member}@duban"


def _before(days: int, at: time) -> timedelta:
    """From the midnight that begins an all-day event to that time, so many days before."""
    return timedelta(hours=at.hour, minutes=at.minute) - timedelta(days=days)
