"""The sentences of answers: an Answer value becomes a Reply. The answer first, the evidence last."""

from collections.abc import Callable

from handlers.reply import Button, Reply
from handlers.texts.declined import declined_reply
from handlers.texts.markup import bold, safe, small
from handlers.texts.plan import (
    LEAD_BY_ORDER,
    deadline_text,
    number_text,
    place_text,
    rows_of,
    target_line,
    task_line,
    value_text,
)
from knowledge.answer import Answer, Outcome, Row
from knowledge.library import Library
from knowledge.model import Clause, Fact, Plan, Target, Task
from knowledge.query import Query, Role, Term, Than, Want
from knowledge.topics import Entry, Topic

_BUTTONS = 6
_COMPACT = 8  # more tasks than this are listed several in a row


def render(answer: Answer, library: Library) -> Reply:
    """The message for one answer, before paging."""
    if answer.parts:
        return _joined([render(part, library) for part in answer.parts])
    if answer.outcome is not Outcome.ANSWERED or answer.query is None:
        return declined_reply(answer, library)
    reply = _BY_WANT[answer.query.want](answer, library)
    heard = tuple(safe(f"按“{h.meant}”理解。") for h in dict.fromkeys(answer.heard) if h.said and h.said != h.meant)
    others = tuple(Button(c.label, c.question) for c in answer.detail.get("instead", ()))
    return Reply(
        head=reply.head,
        blocks=(*heard, *reply.blocks),
        foot=reply.foot,
        buttons=(*others, *reply.buttons)[:_BUTTONS],
    )


def _joined(replies: list[Reply]) -> Reply:
    first, *rest = replies
    blocks = list(first.blocks)
    head = first.head
    subject, colon, _ = first.head.partition("：")
    for reply in rest:
        own, _, tail = reply.head.partition("：")
        if colon and own == subject:  # 5G基站：首列市科经局；700个以上
            head = f"{head.removesuffix('</b>')}；{tail}"
            blocks += reply.blocks
        else:
            blocks += [reply.head, *reply.blocks]
    feet = dict.fromkeys(reply.foot for reply in replies if reply.foot)
    buttons = dict.fromkeys(button for reply in replies for button in reply.buttons)
    return Reply(head=head, blocks=tuple(dict.fromkeys(blocks)), foot="\n".join(feet), buttons=tuple(buttons)[:_BUTTONS])


def _reply(head: str, lines: list[str], foot: str = "", buttons: list[tuple[str, str]] | None = None) -> Reply:
    return Reply(
        head=bold(head),
        blocks=tuple(safe(line) for line in lines if line),
        foot=small(foot) if foot else "",
        buttons=tuple(Button(label, question) for label, question in buttons or []),
    )


# ---- what was asked about, in words -----------------------------------------------------------------------------------


def _role_text(role: Role) -> str:
    return {Role.ANY: "", Role.LEAD: "首列", Role.ASSIST: "配合"}[role]


def _term_text(term: Term) -> str:
    verb = {Role.ANY: "参与", Role.LEAD: "首列", Role.ASSIST: "配合"}[term.role]
    return f"{'或'.join(term.units)}{'未' + verb if term.negated else verb}"


def _subject(query: Query, entries: tuple[Entry, ...], library: Library) -> str:
    """What the answer is about, as a heading."""
    if entries:
        return "、".join(dict.fromkeys(entry.name for entry in entries))
    if query.ids:
        titles = [f"{id_} {_title(id_, library)}" for id_ in query.ids]
        return "、".join(titles)
    if query.sections:
        return "、".join(s.title for s in library.sections.values() if s.no in query.sections)
    return "、".join(query.units) or "方案"


def _title(id_: str, library: Library) -> str:
    own = id_.rpartition("/")[2]
    for (_, key), part in (*library.tasks.items(), *library.clauses.items()):
        if key == own:
            return part.title
    return ""


