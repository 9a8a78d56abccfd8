"""Answers about sets: what is in them, how many, the first of a ranking, yes or no; ties and empty sets are said."""

from collections.abc import Iterable
from typing import Any

from handlers.texts.heading import lead_remark, reply_of
from handlers.texts.plan import place_text, rows_of, target_line, task_line
from handlers.texts.reply import Reply
from knowledge.entities.library import Library
from knowledge.plan.key import TaskKey
from knowledge.plan.model import Target, Task
from knowledge.questions.answer import Answer
from knowledge.questions.answering.set_phrasing import MEASURES, NOUNS, amount_text, set_text
from knowledge.questions.query import Assertion, Kind, Members, Query, SetClaim, UnitRole, Want

_COMPACT = 8  # more tasks than this are listed by number and title only
_RANKED = 10


def set_reply(answer: Answer, library: Library) -> Reply:
    query = answer.query
    assert query is not None  # noqa: S101 - render() has checked
    if query.claim is not None and query.want is Want.HOLDS:
        return _claim_reply(query.claim, answer, library)
    if query.claim is not None:
        return reply_of(_difference_text(query.claim, answer), [])
    if query.counted is not None:
        return _ranking_reply(query, answer, library)
    members: Members = answer.detail["members"]
    found: tuple[Any, ...] = answer.detail["found"]
    what = set_text(members)
    if not found:
        return reply_of(f"{what}:没有", [])
    head = f"{what}:共 {len(found)} {MEASURES[members.kind]},已全部列出"
    return reply_of(head, _lines(members.kind, found, library), _places(found, library))


def _lines(kind: Kind, found: Iterable[Any], library: Library) -> list[str]:
    match kind:
        case Kind.TASKS:
            tasks = _tasks(found, library)
            return [task_line(task) for task in tasks] if len(tasks) <= _COMPACT else rows_of(tasks)
        case Kind.UNITS:
            return ["、".join(found)]
        case Kind.TARGETS:
            return [target_line(target) for _, target in found]
        case Kind.SECTIONS:
            return [f"{library.sections[one].place} {library.sections[one].title}" for one in found]


def _tasks(found: Iterable[Any], library: Library) -> list[Task]:
    return [library.tasks[key] for key in found if isinstance(key, TaskKey)]


def _places(found: Iterable[Any], library: Library) -> str:
    return place_text(_tasks(found, library), library)


def _called(one: Any, library: Library) -> str:
    if isinstance(one, TaskKey):
        return f"{one.id} {library.tasks[one].title}"
    if isinstance(one, str):
        return one
    return one[1].name if isinstance(one[1], Target) else library.sections[one].title


_ROLES = {UnitRole.ANY: "", UnitRole.LEAD: "牵头", UnitRole.ASSIST: "配合"}


def _ranking_reply(query: Query, answer: Answer, library: Library) -> Reply:
    members, counted = answer.detail["members"], answer.detail["counted"]
    found, ranking = answer.detail["found"], answer.detail["ranking"]
    what = f"{_ROLES[query.role]}{NOUNS[counted.kind]}" if not counted.where else set_text(counted)
    among = f"{set_text(members)}中," if members.where else ""
    measure = MEASURES[counted.kind]
    if not found:
        return reply_of(f"{among}没有可以排列的{NOUNS[members.kind]}", [])
    lines = [f"{_called(one, library)}:{n} {measure}" for one, n in ranking]
    notes = [_OF_BODIES] if members.kind is Kind.UNITS else []
    notes += [_lead_note(library)] if query.role is not UnitRole.ANY else []
    if len(found) == len(ranking) < query.top:
        order = "从少到多" if query.fewest else "从多到少"
        head = f"{among}按{what}{order}:共 {len(found)} {MEASURES[members.kind]},已全部列出"
        return reply_of(head, [*lines, *notes], _places(found, library))
    names = "、".join(_called(one, library) for one in found)
    most = "最少" if query.fewest else "最多"
    tied = f"(并列 {len(found)} {MEASURES[members.kind]})" if len(found) > abs(query.top) else ""
    count = answer.content.count
    head = f"{among}{what}{most}的是{names}{tied}" + (f":{count} {measure}" if count is not None else "")
    return reply_of(head, [*lines[:_RANKED], *notes], _places(found, library))


_OF_BODIES = "按方案责任单位名单统计,各镇、各街道等统称不参加排列。"


def _lead_note(library: Library) -> str:
    remark = lead_remark(library.tasks.values())
    return f"说明:{remark}。" if remark else ""


def _difference_text(claim: SetClaim, answer: Answer) -> str:
    one, other = (len(answer.detail[name]) for name in ("found", "others"))
    sides = ((claim.one, one), (claim.other, other))
    facts = [f"{set_text(members)}共 {n} {MEASURES[members.kind]}" for members, n in sides if members]
    measure = MEASURES[claim.one.kind]
    differs = f"前者{'多' if one > other else '少'} {abs(one - other)} {measure}" if one != other else "两者一样多"
    return f"{','.join(facts)}:{differs}"


def _claim_reply(claim: SetClaim, answer: Answer, library: Library) -> Reply:
    found, others = answer.detail["found"], answer.detail["others"]
    word = "是" if answer.content.holds else "不是"
    what, kind = set_text(claim.one), claim.one.kind
    fact = f"{what}共 {len(found)} {MEASURES[kind]}" if found else f"没有{what}"
    match claim.asserts:
        case Assertion.WITHIN if claim.other:
            missing = [one for one in found if one not in set(others)]
            fact = f"{what}都是{set_text(claim.other)}" if not missing else f"{what}不都是{set_text(claim.other)}"
            found = missing or found
        case Assertion.SAME if claim.other:
            fact = f"{fact};{set_text(claim.other)}共 {len(others)} {MEASURES[claim.other.kind]}"
        case Assertion.EQUAL | Assertion.LARGER | Assertion.SMALLER if claim.other:
            fact = f"{fact};{set_text(claim.other)}共 {len(others)} {MEASURES[claim.other.kind]}"
            found = ()
        case Assertion.NUMBER if claim.number:
            fact = f"{fact},问的是{amount_text(claim.number, kind)}"
        case _:
            pass
    return reply_of(f"{word}。{fact}", _lines(kind, found, library) if found else [], _places(found, library))
