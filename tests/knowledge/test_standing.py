"""Standings beyond the worked examples: past days, what was known, many at once, the contract, the sentences."""

import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from random import Random
from textwrap import indent

import pytest
from folders import ROOT
from hypothesis import given
from hypothesis import strategies as st
from standing_cases import PLAN_TIME, SUBJECT, TARGET, UNITS, target_of

from handlers.texts import standing as told
from handlers.texts.standing_list import behind_text, row_text
from knowledge.plan.key import EntryKey, EntryKind
from knowledge.plan.model import Benchmark, Bound, Card, Definition, Node, Period, Rigidity, Target
from knowledge.plan.problems import Code
from knowledge.plan.register import read_register
from knowledge.questions.standings_json import standings_json
from knowledge.reports.model import State, UpdateKind
from knowledge.standing import overview
from knowledge.standing.compute import standing_of
from knowledge.standing.report import Mark, Published, Report, Resolution, Status
from knowledge.standing.subject import standing_of_subject
from knowledge.standing.values import DEFAULT_THRESHOLDS, Extension, Light, LightCause, Standing, Thresholds

BASE_STATIONS = target_of({})
TODAY = date(2023, 11, 24)


def noon(day: date) -> datetime:
    return datetime(day.year, day.month, day.day, 4, tzinfo=UTC)


def said(
    value: str | None,
    day: date = TODAY,
    *,
    id: str = "",  # noqa: A002 - the report's own word
    unit: str = "甲局",
    kind: UpdateKind = UpdateKind.READING,
    subject: EntryKey = SUBJECT,
    state: State | None = None,
    status: Status = Status.ACCEPTED,
    received: datetime | None = None,
    ended: datetime | None = None,
    accepted: datetime | None = None,
    checked: datetime | None = None,
) -> Report:
    return Report(
        id=id or f"{unit}{day}{value}",
        subject=subject,
        unit=unit,
        kind=kind,
        value=None if value is None else Decimal(value),
        state=state,
        as_of=day,
        received_at=received or noon(day),
        author="p1",
        status=status,
        accepted_at=accepted,
        ended_at=ended,
        checked=Mark(by="p9", at=checked) if checked else None,
    )


def now(
    reports: Sequence[Report],
    target: Target = BASE_STATIONS,
    *,
    today: date = TODAY,
    known_at: datetime | None = None,
    thresholds: Thresholds = DEFAULT_THRESHOLDS,
) -> Standing:
    return standing_of(
        target, target.card, reports, today, thresholds, plan="some", time=PLAN_TIME, units=UNITS, known_at=known_at
    )


# Past days and past knowledge.


def test_a_past_day_is_told_as_it_was_true_then() -> None:
    reports = [said("350", date(2023, 6, 30)), said("620")]
    then = now(reports, today=date(2023, 6, 30))
    assert (then.value, then.expected, then.light) == (Decimal(350), Decimal("74.8"), Light.RED)


def test_a_late_report_of_an_earlier_day_changes_what_was_true_but_not_what_was_known() -> None:
    day = date(2023, 6, 30)
    reports = [said("300", date(2023, 6, 1)), said("350", day, received=noon(date(2023, 7, 9)))]
    assert now(reports, today=day).value == 350
    assert now(reports, today=day, known_at=noon(date(2023, 7, 1))).value == 300


def test_what_was_withdrawn_later_was_known_before() -> None:
    reports = [
        said("300", date(2023, 6, 1)),
        said(
            "700",
            date(2023, 6, 2),
            status=Status.WITHDRAWN,
            accepted=noon(date(2023, 6, 2)),
            ended=noon(date(2023, 6, 3)),
        ),
    ]
    assert now(reports).value == 300
    assert now(reports, today=date(2023, 6, 2), known_at=noon(date(2023, 6, 2))).value == 700
    assert now(reports, today=date(2023, 6, 4), known_at=noon(date(2023, 6, 4))).value == 300


def test_what_never_counted_was_never_known() -> None:
    reports = [said("700", date(2023, 6, 2), status=Status.RETURNED, ended=noon(date(2023, 6, 3)))]
    assert now(reports, today=date(2023, 6, 2), known_at=noon(date(2023, 6, 2))).figure is None


