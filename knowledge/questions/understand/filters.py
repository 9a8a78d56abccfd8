"""Conditions on what is asked for: period, deadline, size, number, and the place in a ranking."""

import re
from dataclasses import replace
from datetime import date

from knowledge.language.cues import CueTag
from knowledge.language.dates.asked_period import AskedDays
from knowledge.language.quantities.amounts import Amount
from knowledge.language.quantities.numerals import read_number
from knowledge.plan.model import Period
from knowledge.questions.context import QuestionContext
from knowledge.questions.parse.utterance import Piece
from knowledge.questions.parse.years import end_of, years_of
from knowledge.questions.query import QuantityFilter, Query, Than, Want
from knowledge.standing.values import Light

_PERIODS = {CueTag.YEARLY: Period.YEARLY, CueTag.AVERAGE: Period.YEARLY_AVERAGE, CueTag.MAINTAIN: Period.MAINTAIN}

_OF_TASKS = {Want.TASKS, Want.COUNT_TASKS}

_PLACE = re.compile(r"[前哪头](?P<first>[一二两三四五六七八九十\d]+)|第(?P<nth>[二三四五六七八九十\d]+)")


def with_conditions(piece: Piece, query: Query, tags: frozenset[CueTag], asked: QuestionContext) -> Query:
    """Period, deadline, size and quantity, where no topic is named."""
    if query.want not in {Want.TARGETS, Want.DEADLINE, Want.COUNT_TARGETS, Want.TASKS}:
        return query
    period = next((_PERIODS[tag] for tag in (CueTag.AVERAGE, CueTag.YEARLY, CueTag.MAINTAIN) if tag in tags), None)
    if period and query.want is not Want.TASKS:
        query = replace(query, period=period)
    if piece.figures and query.want is not Want.TASKS:
        query = replace(query, want=Want.TARGETS, figure=figure_of(piece.figures[0], tags))
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


def with_figure(piece: Piece, query: Query, tags: frozenset[CueTag], today: date) -> Query:
    """是不是2022年底, 每年600亿, 一共20个: the day or the number to hold against the plan, and for how long."""
    figures = [amount for amount in piece.figures if amount.unit] or piece.figures
    period = Period.YEARLY if CueTag.YEARLY in tags else Period.BY_END if CueTag.TOTAL in tags else None
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
