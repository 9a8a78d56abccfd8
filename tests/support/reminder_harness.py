"""The playground's people bound to the plan, a clock to move, and the tick: what each would be told on a day."""

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal

from sqlalchemy import select

from bot.playground.bindings import seed_people
from bot.playground.personas import load_cast
from handlers.access.service import Service
from handlers.chat.context import Me, Services
from handlers.schedule.plan_schedule import rebuild_all
from handlers.schedule.tick import tick
from handlers.services.alias_overlay import AliasOverlay
from handlers.services.clock import PlanClock, machine_now
from handlers.services.invite_codes import Codes
from handlers.services.question_service import QuestionService
from handlers.services.rate_limit import Limiter
from knowledge.plan.key import EntryKey, EntryKind
from knowledge.plan.model import Frequency, Target
from knowledge.reports.model import UpdateKind
from knowledge.standing.report import Status
from storage.cards import CardField, cards_of, set_field
from storage.database import Database
from storage.outbox import OutboxRow
from storage.people import find_member
from storage.reports import NewReport, add_report
from storage.rich_text import plain_text

TRAFFIC, SCIENCE, MEICHUAN, SUPERVISOR, OFFICE, HEAD, LEADER = range(510002, 510009)
PLAN = "wuxue-2021-26"
BASE_STATION = ("5.2", "5G基站")


@dataclass
class ReminderHarness:
    """`on(day)` moves the clock to 9:00 of the day and ticks; returns what was put into the outbox, by chat."""

    database: Database
    question_service: QuestionService
    day: date
    services: Services = field(init=False)
    _seen: int = 0

    def __post_init__(self) -> None:
        clock = PlanClock()
        clock.shift_to_time(self.day, time(8, 30))
        self.services = Services(
            aliases=AliasOverlay(self.question_service),
            me=Me(id=1, username="duban_bot", link="https://t.me/duban_bot", reads_all=False),
            clock=clock,
            limiter=Limiter(600),
            service=Service(internal=True),
            codes=Codes("12345:token"),
        )
        with self.database.write() as session:
            seed_people(session, load_cast().people.values(), plan=PLAN, now=machine_now())

    def rebuild(self) -> None:
        with self.database.write() as session:
            rebuild_all(session, self.services)

    def own(self, unit: str, *names: tuple[str, str], frequency: Frequency | None = None) -> None:
        """The office confirms the unit as the owner of these targets."""
        with self.database.write() as session:
            office = find_member(session, OFFICE)
            assert office is not None
            for name in names:
                target = self.target(*name)
                card = replace(cards_of(session, PLAN).of(target), owner=unit, frequency=frequency)
                for changed in (CardField.OWNER, CardField.FREQUENCY):
                    today = self.services.clock.today()
                    set_field(session, PLAN, target, changed, card, by=office.id, now=machine_now(), today=today)
        self.rebuild()

    def target(self, task: str, name: str) -> Target:
        return next(one for _, one in self.question_service.library.targets if (one.task, one.name) == (task, name))

    def report(self, person: int, unit: str, name: tuple[str, str], value: int, day: date) -> None:
        with self.database.write() as session:
            author = find_member(session, person)
            assert author is not None
            add_report(
                session,
                NewReport(
                    subject=EntryKey(EntryKind.TARGET, name[1], PLAN, name[0]),
                    unit=unit,
                    kind=UpdateKind.READING,
                    value=Decimal(value),
                    measure=self.target(*name).unit,
                    said=str(value),
                    as_of=day,
                    author=author.id,
                    status=Status.ACCEPTED,
                ),
                now=machine_now(),
            )

    def on(self, day: date, at: time = time(9)) -> dict[int, list[str]]:
        """What is put into the outbox at this moment of plan time, as plain text by chat."""
        self.services.clock.shift_to_time(day, at)
        return self.tick()

    def through(self, first: date, last: date) -> Iterator[tuple[date, dict[int, list[str]]]]:
        """Day by day, those on which anything is told."""
        day = first
        while day <= last:
            if told := self.on(day):
                yield day, told
            day += timedelta(days=1)

    def tick(self) -> dict[int, list[str]]:
        busy = True
        while busy:
            with self.database.write() as session:
                ticked = tick(session, self.services, now=datetime.now(UTC))
            assert ticked.failures == ()
            busy = ticked.busy
        told: dict[int, list[str]] = {}
        with self.database.read() as session:
            rows = session.scalars(select(OutboxRow).where(OutboxRow.id > self._seen).order_by(OutboxRow.id)).all()
        for row in rows:
            told.setdefault(row.chat_id, []).append(plain_text(row.text))
            self._seen = row.id
        return told
