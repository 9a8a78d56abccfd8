"""What a task, a clause or the plan itself says."""

from handlers.texts.heading import entries_of, gap_lines, lead_text, lead_word, reply_of
from handlers.texts.plan import (
    place_text,
    target_line,
    task_line,
)
from handlers.texts.reply import Reply
from knowledge.entities.library import Library
from knowledge.entities.topic_index import Entry
from knowledge.plan.key import PARTS
from knowledge.plan.model import Clause, Fact, Plan, Task
from knowledge.questions.answer import Answer, Row


def says_reply(answer: Answer, library: Library) -> Reply:
    facts: tuple[Fact, ...] = answer.detail.get("facts", ())
    clauses: tuple[Clause, ...] = answer.detail.get("clauses", ())
    rows: tuple[Row, ...] = answer.detail.get("rows", ())
    if clauses:
        return _clause(clauses, facts)
    if facts:
        return reply_of(
            f"{facts[0].about}:{facts[0].says}", [f"{f.about}:{f.says}" for f in facts[1:]], "出处:文件首页"
        )
    if not rows:
        return _about_plan(answer.detail.get("plans", ()), library)
    if len(rows) > 1:
        tasks = [row.task for row in rows]
        lines = [task_line(task) for task in tasks]
        return reply_of(f"共 {len(tasks)} 项任务,已全部列出", lines, place_text(tasks, library))
    return _task(rows[0].task, entries_of(answer), library)


def _clause(clauses: tuple[Clause, ...], facts: tuple[Fact, ...]) -> Reply:
    first = clauses[0]
    head = f"{facts[0].about}:{facts[0].says}" if facts else f"{first.id} {first.title}"
    lines = [f"{f.about}:{f.says}" for f in facts[1:]]
    for clause in clauses:
        if facts or len(clauses) > 1:
            lines.append(f"见 {clause.id} {clause.title}:")
        shown = [f for f in clause.facts if f not in facts]
        lines += [f" {f.about}:{f.says}" for f in shown]
        lines += [f" {target_line(t, with_task=False)}" for t in clause.targets]
    places = "、".join(clause.place for clause in clauses)
    return reply_of(head, lines, f"出处:{places}")


def _about_plan(plans: tuple[Plan, ...], library: Library) -> Reply:
    plan = plans[0] if plans else library.plans[0]
    facts = [f"{fact.about}:{fact.says}" for fact in plan.facts[:4]]
    size = f"{len(plan.sections)} 个部分,{len(plan.tasks)} 项任务"
    return reply_of(
        plan.title, [size, *facts], "", [("有哪些部分", "重点任务分几个部分"), ("全部任务", "方案有哪些任务")]
    )


def _task(task: Task, entries: tuple[Entry, ...], library: Library) -> Reply:
    named = [e for e in entries if e.kind in PARTS]
    head = f"{task.id} {task.title}"
    lines: list[str] = []
    if named:
        head = f"{named[0].name}:在 {task.id} {task.title}"
    lines.append(f"{lead_word((task,))}{lead_text(task)},共 {len(task.units)} 家责任单位")
    lines += (
        ["目标:", *(f" {target_line(t, with_task=False)}" for t in task.targets)] if task.targets else ["目标:未量化"]
    )
    lines += ["举措:", *(f" {action.phrase}" for action in task.actions)]
    lines += gap_lines(entries, library)
    buttons = [("责任单位", f"{task.id}有哪些责任单位"), ("目标", f"{task.id}的目标")]
    return reply_of(head, lines, place_text((task,), library), buttons)
