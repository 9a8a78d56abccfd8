"""Questions for yes or no about sets: all of them, some of them, so many, only this one, more than that.

A form fits the whole phrase, without the word that asks (吗, 是不是).
"""

import re
from collections.abc import Callable, Iterator
from dataclasses import replace
from functools import reduce

from knowledge.questions.query import (
    Assertion,
    Kind,
    Members,
    NamedMember,
    Related,
    SetClaim,
    Term,
    Than,
    UnitRole,
)
from knowledge.questions.sets.conditions import conditions
from knowledge.questions.sets.forms import COUNT, KINDS, NONE, ROLES, FoundForm, tasks_in, whole
from knowledge.questions.sets.of_units import in_role
from knowledge.questions.sets.phrase import SetPhrase, each_first
from knowledge.questions.sets.signs import Group

_Made = Iterator[SetClaim]


def claims(phrase: SetPhrase) -> Iterator[SetClaim]:
    """What the phrase may assert, best first; 还有别的任务 asserts that there are such."""
    phrase = each_first(phrase.without("R"))
    for pattern, make in _FORMS:
        match = pattern.fullmatch(phrase.letters)
        if match:
            yield from make(FoundForm(match, phrase))


def differences(phrase: SetPhrase) -> Iterator[SetClaim]:
    """A比B多几项: that it is more; nothing where it is not asked by how many."""
    match = _BY_HOW_MANY.search(phrase.letters)
    if match:
        noun = "" if match["noun"] in phrase.letters[: match.start()] else "noun"
        said = [phrase.part(*match.span(name)) for name in ("role", noun, "more") if name]
        yield from claims(reduce(SetPhrase.then, said, phrase.part(0, match.start())))


_BY_HOW_MANY = re.compile(r"(?<=[UTStiG])(?P<more>[mf])(?P<role>[LAO]?)h?k(?P<noun>[tiG]?)[tiG]*$")


def _tasks_of(units: tuple[str, ...], role: UnitRole, *, denied: bool = False) -> Members:
    return tasks_in(Term(units, role, denied))


# -- all of them ------------------------------------------------------------------------------------------------------


def _all_have(found: FoundForm) -> _Made:
    """A和B都参与5.1, A是不是5.1、5.2都参与: every one of the units in every one of the tasks."""
    group, named = found.group("U"), found.group("T")
    if len(group) == 1 and len(named) == 1 and not found.said("all"):
        return
    terms = tuple(Term((unit,), found.role, found.denied) for unit in group.units)
    if found.said("T") == "S" and not found.said("whole"):
        held = tuple(Related(tasks_in(part), found.role) for part in named.named)
        yield SetClaim(
            Assertion.WITHIN, Members(Kind.UNITS, (NamedMember(bodies=group.units),)), Members(Kind.UNITS, held)
        )
        return
    yield SetClaim(Assertion.WITHIN, tasks_in(whole(named)), tasks_in(*terms))


def _every(found: FoundForm) -> _Made:
    """第一部分的任务A都参与, 每项任务都有A, 所有任务都有目标."""
    groups = [sign.value for sign in found.phrase.signs if isinstance(sign.value, Group)]
    if not re.search("[be]", found.match[0]) and all(len(group) == 1 for group in groups):
        return
    for where in conditions(Kind.TASKS, found.part("of")):
        for held in conditions(Kind.TASKS, found.part("held")):
            yield SetClaim(Assertion.WITHIN, tasks_in(*where), tasks_in(*held))


def _every_unit(found: FoundForm) -> _Made:
    """所有牵头单位都参与了8.1, 6.2的单位都在6.3里."""
    of = found.part("of")
    of = of.part(1) if of.letters.startswith("e") else of
    for where in conditions(Kind.UNITS, of):
        for held in conditions(Kind.UNITS, found.part("held")):
            yield SetClaim(Assertion.WITHIN, Members(Kind.UNITS, where), Members(Kind.UNITS, held))


def _all_in(found: FoundForm) -> _Made:
    """8.1的单位8.2都有."""
    one, other = tasks_in(found.named), tasks_in(whole(found.group("V")))
    held = Members(Kind.UNITS, (Related(other, found.role),))
    yield SetClaim(Assertion.WITHIN, Members(Kind.UNITS, (Related(one),)), held)


