"""Days off and worked as an office writes them: 10月1日-7日 放假, 2027-02-06 上班, 恢复 10月1日, or a pasted notice.

A day without a year is of the last year written before it; where none is, of this year or the next: the one whose
weekdays are those written beside the days, and in which anything is still to come. What is said of days may stand
before or behind them. Of a notice the sentences without days are passed over, and so is what it only encourages
(鼓励…在除夕休息); a day of which nothing is said is told back.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta
from enum import StrEnum
from itertools import groupby

from knowledge.language.dates.grammar import find
from knowledge.language.dates.numerals import NUMBER, small_number
from knowledge.language.dates.span import Grain, Tense
from knowledge.language.normalize import clean

LONGEST = 31
"""Days off in a row: more is a slip."""
_BEFORE, _AFTER = 1, 5
"""Years around this one."""
_DAY = timedelta(days=1)


class NoticeFault(StrEnum):
    NOTHING = "nothing"
    """No day at all."""
    UNSAID = "unsaid"
    """Days, but not whether they are worked."""
    NO_SUCH_DAY = "no_such_day"
    WEEKDAY = "weekday"
    """Another weekday is written beside the day."""
    COUNT = "count"
    """共8天 is not what the days come to."""
    LONG = "long"
    FAR = "far"
    TWICE = "twice"
    """Both off and worked."""


class UnreadError(Exception):
    """Nothing may be set: `said` is the piece at fault, `day` the day where there is one."""

    def __init__(self, fault: NoticeFault, said: str = "", day: date | None = None) -> None:
        super().__init__(fault, said, day)
        self.fault, self.said, self.day = fault, said, day


@dataclass(frozen=True, slots=True)
class DayRange:
    """Days in a row, both ends inside. `working` None: as the State Council arranged it; `name` is the holiday's."""

    first: date
    last: date
    working: bool | None
    name: str = ""

    @property
    def days(self) -> Iterator[date]:
        return (self.first + one * _DAY for one in range((self.last - self.first).days + 1))


@dataclass(frozen=True, slots=True)
class Notice:
    spans: tuple[DayRange, ...]
    skipped: tuple[str, ...]
    """Sentences with days of which nothing was said."""


def read_notice(text: str, today: date) -> Notice:
    """What is to be set; raises UnreadError."""
    said, skipped = _said(text, today)
    if not said:
        raise UnreadError(NoticeFault.UNSAID, skipped[0]) if skipped else UnreadError(NoticeFault.NOTHING)
    year = _year_meant(said, today)
    spans = tuple(one.span(year, today) for one in said)
    _check(spans, said)
    return Notice(spans, tuple(skipped))


def notice_text(spans: Iterable[DayRange]) -> str:
    """The spans in the words that read_notice reads them from."""
    return "\n".join(_span_text(one) for one in spans)


def spans_of(days: Iterable[tuple[date, bool | None, str]]) -> tuple[DayRange, ...]:
    """Days in order, those in a row of which the same is said in one span, none longer than can be read again."""
    found: list[DayRange] = []
    for day, working, name in days:
        last = found[-1] if found else None
        follows = last is not None and last.last + _DAY == day and (last.working, last.name) == (working, name)
        if last is not None and follows and (day - last.first).days < LONGEST:
            found[-1] = replace(last, last=day)
        else:
            found.append(DayRange(day, day, working, name))
    return tuple(found)


def _span_text(span: DayRange) -> str:
    days = span.first.isoformat() if span.first == span.last else f"{span.first}至{span.last}"
    said = {None: f"恢复{days}", True: f"{days}上班", False: f"{days}放假"}[span.working]
    return f"{span.name}:{said}" if span.name else said


@dataclass(frozen=True, slots=True)
class _Day:
    """A day as it was written."""

    year: int | None
    month: int
    day: int
    weekday: int | None

    def in_year(self, year: int) -> date:
        return date(self.year or year, self.month, self.day)