def _entries(answer: Answer) -> tuple[Entry, ...]:
    found: tuple[Entry, ...] = answer.detail.get("entries", ())
    return found


# ---- tasks ------------------------------------------------------------------------------------------------------------


def _tasks(answer: Answer, library: Library) -> Reply:
    query = answer.query
    assert query is not None  # noqa: S101 - render() has checked
    rows: tuple[Row, ...] = answer.detail.get("rows", ())
    if len(query.terms) == 1 and not query.terms[0].negated and len(query.terms[0].units) == 1:
        return _tasks_of_unit(query, query.terms[0], rows, answer, library)
    heading = ",".join(map(_term_text, query.terms)) or _condition_text(query, library)
    if not rows:
        return _reply(f"{heading}:没有这样的任务", [])
    tasks = [row.task for row in rows]
    lines = [task_line(t) for t in tasks] if len(tasks) <= _COMPACT else rows_of(tasks)
    first = tasks[0].id
    buttons = [(f"{first} 详情", f"{first}讲什么"), (f"{first} 责任单位", f"{first}谁负责")]
    return _reply(f"{heading}:共 {len(tasks)} 项,已全部列出", lines, place_text(tasks, library), buttons)


def _condition_text(query: Query, library: Library) -> str:
    if query.quantified is not None:
        return "有量化目标的任务" if query.quantified else "没有量化目标的任务"
    names = "、".join(dict.fromkeys(key.name for key in query.topic))
    return names or _subject(query, (), library)


def _tasks_of_unit(query: Query, term: Term, rows: tuple[Row, ...], answer: Answer, library: Library) -> Reply:
    unit = term.units[0]
    tasks = [row.task for row in rows]
    scope = _condition_text(query, library) if query.topic or query.ids or query.sections else ""
    within = f"在“{scope}”中" if scope else ""
    if not tasks:
        verb = {Role.ANY: "没有任务", Role.LEAD: "没有首列的任务", Role.ASSIST: "没有配合的任务"}[term.role]
        buttons = [("全部任务", f"{unit}负责哪些任务")] if term.role is not Role.ANY or scope else []
        return _reply(
            f"{unit}{within}:{verb}", [f"说明:{LEAD_BY_ORDER}。" if term.role is Role.LEAD else ""], "", buttons
        )
    lead = [row.task for row in rows if row.role is Role.LEAD]
    assist = [row.task for row in rows if row.role is Role.ASSIST]
    if term.role is Role.ANY:
        parts = f"(首列 {len(lead)} 项,配合 {len(assist)} 项)"
        head = f"{unit}{within}:共 {len(tasks)} 项{parts},已全部列出"
    else:
        head = f"{unit}{within}:{_role_text(term.role)} {len(tasks)} 项,已全部列出"
    lines: list[str] = []
    if lead:
        lines += [f"首列({LEAD_BY_ORDER})", *(f" {task_line(task)}" for task in lead)]
    if assist:
        lines += ["配合", *(f" {row}" for row in rows_of(assist))]
    lines += _uncertain(unit, answer.detail.get("mentions", ()), tasks)
    buttons = [("目标和期限", f"{unit}有哪些目标"), (f"{tasks[0].id} 详情", f"{tasks[0].id}讲什么")]
    if lead and assist:
        buttons.insert(0, ("只看首列", f"{unit}牵头哪些任务"))
    elif term.role is not Role.ANY:
        buttons.insert(0, ("全部任务", f"{unit}负责哪些任务"))
    return _reply(head, lines, place_text(tasks, library), buttons)


def _uncertain(unit: str, mentions: tuple[Task, ...], tasks: list[Task]) -> list[str]:
    """Tasks of collectives that may or may not include a town."""
    ids = [task.id for task in mentions if task not in tasks]
    if not ids:
        return []
    return [f"另有 {'、'.join(ids)} 写的是“相关”或“沿江”镇、街道,方案没有列出名单,是否包括{unit}待办公室确认。"]


