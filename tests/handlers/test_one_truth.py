"""Random months: whatever lists, reminds, answers, drafts or counts agrees with a count that is written naively here.

The count goes over what happened, event by event, and knows nothing of pictures, histories or standings. EXAMPLES in
the environment says how many months are played (`make soak` plays many).
"""

import os
from calendar import monthrange
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from typing import Any

from conftest import MigratedDatabase
from hypothesis import HealthCheck, event, given, settings
from hypothesis import strategies as st
from sqlalchemy.orm import Session

from handlers.broadcast.bulletin_drafts import frozen
from handlers.progress.pictures import load_picture
from handlers.progress.standings import all_progress
from handlers.questions.texts import render
from handlers.schedule.next_times import Calendar, Planned, occasions
from handlers.services.question_service import Asker, QuestionService
from handlers.texts.marks import plain
from knowledge.plan.key import EntryKey, EntryKind, TaskKey
from knowledge.plan.model import Card, Frequency, Target
from knowledge.reminders.burden import FigureRequest, ledger_of
from knowledge.reminders.defaults import RemindDefaults
from knowledge.reminders.recipients import Occasion, PlanSnapshot, Post, expand
from knowledge.reminders.rules import RuleKind, rules_from
from knowledge.reminders.workdays import WorkDays
from knowledge.reports.model import UpdateKind
from knowledge.standing.brief import brief_of, month_before
from knowledge.standing.bulletin import BulletinKind
from knowledge.standing.picture import DayPicture, Duty
from knowledge.standing.report import Status
from knowledge.standing.values import Light
from storage.cards import CardField, set_field
from storage.database import Database
from storage.people import add_member
from storage.report_status import end
from storage.reports import NewReport, add_report, reports_of

PLAN = "wuxue-2021-26"
NAMES = (("5.2", "5G基站"), ("1.1", "新增高新技术企业"), ("3.1", "省级以上龙头企业"), ("1.3", "新增规上服务业企业"))
SUMMED = 2
"""Of the targets the one whose readings may be added up: each town gives its part."""
TOWNS = {
    "各镇": ("梅川镇", "余川镇", "花桥镇", "大金镇", "石佛寺镇", "四望镇", "大法寺镇", "龙坪镇"),
    "各街道": ("武穴街道", "刊江街道", "田镇街道", "万丈湖街道"),
}
FIRST = date(2023, 1, 2)
NOW = datetime(2023, 1, 2, 1, tzinfo=UTC)
UNITS = 3
DEFAULTS = RemindDefaults()
PERIOD_RULES = [one for one in rules_from(DEFAULTS).values() if one.kind is RuleKind.PERIOD and one.frequencies]
ASKED, LISTED = ("opens", "due", "late"), "late_head"

TARGET, UNIT = st.integers(0, len(NAMES) - 1), st.integers(0, UNITS - 1)
EVENTS = st.one_of(
    st.tuples(st.just("own"), TARGET, UNIT),
    st.tuples(st.just("sum")),
    st.tuples(st.just("certify"), TARGET, st.integers(0, 25)),
    st.tuples(st.just("quarterly"), TARGET),
    *[
        st.tuples(
            st.just("report"),
            TARGET,
            UNIT,
            st.sampled_from([UpdateKind.READING] * 4 + [UpdateKind.NO_CHANGE, UpdateKind.PROBLEM, UpdateKind.NOTE]),
            st.sampled_from([1, 2, 3, 1000]),
            st.integers(0, 40),
            st.integers(0, 1),
        )
    ]
    * 4,
    st.tuples(st.just("end"), st.integers(0, 9), st.sampled_from([Status.RETURNED, Status.WITHDRAWN])),
    st.tuples(st.just("correct"), st.integers(0, 9), st.sampled_from([4, 1000])),
)
DUE = (18, 54, 82, 108, 113)
"""The days on which figures are due, counted from FIRST."""
MONTHS = st.lists(st.tuples(st.integers(0, 140) | st.sampled_from(DUE), EVENTS), min_size=5, max_size=40)