def test_a_check_counts_from_when_it_was_made() -> None:
    reports = [said("700", date(2023, 6, 1), checked=noon(date(2023, 8, 1)))]
    assert now(reports, known_at=noon(date(2023, 7, 1))).light is Light.LIGHT_BLUE
    assert now(reports, known_at=noon(date(2023, 8, 1))).light is Light.BLUE


def test_an_increment_on_an_unchecked_figure_is_not_checked() -> None:
    reports = [
        said("690", date(2023, 6, 1)),
        said("20", date(2023, 7, 1), kind=UpdateKind.INCREMENT, checked=noon(date(2023, 8, 1))),
    ]
    assert (now(reports).value, now(reports).light) == (Decimal(710), Light.LIGHT_BLUE)


def test_a_ceiling_is_red_once_broken_and_silent_before() -> None:
    accidents = target_of({"target": {"name": "事故", "value": "5", "unit": "起", "bound": "at_most"}})
    below, above = now([said("4")], accidents), now([said("6")], accidents)
    assert (below.light, below.reason.why) == (Light.GREY_NO_DATA, LightCause.NOT_EVALUATED)
    assert (above.light, above.reason.why) == (Light.RED, LightCause.EXCEEDED)


def test_a_yearly_target_is_not_compared_with_the_month_before_its_new_year() -> None:
    yearly = target_of({"target": {"value": "20", "period": "yearly", "deadline": None}})
    reports = [said("10", date(2022, 2, 10)), said("22", date(2022, 12, 20)), said("3", date(2023, 1, 20))]
    found = now(reports, yearly, today=date(2023, 1, 25))
    assert found.month_change is None
    february = now([*reports, said("12", date(2023, 2, 20))], yearly, today=date(2023, 2, 25))
    assert february.month_change
    assert february.year_change
    assert (february.month_change.difference, february.year_change.difference) == (Decimal(9), Decimal(2))


def test_a_published_figure_is_not_due_soon_because_today_is() -> None:
    target = target_of({"card": {"certifier": "统计局", "lag": "20"}})
    report = replace(
        said("660", date(2023, 11, 30), unit="统计局"),
        published=Published(first=date(2023, 1, 1), last=date(2023, 11, 30), on=date(2023, 12, 20)),
    )
    assert now([report], target, today=date(2023, 12, 28)).light is Light.GREEN


def test_a_plan_issued_on_the_last_day_of_a_year_begins_with_the_next() -> None:
    yearly = target_of({"target": {"value": "20", "period": "yearly", "deadline": None}})
    assert [year.year for year in now([], yearly, today=date(2025, 1, 1)).years] == [2022, 2023]


# What has no number.

WHARF = EntryKey(EntryKind.PROJECT, "综合码头", "some", "5.3")


def stands(reports: Sequence[Report], today: date = TODAY) -> Standing:
    return standing_of_subject(WHARF, reports, today, time=PLAN_TIME, units=UNITS)


@pytest.mark.parametrize(
    ("state", "today", "light", "why"),
    [
        (State.DONE, TODAY, Light.LIGHT_BLUE, LightCause.REPORTED),
        (State.IN_PROGRESS, TODAY, Light.GREY_NO_BASE, LightCause.NO_QUANTITY),
        (State.NOT_STARTED, TODAY, Light.GREY_NO_BASE, LightCause.NO_QUANTITY),
        (State.IN_PROGRESS, date(2023, 12, 28), Light.AMBER, LightCause.DUE_SOON),
        (State.IN_PROGRESS, date(2024, 1, 1), Light.RED, LightCause.OVERDUE),
        (State.BLOCKED, TODAY, Light.RED, LightCause.BLOCKED),
    ],
)
def test_a_state_has_a_light_only_when_done_or_due_or_stopped(
    state: State, today: date, light: Light, why: LightCause
) -> None:
    found = stands([said(None, kind=UpdateKind.STATE, state=state, subject=WHARF)], today)
    assert (found.light, found.reason.why) == (light, why)