def _count_tasks(answer: Answer, library: Library) -> Reply:
    query = answer.query
    assert query is not None  # noqa: S101 - render() has checked
    rows: tuple[Row, ...] = answer.detail.get("rows", ())
    if query.terms and rows:
        return _tasks(answer, library)
    heading = ",".join(map(_term_text, query.terms)) or _condition_text(query, library)
    tasks = [row.task for row in rows]
    return _reply(f"{heading}:{len(tasks)} 项任务", rows_of(tasks), place_text(tasks, library))


def _sections(answer: Answer, library: Library) -> Reply:  # noqa: ARG001 - one signature for all
    sections = answer.detail["sections"]
    names = [f"{section.place} {section.title}" for section in sections]
    return _reply(f"重点任务共 {len(names)} 个部分", names, "", [("第一部分有哪些任务", "第一部分有哪些任务")])


# ---- units ------------------------------------------------------------------------------------------------------------


def _units(answer: Answer, library: Library) -> Reply:
    if answer.content.units is None:
        return _says(answer, library)
    query = answer.query
    assert query is not None  # noqa: S101 - render() has checked
    tasks: tuple[Task, ...] = answer.detail.get("tasks", ())
    units = answer.content.units
    heading = _subject(query, _entries(answer), library)
    if not units:
        return _reply(f"{heading}:没有符合的责任单位", [], place_text(tasks, library))
    if len(tasks) == 1:
        return _units_of_task(heading, units, tasks[0], query, answer, library)
    count = f"共 {len(units)} 家" + ("" if query.role is Role.ANY else f"{_role_text(query.role)}单位")
    by_task = [f"{t.id} {t.title}:首列{_lead(t)}" for t in tasks] if 1 < len(tasks) <= _COMPACT else []
    return _reply(f"{heading}:{count},已全部列出", ["、".join(units), *by_task], place_text(tasks, library))


def _lead(task: Task) -> str:
    return "、".join(task.lead or task.units[:1])


def _units_of_task(
    heading: str, units: tuple[str, ...], task: Task, query: Query, answer: Answer, library: Library
) -> Reply:
    lead = _lead(task)
    basis = "方案写明牵头" if task.lead else LEAD_BY_ORDER
    word = "牵头" if task.lead else "首列"
    lines: list[str] = []
    if query.role is Role.LEAD:
        head = f"{heading}:{word}{lead},共 {len(task.units)} 家责任单位"
        lines.append(f"{basis}。")
    elif query.role is Role.ASSIST:
        head = f"{heading}:配合单位 {len(units)} 家,已全部列出"
        lines.append("、".join(units))
    else:
        head = f"{heading}:共 {len(units)} 家责任单位,{word}{lead},已全部列出"
        lines += ["、".join(units), f"{basis}。"]
    if any(entry.kind in {Topic.TARGET, Topic.ACTION, Topic.NAMED} for entry in _entries(answer)):
        lines.append(f"责任在任务 {task.id} {task.title},方案未分到具体举措。")
    buttons = [("目标", f"{task.id}的目标"), (f"{task.id} 详情", f"{task.id}讲什么")]
    if query.role is Role.LEAD:
        buttons.insert(0, ("全部责任单位", f"{task.id}有哪些责任单位"))
    return _reply(head, lines, place_text((task,), library), buttons)


# ---- targets ----------------------------------------------------------------------------------------------------------


def _targets(answer: Answer, library: Library) -> Reply:
    targets = answer.content.targets
    query = answer.query
    if targets is None or query is None:
        return _says(answer, library)
    entries = _entries(answer)
    heading = _subject(query, entries, library)
    if not targets:
        return _not_quantified(heading, answer, library)
    if len(targets) == 1:
        return _one_target(targets[0], answer, library)
    same = len({t.task for t in targets}) == 1
    title = f"{targets[0].task} {_title(targets[0].task, library)}" if same else _filter_text(query, heading)
    head = f"{title}:{len(targets)} 个目标,已全部列出"
    lines = [target_line(t, with_task=not same) for t in targets]
    places = "、".join(dict.fromkeys(t.place for t in targets)) if same else ""
    id_ = targets[0].task
    buttons = [("责任单位", f"{id_}谁负责"), (f"{id_} 详情", f"{id_}讲什么")] if same else []
    return _reply(head, lines, f"出处:{places}" if places else "", buttons)


