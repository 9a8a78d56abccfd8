"""Moments to come, in plain Chinese: 明天, 下周三, 3月22日下午三点, 半小时后, 月底. The text is cleaned text.

What the grammar finds, where one day is meant of it, and the times that stand alone:

- 1点 to 6点 without 上午 or the like are in the afternoon; 03:00 and 9点 are as they are written. 晚上1点 is after
  midnight, and so is 今晚凌晨1点. Where only the part of the day is said: 上午 9:00, 中午 12:00, 下午 15:00.
- A time alone is today's, or tomorrow's where it is over; so is 周五9点 next week's once it is past nine on a Friday.
- 月底 and 年底 are last days, 月初 and 下周 and 下个月 first ones; 国庆前 is the day before. 上半年, 3天内 are no day.
"""

import re
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from knowledge.language.dates.clock import CLOCK, NOT_AFTER, PARTS, time_said
from knowledge.language.dates.day_forms import later
from knowledge.language.dates.grammar import find
from knowledge.language.dates.numerals import NUMBER, small_number
from knowledge.language.dates.period_forms import COUNT
from knowledge.language.dates.reference import IsWorkday
from knowledge.language.dates.span import Relation, Span, Tense
from knowledge.language.dates.state_calendar import is_workday


@dataclass(frozen=True, slots=True)
class Ahead:
    """What stands at `start`..`end` of the text; `at` None: no time was said."""

    start: int
    end: int
    day: date
    at: time | None
    past: bool
    """Whether it is over already: a slip, to be said, not to be acted on."""
    odd: bool = False
    """Whether it falls on another weekday than is written beside it."""


def day_ahead(text: str, now: datetime, is_workday: IsWorkday = is_workday) -> Ahead | None:
    """The first day or time of a text; `now` is the time in the plan's zone."""
    return next(iter(days_ahead(text, now, is_workday)), None)


def days_ahead(text: str, now: datetime, is_workday: IsWorkday = is_workday) -> tuple[Ahead, ...]:
    """Every day or time of a text, in order, none overlapping."""
    dates = find(text, now.date(), Tense.FUTURE, is_workday)
    taken = [(one.start, one.end) for one in dates.spans] + [(one.start, one.end) for one in dates.unreal]
    found = [moment for span in dates.spans if (moment := _of_span(text, span, now))]
    for pattern, read in ((_LATER, _later), (_ALONE, _alone)):
        for match in pattern.finditer(without_repeated(text, dates.repeated)):
            start, end = match.span()
            if any(start < stop and begin < end for begin, stop in taken):
                continue
            if (meant := read(match, now)) is not None:
                taken.append((start, end))
                found.append(Ahead(start, end, meant.date(), time(meant.hour, meant.minute), past=False))
    return tuple(sorted(found, key=lambda one: one.start))


def last_day(text: str, now: datetime) -> date | None:
    """到3月31日, 两周, 一个月: the last day of what begins today."""
    dates = find(text, now.date(), Tense.FUTURE)
    if dates.spans and not dates.unreal:
        return dates.spans[-1].last
    lasting = _LASTS.search(text)
    return later(now.date(), lasting["number"], lasting["unit"], 1) if lasting and not dates.unreal else None


def unreal_in(text: str, now: datetime) -> str:
    """What is written like a day or a time of which there is none: 2月30日, 明天25点; empty where there is no such."""
    dates = find(text, now.date(), Tense.FUTURE)
    if dates.unreal:
        return dates.unreal[0].said
    alone = (one for one in _ALONE.finditer(text) if time_said(one) is None)
    return next((one[0] for one in alone), "")


def without_repeated(text: str, repeated: tuple[str, ...]) -> str:
    """Nothing of 每周三下午3点 is a single time."""
    for words in repeated:
        text = text.replace(words, "\0" * len(words))
    return text


def _of_span(text: str, span: Span, now: datetime) -> Ahead | None:
    day = span.day
    if day is None:
        return None
    today = now.date()
    over = day == today and span.at is not None and span.at <= now.time()
    if over and span.days.open and span.relation is Relation.AT:
        tomorrow = find(text, today + timedelta(days=1), Tense.FUTURE).spans
        day = next((one.first for one in tomorrow if one.start == span.start), day)
    over = day < today or (day == today and over)
    return Ahead(span.start, span.end, day, span.at, past=over, odd=span.odd)


def _later(match: re.Match[str], now: datetime) -> datetime | None:
    """半小时后, 一个半小时后, 再过30分钟."""
    if not (match["number"] or match["half"]) or not (match["before"] or match["behind"]):
        return None
    said = match["number"] or "0"
    number = float(said) if said[0].isdigit() else small_number(said)
    minutes = (number + (0.5 if match["half"] else 0)) * _MINUTES[match["unit"]]
    return now + timedelta(minutes=minutes)


def _alone(match: re.Match[str], now: datetime) -> datetime | None:
    said = time_said(match)
    if said is None or match[0] == "一点":  # 有一点慢
        return None
    later_by, at = said
    over = not later_by and at <= now.time()
    return datetime.combine(now.date() + timedelta(days=later_by + over), at)


_LASTS = re.compile(COUNT)
_ALONE = re.compile(rf"{NOT_AFTER}(?P<part>{PARTS})?{CLOCK}", re.ASCII)
_MINUTES = {"小时": 60, "钟头": 60, "刻钟": 15, "分钟": 1}
_LATER = re.compile(
    rf"(?<![\d.])(?P<before>再?过)?(?P<number>\d{{1,3}}(?:\.5)?|{NUMBER})?(?:个?(?P<half>半))?个?"
    rf"(?P<unit>{'|'.join(_MINUTES)})(?P<behind>之后|以后|过后|后)?",
    re.ASCII,
)
