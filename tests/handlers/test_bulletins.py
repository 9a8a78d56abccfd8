"""Bulletins as values: periods, what a snapshot keeps, and the paper that is made of it, without naming the late."""

from dataclasses import replace
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

import pytest

from handlers.broadcast import texts_bulletin_paper as texts
from handlers.broadcast.bulletin_process import BulletinProcess
from handlers.texts.marks import plain_lines
from knowledge.plan.key import EntryKey, EntryKind
from knowledge.plan.model import Bound, Card, Node, Period, Target
from knowledge.reports.model import UpdateKind
from knowledge.standing.bulletin import (
    BulletinKind,
    Snapshot,
    current_label,
    dump_snapshot,
    label_of,
    load_snapshot,
    period_of,
    snapshot_of,
)
from knowledge.standing.compute import PlanTime, standing_of
from knowledge.standing.periods import DEFAULT_DUE_DAYS
from knowledge.standing.periods import period_of as reporting_period
from knowledge.standing.picture import Duty, PeriodItem
from knowledge.standing.report import Mark, Report
from knowledge.standing.values import Light, Standing
from storage.bulletin_steps import BulletinStep, RegisteredStep
from storage.bulletins import Bulletin, BulletinState
from storage.fact_checks import FactAnswer, FactCheck, FactCorrection

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
    silent = [one for one in standings if one.owner and not one.figure]
    return snapshot_of(kind, label, as_of, standings, list(map(owed_item, silent)), last)


def owed_item(one: Standing) -> PeriodItem:
    june = reporting_period("2023-06", DEFAULT_DUE_DAYS)
    return PeriodItem(standing=one, unit=one.owner or "", period=june, duty=Duty.OWED, due=june.due)


def text_of(held: Snapshot, *checks: FactCheck, **more: Any) -> list[str]:
    process = process_of(held, *checks, **more)
    return [*plain_lines(texts.paper(process)), *plain_lines(texts.annex(process))]


def process_of(held: Snapshot, *checks: FactCheck, **more: Any) -> BulletinProcess:
    bulletin = Bulletin(
        id=3, plan="some", snapshot=held, title=None, remark=None, state=BulletinState.DRAFT, created_at=NOW,
        released_by=None, released_on=None,
    )  # fmt: skip
    review = RegisteredStep(id=2, step=BulletinStep.REVIEW, day=JUNE, at=NOW, by=1)
    return BulletinProcess(
        bulletin=replace(bulletin, **more), steps={BulletinStep.REVIEW: review} if checks else {}, checks=checks
    )


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


def test_the_paper_reads_as_one() -> None:
    told = text_of(replace(snapshot(*usual()), next_due=date(2023, 7, 25), sections={"5.2": "加强重大项目建设"}))
    assert told == [
        "2023年上半年进展情况小结",
        "一、总体",
        "7 个目标，没有数的 2 个，有数的 5 个：完成 1、绿 2、黄 1、红 1。",
        "没有上一期，不作比较。",
        "双过半：还没有可以算当年任务的数。",
        "数据截至 2023-06-30，口径见文末。",
        "二、主要成效",
        "完成 1 个目标：5.2 完成。",
        "走在前面：",
        "5.2 领先：完成 80%，序时进度 74.8%，快 5.2 个百分点",
        "5.2 正好：完成 75%，序时进度 74.8%，快 0.2 个百分点",
        "三、需加力事项",
        "共 2 个目标：",
        "5.2 落后：完成 64.3%，序时进度 74.8%，慢 10.5 个百分点（6月25日核实）",
        "5.2 最后：完成 14.3%，序时进度 74.8%，慢 60.5 个百分点（6月25日填报，未审签）",
        "四、未报情况",
        "本期未报 1 项，涉及 1 家单位；另有 1 个目标主责待办公室确认，不计未报。",
        "五、下步要求",
        "1. 需加力的 2 个目标：责任单位核实数据，说明原因和赶上序时进度的办法；7月25日前。",
        "2. 未报的 1 项：主责单位补报，没有变化的报“本期无变化”；7月25日前。",
        "3. 主责待办公室确认的 1 个目标：领导小组办公室提出主责，按程序确认。",
        f"{texts.BASIS}。",
        "代拟稿，以正式印发的为准；只帮助看进度，不作考核和问责依据。",
        "《2023年上半年进展情况小结》附表：有数的 5 个目标",
        "加强重大项目建设",
        "5.2 领先：560 个 / 700个以上，快 5.2 个百分点，🟢 绿；主责甲局，6月20日单位审签",
        "5.2 正好：525 个 / 700个以上，快 0.2 个百分点，🟢 绿；主责甲局，6月25日填报，未审签",
        "5.2 落后：450 个 / 700个以上，慢 10.5 个百分点，🟡 黄；主责甲局，6月25日核实",
        "5.2 最后：100 个 / 700个以上，慢 60.5 个百分点，🔴 红；主责甲局，6月25日填报，未审签",
        "5.2 完成：700 个 / 700个以上，快 25.2 个百分点，🟦 自报完成待核；主责甲局，6月25日填报，未审签",
        "累计 / 目标、序时差、灯、较上期。代拟稿，以正式印发的为准；只帮助看进度，不作考核和问责依据。",
    ]