def _filter_text(query: Query, heading: str) -> str:
    if query.figure:
        than = {Than.MORE: "超过", Than.AT_LEAST: "不低于", Than.LESS: "低于", Than.SAME: ""}[query.figure.than]
        return f"{than}{number_text(query.figure.value)}{query.figure.unit}的目标"
    if query.period:
        return {"yearly": "每年的目标", "yearly_average": "年均的目标", "maintain": "保持类目标"}.get(
            query.period, heading
        )
    if query.by:
        return f"{query.by.isoformat()} 到期的目标"
    if query.dated is not None:
        return "写明期限的目标" if query.dated else "没有写期限的目标"
    return heading


def _one_target(target: Target, answer: Answer, library: Library) -> Reply:
    task = _title(target.task, library)
    lines = [f"任务 {target.task} {task}"]
    if target.card.rigidity:
        lines.append(f"方案用语:{target.card.rigidity.value}")
    head = f"{target.name}:{value_text(target)},{deadline_text(target)}"
    buttons = [("责任单位", f"{target.task}谁负责"), (f"{target.task} 详情", f"{target.task}讲什么")]
    if answer.query and answer.query.want is Want.DEADLINE and not target.deadline:
        lines.append("这个目标所在的句子没有写期限。")
    return _reply(head, lines, f"出处:{target.place}", buttons)


def _not_quantified(heading: str, answer: Answer, library: Library) -> Reply:
    tasks: tuple[Task, ...] = answer.detail.get("tasks", ())
    if not tasks:
        return _reply(f"{heading}:没有符合的目标", [])
    task = tasks[0]
    others = [target_line(t, with_task=False) for t in task.targets[:3]]
    lines = [f"{heading}:方案提到,但没有写数字。"] if _entries(answer) else []
    lines += [f"任务 {task.id} {task.title}"]
    lines += ["同一任务里量化的目标:", *(f" {line}" for line in others)] if others else ["这项任务没有量化目标。"]
    buttons = [(f"{task.id} 详情", f"{task.id}讲什么"), ("责任单位", f"{task.id}谁负责")]
    return _reply(f"{heading}:未量化", lines, place_text(tasks, library), buttons)


def _days(answer: Answer, library: Library) -> Reply:
    count, targets = answer.content.count, answer.content.targets
    if not targets or count is None:
        return _targets(answer, library)
    target = targets[0]
    days = f"还有 {count} 天" if count >= 0 else f"已过期 {-count} 天"
    head = f"{target.name if len(targets) == 1 else target.task}:{days}({target.deadline})"
    return _reply(
        head, [target_line(t) for t in targets], f"出处:{target.place}", [("责任单位", f"{target.task}谁负责")]
    )


def _count_targets(answer: Answer, library: Library) -> Reply:
    query = answer.query
    assert query is not None  # noqa: S101 - render() has checked
    targets = answer.content.targets or ()
    head = f"{_filter_text(query, _subject(query, _entries(answer), library))}:{len(targets)} 个目标,已全部列出"
    return _reply(head, [target_line(t) for t in targets])


# ---- yes and no -------------------------------------------------------------------------------------------------------


