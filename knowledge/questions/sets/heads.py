"""What a question for a set asks for: the noun, whether its members are counted, and the phrase that is left."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from knowledge.questions.query import Kind, UnitRole
from knowledge.questions.sets.forms import KINDS, ROLES
from knowledge.questions.sets.phrase import SetPhrase


@dataclass(frozen=True, slots=True)
class SetHead:
    """`role` is that of 牵头单位; `rest` the phrase without the noun and the word that asks."""

    kind: Kind
    role: UnitRole
    counted: bool
    rest: SetPhrase


_NOUNS = "(?P<noun>t+|i+|G+|c+)"
_ASKED = tuple(
    map(
        re.compile,
        (
            f"b?(?P<ask>[qkj])(?:i(?=[LA]i))?(?P<role>[LA]?){_NOUNS}",  # 有哪些牵头单位
            "(?P<noun>t),?(?P<ask>[qkj])(?=n?h)",  # 财政局的任务里哪些有5%以上的目标
            "b?(?P<ask>[qkj])(?![LA]?[tiGc])(?P<far>.*)(?P<noun>[tiGc])$",  # 哪些没写期限的目标
            "(?P<noun>t),(?P<ask>[qkj])(?=[LA]?[iG]h?[><gl=o]?N)",  # 第一部分的任务,哪些责任单位超过10家
            "(?<=,)(?P<role>[LA])(?P<noun>i)b?h?(?P<ask>[qkj])(?![LA]?[tiGc])",  # 没有目标的任务,牵头单位有哪些
            f"{_NOUNS},?b?h?(?P<ask>[qkj])(?![LA]?[tiGc])",  # 牵头的任务有哪些
            "(?<![tiGc])(?<![tiGc][bh])(?<![tiGc]bh)(?P<ask>[qkj])(?![LA]?[tiGc])",  # 牵头的有哪些
            "(?<=nG)h?(?P<ask>[qkj])(?![LA]?[tiGc])",  # 第一部分的任务,没有目标的有哪些
        ),
    )
)
_NOT_ASKED = (
    re.compile("(?P<noun>t)(?=[nh]+b?G$)"),  # 第一部分的任务里没有目标的
    re.compile("(?P<noun>[tiGc])h?$"),  # 牵头的任务
    re.compile("(?P<noun>t)(?=,?[TSU]t?z$)"),  # 都有份的任务,第六部分别算
    re.compile("(?P<noun>[Gc])(?=[^tiGc]+$)"),  # 科经局的目标里没写期限的
)


def heads(phrase: SetPhrase) -> Iterator[SetHead]:
    """Ways to take the noun out of the phrase, best first; it may stand before, behind, or not at all."""
    phrase = phrase.without("Rj" if re.search("[qk]", phrase.letters) else "R")  # 统计一下…有几项 asks once
    found = [one for pattern in _ASKED if (one := pattern.search(phrase.letters))]
    found = found or [one for pattern in _NOT_ASKED if (one := pattern.search(phrase.letters))][:1]
    for match in found:
        said = match.groupdict()
        role = ROLES.get(said.get("role") or "", UnitRole.ANY)
        joined, apart = _rests(phrase, match)
        for kind in _kinds(said.get("noun") or "", apart):
            if role is UnitRole.ANY or kind is Kind.UNITS:
                rests = (joined, apart) if kind is Kind.TASKS else (apart, joined)
                counted = _is_counted(phrase, match)
                yield from (SetHead(kind, role, counted, rest) for rest in rests)
    if not found:
        for kind in _kinds("", phrase):
            yield SetHead(kind, UnitRole.ANY, counted=False, rest=phrase)


def _is_counted(phrase: SetPhrase, match: re.Match[str]) -> bool:
    """没有目标的任务数量, 有多少目标; 目标多少 asks how much they are."""
    said = match.groupdict()
    noun = str(phrase.signs[match.start("noun")].value) if said.get("noun") else ""
    if noun.endswith(("数", "数量")) or said.get("ask") != "k":
        return noun.endswith(("数", "数量"))
    return phrase.signs[match.start("ask")].value != "多少" or not match[0].startswith("Gk")


def _rests(phrase: SetPhrase, match: re.Match[str]) -> tuple[SetPhrase, SetPhrase]:
    """What is left without the noun: as one (发改局哪几项没参与), and as what stands before it and behind."""
    before, behind = phrase.part(0, match.start()), phrase.part(match.end())
    if "far" in match.re.groupindex:
        behind = phrase.part(*match.span("far")).with_(behind)
    if before.letters.endswith("y"):  # 5.1由哪些单位牵头
        joined = before.part(0, -1).then(behind)
        return joined, joined
    return before.then(behind), before.with_(behind)


def _kinds(nouns: str, rest: SetPhrase) -> tuple[Kind, ...]:
    """What the noun is of; where there is none, tasks by their units, or units by their tasks."""
    if nouns:
        return (KINDS[nouns[0]],)
    return (Kind.TASKS, Kind.UNITS) if "U" in rest.letters else (Kind.UNITS, Kind.TASKS)
