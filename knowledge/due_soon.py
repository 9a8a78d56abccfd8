"""快到期, 30天内到期, 本月到期: within how many days a question asks for what falls due. The text is cleaned text."""

import re
from calendar import monthrange
from dataclasses import dataclass, replace
from datetime import date, timedelta

from knowledge.language.quantities.numerals import read_number
from knowledge.parts import Cue, Piece
from knowledge.piece import take_apart
from knowledge.query import Query, Want
from knowledge.situation import Asked
from knowledge.topics import Topic

SOON = 90
"""Days that 快到期 means where none are said: the first of the reminders before a deadline."""
LONGEST = 3660
_DUE = "(?:就|要|将|会|快|都)*(?:[到道倒]期|届满|期满|到期限|截止|过期)(?:了|的(?=目标|指标|任务|有|$))?"
_WITHIN = re.compile(
    rf"(?P<near>未来|今后|以后|最近|近|这)?(?P<number>\d{{1,4}}|[一二两三四五六七八九十百半]{{1,5}})个?(?P<unit>天|日|周|星期|礼拜|月|季度|年)"
    rf"(?P<inside>之内|以内|内|里)?{_DUE}"
)
_THIS = re.compile(rf"(?:本|这个?|当)(?P<unit>周|星期|月|季度|年度)(?:底前|之内|以内|内|里|份)?{_DUE}")
_NEAR = re.compile(
    rf"(?:快要?|即将|将要?|马上要?|就要|眼看要?|临近|临|要|最近|近期|近日|近来|最先|最早|最快)(?:就|要|会)?{_DUE}"
)
_ELSE = re.compile("什么时候|何时|几时|哪[年月天]|哪一[年月天]|几[号月天]|多久|多少天|多长时间|截止(?:到|日|时间|目前)")
"""A question for the day, or about a day that is named."""
_DAYS = {"天": 1, "日": 1, "周": 7, "星期": 7, "礼拜": 7, "月": 30, "季度": 91, "年": 365}


@dataclass(frozen=True, slots=True)
class DueSoon:
    """`rest` is the text without the words for it."""

    rest: str
    days: int


def due_soon(text: str, today: date) -> DueSoon | None:
    """None where nothing is asked of what falls due soon."""
    if _ELSE.search(text):
        return None
    if (within := _WITHIN.search(text)) and (within["near"] or within["inside"]):
        number = read_number(within["number"]) if within["number"] != "半" else None
        days = int(number * _DAYS[within["unit"]]) if number is not None else _DAYS[within["unit"]] // 2
        return DueSoon(_without(text, within), days) if days <= LONGEST else None
    if this := _THIS.search(text):
        return DueSoon(_without(text, this), (_end(this["unit"], today) - today).days)
    near = _NEAR.search(text)
    return DueSoon(_without(text, near), SOON) if near else None


def take_soon(piece: Piece, asked: Asked) -> tuple[Piece, int | None]:
    """Take the words for it out of a question, and leave a cue that it was asked."""
    soon = due_soon(piece.text, asked.today)
    if soon is None:
        return piece, None
    rest = take_apart(soon.rest, asked.library) if soon.rest else Piece(soon.rest)
    return replace(rest, text=piece.text, cues=[*rest.cues, Cue(len(piece.text), frozenset(["soon"]), "")]), soon.days


def with_soon(query: Query, days: int, asked: Asked) -> Query:
    """What falls due within so many days; of something named that has a deadline of its own, how long that is."""
    if query.want not in {Want.TARGETS, Want.COUNT_TARGETS}:
        return query
    if any(key.kind in {Topic.TARGET.value, Topic.ACTION.value, Topic.NAMED.value} for key in query.topic):
        return replace(query, want=Want.DAYS)
    return replace(query, within=days, first=asked.unit, dated=None, by=None, figure=None, limit=None)


def _end(unit: str, today: date) -> date:
    if unit in {"周", "星期"}:
        return today + timedelta(days=6 - today.weekday())
    if unit == "年度":
        return date(today.year, 12, 31)
    month = today.month if unit == "月" else (today.month + 2) // 3 * 3
    return date(today.year, month, monthrange(today.year, month)[1])


def _without(text: str, found: re.Match[str]) -> str:
    return (text[: found.start()] + text[found.end() :]).strip(" ,的了吗呢?")
