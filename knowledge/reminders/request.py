"""提醒我下周三报送5G基站: who asks to be reminded, of what and when. The text is cleaned text.

    请|麻烦|帮我 …   <when>   提醒|叫|喊|通知 我(一声)   <when>   <what>
    <when>   <what>   , 提醒我(一下)

What stands before 提醒我 may only be politeness and the time: 5G基站建成620个,提醒我明天报 is a report first, and
督查室提醒我报数 tells a story. The time nearest to 提醒我 counts; one that belongs to the thing (开下周三的会) stays
with it.
"""

import re
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from itertools import pairwise

from knowledge.language.dates.clock import CLOCK
from knowledge.language.dates.future import Ahead, days_ahead, unreal_in
from knowledge.language.dates.grammar import find
from knowledge.language.dates.reference import IsWorkday
from knowledge.language.dates.span import Tense
from knowledge.language.dates.state_calendar import is_workday
from knowledge.language.pattern import sign
from knowledge.language.quantities.numerals import read_number
from knowledge.language.reminder_request import ME, ONCE, POLITE, without_days

ASKS = sign(
    rf"""(?: (?:提醒|提示|通知|叫|喊|催){ONCE}{ME}{ONCE}
    | (?:设|建|加|定|订|来|新建|新增|设置|添加)(?:个|一个|条|一条)?(?:提醒|闹钟) )""",
    "提醒我下周三报送5G基站",
    "明天下午三点提醒我开调度会",
    "3天后叫我催5G基站",
    "给我设个提醒明天9点交表",
    others=("下周三报送5G基站", "5G基站谁负责", "报送提醒", "催一下市科经局", "提醒我们局报数", "通知我局开会"),
)
"""Who asks to be reminded says so in one of these ways; whether it is asked at all, the rest of the sentence tells."""

_CALLS = re.compile("叫|喊|催|通知")
_NOT = re.compile(
    r"(?:不要|不用|不必|别|勿|无需|停止|取消|关闭|关掉|暂停|不想)(?:再)?(?:给我)?(?:发)?$|(?:为什么|为啥|怎么|如何|什么时候|啥时候|何时|多久|几时|谁|会不会|是否|有没有)"
)
_QUESTION = re.compile(r"(?:吗|么|呢|没有|没|\?)+$")
_ASKS_BACK = re.compile("什么|哪些|哪几|多少|怎么|谁")
_TAIL = re.compile(
    r"(?:好吗|好不好|好么|行吗|行不行|可以吗|可以么|可否|谢谢你?您?|多谢|吧|啊|哦|呀|哈|吗|[,。!?;、.:~]| )+$"
)
_HEAD = re.compile(r"^(?:要|该|得|应该|需要|记得|别忘了|的|,|:|;|、|说|说声|说一声| |一下)+(?=.)")
_BEFORE = re.compile(r"^(?:的?时候|左右|时)")
_ATTRIBUTE = re.compile("^的(?!时候)")
_JOINED = re.compile("[、,和或跟]?|或者|还是|以及")
_EARLIER = re.compile(
    r"(?:到时候?|届时)?(?:要|得|给我|麻烦)?提[前早]个?(?P<number>半|[\d一二两三四五六七八九十]{1,3})个?(?P<half>半)?(?P<of>小时|钟头|刻钟|分钟)"
)
_CLOCK = re.compile(CLOCK, re.ASCII)
_MINUTES = {"小时": 60, "钟头": 60, "刻钟": 15, "分钟": 1}
_PART = re.compile(r"(?:上午|中午|下午|傍晚|晚上)(?![\d一二两三四五六七八九十])")


@dataclass(frozen=True, slots=True)
class Wanted:
    """`what` is empty where only 提醒我 was said; `when` None where no time was."""

    what: str
    when: Ahead | None
    repeats: str = ""
    """What it is asked for by again and again, which there is not: 每周三, 隔天, 每月最后一个工作日."""
    several: bool = False
    """Whether two times are named where one is meant: 明天或后天."""
    unreal: str = ""
    """A time that is written there and is none: 2月30日."""
    earlier: timedelta = timedelta(0)
    """How long before that: 提前半小时; `when` is then the hour of the thing itself, without one where none is said."""