@dataclass
class Said:
    target: int
    unit: str
    kind: UpdateKind
    value: int
    day: date
    label: str
    at: int
    corrects: int | None = None
    accepted: bool = True


@dataclass
class Asked:
    """What the office has confirmed of a target."""

    owner: str | None = None
    summed: bool = False
    lag: int | None = None
    """None: not certified."""
    quarterly: bool = False
    since: date | None = None


@dataclass(frozen=True)
class Span:
    """A period, without any of the program's: what it is called, its days, and when it is due."""

    label: str
    first: date
    last: date
    due: date


@dataclass
class Naive:
    goals: list[int]
    units: list[list[str]]
    cards: list[Asked] = field(default_factory=lambda: [Asked() for _ in NAMES])
    said: list[Said] = field(default_factory=list)

    def reporters(self, target: int) -> list[str]:
        card = self.cards[target]
        return self.units[target] if card.summed else [card.owner] if card.owner else []

    def live(self, target: int, day: date) -> list[Said]:
        replaced = {one.corrects for one in self.said if one.accepted and one.corrects is not None}
        return [
            one
            for number, one in enumerate(self.said)
            if one.accepted and number not in replaced and one.target == target and one.day <= day
        ]

    def last_values(self, target: int, day: date) -> dict[str, int]:
        readings = [one for one in self.live(target, day) if one.kind is UpdateKind.READING]
        return {one.unit: one.value for one in sorted(readings, key=lambda one: (one.day, one.at))}

    def figures(self, target: int, day: date) -> list[int]:
        """The values that the target stands on."""
        card, values = self.cards[target], self.last_values(target, day)
        if card.summed:
            return [sum(values.values())] if values else []
        if card.owner:
            return [value for unit, value in values.items() if unit == card.owner]
        return list(values.values())

    def done(self, target: int, day: date) -> bool:
        figures = self.figures(target, day)
        return self.cards[target].lag is None and bool(figures) and all(one >= self.goals[target] for one in figures)

    def due(self, target: int, span: Span) -> date:
        lag = self.cards[target].lag
        return span.due if lag is None else max(span.due, span.last + timedelta(days=lag))

    def state(self, target: int, unit: str, span: Span, day: date) -> str:
        card = self.cards[target]
        if card.since is not None and card.since >= self.due(target, span):
            return "not owed"
        if any(
            one.unit == unit
            and one.kind in {UpdateKind.READING, UpdateKind.NO_CHANGE}
            and span.first <= end_of(one.label) <= span.last
            for one in self.live(target, day)
        ):
            return "reported"
        waits = card.lag is not None and day < span.last + timedelta(days=card.lag)
        early = card.quarterly and day < span.last - timedelta(days=15)
        return "not owed" if self.done(target, day) or waits or early or day < span.first else "owed"

    def states(self, span: Span, *, quarterly: bool, day: date) -> dict[tuple[int, str], str]:
        """Of one period."""
        return {
            (target, unit): self.state(target, unit, span, day)
            for target, card in enumerate(self.cards)
            if card.quarterly is quarterly
            for unit in self.reporters(target)
        }

    def now(self, day: date) -> dict[tuple[int, str], str]:
        """Of the periods that are asked for."""
        return {
            (target, unit): self.state(target, unit, current(self.cards[target], day), day)
            for target in range(len(NAMES))
            for unit in self.reporters(target)
        }

    def problems(self, day: date) -> int:
        found = [one for target in range(len(NAMES)) for one in self.live(target, day) if not self.done(target, day)]
        return sum(one.kind is UpdateKind.PROBLEM for one in found)


def month_span(day: date) -> Span:
    month = max(day.month, 2)
    last = date(day.year, month, monthrange(day.year, month)[1])
    label = f"{day.year}-01~02" if month == 2 else f"{day.year}-{month:02}"
    return Span(label, date(day.year, 1 if month == 2 else month, 1), last, date(day.year, month, 25))


