"""/report step by step: tasks, targets, the number, the batch form, 本期无变化."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from handlers.reports.codes import ALL, Step
from handlers.texts.marks import bold, code, typeset
from handlers.texts.plan import value_text
from handlers.texts.reply import Button, Reply
from handlers.texts.standing import NO_CHANGE_SAID, day_text, figure_text
from knowledge.plan.key import EntryKey
from knowledge.plan.model import Target, Task
from knowledge.standing.picture import PeriodItem, owed
from knowledge.standing.report import Report
from storage.report_row import Record

_WIDTH = 16


@dataclass(frozen=True, slots=True, kw_only=True)
class Steps:
    """The commands of one way to a target's figure; what is typed goes on with `figure`."""

    figure: str
    same: str
    back: str
    told: int | None = None
    """The reminder that asks for the figure, by one of its items."""
    for_period: str | None = None
    """The label of the period whose figure it asks for."""


def of_project(project: str) -> Reply:
    """To who reports for a project and for no unit."""
    return Reply(
        head=bold(f"您按项目报：{project}。"),
        blocks=(f"直接说，例如：{project}已开工；{project}受阻，缺用地指标。",),
        buttons=(Button("本期无变化", f"/report {project}本期无变化"),),
    )


def no_unit() -> Reply:
    return Reply(head=bold("您没有单位角色，不能填报。"))


def asked(unit: str, items: Sequence[PeriodItem], rows: Sequence[tuple[str, Button]], *, today: date) -> Reply:
    """What the unit is to report, one tap each; `rows` hold what was sent back, too."""
    left = owed(items)
    head = _owed_text(items, today) if left else f"被退回、还没有重报的 {len(rows)} 项。"
    same = (Button(f"{len(left)} 项都无变化", f"/report {Step.SAME}"),) if left else ()
    return Reply(
        head=bold(typeset(f"{unit}：{head}")),
        blocks=tuple(typeset(said) for said, _ in rows),
        foot="点编号报这一项，或直接说：5G基站建成620个。几项一起报，发“成批填报”。",
        buttons=(Button("其他任务", f"/report {Step.PAGE} 1"), *same),
        opens={place: button for place, (_, button) in enumerate(rows)},
    )


def sent_back(record: Record) -> str:
    subject = record.report.subject
    return f"{subject.task} {subject.name} · 被退回：{record.reason or '没有写原因'}"


def tasks(
    unit: str,
    shown: Sequence[Task],
    items: Sequence[PeriodItem],
    *,
    total: int,
    targets: int,
    today: date,
    page: int,
    pages: int,
) -> Reply:
    """`items` are what the unit was to report of the periods that are asked for."""
    left = owed(items)
    rows = [typeset(f" {task.id} {task.title} · {len(task.targets)} 个目标") for task in shown]
    buttons = [Button(f"{task.id} {_short(task.title)}", f"/report {Step.TASK} {task.id}") for task in shown]
    if pages > 1:
        buttons.append(Button("更多任务", f"/report {Step.PAGE} {page + 1}"))
    if targets:
        buttons.append(Button("成批填报", f"/report {Step.FORM}"))
    if left:
        buttons.append(Button(f"{len(left)} 项都无变化", f"/report {Step.SAME}"))
    count = f"（第 {page}/{pages} 页）" if pages > 1 else ""
    return Reply(
        head=bold(f"{unit}：{total} 项任务，{targets} 个目标") + count,
        blocks=(_owed_text(items, today), "\n".join(rows)),
        foot="点任务，发任务号，或直接说：5G基站建成620个。不归本单位的也能报，由主责单位或办公室认可。",
        buttons=tuple(buttons),
    )


def _owed_text(items: Sequence[PeriodItem], today: date) -> str:
    """本期要报 3 项，还有 2 项未报，3月25日截止."""
    left = owed(items)
    if not items:
        return "还没有办公室确认由本单位主责的，没有要按期报的；有变化时再报。"
    if not left:
        return typeset(f"本期要报 {len(items)} 项，都报了。")
    days = sorted({one.due for one in left})
    due = "、".join(day_text(day, today) for day in days)
    return typeset(f"本期要报 {len(items)} 项，还有 {len(left)} 项未报，{due}截止。")


