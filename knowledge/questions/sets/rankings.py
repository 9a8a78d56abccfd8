"""Questions for the most and the fewest: of what they are ranked by, how many places, among whom."""

import re
from collections.abc import Iterator
from dataclasses import replace

from knowledge.questions.query import Kind, Members, NamedMember, Query, Related, UnitRole, Want
from knowledge.questions.sets.conditions import conditions
from knowledge.questions.sets.forms import KINDS, ROLES, Conditions, named_by
from knowledge.questions.sets.heads import heads
from knowledge.questions.sets.phrase import SetPhrase
from knowledge.questions.sets.signs import Count, Group, SetSign

_BY = r"(?P<role>[LAO]?)(?P<by>[tiG])h?|(?P<did>[LAO])"
_RANKED = re.compile(rf"F?(?:{_BY})?(?P<most>[+\-m])F?(?:Ni?)?")
_PLACED = re.compile(rf"(?:{_BY})?F(?P<most>)")
_AND_HOW_MANY = re.compile("(?:,?[LAO]?h?k[tiG]*)?$")  # 哪家牵头最多,牵头几项
_OF_MARKED = re.compile("[nhPM><gluv=]+$")
_TOP = {Kind.UNITS: Want.TOP_UNITS, Kind.TASKS: Want.TOP_TASKS, Kind.SECTIONS: Want.TOP_SECTIONS}
_ALL_PLACES = 1000


def is_ranking(phrase: SetPhrase) -> bool:
    """Whether it asks for the first of a ranking, or which of those that are named has more (谁的任务多)."""
    several = any(isinstance(sign.value, Group) and len(sign.value) > 1 for sign in phrase.signs)
    return bool(re.search(r"[+\-F]", phrase.letters)) or (
        "m" in phrase.letters and "^" not in phrase.letters and several
    )


def rankings(phrase: SetPhrase) -> Iterator[Query]:
    """Every way to read the phrase as a ranking, best first."""
    phrase = phrase.part(0, _AND_HOW_MANY.search(phrase.letters).start())  # type: ignore[union-attr] # it fits nothing, too
    match = _RANKED.search(phrase.letters) or _PLACED.search(phrase.letters)
    if match is None:
        return
    of = Members(KINDS[match["by"] or "t"])
    before, behind = phrase.part(0, match.start()), phrase.part(match.end())
    if of.kind is Kind.TARGETS and (marked := _OF_MARKED.search(before.letters)):  # 没写期限的目标最多的任务
        where = next(conditions(of.kind, before.part(marked.start())), None)
        of, before = (replace(of, where=where), before.part(0, marked.start())) if where else (of, before)
    rest = before.with_(behind)
    places = {_place(sign) for sign in (*phrase.part(*match.span()).signs, *rest.signs) if sign.letter == "F"}
    places |= {_place(sign) for sign in phrase.part(*match.span()).signs if sign.letter == "N"}
    if len(places) > 1 or re.search("F(?!q)", rest.letters):  # 任务最多的是哪家,第二名呢
        return
    role = ROLES.get(match["role"] or match["did"] or "", UnitRole.ANY)
    top = Query(want=Want.TOP_UNITS, counted=of, role=role, fewest=match["most"] == "-", top=(*places, 1)[0])
    rest = rest.without("F")
    named = rest.without("qkj,").letters
    if named in _NAMED:  # 交通局和商务局谁的任务多, 第一部分和第三部分哪个任务多
        yield _top(top, _NAMED[named], (_those(rest.without("qkj,").signs[0]),))
        return
    for head in heads(rest):
        if head.kind in _TOP and head.kind is not of.kind:
            yield from (_top(top, head.kind, where) for where in conditions(head.kind, head.rest))


_NAMED = {"U": Kind.UNITS, "Ui": Kind.UNITS, "T": Kind.TASKS, "S": Kind.SECTIONS, "Sc": Kind.SECTIONS}


def _place(sign: SetSign) -> int:
    """How many places; all where only an order is asked for (排名)."""
    if isinstance(sign.value, Count):
        return int(sign.value.amount.value)
    return sign.value if isinstance(sign.value, int) else _ALL_PLACES


def _those(sign: SetSign) -> NamedMember:
    """Only what is named takes part."""
    group = sign.value
    assert isinstance(group, Group)  # noqa: S101 - U, T and S hold one
    return named_by(group)


def _top(top: Query, kind: Kind, where: Conditions) -> Query:
    """The conditions on tasks that units or sections are ranked by are conditions on what is counted."""
    assert top.counted is not None  # noqa: S101 - the caller has made it
    within = (
        tuple(one for one in where if isinstance(one, Related) and _is_scope(one)) if kind is not Kind.TASKS else ()
    )
    inside = tuple(condition for one in within for condition in one.to.where)
    members = Members(kind, tuple(one for one in where if one not in within))
    return replace(
        top, want=_TOP[kind], members=members, counted=replace(top.counted, where=(*top.counted.where, *inside))
    )


def _is_scope(one: Related) -> bool:
    return one.to.kind is Kind.TASKS and one.number is None and one.role is UnitRole.ANY