def _holds(answer: Answer, library: Library) -> Reply:
    query = answer.query
    assert query is not None  # noqa: S101 - render() has checked
    tasks: tuple[Task, ...] = answer.detail.get("tasks", ())
    units = "、".join(query.units)
    names = "、".join(f"{t.id} {t.title}" for t in tasks[:3])
    part = {Role.ANY: "责任单位", Role.LEAD: "首列单位", Role.ASSIST: "配合单位"}[query.role]
    if answer.content.holds:
        head = f"是。{units}是 {names} 的{part}"
    else:
        head = f"不是。{units}不是 {names} 的{part}"
    lines = [f"{t.id} 首列{_lead(t)},共 {len(t.units)} 家责任单位" for t in tasks[:3]]
    lines += [f"说明:{LEAD_BY_ORDER}。"] if query.role is Role.LEAD else []
    id_ = tasks[0].id if tasks else ""
    buttons = [("全部责任单位", f"{id_}有哪些责任单位"), (f"{query.units[0]}的任务", f"{query.units[0]}负责哪些任务")]
    return _reply(head, lines, place_text(tasks, library), buttons if tasks and query.units else [])


def _figure(answer: Answer, library: Library) -> Reply:
    targets: tuple[Target, ...] = answer.detail.get("targets", ())
    if not targets:
        return _targets(answer, library)
    first = targets[0]
    said = f"{first.name}是 {value_text(first)}({deadline_text(first)})"
    head = f"是。方案:{said}" if answer.content.holds else f"不是。方案:{said}"
    return _reply(
        head, [target_line(t) for t in targets[1:]], f"出处:{first.place}", [("责任单位", f"{first.task}谁负责")]
    )


# ---- what the plan says -----------------------------------------------------------------------------------------------


def _says(answer: Answer, library: Library) -> Reply:
    facts: tuple[Fact, ...] = answer.detail.get("facts", ())
    clauses: tuple[Clause, ...] = answer.detail.get("clauses", ())
    rows: tuple[Row, ...] = answer.detail.get("rows", ())
    if clauses:
        return _clause(clauses, facts)
    if facts:
        return _reply(f"{facts[0].about}:{facts[0].says}", [f"{f.about}:{f.says}" for f in facts[1:]], "出处:文件首页")
    if not rows:
        return _about_plan(answer.detail.get("plans", ()), library)
    if len(rows) > 1:
        return _tasks(answer, library)
    return _task(rows[0].task, _entries(answer), library)


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
    return _reply(head, lines, f"出处:{places}")


def _about_plan(plans: tuple[Plan, ...], library: Library) -> Reply:
    plan = plans[0] if plans else library.plans[0]
    facts = [f"{fact.about}:{fact.says}" for fact in plan.facts[:4]]
    size = f"{len(plan.sections)} 个部分,{len(plan.tasks)} 项任务"
    return _reply(
        plan.title, [size, *facts], "", [("有哪些部分", "重点任务分几个部分"), ("全部任务", "方案有哪些任务")]
    )


def _task(task: Task, entries: tuple[Entry, ...], library: Library) -> Reply:
    named = [e for e in entries if e.kind in {Topic.TARGET, Topic.ACTION, Topic.NAMED}]
    head = f"{task.id} {task.title}"
    lines: list[str] = []
    if named:
        head = f"{named[0].name}:在 {task.id} {task.title}"
    lines.append(f"首列{_lead(task)},共 {len(task.units)} 家责任单位")
    lines += (
        ["目标:", *(f" {target_line(t, with_task=False)}" for t in task.targets)] if task.targets else ["目标:未量化"]
    )
    lines += ["举措:", *(f" {action.phrase}" for action in task.actions)]
    buttons = [("责任单位", f"{task.id}有哪些责任单位"), ("目标", f"{task.id}的目标")]
    return _reply(head, lines, place_text((task,), library), buttons)


# ---- rankings, comparison, talk ---------------------------------------------------------------------------------------