def targets(
    task: str,
    title: str,
    rows: Sequence[tuple[str, Target, Report | None]],
    *,
    today: date,
    page: int,
    pages: int,
) -> Reply:
    """`rows` are (key, target, the unit's last report)."""
    if not rows:
        return Reply(
            head=bold(f"{task} {title}：未量化"), blocks=(typeset(f"直接打字说情况，例如：{task} 已完成前期工作。"),)
        )
    lines = [
        typeset(f" {target.name}：{value_text(target)} · {last_text(last, target, today)}") for _, target, last in rows
    ]
    buttons = [Button(_short(target.name), f"/report {Step.TARGET} {key}") for key, target, _ in rows]
    if pages > 1:
        buttons.append(Button(f"更多目标（{page}/{pages}）", f"/report {Step.TASK} {task} {page + 1}"))
    return Reply(
        head=bold(f"{task} {title}：报哪个目标？"),
        blocks=("\n".join(lines),),
        buttons=(*buttons, Button("返回", "/report")),
    )


NEVER = "从未报过"


def last_text(last: Report | None, target: Target | None, today: date) -> str:
    if last is None:
        return NEVER
    return f"上次 {figure_text(last, target)}（{day_text(last.day, today)}）"


def last_in_form(last: Report | None, target: Target | None, today: date) -> str:
    """The same inside brackets."""
    return NEVER if last is None else f"上次 {figure_text(last, target)}，{day_text(last.day, today)}"


def ask_figure(subject: EntryKey, target: Target | None, last: Report | None, steps: Steps, *, today: date) -> Reply:
    goal = f"目标 {value_text(target)}，" if target else ""
    return Reply(
        head=bold(f"{subject.task} {subject.name}：请发本次的数"),
        blocks=(
            typeset(f"{goal}{last_text(last, target, today)}。"),
            typeset(f"例如：{_example(target)}；又新增12；完成八成。可以带日期和说明。"),
        ),
        buttons=(
            Button(NO_CHANGE_SAID, steps.same),
            Button("返回", steps.back),
        ),
    )


def unread_figure(subject: EntryKey, target: Target | None, steps: Steps) -> Reply:
    return Reply(
        head=bold(f"没有读懂。{subject.task} {subject.name}：请发本次的数"),
        blocks=(typeset(f"例如：{_example(target)}；完成八成。"),),
        buttons=(Button("返回", steps.back),),
    )


def batch(lines: str, *, count: int, owed: bool, page: int, pages: int) -> Reply:
    """The form stands in one block that a tap copies; `owed`: it lists what is still to be reported."""
    if not lines:
        return Reply(head=bold("没有可以成批填报的目标。"), buttons=(Button("返回", "/report"),))
    which = "" if owed else f"{ALL} "
    more = (Button("下一张", f"/report {Step.FORM} {which}{page + 1}"),) if pages > 1 else ()
    others = (Button("全部目标的表", f"/report {Step.FORM} {ALL}"),) if owed else ()
    title = f"本期要报的 {count} 项" if owed else f"本单位的 {count} 个目标"
    return Reply(
        head=bold(f"{title}：复制下表，在冒号后填数，整条发回来") + (f"（第 {page}/{pages} 张）" if pages > 1 else ""),
        blocks=(code(typeset(lines)),),
        foot="括号里是上次的数，不用改。不报的行留空或删掉；发回来先给您看一遍，再一起确认。",
        buttons=(*more, *others, Button("返回", "/report")),
    )


def confirm_unchanged(unit: str, subjects: Sequence[EntryKey]) -> Reply:
    names = "\n".join(typeset(f" {one.task} {one.name}") for one in subjects)
    return Reply(
        head=bold(f"这 {len(subjects)} 项本期都无变化？（{unit}）"),
        blocks=(names,),
        buttons=(Button(f"确认 {len(subjects)} 项无变化", f"/report {Step.SAME} {ALL}"), Button("返回", "/report")),
    )


def unchanged(unit: str, subjects: Sequence[EntryKey], *, single: bool) -> Reply:
    if not subjects:
        return Reply(head=bold("没有需要记“无变化”的目标。"), buttons=(Button("填报", "/report"),))
    names = "、".join(f"{one.task} {one.name}" for one in subjects)
    count = "" if single else f"共 {len(subjects)} 项，"
    return Reply(
        head=bold(f"已记录本期无变化（{unit}）。"),
        blocks=(typeset(f"{count}与进展分开统计：{names}"),),
        buttons=(Button("报下一项", "/report"),),
    )


def _example(target: Target | None) -> str:
    return value_text(target).replace("每年", "").replace("以上", "") if target else "已完成"


def _short(name: str) -> str:
    return name if len(name) <= _WIDTH else f"{name[: _WIDTH - 1]}…"
