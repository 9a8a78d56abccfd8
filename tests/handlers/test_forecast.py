"""The calendar of coming messages: what it lists is what the tick sends, to the letter, if nothing else changes."""

from collections import Counter
from collections.abc import Sequence
from datetime import date, datetime, time, timedelta
from random import Random

import pytest
from addresses import at
from reminder_chat import Chat
from reminder_harness import (
    BASE_STATION,
    HEAD,
    LEADER,
    MEICHUAN,
    OFFICE,
    PLAN,
    SCIENCE,
    SUPERVISOR,
    TRAFFIC,
    ReminderHarness,
)
from sql_statements import statements

from handlers.chat.keyboard import screen
from handlers.schedule import forecast as looking_ahead
from handlers.schedule.forecast import ForecastMessage, forecast, forecast_from, load_inputs
from handlers.schedule.message import compose
from handlers.schedule.message_items import contents_of
from handlers.services.clock import PLAN_ZONE, machine_now
from handlers.services.question_service import QuestionService
from knowledge.entities.unit_names import unit_names
from knowledge.plan.model import Frequency
from knowledge.reminders.recipients import Occasion, PlanSnapshot, ReminderItem, expand
from knowledge.reminders.rules import RuleChange
from storage.chats import ChatKind, mark_blocked, see_chat, see_person
from storage.database import Database
from storage.people import Grant, Role, add_member, find_member, give, set_absence, set_locked
from storage.personal_reminders import add_personal
from storage.rich_text import plain_text
from storage.rule_settings import change_rule
from storage.schedule_items import NewItem, add_items
from storage.subscriptions import Subscription, mute, save_subscription

DAYS = 60
HOURS = (9, 10, 12, 15)
"""When the clock stops in a day: at every hour at which anything can be due here."""
PEOPLE = (TRAFFIC, SCIENCE, MEICHUAN, SUPERVISOR, OFFICE, HEAD, LEADER)
UNITS = ("市交通局", "市科经局", "梅川镇", "市财政局")
STARTS = (date(2023, 1, 10), date(2023, 3, 1), date(2023, 9, 12), date(2023, 11, 20), date(2024, 1, 15))
"""Holidays moved over weekends, the ends of a month, a quarter, a year and of the plan itself."""
CHANGES = (
    ("deadline", RuleChange(on=True, numbers=(60, 45, 30, 5, 2, 0))),
    ("overdue", RuleChange(on=True, numbers=(1, 3))),
    ("opens", RuleChange(on=True, numbers=(12, 4))),
    ("due", RuleChange(on=False)),
    ("late", RuleChange(on=True, numbers=(1, 4))),
    ("late_head", RuleChange(on=False)),
    ("projects_call", RuleChange(on=True, numbers=(1, 4))),
    ("unowned", RuleChange(on=True, numbers=(1, 15))),
)

Sent = dict[tuple[date, int], Counter[tuple[int, str]]]
"""By day and hour: (chat, text)."""


@pytest.mark.slow
@pytest.mark.parametrize("seed", range(4))
def test_the_calendar_lists_exactly_what_the_tick_then_sends(
    database: Database, question_service: QuestionService, seed: int
) -> None:
    chance = Random(seed)  # noqa: S311 - the same every time
    first = STARTS[seed % len(STARTS)]
    harness = ReminderHarness(database, question_service, first)
    arrange(harness, chance, first)
    if seed % 2:  # the machine comes up in the middle of a day, and not for the first time
        for _ in harness.through(first, first + timedelta(days=9)):
            act(harness, chance)
        first += timedelta(days=10)
        harness.services.clock.shift_to_time(first, time(11, 30))
    last = first + timedelta(days=DAYS)
    expected = as_listed(harness, last)
    assert sum(map(len, expected.values())) > 10
    assert as_sent(harness, first, last) == expected


