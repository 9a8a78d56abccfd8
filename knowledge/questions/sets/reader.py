"""Questions for sets, read whole or not at all.

Every name, number and operator of a piece is used by the reading; where one is left, there is none.
"""

import re
from collections.abc import Iterator

from knowledge.entities.library import Library
from knowledge.language.cues import CueTag
from knowledge.plan.key import EntryKind
from knowledge.questions.parse.utterance import Piece
from knowledge.questions.parse.years import end_of
from knowledge.questions.query import Assertion, Kind, Marked, Members, NamedMember, Query, Related, Term, Want
from knowledge.questions.sets.claims import claims, differences
from knowledge.questions.sets.conditions import conditions
from knowledge.questions.sets.forms import COUNT, LISTED, Conditions
from knowledge.questions.sets.heads import SetHead, heads
from knowledge.questions.sets.of_units import in_role
from knowledge.questions.sets.phrase import SetPhrase, letters_of, phrase_of
from knowledge.questions.sets.rankings import is_ranking, rankings
from knowledge.questions.sets.signs import UNKNOWN, Group, SetSign, linked

_OPERATORS = re.compile(
    r"[nosxzw><gl=uve+\-^mf|bRNPFc]|U.*[LAOha].*U|[TS].*[LAOha].*[TS]|t.*[iG]|[iG].*t|[LA].*[LAO]|[hO]U[&,]U"
)
"""Without any of these it is no question for a set, but for what one name is known by."""
_ASKS_ALONE = re.compile("(?=.*[tiGc])(?=.*[UTSnNoxz+-])|.*U.*[TS]|.*[TS].*U|.*[UTS].*[nhLAO].*[UTS].*n")
SO_MANY = re.compile(f"(?=.*Y)Z?h?(?P<noun>[tiG]?)[hY]?{COUNT}[ti]*h?Y?")
"""一共7项吧, 目标是700个吗: of what was spoken of."""
_MOST_SIGNS = 80
"""No question for a set has so many; its conditions are read by one call for each."""
_GOES_ON = {CueTag.AMONG, CueTag.THEY, CueTag.WHOLE}
_OF_PROGRESS = {CueTag.PROGRESS, CueTag.UNREPORTED, CueTag.LIGHT, CueTag.BEHIND, CueTag.CARD, CueTag.WHY}
_TURNS_TO = {CueTag.SWITCH, CueTag.THAT}
_OF_TWO = re.compile("[UTS].*[nhLAO].*[UTS]")


def read_set(signs: tuple[SetSign, ...], piece: Piece, library: Library, *, spoken: bool) -> Query | None:
    """The set that a piece asks for; None where it is no such question, or not understood to its end.

    Where something was `spoken` of before, what names nothing that is wanted may go on with that.
    """
    letters = letters_of(signs)
    if piece.tags & _OF_PROGRESS or len(letters) > _MOST_SIGNS or not _OPERATORS.search(letters):
        return None
    if spoken and not _is_complete(letters, piece.tags):
        return None
    phrase = phrase_of(_without_preface(linked(signs, piece, library), piece.text))
    if UNKNOWN in phrase.letters:
        return None
    return next((query for query in _readings(phrase) if _is_meant(query, phrase) and not _is_of_a_figure(query)), None)


def _is_of_a_figure(query: Query) -> bool:
    """5G基站目标是700个以上吗: the number is the target's own, and does not count targets."""
    claim = query.claim
    if claim is None or claim.asserts is not Assertion.NUMBER or claim.one.kind is not Kind.TARGETS:
        return False
    named = [key for one in claim.one.where if isinstance(one, NamedMember) for key in one.topic]
    return bool(named) and all(key.kind is EntryKind.TARGET for key in named)


def _without_preface(signs: tuple[SetSign, ...], text: str) -> tuple[SetSign, ...]:
    """要做台账,没有目标的任务是哪些: what it is for; not 涉及台账的, which would be said of the tasks."""
    preface = _PREFACE.match(letters_of(signs))
    if preface is None or _SAYS_WHICH.search(text[: signs[preface.end() - 1].start]):
        return signs
    return signs[preface.end() :]


_PREFACE = re.compile("(?=.*[?])[?Otjh]+,(?=.*[tiGc])(?!.*[?])")
_SAYS_WHICH = re.compile("[的里中内上下]$|[没有无跟和与]|涉及|关于|关联|提|写|说|讲|方面|领域|那[块个]|这[块个]|带")


def _is_complete(letters: str, tags: frozenset[CueTag]) -> bool:
    """Whether it asks something of its own, whatever was asked before; 那8.2有8.1没有的呢 does."""
    if tags & _GOES_ON or (tags & _TURNS_TO and not _OF_TWO.search(letters)):
        return False
    return bool(_ASKS_ALONE.match(letters)) and (CueTag.PLAN in tags or not SO_MANY.fullmatch(letters))


