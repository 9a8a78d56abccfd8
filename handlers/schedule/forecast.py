"""Every message that will be sent by rule in the next weeks: the tick, done ahead over what is known now.

All that decides is loaded once, as an `Outlook`; walking through the days after that reads and stores nothing. It holds
as long as people, cards, figures and settings stay as they are.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta
from itertools import count

from sqlalchemy.orm import Session

from handlers.chat.context import Services
from handlers.schedule.batching import Recipients, sort_out
from handlers.schedule.due_items import also_asked, items_of, missed_by, moved_on
from handlers.schedule.enqueue import addressees
from handlers.schedule.message_items import needless_in, personal_in, told_again
from handlers.schedule.plan_schedule import Agenda, load_agenda, planned_in, rows_in
from handlers.schedule.preferences import as_wished
from handlers.schedule.snapshot import SnapshotSource, Standings, load_snapshot_source
from handlers.services.clock import PLAN_ZONE
from knowledge.entities.library import Library
from knowledge.plan.model import Plan
from knowledge.reminders.defaults import RemindDefaults
from knowledge.reminders.recipients import Occasion, PlanSnapshot, ReminderItem, expand
from knowledge.reminders.rules import RuleChange
from storage.cards import Cards, cards_of
from storage.outbox import OutboxKind
from storage.people import Member, get_members
from storage.personal_reminders import get_personal
from storage.schedule import RowKey, ScheduledRule, rows_of
from storage.schedule_items import ASKING, ItemKey, NewItem, StoredItem, figure_of, item_keys, stored, waiting_items
from storage.subscriptions import AS_CONFIGURED

_MADE = timedelta(days=31)
"""How far back an occasion can have been told that a change of days has moved into the future."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Coming:
    """A message to come; its items are not stored, their numbers only tell them apart."""

    at: datetime
    """Plan time."""
    kind: OutboxKind
    member: Member
    items: tuple[StoredItem, ...]
    moved: Mapping[int, date]
    """By an item's number: the day that its occasion was for, where that is another than the one it is told on."""
    snapshots: Mapping[str, PlanSnapshot]
    """By plan: what the message will be written from."""

    @property
    def day(self) -> date:
        return self.at.date()

    @property
    def rules(self) -> tuple[str, ...]:
        """What the message is of, each rule once."""
        return tuple(dict.fromkeys(item.rule for item in self.items))

    def of(self, plan: str) -> "Coming | None":
        """Only what is told of the plan; None where that is nothing."""
        items = tuple(item for item in self.items if item.plan == plan)
        return replace(self, items=items) if items else None


@dataclass(frozen=True, slots=True, kw_only=True)
class Outlook:
    """Everything that decides what will be sent, of all plans: a person's messages are joined from all of them."""

    library: Library
    defaults: RemindDefaults
    now: datetime
    agendas: Mapping[str, Agenda]
    sources: Mapping[str, SnapshotSource]
    cards: Mapping[str, Cards]
    held: Mapping[RowKey, ScheduledRule]
    waiting: tuple[StoredItem, ...]
    made: frozenset[ItemKey]
    to: Recipients
    again: Mapping[str, tuple[StoredItem, ...]]
    """What is told again, by the subject of the item that tells it."""
    _standings: dict[tuple[str, date], Standings] = field(default_factory=dict)

    def standings(self, plan: str, day: date) -> Standings:
        """Computed once a day, also where the days are walked again under other rules."""
        found = self._standings.get((plan, day))
        if found is None:
            found = self._standings[plan, day] = self.sources[plan].standings(day, self.library, self.cards[plan])
        return found

    def with_rule(self, plan: str, rule: str, change: RuleChange) -> "Outlook":
        """As it would be if the office changed a rule so."""
        agenda = self.agendas[plan].with_rule(rule, change)
        return replace(self, agendas={**self.agendas, plan: agenda})


def coming(session: Session, services: Services, plan: Plan, until: date) -> tuple[Coming, ...]:
    """What will be told of the plan from now to the end of a plan day, in order of time."""
    return tuple(foresee(load_outlook(session, services), plan.name, until))


def foresee(outlook: Outlook, plan: str, until: date) -> Iterator[Coming]:
    for one in _Walk(outlook).through(until):
        if own := one.of(plan):
            yield own


def load_outlook(session: Session, services: Services) -> Outlook:
    now, plans = services.clock.now(), services.question_service.library.plans
    held = {key: row for plan in plans for key, row in rows_of(session, plan.name).items()}
    since = min([now, *(row.next_due for row in held.values())]).astimezone(PLAN_ZONE).date()
    sources = {plan.name: load_snapshot_source(session, plan, today=now.date()) for plan in plans}
    waiting = waiting_items(session)
    members = {member.id: member for source in sources.values() for member in source.members}
    left = {item.member for item in waiting} - members.keys()
    agendas = {plan.name: load_agenda(session, plan, services.remind, since=since) for plan in plans}
    own = {int(one.subject) for agenda in agendas.values() for one in agenda.personal}
    personal = {**personal_in(session, waiting), **(get_personal(session, own) if own else {})}
    return Outlook(
        library=services.question_service.library,
        defaults=services.remind,
        now=now,
        agendas=agendas,
        sources=sources,
        cards={plan.name: cards_of(session, plan.name) for plan in plans},
        held=held,
        waiting=waiting,
        made=item_keys(session, now - _MADE),
        to=addressees(session, services, [*members.values(), *get_members(session, left)], now),
        again=told_again(session, personal.values()),
    )


