"""通知各单位明天开会: an announcement asked for in plain words, as the line of the command that begins it."""

import re

from handlers.broadcast.codes import Addressed, AnnouncementVerb
from handlers.services.question_service import QuestionService
from handlers.services.unit_lookup import units_named
from knowledge.language.normalize import clean
from knowledge.reports.speech_acts import QUESTION

_AUDIENCES = {
    Addressed.REPORTING: """(?:本月|这个月|本期|有|要|该|需要?){1,3}(?:有|要|该)?
        (?:报送|报数|填报|报)(?:任务|数)?的(?:各)?单位""",
    Addressed.SILENT: "(?:还)?(?:没有?|未)(?:报|交)(?:数|齐|上来)?的(?:各|那些)?(?:单位)?",
    Addressed.TOWNS: "各(?:镇处|镇街道?|乡镇街道)",
    Addressed.EVERYBODY: "所有人员?|全体人员|全部人员|大家|各位",
    Addressed.LATER: """各单位|各部门|各局|各乡?镇|各街道|各责任单位|所有单位|全部单位|全体单位|单位负责人|他们
        |(?=(?:各|全体|所有)?联络员)(?:各|全体|所有)?""",
}
"""Whom a notice is for, where no unit is named; of LATER the office is asked."""
_WHOM = re.compile("|".join(f"(?P<{one}>{words})" for one, words in _AUDIENCES.items()), re.VERBOSE)
_PEOPLE = re.compile("(?:的|里的)?(?:各位)?(?P<liaisons>联络[员人]们?)?(?:的)?")
_ASKING = r"^\s*(?:请|麻烦|帮我|帮忙|你|给我){0,4}"
_ONE = "(?:一?个|一?条|一?份|一下)?"
_TELL = re.compile(rf"{_ASKING}(?:群发|通知)(?:一下|给|下)?\s*(?P<rest>.*)$", re.DOTALL)
_GIVE = re.compile(
    rf"""{_ASKING}(?:(?:给|向|跟|对)(?P<whom>.{{2,40}}?)\s*)?(?:群?发|下|发布|拟){_ONE}(?:群发)?通知
    (?:给|到|发给)?(?P<whose>[^:：,，]{{2,40}})?\s*(?:[:：,，]\s*(?P<what>.*))?$""",
    re.VERBOSE | re.DOTALL,
)
EXAMPLES = (
    "通知各单位明天开会",
    "通知大家明天上午九点在三楼会议室开会",
    "请通知各单位：3月25日前报材料",
    "通知：明天停电",
    "通知市科经局报材料",
    "通知科经局和交通局明天开会",
    "给各单位发通知，明天交材料",
    "发个通知",
    "发通知：明天开会",
    "发通知给各单位联络员：明天下午三点开会",
    "通知有报送任务的单位，25日前报",
    "给没报的单位发个通知：请尽快报",
)
OTHERS = ("通知发了吗", "谁收到通知", "通知书已下发20份", "通知谁写", "会议通知怎么发", "发通知给谁", "通知单位1家")
_SHORTEST = 2
_MARKS = " :：,，\n"
_AND = re.compile("和|、|及|以及|还有|,|，")
_LONGEST = 40


def announcement_line(text: str, cleaned: str, question_service: QuestionService, plan: str) -> str | None:
    """With the words to be sent, as they were typed, and whom they are for; None where something else is said."""
    if QUESTION.shows(cleaned):
        return None
    if found := _GIVE.match(text):
        said = (found["whom"] or found["whose"] or "").strip()
        whom, beyond = _addressed(said, question_service, plan)
        what = (found["what"] or "").strip()
        return _line(whom, what) if not said or (whom and not beyond) or found["whom"] else None
    found = _TELL.match(text)
    if found is None:
        return None
    whom, what = _addressed(found["rest"], question_service, plan)
    marked = what[:1] in tuple(_MARKS)
    what = what.lstrip(_MARKS).rstrip()
    return _line(whom, what) if len(what) >= _SHORTEST and (whom or marked) else None


def _line(whom: str, what: str) -> str:
    addressed = f" {AnnouncementVerb.TO} {whom}" if whom and not whom.startswith(Addressed.LATER) else ""
    return f"/announce{addressed}{chr(10) if addressed and what else ' '}{what}".rstrip()


def _addressed(words: str, question_service: QuestionService, plan: str) -> tuple[str, str]:
    """Whom the words begin with, as the command has it: everybody liaisons, units:市科经局 ask; and what follows."""
    found = _WHOM.match(words)
    if found is not None:
        audience, end = str(found.lastgroup), found.end()
    else:
        units, end = _units(words, question_service, plan)
        audience = f"{AnnouncementVerb.UNITS}:{'、'.join(units)}" if units else ""
    if not audience:
        return "", words
    people = _PEOPLE.match(words, end)
    only = people is not None and people["liaisons"] is not None
    if only and audience == Addressed.LATER:
        audience = Addressed.EVERYBODY
    beyond = words[people.end() if people and only else end :]
    return f"{audience} {AnnouncementVerb.LIAISONS if only else AnnouncementVerb.ASK}", beyond


def _units(words: str, question_service: QuestionService, plan: str) -> tuple[tuple[str, ...], int]:
    """The units that the words begin with, and where these end."""
    begun = words[:_LONGEST]
    cleaned = clean(begun)
    if len(cleaned) != len(begun):
        return (), 0
    units: list[str] = []
    end = 0
    for mention in units_named(question_service, plan, cleaned):
        if _AND.sub("", cleaned[end : mention.start]) or len(mention.units) != 1:
            break
        units.append(mention.units[0])
        end = mention.end
    return tuple(dict.fromkeys(units)), end