_RANKS = re.compile(r"[+\-]")


def _readings(phrase: SetPhrase) -> Iterator[Query]:
    letters = phrase.letters
    if "Y" in letters:
        said = _without_stop(phrase.without("Y"))
        yield from (Query(want=Want.HOLDS, claim=claim) for claim in claims(said) if not _RANKS.search(letters))
    elif re.search(r"\^.*k", letters):
        yield from (Query(want=LISTED[claim.one.kind][True], claim=claim) for claim in differences(phrase))
        if re.search("[mf][ti]k", letters) or not re.search(r"[UTS].*\^", letters):  # 任务比市财政局多的有几家
            yield from _of_heads(phrase)
    elif is_ranking(phrase):
        yield from rankings(phrase)
    elif not letters.startswith("Z") and ("R" not in letters or re.search("[xz]", letters)):
        yield from _of_heads(phrase)


def _of_heads(phrase: SetPhrase) -> Iterator[Query]:
    for head in heads(phrase):
        yield from (_listed(head, where) for where in conditions(head.kind, head.rest))


def _without_stop(phrase: SetPhrase) -> SetPhrase:
    """税务局只参与了8.1,对吗: the stop is left behind."""
    return phrase.part(0, len(phrase.letters.rstrip(",")))


def _is_meant(query: Query, phrase: SetPhrase) -> bool:
    """What stands in a task (5G基站) only tells whose it is; in 冠军企业要培养几家 the task's units are not meant."""
    groups = [sign.value for sign in phrase.signs if isinstance(sign.value, Group)]
    claim = query.claim
    kind = claim.one.kind if claim else query.members.kind if query.members else _KINDS.get(query.want, Kind.TASKS)
    counts = query.want is Want.COUNT_UNITS or (claim is not None and claim.asserts is Assertion.NUMBER)
    if counts and kind is Kind.UNITS and any(one.topic for group in groups for one in group.named):
        return any(sign.letter == "i" and sign.value not in _HOUSES for sign in phrase.signs)
    if any(_is_aside(at, phrase) for at, sign in enumerate(phrase.signs)):
        return False
    nouns = claim is not None or (kind is Kind.UNITS and "i" in phrase.letters)
    return nouns or not any(group.of_parts for group in groups)


def _is_aside(at: int, phrase: SetPhrase) -> bool:
    """老师您好,…: a part of a task, named in a clause of its own before what is asked of others."""
    group = phrase.signs[at].value
    if not isinstance(group, Group) or not group.of_parts:
        return False
    alone = re.search("(?:^|,)[ah]?$", phrase.letters[:at]) and phrase.letters[at + 1 : at + 2] == ","
    return bool(alone and re.search("[UTS]", phrase.letters[at + 1 :]))


_HOUSES = {"几家", "多少家"}
_KINDS = {want: kind for kind, wants in LISTED.items() for want in wants}


def _listed(head: SetHead, where: Conditions) -> Query:
    return list_of(LISTED[head.kind][head.counted], Members(head.kind, in_role(where, head.role)))


def list_of(want: Want, members: Members) -> Query:
    """What is in the set, or how many; as a plain query where that can say it."""
    kind, where = members.kind, members.where
    plain = _plain_units(want, where) if kind is Kind.UNITS else _plain(want, where, kind)
    return plain or Query(want=want, members=members)


def _plain_units(want: Want, where: Conditions) -> Query | None:
    """The units of tasks that are named, as a query that follow-up questions can change."""
    held = where[0] if len(where) == 1 else None
    if not isinstance(held, Related) or held.number or held.every or held.to.kind is not Kind.TASKS:
        return None
    named = held.to.where[0] if len(held.to.where) == 1 else None
    if not isinstance(named, NamedMember):
        return None
    return Query(want=want, role=held.role, ids=named.ids, topic=named.topic, sections=named.sections)


def _plain(want: Want, where: Conditions, kind: Kind) -> Query | None:
    """The query whose terms, numbers, sections and figures say it all, which follow-up questions can change."""
    terms = tuple(one for one in where if isinstance(one, Term))
    named = tuple(one for one in where if isinstance(one, NamedMember))
    marks = tuple(one for one in where if isinstance(one, Marked) and one.unit is None)
    if len(terms) + len(named) + len(marks) < len(where) or max(len(named), len(marks)) > 1 or not where:
        return None
    if kind is Kind.SECTIONS:
        return None
    one, mark = (*named, NamedMember())[0], (*marks, Marked())[0]
    return Query(
        want=want,
        terms=terms,
        ids=one.ids,
        topic=one.topic,
        sections=one.sections,
        period=mark.period,
        by=end_of(mark.year) if mark.year else None,
        dated=mark.dated,
        figure=mark.amount,
    )
