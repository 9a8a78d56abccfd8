"""Forms of what is said of units: by the tasks that they have a part in, by how many, by whom they share them with."""

from dataclasses import replace

from knowledge.questions.query import Condition, Kind, Members, NamedMember, Not, Related, Term, Than, UnitRole
from knowledge.questions.sets.forms import (
    COUNT,
    MATCHED,
    NONE,
    ONE_OR_MORE,
    Conditions,
    FoundForm,
    form,
    matched,
    tasks_in,
    whole,
)


def _in_tasks(found: FoundForm) -> Conditions | None:
    """参与8.1, 8.1和8.2都有, 不在8.2里, 只参与8.1."""
    group, role = found.group("T"), found.role
    if found.denied:
        return None if found.said("only") else tuple(Not(Related(tasks_in(one), role)) for one in group.named)
    if found.said("only"):
        return Related(tasks_in(found.named), role), Not(Related(tasks_in(Not(found.named)), role))
    if found.said("all") and not group.either:
        return tuple(Related(tasks_in(one), role) for one in group.named)
    return (Related(tasks_in(found.named), role),)


def _in_every(found: FoundForm) -> Conditions | None:
    """第八部分三项任务都参与, 参与8.1、8.2全部."""
    group = found.group("T")
    return None if group.either else tuple(Related(tasks_in(one), found.role, every=True) for one in group.named)


def _more_than_tasks(found: FoundForm) -> Conditions:
    """8.1比8.2多出的单位, 8.2比8.1少的单位."""
    return Related(tasks_in(found.named)), Not(Related(tasks_in(whole(found.group("V")))))


def _having(found: FoundForm) -> Conditions | None:
    """牵头两项以上任务, 参与的任务不到3项."""
    if found.counted not in {"", "t"} or not (found.said("role") or found.said("task") or found.said("tail")):
        return None
    if found.said("only") and any(number.than is not Than.SAME for number in found.numbers):
        return None
    return tuple(Related(_within(found), found.role, number) for number in found.numbers)


def _having_none(found: FoundForm) -> Conditions | None:
    """一项都不牵头, 没有牵头任务."""
    if found.said("N") and not (found.is_one and found.counted in {"", "t"}):
        return None
    return (Related(_within(found), found.role, NONE),)


def _within(found: FoundForm) -> Members:
    return tasks_in(found.named) if found.said("T") else tasks_in()


_OTHER = {UnitRole.LEAD: UnitRole.ASSIST, UnitRole.ASSIST: UnitRole.LEAD}


def _in_role(found: FoundForm) -> Conditions:
    """牵头的, 不牵头, 只配合."""
    role = found.role
    if found.denied:
        return (Related(tasks_in(), role, NONE),)
    held = Related(tasks_in(), role, ONE_OR_MORE)
    return (held, Related(tasks_in(), _OTHER[role], NONE)) if found.said("only") else (held,)


def _in_every_section(found: FoundForm) -> Conditions:
    """在每个部分都有任务."""
    return (Related(Members(Kind.SECTIONS), found.role, every=True),)


def _but_for_units(found: FoundForm) -> Conditions:
    return (Not(NamedMember(bodies=found.group("U").units)),)


def _but_for_role(found: FoundForm) -> Conditions:
    """去掉牵头的."""
    return (Not(Related(tasks_in(), found.role)),)


def _beside_units(found: FoundForm) -> Conditions:
    """和A一起的, 与A没有共同任务的."""
    units = found.group("U").units
    held = [Related(tasks_in(Term((unit,)))) for unit in units]
    return *(Not(one) if found.denied else one for one in held), Not(NamedMember(bodies=units))


# -- 第一部分还有谁牵头 -----------------------------------------------------------------------------------------------


def _in_scope(found: FoundForm) -> Conditions:
    return (found.named,)


def scoped(where: Conditions) -> Conditions:
    """What is named of the plan (第一部分的, 8.1的) put into the conditions on units that name no tasks themselves.

    Where there are none, it is a condition of its own.
    """
    inside = tuple(one for one in where if isinstance(one, NamedMember) and not one.bodies)
    rest = tuple(one for one in where if one not in inside)
    meant = tuple(_put_inside(one, inside) for one in rest) if inside else rest
    if any(isinstance(one, Related) and one not in rest for one in meant):
        return meant
    return *(Related(tasks_in(one)) for one in inside), *meant


