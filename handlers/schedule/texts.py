"""What reminders say: one function for each rule, from its event to a title and the lines under it."""

from collections.abc import Callable, Sequence
from datetime import date

from handlers.schedule.event import Event
from handlers.texts.lists import BETWEEN
from handlers.texts.marks import bold, typeset
from handlers.texts.periods import period_text
from handlers.texts.plan import value_text
from handlers.texts.reply import Reply
from handlers.texts.rights import ROLES
from handlers.texts.standing import amount_text, day_text, figure_text, never_text, percent_text
from handlers.texts.standing_list import problems_text
from knowledge.plan.model import Frequency
from knowledge.reminders.recipients import PlanSnapshot, year_of
from knowledge.standing.bulletin import told_at_meeting
from knowledge.standing.periods import ReportingPeriod
from knowledge.standing.picture import PeriodItem, by_unit
from knowledge.standing.report import Report
from knowledge.standing.values import Standing
from storage.people import Role

FILL, SAME, ALL_SAME, LATER, GOT_IT, DONE = "现在填报", "本期无变化", "都无变化", "稍后提醒", "收到", "已完成"
RECEIVED = "已收到。"
PRESS, GAPS, SET_MEETING, SEE_DRAFT, SIGN = "请负责人督促", "看清单", "定会期", "看草稿", "审签"
SHOWN = 8
"""Lines of one thing to do; what is more is counted."""

WEEKDAYS = "一二三四五六日"


def message(who: str, events: Sequence[Event], *, today: date, shifted: bool) -> Reply:
    """The head says who, which day and how many things; a shifted date is written in full."""
    day = today.isoformat() if shifted else f"{today.month}月{today.day}日"
    head = f"{who}，{day}（周{WEEKDAYS[today.weekday()]}），{len(events)} 件事"
    return Reply(head=bold(head), blocks=tuple(map(_block, events)))


def reader(snapshot: PlanSnapshot, member: int) -> str:
    """市科经局, 督查室: for whom the message is."""
    post = next((one for one in snapshot.posts if one.member == member), None)
    if post is None:
        return "您好"
    return post.unit or ROLES[Role(post.role)]


def _block(event: Event) -> str:
    title, lines = _SAYS[event.rule](event)
    late = f"(迟发,应于{day_text(event.planned, event.today)}发)" if event.late else ""
    shown = lines[:SHOWN] + ([f" 另有 {len(lines) - SHOWN} 项"] if len(lines) > SHOWN else [])
    return "\n".join(typeset(line) for line in (f"{title}{late}", *_since(event), *shown))


def _since(event: Event) -> list[str]:
    """What of the last reminder of the same has been done meanwhile."""
    if event.since is None:
        return []
    day, done = day_text(event.since.day, event.today), event.since.reported
    if not done:
        return [f" {day}提醒以后没有变化"]
    named = "、".join(f"{one.subject.task} {one.subject.name}" for one in done[:SHOWN])
    return [f" {day}提醒以后已报 {len(done)} 个:{named}"]


def _target_line(standing: Standing) -> str:
    """5.2 5G基站 · 上次 590 个."""
    last = f"上次 {figure_text(standing.figure.report, standing.target)}" if standing.figure else never_text(standing)
    return BETWEEN.join(
        filter(None, (f" {standing.subject.task} {standing.subject.name}", last, problems_text(standing)))
    )


def _goal_line(standing: Standing, deadline: date) -> str:
    """5.2 5G基站 · 目标 700个以上，现 620 个，完成 88.6%; of a yearly target, in the year that ends then."""
    goal = f"目标 {value_text(standing.target)}" if standing.target else ""
    past = year_of(standing, deadline)
    figure, done = (past.figure, past.share) if past else (standing.figure, standing.share)
    if figure is None:
        none = f"{past.year}年没有数" if past else never_text(standing)
        return f" {standing.subject.task} {standing.subject.name} · {goal},{none}"
    value = "" if figure.value is None else f",现 {amount_text(figure.value, figure.measure)}"
    share = "" if done is None else f",完成 {percent_text(done)}"
    return f" {standing.subject.task} {standing.subject.name} · {goal}{value}{share}"


def _deadline(event: Event) -> tuple[str, list[str]]:
    deadline = event.deadline or event.today
    left = (deadline - event.today).days
    when = "今天到期" if left == 0 else f"还有 {left} 天到期"
    return f"{len(event.standings)} 个目标{when}({deadline.isoformat()})", _goals(event, deadline)


def _goals(event: Event, deadline: date) -> list[str]:
    return [_goal_line(one, deadline) for one in event.standings]


def _overdue(event: Event) -> tuple[str, list[str]]:
    deadline = event.deadline or event.today
    over = (event.today - deadline).days
    return (
        f"{len(event.standings)} 个目标已逾期 {over} 天({deadline.isoformat()} 到期)",
        _goals(event, deadline),
    )


def _given_up(event: Event) -> tuple[str, list[str]]:
    title, lines = _overdue(event)
    return f"{title},不再提醒单位,请督查室掌握", lines


