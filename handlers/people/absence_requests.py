"""我要请假, 下周我休假由张三代报: an absence told in plain words, as the line of the command that registers it."""

import re
from datetime import date, timedelta

from handlers.people.codes import PersonVerb
from knowledge.language.dates.grammar import find
from knowledge.language.dates.numerals import small_number
from knowledge.language.dates.span import Tense
from knowledge.language.pattern import sign

_LEAVE = """(?:请|休)(?:个|一个|几天|一?天|半天|两天|三天)?(?:病|事|年|年休|公|产|婚|丧|陪产|探亲|护理)?假
    |(?:去|要)?(?:出差|外出学习|外出培训|学习培训|脱产学习|住院)|不在(?:岗|单位|办公室|武穴)"""
AWAY = sign(
    rf"""^(?:请|麻烦|帮我|你好|您好|,){{0,4}}(?:我|本人)?(?P<before>[^我]{{0,20}}?)(?:我|本人)?
    (?:要|想|得|准备|打算|需要|想要|可能){{0,4}}(?:{_LEAVE})
    (?P<behind>.{{0,16}}?)
    (?:[,、 ]*(?:请|由|让|找|叫|麻烦)(?P<who>[^,我]{{2,6}}?)
      (?:帮忙|帮我|帮|来)?(?:代|替|顶|报|填|接)(?:我|班|报|办|填|一下|管|理){{0,4}})?
    (?:了|吧|啊|呢|一下){{0,4}}[。.!]*$""",
    "我要请假",
    "请假",
    "我想请个假",
    "我明天请假",
    "下周我休假",
    "我下周休年假",
    "请假三天",
    "明天起请假3天",
    "3月25日到28日请假",
    "我请假到周五",
    "下周我出差",
    "下周休假让张三代报",
    others=(
        "市长今天在不在办公室",
        "民政局五一放不放假",
        "生三胎能休几天产假",
        "张局长明天请假",
        "请假找谁",
        "谁请假了",
        "会议请假",
        "明天开会我请假",
        "请假要批吗",
        "提醒我请假",
    ),
    unless="会|谁|哪|怎么|吗|什么|几天|提醒|通知|不在不|在不在|放不放|能休",
)
BACK = sign(
    r"""^(?:我)?(?:要|已经|已|想)?(?:(?:提前)?销假|休完假|假期?结束|(?:出差)?回来(?:上班)?|回(?:单位|岗)(?:上班)?|上班|返岗|到岗)(?:了|啦)[。.!]*$
    | ^(?:我)?(?:要|想)?(?:提前)?销假[。.!]*$""",
    "销假",
    "我要销假",
    "我回来了",
    "我休完假了",
    "我回来上班了",
    others=("退回来了", "回来", "几点上班了"),
)
_STAND_IN = re.compile(
    "(?:请|由|让|找|叫|麻烦)(?P<who>[^,我请由让找叫]{2,6}?)(?:帮忙|帮我|帮|来)?(?:代|替|顶|报|填|接|管|负责)"
)
_WHY = re.compile(
    "(?:从|自|起|开始|到|至|-|的|,|、| |都|因|因为|家里|有点?事|要|身体|不舒服|生病了?|孩子|这几天|后面|接下来){0,8}"
)
_DAYS = re.compile(r"(?P<days>\d{1,2}|[一二两三四五六七八九十]{1,3})(?:个)?(?:天|日)(?!内)")


def away_line(cleaned: str, today: date) -> str | None:
    """None where something else is said; without a day the command asks for it."""
    if BACK.shows(cleaned):
        return f"/away {PersonVerb.BACK}"
    found = AWAY.find(cleaned)
    if found is None or not _is_when(found["before"], today):
        return None
    days = absence_days(f"{found['before']},{found['behind']}", cleaned, today)
    return " ".join(filter(None, ("/away", *days, found["who"] if days else ""))).strip()


def _is_when(said: str, today: date) -> bool:
    """Whether nothing is said before the leave but when, and why."""
    for span in reversed(find(said, today, Tense.FUTURE).spans):
        said = f"{said[: span.start]}{said[span.end :]}"
    return _WHY.fullmatch(said) is not None


def stand_in_named(cleaned: str) -> str:
    """Who is to stand in; "" where nobody is named."""
    found = _STAND_IN.search(cleaned)
    return found["who"] if found else ""


def absence_days(said: str, cleaned: str, today: date) -> tuple[str, ...]:
    """The first and the last day: one that is named alone is both, with so many days behind it the first."""
    spans = find(said, today, Tense.FUTURE).spans
    count = next((small_number(one["days"]) for one in _DAYS.finditer(cleaned) if not _is_date(one, cleaned)), None)
    until = re.search(r"(?:到|至)[^,]*$", said) is not None and len(spans) == 1
    first = today if until or not spans else spans[0].first
    last = spans[-1].last if spans else None
    if count and len(spans) < 2 and not until:
        last = first + timedelta(days=count - 1)
    return () if last is None else (first.isoformat(), last.isoformat())


def _is_date(found: re.Match[str], cleaned: str) -> bool:
    """The day of a month: 3月25日."""
    return cleaned[: found.start()].endswith("月") or found[0].endswith("日")