def test_a_stopped_project_is_red_until_it_goes_on_and_what_is_no_project_is_not() -> None:
    stopped = said(None, date(2023, 11, 1), kind=UpdateKind.STATE, state=State.BLOCKED, subject=WHARF)
    unchanged = said(None, date(2023, 11, 20), kind=UpdateKind.NO_CHANGE, subject=WHARF)
    resumed = said(None, kind=UpdateKind.STATE, state=State.IN_PROGRESS, subject=WHARF)
    assert stands([stopped, unchanged]).light is Light.RED
    assert stands([stopped, resumed]).light is Light.GREY_NO_BASE
    task = EntryKey(EntryKind.TASK, "重大项目", "some", "5.3")
    of_task = said(None, kind=UpdateKind.STATE, state=State.BLOCKED, subject=task)
    assert standing_of_subject(task, [of_task], TODAY, time=PLAN_TIME).light is Light.GREY_NO_BASE


def test_a_stop_that_was_found_excused_is_not_red_until_it_goes_on_and_stops_again() -> None:
    stopped = said(None, date(2023, 11, 1), kind=UpdateKind.STATE, state=State.BLOCKED, subject=WHARF)
    excused = replace(stopped, resolved=Resolution(on=date(2023, 11, 5), how="市政府，武政函〔2023〕5号"))
    again = said(None, date(2023, 11, 20), kind=UpdateKind.STATE, state=State.BLOCKED, subject=WHARF)
    resumed = said(None, date(2023, 11, 10), kind=UpdateKind.STATE, state=State.IN_PROGRESS, subject=WHARF)
    assert stands([excused], date(2023, 11, 4)).light is Light.RED
    for reports in ([excused], [excused, again]):
        found = stands(reports)
        assert (found.light, found.reason.why) == (Light.GREY_NO_BASE, LightCause.EXCUSED)
        assert "市政府，武政函〔2023〕5号" in told.reason_text(found, DEFAULT_THRESHOLDS)
    assert stands([excused, resumed, again]).light is Light.RED


def test_a_project_s_percent_is_measured_against_time() -> None:
    found = stands([said("90", kind=UpdateKind.PERCENT, subject=WHARF)])
    assert (found.share, found.expected, found.difference) == (Decimal(90), Decimal("94.9"), Decimal("-4.9"))
    assert found.light is Light.GREEN


@pytest.mark.parametrize(("today", "light"), [(TODAY, Light.GREY_UNREPORTED), (date(2024, 1, 1), Light.GREY_OVERDUE)])
def test_a_silent_project_is_unreported_then_overdue(today: date, light: Light) -> None:
    assert stands([], today).light is light


def test_a_state_is_told_in_words() -> None:
    found = stands([said(None, kind=UpdateKind.STATE, state=State.BLOCKED, subject=WHARF)])
    assert told.headline(found) == "🔴 红：停工（停滞）"
    assert told.lines(found) == [
        "填报 停工（停滞）（甲局，11月24日）；核实 —",
        "方案 2023-12-31（方案未写期限，默认按方案期）",
    ]


# Many at once.


def named(name: str, value: str | None, task: str = "5.2", owner: str | None = None, **changes: str) -> Standing:
    target = target_of({"target": {"name": name, "task": task, **changes}, "card": {"owner": owner} if owner else {}})
    subject = EntryKey(EntryKind.TARGET, name, "some", task)
    return now([said(value, subject=subject)] if value else [], target)


MANY = [
    named("一", "300"),
    named("二", "620"),
    named("三", "690", task="6.1", owner="乙局"),
    named("四", None, task="6.1"),
    named("五", "705", task="7.1", owner="甲局"),
    named("六", "300", task="8.1"),
]


def names(standings: Sequence[Standing]) -> list[str]:
    return [one.subject.name for one in standings]


def test_red_ones_are_found_and_lights_counted() -> None:
    assert names(overview.with_light(MANY, {Light.RED})) == ["一", "六"]
    assert overview.tally(MANY)[Light.RED] == 2


def test_the_lowest_shares_come_with_all_that_tie() -> None:
    assert names(overview.lowest(MANY, 1)) == ["一", "六"]
    assert names(overview.lowest(MANY, 3)) == ["一", "六", "二"]
    assert overview.lowest(MANY, 0) == overview.lowest([], 3) == ()


