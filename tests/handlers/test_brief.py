"""明天开会: the page's rules by worked examples (tests/knowledge/standing/brief.yaml), and that it fits one message."""

from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal
from typing import Any

import pytest
import yaml
from folders import TESTS

from handlers.chat.paging import paginate, units
from handlers.progress import texts_brief as texts
from handlers.services.question_service import QuestionService
from handlers.services.unit_lookup import find_section
from handlers.texts.marks import plain
from handlers.texts.reply import Reply
from knowledge.plan.key import EntryKey, EntryKind
from knowledge.plan.model import Bound, Card, Target
from knowledge.reports.model import State, UpdateKind
from knowledge.standing.brief import Brief, brief_of, month_before
from knowledge.standing.compute import PlanTime
from knowledge.standing.history import history_of
from knowledge.standing.periods import DEFAULT_DUE_DAYS
from knowledge.standing.picture import DayPicture, PictureSubject
from knowledge.standing.report import Report, Status
from knowledge.standing.values import Standing
from storage.rich_text import plain_text

PLAN = PlanTime(start=date(2021, 12, 31), end=date(2023, 12, 31))
NAMES = "甲乙丙丁"


def load() -> list[dict[str, Any]]:
    text = (TESTS / "knowledge" / "standing" / "brief.yaml").read_text(encoding="utf-8")
    cases: list[dict[str, Any]] = yaml.load(text, Loader=yaml.BaseLoader)  # noqa: S506 - reads text only
    return cases


def report_of(name: str, written: dict[str, Any], number: int) -> Report:
    day = date.fromisoformat(written["day"])
    return Report(
        id=str(number),
        subject=EntryKey(EntryKind.TARGET, name, "some", "5.2"),
        unit="甲局",
        kind=UpdateKind(written.get("kind", "reading")),
        value=Decimal(written["value"]) if "value" in written else None,
        state=State(written["state"]) if "state" in written else None,
        as_of=day,
        received_at=datetime.combine(day, time(8), UTC) + timedelta(minutes=number),
        author="p1",
        status=Status(written.get("status", "accepted")),
    )


def brief_in(items: dict[str, list[dict[str, Any]]], today: date) -> Brief:
    """A word may give its target another deadline (`until`) or say that nobody is confirmed as its `owner`."""
    reports: list[Report] = []
    targets: list[Target] = []
    for name, words in items.items():
        owner = next((word["owner"] or None for word in words if "owner" in word), "甲局")
        until = next((word["until"] for word in words if "until" in word), "2023-12-31")
        targets.append(
            Target(
                task="5.2",
                name=name,
                value=Decimal(700),
                unit="个",
                bound=Bound.AT_LEAST,
                deadline=date.fromisoformat(until),
                place="三(五)2",
                card=Card(owner=owner),
            )
        )
        reports += [report_of(name, word, len(reports) + at) for at, word in enumerate(words) if "day" in word]

    def subject(one: Target) -> PictureSubject:
        key = EntryKey(EntryKind.TARGET, one.name, "some", one.task)
        said = [report for report in reports if report.subject == key]
        return PictureSubject(history=history_of(key, one, one.card, said), units=("甲局", "乙局"), reporters=("甲局",))

    subjects = {one.history.subject: one for one in map(subject, targets)}
    picture = DayPicture(plan="some", day=today, time=PLAN, due_days=DEFAULT_DUE_DAYS, subjects=subjects)
    return brief_of(picture, picture.on(month_before(today)))


def page_of(brief: Brief, words: str = "征地受阻") -> Reply:
    shown = [*(one.report for one in brief.stuck), *(one.report for one in brief.raised)]
    return texts.page(brief, texts.WHOLE, {int(one.id): words for one in shown if one}, "/brief", ())


@pytest.mark.parametrize("case", load(), ids=[case["says"] for case in load()])
def test_the_page_holds_what_the_rule_says(case: dict[str, Any]) -> None:
    brief = brief_in(case["items"], date.fromisoformat(case.get("today", "2023-11-24")))
    pressing = brief.pressing
    named = pressing if isinstance(pressing, Standing) else pressing.standing if pressing else None
    seen = {
        "lights": {light.value: str(count) for light, count in brief.lights.items()},
        "told": str(len(brief.reported)),
        "change": str(len(brief.reported) - brief.reported_before),
        "better": [one.subject.name for one in brief.better],
        "worse": [one.subject.name for one in brief.worse],
        "red": [one.subject.name for one in brief.red],
        "stuck": [f"{one.standing.subject.name} {one.stop.value}" for one in brief.stuck],
        "raised": [one.standing.subject.name for one in brief.raised],
        "pressing": named.subject.name if named else "null",
    }
    expected = {key: case[key] for key in seen if key in case}
    assert {key: seen[key] for key in expected} == expected
    told = plain(page_of(brief))
    assert "None" not in told
    assert len(page_of(brief).buttons) <= 6


def test_a_page_says_so_where_there_is_nothing() -> None:
    assert plain(page_of(brief_in({"甲": []}, date(2023, 11, 24)))).split("\n") == [
        "全方案：1 个目标都还没有数",
        "上月底（10月31日）还没有数，不作比较。",
        "没有急需决定的事。",
        "红灯：没有",
        "堵点：没有受阻的、有困难问题的，也没有长期没有新数的",
        "待决：没有单位提出困难问题",
        "截至 11月24日，还没有填报。",
    ]


def test_a_line_has_the_figure_the_target_the_points_whose_and_which_day() -> None:
    told = plain(page_of(brief_in({"甲": [{"day": "2023-11-20", "value": "500"}]}, date(2023, 11, 24))))
    assert "5.2 甲：500 个 / 700个以上，慢 23.5 个百分点（甲局，11月20日填报）" in told
    assert "最需要定的：5.2 甲，红灯，慢 23.5 个百分点" in told


def test_the_longest_page_is_one_message_of_five_lines_a_list() -> None:
    """Forty targets with long names, each red or blocked with a long problem."""
    words = [{"day": "2023-11-20", "value": "100"}, {"day": "2023-11-21", "kind": "problem"}]
    blocked = [*words, {"day": "2023-11-22", "kind": "state", "state": "blocked"}]
    items = {f"{'单体投资十亿元以上重大项目占比' * 4}{n}": blocked if n % 2 else words for n in range(40)}
    reply = page_of(brief_in(items, date(2023, 11, 24)), "征地受阻，需要协调。" * 30)
    (page,) = paginate(reply)
    assert units(page.text) < 4096
    told = plain_text(page.text)
    assert told.count("另有 35 项") == 3
    assert told.count("\n") < 26
    assert len(reply.buttons) == 4
    assert [button.question for button in reply.buttons[:3]] == ["/brief red", "/brief stuck", "/brief raised"]


@pytest.mark.parametrize(
    ("said", "section"), [("五", 5), ("5", 5), ("第五部分", 5), ("乡村振兴", 3), ("九", None), ("没有的", None)]
)
def test_a_section_is_known_by_number_and_title(
    question_service: QuestionService, said: str, section: int | None
) -> None:
    assert find_section(question_service, question_service.library.plans[0].name, said) == section
