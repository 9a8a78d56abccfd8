"""Bulletins as values: periods, what a snapshot keeps, and the text that is made of it, without naming the late."""

from dataclasses import replace
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

import pytest

from handlers.broadcast import texts_bulletins as texts
from handlers.texts.marks import plain
from knowledge.plan.key import EntryKey, EntryKind
from knowledge.plan.model import Bound, Card, Node, Period, Target
from knowledge.reports.model import UpdateKind
from knowledge.standing.bulletin import (
    BulletinKind,
    Snapshot,
    dump_snapshot,
    label_of,
    load_snapshot,
    period_of,
    snapshot_of,
)
from knowledge.standing.compute import PlanTime, standing_of
from knowledge.standing.overview import not_reported
from knowledge.standing.report import Mark, Report
from knowledge.standing.values import Light, Standing
from storage.bulletins import Bulletin, BulletinState

MONTHLY, QUARTERLY, HALF, ANNUAL = BulletinKind
PLAN = PlanTime(start=date(2021, 12, 31), end=date(2023, 12, 31))
NOW = datetime(2023, 6, 30, 8, tzinfo=UTC)
OWNED = Card(owner="甲局")
MARK = Mark(by="p9", at=NOW)


@pytest.mark.parametrize(
    ("kind", "day", "label", "first", "last", "named"),
    [
        (MONTHLY, (2023, 3, 25), "2023-03", (2023, 3, 1), (2023, 3, 31), "2023年3月"),
        (MONTHLY, (2023, 1, 25), "2023-01~02", (2023, 1, 1), (2023, 2, 28), "2023年1—2月"),
        (MONTHLY, (2024, 2, 25), "2024-01~02", (2024, 1, 1), (2024, 2, 29), "2024年1—2月"),
        (QUARTERLY, (2023, 6, 30), "2023-Q2", (2023, 4, 1), (2023, 6, 30), "2023年第二季度"),
        (HALF, (2023, 6, 30), "2023-H1", (2023, 1, 1), (2023, 6, 30), "2023年上半年"),
        (HALF, (2023, 7, 1), "2023-H2", (2023, 7, 1), (2023, 12, 31), "2023年下半年"),
        (ANNUAL, (2023, 12, 31), "2023", (2023, 1, 1), (2023, 12, 31), "2023年度"),
    ],
)
def test_a_period_has_a_label_and_a_name(
    kind: BulletinKind, day: tuple[int, int, int], label: str, first: Any, last: Any, named: str
) -> None:
    assert label_of(kind, date(*day)) == label
    assert period_of(kind, label) == (date(*first), date(*last))
    assert texts.period(kind, label) == named


@pytest.mark.parametrize(("kind", "label"), [(MONTHLY, "2023-13"), (QUARTERLY, "2023-Q5"), (HALF, "2023")])
def test_a_label_of_another_kind_is_a_mistake_of_the_program(kind: BulletinKind, label: str) -> None:
    with pytest.raises(ValueError, match="no label"):
        period_of(kind, label)


def report_of(name: str, day: date, value: int | str, **more: Any) -> Report:
    return Report(
        id=f"{name}{day}",
        subject=EntryKey(EntryKind.TARGET, name, "some", "5.2"),
        unit=more.pop("unit", "甲局"),
        kind=UpdateKind.READING,
        value=Decimal(value),
        as_of=day,
        received_at=datetime(day.year, day.month, day.day, 8, tzinfo=UTC),
        author="p1",
        **more,
    )


def standing(name: str, today: date, *reports: Report, card: Card = OWNED, **more: Any) -> Standing:
    written: dict[str, Any] = {"bound": Bound.AT_LEAST, "deadline": date(2023, 12, 31), "unit": "个", **more}
    target = Target(task="5.2", name=name, value=Decimal(700), place="三(五)2", names=("别名",), card=card, **written)
    return standing_of(target, card, reports, today, plan="some", time=PLAN, units=("甲局", "乙局"))


def snapshot(
    *standings: Standing,
    kind: BulletinKind = HALF,
    label: str = "2023-H1",
    as_of: date = date(2023, 6, 30),
    last: Snapshot | None = None,
) -> Snapshot:
    """As of 30 June half of the last year is over: 74.8 percent of the plan's time."""
    first, end = period_of(kind, label)
    reports = [one.figure.report for one in standings if one.figure]
    return snapshot_of(kind, label, as_of, standings, not_reported(standings, reports, first=first, last=end), last)


def text_of(held: Snapshot, **more: Any) -> list[str]:
    bulletin = Bulletin(
        id=3, plan="some", snapshot=held, title=None, remark=None, state=BulletinState.DRAFT, created_at=NOW,
        released_at=None,
    )  # fmt: skip
    return plain(texts.show(replace(bulletin, **more), releases=True)).split("\n")


JUNE = date(2023, 6, 30)


def usual() -> tuple[Standing, ...]:
    return (
        standing("领先", JUNE, report_of("领先", date(2023, 6, 20), 560, approved=MARK)),
        standing("正好", JUNE, report_of("正好", date(2023, 6, 25), 525)),
        standing("落后", JUNE, report_of("落后", date(2023, 6, 25), 450, checked=MARK)),
        standing("最后", JUNE, report_of("最后", date(2023, 6, 25), 100)),
        standing("完成", JUNE, report_of("完成", date(2023, 6, 25), 700)),
        standing("没报", JUNE),
        standing("没主责", JUNE, card=Card()),
    )


