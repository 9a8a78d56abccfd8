"""The grammar of days: every day and period of a text, with its relation (截至, 前) and its time of day.

The text is cleaned text. How it is read where it could mean several things:

- A week begins on Monday. 周五 is the next Friday, or the last one where figures are spoken of, today included; 本周五
  is this week's, also when it is over; 下下周五 is that of the week after next.
- Of 25日 the next is meant, or the last: one that the last month does not have is no day of the past. 下个月31日,
  2月30日 and 13月 are no days: they are told as unreal, never left out in silence.
- 12月31日 without its year is the latest that may be meant by figures (up to three months ahead, for a slip is asked
  about), else this year's, unless that is more than half a year ago. 25日前 looks ahead, whatever is spoken of.
- 上旬, 中旬, 下旬 end on the 10th, 20th and last day; 月中 is the 15th. Years are 2000 to 2099.
- 3天后 and 两周后 count from today. 两个月后 is the same day of that month, or its last; half a month is 15 days.
- 每周三, 隔天, 每月最后一个工作日 name no single day: they are told as repeated.
"""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import partial

from knowledge.language.dates import day_forms, period_forms
from knowledge.language.dates.clock import CLOCK, PARTS, part_time, time_said
from knowledge.language.dates.day_forms import weekday
from knowledge.language.dates.form import WEEK, Form
from knowledge.language.dates.numerals import NUMBER
from knowledge.language.dates.reference import IsWorkday, Reference
from knowledge.language.dates.span import Cycle, Dates, Days, Grain, Relation, Span, Tense, Unreal
from knowledge.language.dates.state_calendar import is_workday

FORMS: tuple[Form, ...] = (*day_forms.FORMS, *period_forms.FORMS)
_HINT = re.compile(r"[年月日号天周星礼季旬半节工内前后过近未今明昨刚元春清五劳端中国十廿卅截]|\d[-./]\d|20\d{6}|q[1-4]")
_EVERY = (
    rf"(?:每|逢|隔)(?:个|逢|隔|间隔|[两三四五六\d]{{1,2}}个?)*"
    rf"(?:工作日|{WEEK}[一二三四五六日天末、和]{{0,7}}|季度?首?月?|半?年|月|天|日|小时)"
)
_REPEATED = re.compile(
    rf"{_EVERY}(?:的?(?:{NUMBER}[日号]|[底末初中]|(?:最后一?|倒?数?第{NUMBER})个?(?:工作日|天|{WEEK}[一二三四五六日天])))?"
    rf"(?:{PARTS})?(?:{NUMBER}(?:点半?|:\d\d))?(?:之?前)?"
    rf"|逢{NUMBER}逢{NUMBER}|天天|月月(?!底)|周周",
    re.ASCII,
)
_UNTIL = re.compile(r"(?:截至|截止|截)到?$")
_UNTIL_BEHIND = re.compile("为?止(?!跌)")
_BEFORE = re.compile(
    "(?:之|以)?前(?!(?:\\d{1,2}|[一二两三四五六七八九十]{1,3})个?(?:月|季)|期|列|景|茅|述|后|沿|提(?!醒)|往)"
)
_AFTER = re.compile("(?:之|以)?后(?![期续勤备面台])")
_SINCE = re.compile("以来|(?<!第.)起(?![步草重降])|至今")
_RANGE = re.compile(r"[日号]?(?:至|到|-+|—+|–+)")
_BESIDE = re.compile(rf"\(?{WEEK}(?P<day>[一二三四五六日天])\)?")
_NAMES_WEEKDAY = re.compile(f"{WEEK}[一二三四五六日天末]")
_CLOCK_BEHIND = re.compile(rf"[,的t ]?(?P<part>{PARTS})?(?:{CLOCK})?", re.ASCII)


@dataclass(frozen=True, slots=True)
class _Found:
    """A form where it stands; `days` None: there is no such day."""

    start: int
    end: int
    days: Days | None
    read: Callable[[Reference], Days | None]
    weekday: bool
    """Whether a weekday is named in it."""


def find(text: str, today: date, tense: Tense, is_workday: IsWorkday = is_workday) -> Dates:
    """All that a cleaned text says of days."""
    if not _HINT.search(text):
        return Dates()
    repeated = [match.span() for match in _REPEATED.finditer(text)]
    free = _blanked(text, repeated)
    reference = Reference(today, tense, is_workday)
    spans: list[Span] = []
    unreal: list[Unreal] = []
    for found in _apart(free, _forms(free, reference), reference):
        if isinstance(found, Span):
            spans.append(found)
        else:
            unreal.append(found)
    return Dates(tuple(spans), tuple(unreal), tuple(text[start:end] for start, end in repeated))


def _forms(text: str, reference: Reference) -> list[_Found]:
    """What the rows read, in order, none overlapping; a row that stands further up comes first."""
    characters, taken = set(text), [False] * len(text)
    found: list[_Found] = []
    for form in FORMS:
        if form.needs.isdisjoint(characters):
            continue
        for match in form.pattern.finditer(text):
            start, end = match.span()
            if any(taken[start:end]):
                continue
            read = partial(form.read, match)
            try:
                days = read(reference)
            except (ValueError, OverflowError):
                days = None
            else:
                if days is None:
                    continue
            taken[start:end] = [True] * (end - start)
            found.append(_Found(start, end, days, read, bool(_NAMES_WEEKDAY.search(match[0]))))
    return sorted(found, key=lambda one: one.start)


