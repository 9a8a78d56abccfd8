"""这个月要报什么: what a unit is to report now, what of it is still missing, or why it owes nothing."""

from collections.abc import Sequence
from datetime import date

from handlers.reports.codes import Step
from handlers.texts.heading import reply_of
from handlers.texts.periods import period_text
from handlers.texts.reply import Button, Reply
from handlers.texts.standing import day_text, figure_text
from knowledge.plan.model import Task
from knowledge.standing.picture import Duty, NotOwed, PeriodItem, owed
from knowledge.standing.report import Status

ABOUT_OWED = "本单位这个月要报什么，还差什么没报"
OWN_PROGRESS = "我们单位的进展怎么样"
WHY_NOT = {
    NotOwed.DONE: "已完成，不用再报",
    NotOwed.NO_DATA: "数据还没有发布，不算未报",
    NotOwed.CONFIRMED_LATE: "这期不报，下期起报",
    NotOwed.NOT_YET: "还没到报送的时候",
    NotOwed.OUT_OF_PLAN: "不在方案期内",
}
OF_TOWN = "镇街的数由主责单位汇总，指标卡写明要镇街报的才报；有变化、有困难随时可以报。"
_TASKS = 6


def owed_reply(
    unit: str,
    items: Sequence[PeriodItem],
    tasks: Sequence[Task],
    *,
    today: date,
    town: bool,
    own: bool,
    presses: bool,
) -> Reply:
    """`own`: of the asker's own unit; `presses`: who may have its head told."""
    asked = [one for one in items if one.duty is not Duty.NOT_OWED]
    left = owed(asked)
    rows = [owed_row(one, today) for one in sorted(items, key=_least_done_first)]
    if not asked:
        head, lines, foot = (
            f"{unit}:这个月不用报",
            [*rows, _why_none(unit, items, town=town)],
            _answers_for(unit, tasks),
        )
        if own:
            return reply_of(head, lines, foot, [("报进展", "/report"), (f"{unit}负责什么", f"{unit}负责哪些任务")])
        return reply_of(head, lines, foot, [(f"{unit}负责什么", f"{unit}负责哪些任务")])
    periods = "、".join(dict.fromkeys(period_text(one.period, today) for one in left or asked))
    due = "、".join(day_text(day, today) for day in sorted({one.due for one in left}))
    told = f"还有 {len(left)} 项未报,{due}截止" if left else "都报了"
    reply = reply_of(f"{unit}:{periods}要报 {len(asked)} 项,{told}", rows, "只算主责已由办公室确认的")
    return Reply(
        head=reply.head, blocks=reply.blocks, foot=reply.foot, buttons=_buttons(unit, left, own=own, presses=presses)
    )


def still_owed(count: int) -> Reply:
    """Under how the unit stands."""
    return Reply(head=f"这一期还有 {count} 项未报。", buttons=(Button("看要报什么", "/owed"),))


def _buttons(unit: str, left: Sequence[PeriodItem], *, own: bool, presses: bool) -> tuple[Button, ...]:
    if own and left:
        return (
            Button("报进展", "/report"),
            Button("都无变化", f"/report {Step.SAME}"),
            Button("成批填报", f"/report {Step.FORM}"),
            Button("我的提醒", "/remind"),
        )
    if own:
        return (Button("报进展", "/report"), Button("我报过的", "/mine"))
    if presses and left:
        return (Button(f"督促{unit}", f"/urge {unit}"), Button("谁没报", "谁还没报"))
    return (Button(f"{unit}进展", f"{unit}进展"),)


def _least_done_first(one: PeriodItem) -> int:
    return [Duty.OWED, Duty.REPORTED, Duty.NOT_OWED].index(one.duty)


def owed_row(one: PeriodItem, today: date) -> str:
    """5.2 5G基站 · 未报 · 上次 560 个(2月28日)."""
    name, target = f"{one.subject.task} {one.subject.name}", one.standing.target
    if one.duty is Duty.NOT_OWED:
        return f"{name} · {WHY_NOT[one.why] if one.why else '不用报'}"
    if one.duty is Duty.REPORTED:
        said = f" {figure_text(one.word, target)}" if one.word else ""
        return f"{name} · 已报{said}"
    last = one.standing.figure
    told = f"上次 {figure_text(last.report, target)}({day_text(last.day, today)})" if last else "还没有报过"
    return f"{name} · 未报{_again(one)} · {told}"


def _again(one: PeriodItem) -> str:
    if one.ended is None:
        return ""
    return "(已撤回)" if one.ended.status is Status.WITHDRAWN else f"(被退回:{one.ended.reason or '没有写原因'})"


def _why_none(unit: str, items: Sequence[PeriodItem], *, town: bool) -> str:
    if items:
        return "上面各项都不用这个月报。"
    return OF_TOWN if town else f"办公室还没有确认由{unit}主责、要按期报的目标;有变化、有困难随时可以报。"


def _answers_for(unit: str, tasks: Sequence[Task]) -> str:
    if not tasks:
        return f"方案里没有列{unit}的任务"
    named = "、".join(f"{one.id} {one.title}" for one in tasks[:_TASKS])
    more = f"等 {len(tasks)} 项" if len(tasks) > _TASKS else ""
    return f"方案里{unit}有责任的:{named}{more}"
