"""Answers that list tasks or units, and rankings of them."""

from handlers.questions.texts_says import says_reply
from handlers.texts.heading import (
    entries_of,
    gap_lines,
    lead_remark,
    lead_text,
    lead_word,
    reply_of,
    role_text,
    subject_text,
    term_text,
)
from handlers.texts.plan import (
    LEAD_BY_ORDER,
    place_text,
    rows_of,
    task_line,
)
from handlers.texts.reply import Reply
from knowledge.entities.library import Library
from knowledge.plan.key import PARTS
from knowledge.plan.model import Task
from knowledge.questions.answer import Answer, Row
from knowledge.questions.query import Query, Term, UnitRole

_COMPACT = 8  # more tasks than this are listed by number and title only


def tasks_reply(answer: Answer, library: Library) -> Reply:
    query = answer.query
    assert query is not None  # noqa: S101 - render() has checked
    rows: tuple[Row, ...] = answer.detail.get("rows", ())
    if len(query.terms) == 1 and not query.terms[0].negated and len(query.terms[0].units) == 1:
        return _tasks_of_unit(query, query.terms[0], rows, answer, library)
    if not rows and answer.content.clauses:
        return says_reply(answer, library)
    heading = _heading(query, rows, library)
    if not rows:
        return reply_of(f"{heading}:没有这样的任务", [])
    tasks = [row.task for row in rows]
    lines = [task_line(t) for t in tasks] if len(tasks) <= _COMPACT else rows_of(tasks)
    first = tasks[0].id
    buttons = [(f"{first} 详情", f"{first}讲什么"), (f"{first} 责任单位", f"{first}谁负责")]
    nearest = any(
        key.kind in PARTS for key in query.topic
    )  # what a name was linked to need not be all that speaks of it
    count = f"共 {len(tasks)} 项" + ("" if nearest else ",已全部列出")
    return reply_of(f"{heading}:{count}", lines, place_text(tasks, library), buttons)


def _heading(query: Query, rows: tuple[Row, ...], library: Library) -> str:
    tasks = [row.task for row in rows] or list(library.tasks.values())
    return ",".join(term_text(term, tasks) for term in query.terms) or condition_text(query, library)


def condition_text(query: Query, library: Library) -> str:
    names = "、".join(dict.fromkeys(key.name for key in query.topic))
    return names or subject_text(query, (), library)


def _tasks_of_unit(query: Query, term: Term, rows: tuple[Row, ...], answer: Answer, library: Library) -> Reply:
    unit = term.units[0]
    tasks = [row.task for row in rows]
    scope = condition_text(query, library) if query.topic or query.ids or query.sections else ""
    within = f"在“{scope}”中" if scope else ""
    if not tasks:
        every = tuple(library.tasks.values())
        role = role_text(term.role, every)
        buttons = [("全部任务", f"{unit}负责哪些任务")] if term.role is not UnitRole.ANY or scope else []
        remark = lead_remark(every) if term.role is UnitRole.LEAD else ""
        verb = f"没有{role}的任务" if role else "没有任务"
        return reply_of(f"{unit}{within}:{verb}", [f"说明:{remark}。" if remark else ""], "", buttons)
    lead = [row.task for row in rows if row.role is UnitRole.LEAD]
    assist = [row.task for row in rows if row.role is UnitRole.ASSIST]
    first = lead_word(lead or library.tasks.values())
    if term.role is UnitRole.ANY:
        parts = f"({first} {len(lead)} 项,配合 {len(assist)} 项)"
        head = f"{unit}{within}:共 {len(tasks)} 项{parts},已全部列出"
    else:
        word = first if term.role is UnitRole.LEAD else role_text(term.role, tasks)
        head = f"{unit}{within}:{word} {len(tasks)} 项,已全部列出"
    lines: list[str] = []
    for stated in (True, False):
        of_kind = [task for task in lead if bool(task.lead) is stated]
        heading = "牵头(方案写明)" if stated else f"首列({LEAD_BY_ORDER})"
        lines += [heading, *(f" {task_line(task)}" for task in of_kind)] if of_kind else []
    if assist:
        lines += ["配合", *(f" {row}" for row in rows_of(assist))]
    lines += _uncertain(unit, answer.detail.get("mentions", ()), tasks)
    listed_first = (lead or assist)[0].id
    buttons = [("目标和期限", f"{unit}有哪些目标"), (f"{listed_first} 详情", f"{listed_first}讲什么")]
    if lead and assist:
        buttons.insert(0, (f"只看{first}", f"{unit}牵头哪些任务"))
    elif term.role is not UnitRole.ANY:
        buttons.insert(0, ("全部任务", f"{unit}负责哪些任务"))
    return reply_of(head, lines, place_text(tasks, library), buttons)


