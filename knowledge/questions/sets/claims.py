"""Questions for yes or no about sets: all of them, some of them, so many, only this one, more than that.

A form fits the whole phrase, without the word that asks (吗, 是不是). Its groups `one` (with `does`) and `other` (with
`verb`) are the phrases of two sets, `role` is said of both, and `noun` tells what they are sets of.
"""

import re
from collections.abc import Callable, Iterator
from dataclasses import replace
from functools import reduce
from itertools import product

from knowledge.questions.query import Assertion, Kind, Members, NamedMember, SetClaim, UnitRole
from knowledge.questions.sets.conditions import conditions
from knowledge.questions.sets.forms import COUNT, KINDS, NONE, ROLES, Conditions, FoundForm
from knowledge.questions.sets.of_units import in_role
from knowledge.questions.sets.phrase import SetPhrase, each_first
from knowledge.questions.sets.signs import UNFIT, Group

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


# -- two sets ---------------------------------------------------------------------------------------------------------


def _of_two(found: FoundForm, kind: Kind, asserts: Assertion) -> _Made:
    for one, other in product(*(_sets(kind, side, found) for side in _sides(found))):
        yield SetClaim(asserts, Members(kind, one), Members(kind, other))


def _sides(found: FoundForm) -> tuple[SetPhrase, SetPhrase]:
    """What is compared: A and B, said apart or joined by 和."""
    one, other = (found.part(name).then(found.part(verb)) for name, verb in (("one", "does"), ("other", "verb")))
    if "other" in found.match.re.groupindex:
        return one, other
    sign, group = one.signs[0], found.group("one")
    parts = [Group((unit,)) for unit in group.units] or [Group(named=(named,)) for named in group.named]
    first, *rest = (SetPhrase((replace(sign, value=part),)) for part in parts)
    return first, rest[0] if len(rest) == 1 else SetPhrase((replace(sign, letter=UNFIT),))


def _sets(kind: Kind, phrase: SetPhrase, found: FoundForm) -> Iterator[Conditions]:
    group = phrase.signs[0].value if kind is Kind.UNITS and phrase.letters == "U" else None
    if isinstance(group, Group):
        yield (NamedMember(bodies=group.units),)
    elif kind is Kind.UNITS:
        yield from (in_role(where, found.role) for where in conditions(kind, phrase))
    else:
        yield from conditions(kind, phrase.then(found.part("role")))


def _compared(found: FoundForm) -> _Made:
    """A牵头的任务比B多, 5.1的责任单位比5.2多, 5.1和5.2的责任单位一样多."""
    return _of_two(found, KINDS[found.said("noun") or "t"], _HOW[found.said("how")])


_HOW = {"m": Assertion.LARGER, "f": Assertion.SMALLER, "w": Assertion.EQUAL}


def _alike(found: FoundForm) -> _Made:
    """5.1和5.2的责任单位一样, A和B的任务一样; 重合 and 交叉 are no more than some."""
    kind = KINDS[found.said("noun")]
    for claim in _of_two(found, kind, Assertion.SAME):
        if found.word("same").endswith(_THE_SAME):
            yield claim
        elif claim.other:
            yield SetClaim(Assertion.SOME, Members(kind, claim.one.where + claim.other.where))


_THE_SAME = ("一样", "相同")


def _within(found: FoundForm) -> _Made:
    """第一部分的任务A都参与, 每项任务都有A, 6.2的单位都在6.3里, A在每个部分都有任务, A只在第六部分牵头."""
    groups = [sign.value for sign in found.phrase.signs if isinstance(sign.value, Group)]
    if re.search("[beo]", found.match[0]) or any(len(group) > 1 for group in groups):
        yield from _of_two(found, KINDS[found.said("noun") or "t"], Assertion.WITHIN)


def _only(found: FoundForm) -> _Made:
    """A只参与5.1, 只有A参与5.1, A没参与的任务只有5.1, 5.1的牵头单位只有A."""
    return _of_two(found, Kind.UNITS if found.said("other") == "U" else Kind.TASKS, Assertion.SAME)


# -- one set ----------------------------------------------------------------------------------------------------------


def _so_many(found: FoundForm) -> _Made:
    """A一共参与3项任务, 5.1只有3家单位, 没有目标的任务有9项."""
    noun = found.said("noun") or found.said("other") or found.counted
    kind = KINDS.get(noun)
    if kind is None or (found.counted and KINDS.get(found.counted) is not kind) or len(found.numbers) > 1:
        return
    role = ROLES.get(found.said("own") or found.said("part"), UnitRole.ANY)
    for where in conditions(kind, found.part("set").without("o")):
        if role is UnitRole.ANY or kind is Kind.UNITS:
            yield SetClaim(Assertion.NUMBER, Members(kind, in_role(where, role)), number=found.numbers[0])


def _none(found: FoundForm) -> _Made:
    """A没有牵头任务, A一项都不牵头, A和B都没参与的任务一项都没有."""
    if not found.said("N") or found.is_one:
        kind = KINDS[found.said("noun") or "t"]
        for where in conditions(kind, found.part("one").then(found.part("role"))):
            yield SetClaim(Assertion.NUMBER, Members(kind, where), number=NONE)


