"""Answers about targets: how much, by when, how long until; and yes or no."""

import re
from dataclasses import replace
from datetime import date

from handlers.questions.texts_says import says_reply
from handlers.texts.heading import (
    entries_of,
    gap_lines,
    lead_remark,
    lead_text,
    lead_word,
    part_buttons,
    part_line,
    reply_of,
    subject_text,
    title_of,
)
from handlers.texts.marks import bold
from handlers.texts.plan import (
    deadline_text,
    number_text,
    place_text,
    target_line,
    value_text,
)
from handlers.texts.reply import Reply
from handlers.texts.standing import headline
from knowledge.entities.library import Library
from knowledge.plan.model import Target, Task
from knowledge.questions.answer import Answer
from knowledge.questions.answering.set_phrasing import set_text
from knowledge.questions.query import Due, Query, Than, UnitRole, Want
from knowledge.questions.sets.changes import sets_of
from knowledge.standing.values import Standing

_DATED_ONLY = "只算方案写明期限的目标。"


def targets_reply(answer: Answer, library: Library) -> Reply:
    targets = answer.content.targets
    query = answer.query
    if targets is None or query is None:
        return says_reply(answer, library)
    if query.due and query.want is not Want.FIGURE:
        return due_soon_reply(answer, query.due)
    entries = entries_of(answer)
    heading = subject_text(query, entries, library)
    if not targets and query.by:
        return _none_of_year(heading, query.by.year, answer, library)
    if not targets and _is_narrowed(query):
        return reply_of(f"{_filter_text(query, heading)}:没有", [])
    if not targets:
        return _not_quantified(query.uncounted or heading, answer, library)
    if len(targets) == 1:
        return _one_target(targets[0], answer, library)
    same = len({t.task for t in targets}) == 1
    title = f"{targets[0].task} {title_of(targets[0].task, library)}" if same else _filter_text(query, heading)
    head = f"{title}:{len(targets)} 个目标,已全部列出"
    lines = [target_line(t, with_task=not same) for t in targets]
    places = "、".join(dict.fromkeys(t.place for t in targets)) if same else ""
    buttons = part_buttons(targets[0].task, library) if same else []
    return reply_of(head, lines, f"出处:{places}" if places else "", buttons)


def due_soon_reply(answer: Answer, due: Due) -> Reply:
    """By deadline, the asker's own first, with the days left and what is known of each.

    Reports that are due and people's own reminders are on another list, which the bound are shown the way to.
    """
    targets, today = answer.content.targets or (), answer.detail["today"]
    whose = f"{'、'.join(answer.query.units)} " if answer.query and answer.query.units else ""
    own = [] if answer.standings is None else [("我的提醒", "/remind")]
    if not targets:
        return _nothing_due(f"{whose}{_said(due)}没有到期的目标", answer.detail["next"], today, own)
    standings = {(one.subject.task, one.subject.name): one for one in answer.standings or ()}
    mine: int = answer.detail["mine"]
    lines = []
    for number, target in enumerate(targets):
        if mine and mine < len(targets) and number in {0, mine}:
            lines.append("其他单位的" if number else "本单位的")
        lines.append(_due_line(target, standings.get((target.task, target.name)), today))
    return reply_of(f"{whose}{_said(due)}到期:{len(targets)} 个目标,已全部列出", [*lines, _DATED_ONLY], "", own)


def _nothing_due(head: str, due: date | None, today: date, own: list[tuple[str, str]]) -> Reply:
    """With the next day on which anything is due."""
    if due is None:
        return reply_of(head, ["方案写明的期限都已经过了。", _DATED_ONLY], "", own)
    year_end = (due.month, due.day) == (12, 31)
    buttons = [(f"{due.year}年底到期的", f"{due.year}年底到期的目标有哪些")] if year_end else []
    left = f"最近的到期日是 {due},还有 {(due - today).days} 天。"
    return reply_of(head, [left, _DATED_ONLY], "", [*buttons, *own])