def _top_units(answer: Answer, library: Library) -> Reply:  # noqa: ARG001 - one signature for all
    query = answer.query
    assert query is not None  # noqa: S101 - render() has checked
    units = answer.content.units or ()
    ranking: tuple[tuple[str, int], ...] = answer.detail.get("ranking", ())
    what = f"{_role_text(query.role)}任务" if not query.by_targets else "目标"
    if query.figure:
        return _reply(f"共 {len(units)} 家,已全部列出", [f"{unit}:{n} 项" for unit, n in ranking])
    word = "最少" if query.fewest else "最多"
    names = "、".join(units)
    head = (
        f"{what}{word}的是{names}:{answer.content.count} 项"
        if answer.content.count is not None
        else f"{what}排名:{names}"
    )
    lines = [f"{unit}:{n} 项" for unit, n in ranking]
    note = ["按方案责任单位名单统计,各镇、各街道等统称不参加排列。"]
    return _reply(head, [*lines, *note], "", [(f"{units[0]}的任务", f"{units[0]}负责哪些任务")] if units else [])


def _top_tasks(answer: Answer, library: Library) -> Reply:
    query = answer.query
    assert query is not None  # noqa: S101 - render() has checked
    tasks: tuple[Task, ...] = answer.detail.get("tasks", ())
    what = "目标" if query.by_targets else "责任单位"
    word = "最少" if query.fewest else "最多"
    titles = "、".join(f"{t.id} {t.title}" for t in tasks)
    buttons = [(f"{tasks[0].id} 责任单位", f"{tasks[0].id}有哪些责任单位")] if tasks else []
    return _reply(f"{what}{word}的是 {titles}:{answer.content.count} 个", [], place_text(tasks, library), buttons)


def _compare(answer: Answer, library: Library) -> Reply:
    sets: dict[str, tuple[Row, ...]] = answer.detail["sets"]
    shared: tuple[Row, ...] = answer.detail["rows"]
    common = [row.task for row in shared]
    lines = ["共同:", *(f" {line}" for line in rows_of(common))] if common else ["没有共同的任务。"]
    for unit, rows in sets.items():
        lead = sum(row.role is Role.LEAD for row in rows)
        lines.append(f"{unit}:共 {len(rows)} 项(首列 {lead} 项)")
        lines += [f" {line}" for line in rows_of(row.task for row in rows if row.task not in common)]
    return _reply(f"{'和'.join(sets)}:共同 {len(common)} 项", lines, place_text(common, library))


def _talk(head: str, *lines: str) -> Callable[[Answer, Library], Reply]:
    samples = [
        (q, q) for q in ("市交通局负责哪些任务", "5G基站谁管,目标多少", "长江大保护谁牵头", "每年都要完成的目标有哪些")
    ]
    return lambda _answer, library: _reply(
        head, list(lines), "", samples if library.plans[0].name.startswith("wuxue") else []
    )


_BY_WANT: dict[Want, Callable[[Answer, Library], Reply]] = {
    Want.TASKS: _tasks,
    Want.UNITS: _units,
    Want.TARGETS: _targets,
    Want.DEADLINE: _targets,
    Want.DAYS: _days,
    Want.COUNT_TASKS: _count_tasks,
    Want.COUNT_UNITS: _units,
    Want.COUNT_TARGETS: _count_targets,
    Want.COUNT_SECTIONS: _sections,
    Want.HOLDS: _holds,
    Want.FIGURE: _figure,
    Want.SAYS: _says,
    Want.TOP_UNITS: _top_units,
    Want.TOP_TASKS: _top_tasks,
    Want.COMPARE: _compare,
    Want.PLAN: _says,
    Want.HELLO: _talk("您好,我是督办助手。", "可以问我方案里的任务、责任单位、目标和期限。"),
    Want.THANKS: _talk("不客气。", "还想问什么,直接发给我。"),
    Want.HELP: _talk(
        "可以这样问我",
        "单位:市交通局负责哪些任务;其中牵头的呢",
        "任务:长江大保护谁牵头;5.1讲什么;垃圾分类是哪条",
        "目标:5G基站建多少个;什么时候完成;还有多少天",
        "核对:港航局参不参与长江大保护;5G基站是不是1000个",
        "统计:哪个单位任务最多;每年都要完成的目标;没有量化目标的任务",
    ),
}