def _some(found: FoundForm) -> _Made:
    """有没有A和B都不参与的任务, A和B有共同任务."""
    kind = KINDS[found.said("noun")]
    for where in conditions(kind, found.part("set")):
        yield SetClaim(Assertion.SOME, Members(kind, where))


_FORMS: tuple[tuple[re.Pattern[str], Callable[[FoundForm], _Made]], ...] = tuple(
    (re.compile(pattern), make)
    for pattern, make in (
        ("(?P<one>U)(?P<role>[LAOh]?)t?\\^(?P<other>U)t?(?P<how>[mf])", _compared),
        ("(?P<other>U)(?P<role>[LAOh]?)t?n(?P<one>U)(?P<how>m)", _compared),
        ("(?P<one>U)\\^(?P<other>U)(?P<role>[LAOh]?)t?(?P<how>[mf])", _compared),
        ("(?P<one>[TS])(?P<role>[LA]?)(?P<noun>[itG])\\^(?P<other>[TS])[itG]?(?P<how>[mf])", _compared),
        ("(?P<one>[TS])\\^(?P<other>[TS])(?P<role>[LA]?)(?P<noun>[itG])(?P<how>[mf])", _compared),
        ("(?P<one>[UTS])(?P<role>[LAO]?)(?P<noun>[tiG]?)h?(?P<how>w)", _compared),
        ("(?P<one>U)(?P<role>[LAO]?)(?P<noun>t?)h?&(?P<other>U)(?:[LAO]?t)?(?P<how>w)", _compared),
        ("(?P<one>[TS])(?P<role>[LA]?)(?P<noun>[tiG])h?&(?P<other>[TS])[tiG]?(?P<how>w)", _compared),
        ("(?P<one>U)(?P<role>[LAO]?)(?P<noun>t)(?P<same>s)", _alike),
        ("(?P<one>U)(?P<role>[LAO]?)(?P<noun>t)h?&(?P<other>U)(?:[LAO]?t)?(?P<same>s)", _alike),
        ("(?P<one>[TS])(?P<role>[LA]?)(?P<noun>i)h?(?P<same>s)", _alike),
        ("(?P<one>[TS])(?P<role>[LA]?)(?P<noun>i)h?&(?P<other>[TS])(?:[LA]?i)?(?P<same>s)", _alike),
        ("(?P<other>[TS])h(?P<one>[TS])e(?P<noun>i)", _within),
        ("(?P<one>U)o(?P<does>[LAOha])(?P<other>[TS])t?", _only),
        ("o(?P<other>U)(?P<role>[LAOh])(?P<one>[TS])", _only),
        ("(?P<one>[TS])t?oh?(?P<other>U)(?P<role>[LAOh])", _only),
        ("(?P<one>.+?)t?oh?(?P<other>[TS])t?", _only),
        ("(?P<one>.+?)i?oh?(?P<other>U)i?", _only),
        (f"(?P<set>.*?)(?:(?P<own>[LA])(?=i))?(?P<noun>[tiG])?h?{COUNT}(?P<part>[LA]?)(?P<other>[tiG]?)t?", _so_many),
        ("(?P<one>U)(?:(?P<N>N)t?[bs]*)?n(?P<role>[LAOh])e?t?", _none),
        ("(?P<one>U)(?P<N>N)(?P<role>[LA])t?b+n", _none),
        ("(?P<one>.+)(?P<noun>[tiG])(?:Nb?)?n", _none),
        ("(?P<one>U)o(?P<other>a[TS])(?P<does>[LAOh])t?", _within),
        ("(?P<one>[TS])(?P<noun>i),?(?P<other>[TS]b[LAOh])", _within),
        ("e(?P<noun>c)+b?(?P<other>.+)", _within),
        ("(?P<other>U)a?e(?P<noun>c)+b?(?P<verb>[LAOh])t?", _within),
        ("(?P<other>U[bs]*n?[LAOha])(?P<one>[TS])t?", _within),
        ("(?P<other>U)(?P<one>[TS]t?)(?P<verb>b*n?[LAOh])", _within),
        ("(?P<one>a?[TS]|xTz?,|)e?N?t?b*h?(?P<other>h?n?U[bs]*n?[LAOh]?)", _within),
        ("(?P<one>a?[TS])N?t*b(?P<other>.+)", _within),
        ("(?P<one>h?U[LAO])b(?P<other>a[TS])", _within),
        ("(?P<one>.+?)N?t+,?(?=h?U?b)b?(?P<other>.+)", _within),
        ("(?P<one>a?[TS]|)eN?t*b?(?P<other>.+)", _within),
        ("(?P<other>U)(?P<verb>b?[LAOh])(?P<one>a?[TS]|)et+", _within),
        ("(?P<one>e?.*)(?P<noun>i),?b(?P<other>.+)", _within),
        ("(?P<set>h?.*s[LAO]?)(?P<noun>[tiGc])", _some),
        ("h(?P<set>.+)(?P<noun>[tiGc])", _some),
        ("hq?(?P<noun>[tiGc])+(?P<set>.+)", _some),
        ("(?P<set>.+)(?P<noun>[tiGc])h", _some),
        ("(?P<set>.*x.+)(?P<noun>[ti])", _some),
    )
)