def _said(due: Due) -> str:
    """90 天内; 12月31日(2023-12-31): which days are meant stands beside other words."""
    if _LASTS.match(due.said):
        return _LASTS.sub(r"\1 ", due.said, count=1)
    if due.last == date.max:
        return f"{due.said}({due.first} 起)"
    return f"{due.said}({due.first if due.first == due.last else f'{due.first} 至 {due.last}'})"


_LASTS = re.compile(r"^(\d+)(?=[天周个])")


def _due_line(target: Target, standing: Standing | None, today: date) -> str:
    left = ((target.deadline or today) - today).days
    when = f"还有 {left} 天" if left > 0 else "今天到期" if left == 0 else f"已过 {-left} 天"
    known = f" · {headline(standing)}" if standing else f" · 目标 {value_text(target)}"
    return f" {target.task} {target.name} · {target.deadline},{when}{known}"


def _is_narrowed(query: Query) -> bool:
    """Whether some tasks' targets are asked for that are marked in some way."""
    marked = query.figure or query.period or query.by or query.dated is not None
    return bool(marked and not query.due and (query.terms or query.of_work))


def _filter_text(query: Query, heading: str) -> str:
    """What the targets have in common; with whose they are, where they are of some tasks only."""
    if _is_narrowed(query):
        return "、".join(map(set_text, sets_of(query)))
    if query.figure:
        than = {Than.MORE: "超过", Than.AT_LEAST: "不低于", Than.LESS: "低于", Than.SAME: ""}[query.figure.than]
        return f"{than}{number_text(query.figure.value)}{query.figure.unit}的目标"
    if query.period:
        return {"yearly": "每年的目标", "yearly_average": "年均的目标", "maintain": "保持类目标"}.get(
            query.period, heading
        )
    if query.due:
        return f"{'、'.join(query.units)} {_said(query.due)}到期的目标".strip()
    if query.by:
        return f"{query.by.year} 年到期的目标"
    if query.dated is not None:
        return "写明期限的目标" if query.dated else "没有写期限的目标"
    return heading


def _one_target(target: Target, answer: Answer, library: Library) -> Reply:
    lines = [part_line(target.task, library)]
    if target.card.rigidity:
        lines.append(f"方案用语:{target.card.rigidity.value}")
    head = f"{target.name}:目标 {value_text(target)},{deadline_text(target)}"
    buttons = part_buttons(target.task, library)
    if answer.query and answer.query.want is Want.DEADLINE and not target.deadline:
        lines.append("这个目标所在的句子没有写期限。")
    return reply_of(head, lines, f"出处:{target.place}", buttons)


def _none_of_year(heading: str, year: int, answer: Answer, library: Library) -> Reply:
    """With what the plan does write: the years of its deadlines, or the targets of the tasks that were asked about."""
    tasks: tuple[Task, ...] = answer.detail.get("tasks", ())
    named = bool(answer.query and answer.query.has_subject)
    own = [target for task in tasks for target in task.targets] if named else [t for _, t in library.targets]
    years = sorted({target.deadline.year for target in own if target.deadline})
    known = f"写明的期限有:{'、'.join(f'{one} 年' for one in years)}。" if years else ""
    head = f"{f'{heading}:' if named else '方案'}没有 {year} 年到期的目标"
    return reply_of(
        head, [known, *(f" {target_line(target, with_task=False)}" for target in own[:_A_FEW] if tasks)], "", []
    )


_A_FEW = 5


def _not_quantified(heading: str, answer: Answer, library: Library) -> Reply:
    tasks: tuple[Task, ...] = answer.detail.get("tasks", ())
    if not tasks:
        return reply_of(f"{heading}:没有符合的目标", [])
    task = tasks[0]
    others = [target_line(t, with_task=False) for t in task.targets[:3]]
    lines = [f"{heading}:方案提到,但没有写数字。"] if entries_of(answer) else []
    lines += [f"任务 {task.id} {task.title}"]
    lines += ["同一任务里量化的目标:", *(f" {line}" for line in others)] if others else ["这项任务没有量化目标。"]
    buttons = part_buttons(task.id, library)[::-1]
    return reply_of(f"{heading}:未量化", lines, place_text(tasks, library), buttons)


