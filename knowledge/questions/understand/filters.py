"""Conditions on what is asked for: period, deadline, size, number, and the place in a ranking."""

import re
from dataclasses import replace
from datetime import date
from decimal import Decimal

from knowledge.language.cues import CueTag
from knowledge.language.dates.asked_period import AskedDays
from knowledge.language.quantities.amounts import Amount
from knowledge.language.quantities.numerals import read_number
from knowledge.plan.model import Period
from knowledge.questions.context import QuestionContext
from knowledge.questions.parse.utterance import Cue, Piece
from knowledge.questions.parse.years import end_of, years_of
from knowledge.questions.query import QuantityFilter, Query, Than, UnitRole, Want
from knowledge.questions.understand.unit_terms import role_of
from knowledge.standing.values import Light

_PERIODS = {CueTag.YEARLY: Period.YEARLY, CueTag.AVERAGE: Period.YEARLY_AVERAGE, CueTag.MAINTAIN: Period.MAINTAIN}

_OF_TASKS = {Want.TASKS, Want.COUNT_TASKS}

_PLACE = re.compile(r"[前哪头](?P<first>[一二两三四五六七八九十\d]+)|第(?P<nth>[二三四五六七八九十\d]+)")


def with_conditions(piece: Piece, query: Query, tags: frozenset[CueTag], asked: QuestionContext) -> Query:
    """Period, deadline, size and quantity, where no topic is named."""
    if tags & {CueTag.QUANTIFIED, CueTag.UNQUANTIFIED} or (
        query.want in _OF_TASKS and tags >= {CueTag.TARGET, CueTag.NOT}
    ):
        query = (
            replace(query, quantified=CueTag.UNQUANTIFIED not in tags and CueTag.NOT not in tags)
            if query.want in _OF_TASKS
            else query
        )
    none = bool(tags & {CueTag.NOT, CueTag.UNLED})
    if query.want is Want.TOP_UNITS and none and (piece.figures or CueTag.UNLED in tags):
        query = replace(query, figure=QuantityFilter(Decimal(0), ""), role=UnitRole.LEAD)
    elif query.want is Want.TOP_UNITS and piece.figures:
        query = replace(query, figure=figure_of(piece.figures[0], tags))
    if query.want not in {Want.TARGETS, Want.DEADLINE, Want.COUNT_TARGETS, Want.TASKS}:
        return query
    period = next((_PERIODS[tag] for tag in (CueTag.AVERAGE, CueTag.YEARLY, CueTag.MAINTAIN) if tag in tags), None)
    if period and query.want is not Want.TASKS:
        query = replace(query, period=period)
    if piece.figures and query.want is not Want.TASKS:
        query = replace(query, want=Want.TARGETS, figure=figure_of(piece.figures[0], tags))
        if len(piece.figures) > 1 and {CueTag.MORE, CueTag.LESS} <= tags:
            bounds = sorted(_bound_of(amount, piece) for amount in piece.figures[:2])
            query = replace(query, figure=bounds[0][1], limit=bounds[1][1])
    elif tags & {CueTag.DATED, CueTag.UNDATED}:
        query = replace(query, dated=CueTag.UNDATED not in tags)
    elif CueTag.THIS_YEAR in tags and CueTag.WHEN in tags:
        query = replace(query, want=Want.TARGETS, by=end_of(asked.today.year))
    elif CueTag.YEAR_END in tags and query.want is not Want.TASKS and not query.ids:
        want = query.want if query.want is Want.COUNT_TARGETS else Want.TARGETS
        query = _of_years(replace(query, want=want), piece, asked)
    elif CueTag.WHEN in tags and CueTag.TARGET in tags and query.want in {Want.TARGETS, Want.COUNT_TARGETS}:
        query = replace(query, dated=CueTag.NOT not in tags)
    return query


_COUNTED = {"家", "个", "项", "条", ""}
_BEFORE_COUNT = re.compile(
    r"(?P<noun>单位|部门|目标|指标)(?:数量|个数|数)?(?:在|有|只有|是|为)?(?:超过|多于|大于|高于|少于|低于|小于|不足|不到|不少于|至少|达到|等于)?(?:有)?$"
)
_BEHIND_COUNT = re.compile(r"(?:以上|以下|以内|及以上)?的?(?:责任|牵头|配合|参与|量化)?(?P<noun>单位|部门|目标|指标)")


def with_size(piece: Piece, query: Query) -> Query:
    """责任单位超过15家的任务, 3个以上目标的任务: tasks by the number of their units or targets."""
    if CueTag.TASK not in piece.tags or not piece.figures or piece.figures[0].unit not in _COUNTED:
        return query
    amount = piece.figures[0]
    found = _BEFORE_COUNT.search(piece.text[: amount.start]) or _BEHIND_COUNT.match(piece.text[amount.end :])
    if not found:
        return query
    want = Want.COUNT_TASKS if CueTag.HOW_MANY in piece.tags else Want.TASKS
    by_targets = found["noun"] in {"目标", "指标"}
    size = QuantityFilter(amount.value, "", figure_of(amount, piece.tags).than)
    return replace(query, want=want, figure=None, limit=None, size=size, by_targets=by_targets)


_AFTER = {"以上", "以下", "以内", "及以上"}


def _bound_of(amount: Amount, piece: Piece) -> tuple[int, QuantityFilter]:
    """Where an amount stands, and how it bounds: by the nearest cue before it, or right after it (以上, 以下)."""
    sizes = [cue for cue in piece.cues if cue.tags & {CueTag.MORE, CueTag.LESS, CueTag.AT_LEAST}]
    after = [cue for cue in sizes if cue.start == amount.end and cue.text in _AFTER]
    before = [cue for cue in sizes if cue.start < amount.start]
    nearest = (after or before[-1:] or sizes)[0]
    return amount.start, figure_of(amount, nearest.tags)