def quarter_span(year: int, quarter: int) -> Span:
    last = date(year, quarter * 3, monthrange(year, quarter * 3)[1])
    due = date(year + quarter // 4, quarter * 3 % 12 + 1, 20)
    return Span(f"{year}-Q{quarter}", date(year, quarter * 3 - 2, 1), last, due)


QUARTERS = [quarter_span(year, quarter) for year in (2022, 2023) for quarter in (1, 2, 3, 4)]
SPANS = [month_span(date(year, month, 1)) for year in (2022, 2023) for month in range(2, 13)]


def end_of(label: str) -> date:
    return next(one.last for one in (*QUARTERS, *SPANS) if one.label == label)


def current(card: Asked, day: date) -> Span:
    spans = QUARTERS if card.quarterly else SPANS
    if card.lag is not None:
        lag = timedelta(days=card.lag)
        return [one for one in spans if one.last + lag <= day][-1]
    if card.quarterly:
        return [one for one in spans if one.last - timedelta(days=15) <= day][-1]
    return month_span(day)


class Months:
    """What happens is told to the database and to the naive count alike."""

    def __init__(self, database: Database, service: QuestionService) -> None:
        self.database, self.service, self.at = database, service, 0
        library = service.library
        self.targets: list[Target] = [
            next(one for _, one in library.targets if (one.task, one.name) == name) for name in NAMES
        ]
        self.keys = [EntryKey(EntryKind.TARGET, one.name, PLAN, one.task) for one in self.targets]
        units = [
            [each for unit in library.tasks[TaskKey(PLAN, one.task)].units for each in TOWNS.get(unit, (unit,))]
            for one in self.targets
        ]
        self.naive = Naive([int(one.value) for one in self.targets], units)
        with database.write() as session:
            self.author = add_member(session, telegram_id=1, name="甲", now=NOW)

    def happen(self, day: date, what: tuple[Any, ...]) -> None:
        self.at += 1
        with self.database.write() as session:
            getattr(self, f"_{what[0]}")(session, day, *what[1:])

    @property
    def time(self) -> datetime:
        return NOW + timedelta(minutes=self.at)

    def _set(self, session: Session, day: date, target: int, **changed: Any) -> None:
        card = Card(**changed)
        for name in changed:
            set_field(
                session, PLAN, self.targets[target], CardField(name), card, by=self.author, now=self.time, today=day
            )

    def _own(self, session: Session, day: date, target: int, unit: int) -> None:
        name = self.naive.units[target][unit]
        self._set(session, day, target, owner=name)
        self.naive.cards[target].owner, self.naive.cards[target].since = name, day

    def _sum(self, session: Session, day: date) -> None:
        self._set(session, day, SUMMED, summed=True)
        self.naive.cards[SUMMED].summed, self.naive.cards[SUMMED].since = True, day

    def _certify(self, session: Session, day: date, target: int, lag: int) -> None:
        self._set(session, day, target, certifier="市统计局", lag=lag)
        self.naive.cards[target].lag = lag

    def _quarterly(self, session: Session, day: date, target: int) -> None:
        self._set(session, day, target, frequency=Frequency.QUARTERLY)
        self.naive.cards[target].quarterly, self.naive.cards[target].since = True, day

    def _report(
        self, session: Session, day: date, target: int, unit: int, kind: UpdateKind, value: int, back: int, late: int
    ) -> None:
        """With `late` it answers a reminder of the month before."""
        as_of = day - timedelta(days=back)
        asked = month_span(day).first - timedelta(days=1) if late else as_of
        one = Said(target, self.naive.units[target][unit], kind, value, as_of, month_span(asked).label, self.at)
        self._store(session, one, one.label if late else None)

    def _correct(self, session: Session, _day: date, number: int, value: int) -> None:
        if number < len(self.naive.said) and self.naive.said[number].kind is UpdateKind.READING:
            old = self.naive.said[number]
            new = Said(old.target, old.unit, old.kind, value, old.day, old.label, self.at, corrects=number)
            self._store(session, new, old.label)

    def _end(self, session: Session, _day: date, number: int, status: Status) -> None:
        if number < len(self.naive.said):
            end(session, number + 1, status, by=self.author, now=self.time, reason="不对")
            self.naive.said[number].accepted = False

    def _store(self, session: Session, one: Said, label: str | None) -> None:
        new = NewReport(
            subject=self.keys[one.target],
            unit=one.unit,
            kind=one.kind,
            value=Decimal(one.value) if one.kind is UpdateKind.READING else None,
            said="说的",
            as_of=one.day,
            for_period=label,
            author=self.author,
            status=Status.ACCEPTED,
            corrects=None if one.corrects is None else one.corrects + 1,
        )
        assert add_report(session, new, now=self.time) == len(self.naive.said) + 1
        self.naive.said.append(one)

    def agree(self, day: date, workdays: WorkDays) -> None:
        with self.database.read() as session:
            library = self.service.library
            picture = load_picture(session, library, library.plans[0], day, DEFAULTS.due_days)
            states = self.naive.now(day)
            assert self._states(picture, picture.current) == states
            owed = sorted(key for key, state in states.items() if state == "owed")
            event(f"owed {len(owed)}")
            self._answer_agrees(session, day, owed)
            self._ledger_agrees(session, states, day)
            self._page_agrees(picture, day)
            self._bulletin_agrees(session, day)
        for told in occasions_on(day, workdays):
            self._reminders_agree(picture, told)

    def _states(self, picture: DayPicture, items: Any) -> dict[tuple[int, str], str]:
        assert all(one.late == (one.owed and picture.day > one.due) for one in items)
        words = {Duty.OWED: "owed", Duty.REPORTED: "reported", Duty.NOT_OWED: "not owed"}
        return {(self.keys.index(one.subject), one.unit): words[one.duty] for one in items}

    def _answer_agrees(self, session: Session, day: date, owed: list[tuple[int, str]]) -> None:
        progress = all_progress(session, self.service.library, today=day, now=self.time)
        asked = self.service.ask("谁还没报", memory="", asker=Asker(day, progress=progress))
        units = {unit for _, unit in owed}
        assert set(asked.answer.content.units or ()) == units
        told = plain(render(asked.answer, asked.library))
        if owed:
            assert f"未报 {len(units)} 家、{len(owed)} 项" in told
        bare = len([one for _, one in self.service.library.targets]) - sum(
            bool(card.owner or card.summed) for card in self.naive.cards
        )
        assert f"另有 {bare} 个目标" in told

    def _ledger_agrees(self, session: Session, states: dict[tuple[int, str], str], day: date) -> None:
        """To ask now is needless exactly where it was reported."""
        asked = {
            key: FigureRequest(
                unit=key[1],
                task=self.keys[key[0]].task,
                name=self.keys[key[0]].name,
                period=label,
                rule="due",
                message=number,
                at=self.time + timedelta(minutes=1),
            )
            for number, (key, label) in enumerate(self._labels(states, day).items())
        }
        found = ledger_of(asked.values(), reports_of(session, PLAN))
        needless = {(one.task, one.name, one.unit) for one in found.needless}
        for key, request in asked.items():
            if states[key] != "not owed":
                told = (request.task, request.name, request.unit) in needless
                assert told == (states[key] == "reported")

    def _labels(self, states: dict[tuple[int, str], str], day: date) -> dict[tuple[int, str], str]:
        return {key: current(self.naive.cards[key[0]], day).label for key in states}

    def _page_agrees(self, picture: DayPicture, day: date) -> None:
        before = picture.on(month_before(day))
        brief = brief_of(picture, before)
        assert len(brief.raised) == self.naive.problems(day)
        assert len(brief.reported) == sum(bool(self.naive.figures(one, day)) for one in range(len(NAMES)))
        was = {one.subject: one.light for one in before.targets}
        told = [one for one in picture.targets if one.figure or one.beside]
        better = {one.subject for one in told if is_better(was[one.subject], one.light)}
        assert {one.subject for one in brief.better} == better

    def _bulletin_agrees(self, session: Session, day: date) -> None:
        """Of the last month that was over."""
        span = [one for one in SPANS if one.last < day][-1]
        held = frozen(
            session, self.service.library, DEFAULTS, PLAN, BulletinKind.MONTHLY, span.label, as_of=day, today=day
        )
        states = self.naive.states(span, quarterly=False, day=day)
        lagging = {one for one, card in enumerate(self.naive.cards) if card.lag is not None}
        owed = {key for key, state in states.items() if state == "owed" and key[0] not in lagging}
        certified = {
            (target, unit)
            for target, unit in states
            if target in lagging
            and states[target, unit] == "owed"
            and current(self.naive.cards[target], span.last) == span
        }
        assert held.owed == len(owed | certified)
        assert held.owing == len({unit for _, unit in owed | certified})

    def _reminders_agree(self, picture: DayPicture, told: Occasion) -> None:
        assert told.period is not None
        quarterly = told.period.frequency is Frequency.QUARTERLY
        span = next(one for one in (QUARTERS if quarterly else SPANS) if one.label == told.period.label)
        states = self.naive.states(span, quarterly=quarterly, day=picture.day)
        owed = {key for key, state in states.items() if state == "owed"}
        units = sorted({unit for units in self.naive.units for unit in units})
        posts = [Post(number, "liaison", unit, None) for number, unit in enumerate(units)]
        snapshot = PlanSnapshot(
            plan=PLAN, today=picture.day, posts=(*posts, Post(900, "supervisor", None, None)), picture=picture
        )
        items = expand(told, snapshot)
        event(f"{told.rule.key} {min(len(owed), 3)}")
        if told.rule.key in {*ASKED, "late_unit"}:
            names = {f"{task}/{name}": number for number, (task, name) in enumerate(NAMES)}
            assert {(names[one.subject], units[one.member]) for one in items} == owed
        elif told.rule.key == LISTED:
            assert [one.member for one in items] == ([900] if owed else [])
        elif told.rule.key == "closes":
            assert bool(items) == bool(set(states.values()) - {"not owed"})


def is_better(was: Light, now: Light) -> bool:
    order = [{Light.RED, Light.GREY_OVERDUE}, {Light.AMBER}, set(), {Light.GREEN}, {Light.LIGHT_BLUE}, {Light.BLUE}]
    ranks = {light: rank for rank, lights in enumerate(order) for light in lights}
    return now in ranks and ranks[now] > ranks.get(was, 2)


def occasions_on(day: date, workdays: WorkDays) -> Iterator[Occasion]:
    calendar = Calendar(workdays=workdays, defaults=DEFAULTS)
    since = datetime.combine(day, datetime.min.time(), tzinfo=UTC) - timedelta(hours=8)
    for rule in PERIOD_RULES:
        for frequency in {Frequency.MONTHLY, Frequency.QUARTERLY} & set(rule.frequencies):
            planned = Planned(rule=rule, subject=frequency.value, frequency=frequency)
            due, occasion = next(occasions(planned, calendar, after=since))
            if due.at.date() == day:
                yield occasion


@settings(
    max_examples=int(os.environ.get("EXAMPLES", "12")),
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(
    happened=MONTHS,
    looks=st.lists(st.integers(20, 150), min_size=2, max_size=4),
    off=st.lists(st.integers(0, 150), max_size=12),
)
def test_everything_that_counts_agrees_with_a_naive_count(
    migrated_sqlite: MigratedDatabase,
    question_service: QuestionService,
    happened: list[tuple[int, tuple[Any, ...]]],
    looks: list[int],
    off: list[int],
) -> None:
    """`off` are days that the office sets as holidays; it is looked at on `looks` and the next days with a reminder."""
    migrated_sqlite.restore()
    months = Months(Database(migrated_sqlite.engine), question_service)
    workdays = WorkDays({FIRST + timedelta(days=one): False for one in off})
    days = {FIRST + timedelta(days=one) for one in looks}
    days |= {next_occasion(one, workdays) for one in days}
    ahead = sorted(happened, key=lambda one: one[0])
    for day in sorted(days):
        while ahead and FIRST + timedelta(days=ahead[0][0]) <= day:
            offset, what = ahead.pop(0)
            months.happen(FIRST + timedelta(days=offset), what)
        months.agree(day, workdays)


def next_occasion(day: date, workdays: WorkDays) -> date:
    while not any(True for _ in occasions_on(day, workdays)):
        day += timedelta(days=1)
    return day