def test_those_behind_keep_the_plans_order_and_a_working_list_begins_with_the_worst() -> None:
    assert names(overview.behind(MANY)) == ["一", "二", "六"]
    assert names(overview.by_urgency(MANY))[:3] == ["一", "六", "二"]


def test_a_unit_answers_for_its_own_and_for_what_nobody_owns() -> None:
    assert names(overview.of_units(MANY, ["乙局"])) == ["一", "二", "三", "四", "六"]


def test_a_task_has_the_light_of_the_target_that_needs_most_attention() -> None:
    assert overview.task_lights(MANY) == {
        "5.2": Light.RED,
        "6.1": Light.GREY_UNREPORTED,
        "7.1": Light.LIGHT_BLUE,
        "8.1": Light.RED,
    }
    assert overview.worst([Light.BLUE, Light.GREY_UNREPORTED]) is Light.GREY_UNREPORTED
    assert overview.worst([]) is None


def test_a_project_s_state_never_changes_its_task_s_light() -> None:
    overdue = stands([said(None, kind=UpdateKind.STATE, state=State.BLOCKED, subject=WHARF)], date(2024, 1, 1))
    assert overview.task_lights([overdue]) == {}


def test_what_was_said_in_a_month_comes_in_order_of_arrival() -> None:
    reports = [said("3", date(2023, 11, 5)), said("1", date(2023, 10, 31)), said("2", date(2023, 11, 1))]
    found = overview.said_between(reports, noon(date(2023, 11, 1)), noon(date(2023, 11, 30)))
    assert [one.value for one in found] == [2, 3]


# The contract.


def test_a_standing_is_written_as_the_contract_says() -> None:
    assert standings_json([now([said("620")])]) == [
        {
            "task": "5.2",
            "target": "5G基站",
            "value": 620,
            "unit": "个",
            "share": 88.6,
            "expected": 94.9,
            "light": "amber",
            "as_of": "2023-11-24",
            "by": "甲局",
            "checked": False,
        }
    ]


def test_what_is_reached_late_was_overdue_and_is_not_any_more() -> None:
    day = date(2024, 1, 5)
    late = now([said("690", date(2023, 12, 31)), said("700", day)], today=day)
    assert behind_text(late) == "曾逾期"
    assert behind_text(now([said("700", date(2023, 12, 30))], today=day)) == ""
    assert behind_text(now([said("690", date(2023, 12, 30))], today=day)) == "逾期 5 天"


def test_a_figure_older_than_last_month_s_is_the_last_one() -> None:
    day = date(2024, 1, 5)
    found = now([said("590", date(2023, 4, 3)), said("700", day)], today=day)
    assert "比上次 +110 个（2023-04-03 590 个）" in "".join(told.lines(found))


def test_units_side_by_side_are_rows_of_their_own() -> None:
    rows = standings_json([now([said("620"), said("700", unit="乙局")])], mixed=True)
    assert [(row["task"], row["by"], row["value"], row["light"]) for row in rows] == [
        ("some/5.2", "乙局", 700, "light_blue"),
        ("some/5.2", "甲局", 620, "amber"),
    ]


def test_nothing_reported_is_null() -> None:
    (row,) = standings_json([now([])])
    assert (row["value"], row["unit"], row["share"], row["as_of"], row["by"]) == (None, "个", None, None, None)
    assert (row["light"], row["expected"], row["checked"]) == ("grey_unreported", 94.9, False)


# The sentences.


def test_progress_is_told_with_its_tag_day_unit_pace_and_changes() -> None:
    reports = [said("300", date(2022, 11, 20)), said("590", date(2023, 10, 31)), said("620")]
    found = now(reports)
    assert told.headline(found) == "🟡 黄：620 个，完成 88.6%，比序时进度（94.9%）慢 6.4 个百分点"
    assert told.lines(found) == [
        "填报 620 个（甲局，11月24日）；核实 —",
        "方案 700个以上，2023-12-31；序时进度按时间推算",
        "按现速到期约 653 个，缺 47 个（匀速推算，非预测）",
        "比上月 +30 个（10月31日 590 个）；同比 +320 个（2022-11-20 300 个）",
    ]
    assert row_text(found) == (
        "🟡 黄 5.2 5G基站 · 620 个，完成 88.6% · 目标 700个以上 · 慢 6.4 个百分点 · 甲局 · 11月24日填报"
    )


