"""通知各单位明天开会: an announcement asked for in plain words, as the line of the command that begins it."""

import re

from handlers.services.question_service import QuestionService
from handlers.services.unit_lookup import find_units
from knowledge.language.normalize import clean
from knowledge.reports.speech_acts import QUESTION

_ALL = """各单位|各部门|各镇处|各镇街?道?|各街道|各局|各位|各联络员|各责任单位
    |所有单位|全部单位|全体(?:人员|单位|联络员)?|所有人|大家|联络员(?:们)?
    |单位负责人|他们"""
_ONE = "(?:一?个|一?条|一?份|一下)?"
_TO = re.compile(
    rf"""^\s*(?:请|麻烦|帮我|帮忙|你|给我){{0,4}}(?:群发|通知)(?:一下|给|下)?
    \s*(?P<whom>{_ALL})?\s*(?P<mark>[:：,，]?)\s*(?P<what>.*)$""",
    re.VERBOSE | re.DOTALL,
)
_GIVE = re.compile(
    rf"""^\s*(?:请|麻烦|帮我|帮忙|你){{0,4}}(?:(?:给|向|跟|对)(?P<whom>{_ALL}|.{{2,16}}?)\s*)?(?:群?发|下|发布|拟){_ONE}(?:群发)?通知
    \s*(?:[:：,，]\s*(?P<what>.*))?$""",
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
)
OTHERS = ("通知发了吗", "谁收到通知", "通知书已下发20份", "通知谁写", "会议通知怎么发")
_SHORTEST = 2
_AND = re.compile("(?:和|、|及|以及|还有)")


def announcement_line(text: str, cleaned: str, question_service: QuestionService, plan: str) -> str | None:
    """With the words to be sent, as they were typed; None where something else is said."""
    if QUESTION.shows(cleaned):
        return None
    if found := _GIVE.match(text):
        return f"/announce {(found['what'] or '').strip()}".strip()
    found = _TO.match(text)
    if found is None:
        return None
    what = found["what"].strip()
    if not found["whom"] and not found["mark"]:
        what = _behind_a_unit(what, question_service, plan)
    return f"/announce {what}" if len(what) >= _SHORTEST else None


def _behind_a_unit(words: str, question_service: QuestionService, plan: str) -> str:
    """What follows the units that the words begin with; empty where they begin with none."""
    ends = range(min(len(words), 16), 1, -1)
    at = next((end for end in ends if find_units(question_service, plan, clean(words[:end]))), None)
    if at is None:
        return ""
    behind = words[at:].lstrip(" :：,，")
    also = _behind_a_unit(_AND.sub("", behind, count=1), question_service, plan) if _AND.match(behind) else ""
    return also or behind