def _put_inside(one: Condition, inside: tuple[NamedMember, ...]) -> Condition:
    if isinstance(one, Not):
        return Not(_put_inside(one.condition, inside))
    if not isinstance(one, Related) or one.to != tasks_in():
        return one
    return replace(one, to=tasks_in(*inside), number=None if one.number == ONE_OR_MORE else one.number)


def in_role(where: Conditions, role: UnitRole) -> Conditions:
    """8.1的配合单位: the role of the noun is that in the tasks which are named, or has to be had in any."""
    if role is UnitRole.ANY:
        return where
    given = tuple(
        replace(one, role=role) if isinstance(one, Related) and one.role is UnitRole.ANY and not one.number else one
        for one in where
    )
    return given if given != where else (*where, Related(tasks_in(), role))


UNIT_FORMS = (
    *(form(pattern, matched(Kind.UNITS)) for pattern in MATCHED),
    form("x(?P<U>U)[LA]?z?", _but_for_units),
    form("(?P<U>U)z", _but_for_units),
    form("&?(?P<U>U)(?P<not>n?)h?e?s+(?:h|O|t)*(?![hO]*t?,[bs]*[LA])", _beside_units),
    form("(?P<T>[TS])i?\\^(?P<V>[TS])i?mh?", _more_than_tasks),
    form("(?P<V>[TS])i?\\^(?P<T>[TS])i?fh?", _more_than_tasks),
    form(
        f"(?:a?(?P<T>[TS]))?(?P<only>o?)(?P<fore>[><gl=]?)(?P<role>[LAOh])(?P<task>t?)[ha]*{COUNT}(?P<tail>t*)", _having
    ),
    form(f"(?:a?(?P<T>[TS]))?(?P<task>t)[ha]*{COUNT}(?P<tail>t*)", _having),
    form(f"(?:a?(?P<T>[TS]))?{COUNT}(?P<role>[LAO]?)(?P<task>t)", _having),
    form("a?ec+b?(?P<role>[LAOh])t?", _in_every_section),
    form("x(?P<role>[LA])i?z?", _but_for_role),
    form("(?P<T>[TS])(?:Nt?|t)b(?P<role>[LAOh])t?", _in_every),
    form("(?P<role>[LAOh])(?P<T>[TS])eN?t?", _in_every),
    form("(?:a?(?P<T>[TS]))?(?P<N>N)t?b?n(?P<role>[LAOh])t?", _having_none),
    form("(?:a?(?P<T>[TS]))?n(?P<role>[LA])(?:e?t|(?P<N>N)t?)", _having_none),
    form("(?:a?(?P<T>[TS]))?(?P<N>N)(?P<role>[LA])t?b+n[Oh]?", _having_none),
    form("(?P<only>o?)(?P<not>n)(?P<all>[bs]*)(?P<role>[LAOha]?)(?P<T>[TS])t?O?", _in_tasks),
    form("(?P<only>o?)(?P<all>[bs]*)(?P<role>[LAOh])(?P<T>[TS])t?", _in_tasks),
    form("(?P<only>o?)(?P<all>[bs]*)(?P<role>a)(?P<T>[TS])t?(?![bnLAh])O?", _in_tasks),
    form("(?P<only>o?)h?a?(?P<T>[TS])(?P<all>[bs]*)(?P<not>n)(?P<role>[LAOh]?)t?", _in_tasks),
    form("a?(?P<T>[TS])(?P<all>[bs]*)(?P<only>o)(?P<role>[LAOh])t?", _in_tasks),
    form("(?P<only>o?)a?(?P<T>[TS])(?P<all>[bs]*)(?P<role>[LAOh])t?", _in_tasks),
    form("(?P<T>[TS])i?(?P<all>[bs]+)h?", _in_tasks),
    form("(?P<T>[TS])i(?P<role>h)", _in_tasks),
    form("(?P<T>[TS])i(?P<not>n)h?", _in_tasks),
    form("(?P<T>[TS])t?i?", _in_scope),
    form("(?P<only>o?)(?P<not>n?)(?P<role>[LA])(?:i|t)?(?![UTS])", _in_role),
    form("(?P<role>O)(?=,|n|$)", _in_role),
)