def test_the_text_counts_lists_and_says_whose_word_a_figure_is() -> None:
    told = text_of(snapshot(*usual()))
    assert told[:3] == [
        "2023年上半年进展情况通报（草稿）",
        "总体：7 个目标中 5 个有数，绿 2、黄 1、红 1、完成 1。没有上一期，不作比较。",
        "数据截至 2023-06-30；填报 3、审定 1、核实 1，填报数未经审定。",
    ]
    assert told[4:7] == ["走在前面", "5.2 领先：完成 80%，快 5.2 个百分点", "5.2 正好：完成 75%，快 0.2 个百分点"]
    assert told[7:10] == [
        "需加力事项 2 项",
        "5.2 落后：完成 64.3%，慢 10.5 个百分点",
        "5.2 最后：完成 14.3%，慢 60.5 个百分点",
    ]
    assert "有数的目标进度表（5 个）" in told
    assert "5.2 领先 560 个 / 700个以上，80%，快 5.2 个百分点，🟢 绿（甲局审定，6月20日）" in told
    assert told[-1].startswith("代拟稿")


def test_who_has_not_reported_is_counted_and_never_named() -> None:
    told = text_of(snapshot(*usual()))
    assert "未报情况：本期 2 个目标没有报，其中 1 个主责待办公室确认，涉及已确认主责的 1 家单位。" in told
    assert not any("没报" in line or "没主责" in line or "乙局" in line for line in told)


def test_nobody_is_ranked_last() -> None:
    """What needs a push stands in the plan's order, not by how far it is behind, and without its unit."""
    pushed = snapshot(*reversed(usual())).pushed
    assert [one.target.name for one in pushed] == ["最后", "落后"]
    assert not any("甲局" in line for line in text_of(snapshot(*usual()))[4:11])


def test_half_of_the_year_s_part_is_counted_at_mid_year() -> None:
    yearly: dict[str, Any] = {"period": Period.YEARLY, "deadline": None}
    ends = (Node(day=date(2022, 12, 31), value=Decimal(300)), Node(day=date(2023, 12, 31), value=Decimal(700)))
    nodes = Card(owner="甲局", yearly=ends)
    held = snapshot(
        standing("年年", JUNE, report_of("年年", JUNE, 360), **yearly),
        standing("年年慢", JUNE, report_of("年年慢", JUNE, 340), **yearly),
        standing("有节点", JUNE, report_of("有节点", JUNE, 500), card=nodes),
        standing("节点慢", JUNE, report_of("节点慢", JUNE, 499), card=nodes),
        standing("两年的", JUNE, report_of("两年的", JUNE, 600)),
    )
    assert held.halves == (2, 4)
    assert "双过半：有当年任务的 4 个目标中，2 个任务过半。" in text_of(held)
    assert not any("双过半" in line for line in text_of(replace(held, kind=QUARTERLY, label="2023-Q2")))


def test_a_bulletin_is_held_against_the_one_before() -> None:
    may = snapshot(
        standing("领先", date(2023, 5, 31), report_of("领先", date(2023, 5, 20), 200)),
        kind=MONTHLY, label="2023-05", as_of=date(2023, 5, 31),
    )  # fmt: skip
    june = snapshot(*usual(), kind=MONTHLY, label="2023-06", last=may)
    told = text_of(june)
    assert "较上一期（2023年5月）：绿 +2、黄 +1、完成 +1。" in told[1]
    assert any(line.startswith("5.2 领先 560 个（较上期 +360 个）") for line in told)
    assert text_of(snapshot(*usual(), kind=MONTHLY, label="2023-06", last=june))[1].endswith("各灯数持平。")


def test_a_snapshot_is_kept_as_json_and_read_back_the_same() -> None:
    held = snapshot(*usual())
    assert load_snapshot(dump_snapshot(held)) == held
    assert "别名" not in str(dump_snapshot(held))


def test_several_units_side_by_side_give_no_figure() -> None:
    both = standing("并列", JUNE, report_of("并列", JUNE, 600), report_of("并列", JUNE, 100, unit="乙局"), card=Card())
    (entry,) = snapshot(both).entries
    assert (entry.beside, entry.value, entry.light) == (True, None, Light.RED)
    assert any("5.2 并列 2 家分别填报，主责待办公室确认 / 700个以上" in line for line in text_of(snapshot(both)))


def test_an_empty_plan_has_a_bulletin_too() -> None:
    told = text_of(snapshot(standing("没报", JUNE)))
    assert told[1] == "总体：1 个目标中 0 个有数，绿 0、黄 0、红 0、完成 0。没有上一期，不作比较。"
    assert told[3] == "双过半：还没有可以算当年任务的数。"


def test_what_a_person_added_stands_in_the_text() -> None:
    told = text_of(snapshot(*usual()), title="上半年情况通报", remark="各单位辛苦了。", state=BulletinState.RELEASED)
    assert told[0] == "上半年情况通报"
    assert told[4] == "各单位辛苦了。"