def test_after_the_deadline_nothing_is_projected() -> None:
    late = now([said("620")], today=date(2024, 1, 10))
    assert "已过期限 10 天" in told.reason_text(late, DEFAULT_THRESHOLDS)
    assert "按现速" not in "".join(told.lines(late))
    assert "按现速到期" in "".join(told.lines(now([said("620")], today=date(2023, 12, 31))))


def test_what_is_old_is_called_old_and_a_check_stands_beside_the_report() -> None:
    found = now([said("600", date(2023, 8, 31), checked=noon(date(2023, 9, 2))), said("690", date(2023, 9, 30))])
    assert told.lines(found)[:2] == [
        "填报 690 个（甲局，9月30日）；核实 600 个（甲局，8月31日）",
        "最近 55 天未更新",
    ]


def test_a_published_figure_is_told_with_its_data_period() -> None:
    target = target_of({"card": {"certifier": "统计局"}})
    report = replace(
        said("620", date(2023, 10, 31), unit="统计局"),
        published=Published(first=date(2023, 1, 1), last=date(2023, 10, 31), on=date(2023, 11, 15)),
    )
    assert told.lines(now([report], target))[0] == ("核实 620 个（统计局发布，数据期 1月1日至10月31日，11月15日发布）")


def test_an_empty_card_says_who_has_to_fill_it_in() -> None:
    assert set(told.card_lines(BASE_STATIONS, Card())) == {
        f"{name}：待办公室确认"
        for name in (
            *("主责单位", "核定单位", "口径", "基期值", "年度节点", "季度节点"),
            *("报送频次", "数据滞后", "刚性", "各单位数", "依据"),
        )
    }


def test_a_full_card_is_told() -> None:
    card = Card(
        owner="甲局",
        definition=Definition(numerator="已开通的基站", denominator="规划的基站"),
        base=Decimal(120),
        yearly=(Node(day=date(2022, 12, 31), value=Decimal(400)),),
        lag=0,
        rigidity=Rigidity.BINDING,
        summed=False,
    )
    found = told.card_lines(BASE_STATIONS, card)
    assert found[:5] == [
        "主责单位：甲局",
        "核定单位：待办公室确认",
        "口径：分子：已开通的基站；分母：规划的基站",
        "基期值：120 个",
        "年度节点：2022-12-31 400 个",
    ]
    assert found[7:10] == ["数据滞后：0 天", "刚性：约束", "各单位数：不相加"]


# The card in the register.

REGISTER = """\
title: 某市行动方案
home: 某市
issued: 2021-12-31
tasks:
  - id: "1"
    title: 主攻产业
    place: 三
    units: [甲局, 乙局]
    targets:
      - name: 基站
        value: 700
        card:
          owner: 甲局
          certifier:
          definition: {numerator: 已开通的基站}
          base: 120.50
          yearly: [{day: 2022-12-31, value: 400}]
          quarterly:
          frequency: half-yearly
          lag: 20
          rigidity: 约束
          reference: {value: 85.2, unit: "%", source: 省公报}
          summed: true
"""


def test_a_register_holds_the_whole_card() -> None:
    plan, problems = read_register(REGISTER, name="some", file="f")
    assert problems == ()
    assert plan
    card = plan.tasks[0].targets[0].card
    assert (card.owner, card.certifier, card.quarterly, card.lag, card.summed) == ("甲局", None, (), 20, True)
    assert (str(card.base), card.yearly) == ("120.50", (Node(day=date(2022, 12, 31), value=Decimal(400)),))
    assert card.reference == Benchmark(value=Decimal("85.2"), unit="%", source="省公报")


def test_the_guide_s_card_is_a_good_one() -> None:
    guide = (ROOT / "docs" / "register.md").read_text(encoding="utf-8")
    (written,) = re.findall(r"~~~yaml\n(.*?)~~~", guide, re.DOTALL)
    text = REGISTER.partition("        card:")[0].replace("甲局", "市科经局") + indent(written, " " * 8)
    plan, problems = read_register(text, name="some", file="f")
    assert problems == ()
    assert plan
    assert "待办公室确认" not in "".join(told.card_lines(BASE_STATIONS, plan.tasks[0].targets[0].card))


