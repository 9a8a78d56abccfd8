"""Every message that will be sent by rule in the next weeks: the tick, done ahead over what is known now.

All that decides is loaded once, as `ForecastInputs`; going through the days after that reads and stores nothing. It
holds as long as people, cards, figures and settings stay as they are.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta
from itertools import count

from sqlalchemy.orm import Session

from handlers.chat.context import Services
from handlers.schedule.batching import Recipients, batch_items
from handlers.schedule.due_items import due_occasions, items_of, next_rows
from handlers.schedule.message_items import (
    ASKING,
    FiguresKey,
    LastTelling,
    last_tellings,
    needless_in,
    personal_in,
    repeated_items,
)
from handlers.schedule.outbox_messages import load_recipients
from handlers.schedule.plan_schedule import Agenda, load_agenda, planned_in, rows_in
from handlers.schedule.preferences import as_preferred
from handlers.schedule.snapshot import SnapshotSource, load_snapshot_source
from handlers.services.clock import PLAN_ZONE
from knowledge.plan.model import Frequency, Plan
from knowledge.reminders.defaults import RemindDefaults
from knowledge.reminders.recipients import Occasion, PlanSnapshot, ReminderItem, expand
from knowledge.reminders.rules import RuleChange
from knowledge.standing.periods import DueDays, period_asked
from knowledge.standing.picture import DayPicture
from storage.outbox import OutboxKind
from storage.people import Member, get_members
from storage.personal_reminders import get_personal
from storage.schedule import RowKey, ScheduledRule, rows_of
from storage.schedule_items import ItemKey, NewItem, StoredItem, item_keys, stored, told_of_periods, waiting_items
from storage.subscriptions import AS_CONFIGURED

_MADE = timedelta(days=31)
"""How far back an occasion can have been told that a change of days has moved into the future."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ForecastMessage:
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
    before: Mapping[FiguresKey, LastTelling]
    """When the same figures will have been asked for before."""

    @property
    def day(self) -> date:
        return self.at.date()

    @property
    def rules(self) -> tuple[str, ...]:
        """What the message is of, each rule once."""
        return tuple(dict.fromkeys(item.rule for item in self.items))

    def of(self, plan: str) -> "ForecastMessage | None":
        """Only what is told of the plan; None where that is nothing."""
        items = tuple(item for item in self.items if item.plan == plan)
        return replace(self, items=items) if items else None


@dataclass(frozen=True, slots=True, kw_only=True)
class ForecastInputs:
    """Everything that decides what will be sent, of all plans: a person's messages are joined from all of them."""

    defaults: RemindDefaults
    now: datetime
    agendas: Mapping[str, Agenda]
    sources: Mapping[str, SnapshotSource]
    held: Mapping[RowKey, ScheduledRule]
    waiting: tuple[StoredItem, ...]
    made: frozenset[ItemKey]
    to: Recipients
    again: Mapping[str, tuple[StoredItem, ...]]
    """What is told again, by the subject of the item that tells it."""
    told: tuple[StoredItem, ...]
    """By which figures have been asked for already."""
    _pictures: dict[tuple[str, date], DayPicture] = field(default_factory=dict)

    def picture(self, plan: str, day: date) -> DayPicture:
        """Of a day to come, if nothing is reported until then; computed once, also where the days are gone through
        again under other rules."""
        found = self._pictures.get((plan, day))
        if found is None:
            found = self._pictures[plan, day] = self.sources[plan].picture.on(day)
        return found

    def with_rule(self, plan: str, rule: str, change: RuleChange) -> "ForecastInputs":
        """As it would be if the office changed a rule so."""
        agenda = self.agendas[plan].with_rule(rule, change)
        return replace(self, agendas={**self.agendas, plan: agenda})


def forecast(session: Session, services: Services, plan: Plan, until: date) -> tuple[ForecastMessage, ...]:
    """What will be told of the plan from now to the end of a plan day, in order of time."""
    return tuple(forecast_from(load_inputs(session, services), plan.name, until))


def forecast_from(inputs: ForecastInputs, plan: str, until: date) -> Iterator[ForecastMessage]:
    for one in _Simulation(inputs).through(until):
        if own := one.of(plan):
            yield own


