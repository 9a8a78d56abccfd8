"""Questions about progress, answered over what the caller has loaded: Query + Progress → Answer.

A plan's own answer shows the same standings beside it, where the asker may see them.
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum
from typing import Protocol

from knowledge.entities.library import Library
from knowledge.plan.key import UNCOUNTED, EntryKind
from knowledge.plan.model import Card, Target
from knowledge.questions.answer import Answer, Content, Outcome, Why
from knowledge.questions.answering.plan_answers import understood
from knowledge.questions.answering.scope import Scope, scope_of
from knowledge.questions.answering.selection import select
from knowledge.questions.query import Query, Want
from knowledge.questions.understand.topic_linker import resolve
from knowledge.standing.overview import (
    behind,
    by_urgency,
    lowest,
    of_units,
    task_lights,
    with_light,
)
from knowledge.standing.picture import DayPicture, PeriodItem, owed, units_of
from knowledge.standing.report import Report
from knowledge.standing.values import Standing


class Aspect(StrEnum):
    """What of one standing is asked for, and so is said first."""

    MISSING = "missing"
    PACE = "pace"


@dataclass(frozen=True, slots=True, kw_only=True)
class UnitContact:
    """How a unit that owes figures was asked for them, and whether anybody can be."""

    by_rule: int
    by_hand: int
    liaison: bool
    head: bool
    """Whether a head of the unit can be told to press for them."""


class Progress(Protocol):
    """What one asker may see of the progress of the plans, loaded when an answer needs it."""

    @property
    def by_urgency(self) -> bool:
        """Whether the asker presses for what lags: lists are then working lists, what needs most attention first."""
        ...

    @property
    def writes_down(self) -> bool:
        """Whether the asker may write down for a unit what it says elsewhere."""
        ...

    @property
    def sees_gaps(self) -> bool:
        """Whether the asker sees to it that targets have owners."""
        ...

    def standings(self, scope: Scope, day: date) -> tuple[Standing, ...]:
        """Where everything in the scope that the asker may see stands at the end of `day`, in the plan's order."""
        ...

    def sees_all(self, scope: Scope) -> bool:
        """Whether nothing of what is recorded about the scope is kept from the asker."""
        ...

    def pictures(self, scope: Scope, day: date) -> tuple[DayPicture, ...]:
        """The day's picture of each plan of which the asker sees all, of the scope only."""
        ...

    def said(self, scope: Scope, since: date, until: date) -> tuple[Report, ...]:
        """Accepted reports that arrived on the days `since` to `until`, in order of arrival."""
        ...

    def words(self, reports: Iterable[Report]) -> Mapping[int, str]:
        """What each of the reports was read from, by its number."""
        ...

    def contacts(self, items: Iterable[PeriodItem]) -> Mapping[str, UnitContact]:
        """By unit; nothing for whom that is no business."""
        ...

    def card(self, plan: str, target: Target) -> Card:
        """The card in force."""
        ...


def answer_progress(
    query: Query, library: Library, progress: Progress, *, question: str, cleaned: str, today: date
) -> Answer:
    """Answer a query whose want is one of OF_PROGRESS; lists only where the asker sees all that is recorded."""
    query = _with_namesakes(query, library, cleaned)
    answer = understood(query, library, question=question)
    scope = scope_of(query, library)
    whole = progress.sees_all(scope)
    if query.want in _LISTS and not whole:
        return replace(answer, outcome=Outcome.DECLINED, why=Why.NO_PROGRESS, standings=())
    day = query.as_of or today
    if query.want is Want.REPORTED:
        since = query.since or (query.as_of or today.replace(day=1))
        said = progress.said(scope, since, day)
        return replace(answer, standings=(), detail={"said": said, "since": since, "until": day})
    if query.want is Want.UNREPORTED:
        # what was asked for in a month that is named may have been reported since
        return _unreported(answer, query, progress, progress.pictures(scope, today if query.since else day), day)
    standings = _of_units(progress.standings(scope, day), query)
    troubled = tuple(one for one in standings if one.problems)
    counted = tuple(one for one in standings if one.target or one.figure)
    if len(query.topic) > 1:
        standings = tuple(sorted(standings, key=lambda one: one.figure is None))
    elif len(standings) > 1 and query.listed is not Want.TASKS:
        standings = counted
    chosen = _chosen(query, by_urgency(standings) if progress.by_urgency else standings)
    detail = {
        "entries": select(query, library).entries,
        "among": counted,
        "troubled": troubled,
        "day": day,
        "today": today,
        "whole": whole,
        "aspect": _aspect(cleaned),
        "words": progress.words(chosen[0].problems) if len(chosen) == 1 and chosen[0].problems else {},
        "presses": progress.by_urgency,
    }
    return replace(answer, content=_content(query, chosen, library), standings=chosen, detail=detail)


def with_standings(answer: Answer, library: Library, progress: Progress, *, today: date) -> Answer:
    """A plan's answer with where its tasks and targets stand."""
    query = answer.query
    if query is None or query.want not in _SHOWS or not (query.has_subject or query.due):
        return replace(answer, standings=())
    targets = answer.content.targets
    scope = scope_of(query, library)
    if targets:
        shown = {(target.task, target.name) for target in targets}
        scope = Scope(tuple(one for one in scope.targets if (one[1].task, one[1].name) in shown), ())
    return replace(answer, standings=_of_units(progress.standings(scope, today), query))


