"""What an answer is about, in words; and the frame of every reply."""

from collections.abc import Iterable

from handlers.texts.marks import bold, typeset
from handlers.texts.plan import LEAD_BY_ORDER
from handlers.texts.reply import Button, Reply
from knowledge.entities.library import Library
from knowledge.entities.topic_index import Entry
from knowledge.plan.model import Task
from knowledge.questions.answer import Answer
from knowledge.questions.query import Query, Term, UnitRole


def reply_of(head: str, lines: list[str], foot: str = "", buttons: list[tuple[str, str]] | None = None) -> Reply:
    return Reply(
        head=bold(head),
        blocks=tuple(typeset(line) for line in lines if line),
        foot=typeset(foot),
        buttons=tuple(Button(label, question) for label, question in buttons or []),
    )


def lead_word(tasks: Iterable[Task]) -> str:
    """What the plan lets one say of a lead: 首列 where it names none."""
    return "牵头" if any(task.lead for task in tasks) else "首列"


def lead_remark(tasks: Iterable[Task]) -> str:
    """What an answer on leads must own up to; nothing where each task states its lead."""
    stated = [bool(task.lead) for task in tasks]
    if stated and all(stated):
        return ""
    return f"部分任务{LEAD_BY_ORDER}" if any(stated) else LEAD_BY_ORDER


def role_text(role: UnitRole, tasks: Iterable[Task]) -> str:
    return {UnitRole.ANY: "", UnitRole.LEAD: lead_word(tasks), UnitRole.ASSIST: "配合"}[role]


def term_text(term: Term, tasks: Iterable[Task]) -> str:
    verb = role_text(term.role, tasks) or "参与"
    return f"{'或'.join(term.units)}{'未' + verb if term.negated else verb}"


def subject_text(query: Query, entries: tuple[Entry, ...], library: Library) -> str:
    """What the answer is about, as a heading."""
    if entries:
        return "、".join(dict.fromkeys(entry.name for entry in entries))
    if query.phrases:
        words = "、".join("或".join(f"“{one.upper()}”" for one in phrase.said) for phrase in query.phrases)
        return f"{'没有' if query.phrases[0].negated else ''}提到{words}的任务"
    if query.ids:
        titles = [f"{id_} {title_of(id_, library)}" for id_ in query.ids]
        return "、".join(titles)
    if query.sections:
        return "、".join(s.title for s in library.sections.values() if s.no in query.sections)
    return "、".join(query.units) or "方案"


def title_of(id_: str, library: Library) -> str:
    own = id_.rpartition("/")[2]
    titles = {key.id: task.title for key, task in library.tasks.items()}
    titles |= {key.id: clause.title for key, clause in library.clauses.items()}
    return titles.get(own, "")


def part_line(id_: str, library: Library) -> str:
    """任务 5.2 加强新型基础设施建设, 条款 二 行动目标."""
    kind = "条款" if _is_clause(id_, library) else "任务"
    return f"{kind} {id_} {title_of(id_, library)}"


def part_buttons(id_: str, library: Library) -> list[tuple[str, str]]:
    """What one would ask next of a task; a clause has no responsible units, and is asked for by its title."""
    if _is_clause(id_, library):
        return [(f"{id_} 详情", f"{title_of(id_, library)}讲什么")]
    return [("责任单位", f"{id_}谁负责"), (f"{id_} 详情", f"{id_}讲什么")]


def _is_clause(id_: str, library: Library) -> bool:
    return any(clause == id_ for _, clause in library.clauses)


def gap_lines(entries: tuple[Entry, ...], library: Library) -> list[str]:
    """A hint where the plan gives a duty to nobody whose usual duty it is; no unit is added."""
    named = {(*entry.owner, entry.name) for entry in entries}
    return [
        f"提示:职能相近的{gap.unit}未列入责任单位名单。"
        for plan, gazetteer in library.shelves
        for gap in gazetteer.duty_gaps
        if (plan.name, gap.task, gap.action) in named
    ]


def entries_of(answer: Answer) -> tuple[Entry, ...]:
    found: tuple[Entry, ...] = answer.detail.get("entries", ())
    return found


def lead_text(task: Task) -> str:
    return "、".join(task.lead or task.units[:1])
