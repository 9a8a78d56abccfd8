"""What a reading leaves unused of the names, numbers and operators of a question; such a reading is only offered."""

import re
from collections.abc import Iterator

from knowledge.plan.key import EntryKind
from knowledge.questions.answering.set_phrasing import section_text
from knowledge.questions.query import Query, UnitRole, Want
from knowledge.questions.sets.forms import LISTED
from knowledge.questions.sets.phrase import letters_of, phrase_of
from knowledge.questions.sets.signs import Group, SetSign

_RANKS = {Want.TOP_UNITS, Want.TOP_TASKS, Want.TOP_SECTIONS, Want.COMPARE, Want.RANKED}
_OF_SETS = {
    Want.TASKS,
    Want.UNITS,
    Want.TARGETS,
    Want.SECTIONS,
    Want.COUNT_TASKS,
    Want.COUNT_UNITS,
    Want.COUNT_TARGETS,
    Want.COUNT_SECTIONS,
    Want.HOLDS,
    Want.SAYS,
    Want.COMPARE,
    Want.TOP_UNITS,
    Want.TOP_TASKS,
    Want.TOP_SECTIONS,
}
_LISTS = {Want.COMPARE, *(want for wants in LISTED.values() for want in wants)}
_OF_SEVERAL = re.compile("[beow^]|U.*[UN]")
"""What makes a question for yes or no one that no list answers: 都, 每, 只, 比, so many, two that are compared."""
_OF_UNITS = {Want.SECTIONS, Want.COUNT_SECTIONS, Want.TASKS, Want.COUNT_TASKS, Want.TARGETS, Want.COUNT_TARGETS}
_KINDS = {
    "t": {Want.TASKS, Want.COUNT_TASKS, Want.TOP_TASKS, Want.COMPARE, Want.SAYS},
    "i": {Want.UNITS, Want.COUNT_UNITS, Want.TOP_UNITS},
    "G": {Want.TARGETS, Want.COUNT_TARGETS},
    "c": {Want.SECTIONS, Want.COUNT_SECTIONS, Want.TOP_SECTIONS, Want.SAYS},
}
_NAMED = "UTSLAOhaitGPeNbs"
"""What an operator stands before; before anything else it is a part of some other word (招不到熟练工)."""
_NAMES = re.compile("[UTS]")
_ASKED = re.compile("[qk](?P<noun>[tiGc])")
_NOUN = re.compile("(?P<noun>[tiGc])b?h?[qkj]? $")
_BY_THEM = re.compile("ny.?[LAO]")


def unused(signs: tuple[SetSign, ...], query: Query, *, spoken: bool) -> str:
    """The first word that the query does not hold; empty where it holds all, or asks for no set.

    Where something was `spoken` of before, what follows may only change that.
    """
    other = any(key.kind not in {EntryKind.TASK, EntryKind.SECTION} for key in query.topic)
    other = other and not (query.ids or query.sections)
    if query.want not in _OF_SETS or query.members or query.claim:
        return ""
    passed = "UoR" if spoken else ""
    left = _left(phrase_of(signs).signs, query)
    checked = "" if not other else "S" if "?" in letters_of(signs) else "TS"  # 6.7亿斤是3.1还是3.2
    return next((word for word, letter in left if letter not in passed and (letter in checked or not other)), "")


def _left(signs: tuple[SetSign, ...], query: Query) -> Iterator[tuple[str, str]]:
    """Each word that is not used, with its sign."""
    letters = f" {letters_of(signs)} "
    asks, lists = "Y" in letters, bool(re.search("[qk]", letters))
    denies, any_of_them = _denies(query), _is_any(query)
    ranks, bounds = query.want in _RANKS or query.extreme, query.figure is not None
    more = not ranks and len(_NAMES.findall(letters)) > 1
    checks_all = asks and not lists and query.want is not Want.HOLDS
    checks_several = not lists and query.want in _LISTS and bool(_OF_SEVERAL.search(letters))
    for at, sign in enumerate(signs, start=1):
        letter, before, behind = sign.letter, letters[at - 1], letters[at + 1]
        if isinstance(sign.value, Group):
            yield from ((name, letter) for name in _names_left(sign.value, letter, query))
            continue
        named, counted = behind in _NAMED, behind in "NM"
        is_left = {
            "n": not (denies or asks) and (named or before in "UTS" or bool(_BY_THEM.match(letters, at))),
            "x": named and not denies,
            "z": before in _NAMED and not denies,
            "o": named and not _has_role(query, behind),
            **dict.fromkeys("><gl=", counted and not bounds),
            **dict.fromkeys("uv", before in "NM" and not bounds),
            **dict.fromkeys("+-", not ranks),
            "^": (behind in "UTS" or before in "UTS") and not ranks,
            **dict.fromkeys("mf", more),
            "b": (checks_all and before in "tiG") or any_of_them,
            "s": any_of_them,
            **dict.fromkeys("w!", True),
            "G": query.want in {Want.TASKS, Want.COUNT_TASKS},
            "e": asks and named,
            "R": asks and query.want is Want.UNITS,
            "Y": behind != "h" and checks_several,
        }
        if is_left.get(letter):
            yield sign.value if isinstance(sign.value, str) else "", letter
    noun = _ASKED.search(letters) or _NOUN.search(letters)
    if noun and not asks and not query.by_section and query.want not in _KINDS[noun["noun"]]:
        said = signs[noun.start("noun") - 1].value
        if isinstance(said, str) and len(said) > 1:  # 那条, 那项 is anything
            yield said, noun["noun"]


def _names_left(group: Group, letter: str, query: Query) -> Iterator[str]:
    ids = (id_ for one in group.named for id_ in one.ids if letter == "T")
    sections = (no for one in group.named for no in one.sections if letter == "S")
    yield from (unit for unit in group.units if query.want in _OF_UNITS and unit not in query.units)
    yield from (id_ for id_ in ids if id_ not in {*query.ids, *(key.task for key in query.topic)})
    yield from (section_text(no) for no in sections if no not in query.sections)


def _is_any(query: Query) -> bool:
    """Whether several are named, and any of them will do."""
    works = len({*query.ids, *(key.owner for key in query.topic)}) + len(query.sections)
    units = any(len(term.units) > 1 and not term.negated for term in query.terms)
    return units or (query.want in {Want.UNITS, Want.COUNT_UNITS} and not query.terms and works > 1)


def _has_role(query: Query, letter: str) -> bool:
    role = {"L": UnitRole.LEAD, "A": UnitRole.ASSIST}.get(letter)
    return role is not None and role in {query.role, *(term.role for term in query.terms)}


def _denies(query: Query) -> bool:
    return (
        any(term.negated or term.role is UnitRole.ASSIST for term in query.terms)
        or query.role is UnitRole.ASSIST
        or query.dated is False
    )
