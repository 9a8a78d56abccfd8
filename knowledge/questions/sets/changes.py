"""Questions that go on with a set: some of it (其中发改局牵头的), another number (三项以上的呢), other names."""

import re
from dataclasses import replace

from knowledge.entities.library import Library
from knowledge.language.cues import CueTag
from knowledge.plan.key import EntryKind
from knowledge.questions.answer import Why
from knowledge.questions.context import Trouble
from knowledge.questions.parse.utterance import Piece
from knowledge.questions.query import (
    Assertion,
    Condition,
    Kind,
    Marked,
    Members,
    NamedMember,
    Query,
    Related,
    SetClaim,
    Term,
    UnitRole,
    Want,
)
from knowledge.questions.sets.conditions import conditions
from knowledge.questions.sets.forms import COUNT, KINDS, LISTED, ROLES, Conditions, FoundForm, whole
from knowledge.questions.sets.heads import heads
from knowledge.questions.sets.names import Name, names_of, renamed
from knowledge.questions.sets.of_units import scoped
from knowledge.questions.sets.phrase import SetPhrase, phrase_of
from knowledge.questions.sets.reader import SO_MANY, list_of
from knowledge.questions.sets.signs import UNKNOWN, Group, SetSign, linked

_TASKS = {Want.TASKS, Want.COUNT_TASKS}
_UNITS = {Want.UNITS, Want.COUNT_UNITS}
_OTHERS = {CueTag.THAT, CueTag.WHOLE, CueTag.PLAN}
"""它那条里头定了哪些数 asks about one of them."""
AMONG_THEM = "其中"
_NARROWS = re.compile("(?=.*(?:[nxz]|[UTS].*[bs]|[bs].*[UTS]))[^tic+^Y-]*|x[UTS]q[ti]|qh?U[LAOa]*|q?hG")
"""哪些没有卫健局, 除了6.1呢, 哪几项是卫健局配合的: no noun of its own, so that what was listed is meant."""
_ALSO = re.compile("h?U[LAOa]*[qk]?")
"""交通局也参与的是哪个."""
_NUMBER = re.compile(f"(?P<role>[LAO]?)t*{COUNT}t*i?")


def changed(signs: tuple[SetSign, ...], piece: Piece, library: Library, before: Query) -> Query | Trouble | None:
    """The set of the question before, as this one changes it; None where it does not."""
    phrase = phrase_of(linked(signs, piece, library))
    phrase = SetPhrase(phrase.signs[len(phrase.letters) - len(phrase.letters.lstrip("Z,")) :])
    if UNKNOWN in phrase.letters:
        return None
    if CueTag.SWITCH in piece.tags and phrase.letters in _NAMED and _is_set(before):
        return _of_others(before, phrase.signs[0])
    members = _set_of(before)
    if members is None:
        return None
    if CueTag.PLAN not in piece.tags and (many := SO_MANY.fullmatch(phrase.letters)):
        return _is_so_many(members, FoundForm(many, phrase))
    letters = _without_asked_nouns(phrase)
    also = CueTag.BOTH in piece.tags and _ALSO.fullmatch(letters)
    narrows = not piece.tags & _OTHERS and (also or _NARROWS.fullmatch(letters))
    if _is_among(piece) or narrows:
        some = _some_of(members, phrase) or _some_of(members, _of_their_unit(phrase, members))
        if some or not narrows:
            return some
    number = _NUMBER.fullmatch(phrase.letters)
    if number:
        return _with_number(before, members, FoundForm(number, phrase))
    return _with_opposite(before, members, phrase) if CueTag.SWITCH in piece.tags else None


def _is_so_many(members: Members, found: FoundForm) -> Query | None:
    """一共7项吧, 是13家吗: of tasks or units that were listed."""
    alike = {found.said("noun"), found.counted} <= {"", _LETTERS[members.kind]}
    claim = SetClaim(Assertion.NUMBER, members, number=found.numbers[0])
    return Query(want=Want.HOLDS, claim=claim) if alike else None


