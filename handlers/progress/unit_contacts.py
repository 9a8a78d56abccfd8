"""How the units that owe figures can be asked for them, and how often they have been: by rule and by hand."""

from collections import defaultdict
from collections.abc import Iterable

from sqlalchemy.orm import Session

from knowledge.questions.answering.progress_answers import UnitContact
from knowledge.reminders.recipients import subject_of_item
from knowledge.reminders.rules import PRESSED, RANK
from knowledge.standing.picture import PeriodItem, by_unit
from storage.chats import reachable
from storage.people import Role, members_of_plan
from storage.schedule_items import told_of_periods


def unit_contacts(session: Session, plan: str, items: Iterable[PeriodItem]) -> dict[str, UnitContact]:
    """By unit, of the items that it owes; several people who were told at one time were told once."""
    owing = by_unit(items)
    labels = {one.period.label for own in owing.values() for one in own}
    people: dict[str, set[int]] = defaultdict(set)
    liaisons: set[str] = set()
    heads: dict[str, set[int]] = defaultdict(set)
    for member in members_of_plan(session, plan):
        for grant in member.grants:
            if grant.plan == plan and grant.unit and not member.locked:
                people[grant.unit].add(member.id)
                liaisons |= {grant.unit} if grant.role is Role.LIAISON else set()
                if grant.role is Role.HEAD and not grant.not_pushed and member.telegram_id:
                    heads[grant.unit].add(member.telegram_id)
    chats = reachable(session, {person for own in heads.values() for person in own})
    told = told_of_periods(session, {plan}, (*RANK, PRESSED), labels)
    found = {}
    for unit, own in owing.items():
        figures = {(subject_of_item(one), one.period.label) for one in own}
        mine = {
            (one.rule, one.occurrence)
            for one in told
            if one.member in people[unit] and (one.subject, one.label) in figures
        }
        found[unit] = UnitContact(
            by_rule=sum(rule in RANK for rule, _ in mine),
            by_hand=sum(rule == PRESSED for rule, _ in mine),
            liaison=unit in liaisons,
            head=bool(heads[unit] & chats),
        )
    return found
