"""Forms of what is said of tasks: by their units, sections and numbers, by how many units and targets they have."""

import re

from knowledge.questions.query import Kind, Marked, Members, NamedMember, Not, Related, Term, UnitRole
from knowledge.questions.sets.forms import (
    COUNT,
    MATCHED,
    NONE,
    ONE_OR_MORE,
    Conditions,
    FoundForm,
    form,
    matched,
    of_each,
    tasks_in,
)


def _of_units(found: FoundForm) -> Conditions | None:
    """A参与, A和B都参与, 没有A参与, A不牵头: each of the units, or one of them."""
    group, role, together = found.group("U"), found.role, found.said("all")
    alone = len(group) == 1
    if (found.said("not") and found.said("nor")) or ("s" in together and alone):
        return None
    if found.said("nor") and role in _OTHER:  # 市住建局不牵头的任务: those that it has a part in
        return (Term(group.units, _OTHER[role]),) if alone else None
    if found.denied:
        return tuple(Term((unit,), role, negated=True) for unit in group.units)
    all_of_them = re.search("[bs]", together) or found.said("has")  # 有A和B的任务, 少不了A、B
    if all_of_them and not (group.either or "|" in together):
        return tuple(Term((unit,), role) for unit in group.units)
    return (Term(group.units, role),)


_OTHER = {UnitRole.LEAD: UnitRole.ASSIST, UnitRole.ASSIST: UnitRole.LEAD}
_PARTS = frozenset(_OTHER)
_OWN = {"L": frozenset({UnitRole.LEAD}), "A": frozenset({UnitRole.ASSIST})}


def _in_roles(found: FoundForm) -> Conditions | None:
    """A参与但不牵头, A不牵头只配合: one unit by what its part is, and is not."""
    group, left = found.group("U"), _PARTS
    for only, denied, role in re.findall("(o?)(n?)y?([LAOha])", found.said("roles")):
        own = _OWN.get(role, _PARTS)
        if denied and (only or role not in _OWN):
            return None
        left = left - own if denied else left & own
    if len(group) > 1 or not left:
        return None
    return (Term(group.units, UnitRole.ANY if left == _PARTS else next(iter(left))),)


def _so_many_of(found: FoundForm) -> Conditions | None:
    """A和B只有一家参与: so many of these."""
    units = found.group("U").units
    if len(units) == 1 or found.counted not in {"", "i"}:
        return None
    these = Members(Kind.UNITS, (NamedMember(bodies=units),))
    return tuple(Related(these, found.role, number) for number in found.numbers)


def _only_units(found: FoundForm) -> Conditions:
    """只有A参与: no other."""
    units, role = found.group("U").units, found.role
    others = Members(Kind.UNITS, (Not(NamedMember(bodies=units)),))
    return *(Term((unit,), role) for unit in units), Not(Related(others, role))


def _more_than_other(found: FoundForm) -> Conditions:
    """A比B多的任务, B比A少的任务."""
    return Term(found.group("U").units), Term(found.group("V").units, negated=True)


def _among(found: FoundForm) -> Conditions:
    return (Not(found.named),) if found.denied else (found.named,)


def _but_for(found: FoundForm) -> Conditions:
    return tuple(Not(one) for one in found.group("T").named)


def _but_of_units(found: FoundForm) -> Conditions:
    return tuple(Term((unit,), found.role, negated=True) for unit in found.group("U").units)


_MEASURED = {"i": Kind.UNITS, "G": Kind.TARGETS}


def _sized(found: FoundForm) -> Conditions | None:
    """责任单位超过10家, 有3个以上目标."""
    noun = found.said("noun")
    if (found.counted and found.counted != noun) or (found.said("role") and noun != "i"):
        return None
    return of_each(_MEASURED[noun], found.role, found.numbers)


def with_any(found: FoundForm) -> Conditions:
    """没有量化目标, 有目标, 没有配合单位."""
    return of_each(_MEASURED[found.said("noun")], found.role, (NONE if found.denied else ONE_OR_MORE,))


def _with_all_units(found: FoundForm) -> Conditions | None:
    """包含7.3的全部单位: the others that have each of its units, too."""
    if len(found.group("T")) > 1:
        return None
    theirs = Members(Kind.UNITS, (Related(tasks_in(found.named), found.role),))
    held = Related(theirs, every=True)
    return (Not(held) if found.denied else held), Not(found.named)


def _with_marked(found: FoundForm) -> Conditions:
    """有每年目标的任务."""
    held = Related(Members(Kind.TARGETS, (found.mark,)))
    return (Not(held),) if found.denied else (held,)


def _with_amount(found: FoundForm) -> Conditions:
    """有100%的目标的任务."""
    held = Related(Members(Kind.TARGETS, (Marked(amount=found.amount),)))
    return (Not(held),) if found.denied else (held,)


_AMOUNT = "(?P<than>[><gl=]?)(?P<M>M)(?P<up>[uv]?)"
TASK_FORMS = (
    form("o(?P<U>U)h?b?(?P<role>[LAOh]?)", _only_units),
    *(form(pattern, matched(Kind.TASKS)) for pattern in MATCHED),
    form("(?P<not>n?)[hO](?P<T>T)e(?P<role>[LA]?)i", _with_all_units),
    form("(?P<T>T)(?P<role>[LA]?)ie?b[hOa]", _with_all_units),
    form("(?P<U>U)t?\\^(?P<V>U)t?mh?", _more_than_other),
    form("(?P<V>U)t?\\^(?P<U>U)t?fh?", _more_than_other),
    form("x(?P<T>[TS])t?z?", _but_for),
    form("(?P<T>[TS])t?z", _but_for),
    form("xh?(?P<U>U)(?P<role>[LAOh]?)t?z?", _but_of_units),
    form("(?P<U>U)(?P<roles>(?:o?n?[LAOha])t?[,Z]*(?:o?n?y?[LAOh],?)+)(?![UTS])", _in_roles),
    form(f"(?P<U>U)[,Z]?{COUNT}b?(?P<role>[LAOh])", _so_many_of),
    form("i?h?(?P<not>n?)h?y?(?P<U>U)(?P<all>[bs|]*)(?P<nor>n?)y?(?P<role>[LAOha])i?", _of_units),
    form("(?P<U>U)(?P<all>[bs]*)(?P<nor>n)", _of_units),
    form("i?(?P<not>n)[hO]?(?P<U>U)", _of_units),
    form("h?(?P<U>U)h?e?(?P<all>s+)(?P<role>[hLAO]?)", _of_units),
    form("i?(?P<has>[hO])(?P<U>U)(?P<all>b?)", _of_units),
    form("(?P<role>[LA])i(?P<U>U)", _of_units),
    form(f"O?(?P<role>[LA]?)(?P<noun>[iG])[ha]*{COUNT}", _sized),
    form("N(?P<noun>[iG])b?(?P<not>n)h?", with_any),
    form(f"[hO]?{COUNT}(?P<role>[LA]?)(?P<noun>[iG])O?", _sized),
    form("(?P<not>n)e?h?(?P<role>[LA]?)(?P<noun>[iG])", with_any),
    form("h(?P<role>[LA]?)(?P<noun>[iG])", with_any),
    form("(?P<not>n?)h?(?P<P>P)G", _with_marked),
    form(f"(?P<not>n?)h?{_AMOUNT}G", _with_amount),
    form(f"G[ha]*{_AMOUNT}", _with_amount),
    form("(?P<not>n?)a?(?P<T>[TS])", _among),
    form("(?P<U>U)", _of_units),
)
