"""Damages every example question as phones and haste do, and counts what becomes of the answers.

Only conversations that are answered rightly when undamaged take part, and only their last turn is damaged. What carries
the meaning by itself (不, 没, numbers) is left alone: without it, it would be another question.

`python -m benchmarks.mutations` prints a table by kind of damage; `--misled` also prints every question that was
answered wrongly, the worst that can happen.
"""

import argparse
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from functools import cache
from random import Random

import opencc
from pypinyin import Style, lazy_pinyin, pinyin

from benchmarks.corpus import Case, Json, Verdict, ask, brief, cases, judge
from handlers.services.question_service import QuestionService, open_question_service
from knowledge.entities.library import Library
from knowledge.language.lattice import How, Sense
from knowledge.language.lexicon import look_alikes
from knowledge.language.normalize import clean, is_han
from knowledge.language.pinyin import fold
from knowledge.questions.parse.parser import take_apart

Damage = Callable[[str, Random, Library], str | None]
"""The damaged question; None where this damage cannot be done to it."""

_MEANING = frozenset("不没无未非除和与或第一二三四五六七八九十百千万亿半两几零多少最只超低高大小年月日")


@dataclass(frozen=True, slots=True)
class Damaged:
    kind: str
    case: Case
    question: str
    verdict: Verdict
    got: Json


# ---- kinds of damage ------------------------------------------------------------------------------------------------


def _homophone(text: str, random: Random, _: Library) -> str | None:
    return _replace_one(text, random, lambda char: _same(char, _sound))


def _near_sound(text: str, random: Random, _: Library) -> str | None:
    return _replace_one(text, random, lambda char: [c for c in _same(char, _folded) if _sound(c) != _sound(char)])


def _shape(text: str, random: Random, _: Library) -> str | None:
    return _replace_one(text, random, lambda char: sorted(_shapes().get(char, set()) - {char}))


def _dropped(text: str, random: Random, _: Library) -> str | None:
    at = _place(text, random)
    return None if at is None or len(text) < _SHORTEST else text[:at] + text[at + 1 :]


def _doubled(text: str, random: Random, _: Library) -> str | None:
    at = _place(text, random)
    return None if at is None else text[:at] + text[at] + text[at:]


def _swapped(text: str, random: Random, _: Library) -> str | None:
    places = [n for n in _places(text) if n + 1 in _places(text) and text[n] != text[n + 1]]
    if not places:
        return None
    at = random.choice(places)
    return text[:at] + text[at + 1] + text[at] + text[at + 2 :]


def _filler(text: str, random: Random, _: Library) -> str | None:
    before = random.choice(["", "请问一下", "那个", "嗯", "麻烦问下,", "你好,我想了解一下", "领导在问,", "帮我看看"])
    after = random.choice(["", "谢谢", "啊", "呀", "麻烦了", "??", ",急", "来着"])
    return f"{before}{text}{after}" if before or after else f"嗯{text}"


def _other_name(text: str, random: Random, library: Library) -> str | None:
    """Another sure name of a unit that the question names, or its name without 市."""
    named = [unit for unit in library.units if unit in text]
    if not named:
        return None
    unit = max(named, key=len)
    others = [n.name for _, g in library.shelves for body in g.bodies if body.unit == unit for n in body.names]
    others += [unit.removeprefix("市")] if unit.startswith("市") else []
    return text.replace(unit, random.choice(others)) if others else None


def _traditional(text: str, _random: Random, _: Library) -> str | None:
    return str(_to_traditional().convert(text))


def _full_width(text: str, _random: Random, _: Library) -> str | None:
    return "".join(chr(ord(c) + 0xFEE0) if "!" <= c <= "~" else c for c in text)


def _word_in_pinyin(text: str, random: Random, library: Library) -> str | None:
    piece = take_apart(clean(text), library)
    senses = {Sense.UNIT, Sense.TOPIC, Sense.CUE}
    words = [
        m.text
        for m in piece.cover
        if m.how is How.EXACT and m.words[0].sense in senses and len(m.text) > 1 and all(map(is_han, m.text))
    ]
    words = [w for w in words if w in text and not _MEANING & set(w)]
    if not words:
        return None
    word = random.choice(words)
    return text.replace(word, "".join(lazy_pinyin(word)), 1)


