"""A plan's picture from reports at hand, without a database."""

from collections.abc import Iterable
from datetime import date

from handlers.access.responsibility import unsupervised_in
from handlers.progress.pictures import time_of, units_of_subject
from knowledge.entities.library import Library
from knowledge.plan.key import EntryKey, EntryKind
from knowledge.plan.model import Card, Plan, Target
from knowledge.standing.history import history_of
from knowledge.standing.periods import DEFAULT_DUE_DAYS
from knowledge.standing.picture import DayPicture, PictureSubject, reporters_of
from knowledge.standing.report import Report
from storage.cards import Cards


def picture_over(library: Library, plan: Plan, cards: Cards, reports: Iterable[Report], day: date) -> DayPicture:
    reports = tuple(reports)

    def subject(key: EntryKey, target: Target | None) -> PictureSubject:
        card, units = cards.of(target) if target else Card(), units_of_subject(key, library)
        said = [one for one in reports if one.subject == key]
        return PictureSubject(
            history=history_of(key, target, card, said),
            units=units,
            reporters=reporters_of(card, units),
            since=cards.since(target) if target else None,
        )

    targets = {
        EntryKey(EntryKind.TARGET, one.name, own, one.task): one for own, one in library.targets if own == plan.name
    }
    keys = dict.fromkeys((*targets, *(one.subject for one in reports)))
    return DayPicture(
        plan=plan.name,
        day=day,
        time=time_of(plan, None),
        due_days=DEFAULT_DUE_DAYS,
        subjects={key: subject(key, targets.get(key)) for key in keys},
        unsupervised=unsupervised_in(plan.name, library, cards),
    )
