"""A message cut into clauses, as it was typed and cleaned: bullets and task numbers off, lists and sentences apart."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from knowledge.language.normalize import clean
from knowledge.language.quantities.units import SCALE, UNIT
from knowledge.reports.speech_acts import BARE_PROBLEM

_CIRCLED = re.compile(r"[①-⑳⑴-⒇❶-❿➀-➉㈠-㈩]")
# 1,200 and 6,20个 are one number each, though only one of them can be read.
_STOP = re.compile(r"[。!?！？;；\n\r…]+|(?<!\d)[,，]|[,，](?!\d{3}(?!\d)|\d+\s*[个家座处户亿万元斤%％])|\.(?=\s*$)")
# 规模种养大户85家、示范家庭农场4个: after a number with its unit, 、 and a space stand between reports;
# after a bare one a space before a day does.
_BETWEEN_REPORTS = re.compile(
    r"(?:(?<=[\d一二三四五六七八九十百千万亿半][个家座处户村元斤])|(?<=个村)|(?<=[亿万千百十]元)|(?<=[%％了工产])|(?<=[\d一二三四五六七八九半]成)|(?<=在建)|(?<=[工设装整]中)|(?<=阶段)|(?<=通车))"
    r"(?:、|[ \t\u3000]+)(?=[\u4e00-\u9fffA-Za-z0-9“\"])"
    r"|(?<=\d)[ \t\u3000]+(?=(?:上{1,2}个?|这个?|本)(?:周|礼拜|星期|月)|昨[天日晚儿]|前[天日]|今[天日儿])"
)
_TILDE = re.compile("[~～〜]")  # cleaning takes them for markup
# 10^3: cleaning would make it 103; 9?3% asks nothing.
_OPERATOR = re.compile(rf"(?<=[\d.])[*^|\\`#?？](?=\d*(?:{SCALE}|{UNIT}))|(?<=\d)[*^|\\`](?=\d)")
_SPACED = re.compile(r"(?<![\d.])\d(?: \d)+(?![\da-z.])|(?<=\d) +(?=[%‰])")  # 6 2 0个
_ENDS = re.compile("[^,，]")
_APIECE = re.compile("分别|各")
_BULLET = re.compile(
    r"^\s*(?:[-–—*•·●○◆◇▪■□★☆✓√>#]+|[（(][一二三四五六七八九十\d]{1,3}[)）]|第?[一二三四五六七八九十]{1,3}[、是](?![期级项镇])|\d{1,2}[、)）．]|\d{1,2}[.](?!\d)|\d{1,2}[.](?=\d*[A-Za-z]|\d+[亿万]))\s*"
)
_TASK = re.compile(
    r"^(?:任务)?(\d{1,2}\.\d{1,2}(?:\.\d{1,2})?)(?![\d.%亿万个家元斤倍座处米gG])\s*(?:任务)?[:：]?|^任务(\d{1,2})(?!\d)[:：]?"
)
_PLACE = re.compile(r"^([一二三四五六七八九十]\([一二三四五六七八九十]{1,3}\)\d{1,2})(?!\d)\s*[:：]?")


@dataclass(frozen=True, slots=True)
class MessageClause:
    """`said` as typed, `text` cleaned; `task` where it begins with a task's number; `asks` where a ? ends it.

    `lead` is what stands before it in the same list (4月新增5G基站20个、种养大户3家): its verb is of all that follow.
    """

    said: str
    text: str
    line: int
    task: str | None
    asks: bool
    lead: str = ""
    sentence: int = 0


def clauses(message: str, tasks: Mapping[str, str]) -> Iterator[MessageClause]:
    """The clauses of a message in order; `tasks` gives the ids of what may stand before one (5.2, 三(五)2)."""
    sentence = 0
    for line, words in enumerate(_CIRCLED.sub("\n", message).splitlines()):
        sentence += 1
        words = _BULLET.sub("", words, count=1)
        start = 0
        for stop in [*_STOP.finditer(_OPERATOR.sub("×", words)), None]:
            part = _BULLET.sub("", words[start : stop.start()] if stop else words[start:], count=1)
            if stop and words[stop.end() :].strip() and BARE_PROBLEM.shows(part.strip()):
                continue
            asks = bool(stop and re.search("[?？]", stop[0]))
            start = stop.end() if stop else len(words)
            for said, lead in _reports(part):
                text, task = _numbered(_SPACED.sub(_joined, clean(_OPERATOR.sub("×", _TILDE.sub("-", said)))), tasks)
                if text or task:
                    yield MessageClause(said.strip(), text, line, task, asks, clean(lead) if lead else "", sentence)
            sentence += bool(stop and _ENDS.search(stop[0]))


def _reports(part: str) -> Iterator[tuple[str, str]]:
    """The reports of a part, each with what stands before it in its list; after a mere space a list begins anew."""
    start = first = 0
    for cut in [] if _APIECE.search(part) else _BETWEEN_REPORTS.finditer(part):
        yield part[start : cut.start()], part[first:start]
        start = cut.end()
        first = first if "、" in cut[0] else start
    yield part[start:], part[first:start]


def _joined(spaced: re.Match[str]) -> str:
    return spaced[0].replace(" ", "")


def _numbered(text: str, tasks: Mapping[str, str]) -> tuple[str, str | None]:
    found = _TASK.match(text) or _PLACE.match(text)
    number = next(filter(None, found.groups()), "") if found else ""
    if found and number in tasks:
        return text[found.end() :].strip(), tasks[number]
    return text, None
