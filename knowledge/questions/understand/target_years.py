"""Targets that the plan sets for several years: the one of the year that a question names, or all of them."""

import re
from dataclasses import replace
from datetime import date

from knowledge.entities.library import Library
from knowledge.entities.topic_index import Entry
from knowledge.plan.key import EntryKind
from knowledge.plan.model import Period, Target
from knowledge.questions.answer import Why
from knowledge.questions.context import Trouble
from knowledge.questions.parse.utterance import Piece
from knowledge.questions.parse.years import years_of
from knowledge.questions.query import Query, Want
from knowledge.questions.understand.topic_linker import resolve, same_amount

_YEARLY = {Period.YEARLY, Period.YEARLY_AVERAGE}
_IN_NAME = re.compile(r"20\d\d年")
_ASKS = {Want.TARGETS, Want.DEADLINE, Want.DAYS, Want.FIGURE}


def of_the_year(piece: Piece, query: Query, library: Library, today: date) -> Query | Trouble:
    """What is asked of targets by name: of several years that one which is said; where the plan has none, nothing."""
    entries = [entry for entry in resolve(query.topic, library) if entry.kind is EntryKind.TARGET]
    if query.want not in _ASKS or not entries or len(entries) < len(query.topic):
        return query
    every = tuple(dict.fromkeys(other for entry in entries for other in library.versions(entry)))
    every = _told_apart(every, piece) or every
    years = years_of(piece, today)
    if len(years) != 1 or query.want is Want.FIGURE:
        by_name = not piece.topic or any(map(_IN_NAME.search, piece.named))  # 2027年起降点 is the plan's own name
        return query if by_name else replace(query, topic=tuple(entry.key for entry in every))
    own = tuple(entry for entry in every if _is_of(entry.thing, years[0]))
    if own:
        return replace(query, topic=tuple(entry.key for entry in own))
    return Trouble(Why.NOT_OF_YEAR, {"name": str(years[0])}, open=every, query=replace(query, topic=()))


def _told_apart(entries: tuple[Entry, ...], piece: Piece) -> tuple[Entry, ...]:
    """Those whose figure was said."""
    return tuple(
        entry
        for entry in entries
        if isinstance(entry.thing, Target) and any(same_amount(entry.thing, said) for said in piece.figures)
    )


def _is_of(target: object, year: int) -> bool:
    """Whether a target holds in a year; one without a deadline is not said to be of any other."""
    if not isinstance(target, Target) or target.deadline is None:
        return True
    return target.deadline.year == year or (target.period in _YEARLY and year < target.deadline.year)