def _in_every_section(found: FoundForm) -> _Made:
    """发改局在每个部分都有任务."""
    for unit in found.group("U").units:
        held = Related(tasks_in(Term((unit,), found.role)))
        yield SetClaim(Assertion.WITHIN, Members(Kind.SECTIONS), Members(Kind.SECTIONS, (held,)))


def _in_so_many_sections(found: FoundForm) -> _Made:
    """发改局在八个部分都有任务."""
    held = Related(_tasks_of(found.group("U").units, found.role))
    if len(found.numbers) == 1 and not found.counted:
        number = replace(found.numbers[0], than=Than.AT_LEAST)
        yield SetClaim(Assertion.NUMBER, Members(Kind.SECTIONS, (held,)), number=number)


def _every_section(found: FoundForm) -> _Made:
    """每个部分都有发改局的任务."""
    for held in conditions(Kind.SECTIONS, found.part("held")):
        yield SetClaim(Assertion.WITHIN, Members(Kind.SECTIONS), Members(Kind.SECTIONS, held))


def _every_other_way(found: FoundForm) -> _Made:
    """A参与所有任务, A参与第一部分的每项任务."""
    terms = tuple(Term((unit,), found.role, found.denied) for unit in found.group("U").units)
    for where in conditions(Kind.TASKS, found.part("of")):
        yield SetClaim(Assertion.WITHIN, tasks_in(*where), tasks_in(*terms))


# -- only this --------------------------------------------------------------------------------------------------------


def _only_tasks(found: FoundForm) -> _Made:
    """A只参与5.1."""
    units = found.group("U").units
    yield SetClaim(Assertion.SAME, _tasks_of(units, found.role, denied=found.denied), tasks_in(found.named))


def _only_inside(found: FoundForm) -> _Made:
    """A只在第六部分牵头."""
    for unit in found.group("U").units:
        yield SetClaim(Assertion.WITHIN, _tasks_of((unit,), found.role), tasks_in(found.named))


def _only_units(found: FoundForm) -> _Made:
    """只有A参与5.1."""
    bodies = Members(Kind.UNITS, (NamedMember(bodies=found.group("U").units),))
    held = Members(Kind.UNITS, (Related(tasks_in(found.named), found.role),))
    yield SetClaim(Assertion.SAME, held, bodies)


def _set_is_only(found: FoundForm) -> _Made:
    """A没参与的任务只有5.1, 5.1的牵头单位只有A."""
    value = found.group("name")
    kind = Kind.UNITS if found.said("name") == "U" else Kind.TASKS
    named = NamedMember(bodies=value.units) if value.units else whole(value)
    for where in conditions(kind, found.part("set")):
        yield SetClaim(Assertion.SAME, Members(kind, where), Members(kind, (named,)))


# -- so many ----------------------------------------------------------------------------------------------------------


def _so_many(found: FoundForm) -> _Made:
    """A一共参与3项任务, 5.1只有3家单位, 没有目标的任务有9项."""
    noun = found.said("noun") or found.said("other") or found.counted
    kind = KINDS.get(noun)
    if kind is None or (found.counted and KINDS.get(found.counted) is not kind) or len(found.numbers) > 1:
        return
    role = ROLES.get(found.said("own") or found.said("part"), UnitRole.ANY)
    for where in conditions(kind, found.part("set").without("o")):
        if role is not UnitRole.ANY and kind is not Kind.UNITS:
            return
        yield SetClaim(Assertion.NUMBER, Members(kind, in_role(where, role)), number=found.numbers[0])


def _none_such(found: FoundForm) -> _Made:
    """A和B都没参与的任务一项都没有."""
    kind = KINDS[found.said("noun")]
    for where in conditions(kind, found.part("set")):
        yield SetClaim(Assertion.NUMBER, Members(kind, where), number=NONE)


def _none(found: FoundForm) -> _Made:
    """A没有牵头任务, A一项都不牵头."""
    if found.said("N") and not found.is_one:
        return
    yield SetClaim(Assertion.NUMBER, _tasks_of(found.group("U").units, found.role), number=NONE)


# -- more than that ---------------------------------------------------------------------------------------------------


def _more_tasks(found: FoundForm) -> _Made:
    """A牵头的任务比B多."""
    asserts = Assertion.LARGER if found.said("more") == "m" else Assertion.SMALLER
    yield SetClaim(
        asserts, _tasks_of(found.group("U").units, found.role), _tasks_of(found.group("V").units, found.role)
    )