def arrange(harness: ReminderHarness, chance: Random, first: date) -> None:
    """Owners, people, wishes and rules as it happens."""
    targets = [target for _, target in harness.question_service.library.targets]
    for target in chance.sample(targets, 14):
        frequency = chance.choice((None, *Frequency))
        harness.own(chance.choice(UNITS), (target.task, target.name), frequency=frequency)
        if chance.random() < 0.5:
            for person, unit in ((TRAFFIC, "市交通局"), (SCIENCE, "市科经局")):
                day = first + timedelta(days=chance.randrange(-40, 20))
                harness.report(person, unit, (target.task, target.name), chance.choice((1, 40, 99_999)), day)
    with harness.database.write() as session:
        number = {person: find_member(session, person).id for person in PEOPLE}  # type: ignore[union-attr]
        now = machine_now()
        extra = add_member(session, telegram_id=510099, name="从未写过", now=now)  # no chat: cannot be reached
        give(session, extra, [Grant(Role.LIAISON, PLAN, "市财政局")], now=now)
        give(session, number[MEICHUAN], [Grant(Role.LIAISON, PLAN, "市交通局")], now=now)
        if chance.random() < 0.3:
            mark_blocked(session, TRAFFIC)
        if chance.random() < 0.3:
            set_locked(session, number[MEICHUAN], now)
        for away, stand_in in ((SCIENCE, HEAD), (TRAFFIC, MEICHUAN)):
            begins = first + timedelta(days=chance.randrange(40))
            ends = begins + timedelta(days=chance.randrange(25))
            set_absence(session, number[away], stand_in=number[stand_in], first=begins, last=ends, now=now)
        for person in chance.sample(PEOPLE, 4):
            preferences = Subscription(
                deadline_days=chance.choice((None, (30, 7, 0))),
                single=chance.random() < 0.5,
                quiet=chance.choice((None, (time(20), time(10)), (time(8), time(12)))),
            )
            save_subscription(session, number[person], preferences)
        target = chance.choice(targets)
        mute(session, number[SCIENCE], PLAN, target.task, first + timedelta(days=30), now=now)
        for name, change in chance.sample(CHANGES, 3):
            change_rule(session, PLAN, name, change, by=number[OFFICE], now=now)
        for days in (0, 3, 17):
            at = datetime.combine(first + timedelta(days=days), time(15), tzinfo=PLAN_ZONE)
            add_personal(session, plan=PLAN, member=number[SCIENCE], words=f"第{days}天的事", at=at, now=now)
    harness.rebuild()


def act(harness: ReminderHarness, chance: Random) -> None:
    """People do something about what they were told last: put it off, then acknowledge, report, press as well."""
    chat = Chat(harness)
    for person in PEOPLE:
        for told in chat.told(person)[-1:]:
            same = [label for label in told.labels if "无变化" in label]
            for label in ("稍后提醒", chance.choice([*told.labels, *same, *same, *same])):
                answer = chat.tap(person, told, label)
                if answer.labels:
                    chat.tap(person, answer, chance.choice(answer.labels))


def as_listed(harness: ReminderHarness, last: date) -> Sent:
    with harness.database.read() as session:
        listed = forecast(session, harness.services, harness.question_service.library.plans[0], last)
        told = contents_of(session, [one.items for one in listed])
    sent: Sent = {}
    for one, what in zip(listed, told, strict=True):
        items = what.still_due(one.snapshots, harness.services.remind).items
        text, _ = screen(compose(items, one.snapshots, harness.services, what.personal, before=one.before), turn=1)
        at = (one.day, one.at.hour)
        sent.setdefault(at, Counter())[one.member.telegram_id or 0, plain_text(text)] += 1
    return sent


def as_sent(harness: ReminderHarness, first: date, last: date) -> Sent:
    sent: Sent = {}
    begins = harness.services.clock.now()
    waited = harness.tick()
    if waited:
        sent[first, begins.hour] = Counter((chat, text) for chat, texts in waited.items() for text in texts)
    for day in (first + timedelta(days=ahead) for ahead in range((last - first).days + 1)):
        for hour in HOURS:
            if datetime.combine(day, time(hour), tzinfo=PLAN_ZONE) < begins:
                continue
            for chat, texts in harness.on(day, time(hour)).items():
                sent.setdefault((day, hour), Counter()).update((chat, text) for text in texts)
    return sent


@pytest.fixture(scope="module")
def named(question_service: QuestionService) -> tuple[tuple[str, str], ...]:
    """Targets, each by its task and name."""
    return tuple((target.task, target.name) for _, target in question_service.library.targets)


def test_what_waits_is_listed_where_it_will_be_told(database: Database, question_service: QuestionService) -> None:
    """A second digest of a day waits for the next."""
    harness = ReminderHarness(database, question_service, date(2023, 3, 17))
    harness.own("市科经局", BASE_STATION)
    assert list(harness.on(date(2023, 3, 20))) == [SCIENCE]
    with harness.database.write() as session:
        member, now = find_member(session, SCIENCE), harness.services.clock.now()
        assert member is not None
        late = NewItem(
            plan=PLAN,
            rule="overdue",
            subject="5.2/5G基站",
            member=member.id,
            occurrence="2022-12-31+9",
            due=now,
            planned=now,
        )
        add_items(session, [late])
    with harness.database.read() as session:
        (listed, *_) = forecast(session, harness.services, question_service.library.plans[0], date(2023, 3, 24))
    assert (listed.day, listed.rules) == (date(2023, 3, 21), ("overdue",))
    assert list(harness.on(date(2023, 3, 20), time(10))) == []
    assert list(harness.on(date(2023, 3, 21))) == [SCIENCE]