def test_each_kind_has_its_name() -> None:
    held = snapshot(*usual())
    named = {kind: text_of(replace(held, kind=kind, label=label_of(kind, JUNE)))[0] for kind in BulletinKind}
    assert named == {
        MONTHLY: "月度进展情况（2023年6月）",
        QUARTERLY: "关于2023年第二季度进展情况的通报",
        HALF: "2023年上半年进展情况小结",
        ANNUAL: "2023年度进展情况小结",
    }


@pytest.mark.parametrize(
    ("kind", "today", "label"),
    [
        (MONTHLY, (2023, 3, 17), "2023-01~02"),
        (MONTHLY, (2023, 3, 22), "2023-03"),
        (MONTHLY, (2023, 1, 20), "2022-12"),
        (MONTHLY, (2023, 3, 31), "2023-03"),
        (MONTHLY, (2023, 2, 10), "2022-12"),
        (QUARTERLY, (2023, 4, 10), "2023-Q1"),
        (HALF, (2023, 7, 20), "2023-H1"),
        (ANNUAL, (2024, 1, 15), "2023"),
    ],
)
def test_what_is_drafted_by_hand_is_the_period_whose_figures_come_in_or_the_last_one(
    kind: BulletinKind, today: tuple[int, int, int], label: str
) -> None:
    assert current_label(kind, date(*today), DEFAULT_DUE_DAYS) == label


def test_who_has_not_reported_is_counted_and_never_named() -> None:
    told = text_of(snapshot(*usual()))
    assert not any("没报" in line or "没主责" in line or "乙局" in line for line in told)


def test_nobody_is_ranked_last() -> None:
    """What is named stands in the plan's order, not by how far it is, and no unit stands in an order of its own."""
    held = snapshot(*reversed(usual()))
    assert [one.target.name for one in held.pushed] == ["最后", "落后"]
    assert [one.target.name for one in held.ahead(5)] == ["正好", "领先"]
    assert [one.target.name for one in held.ahead(1)] == ["领先"]
    told = text_of(snapshot(*usual()))
    assert not any("甲局" in line for line in told[: told.index("《2023年上半年进展情况小结》附表：有数的 5 个目标")])


def test_what_is_behind_in_time_is_a_problem_with_what_it_rests_on() -> None:
    late = standing("过期", JUNE, report_of("过期", date(2023, 1, 25), 600), deadline=date(2023, 5, 31))
    told = text_of(replace(snapshot(late), problems=(("1.1", "技改项目"),)))
    at = told.index("四、存在问题")
    assert told[at + 1 : at + 4] == [
        "已过期限没有完成的 1 个目标：5.2 过期。",
        "该更新没有更新的 1 个目标：5.2 过期。",
        "单位提出、还没有解决的困难问题涉及 1 项：1.1 技改项目。",
    ]


def test_what_is_due_soon_has_who_answers_and_by_when() -> None:
    soon = standing("快到", JUNE, report_of("快到", JUNE, 600), deadline=date(2023, 9, 30))
    told = text_of(snapshot(soon))
    assert any(line.endswith("下一期内到期的 1 个目标，抓紧收尾：5.2 快到（甲局，2023-09-30）。") for line in told)