@dataclass(frozen=True, slots=True)
class _Said:
    first: _Day
    last: _Day | None
    working: bool | None
    name: str
    text: str
    total: int | None
    """How many days off the sentence counts."""

    def span(self, year: int, today: date) -> DayRange:
        try:
            first = self.first.in_year(year)
            last = self.last.in_year(first.year) if self.last else first
            if last < first and self.last and not self.last.year:  # 12月31日至1月2日
                last = self.last.in_year(first.year + 1)
        except ValueError:
            raise UnreadError(NoticeFault.NO_SUCH_DAY, self.text) from None
        if not today.year - _BEFORE <= first.year <= last.year <= today.year + _AFTER:
            raise UnreadError(NoticeFault.FAR, self.text)
        if last < first:
            raise UnreadError(NoticeFault.NO_SUCH_DAY, self.text)
        if self.working is not None and (last - first).days >= LONGEST:
            raise UnreadError(NoticeFault.LONG, self.text)
        return DayRange(first, last, self.working, self.name)

    def odd(self, span: DayRange) -> date | None:
        """The day beside which another weekday is written."""
        beside = ((self.first, span.first), (self.last, span.last))
        return next((day for one, day in beside if one and one.weekday not in {None, day.weekday()}), None)


def _year_meant(said: list[_Said], today: date) -> int:
    """For days that are written without one."""
    fitting = []
    for year in (today.year, today.year + 1):
        try:
            spans = [one.span(year, today) for one in said]
        except UnreadError:
            continue
        if any(span.last >= today for span in spans):
            fitting.append((sum(one.odd(span) is not None for one, span in zip(said, spans, strict=True)), year))
    return min(fitting, default=(0, today.year))[1]


def _check(spans: tuple[DayRange, ...], said: list[_Said]) -> None:
    for one, span in zip(said, spans, strict=True):
        if (odd := one.odd(span)) is not None:
            raise UnreadError(NoticeFault.WEEKDAY, one.text, odd)
    for (text, total), held in groupby(zip(said, spans, strict=True), key=lambda one: (one[0].text, one[0].total)):
        off = sum(len(list(span.days)) for _, span in held if span.working is False)
        if total is not None and off != total:
            raise UnreadError(NoticeFault.COUNT, text)
    told: dict[date, bool | None] = {}
    for span in spans:
        for day in span.days:
            if told.setdefault(day, span.working) is not span.working:
                raise UnreadError(NoticeFault.TWICE, "", day)


def _said(text: str, today: date) -> tuple[list[_Said], list[str]]:
    """What is said of which days, and the sentences of which nothing is said."""
    text = _BRACKETS.sub(_weekday_only, clean(text))
    heading = _HEADING.search(text)
    year = int(heading["year"]) if heading else None
    found: list[_Said] = []
    skipped: list[str] = []
    for line in text.split("\n"):
        name = ""
        for sentence in filter(None, re.split("[。;]", line)):
            headed = _NAME.match(sentence)
            if headed and not _VERB.search(headed["name"]):
                name, sentence = headed["name"], sentence[headed.end() :]
            if _ONLY_ENCOURAGED.search(sentence):
                continue
            pairs, left = _of_sentence(sentence, today)
            total = int(count[1]) if (count := _COUNT.search(sentence)) else None
            for first, last, working in pairs:
                year = first.year or year
                dated = _Day(year, first.month, first.day, first.weekday)
                found.append(_Said(dated, last, working, name, sentence, total))
                year = last.year if last and last.year else year
            skipped += [sentence] if left else []
    return found, skipped


_Pair = tuple[_Day, _Day | None]


def _of_sentence(sentence: str, today: date) -> tuple[list[tuple[_Day, _Day | None, bool | None]], list[_Pair]]:
    """The days of a sentence with what is said of them, and those of which nothing is."""
    found: list[tuple[_Day, _Day | None, bool | None]] = []
    waiting: list[_Pair] = []
    before: list[bool | None] = []  # what was said before the days, if so
    for clause in sentence.split(","):
        parts = _parts(clause, today)
        if any(not isinstance(part, tuple) for part in parts):
            before = []
        for part in parts:
            if isinstance(part, tuple):
                if before:
                    found.append((*part, before[0]))
                else:
                    waiting.append(part)
            elif waiting:
                found += [(*one, part.working) for one in waiting]
                waiting = []
            else:
                before = [part.working]
    return found, waiting


@dataclass(frozen=True, slots=True)
class _Verb:
    working: bool | None


_VERBS = {"off": _Verb(working=False), "on": _Verb(working=True), "back": _Verb(working=None)}


