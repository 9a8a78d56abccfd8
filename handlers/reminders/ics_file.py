"""An .ics file: days and times with their alarms, in Chinese, in the plan's zone; a later file takes an earlier one's
place event by event, since each keeps its UID."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any


@dataclass(frozen=True, slots=True, kw_only=True)
class CalendarEvent:
    uid: str
    """Stable: the same thing has it in every file."""
    when: date | datetime
    """A date is all day."""
    summary: str
    description: str = ""
    alarms: tuple[timedelta, ...] = ()
    """From the beginning of the event, negative before it."""


def calendar_text(name: str, entries: Iterable[CalendarEvent], *, now: datetime) -> str:
    """`now` is machine time: when the file was made."""
    from icalendar import Calendar  # few ever ask for a file

    calendar = Calendar()
    calendar.add("prodid", "-//duban//reminders//ZH")
    calendar.add("version", "2.0")
    calendar.add("method", "PUBLISH")
    calendar.add("x-wr-calname", name)
    for entry in entries:
        calendar.add_component(_event(entry, now))
    calendar.add_missing_timezones()
    text: str = calendar.to_ical().decode()
    return text


def _event(entry: CalendarEvent, now: datetime) -> Any:
    from icalendar import Alarm, Event

    event = Event()
    event.add("uid", entry.uid)
    event.add("dtstamp", now)
    event.add("dtstart", entry.when)
    all_day = not isinstance(entry.when, datetime)
    event.add("dtend", entry.when + (timedelta(days=1) if all_day else timedelta(minutes=30)))
    event.add("summary", entry.summary)
    if entry.description:
        event.add("description", entry.description)
    event.add("transp", "TRANSPARENT" if all_day else "OPAQUE")
    for before in entry.alarms:
        alarm = Alarm()
        alarm.add("action", "DISPLAY")
        alarm.add("description", entry.summary)
        alarm.add("trigger", before)
        event.add_component(alarm)
    return event