def with_cards(answer: Answer, library: Library, progress: Progress | None) -> Answer:
    """The answer to 口径是什么: the cards of its targets, the register's own where the office's may not be seen."""
    held = scope_of(answer.query, library).targets if answer.query else ()
    cards = tuple((target, progress.card(plan, target) if progress else target.card) for plan, target in held)
    return replace(answer, detail={**answer.detail, "cards": cards})


_MOST_NAMESAKES, _SHORTEST = 6, 2


def _with_namesakes(query: Query, library: Library, cleaned: str) -> Query:
    """With the few targets and projects whose names hold what was said for what has no figure: 5G, of 5G基站, too."""
    (meant, *others) = resolve(query.topic, library) or (None,)
    said = max((one for one in meant.surfaces if one in cleaned), key=len, default="") if meant else ""
    if meant is None or others or query.want is not Want.PROGRESS or meant.kind not in UNCOUNTED:
        return query
    if len(said) < _SHORTEST or said == meant.surfaces[0]:
        return query
    alike = [one.key for one in library.index.entries if one.kind in _COUNTED and said in one.surfaces[0]]
    topic = tuple(dict.fromkeys(key for key in (meant.key, *alike) if key.plan == meant.key.plan))
    counts = any(key.kind is EntryKind.TARGET for key in topic)
    return replace(query, topic=topic) if counts and len(topic) <= _MOST_NAMESAKES else query


_COUNTED = {EntryKind.TARGET, EntryKind.PROJECT}
_ASPECTS = {Aspect.MISSING: re.compile("差(?:多少|几|距)|缺(?:多少|几|口)"), Aspect.PACE: re.compile("序时")}

_LISTS = {Want.REPORTED, Want.UNREPORTED, Want.LIGHTS, Want.BEHIND, Want.RANKED}
"""What is wrong, and points at people, where a part of the record is missing."""

_SHOWS = {
    Want.TASKS,
    Want.UNITS,
    Want.TARGETS,
    Want.DEADLINE,
    Want.DAYS,
    Want.SAYS,
    Want.HOLDS,
    Want.FIGURE,
    Want.COUNT_TASKS,
    Want.COUNT_TARGETS,
}


def _aspect(cleaned: str) -> Aspect | None:
    return next((aspect for aspect, words in _ASPECTS.items() if words.search(cleaned)), None)


def _of_units(standings: tuple[Standing, ...], query: Query) -> tuple[Standing, ...]:
    """Of units' tasks only what one of them answers for."""
    units = [unit for term in query.terms if not term.negated for unit in term.units]
    return of_units(standings, units) if units else standings


def _chosen(query: Query, standings: tuple[Standing, ...]) -> tuple[Standing, ...]:
    if query.want is Want.LIGHTS:
        if query.listed is Want.TASKS:
            return _of_task_lights(query, standings)
        return with_light(standings, query.lights) if query.lights else standings
    if query.want is Want.BEHIND:
        return behind(standings)
    if query.want is Want.RANKED:
        return lowest(standings, query.top) if query.fewest else _highest(standings, query.top)
    return standings


def _of_task_lights(query: Query, standings: tuple[Standing, ...]) -> tuple[Standing, ...]:
    """What gives the tasks of these lights their light."""
    tasks = {task for task, light in task_lights(standings).items() if not query.lights or light in query.lights}
    lights = query.lights or tuple(one.light for one in standings)
    return tuple(one for one in standings if one.subject.task in tasks and one.light in lights)


def _highest(standings: tuple[Standing, ...], count: int) -> tuple[Standing, ...]:
    ranked = sorted((one for one in standings if one.share is not None), key=lambda one: -(one.share or 0))
    limit = ranked[:count][-1].share if ranked else None
    return tuple(one for one in ranked if limit is not None and one.share is not None and one.share >= limit)


def _content(query: Query, chosen: tuple[Standing, ...], library: Library) -> Content:
    if query.listed is Want.TARGETS or query.want is Want.RANKED:
        return Content(targets=tuple(one.target for one in chosen if one.target))
    if query.listed is Want.TASKS:
        ids = (f"{one.subject.plan}/{one.subject.task}" if library.mixed else one.subject.task for one in chosen)
        return Content(tasks=tuple(dict.fromkeys(ids)))
    return Content()


def _unreported(answer: Answer, query: Query, progress: Progress, pictures: Iterable[DayPicture], day: date) -> Answer:
    """Who owes what of the periods that were asked for on the last day asked about (by default today)."""
    units = [unit for term in query.terms if not term.negated for unit in term.units]
    items = tuple(
        one for picture in pictures for one in picture.asked_on(day) if len(units) != 1 or one.unit == units[0]
    )
    left = owed(items)
    content = Content(units=units_of(left))
    if query.listed is Want.TARGETS or query.units:
        targets = (one.standing.target for one in left if one.standing.target)
        content = Content(targets=tuple(dict.fromkeys(targets)))
    unconfirmed = tuple(one for picture in pictures for one in picture.unconfirmed)
    detail = {
        "items": items,
        "unsupervised": tuple(unit for unit in units if any(unit in picture.unsupervised for picture in pictures)),
        "unconfirmed": unconfirmed,
        "until": day,
        "contacts": progress.contacts(left),
        "presses": progress.by_urgency,
        "gaps": progress.sees_gaps,
        "writes_down": progress.writes_down,
    }
    return replace(answer, content=content, standings=tuple(dict.fromkeys(one.standing for one in left)), detail=detail)
