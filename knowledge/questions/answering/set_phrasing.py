"""A set put into words that are read as that very set: 参与8.1、未参与8.2的单位."""

from collections.abc import Iterable
from dataclasses import replace

from knowledge.plan.model import Period
from knowledge.questions.answer import number
from knowledge.questions.query import (
    Condition,
    Kind,
    Marked,
    Matched,
    Members,
    NamedMember,
    Not,
    Phrase,
    QuantityFilter,
    Related,
    Term,
    Than,
    UnitRole,
)

NOUNS = {Kind.TASKS: "任务", Kind.UNITS: "单位", Kind.TARGETS: "目标", Kind.SECTIONS: "部分"}
MEASURES = {Kind.TASKS: "项", Kind.UNITS: "家", Kind.TARGETS: "个", Kind.SECTIONS: "个"}
VERBS = {UnitRole.ANY: "参与", UnitRole.LEAD: "牵头", UnitRole.ASSIST: "配合"}
_PARTS = {UnitRole.ANY: "责任", UnitRole.LEAD: "牵头", UnitRole.ASSIST: "配合"}
_ROLES = {UnitRole.ANY: "", UnitRole.LEAD: "牵头", UnitRole.ASSIST: "配合"}
_THAN = {
    Than.MORE: "超过{}",
    Than.AT_LEAST: "不少于{}",
    Than.LESS: "不到{}",
    Than.AT_MOST: "不超过{}",
    Than.SAME: "正好{}",
}
_PERIODS = {
    Period.YEARLY: "每年",
    Period.YEARLY_AVERAGE: "年均",
    Period.MAINTAIN: "保持",
    Period.BY_END: "累计",
}
_PLACES = {False: "提到", True: "标题里带"}
_NUMERALS = "零一二三四五六七八九十"


def set_text(members: Members) -> str:
    """The whole noun phrase."""
    said = [text for text in condition_texts(members) if text]
    noun = NOUNS[members.kind]
    if members.where and all(isinstance(one, NamedMember) and one.bodies for one in members.where):
        return "、".join(said)
    return f"{'、'.join(said)}的{noun}" if said else f"全部{noun}"


def condition_texts(members: Members) -> list[str]:
    """Each condition; two that are said as one (只参与8.1, 和市财政局有共同任务) together."""
    left = list(members.where)
    texts = []
    while left:
        first = left.pop(0)
        second = next((one for one in left if _joint_text(first, one)), None)
        if second is not None:
            left.remove(second)
        texts.append(_joint_text(first, second) if second else _text(first, members.kind))
    return texts


def _joint_text(one: Condition, other: Condition) -> str:
    """Two conditions as one; empty where each is said for itself."""
    plain = one.condition if isinstance(one, Not) else one
    if isinstance(one, Term) and other == Not(Related(_others(one.units), one.role)) and not one.negated:
        return f"只有{'、'.join(one.units)}{VERBS[one.role]}"
    if not isinstance(plain, Related) or plain.to.kind is not Kind.TASKS or len(plain.to.where) != 1:
        return ""
    held = plain.to.where[0]
    if (
        isinstance(held, Term)
        and held.role is plain.role is UnitRole.ANY
        and other == Not(NamedMember(bodies=held.units))
    ):
        return f"和{'、'.join(held.units)}{'有' if plain is one else '没有'}共同任务"
    if (
        plain is one
        and isinstance(held, NamedMember)
        and other == Not(replace(one, to=Members(Kind.TASKS, (Not(held),))))
    ):
        return f"只{VERBS[plain.role]}{named_text(held)}"
    return ""


def _others(units: tuple[str, ...]) -> Members:
    return Members(Kind.UNITS, (Not(NamedMember(bodies=units)),))


def amount_text(amount: QuantityFilter, kind: Kind) -> str:
    """超过10家."""
    return _THAN[amount.than].format(f"{number(amount.value)}{amount.unit or MEASURES[kind]}")