@pytest.mark.parametrize(
    ("old", "new", "code", "key"),
    [
        ("owner: 甲局", "owner: 丙局", Code.UNKNOWN_NAME, "owner"),
        ("lag: 20", "lag: -1", Code.OUT_OF_RANGE, "lag"),
        ("lag: 20", "lag: 二十", Code.BAD_INTEGER, "lag"),
        ("half-yearly", "半年", Code.BAD_CHOICE, "frequency"),
        ("day: 2022-12-31", "day: 2021-12-30", Code.TOO_EARLY, "yearly[0].day"),
        (
            "[{day: 2022-12-31, value: 400}]",
            "[{day: 2022-12-31, value: 1}, {day: 2022-12-31, value: 2}]",
            Code.DUPLICATE,
            "yearly[1].day",
        ),
        ("source: 省公报", "sorce: 省公报, source: 省公报", Code.UNKNOWN_KEY, "reference.sorce"),
    ],
)
def test_a_mistake_in_a_card_is_named_with_its_place(old: str, new: str, code: Code, key: str) -> None:
    plan, problems = read_register(REGISTER.replace(old, new), name="some", file="f")
    assert plan is None
    assert [(problem.code, problem.key) for problem in problems] == [(code, f"tasks[0].targets[0].card.{key}")]


# What holds of any reports at all.

DAYS = st.dates(date(2021, 6, 1), date(2024, 12, 31))
VALUES = st.decimals(Decimal("-1e6"), Decimal("1e12"), places=3) | st.integers(0, 1000).map(Decimal)
UNIT = st.sampled_from(["甲局", "乙局", "丙局", "统计局"])


@st.composite
def reports_of(draw: st.DrawFn) -> tuple[Report, ...]:
    count = draw(st.integers(0, 6))
    return tuple(_one(draw, number) for number in range(count))


def _one(draw: st.DrawFn, number: int) -> Report:
    day = draw(DAYS)
    received = noon(day) + timedelta(hours=draw(st.integers(0, 9999)))
    kind = draw(st.sampled_from(UpdateKind))
    return Report(
        id=str(number),
        subject=SUBJECT,
        unit=draw(UNIT),
        kind=kind,
        value=draw(st.none() | VALUES) if kind is not UpdateKind.STATE else None,
        measure=draw(st.sampled_from([None, None, "个", "%", "万人次"])),
        state=draw(st.none() | st.sampled_from(State)) if kind is UpdateKind.STATE else None,
        as_of=day,
        received_at=received,
        author="p1",
        status=draw(st.sampled_from([*Status, Status.ACCEPTED, Status.ACCEPTED])),
        corrects=draw(st.none() | st.integers(0, 6).map(str)),
        approved=draw(st.none() | st.just(Mark(by="p2", at=received))),
        checked=draw(st.none() | st.just(Mark(by="p3", at=received))),
        published=draw(st.none() | st.just(Published(first=day, last=day, on=day))),
    )


cards = st.builds(
    Card,
    owner=st.sampled_from([None, "甲局"]),
    certifier=st.sampled_from([None, None, "统计局"]),
    base=st.none() | VALUES,
    base_unit=st.sampled_from([None, "万人次"]),
    yearly=st.lists(st.builds(Node, day=DAYS, value=VALUES), max_size=2).map(tuple),
    quarterly=st.lists(st.builds(Node, day=DAYS, value=VALUES), max_size=3).map(tuple),
    lag=st.sampled_from([None, 0, 20]),
    rigidity=st.none() | st.sampled_from(Rigidity),
    reference=st.none() | st.builds(Benchmark, value=VALUES, unit=st.sampled_from([None, "%"]), source=st.just("报")),
    summed=st.sampled_from([None, False, True]),
)
targets = st.builds(
    Target,
    task=st.just("5.2"),
    name=st.just(TARGET["name"]),
    value=VALUES,
    unit=st.sampled_from(["个", "%", None, "倍", "亿元"]),
    bound=st.sampled_from(Bound),
    period=st.sampled_from(Period),
    deadline=st.none() | DAYS,
    relative_to=st.sampled_from([None, None, "全省平均水平"]),
    place=st.just("三"),
    card=cards,
)
extensions = st.lists(st.builds(Extension, to=DAYS, decided=DAYS), max_size=2)


