"""Sentences that nobody wrote: the examples' own, damaged, and new ones put together from what sentences hold."""

from collections.abc import Callable
from functools import cache
from pathlib import Path
from random import Random

from folders import TESTS
from pypinyin import lazy_pinyin

from benchmarks.corpus import cases, load_yaml

UPDATES = TESTS / "knowledge" / "reports"
LONGEST = 5000
PIECES: dict[str, list[str]] = load_yaml(Path(__file__).parent / "pieces.yaml")["sentences"]

_ENDS_OF_NUMBERS = ("", ".5", ".125", ",000", "万", "亿")
_DIGITS = "零一二两三四五六七八九十百千万亿点半"

Damage = Callable[[str, Random], str]


@cache
def examples() -> tuple[str, ...]:
    """All questions and messages of the tests."""
    asked = [turn.ask for case in cases() for turn in case.turns]
    told = [
        case["text"] for file in sorted(UPDATES.glob("*.yaml")) for case in load_yaml(file)["cases"] if "text" in case
    ]
    return tuple(dict.fromkeys((*asked, *told)))


def sentence(chance: Random) -> str:
    made = chance.choice(examples()) if chance.random() < 0.7 else _put_together(chance)
    for _ in range(chance.choice((0, 1, 1, 1, 2, 3))):
        made = chance.choice(DAMAGES)(made, chance)
    return made[:LONGEST]


def _put_together(chance: Random) -> str:
    parts = ("units", "things", "asks", "says", "dates", "tails")
    chosen = [chance.choice(PIECES[kind]) for kind in parts if chance.random() < 0.6]
    if chance.random() < 0.6:
        chosen.insert(chance.randrange(len(chosen) + 1), number(chance) + chance.choice(PIECES["measures"]))
    if chance.random() < 0.2:
        chance.shuffle(chosen)
    return "".join(chosen)


def number(chance: Random) -> str:
    """In some form and of some size."""
    match chance.randrange(4):
        case 0:
            return chance.choice(PIECES["numbers"])
        case 1:
            return "".join(chance.choice(_DIGITS) for _ in range(chance.randrange(1, 12)))
        case 2:
            return str(chance.randrange(10 ** chance.randrange(1, 30))) + chance.choice(_ENDS_OF_NUMBERS)
    return str(chance.randrange(1000))


def _place(text: str, chance: Random) -> int:
    return chance.randrange(len(text) + 1)


def _swapped(text: str, chance: Random) -> str:
    at = _place(text, chance)
    return text[:at] + text[at : at + 2][::-1] + text[at + 2 :]


def _cut(text: str, chance: Random) -> str:
    start, end = sorted((_place(text, chance), _place(text, chance)))
    return text[:start] + text[end:] if chance.random() < 0.5 else text[start:end]


def _doubled(text: str, chance: Random) -> str:
    start, end = sorted((_place(text, chance), _place(text, chance)))
    return text[:end] + text[start:end] * chance.choice((1, 1, 2, 20)) + text[end:]


def _inserted(text: str, chance: Random) -> str:
    at = _place(text, chance)
    return text[:at] + chance.choice(PIECES["inserts"]) * chance.choice((1, 1, 3)) + text[at:]


def _numbered(text: str, chance: Random) -> str:
    at = _place(text, chance)
    return text[:at] + number(chance) + chance.choice(PIECES["measures"]) + text[at:]


def _dated(text: str, chance: Random) -> str:
    at = chance.choice((0, len(text), _place(text, chance)))
    return text[:at] + chance.choice(PIECES["dates"]) + text[at:]


def _in_pinyin(text: str, chance: Random) -> str:
    start, end = sorted((_place(text, chance), _place(text, chance)))
    return text[:start] + "".join(lazy_pinyin(text[start:end])) + text[end:]


def _joined(text: str, chance: Random) -> str:
    return text + chance.choice(("，", "。", "？", "；", "\n", "、", "和", "")) + chance.choice(examples())


def _crossed(text: str, chance: Random) -> str:
    other = chance.choice(examples())
    return text[: _place(text, chance)] + other[_place(other, chance) :]


def _long(text: str, chance: Random) -> str:
    return (text + chance.choice(("，", "\n", ""))) * chance.choice((5, 40, 400))


def _any(_: str, chance: Random) -> str:
    return "".join(
        chr(
            chance.choice(
                (chance.randrange(1, 128), chance.randrange(0x4E00, 0x9FFF), chance.randrange(0x2000, 0x3100))
            )
        )
        for _ in range(chance.randrange(1, 40))
    )


DAMAGES: tuple[Damage, ...] = (
    *(_swapped, _cut, _doubled, _inserted, _inserted, _numbered, _numbered),
    *(_dated, _in_pinyin, _joined, _crossed, _long, _any),
)
