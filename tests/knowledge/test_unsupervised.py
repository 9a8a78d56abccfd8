"""Units that are no object of supervision: over random cards, reports and marks they are never asked, lit or listed."""

from dataclasses import replace
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from zoneinfo import ZoneInfo

from hypothesis import given
from hypothesis import strategies as st

from knowledge.entities.library import Library
from knowledge.plan.gazetteer import Gazetteer
from knowledge.plan.key import EntryKey, EntryKind
from knowledge.plan.model import Bound, Card, Frequency, Period, Plan, Section, Target, Task
from knowledge.reminders.defaults import DEFAULTS
from knowledge.reminders.recipients import PlanSnapshot, Post, audience_of
from knowledge.reminders.rules import rules_from
from knowledge.reports.model import State, UpdateKind
from knowledge.standing.brief import Stop, brief_of
from knowledge.standing.compute import PlanTime
from knowledge.standing.history import history_of
from knowledge.standing.overview import behind, lowest
from knowledge.standing.periods import DEFAULT_DUE_DAYS, month_label, period_asked
from knowledge.standing.picture import DayPicture, PictureSubject, reporters_of
from knowledge.standing.report import Published, Report
from knowledge.standing.values import GREYS, LightCause, Standing

PLAN = "some"
UNITS = ("市纪委监委", "甲局", "乙局", "丙镇")
TIME = PlanTime(start=date(2021, 12, 31), end=date(2023, 12, 31))
STATIONS = EntryKey(EntryKind.TARGET, "5G基站", PLAN, "5.2")
BRIDGE = EntryKey(EntryKind.PROJECT, "大桥", PLAN, "5.2")
DAYS = st.dates(date(2022, 3, 1), date(2024, 2, 1))
ZONE = ZoneInfo("Asia/Shanghai")


@st.composite
def cards(draw: st.DrawFn) -> Card:
    certifier = draw(st.sampled_from([None, None, "市统计局"]))
    return Card(
        owner=draw(st.sampled_from([None, *UNITS])),
        summed=draw(st.sampled_from([None, True])),
        certifier=certifier,
        frequency=draw(st.sampled_from([None, Frequency.QUARTERLY])),
    )


@st.composite
def reports(draw: st.DrawFn, number: int) -> Report:
    day, unit = draw(DAYS), draw(st.sampled_from([*UNITS, "市统计局"]))
    about = draw(st.sampled_from([STATIONS, BRIDGE]))
    first = day.replace(day=1)
    out = Published(first=first, last=day, on=day) if unit == "市统计局" else None
    states = st.sampled_from([State.NOT_STARTED, State.BLOCKED, State.DONE])
    return Report(
        id=str(number),
        subject=about,
        unit=unit,
        kind=UpdateKind.READING if about is STATIONS else UpdateKind.STATE,
        value=Decimal(draw(st.integers(0, 900))) if about is STATIONS else None,
        state=draw(states) if about is BRIDGE else None,
        published=out,
        as_of=day,
        for_period=month_label(day),
        received_at=datetime.combine(day, time(8), ZONE),
        author="p1",
    )


@st.composite
def pictures(draw: st.DrawFn) -> DayPicture:
    card, day = draw(cards()), draw(DAYS)
    units = tuple(draw(st.lists(st.sampled_from(UNITS), min_size=1, unique=True)))
    said = [draw(reports(number)) for number in range(draw(st.integers(0, 6)))]
    target = Target(
        task="5.2", name="5G基站", value=Decimal(700), unit="个", bound=Bound.AT_LEAST, place="三(五)2", card=card,
        period=draw(st.sampled_from(Period)), deadline=draw(st.sampled_from([None, date(2022, 12, 31), TIME.end])),
    )  # fmt: skip

    def subject(key: EntryKey, of: Target | None) -> PictureSubject:
        history = history_of(key, of, card if of else Card(), [one for one in said if one.subject == key])
        return PictureSubject(history=history, units=units, reporters=reporters_of(card, units) if of else ())

    return DayPicture(
        plan=PLAN,
        day=day,
        time=TIME,
        due_days=DEFAULT_DUE_DAYS,
        subjects={STATIONS: subject(STATIONS, target), BRIDGE: subject(BRIDGE, None)},
        unsupervised=frozenset(draw(st.sets(st.sampled_from(UNITS)))),
    )


