"""Questions that go on with a set: some of it (其中发改局牵头的), another number (三项以上的呢), other names."""

import re
from dataclasses import replace

from knowledge.entities.library import Library
from knowledge.language.cues import CueTag
from knowledge.questions.parse.utterance import Piece
from knowledge.questions.query import (
    Assertion,
    Condition,
    Kind,
    Marked,
    Members,
    NamedMember,
    Not,
    Query,
    Related,
    SetClaim,
    Term,
    UnitRole,
    Want,
)
from knowledge.questions.sets.conditions import conditions
from knowledge.questions.sets.forms import COUNT, KINDS, LISTED, ROLES, Conditions, FoundForm
from knowledge.questions.sets.heads import heads
from knowledge.questions.sets.of_units import scoped
from knowledge.questions.sets.phrase import SetPhrase, phrase_of
from knowledge.questions.sets.reader import SO_MANY, list_of
from knowledge.questions.sets.signs import UNKNOWN, Group, SetSign, linked

_TASKS = {Want.TASKS, Want.COUNT_TASKS}
_UNITS = {Want.UNITS, Want.COUNT_UNITS}
_OTHERS = {CueTag.THAT, CueTag.WHOLE, CueTag.PLAN}
"""它那条里头定了哪些数 asks about one of them."""
_NARROWS = re.compile("(?=.*(?:[nxz]|[UTS].*[bs]|[bs].*[UTS]))[^tic+^Y-]*|x[UTS]q[ti]|qh?U[LAOa]*|q?hG")
"""哪些没有卫健局, 除了6.1呢, 哪几项是卫健局配合的: no noun of its own, so that what was listed is meant."""
_DROPS = re.compile("x[TS]t?z?,?R?j?|[TS]t?,?z,?R?j?")
"""去掉健康武穴那条, 健康武穴那条去掉,剩下的: the one that is named, not one that was spoken of."""
_ALSO = re.compile("h?U[LAOa]*[qk]?")
"""交通局也参与的是哪个."""
_NUMBER = re.compile(f"(?P<role>[LAO]?)t*{COUNT}t*i?")


def changed(signs: tuple[SetSign, ...], piece: Piece, library: Library, before: Query) -> Query | None:
    """The set of the question before, as this one changes it; None where it does not."""
    phrase = phrase_of(linked(signs, piece, library))
    phrase = SetPhrase(phrase.signs[len(phrase.letters) - len(phrase.letters.lstrip("Z,")) :])
    if UNKNOWN in phrase.letters:
        return None
    if beside := _BESIDE.fullmatch(phrase.letters):
        return _others_in(before, FoundForm(beside, phrase))
    members = _set_of(before)
    if members is None:
        return None
    if CueTag.PLAN not in piece.tags and (many := SO_MANY.fullmatch(phrase.letters)):
        return _is_so_many(members, FoundForm(many, phrase))
    letters = _without_asked_nouns(phrase)
    also = CueTag.BOTH in piece.tags and _ALSO.fullmatch(letters)
    narrows = not piece.tags & _OTHERS and (also or _NARROWS.fullmatch(letters))
    narrows = narrows or _DROPS.fullmatch(letters)
    if _is_among(piece) or narrows:
        some = _some_of(members, phrase) or _some_of(members, _of_their_unit(phrase, members))
        if some or not narrows:
            return some
    number = _NUMBER.fullmatch(phrase.letters)
    if number:
        return _with_number(before, members, FoundForm(number, phrase))
    return _with_opposite(before, members, phrase) if CueTag.SWITCH in piece.tags else None


_BESIDE = re.compile("x?h?(?P<U>U)[LA]?i?z?,?h?R?(?:qi*|ki+)")
"""科经局以外还有谁, 除了它还有谁."""


def _others_in(before: Query, found: FoundForm) -> Query | None:
    """The other units of the one task that was spoken of."""
    named = NamedMember(ids=before.ids, topic=before.topic, sections=before.sections)
    if before.members or before.terms or named == NamedMember() or not re.search("[xz]", found.match[0]):
        return None
    where = (Related(Members(Kind.TASKS, (named,))), Not(NamedMember(bodies=found.group("U").units)))
    return list_of(LISTED[Kind.UNITS]["k" in found.match[0]], Members(Kind.UNITS, where))


def _is_so_many(members: Members, found: FoundForm) -> Query | None:
    """一共7项吧, 是13家吗: of tasks or units that were listed."""
    alike = {found.said("noun"), found.counted} <= {"", _LETTERS[members.kind]}
    claim = SetClaim(Assertion.NUMBER, members, number=found.numbers[0])
    return Query(want=Want.HOLDS, claim=claim) if alike else None


_LETTERS = {kind: letter for letter, kind in KINDS.items()}


def _is_among(piece: Piece) -> bool:
    others = {tag for cue in piece.cues if CueTag.AMONG not in cue.tags for tag in cue.tags}
    return CueTag.AMONG in piece.tags and not others & _OTHERS


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
    numbers = {one.to: one for one in where if isinstance(one, Related) and one.number}
    said = tuple(numbers.get(one.to, one) if isinstance(one, Related) and one.number else one for one in members.where)
    return replace(before, members=replace(members, where=said)) if len(where) == 1 and said != members.where else None


def _with_number(before: Query, members: Members, found: FoundForm) -> Query | None:
    """Where the set was one of so many."""
    numbered = [one for one in members.where if isinstance(one, Related) and one.number]
    if len(numbered) != 1 or len(found.numbers) > 1:
        return None
    role = ROLES.get(found.said("role"), numbered[0].role)
    other = replace(numbered[0], number=found.numbers[0], role=role)
    where = tuple(other if one is numbered[0] else one for one in members.where)
    return replace(before, members=replace(members, where=where))