_LETTERS = {kind: letter for letter, kind in KINDS.items()}


def _is_among(piece: Piece) -> bool:
    others = {tag for cue in piece.cues if CueTag.AMONG not in cue.tags for tag in cue.tags}
    return CueTag.AMONG in piece.tags and not others & _OTHERS


def loses_its_set(signs: tuple[SetSign, ...], piece: Piece, meant: Query, before: Query) -> bool:
    """Whether 其中 asks of a set that what was read does not hold any more, or holds without what was said of it."""
    if before.members is None or before.counted or not _is_among(piece):
        return False
    narrows = any(sign.letter not in _SAYS_NOTHING for sign in signs)
    return meant.claim is None and (meant.members is None or (narrows and meant.members == before.members))


_SAYS_NOTHING = "Zqkjhti,Y"


def _of_their_unit(phrase: SetPhrase, members: Members) -> SetPhrase:
    """财政局参与的任务, 其中不牵头的: by the one unit whose tasks they are."""
    units = {unit for one in members.where if isinstance(one, Term) for unit in one.units}
    if len(units) != 1 or "U" in phrase.letters:
        return phrase
    return SetPhrase((SetSign("U", -1, Group(tuple(units))),)).then(phrase)


def _without_asked_nouns(phrase: SetPhrase) -> str:
    """The letters without the noun that stands in 谁 or 哪几项."""
    pairs = zip((None, *phrase.signs), phrase.signs, strict=False)
    return "".join(sign.letter for before, sign in pairs if before is None or before.start != sign.start)


_NAMED = {"U": Kind.UNITS, "T": Kind.TASKS, "S": Kind.SECTIONS}


def _is_set(query: Query) -> bool:
    return bool(query.members or query.claim or any(term.negated for term in query.terms))


def _of_others(before: Query, sign: SetSign) -> Query | Trouble:
    """The same asked of others; where it named none of their kind, only of what has to do with them."""
    group = sign.value
    assert isinstance(group, Group)  # noqa: S101 - U, T and S hold one
    others = group.units or group.named
    old = tuple(name for name in names_of(before) if _letter(name) == sign.letter)
    if old:
        same = len(old) == len(others)
        return renamed(before, dict(zip(old, others, strict=True))) if same else Trouble(Why.WHAT_ABOUT)
    return _within(before, group) or Trouble(Why.WHAT_ABOUT)


def _letter(name: Name) -> str:
    if isinstance(name, str):
        return "U"
    section = name.sections or (all(key.kind is EntryKind.SECTION for key in name.topic) and name.topic)
    return "S" if section else "T"


def _within(before: Query, group: Group) -> Query | None:
    """责任单位超过10家的任务, 第五部分的呢; 牵头任务最多的单位, 第五部分呢."""
    inside: Condition = Term(group.units) if group.units else whole(group)
    members, counted = before.members, before.counted
    if members is None or before.claim is not None:
        return None
    if counted and members.kind is not Kind.TASKS:
        return replace(before, counted=replace(counted, where=(*counted.where, inside)))
    if members.kind is Kind.UNITS and group.units:
        return None
    where = (*members.where, inside)
    return replace(before, members=replace(members, where=scoped(where) if members.kind is Kind.UNITS else where))


def _set_of(query: Query) -> Members | None:
    """The set that a question asked for, however it was said."""
    if query.counted is not None:
        return None
    if query.claim is not None:
        return query.claim.one if query.claim.asserts is Assertion.NUMBER else None
    if query.members is not None:
        return query.members
    named = NamedMember(ids=query.ids, topic=query.topic, sections=query.sections)
    inside: Conditions = (named,) if named != NamedMember() else ()
    if query.want in _TASKS and query.has_subject:
        return Members(Kind.TASKS, (*query.terms, *inside, *query.phrases))
    if query.want in _UNITS and inside and not (query.terms or query.phrases):
        return Members(Kind.UNITS, (Related(Members(Kind.TASKS, inside), query.role),))
    return None