def days_reply(answer: Answer, library: Library) -> Reply:
    count, targets = answer.content.count, answer.content.targets
    if not targets or count is None or (answer.query and answer.query.due and answer.query.want is Want.DAYS):
        return targets_reply(answer, library)
    target = targets[0]
    days = f"还有 {count} 天" if count >= 0 else f"已过期 {-count} 天"
    head = f"{target.name if len(targets) == 1 else target.task}:{days}({target.deadline})"
    lines = [target_line(t) for t in targets]
    return reply_of(head, lines, f"出处:{target.place}", part_buttons(target.task, library)[:1])


def count_targets_reply(answer: Answer, library: Library) -> Reply:
    query = answer.query
    assert query is not None  # noqa: S101 - render() has checked
    targets = answer.content.targets or ()
    head = f"{_filter_text(query, subject_text(query, entries_of(answer), library))}:{len(targets)} 个目标,已全部列出"
    return reply_of(head, [target_line(t) for t in targets])


def holds_reply(answer: Answer, library: Library) -> Reply:
    query = answer.query
    assert query is not None  # noqa: S101 - render() has checked
    tasks: tuple[Task, ...] = answer.detail.get("tasks", ())
    units = "、".join(query.units)
    names = "、".join(f"{t.id} {t.title}" for t in tasks[:3])
    if answer.content.clauses:  # 领导小组办公室在发改局吗
        said = says_reply(answer, library)
        word = {True: "是。", False: "不是。", None: ""}[answer.content.holds]
        return replace(said, head=bold(word) + said.head if word else said.head)
    if answer.content.holds is None:
        return _undetermined(names, units, tasks, library)
    if not query.terms:
        return _stands_there(answer, names, tasks, library)
    part = {UnitRole.ANY: "责任单位", UnitRole.LEAD: f"{lead_word(tasks)}单位", UnitRole.ASSIST: "配合单位"}[query.role]
    word = "是" if answer.content.holds else "不是"
    head = f"{word}。{units}{word} {names} 的{part}"
    lines = [f"{t.id} {lead_word((t,))}{lead_text(t)},共 {len(t.units)} 家责任单位" for t in tasks[:3]]
    remark = lead_remark(tasks) if query.role is UnitRole.LEAD else ""
    lines += [f"说明:{remark}。"] if remark else []
    lines += gap_lines(entries_of(answer), library)
    id_ = tasks[0].id if tasks else ""
    buttons = [("全部责任单位", f"{id_}有哪些责任单位"), (f"{query.units[0]}的任务", f"{query.units[0]}负责哪些任务")]
    return reply_of(head, lines, place_text(tasks, library), buttons if tasks and query.units else [])


def _undetermined(names: str, units: str, tasks: tuple[Task, ...], library: Library) -> Reply:
    head = f"不能确定:{names} 写的是“相关”或“沿江”镇、街道,方案没有列出名单"
    return reply_of(head, [f"是否包括{units}待办公室确认。"], place_text(tasks, library), [])


def _stands_there(answer: Answer, names: str, tasks: tuple[Task, ...], library: Library) -> Reply:
    """Whether a thing stands in the task that was spoken of: 五洲特纸也在这条吗."""
    named = "、".join(entry.name for entry in entries_of(answer))
    head = f"{'是' if answer.content.holds else '不是'}。{named}在 {names}"
    return reply_of(head, [], place_text(tasks, library), [("详情", f"{tasks[0].id}讲什么")] if tasks else [])


def figure_reply(answer: Answer, library: Library) -> Reply:
    targets: tuple[Target, ...] = answer.detail.get("targets", ())
    if not targets:
        return targets_reply(answer, library)
    first = targets[0]
    said = f"{first.name}是 {value_text(first)}({deadline_text(first)})"
    head = f"是。方案:{said}" if answer.content.holds else f"不是。方案:{said}"
    lines = [target_line(t) for t in targets[1:]]
    return reply_of(head, lines, f"出处:{first.place}", part_buttons(first.task, library)[:1])