def _period(event: Event) -> ReportingPeriod:
    assert event.period is not None  # noqa: S101 - a period's rule has one
    return event.period


def _missing(event: Event) -> str:
    return f"还有 {len(event.standings)} 个目标未报"


def _opens(event: Event) -> tuple[str, list[str]]:
    period = _period(event)
    if event.today > period.due:  # told again later
        return _late(event)
    until = "今天截止" if period.due == event.today else f"{day_text(period.due, event.today)}截止"
    return f"{period_text(period, event.today)}报送{until},{_missing(event)}", list(map(_target_line, event.standings))


def _late(event: Event) -> tuple[str, list[str]]:
    period = _period(event)
    title = f"{period_text(period, event.today)}报送已过截止日({day_text(period.due, event.today)}),{_missing(event)}"
    return title, list(map(_target_line, event.standings))


_UNHEARD = "(没有联络员,没有提醒过)"


def _by_unit(event: Event) -> list[str]:
    return [
        f" {unit}{_UNHEARD if unit in event.without_liaison else ''}：{'、'.join(map(_named, items))}"
        for unit, items in by_unit(event.missing).items()
    ]


def _named(item: PeriodItem) -> str:
    return f"{item.subject.task} {item.subject.name}"


def _late_head(event: Event) -> tuple[str, list[str]]:
    title = f"{period_text(_period(event), event.today)}报送:未报 {len(event.missing)} 项,可请单位负责人督促"
    return title, _by_unit(event)


def _pressed(event: Event) -> tuple[str, list[str]]:
    title, lines = _opens(event)
    return f"督查室请您督促:{title}", lines


def _signing(event: Event) -> tuple[str, list[str]]:
    lines = [
        f" {one.subject.task} {one.subject.name} · {figure_text(one.figure.report, one.target)}"
        for one in event.standings
        if one.figure
    ]
    return f"{period_text(_period(event), event.today)}报送的 {len(event.standings)} 个数等您审签", lines


def _closes(event: Event) -> tuple[str, list[str]]:
    name = period_text(_period(event), event.today)
    if not event.missing:
        return f"{name}报送期结束:应报的都报了", []
    return f"{name}报送期结束:未报 {len(event.missing)} 项,列入督查室清单", _by_unit(event)


def _projects_call(event: Event) -> tuple[str, list[str]]:
    title = "重点项目有变化或有卡点的,请今天下班前报;没有就不用报,视为无变化"
    return title, [f" {task} {name}" for task, name in event.projects]


def _projects_list(event: Event) -> tuple[str, list[str]]:
    lines = [
        f" {one.subject.name}:{','.join(filter(None, (figure_text(one, None), _words(event, one))))}({one.unit},"
        f"{day_text(one.day, event.today)})"
        for one in event.said
    ]
    return f"重点项目近一周有 {len(event.said)} 条变化或卡点", lines


def _words(event: Event, report: Report) -> str:
    """What a problem is, in the unit's own words, without the project's name that stands before them."""
    words = event.words.get(report.id, "").replace(report.subject.name, "").strip(",，:： ")
    return ",".join(filter(None, (words, report.note if report.note not in words else "")))


def _unowned(event: Event) -> tuple[str, list[str]]:
    title = f"待确认主责:{len(event.bare)} 个目标还没有主责单位,这些目标不提醒任何单位"
    return title, [f" {one.subject.task} {one.subject.name}" for one in event.bare]


def _no_meeting(event: Event) -> tuple[str, list[str]]:
    both = "(1、2月可合并开)" if event.today.month in {1, 2} else ""
    return f"{event.today.month}月调度会还没有定会期{both};定了会期,会前自动固化数据、起草月度进展情况", []


def _snapshot(event: Event) -> tuple[str, list[str]]:
    meeting = date.fromisoformat(event.label[:10])
    what = "数据已固化,月度进展情况已起草,待核对" if told_at_meeting(meeting) else "1、2月合并,3月会前起草月度进展情况"
    return f"{day_text(meeting, event.today)}开月调度会:{what}", []


def _draft(event: Event) -> tuple[str, list[str]]:
    period = _period(event)
    what = "通报" if period.frequency is Frequency.QUARTERLY else "小结"
    return f"{period_text(period, event.today)}进展情况{what}已起草,待核对", []


def _personal(event: Event) -> tuple[str, list[str]]:
    return f"您要的提醒:{event.text}", list(map(_target_line, event.standings))


_SAYS: dict[str, Callable[[Event], tuple[str, list[str]]]] = {
    "personal": _personal,
    "deadline": _deadline,
    "overdue": _overdue,
    "given_up": _given_up,
    "opens": _opens,
    "due": _opens,
    "late": _late,
    "late_unit": _late,
    "late_head": _late_head,
    "pressed": _pressed,
    "signing": _signing,
    "closes": _closes,
    "projects_call": _projects_call,
    "projects_list": _projects_list,
    "unowned": _unowned,
    "no_meeting": _no_meeting,
    "snapshot": _snapshot,
    "draft": _draft,
}