def _uncertain(unit: str, mentions: tuple[Task, ...], tasks: list[Task]) -> list[str]:
    """Tasks of collectives that may or may not include a town."""
    ids = [task.id for task in mentions if task not in tasks]
    if not ids:
        return []
    return [f"另有 {'、'.join(ids)} 写的是“相关”或“沿江”镇、街道,方案没有列出名单,是否包括{unit}待办公室确认。"]


def count_tasks_reply(answer: Answer, library: Library) -> Reply:
    query = answer.query
    assert query is not None  # noqa: S101 - render() has checked
    rows: tuple[Row, ...] = answer.detail.get("rows", ())
    if query.terms and rows:
        return tasks_reply(answer, library)
    heading = _heading(query, rows, library)
    tasks = [row.task for row in rows]
    return reply_of(f"{heading}:{len(tasks)} 项任务", rows_of(tasks), place_text(tasks, library))


def sections_reply(answer: Answer, library: Library) -> Reply:  # noqa: ARG001 - one signature for all
    sections = answer.detail["sections"]
    names = [f"{section.place} {section.title}" for section in sections]
    return reply_of(f"重点任务共 {len(names)} 个部分", names, "", [("第一部分有哪些任务", "第一部分有哪些任务")])


def units_reply(answer: Answer, library: Library) -> Reply:
    if answer.content.units is None:
        return says_reply(answer, library)
    query = answer.query
    assert query is not None  # noqa: S101 - render() has checked
    tasks: tuple[Task, ...] = answer.detail.get("tasks", ())
    units = answer.content.units
    heading = subject_text(query, entries_of(answer), library)
    if not units:
        return reply_of(f"{heading}:没有符合的责任单位", [], place_text(tasks, library))
    if len(tasks) == 1:
        return _units_of_task(heading, units, tasks[0], query, answer, library)
    count = f"共 {len(units)} 家" + ("" if query.role is UnitRole.ANY else f"{role_text(query.role, tasks)}单位")
    by_task = [f"{t.id} {t.title}:{lead_word((t,))}{lead_text(t)}" for t in tasks] if 1 < len(tasks) <= _COMPACT else []
    return reply_of(f"{heading}:{count},已全部列出", ["、".join(units), *by_task], place_text(tasks, library))


def _units_of_task(
    heading: str, units: tuple[str, ...], task: Task, query: Query, answer: Answer, library: Library
) -> Reply:
    lead = lead_text(task)
    basis = "方案写明牵头" if task.lead else LEAD_BY_ORDER
    word = lead_word((task,))
    lines: list[str] = []
    if query.role is UnitRole.LEAD:
        head = f"{heading}:{word}{lead},共 {len(task.units)} 家责任单位"
        lines.append(f"{basis}。")
    elif query.role is UnitRole.ASSIST:
        head = f"{heading}:配合单位 {len(units)} 家,已全部列出"
        lines.append("、".join(units))
    else:
        head = f"{heading}:{word}{lead},共 {len(units)} 家责任单位,已全部列出"
        lines += ["、".join(units), f"{basis}。"]
    if any(entry.kind in PARTS for entry in entries_of(answer)):
        lines.append(f"责任在任务 {task.id} {task.title},方案未分到具体举措。")
    lines += gap_lines(entries_of(answer), library)
    buttons = [("目标", f"{task.id}的目标"), (f"{task.id} 详情", f"{task.id}讲什么")]
    if query.role is UnitRole.LEAD:
        buttons.insert(0, ("全部责任单位", f"{task.id}有哪些责任单位"))
    return reply_of(head, lines, place_text((task,), library), buttons)


def compare_reply(answer: Answer, library: Library) -> Reply:
    sets: dict[str, tuple[Row, ...]] = answer.detail["sets"]
    shared: tuple[Row, ...] = answer.detail["rows"]
    common = [row.task for row in shared]
    lines = ["共同:", *(f" {line}" for line in rows_of(common))] if common else ["没有共同的任务。"]
    for unit, rows in sets.items():
        lead = [row.task for row in rows if row.role is UnitRole.LEAD]
        word = lead_word(lead or library.tasks.values())
        lines.append(f"{unit}:共 {len(rows)} 项({word} {len(lead)} 项)")
        lines += [f" {line}" for line in rows_of(row.task for row in rows if row.task not in common)]
    return reply_of(f"{'和'.join(sets)}:共同 {len(common)} 项", lines, place_text(common, library))