def _text(condition: Condition, kind: Kind) -> str:
    match condition:
        case Term():
            return _term_text(condition)
        case NamedMember(bodies=()):
            return named_text(condition) if kind is not Kind.UNITS else f"参与{named_text(condition)}"
        case NamedMember():
            return "、".join(condition.bodies)
        case Phrase():
            return f"{'没有' if condition.negated else ''}{_PLACES[condition.titled]}{'或'.join(condition.said)}"
        case Marked():
            return _mark_text(condition, kind)
        case Matched():
            return _matched_text(condition)
        case Related():
            return _related_text(condition, kind)
        case Not(condition=NamedMember() as held):
            return f"除{'、'.join(held.bodies) or named_text(held)}外"
        case Not():
            return f"没有{_text(condition.condition, kind).removeprefix('有')}"


def _term_text(condition: Term) -> str:
    verb = VERBS[condition.role]
    who = "或".join(condition.units)
    return f"没有{who}{verb}" if condition.negated else f"{who}{verb}"


def named_text(named: NamedMember) -> str:
    return "、".join((*named.ids, *(key.name for key in named.topic), *map(section_text, named.sections)))


def section_text(no: int) -> str:
    return f"第{_NUMERALS[no] if no < len(_NUMERALS) else no}部分"


def _mark_text(condition: Marked, kind: Kind) -> str:
    parts = [_PERIODS[condition.period]] if condition.period else []
    parts += [f"{condition.year}年到期"] if condition.year else []
    parts += ["有期限" if condition.dated else "没有期限"] if condition.dated is not None else []
    parts += [f"以{condition.unit}计"] if condition.unit else []
    parts += [amount_text(condition.amount, kind)] if condition.amount else []
    return "".join(parts)


_AS_MANY = {Than.SAME: "{}和{}一样多", Than.MORE: "{}比{}多", Than.LESS: "{}比{}少"}


def _matched_text(condition: Matched) -> str:
    role, counted = condition.role, condition.counted
    noun = {Kind.TASKS: f"{_ROLES[role]}任务", Kind.UNITS: f"{_PARTS[role]}单位"}.get(counted, NOUNS[counted])
    return _AS_MANY[condition.than].format(noun, "、".join(condition.of.bodies) or named_text(condition.of))


def _related_text(condition: Related, kind: Kind) -> str:
    to, role, amount = condition.to, condition.role, condition.number
    none = amount is not None and amount.value == 0
    if to.kind is Kind.TASKS:
        verb = VERBS[role] if kind is Kind.UNITS else "有"
        if none and kind is Kind.UNITS and to.where:
            return f"{_tasks_text(to.where)}里一项都不{verb}"
        some = amount is not None and amount.value == 1 and amount.than is Than.AT_LEAST and role is not UnitRole.ANY
        if amount is not None and not none and not some:
            within = f"{_tasks_text(to.where)}里" if to.where else ""
            return f"{within}{verb}{amount_text(amount, to.kind)}任务"
        if not to.where:
            return f"不{verb}任何任务" if none else f"{verb}任务"
        if kind is Kind.TARGETS:
            return f"{set_text(to)}里"
        if kind is Kind.SECTIONS:
            return f"{'没有' if none else '有'}{set_text(to)}"
        return f"{verb}{_tasks_text(to.where)}{'每项任务' if condition.every else ''}"
    if to.kind is Kind.SECTIONS:
        return f"在每个部分都{VERBS[role]}"
    noun = f"{_PARTS[role]}单位" if to.kind is Kind.UNITS else "量化目标"
    if to.where and condition.every and kind is Kind.TASKS:
        return f"包含{_all_units_text(to)}"
    if to.where:
        return f"{VERBS[role] if kind is Kind.UNITS else '有'}{set_text(to)}"
    if none:
        return f"没有{noun}"
    if amount is None or (amount.value == 1 and amount.than is Than.AT_LEAST):
        return f"有{noun}"
    return f"{noun}{amount_text(amount, to.kind)}"


def _all_units_text(units: Members) -> str:
    """7.3全部牵头单位."""
    held = units.where[0]
    named = held.to.where[0] if isinstance(held, Related) and len(held.to.where) == 1 else None
    if len(units.where) > 1 or not isinstance(held, Related) or not isinstance(named, NamedMember):
        return f"全部{set_text(units)}"
    return f"{named_text(named)}全部{_PARTS[held.role]}单位"


def _tasks_text(where: Iterable[Condition]) -> str:
    where = tuple(where)
    if len(where) == 1 and isinstance(where[0], NamedMember):
        return named_text(where[0])
    return set_text(Members(Kind.TASKS, where))