def only_by(standing: Standing, spared: frozenset[str]) -> bool:
    """Whether nobody who is supervised answers for it, or gave its figure."""
    asked = standing.units if standing.card.summed or not standing.owner else (standing.owner,)
    whose = [asked] if standing.target else [] if standing.figure else [standing.units]
    whose += [standing.figure.units] if standing.figure else []
    return any(spared.issuperset(units) for units in whose)


@given(pictures())
def test_they_owe_nothing_and_what_only_they_answer_for_has_no_light(held: DayPicture) -> None:
    spared = held.unsupervised
    for days in range(0, 120, 20):
        assert not spared & {one.unit for one in held.asked_on(held.day + timedelta(days=days))}
    assert not spared & {one.unit for one in held.items(period_asked(Frequency.MONTHLY, held.day, DEFAULT_DUE_DAYS))}
    for one in held.standings:
        assert (one.reason.why is LightCause.UNSUPERVISED) is only_by(one, spared), one
        assert not spared & set(one.silent)
        for line in one.beside:
            unlit = line.verdict.reason.why is LightCause.UNSUPERVISED
            assert unlit is (only_by(one, spared) or spared.issuperset(line.figure.units))


@given(pictures())
def test_nothing_of_theirs_is_listed_as_late_behind_or_last(held: DayPicture) -> None:
    theirs = {one.subject for one in held.standings if only_by(one, held.unsupervised)}
    for one in held.standings:
        if one.subject in theirs:
            assert one.light in GREYS
            assert not one.late
            assert not one.stale
            assert one.projection is None
    assert not theirs & {one.subject for one in (*behind(held.standings), *lowest(held.standings, 9))}
    page = brief_of(held, held.on(held.day - timedelta(days=30)))
    assert not theirs & {one.subject for one in page.red}
    assert not theirs & {one.standing.subject for one in page.stuck if one.stop in {Stop.OVERDUE, Stop.STALE}}


@given(pictures())
def test_of_the_others_everything_is_as_it_was(held: DayPicture) -> None:
    """But of what they have reported a part of."""
    before = replace(held, unsupervised=frozenset(), _standings={})
    theirs = {
        subject
        for subject, one in held.subjects.items()
        if held.unsupervised & {report.unit for report in one.history.reports}
    }
    same = [one for one in before.current if one.unit not in held.unsupervised]
    was, now = (
        [(one.unit, one.duty, one.due) for one in items if one.standing.subject not in theirs]
        for items in (same, held.current)
    )
    assert now == was
    for one in before.standings:
        if one.subject not in theirs and not held.unsupervised & {*one.units, one.owner}:
            assert held.standing(one.subject).light is one.light


@given(pictures())
def test_no_rule_writes_to_their_people(held: DayPicture) -> None:
    posts = tuple(Post(number, role, unit, None) for number, (role, unit) in enumerate(
        (role, unit) for role in ("liaison", "head") for unit in UNITS
    ))  # fmt: skip
    snapshot = PlanSnapshot(plan=PLAN, today=held.day, posts=posts, absent=posts, picture=held)
    for rule in rules_from(DEFAULTS).values():
        for unit in held.unsupervised:
            assert audience_of(rule, snapshot, unit) == ()


def test_another_plans_commission_for_discipline_is_spared_without_being_stated() -> None:
    def plan(*units: str) -> Plan:
        task = Task(id="1.1", section=1, title="甲", place="一1", units=units)
        return Plan(
            name="other", title="方案", home="乙县", sections=(Section(no=1, title="甲", place="一"),), tasks=(task,)
        )

    held = Library(((plan("县纪委监委", "县监察委员会", "县财政局", "县工商联"), Gazetteer(home="乙县")),))
    assert held.unsupervised == {"other": frozenset({"县纪委监委", "县监察委员会"})}