def _apart(text: str, found: list[_Found], reference: Reference) -> Iterator[Span | Unreal]:
    """Ranges joined, and to each the words around it that belong to it."""
    end, waiting = 0, list(found)
    while waiting:
        one = waiting.pop(0)
        if one.start < end:
            continue  # the weekday beside a day
        if one.days is None:
            end = one.end
            yield Unreal(one.start, end, text[one.start : end])
            continue
        span = _with_weekday(text, one, one.days)
        until = next((other for other in waiting if other.start >= span.end), None)
        if until is not None and _RANGE.fullmatch(text, span.end, until.start):
            span = _range(text, span, until, reference) or span
        if (span.last - span.first).days > _LONGEST and span.days.open is Cycle.YEAR:  # 4月9日至4月7日
            end = span.end
            yield Unreal(span.start, end, text[span.start : end])
            continue
        told = _with_relation(text, _with_clock(text, span, reference.tense), one, reference)
        end = told.end
        yield told


def _with_weekday(text: str, found: _Found, days: Days) -> Span:
    span = Span(start=found.start, end=found.end, days=days)
    beside = _BESIDE.match(text, span.end) if span.is_day and not found.weekday else None
    return replace(span, end=beside.end(), odd=days.first.weekday() != weekday(beside["day"])) if beside else span


def _range(text: str, first: Span, until: _Found, reference: Reference) -> Span | None:
    """4月7日-9日, 周一至周三: what the second leaves open is on the first day or behind it."""
    after = replace(reference, today=first.first, tense=Tense.NEXT)
    days = until.read(after) if until.days and until.days.open else until.days
    if days is None or days.last < first.first:
        return None
    last = _with_weekday(text, until, days)
    grain = first.days.grain if first.days.grain is days.grain else Grain.DAY
    whole = Days(first.first, days.last, grain, open=first.days.open)
    return Span(start=first.start, end=last.end, days=whole, odd=first.odd or last.odd)


def _with_clock(text: str, span: Span, tense: Tense) -> Span | Unreal:
    """With the time of day behind a day; 24点 is the next day's, but figures 截至31日24时 are the 31st's."""
    if not span.is_day or span.days.point is None:
        return span
    behind = _CLOCK_BEHIND.match(text, span.end)
    if not behind or not (behind["hour"] or behind["part"]):
        return span
    said = time_said(behind) if behind["hour"] else (0, part_time(behind["part"]))
    if said is None:
        return Unreal(span.start, behind.end(), text[span.start : behind.end()])
    later, at = said
    day = span.first + timedelta(days=later if tense is not Tense.PAST else 0)
    return replace(span, end=behind.end(), at=at, days=replace(span.days, first=day, last=day, point=day))


def _with_relation(text: str, span: Span | Unreal, found: _Found, reference: Reference) -> Span | Unreal:
    """With 截至 before it, or 前, 后, 止, 以来 behind it."""
    if isinstance(span, Unreal):
        return span
    until = _UNTIL.search(text[max(0, span.start - _LEAD) : span.start])
    behind, relation = _behind(text, span.end)
    placed = replace(
        span,
        start=span.start - len(until[0]) if until else span.start,
        end=behind.end() if behind else span.end,
        relation=Relation.UNTIL if until else relation,
    )
    return _looking_ahead(text, placed, found, reference) if span.end == found.end else placed


def _behind(text: str, end: int) -> tuple[re.Match[str] | None, Relation]:
    found = ((pattern.match(text, end), relation) for pattern, relation in _RELATIONS)
    return next(((match, relation) for match, relation in found if match), (None, Relation.AT))


def _looking_ahead(text: str, span: Span, found: _Found, reference: Reference) -> Span:
    """Of 25日前 the next is meant where figures are spoken of too, and of 到12月底 rather than one long ago."""
    if reference.tense is not Tense.PAST or not span.days.open:
        return span
    long_ago = (reference.today - span.last).days > _LONG_AGO and text[: span.start].endswith(("到", "至"))
    if not (span.relation is Relation.BEFORE or (span.relation is Relation.AT and long_ago)):
        return span
    days = found.read(replace(reference, tense=Tense.FUTURE))
    far = days is None or (days.grain is Grain.HOLIDAY and (days.first - reference.today).days > _NEAR)
    return span if far or days is None else replace(span, days=days)


def _blanked(text: str, spans: list[tuple[int, int]]) -> str:
    for start, end in spans:
        text = text[:start] + "\0" * (end - start) + text[end:]
    return text


_LEAD = 4
_LONGEST = 300
"""Days of a range whose years were not said: more is a slip."""
_NEAR = 250
_LONG_AGO = 60
"""到12月底建成700个 in March speaks of the December to come."""
_RELATIONS = (
    (_UNTIL_BEHIND, Relation.UNTIL),
    (_SINCE, Relation.SINCE),
    (_BEFORE, Relation.BEFORE),
    (_AFTER, Relation.AFTER),
)