def _all_in_pinyin(text: str, _random: Random, _: Library) -> str | None:
    return "".join(lazy_pinyin(text)) if 2 * sum(map(is_han, text)) > len(text) else None


DAMAGES: dict[str, Damage] = {
    "homophone": _homophone,
    "near sound": _near_sound,
    "shape": _shape,
    "dropped": _dropped,
    "doubled": _doubled,
    "swapped": _swapped,
    "filler": _filler,
    "other name": _other_name,
    "traditional": _traditional,
    "full width": _full_width,
    "word in pinyin": _word_in_pinyin,
    "all in pinyin": _all_in_pinyin,
}

_SHORTEST = 5  # a character of a shorter question is half of its meaning


def _places(text: str) -> list[int]:
    return [n for n, char in enumerate(text) if is_han(char) and char not in _MEANING]


def _place(text: str, random: Random) -> int | None:
    places = _places(text)
    return random.choice(places) if places else None


def _replace_one(text: str, random: Random, instead: Callable[[str], list[str]]) -> str | None:
    places = [(n, others) for n in _places(text) if (others := instead(text[n]))]
    if not places:
        return None
    at, others = random.choice(places)
    return text[:at] + random.choice(others) + text[at + 1 :]


@cache
def _sound(char: str) -> str:
    return str(pinyin(char, style=Style.NORMAL)[0][0])


def _folded(char: str) -> str:
    return fold(_sound(char))


def _same(char: str, key: Callable[[str], str]) -> list[str]:
    return [c for c in _by(key).get(key(char), ()) if c != char and c not in _MEANING]


@cache
def _by(key: Callable[[str], str]) -> dict[str, list[str]]:
    """The 3,755 common characters of GB 2312 by how they sound."""
    codes = (bytes((high, low)) for high in range(0xB0, 0xD8) for low in range(0xA1, 0xFF))
    held: dict[str, list[str]] = defaultdict(list)
    for char in filter(None, (code.decode("gb2312", "ignore") for code in codes)):
        held[key(char)].append(char)
    return held


@cache
def _shapes() -> dict[str, set[str]]:
    held: dict[str, set[str]] = defaultdict(set)
    for group in look_alikes():
        for char in group:
            held[char] |= set(group) - _MEANING
    return held


@cache
def _to_traditional() -> opencc.OpenCC:
    return opencc.OpenCC("s2t")


# ---- the run --------------------------------------------------------------------------------------------------------


def damaged(question_service: QuestionService) -> Iterator[tuple[str, Case, Case]]:
    """(kind of damage, the case, the case with its last turn damaged)."""
    for case in cases():
        last = case.turns[-1]
        if judge(last, ask(question_service, case)[-1]) is not Verdict.RIGHT:
            continue
        for kind, damage in DAMAGES.items():
            chance = Random(f"{kind} {last.ask}")  # noqa: S311 - the same damage in every run, and no secret
            question = damage(last.ask, chance, question_service.library)
            if question is not None and question != last.ask:
                yield kind, case, replace(case, turns=(*case.turns[:-1], replace(last, ask=question)))


def run(question_service: QuestionService) -> Iterator[Damaged]:
    for kind, case, hurt in damaged(question_service):
        got = ask(question_service, hurt)[-1]
        yield Damaged(kind, case, hurt.turns[-1].ask, judge(hurt.turns[-1], got), got)


def main() -> None:
    parser = argparse.ArgumentParser(description="damage every example question and count the answers")
    parser.add_argument("--misled", action="store_true", help="print every question that was answered wrongly")
    arguments = parser.parse_args()
    found = list(run(open_question_service()))
    print(f"{'damage':<16}{'tried':>7}" + "".join(f"{verdict:>14}" for verdict in Verdict))
    for kind in (*DAMAGES, "all"):
        counts = Counter(one.verdict for one in found if kind in {one.kind, "all"})
        tried = counts.total() or 1
        shares = "".join(f"{counts[verdict]:>7} {counts[verdict] / tried:>5.1%}" for verdict in Verdict)
        print(f"{kind:<16}{counts.total():>7}{shares}")
    if arguments.misled:
        for one in found:
            if one.verdict is Verdict.MISLED:
                print(f"\n{one.kind}: {one.case.turns[-1].ask} → {one.question}\n    {brief(one.got)}")


if __name__ == "__main__":
    main()
