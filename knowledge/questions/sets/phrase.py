"""Signs put in order for the forms: names joined as one, numbers with their bounds, nothing that says nothing."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cached_property

from knowledge.questions.sets.signs import UNFIT, UNKNOWN, Count, Group, SetSign


@dataclass(frozen=True)
class SetPhrase:
    """A run of signs."""

    signs: tuple[SetSign, ...]

    @cached_property
    def letters(self) -> str:
        return letters_of(self.signs)

    def part(self, start: int, end: int | None = None) -> "SetPhrase":
        return SetPhrase(self.signs[start:end])

    def then(self, other: "SetPhrase") -> "SetPhrase":
        return SetPhrase(self.signs + other.signs)

    def with_(self, other: "SetPhrase") -> "SetPhrase":
        """Both, apart."""
        apart = (SetSign(",", -1),) if self.signs and other.signs else ()
        return SetPhrase((*self.signs, *apart, *other.signs))

    def without(self, letters: str) -> "SetPhrase":
        return SetPhrase(tuple(sign for sign in self.signs if sign.letter not in letters))


def letters_of(signs: tuple[SetSign, ...] | list[SetSign]) -> str:
    return "".join(sign.letter for sign in signs)


def phrase_of(signs: tuple[SetSign, ...]) -> SetPhrase:
    held = list(signs)
    for step in (_all_but, _in_any_part, _taken_out, _without_such, _bounding, _told_how_many):
        held = step(held)
    while held and held[-1].letter in {*_JOINTS, "b"}:
        held.pop()
    return _in_order(SetPhrase(tuple(_joined(held))))


_ALL_BUT = re.compile("(?:e[ti]*b?[hOa]?(?P<behind>U?)|(?P<fore>U)e[ti]*b?[hOa]),(?=(?P<own>U?)n)")


def _all_but(signs: list[SetSign]) -> list[SetSign]:
    """A几乎每项都有份,没有的是哪几条: that it has nearly all is said by what it has not."""
    found = _ALL_BUT.match(letters_of(signs))
    if found is None or not (found["behind"] or found["fore"] or found["own"]):
        return signs
    named = [] if found["own"] else signs[found.start("fore") : found.end("fore")] or signs[found.end() - 2 :][:1]
    return [*named, *signs[found.end() :]]


def _in_any_part(signs: list[SetSign]) -> list[SetSign]:
    """牵头单位和配合单位: all of them."""
    found = re.search("Li[&,]?Ai|Ai[&,]?Li", letters_of(signs))
    return [*signs[: found.start()], *signs[found.end() - 1 :]] if found else signs


def _taken_out(signs: list[SetSign]) -> list[SetSign]:
    """把7.1去掉, 税务局不算: as 7.1除外."""
    letters = letters_of(signs)
    behind = {found.start("out") for found in re.finditer(r"[UTS][ti]?,?(?P<out>x)(?![hLAa]*[UTS]|[LA])", letters)}
    return [replace(one, letter="z") if at in behind else one for at, one in enumerate(signs)]


def _without_such(signs: list[SetSign]) -> list[SetSign]:
    edge = SetSign(UNKNOWN, -1)
    around = zip([edge, *signs], signs, [*signs, edge][1:], strict=False)
    return [one for before, one, after in around if not _says_nothing(before, one, after)]


def _says_nothing(before: SetSign, one: SetSign, after: SetSign) -> bool:
    match one.letter:
        case "h":  # 有哪些, 有几家: there are such (in 都有的是哪些 they have something); 正好有3个
            there_is = after.letter in "qk" and after.start == one.start + len(str(one.value))
            return there_is or (before.letter in "><gl=o" and after.letter == "N")
        case "c":  # 开放发展板块
            return before.letter == "S"
        case "t":  # 任务8.3
            return after.letter == "T" and after.start == one.start + len(str(one.value))
        case "N":  # 没有一个镇参与
            return before.letter == "n" and after.letter == "U"
    return False


_BOUNDS = {"最多": "l", "最少": "g"}


def _bounding(signs: list[SetSign]) -> list[SetSign]:
    """最多三家 is no more than three; 最多的三家 are three."""
    behind = [*signs, SetSign(UNKNOWN, -1)][1:]
    return [
        replace(one, letter=_BOUNDS[str(one.value)]) if after.letter == "N" and one.value in _BOUNDS else one
        for one, after in zip(signs, behind, strict=True)
    ]


def _told_how_many(signs: list[SetSign]) -> list[SetSign]:
    """10到15家, 5项以上10项以下: from so many to so many; 哪三家: as many places of a ranking, and of what."""
    told: list[SetSign] = []
    for one in signs:
        value = one.value
        if len(told) > 1 and told[-1].letter == "u" and isinstance(value, Count):
            told.pop()
        first = told[-1].value if told else None
        if isinstance(first, Count) and first.until and one.letter == "v":
            continue
        if isinstance(first, Count) and isinstance(value, Count) and first.until is None:
            told[-1] = replace(told[-1], value=Count(first.amount, value.of, until=value.amount))
        elif isinstance(value, Count) and told and told[-1].letter == "q":
            place = SetSign("F", told[-1].start, int(value.amount.value))
            told[-1:] = [place, told[-1], *([SetSign(value.of, one.start)] if value.of else [])]
        else:
            told.append(one)
    return told


_JOINTS = {"&": False, ",": False, "|": True}
_COUNTS = {"U": "i", "T": "t", "S": ""}
_MEASURES = {"i": "家", "t": "项", "": "个"}


def _joined(signs: list[SetSign]) -> Iterator[SetSign]:
    """Names of one kind with a joint between them (units also without) as one; and no number that only counts them."""
    at = 0
    while at < len(signs):
        first = signs[at]
        at += 1
        if not isinstance(first.value, Group):
            yield first
            continue
        group = first.value
        while True:
            joint = at < len(signs) and signs[at].letter in _JOINTS
            behind = at + joint
            other = signs[behind].value if behind < len(signs) and signs[behind].letter == first.letter else None
            apart = joint and at > 1 and _stand_apart(signs[at - 2 : behind + 2])
            if not isinstance(other, Group) or not (joint or group.units) or apart:
                break
            group = Group(
                group.units + other.units,
                group.named + other.named,
                either=group.either or (joint and _JOINTS[signs[at].letter]),
                of_parts=group.of_parts or other.of_parts,
            )
            at = behind + 1
        yield SetSign(first.letter, first.start, group)
        count = signs[at].value if at < len(signs) else None
        if not isinstance(count, Count) or count.of not in {"", _COUNTS[first.letter]}:
            continue
        of_all = len(group) > 1 and signs[at + 1 : at + 2] and signs[at + 1].letter == "b"
        if count.amount.value == len(group):
            at += 1  # 财政局和发改局两家都参与
        elif of_all:
            said = f"{count.amount.value}{_MEASURES[count.of]}"
            signs[at] = SetSign(UNFIT, signs[at].start, said)  # 财政局、发改局三家都参与: who is the third


def _stand_apart(around: list[SetSign]) -> bool:
    """比8.2,8.1多了哪家; 不算市发改局,市财政局参与的."""
    return bool(re.match(r"\^|x.,.[nLAOhb]", letters_of(around)))


_AMID = re.compile("(?<=U)(?:Y?x[TS]t?z?|a[TS](?=[LAOn]))")
_NAMED_LAST = re.compile("N?(?P<said>[bs][^UTS]*),(?P<name>[UTS])")
_THAN_FIRST = re.compile("\\^(?P<than>[UTS])[ti]?,?(?P<one>[UTS])")


def _in_order(phrase: SetPhrase) -> SetPhrase:
    """市发改局除了1.2还牵头哪些, 市发改局在第一部分牵头哪些: what stands between a unit and its part, put first.

    比8.2,8.1多了哪家 is 8.1比8.2多了哪家.
    """
    than = _THAN_FIRST.match(phrase.letters)
    if than:
        one, other = than.start("one"), than.start("than")
        return phrase.part(one, one + 1).then(phrase.part(0, other + 1)).then(phrase.part(one + 1))
    last = _NAMED_LAST.fullmatch(phrase.letters)
    if last:  # 两项都有份的单位:5.1和5.2
        return phrase.part(last.start("name")).then(phrase.part(*last.span("said")))
    amid = _AMID.search(phrase.letters)
    if amid is None:
        return phrase
    return phrase.part(*amid.span()).with_(phrase.part(0, amid.start())).then(phrase.part(amid.end()))


_EACH = re.compile("(?<!o)(?P<name>U)(?P<of>(?:a?[TS])?)(?P<each>(?:e|q(?=[tic]b))(?P<what>N?[tic]*)b?)")


def each_first(phrase: SetPhrase) -> SetPhrase:
    """A每项任务都有份, A哪一项都有份: 每项任务A都有份."""
    match = _EACH.search(phrase.letters)
    if match is None:
        return phrase
    start, _ = match.span()
    what = phrase.part(*match.span("what"))
    name, each = phrase.part(*match.span("name")), SetPhrase((SetSign("e", -1),))
    behind = phrase.part(match.end("what"))
    before = phrase.part(0, start).then(phrase.part(*match.span("of")))
    return before.then(each).then(what).then(name).then(behind)