def test_what_a_unit_finds_wrong_stands_beside_the_frozen_figure() -> None:
    held = snapshot(*usual())
    wrong = FactCheck(
        id=1, step=1, unit="甲局", asked=1, answer=FactAnswer.DIFFERS,
        corrections=(FactCorrection(1, "少算了 10 个"), FactCorrection(None, "都按旧口径")),
    )  # fmt: skip
    silent = FactCheck(id=2, step=1, unit="乙局", asked=0)
    told = text_of(held, wrong, silent)
    at = next(place for place, line in enumerate(told) if line.startswith("5.2 正好：525 个"))
    assert told[at + 1] == "注：甲局核对时提出：少算了 10 个"
    assert told[-2] == "注：甲局核对时提出：都按旧口径"
    assert "事实由涉及的 2 家单位核对：1 家有出入（见附表的注）、1 家到期没有答复、视为无误。" in told


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
        standing("率", JUNE, report_of("率", JUNE, 600), unit="%", **yearly),
    )
    assert held.halves == (2, 4), "not of rates, which are not added up over a year"
    assert "双过半：有当年任务的 4 个目标中，2 个任务过半。" in text_of(held)
    assert not any("双过半" in line for line in text_of(replace(held, kind=QUARTERLY, label="2023-Q2")))


def test_half_of_the_year_is_what_was_done_by_its_last_day() -> None:
    """Though the bulletin is drafted in July, with the figures of July."""
    yearly: dict[str, Any] = {"period": Period.YEARLY, "deadline": None}
    day = date(2023, 7, 25)
    by_june, by_july = report_of("年年", JUNE, 340), report_of("年年", day, 400)
    now, then = standing("年年", day, by_june, by_july, **yearly), standing("年年", JUNE, by_june, **yearly)
    assert snapshot_of(HALF, "2023-H1", day, [now], [], None).halves == (1, 1)
    held = snapshot_of(HALF, "2023-H1", day, [now], [], None, ended=[then])
    assert held.halves == (0, 1)
    assert held.entries[0].value == 400


def test_a_bulletin_is_held_against_the_one_before() -> None:
    """Targets that turned are counted, whatever their colours were."""
    day = date(2023, 5, 31)
    may = snapshot(
        standing("领先", day, report_of("领先", date(2023, 5, 20), 200)),
        standing("落后", day, report_of("落后", date(2023, 5, 20), 500)),
        standing("完成", day, report_of("完成", date(2023, 5, 20), 700)),
        standing("正好", day, report_of("正好", date(2023, 5, 20), 520)),
        kind=MONTHLY, label="2023-05", as_of=day,
    )  # fmt: skip
    june = snapshot(*usual(), kind=MONTHLY, label="2023-06", last=may)
    told = text_of(june)
    assert "较上期（2023年5月），可比的 4 个目标：转好 1、转差 1、持平 2。" in told
    assert any("，🟢 绿，较上期 +360 个；" in line for line in told)
    assert june.reached == (), "done already in May"


def test_a_snapshot_is_kept_as_json_and_read_back_the_same() -> None:
    held = snapshot(*usual())
    assert load_snapshot(dump_snapshot(held)) == held
    assert "别名" not in str(dump_snapshot(held))


def test_several_units_side_by_side_give_no_figure() -> None:
    both = standing("并列", JUNE, report_of("并列", JUNE, 600), report_of("并列", JUNE, 100, unit="乙局"), card=Card())
    (entry,) = snapshot(both).entries
    assert (entry.beside, entry.value, entry.light) == (True, None, Light.RED)
    row = "5.2 并列：2 家分别填报 / 700个以上，🔴 红；甲局、乙局，主责待办公室确认，6月30日填报，未审签"
    assert row in text_of(snapshot(both))
    assert snapshot(both).lines_of == {"甲局": (0,), "乙局": (0,)}


def test_an_empty_plan_has_a_bulletin_too() -> None:
    told = text_of(snapshot(standing("没报", JUNE)))
    assert told[1:4] == ["一、总体", "1 个目标，没有数的 1 个，有数的 0 个。", "没有上一期，不作比较。"]
    assert not texts.paper(process_of(snapshot(standing("没报", JUNE)))).buttons


def test_what_a_person_added_stands_in_the_text() -> None:
    told = text_of(snapshot(*usual()), title="上半年情况", remark="各单位辛苦了。", state=BulletinState.RELEASED)
    assert told[0] == "上半年情况"
    assert told[5] == "各单位辛苦了。"
