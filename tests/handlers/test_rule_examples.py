"""Each rule says what docs/rules.md and its card in chat show as its example: a year goes by without a database."""

from dataclasses import replace
from datetime import UTC, date, datetime, time
from decimal import Decimal

import pytest
from folders import ROOT
from pictures import picture_over

from handlers.access.service import Service
from handlers.chat.context import Me, Services
from handlers.office.texts_reminder_rules import written
from handlers.schedule.batching import Recipients
from handlers.schedule.forecast import ForecastInputs, ForecastMessage, forecast_from
from handlers.schedule.message import compose
from handlers.schedule.next_times import Calendar, Planned
from handlers.schedule.plan_schedule import Agenda
from handlers.schedule.snapshot import SnapshotSource
from handlers.services.alias_overlay import AliasOverlay
from handlers.services.clock import PLAN_ZONE, PlanClock
from handlers.services.invite_codes import Codes
from handlers.services.question_service import QuestionService
from handlers.services.rate_limit import Limiter
from handlers.texts.reminder_rules import ABOUT, EXAMPLES, IN_ORDER, NAMES, page
from knowledge.plan.key import EntryKey, EntryKind
from knowledge.reminders.defaults import RemindDefaults
from knowledge.reminders.rule_bounds import NumberFault, allowed, in_order, read_numbers
from knowledge.reminders.rules import rules_from
from knowledge.reminders.workdays import WorkDays
from knowledge.reports.model import UpdateKind
from knowledge.standing.periods import month_label
from knowledge.standing.report import Report, Status
from storage.cards import Cards
from storage.people import Grant, Member, Role
from storage.personal_reminders import Personal
from storage.plan_settings import Meeting, MeetingTime
from storage.rich_text import plain_text
from storage.schedule_items import StoredItem

PLAN, UNIT = "wuxue-2021-26", "市科经局"
STATION, ENTERPRISES = ("5.2", "5G基站"), ("1.1", "新增高新技术企业")
PROJECT = ("5.3", "湖北省智能化新能源船舶产业园")
NOW = datetime(2023, 3, 1, 8, tzinfo=PLAN_ZONE)
UNTIL = date(2024, 3, 10)
RULES = rules_from(RemindDefaults())


@pytest.fixture(scope="module")
def said(question_service: QuestionService) -> dict[str, str]:
    """By rule: the first thing of it that is told."""
    services = Services(
        aliases=AliasOverlay(question_service),
        me=Me(id=1, username="duban_bot", link="https://t.me/duban_bot", reads_all=False),
        clock=PlanClock(),
        limiter=Limiter(600),
        service=Service(internal=True),
        codes=Codes("12345:token"),
    )
    own = {1: Personal(id=1, plan=PLAN, member=1, words="周三前报送5G基站", at=NOW, item=None)}
    found: dict[str, str] = {}
    for one in forecast_from(_inputs(question_service), PLAN, UNTIL):
        for rule in dict.fromkeys(item.rule for item in one.items):
            if rule not in found:
                items = tuple(item for item in one.items if item.rule == rule)
                found[rule] = _said(items, one, services, own)
                if rule == "late_unit":  # if the supervisor then presses for them; and those of February, signed for
                    pressed = tuple(replace(item, rule="pressed", occurrence="2023-03/press") for item in items)
                    found["pressed"] = _said(pressed, one, services, own)
                    signing = tuple(replace(item, rule="signing", occurrence="2023-02/1") for item in items)
                    found["signing"] = _said(signing, one, services, own)
    return found


def _said(items: tuple[StoredItem, ...], one: ForecastMessage, services: Services, own: dict[int, Personal]) -> str:
    (block, *_) = compose(items, one.snapshots, services, own).blocks
    return plain_text(block)


@pytest.mark.parametrize("rule", RULES)
def test_what_a_rule_says_is_its_example(rule: str, said: dict[str, str]) -> None:
    assert said[rule] == EXAMPLES[rule]


def test_the_page_of_rules_is_what_the_program_goes_by() -> None:
    written = ROOT / "docs" / "rules.md"
    assert written.read_text(encoding="utf-8") == page(RULES), "python -m bot.commands.list_rules > docs/rules.md"


def test_every_rule_has_its_words() -> None:
    assert set(IN_ORDER) == RULES.keys() == NAMES.keys() == ABOUT.keys()
    assert {key for key, rule in RULES.items() if allowed(rule) is None} == {"personal", "pressed"}


def test_what_is_configured_is_within_the_limits() -> None:
    for rule in RULES.values():
        if limits := allowed(rule):
            assert all(limits.least <= number <= limits.most for number in rule.when.numbers)
            assert len(rule.when.numbers) <= limits.count