def _not_so_many_tasks(found: FoundForm) -> _Made:
    """A牵头的任务没有B多."""
    yield SetClaim(
        Assertion.SMALLER, _tasks_of(found.group("U").units, found.role), _tasks_of(found.group("V").units, found.role)
    )


def _more_inside(found: FoundForm) -> _Made:
    """5.1的责任单位比5.2多, 第一部分的任务比第二部分多."""
    asserts = Assertion.LARGER if found.said("more") == "m" else Assertion.SMALLER
    kind = KINDS[found.said("noun") or found.said("other")]
    one, other = (_inside(whole(found.group(name)), kind, found.role) for name in ("T", "V"))
    yield SetClaim(asserts, one, other)


def _inside(named: NamedMember, kind: Kind, role: UnitRole) -> Members:
    return Members(kind, (Related(tasks_in(named), role) if kind is Kind.UNITS else named,))


def _as_many(found: FoundForm) -> _Made:
    """5.1和5.2的责任单位一样多, 5.1的责任单位和5.2一样多, A和B牵头的任务一样多."""
    names = [name for at in ("one", "other") if found.said(at) for name in _each(found.group(at))]
    kind = KINDS[found.said("noun") or "t"]
    if len(names) != len(("one", "other")) or (kind is Kind.TASKS and found.said("one") == "T"):
        return
    one, other = (_counted_of(name, kind, found.role) for name in names)
    yield SetClaim(Assertion.EQUAL, one, other)


def _each(group: Group) -> tuple[str | NamedMember, ...]:
    return group.units or group.named


def _counted_of(name: str | NamedMember, kind: Kind, role: UnitRole) -> Members:
    return _tasks_of((name,), role) if isinstance(name, str) else _inside(name, kind, role)


# -- some, the same ---------------------------------------------------------------------------------------------------


def _some(found: FoundForm) -> _Made:
    """有没有A和B都不参与的任务, A和B有共同任务."""
    kind = KINDS[found.said("noun")]
    for where in conditions(kind, found.part("set")):
        yield SetClaim(Assertion.SOME, Members(kind, where))


def _some_in(found: FoundForm) -> _Made:
    """8.2的单位里有8.1没有的."""
    for where in conditions(Kind.UNITS, found.part("set").with_(found.part("held"))):
        yield SetClaim(Assertion.SOME, Members(Kind.UNITS, where))


def _alike(found: FoundForm) -> _Made:
    """5.1和5.2的责任单位一样, A和B的任务一样; 重合 and 交叉 are no more than some."""
    if not found.word("same").endswith(_THE_SAME):
        return
    names = [name for at in ("name", "other") if found.said(at) for name in _each(found.group(at))]
    sides = [_counted_of(name, Kind.UNITS, found.role) for name in names]
    if len(sides) == len(("one", "other")):
        yield SetClaim(Assertion.SAME, sides[0], sides[1])


_THE_SAME = ("一样", "相同")


def _overlapping(found: FoundForm) -> _Made:
    """6.2和6.3的责任单位有重合."""
    parts = found.group("T").named
    if len(parts) > 1:
        yield SetClaim(Assertion.SOME, Members(Kind.UNITS, tuple(Related(tasks_in(one), found.role) for one in parts)))