def sets_of(query: Query) -> tuple[Members, ...]:
    """The sets that a query speaks of: what is listed or counted, or what a claim compares."""
    claim = query.claim
    held = (claim.one, claim.other) if claim else (query.members or _of_fields(query), query.counted)
    return tuple(members for members in held if members is not None)


def _of_fields(query: Query) -> Members | None:
    """Of targets, too, by their marks."""
    kind = next((kind for kind, wants in LISTED.items() if query.want in wants), None)
    if kind is not Kind.TARGETS:
        return _set_of(query)
    named = NamedMember(ids=query.ids, topic=query.topic, sections=query.sections)
    year = query.by.year if query.by else None
    mark = Marked(period=query.period, year=year, dated=query.dated, amount=query.figure)
    where = (*query.terms, *((named,) if named != NamedMember() else ()), *query.phrases, mark)
    return Members(kind, tuple(one for one in where if one != Marked()))


def _some_of(members: Members, phrase: SetPhrase) -> Query | None:
    """By the noun that is asked for, or, where that is another, by all that is said (其中没有目标的有几项)."""
    readings = [(head.counted, head.rest) for head in heads(phrase) if head.kind is members.kind]
    for counted, rest in (*readings, ("k" in phrase.letters, phrase.without("qkjR"))):  # 没有目标的是哪几个
        where = next(conditions(members.kind, rest), None)
        if where:
            if "t" not in rest.letters:  # 其中牵头过任务的 may lead any
                where = _inside_of(members, where)
            left = tuple(one for one in members.where if not _is_taken_out(one, where))
            held = (one for one in members.where if not _is_said_again(one, where))
            some = left if 0 < len(left) < len(members.where) else (*held, *where)
            return list_of(LISTED[members.kind][counted], replace(members, where=tuple(dict.fromkeys(some))))
    return None


def _is_taken_out(one: Condition, where: Conditions) -> bool:
    """去掉人社局, where it was one of two."""
    gone = (one for one in where if isinstance(one, Term) and one.negated and one.role is UnitRole.ANY)
    out = {unit for other in gone for unit in other.units}
    return isinstance(one, Term) and out.issuperset(one.units)


def _is_said_again(one: Condition, where: Conditions) -> bool:
    """市发改局参与的任务, 其中市发改局牵头的."""
    closer = {other.units for other in where if isinstance(other, Term) and not other.negated}
    return isinstance(one, Term) and one.role is UnitRole.ANY and not one.negated and one.units in closer


def _inside_of(members: Members, where: Conditions) -> Conditions:
    """参与8.1没参与8.2的单位, 其中牵头的: those that lead it, where they are known by one task."""
    held = [one.to.where for one in members.where if isinstance(one, Related) and one.to.kind is Kind.TASKS]
    inside = tuple(one for one in held[0] if isinstance(one, NamedMember)) if len(held) == 1 else ()
    return scoped((*inside, *where)) if inside and members.kind is Kind.UNITS else where


def _with_opposite(before: Query, members: Members, phrase: SetPhrase) -> Query | None:
    """没有量化目标的任务, 有的呢: so many of the same, in the place of what was said of it."""
    where = next(conditions(members.kind, phrase), ())
    other = where[0] if len(where) == 1 else None
    if not isinstance(other, Related) or not other.number:
        return None
    same = [one for one in members.where if isinstance(one, Related) and one.number and one.to == other.to]
    if len(same) != 1:
        return None
    return replace(
        before, members=replace(members, where=tuple(other if one is same[0] else one for one in members.where))
    )


def _with_number(before: Query, members: Members, found: FoundForm) -> Query | None:
    """Where the set was one of so many."""
    numbered = [one for one in members.where if isinstance(one, Related) and one.number]
    if len(numbered) != 1 or len(found.numbers) > 1:
        return None
    role = ROLES.get(found.said("role"), numbered[0].role)
    other = replace(numbered[0], number=found.numbers[0], role=role)
    where = tuple(other if one is numbered[0] else one for one in members.where)
    return replace(before, members=replace(members, where=where))