def _parts(clause: str, today: date) -> list[_Pair | _Verb]:
    """Days and what is said, in order; without a written day 明天 and 下周一 serve."""
    parts: list[tuple[int, _Pair | _Verb]] = list(_written(clause))
    verbs = [(one.start(), _VERBS[str(one.lastgroup)]) for one in _VERB.finditer(clause)]
    if verbs and not parts:
        parts = list(_relative(clause, today))
    return [part for _, part in sorted([*parts, *verbs], key=lambda one: one[0])]


def _relative(clause: str, today: date) -> Iterator[tuple[int, _Pair]]:
    for one in find(clause, today, Tense.FUTURE).spans:
        if one.days.grain is Grain.HOLIDAY:
            continue  # 国庆放假: which days is what the notice is to say
        if one.day is not None:
            yield one.start, (_plain(one.day), None)
        elif one.days.grain is Grain.DAY:
            yield one.start, (_plain(one.first), _plain(one.last))


def _plain(day: date) -> _Day:
    return _Day(day.year, day.month, day.day, None)


def _written(clause: str) -> Iterator[tuple[int, _Pair]]:
    """28日、29日 are of the month before them."""
    month = 0
    for match in _SPAN.finditer(clause):
        first = _day(match["first"], month)
        last = _day(match["last"], first.month) if match["last"] else None
        month = (last or first).month
        if month:
            yield match.start(), (first, last)


def _day(said: str, month: int) -> _Day:
    parts = _DAY_PARTS.fullmatch(said)
    assert parts is not None  # noqa: S101 - it is what _SPAN matches
    year, weekday = parts["year"] or parts["short"], parts["weekday"]
    return _Day(
        int(year) % 100 + 2000 if year else None,
        small_number(parts["month"]) if parts["month"] else month,
        small_number(parts["day"]),
        min("一二三四五六日天".index(weekday), 6) if weekday else None,
    )


def _weekday_only(brackets: re.Match[str]) -> str:
    """(农历腊月二十八、周日) → 周日."""
    found = re.search("(?:周|星期)([一二三四五六日天])", brackets[0])
    return f"周{found[1]}" if found else ""


_WEEKDAY = "(?:(?:周|星期)(?P<weekday>[一二三四五六日天]))?"
_DAY_PARTS = re.compile(
    rf"(?:(?P<year>20\d\d)[-/.年]|(?P<short>\d\d)年)?(?:(?P<month>{NUMBER})[-/.月])?(?P<day>{NUMBER})[日号]?{_WEEKDAY}"
)
_BARE_WEEKDAY = _WEEKDAY.replace("?P<weekday>", "?:")
_WRITTEN = (
    rf"(?:20\d\d[-/.]\d{{1,2}}[-/.]\d{{1,2}}|(?:(?:20\d\d|\d\d)年)?{NUMBER}月{NUMBER}[日号]?"
    rf"|\d{{1,2}}[./]\d{{1,2}}(?![\d.])|{NUMBER}[日号]){_BARE_WEEKDAY}"
)
_TO = re.compile("(?:至|到|-+|—+|–)")
_SPAN = re.compile(
    rf"(?<![\d.])(?P<first>{_WRITTEN})(?:{_TO.pattern}(?P<last>{_WRITTEN}|{NUMBER}[日号]?{_BARE_WEEKDAY}))?(?!\d)",
    re.ASCII,
)
_BRACKETS = re.compile(r"\([^()]*\)")
_HEADING = re.compile(r"(?P<year>20\d\d)年(?!\d{1,2}月)")
_NAME = re.compile(rf"(?:{NUMBER}[、.])?(?P<name>[^:\d,]{{1,12}}):")
_COUNT = re.compile(r"共(?:计)?(\d{1,2})天")
_ONLY_ENCOURAGED = re.compile("鼓励|建议|可以|提倡")
_VERB = re.compile(
    "(?P<on>不(?:放假|休息)|(?:恢复正常|恢复|正常|照常|调休)?(?<!不)(?<!不用)(?<!不必)(?<!无需)上班|补班)"
    "|(?P<off>(?:不用?|不必|无需)上班|放假|休息|休假)"
    "|(?P<back>恢复|取消)(?:放假|上班|调休)?"
)