class _Walk:
    """Ticks from moment to moment."""

    def __init__(self, outlook: Outlook) -> None:
        self._outlook = outlook
        self._planned = {
            name: {one.rule_and_subject: one for one in planned_in(agenda)} for name, agenda in outlook.agendas.items()
        }
        self._rows: dict[RowKey, ScheduledRule] = {}
        for agenda in outlook.agendas.values():
            self._rows |= rows_in(agenda, outlook.held, now=outlook.now)
        self._waiting = {item.id: item for item in outlook.waiting}
        self._numbers = count(1 + max(self._waiting, default=0))
        self._moved: dict[int, date] = {}
        self._made = set(outlook.made)
        self._used = set(outlook.to.used)
        self._asked = {name: dict(source.asked) for name, source in outlook.sources.items()}

    def through(self, until: date) -> Iterator[Coming]:
        moment = self._outlook.now
        while moment.date() <= until:
            self._expand(moment)
            yield from self._join(moment)
            ahead = [row.next_due for row in self._rows.values()] + [item.due for item in self._waiting.values()]
            if not ahead:
                return
            moment = min(ahead).astimezone(PLAN_ZONE)

    def _expand(self, moment: datetime) -> None:
        due = sorted((row for row in self._rows.values() if row.next_due <= moment), key=lambda row: row.next_due)
        for plan in dict.fromkeys(row.plan for row in due):
            agenda, planned = self._outlook.agendas[plan], self._planned[plan]
            snapshot = self._snapshot(plan, moment.date())
            own = [row for row in due if row.plan == plan]
            for row in own:
                for missed in missed_by(planned[row.rule_and_subject], agenda, row, moment):
                    made = items_of(plan, missed, _found(missed.occasion, snapshot), moment)
                    snapshot = also_asked(snapshot, made)
                    for item in made:
                        self._keep(item, missed.occasion.day)
            ahead, gone = moved_on(own, planned, agenda, moment)
            self._rows |= {row.key: row for row in ahead}
            for row in gone:
                del self._rows[row.key]

    def _keep(self, new: NewItem, day: date) -> None:
        if new.key in self._made:
            return
        self._made.add(new.key)
        if new.rule in ASKING:
            figure = figure_of(new.subject, new.occurrence)
            asked = self._asked[new.plan]
            asked[figure] = max(new.planned, asked.get(figure, new.planned))
        wishes = self._outlook.to.wishes.get(new.member, AS_CONFIGURED)
        item = as_wished(new, wishes, self._outlook.defaults)
        if item.reason:
            return
        number = next(self._numbers)
        self._waiting[number] = stored(item, number)
        if item.planned.date() != day:
            self._moved[number] = day

    def _join(self, moment: datetime) -> Iterator[Coming]:
        waiting = [item for item in self._waiting.values() if item.due <= moment]
        again = self._outlook.again
        told = (one for item in waiting if item.rule == "personal" for one in again.get(item.subject, ()))
        snapshots = {
            plan: self._snapshot(plan, moment.date())
            for plan in dict.fromkeys(item.plan for item in (*waiting, *told))
            if plan in self._outlook.sources
        }
        to = replace(self._outlook.to, used=self._used)
        needless = needless_in(snapshots, self._outlook.defaults)
        result = sort_out(waiting, to, self._outlook.defaults, needless=needless, again=again, moment=moment)
        for number in result.skipped:
            del self._waiting[number]
        for number, due in result.postponed.items():
            self._waiting[number] = replace(self._waiting[number], due=due)
        for parcel in result.parcels:
            self._used.add(parcel.key)
            for item in parcel.items:
                del self._waiting[item.id]
            yield Coming(
                at=moment,
                kind=parcel.kind,
                member=parcel.member,
                items=parcel.items,
                moved={item.id: self._moved[item.id] for item in parcel.items if item.id in self._moved},
                snapshots=snapshots,
            )

    def _snapshot(self, plan: str, day: date) -> PlanSnapshot:
        standings = self._outlook.standings(plan, day)
        return self._outlook.sources[plan].snapshot(day, standings, self._asked[plan])


def _found(occasion: Occasion, snapshot: PlanSnapshot) -> tuple[ReminderItem, ...]:
    """Nothing of what cannot be made: the tick puts that off and reports it, and the rest is still to be seen."""
    try:
        return expand(occasion, snapshot)
    except Exception:
        return ()