_FORMS: tuple[tuple[re.Pattern[str], Callable[[FoundForm], _Made]], ...] = tuple(
    (re.compile(pattern), make)
    for pattern, make in (
        ("(?P<U>U)(?P<role>[LAOh]?)t?\\^(?P<V>U)t?(?P<more>[mf])", _more_tasks),
        ("(?P<U>U)(?P<role>[LAOh]?)t?n(?P<V>U)m", _not_so_many_tasks),
        ("(?P<U>U)\\^(?P<V>U)(?P<role>[LAOh]?)t?(?P<more>[mf])", _more_tasks),
        ("(?P<T>[TS])(?P<role>[LA]?)(?P<noun>[itG])\\^(?P<V>[TS])(?P<other>[itG]?)(?P<more>[mf])", _more_inside),
        ("(?P<T>[TS])\\^(?P<V>[TS])(?P<role>[LA]?)(?P<other>[itG])(?P<more>[mf])", _more_inside),
        ("(?P<one>[UTS])(?P<role>[LAO]?)(?P<noun>[tiG]?)h?w", _as_many),
        ("(?P<one>U)(?P<role>[LAO]?)(?P<noun>t?)h?&(?P<other>U)(?:[LAO]?t)?w", _as_many),
        ("(?P<one>[TS])(?P<role>[LA]?)(?P<noun>[tiG])h?&(?P<other>[TS])[tiG]?w", _as_many),
        ("(?P<name>[UT])(?P<role>[LAO]?)[ti](?P<same>s)", _alike),
        ("(?P<name>U)(?P<role>[LAO]?)th?&(?P<other>U)(?:[LAO]?t)?(?P<same>s)", _alike),
        ("(?P<name>[TS])(?P<role>[LA]?)ih?&(?P<other>[TS])(?:[LA]?i)?(?P<same>s)", _alike),
        ("(?P<T>[TS])(?P<role>[LA]?)ih?s", _overlapping),
        ("(?P<V>[TS])h(?P<T>[TS])ei(?P<role>)", _all_in),
        ("(?P<U>U)o(?P<nor>n?)(?P<role>[LAOha])(?P<T>[TS])t?", _only_tasks),
        ("o(?P<U>U)(?P<role>[LAOh])(?P<T>[TS])", _only_units),
        ("(?P<T>[TS])t?oh?(?P<U>U)(?P<role>[LAOh])", _only_units),
        ("(?P<set>.+?)t?oh?(?P<name>[TS])t?", _set_is_only),
        ("(?P<set>.+?)i?oh?(?P<name>U)i?", _set_is_only),
        (f"(?P<set>.*?)(?:(?P<own>[LA])(?=i))?(?P<noun>[tiG])?h?{COUNT}(?P<part>[LA]?)(?P<other>[tiG]?)t?", _so_many),
        ("(?P<U>U)(?:(?P<N>N)t?[bs]*)?n(?P<role>[LAOh])e?t?", _none),
        ("(?P<U>U)(?P<N>N)(?P<role>[LA])t?b+n", _none),
        ("(?P<U>U)oa(?P<T>[TS])(?P<role>[LAOh])t?", _only_inside),
        ("(?P<U>U)a?(?P<N>N)cb?(?P<role>[LAOh])t?", _in_so_many_sections),
        ("(?P<T>[TS])i,?(?P<V>[TS])b(?P<role>[LAOh])", _all_in),
        ("ec+b?(?P<held>.+)", _every_section),
        ("(?P<U>U)a?ec+b?(?P<role>[LAOh])t?", _in_every_section),
        ("(?P<set>.+)(?P<noun>[tiG])(?:Nb?)?n", _none_such),
        ("(?P<U>U)(?P<all>[bs]*)(?P<nor>n?)(?P<role>[LAOha])(?P<T>[TS])(?P<whole>)t?", _all_have),
        ("(?P<U>U)(?P<T>[TS])(?P<whole>t?)(?P<all>b*)(?P<nor>n?)(?P<role>[LAOh])", _all_have),
        ("(?P<of>a?[TS]|xTz?,|)e?N?t?b*h?(?P<held>h?n?U[bs]*n?[LAOh]?)", _every),
        ("(?P<of>a?[TS])N?t*b(?P<held>.+)", _every),
        ("(?P<of>h?U[LAO])b(?P<held>a[TS])", _every),
        ("(?P<of>.+?)N?t+,?(?=h?U?b)b?(?P<held>.+)", _every),
        ("(?P<of>a?[TS]|)eN?t*b?(?P<held>.+)", _every),
        ("(?P<U>U)b?(?P<nor>n?)(?P<role>[LAOh])(?P<of>a?[TS]|)et+", _every_other_way),
        ("(?P<of>e?.*)i,?b(?P<held>.+)", _every_unit),
        ("(?P<set>h?.*s[LAO]?)(?P<noun>[tiGc])", _some),
        ("h(?P<set>.+)(?P<noun>[tiGc])", _some),
        ("hq?(?P<noun>[tiGc])+(?P<set>.+)", _some),
        ("(?P<set>[TS]i),?h(?P<held>.+)", _some_in),
        ("(?P<set>.+)(?P<noun>[tiGc])h", _some),
        ("(?P<set>.*x.+)(?P<noun>[ti])", _some),
    )
)