def load_inputs(session: Session, services: Services) -> ForecastInputs:
    now, plans = services.clock.now(), services.question_service.library.plans
    held = {key: row for plan in plans for key, row in rows_of(session, plan.name).items()}
    since = min([now, *(row.next_due for row in held.values())]).astimezone(PLAN_ZONE).date()
    library, due_days = services.question_service.library, services.remind.due_days
    sources = {
        plan.name: load_snapshot_source(session, library, plan, today=now.date(), due_days=due_days) for plan in plans
    }
    waiting = waiting_items(session)
    members = {member.id: member for source in sources.values() for member in source.members}
    left = {item.member for item in waiting} - members.keys()
    agendas = {plan.name: load_agenda(session, plan, services.remind, since=since) for plan in plans}
    own = {int(one.subject) for agenda in agendas.values() for one in agenda.personal}
    personal = {**personal_in(session, waiting), **(get_personal(session, own) if own else {})}
    return ForecastInputs(
        defaults=services.remind,
        now=now,
        agendas=agendas,
        sources=sources,
        held=held,
        waiting=waiting,
        made=item_keys(session, now - _MADE),
        to=load_recipients(session, services, [*members.values(), *get_members(session, left)], now),
        again=repeated_items(session, personal.values()),
        told=told_of_periods(session, sources.keys(), ASKING, _labels(now.date(), due_days)),
    )


def _labels(today: date, due_days: DueDays) -> frozenset[str]:
    """Of the periods that are still asked for, or were a month ago: of later ones nothing has been."""
    days = (today, today - timedelta(days=31))
    return frozenset(period_asked(frequency, day, due_days).label for frequency in Frequency for day in days)


class _Simulation:
    """Ticks from moment to moment."""

    def __init__(self, inputs: ForecastInputs) -> None:
        self._inputs = inputs
        self._planned = {
            name: {one.rule_and_subject: one for one in planned_in(agenda)} for name, agenda in inputs.agendas.items()
        }
        self._rows: dict[RowKey, ScheduledRule] = {}
        for agenda in inputs.agendas.values():
            self._rows |= rows_in(agenda, inputs.held, now=inputs.now)
        self._waiting = {item.id: item for item in inputs.waiting}
        self._numbers = count(1 + max(self._waiting, default=0))
        self._moved: dict[int, date] = {}
        self._made = set(inputs.made)
        self._used = set(inputs.to.used)
        self._told = list(inputs.told)

    def through(self, until: date) -> Iterator[ForecastMessage]:
        moment = self._inputs.now
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
            agenda, planned = self._inputs.agendas[plan], self._planned[plan]
            snapshot = self._snapshot(plan, moment.date())
            own = [row for row in due if row.plan == plan]
            for row in own:
                for due_now in due_occasions(planned[row.rule_and_subject], agenda, row, moment):
                    for item in items_of(plan, due_now, _found(due_now.occasion, snapshot), moment):
                        self._keep(item, due_now.occasion.day)
            ahead, gone = next_rows(own, planned, agenda, moment)
            self._rows |= {row.key: row for row in ahead}
            for row in gone:
                del self._rows[row.key]

    def _keep(self, new: NewItem, day: date) -> None:
        if new.key in self._made:
            return
        self._made.add(new.key)
        preferences = self._inputs.to.preferences.get(new.member, AS_CONFIGURED)
        item = as_preferred(new, preferences, self._inputs.defaults)
        if item.reason:
            return
        number = next(self._numbers)
        self._waiting[number] = stored(item, number)
        if item.planned.date() != day:
            self._moved[number] = day

    def _join(self, moment: datetime) -> Iterator[ForecastMessage]:
        waiting = [item for item in self._waiting.values() if item.due <= moment]
        again = self._inputs.again
        told = (one for item in waiting if item.rule == "personal" for one in again.get(item.subject, ()))
        snapshots = {
            plan: self._snapshot(plan, moment.date())
            for plan in dict.fromkeys(item.plan for item in (*waiting, *told))
            if plan in self._inputs.sources
        }
        to = replace(self._inputs.to, used=self._used)
        needless = needless_in(snapshots, self._inputs.defaults)
        result = batch_items(waiting, to, self._inputs.defaults, needless=needless, again=again, moment=moment)
        for number in result.skipped:
            del self._waiting[number]
        for number, due in result.postponed.items():
            self._waiting[number] = replace(self._waiting[number], due=due)
        before = tuple(self._told)
        for batch in result.batches:
            self._used.add(batch.key)
            for item in batch.items:
                del self._waiting[item.id]
            self._told += batch.items
            first = tuple(one for item in batch.items for one in again.get(item.subject, (item,)))
            yield ForecastMessage(
                at=moment,
                kind=batch.kind,
                member=batch.member,
                items=batch.items,
                moved={item.id: self._moved[item.id] for item in batch.items if item.id in self._moved},
                snapshots=snapshots,
                before=last_tellings(first, before, again=first != batch.items),
            )

    def _snapshot(self, plan: str, day: date) -> PlanSnapshot:
        return self._inputs.sources[plan].snapshot(self._inputs.picture(plan, day))


def _found(occasion: Occasion, snapshot: PlanSnapshot) -> tuple[ReminderItem, ...]:
    """Nothing of what cannot be made: the tick puts that off and reports it, and the rest is still to be seen."""
    try:
        return expand(occasion, snapshot)
    except Exception:
        return ()