@pytest.mark.parametrize(
    ("rule", "said", "numbers"),
    [
        ("deadline", "60 30 7 1", (60, 30, 7, 1)),
        ("deadline", "1、7，30;60 7", (60, 30, 7, 1)),
        ("deadline", "前30天、3天和当天", (30, 3, 0)),
        ("deadline", "前三十天、廿天、七天", (30, 20, 7)),
        ("overdue", "第1周 第3周", (1, 3)),
        ("opens", "提前10天", (10,)),
        ("late", "2个工作日", (2,)),
        ("unowned", "每月1日、15号", (1, 15)),
        ("projects_call", "周四 周一", (1, 4)),
        ("projects_call", "星期二", (2,)),
        ("projects_call", "3", (3,)),
        ("snapshot", "3", (3,)),
        ("deadline", "", NumberFault.UNREAD),
        ("deadline", "一个月", NumberFault.UNREAD),
        ("deadline", "30 -7", NumberFault.UNREAD),
        ("deadline", "181", NumberFault.OUT_OF_RANGE),
        ("overdue", "0", NumberFault.OUT_OF_RANGE),
        ("projects_call", "周日", NumberFault.OUT_OF_RANGE),
        ("unowned", "31", NumberFault.OUT_OF_RANGE),
        ("deadline", " ".join(map(str, range(13))), NumberFault.TOO_MANY),
        ("snapshot", "2 3", NumberFault.TOO_MANY),
        ("personal", "3", NumberFault.UNREAD),
    ],
)
def test_numbers_are_read_as_people_write_them(rule: str, said: str, numbers: tuple[int, ...] | NumberFault) -> None:
    assert read_numbers(said, RULES[rule]) == numbers


@pytest.mark.parametrize("rule", RULES)
def test_what_a_rule_is_asked_to_be_can_be_typed_back(rule: str) -> None:
    one = RULES[rule]
    if allowed(one):
        assert read_numbers(written(one.when.numbers, one), one) == in_order(one.when.numbers, one)


def _inputs(question_service: QuestionService) -> ForecastInputs:
    """A liaison, a supervisor and an office; two targets with an owner, reported in February and never again."""
    plan = question_service.library.plans[0]
    defaults = RemindDefaults()
    calendar = Calendar(workdays=WorkDays(), defaults=defaults)
    meetings = (Meeting(1, MeetingTime(date(2023, 4, 12))),)
    roles = {1: Grant(Role.LIAISON, PLAN, UNIT), 2: Grant(Role.SUPERVISOR, PLAN), 3: Grant(Role.OFFICE, PLAN)}
    members = tuple(
        Member(id=n, telegram_id=n, name=None, office_phone=None, mobile=None, locked=False, grants=(grant,))
        for n, grant in roles.items()
    )
    personal = Planned(
        rule=RULES["personal"], subject="1", at=datetime.combine(date(2023, 3, 8), time(9), PLAN_ZONE), member=1
    )
    agenda = Agenda(plan=plan, calendar=calendar, changes={}, period=None, meetings=meetings, personal=(personal,))
    source = SnapshotSource(
        plan=plan,
        members=members,
        absences=(),
        picture=picture_over(
            question_service.library,
            plan,
            Cards(
                {STATION: {"owner": UNIT}, ENTERPRISES: {"owner": UNIT}},
                dict.fromkeys((STATION, ENTERPRISES), NOW.date()),
            ),
            (
                _report(EntryKind.TARGET, STATION, date(2023, 2, 28), Decimal(590)),
                _report(EntryKind.TARGET, ENTERPRISES, date(2023, 2, 28), Decimal(21)),
                _report(EntryKind.PROJECT, PROJECT, date(2023, 3, 3), None),
            ),
            NOW.date(),
        ),
        words={},
        meetings=meetings,
    )
    return ForecastInputs(
        defaults=defaults,
        now=NOW,
        agendas={PLAN: agenda},
        sources={PLAN: source},
        held={},
        waiting=(),
        made=frozenset(),
        told=(),
        to=Recipients(members={one.id: one for one in members}, chats=set(roles), preferences={}, used=()),
        again={},
    )


def _report(kind: EntryKind, named: tuple[str, str], day: date, value: Decimal | None) -> Report:
    task, name = named
    return Report(
        id=f"{task}{name}",
        subject=EntryKey(kind, name, PLAN, task),
        unit=UNIT,
        kind=UpdateKind.PROBLEM if value is None else UpdateKind.READING,
        value=value,
        note="" if value is not None else "征地受阻，需市自规局协调",
        as_of=day,
        for_period=month_label(day),
        received_at=datetime.combine(day, time(10), tzinfo=UTC),
        author="member:1",
        status=Status.ACCEPTED,
    )
