"""提醒我下周三报送5G基站: who asks to be reminded, of what and when. The text is cleaned text.

    请|麻烦|帮我 …   <when>   提醒|叫|喊|通知 我(一声)   <when>   <what>
    <when>   <what>   , 提醒我(一下)

What stands before 提醒我 may only be politeness and the time: 5G基站建成620个,提醒我明天报 is a report first, and
督查室提醒我报数 tells a story. The time nearest to 提醒我 counts; one that belongs to the thing (开下周三的会) stays
with it.
"""

import re
from dataclasses import dataclass
from datetime import datetime

from knowledge.rhythm.days_ahead import Ahead, days_ahead, unreal_in
from knowledge.updates.sign import sign

_POLITE = (
    "(?:请|麻烦|劳烦|拜托|帮忙|[帮给替为]我?|我想|我要|想|要|你|您|能不能|能否|可不可以|可以|可否|记得|记着|别忘了|不要忘了"
    "|千万|一定|务必|到时候?|届时|小助手|督办助手|助手|那就|那|再|就|也|还|都|先|在|于|于是|,|:|的?时候|到点|准时)*"
)
_ONCE = "(?:一声|一下下?|一次|一句|下(?![周个月下午半星礼]))?"
_ME = "我(?!们|局|市|县|镇|办|处|委|院|方|单位)"

ASKS = sign(
    rf"""(?: (?:提醒|提示|通知|叫|喊|催){_ONCE}{_ME}{_ONCE}
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
_BEFORE = re.compile(r"^(?:的?时候)?(?:之前|以前|前|左右|的时候|时)")
_ATTRIBUTE = re.compile("^的(?!时候)")
_EVERY = re.compile(
    r"每(?:个|逢)?(?:工作日|(?:周|星期|礼拜)[一二三四五六日天末]?|(?:月|季度?)(?:[\d一二三四五六七八九十]+[日号]|[底末初中])?|[天日年])"
)
_PART = re.compile(r"(?:上午|中午|下午|傍晚|晚上)(?![\d一二两三四五六七八九十])")


@dataclass(frozen=True, slots=True)
class Wanted:
    """`what` is empty where only 提醒我 was said; `when` None where no time was."""

    what: str
    when: Ahead | None
    repeats: bool = False
    """Whether it is asked for again and again, which there is not: 每周三提醒我报数."""
    unreal: str = ""
    """A time that is written there and is none: 2月30日."""


def wanted_reminder(text: str, now: datetime) -> Wanted | None:
    """None where the sentence asks for no reminder; `now` is plan time."""
    asks = ASKS.find(text)
    if asks is None or _NOT.search(text[: asks.start()]):
        return None
    if every := _EVERY.search(text):
        once = wanted_reminder(text[: every.start()] + text[every.end() :], now)
        return once and Wanted(once.what, None, repeats=True)
    if unreal := unreal_in(text, now):
        once = wanted_reminder(text.replace(unreal, "", 1), now)
        return once and Wanted(once.what, None, unreal=unreal)
    before, after = text[: asks.start()], text[asks.end() :]
    times = days_ahead(text, now)
    if not times and (part := _PART.search(text)):  # 下午提醒我开会
        return wanted_reminder(f"{text[: part.start()]}今天{text[part.start() :]}", now)
    ahead = [one for one in times if one.end <= asks.start()]
    behind = [one for one in times if one.start >= asks.end() and not _ATTRIBUTE.match(text[one.end :])]
    when = ahead[-1] if ahead else next(iter(behind), None)
    lead = _without(before, ahead[-1], 0) if ahead else before
    if re.fullmatch(_POLITE, lead):
        what = _without(after, when, asks.end()) if when in behind else after
    elif ahead and not _stripped(after) and (found := re.match(_POLITE, before)) and ahead[0].start == found.end():
        when, what = ahead[0], _without(before, ahead[0], 0)[found.end() :]
    else:
        return None
    what = _stripped(what)
    if when is None and (_CALLS.search(asks[0]) or _QUESTION.search(text)):
        return None  # 别人叫我小王, 你会提醒我吗
    if _ASKS_BACK.search(what) and _QUESTION.search(text):
        return None
    return Wanted(what, when)


def _without(text: str, when: Ahead | None, shift: int) -> str:
    """The text without the time, and without what belongs to it: 25日前."""
    if when is None:
        return text
    before, rest = text[: when.start - shift], text[when.end - shift :]
    return before.removesuffix("在") + _BEFORE.sub("", rest)


def _stripped(what: str) -> str:
    return _HEAD.sub("", _TAIL.sub("", what))