@given(targets, reports_of(), DAYS, extensions, st.none() | DAYS)
def test_nothing_breaks_a_standing(
    target: Target, reports: tuple[Report, ...], today: date, moved: list[Extension], known: date | None
) -> None:
    """Whatever is asked of whatever was said, there is a standing, and it can be told and written."""
    found = standing_of(
        target,
        target.card,
        reports,
        today,
        plan="some",
        time=PLAN_TIME,
        units=UNITS,
        extensions=moved,
        known_at=noon(known) if known else None,
    )
    sentences = [told.headline(found), row_text(found), *told.lines(found), *told.card_lines(target, target.card)]
    assert all(sentences)
    assert told.reason_text(found, DEFAULT_THRESHOLDS)
    assert standings_json([found])
    assert found.figure is None or found.figure.day <= today
    if target.card.rigidity in {Rigidity.STRIVE, Rigidity.ASPIRE}:
        assert found.light is not Light.RED


@given(targets, reports_of(), DAYS)
def test_what_does_not_count_changes_nothing(target: Target, reports: tuple[Report, ...], today: date) -> None:
    accepted = [one for one in reports if one.status is Status.ACCEPTED]
    assert now(reports, target, today=today) == now(accepted, target, today=today)


@given(targets, reports_of(), DAYS, st.randoms())
def test_the_order_of_loading_changes_nothing(
    target: Target, reports: tuple[Report, ...], today: date, random: Random
) -> None:
    shuffled = list(reports)
    random.shuffle(shuffled)
    assert now(shuffled, target, today=today) == now(reports, target, today=today)


@given(reports_of(), DAYS, DAYS)
def test_a_later_day_never_rests_on_an_older_figure(reports: tuple[Report, ...], one: date, other: date) -> None:
    target = target_of({"card": {"owner": "甲局"}})
    plain = [replace(report, published=None) for report in reports]
    earlier, later = (now(plain, target, today=day) for day in sorted([one, other]))
    if earlier.figure:
        assert later.figure
        assert later.figure.day >= earlier.figure.day


COUNTS = st.integers(0, 2000).map(Decimal)


@given(COUNTS, COUNTS)
def test_more_done_never_needs_more_attention(one: Decimal, other: Decimal) -> None:
    order = list(Light)
    low, high = (now([said(str(value))]) for value in sorted([one, other]))
    assert low.share is not None
    assert high.share is not None
    assert low.share <= high.share
    assert order.index(low.light) <= order.index(high.light)


@given(st.dates(date(2022, 1, 1), date(2023, 12, 31)), st.dates(date(2022, 1, 1), date(2023, 12, 31)))
def test_the_share_due_grows_with_time(one: date, other: date) -> None:
    earlier, later = (now([], today=day).expected for day in sorted([one, other]))
    assert earlier is not None
    assert later is not None
    assert earlier <= later


@given(st.lists(st.decimals(0, Decimal("1e9"), places=6), min_size=1, max_size=20))
def test_increments_add_up_exactly(parts: list[Decimal]) -> None:
    reports = [
        said(str(part), date(2022, 1, 1) + timedelta(days=day), id=str(day), kind=UpdateKind.INCREMENT)
        for day, part in enumerate(parts)
    ]
    assert now(reports).value == sum(parts, Decimal(0))


@given(st.lists(st.decimals(0, Decimal("1e9"), places=6), min_size=1, max_size=20))
def test_units_add_up_exactly(parts: list[Decimal]) -> None:
    target = target_of({"card": {"summed": "true"}})
    assert now([said(str(part), unit=f"第{n}局") for n, part in enumerate(parts)], target).value == sum(parts)


@given(st.permutations(["600", "610", "620"]))
def test_on_one_day_what_arrived_last_holds(order: list[str]) -> None:
    reports = [said(value, id=value, received=noon(TODAY) + timedelta(minutes=n)) for n, value in enumerate(order)]
    assert now(reports).value == Decimal(order[-1])
