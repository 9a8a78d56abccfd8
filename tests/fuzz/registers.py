"""Registers that nobody wrote: small right ones, damaged as YAML and as text."""

from collections.abc import Callable, Iterator
from copy import deepcopy
from functools import cache
from pathlib import Path
from random import Random
from typing import Any

import yaml
from folders import TESTS

from benchmarks.corpus import load_yaml

FOLDER = TESTS / "knowledge" / "other_plans"
_PIECES: dict[str, list[Any]] = load_yaml(Path(__file__).parent / "pieces.yaml")["registers"]
_VALUES = (*_PIECES["values"], "市交通局" * 2000, "1" * 5000)
_TEXTS = (*_PIECES["texts"], "\ud800")
_BOMB = "a: &a [x,x,x,x,x,x,x,x,x]\n" + "".join(
    f"{chr(98 + n)}: &{chr(98 + n)} [{','.join([f'*{chr(97 + n)}'] * 9)}]\n" for n in range(8)
)
_DEEP = "title: " + "[" * 3000
_LOOP = "title: &a [*a]\n"


@cache
def examples() -> tuple[Any, ...]:
    return tuple(load_yaml(file) for file in sorted(FOLDER.glob("*.yaml")))


def register(chance: Random) -> str:
    if chance.random() < 0.02:
        return chance.choice((_BOMB, _DEEP, _LOOP, "", "\n", "x", "[]", "{}", "- a", "1", "---\n---\n"))
    plan = deepcopy(chance.choice(examples()))
    for _ in range(chance.choice((1, 1, 2, 4))):
        chance.choice(_DAMAGES)(plan, chance)
    text = yaml.safe_dump(plan, allow_unicode=True, sort_keys=False)
    return _scribbled(text, chance) if chance.random() < 0.3 else text


def _spots(value: Any) -> Iterator[tuple[Any, Any]]:
    """(what holds it, key or place) of every value inside."""
    inside = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for key, one in list(inside):
        yield value, key
        yield from _spots(one)


def _replace(plan: Any, chance: Random) -> None:
    held, key = chance.choice(list(_spots(plan)) or [({}, "x")])
    held[key] = deepcopy(chance.choice(_VALUES))


def _drop(plan: Any, chance: Random) -> None:
    held, key = chance.choice(list(_spots(plan)) or [({"x": 1}, "x")])
    del held[key]


def _swap(plan: Any, chance: Random) -> None:
    spots = list(_spots(plan))
    if len(spots) > 1:
        (one, first), (other, second) = chance.sample(spots, 2)
        one[first] = deepcopy(other[second])


def _add(plan: Any, chance: Random) -> None:
    held, _ = chance.choice(list(_spots(plan)) or [({}, "x")])
    if isinstance(held, list):
        held.append(deepcopy(chance.choice(held)) if held and chance.random() < 0.7 else chance.choice(_VALUES))
    else:
        held[chance.choice(("x", "title", "targets", "units", 1, "lead", "deadline", "\u200bid"))] = chance.choice(
            _VALUES
        )


def _touch(plan: Any, chance: Random) -> None:
    """A text with something in it, a number a little or much changed."""
    held, key = chance.choice(list(_spots(plan)) or [({}, "x")])
    match held.get(key) if isinstance(held, dict) else held[key]:
        case str(text):
            at = chance.randrange(len(text) + 1)
            held[key] = (
                text[:at] + chance.choice(("\u200b", "、", "，", "\n", "\u202e", " ", "１", "x" * 300)) + text[at:]
            )
        case bool() | None:
            held[key] = "x"
        case int(number) | float(number):
            held[key] = chance.choice((-number, number * 10**20, number + 0.1, str(number), [number]))


_DAMAGES: tuple[Callable[[Any, Random], None], ...] = (_replace, _replace, _drop, _swap, _add, _touch, _touch)


def _scribbled(text: str, chance: Random) -> str:
    for _ in range(chance.choice((1, 1, 3))):
        start, end = sorted((chance.randrange(len(text) + 1), chance.randrange(len(text) + 1)))
        match chance.randrange(4):
            case 0:
                text = text[:start] + chance.choice(_TEXTS) + text[start:]
            case 1:
                text = text[: max(1, start)]
            case 2:
                text = text[:start] + text[min(end, start + 5) :]
            case _:
                text = text[:end] + text[start:end][:400] + text[end:]
    return text