def test_what_was_put_off_is_listed_only_while_something_of_it_is_left(
    database: Database, question_service: QuestionService
) -> None:
    harness = ReminderHarness(database, question_service, date(2023, 3, 17))
    harness.own("市科经局", BASE_STATION)
    harness.on(date(2023, 3, 20))
    chat = Chat(harness)
    (digest,) = chat.told(SCIENCE)
    chat.tap(SCIENCE, chat.tap(SCIENCE, digest, "稍后提醒"), "明天")
    until = date(2023, 3, 23)
    assert [key for _, key in as_listed(harness, until)] == [9]
    harness.report(SCIENCE, "市科经局", BASE_STATION, 600, date(2023, 3, 20))
    assert as_listed(harness, until) == {}
    assert harness.on(date(2023, 3, 21)) == {}


def test_a_rule_that_cannot_be_made_hides_no_other(
    database: Database, question_service: QuestionService, monkeypatch: pytest.MonkeyPatch
) -> None:
    harness = ReminderHarness(database, question_service, date(2023, 3, 17))
    harness.own("市科经局", BASE_STATION)

    def broken(occasion: Occasion, snapshot: PlanSnapshot) -> tuple[ReminderItem, ...]:
        if occasion.rule.key == "opens":
            raise ValueError(occasion.label)
        return expand(occasion, snapshot)

    monkeypatch.setattr(looking_ahead, "expand", broken)
    assert [day for day, _ in as_listed(harness, date(2023, 3, 24))] == [date(2023, 3, 24)]


def test_under_other_rules_nothing_is_stored(database: Database, question_service: QuestionService) -> None:
    harness = ReminderHarness(database, question_service, date(2023, 3, 17))
    harness.own("市科经局", BASE_STATION)
    until = date(2023, 3, 31)
    with harness.database.read() as session:  # it cannot write
        inputs = load_inputs(session, harness.services)
        before = list(forecast_from(inputs, PLAN, until))
        off = list(forecast_from(inputs.with_rule(PLAN, "due", RuleChange(on=False)), PLAN, until))
        assert [told(one) for one in before if "due" not in one.rules] == [told(one) for one in off]
        assert len(off) < len(before)
        assert [told(one) for one in forecast_from(inputs, PLAN, until)] == [told(one) for one in before]


def told(one: ForecastMessage) -> tuple[object, ...]:
    return one.at, one.member.id, [(item.rule, item.subject, item.occurrence) for item in one.items]


@pytest.mark.parametrize("what", ["tick", "calendar"])
def test_it_takes_the_same_number_of_statements_for_one_unit_and_for_fifty(
    database: Database, question_service: QuestionService, named: tuple[tuple[str, str], ...], what: str
) -> None:
    harness = ReminderHarness(database, question_service, date(2023, 3, 17))
    units = unit_names(question_service.library.plans[0])[:51]
    harness.own(units[0], named[0])
    bind(harness, units[:1])
    few = counted(harness, what, date(2023, 3, 20))
    bind(harness, units[1:])
    for unit, name in zip(units[1:], named[1:], strict=False):
        harness.own(unit, name)
    many = counted(harness, what, date(2023, 3, 24))
    assert many == few


def counted(harness: ReminderHarness, what: str, day: date) -> int:
    """The statements of one look at the day, or of the calendar on its eve."""
    if what == "tick":
        with statements() as said:
            assert harness.on(day)
    else:
        harness.services.clock.shift_to_time(day, time(8))
        with statements() as said, harness.database.read() as session:
            assert forecast(
                session, harness.services, harness.question_service.library.plans[0], day + timedelta(weeks=4)
            )
    return len(said.statements)


def bind(harness: ReminderHarness, units: Sequence[str]) -> None:
    """A liaison each, who has written to the bot."""
    now = machine_now()
    with harness.database.write() as session:
        for place, unit in enumerate(units):
            person = 600_000 + place + 1000 * len(units)
            see_chat(session, chat=at(person), kind=ChatKind.PRIVATE, title=None, now=now)
            see_person(session, person=at(person), name=unit, now=now)
            member = add_member(session, telegram_id=person, name=unit, now=now)
            give(session, member, [Grant(Role.LIAISON, PLAN, unit)], now=now)
            save_subscription(session, member, Subscription(single=bool(place % 2)))