def with_figure(piece: Piece, query: Query, tags: frozenset[CueTag], today: date) -> Query:
    """是不是2022年底, 是不是1000个: the day or the number to hold against the plan."""
    figures = [amount for amount in piece.figures if amount.unit] or piece.figures
    period = Period.YEARLY if CueTag.YEARLY in tags else None  # 固投是每年600亿吧
    query = replace(query, figure=figure_of(figures[0], tags) if figures else None, period=period)
    years = years_of(piece, today)
    return replace(query, by=end_of(years[0])) if len(years) == 1 else query


def _of_years(query: Query, piece: Piece, asked: QuestionContext) -> Query:
    """Of one year; of several that are said, all that have a deadline; 年底 is the year of all the plan, or this."""
    years = years_of(piece, asked.today)
    of_plan = {target.deadline.year for _, target in asked.library.targets if target.deadline}
    if not years:
        years = tuple(of_plan) if len(of_plan) == 1 or "三年后" in piece.text else (asked.today.year,)
    return replace(query, by=end_of(years[0])) if len(years) == 1 else replace(query, dated=True)


def figure_of(amount: Amount, tags: frozenset[CueTag]) -> QuantityFilter:
    than = (
        Than.AT_LEAST
        if CueTag.AT_LEAST in tags
        else Than.MORE
        if CueTag.MORE in tags
        else Than.LESS
        if CueTag.LESS in tags
        else Than.SAME
    )
    return QuantityFilter(amount.value, amount.unit, than)


_LIGHTS = {
    "红": (Light.RED,),
    "黄": (Light.AMBER,),
    "绿": (Light.GREEN,),
    "浅蓝": (Light.LIGHT_BLUE,),
    "蓝": (Light.BLUE, Light.LIGHT_BLUE),
    "灰": (Light.GREY_OVERDUE, Light.GREY_UNREPORTED, Light.GREY_NO_DATA, Light.GREY_NO_BASE),
}

_LIGHT = re.compile("浅蓝|[红黄绿蓝灰]")

_HOW_MANY = re.compile(
    r"(?P<number>[一二两三四五六七八九十\d]{1,5})(?:个|项|条)|[前后](?P<first>[一二两三四五六七八九十\d]{1,5})"
)


def with_progress(piece: Piece, query: Query, days: AskedDays | None) -> Query:
    """The day or days, lights and places of a ranking that a question about progress asks for."""
    tags = piece.tags
    if days:
        query = replace(query, as_of=days.as_of, since=days.since)
    if query.want is Want.REASON and not query.has_subject:
        query = replace(query, want=Want.LIGHTS)
    if query.want is Want.LIGHTS:
        named = dict.fromkeys(light for word in _LIGHT.findall(piece.text) for light in _LIGHTS[word])
        query = replace(query, lights=tuple(named))
    if query.want is Want.RANKED:
        found = _HOW_MANY.search(piece.text)
        said = read_number(found["number"] or found["first"]) if found else None
        query = replace(query, fewest=CueTag.MOST not in tags, top=int(said or 1))
    listed = Want.TARGETS if CueTag.TARGET in tags else Want.TASKS if CueTag.TASK in tags else None
    return replace(query, listed=listed, figure=None)


def with_ranking(piece: Piece, query: Query) -> Query:
    """What is counted stands right before 最多; the other noun is what is ranked."""
    most = max(piece.last(CueTag.MOST), piece.last(CueTag.LEAST))
    nouns = [
        (cue.start, kind)
        for cue in piece.cues
        for kind in (CueTag.TASK, CueTag.UNIT, CueTag.WHO, CueTag.TARGET)
        if kind in cue.tags
    ]
    nouns += [(cue.start - 1, CueTag.TASK) for cue in piece.cues if _is_of_tasks(cue, piece)]
    if not nouns:
        return replace(query, fewest=CueTag.LEAST in piece.tags, top=place_in_ranking(piece))
    nouns.sort(key=lambda noun: (noun[0], noun[1].value))
    before = [kind for start, kind in nouns if start < most]
    after = [kind for start, kind in nouns if start > most]
    counted = before[-1] if before else CueTag.TASK
    others = [kind for kind in (*before[:-1], *after) if kind != counted]
    ranks_tasks = (counted in {CueTag.UNIT, CueTag.WHO} and CueTag.TASK in others) or (
        counted is CueTag.TARGET and CueTag.TASK in others
    )
    want = Want.TOP_TASKS if ranks_tasks else Want.TOP_UNITS
    return replace(
        query,
        want=want,
        fewest=CueTag.LEAST in piece.tags,
        by_targets=counted is CueTag.TARGET,
        role=role_of(piece.tags),
        top=place_in_ranking(piece),
    )


def _is_of_tasks(cue: Cue, piece: Piece) -> bool:
    """哪个任务目标最多 asks which task has most targets, 任务目标最多 alone of whom."""
    behind = any(one.tags & {CueTag.WHO, CueTag.WHICH} and one.start + len(one.text) == cue.start for one in piece.cues)
    return behind and CueTag.TARGET in cue.tags and cue.text.startswith("任务")


def place_in_ranking(piece: Piece) -> int:
    """How many places of a ranking are asked for (前三), below zero only that one (第二多); else the first."""
    place = _PLACE.search(piece.text)
    said = read_number(place["first"] or place["nth"]) if place else None
    return int(said or 1) * (-1 if place and place["nth"] else 1)