def wanted_reminder(text: str, now: datetime, is_workday: IsWorkday = is_workday) -> Wanted | None:
    """None where the sentence asks for no reminder; `now` is plan time."""
    asks = ASKS.find(text)
    if asks is None or _NOT.search(text[: asks.start()]):
        return None
    if earlier := _EARLIER.search(text):
        text = f"{text[: earlier.start()]}{text[earlier.end() :]}"
        wanted = wanted_reminder(text, now, is_workday)
        return wanted and _before(wanted, _length(earlier), has_clock=_CLOCK.search(text) is not None)
    repeated = find(text, now.date(), Tense.FUTURE).repeated
    unreal = unreal_in(text, now)
    if not repeated and not unreal:
        return _once(text, now, is_workday)
    for words in (*repeated, unreal):
        text = text.replace(words, "", 1)
    once = _once(text, now, is_workday)
    return once and Wanted(once.what, None, repeats="".join(repeated[:1]), unreal="" if repeated else unreal)


def _length(found: re.Match[str]) -> timedelta:
    """半小时, 一个半小时, 一刻钟, 20分钟."""
    number = 0.5 if found["number"] == "半" else float(read_number(found["number"]) or 0)
    return timedelta(minutes=(number + 0.5 * bool(found["half"])) * _MINUTES[found["of"]])


def _before(wanted: Wanted, earlier: timedelta, *, has_clock: bool) -> Wanted:
    """下午 alone is no hour to count back from."""
    when = wanted.when if wanted.when is None or has_clock else replace(wanted.when, at=None)
    what = _HOUR_ASKED.sub("", wanted.what)
    return replace(wanted, what="开会" if what == "会" else what, when=when, earlier=earlier)


_HOUR_ASKED = re.compile("^(?:是|在)?(?:几点|什么时候)钟?的?")


def _once(text: str, now: datetime, is_workday: IsWorkday) -> Wanted | None:
    """What is asked for at one time."""
    asks = ASKS.find(text)
    if asks is None:
        return None
    before, after = text[: asks.start()], text[asks.end() :]
    times = days_ahead(text, now, is_workday)
    if not times and "今天" not in text and (part := _PART.search(text)):  # 下午提醒我开会
        return _once(f"{text[: part.start()]}今天{text[part.start() :]}", now, is_workday)
    ahead = [one for one in times if one.end <= asks.start()]
    behind = [one for one in times if one.start >= asks.end() and not _ATTRIBUTE.match(text[one.end :])]
    when = ahead[-1] if ahead else next(iter(behind), None)
    one_time = _with_one(text, ahead or behind)
    if one_time != text:
        once = _once(one_time, now, is_workday)
        return once and Wanted(once.what, None, several=True)
    lead = _without(before, ahead[-1], 0) if ahead else without_days(before, now.date())
    if re.fullmatch(POLITE, lead):
        what = _without(after, when, asks.end()) if when in behind else after
    elif ahead and not _stripped(after) and (found := re.match(POLITE, before)) and ahead[0].start == found.end():
        when, what = ahead[0], _without(before, ahead[0], 0)[found.end() :]
    else:
        return None
    what = _stripped(what)
    if when is None and (_CALLS.search(asks[0]) or (before and _QUESTION.search(text))):
        return None  # 别人叫我小王, 你会提醒我吗
    if _ASKS_BACK.search(what) and _QUESTION.search(text) and before:
        return None
    return Wanted(what, when)


def _with_one(text: str, times: list[Ahead]) -> str:
    """Of times that stand side by side (明天或后天) only the first."""
    joined = [
        (one.end, other.end)
        for one, other in pairwise(times)
        if one.day != other.day and _JOINED.fullmatch(text, one.end, other.start)
    ]
    for start, end in reversed(joined):
        text = text[:start] + text[end:]
    return text


def _without(text: str, when: Ahead | None, shift: int) -> str:
    """The text without the time, and without what belongs to it: 25日前."""
    if when is None:
        return text
    before, rest = text[: when.start - shift], text[when.end - shift :]
    return before.removesuffix("在") + _BEFORE.sub("", rest)


def _stripped(what: str) -> str:
    return _HEAD.sub("", _TAIL.sub("", what))
