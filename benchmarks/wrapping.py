"""Puts what people type round a question that is to be answered as before: the generator of benchmarks/invariance.py.

A slot is a place where something is put (greeting, tail, …) or a way to ask the same (another order, another script);
a wrapper is one of its sentences in invariance_wrappers.yaml. A pair is two wrappers of different slots.
"""

import re
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import count, cycle, islice
from pathlib import Path
from random import Random
from typing import Any

from benchmarks.corpus import Json, Turn, load_yaml
from benchmarks.mutations import DAMAGES
from handlers.services.question_service import Asker
from knowledge.entities.library import Library

FILE = Path(__file__).with_name("invariance_wrappers.yaml")
PAIRS = "pairs"
PAIRS_SHARE = 3
"""So many of the sampled questions are pairs for each that has one wrapper of a certain slot."""


@dataclass(frozen=True, slots=True)
class Base:
    """A question that was answered rightly when the base was frozen."""

    turn: Turn
    asker: Asker
    about: Json
    answer: Json

    @property
    def ask(self) -> str:
        return self.turn.ask


@dataclass(frozen=True, slots=True)
class Wrapper:
    """`put` returns the question with the wrapper; None where it cannot be put round this one."""

    slot: str
    name: str
    put: Callable[[str, Base, Random], str | None]


@dataclass(frozen=True, slots=True)
class Wrapped:
    slot: str
    wrappers: tuple[str, ...]
    base: Base
    question: str


def wrappers(library: Library) -> dict[str, tuple[Wrapper, ...]]:
    """Every wrapper, by slot."""
    sheet = load_yaml(FILE)
    all_ = [*_around(sheet), *_other_orders(sheet), *_asked_otherwise(sheet), *_written_otherwise(library)]
    by_slot: dict[str, list[Wrapper]] = defaultdict(list)
    for wrapper in all_:
        by_slot[wrapper.slot].append(wrapper)
    return {slot: tuple(held) for slot, held in by_slot.items()}


def sample(bases: Sequence[Base], library: Library, number: int, seed: int) -> Iterator[Wrapped]:
    """About `number` different wrapped questions, as many of each slot, and of each wrapper inside it."""
    chance = Random(seed)  # noqa: S311 - the same sample in every run, and no secret
    by_slot = wrappers(library)
    each = max(1, number // (len(by_slot) + PAIRS_SHARE))
    seen: set[str] = set()
    for slot, held in by_slot.items():
        ones = ((one,) for one in cycle(chance.sample(held, len(held))))
        yield from islice(_put(slot, ones, bases, chance, seen), each)
    pairs = (_pair(by_slot, chance) for _ in count())
    yield from islice(_put(PAIRS, pairs, bases, chance, seen), PAIRS_SHARE * each)


def _put(
    slot: str, chosen: Iterator[tuple[Wrapper, ...]], bases: Sequence[Base], chance: Random, seen: set[str]
) -> Iterator[Wrapped]:
    for ones in chosen:
        for base in chance.sample(bases, min(_TRIES, len(bases))):
            question = _all_put(ones, base, chance)
            if question is not None and question not in seen:
                seen.add(question)
                yield Wrapped(slot, tuple(one.name for one in ones), base, question)
                break


_TRIES = 100


def _all_put(ones: Sequence[Wrapper], base: Base, chance: Random) -> str | None:
    question: str | None = base.ask
    for one in ones:
        question = one.put(question, base, chance) if question is not None else None
    return question if question != base.ask else None


def _pair(by_slot: dict[str, tuple[Wrapper, ...]], chance: Random) -> tuple[Wrapper, ...]:
    """Two of different slots; what changes the question itself is put first, and what stands farther out last."""
    slots = sorted(chance.sample(list(by_slot), 2), key=_INWARD.index)
    return tuple(chance.choice(by_slot[slot]) for slot in slots)


_INWARD = (
    "another order",
    "asked otherwise",
    "typo",
    "traditional",
    "politeness",
    "reason before",
    "feeling",
    "introduction",
    "greeting",
    "pasted",
    "reason after",
    "tail",
)


# ---- round the question ---------------------------------------------------------------------------------------------


def _around(sheet: Json) -> Iterator[Wrapper]:
    for slot, templates in sheet["around"].items():
        for template in templates:
            yield Wrapper(slot, template.format(q="…"), _filled(slot, template))


def _filled(slot: str, template: str) -> Callable[[str, Base, Random], str | None]:
    before, after = template.split("{q}")

    def put(question: str, base: Base, _: Random) -> str | None:
        if slot == "introduction" and not _says_of_whom(base):
            return None
        if _joins(before[-1:]) and _OPENS.match(question):
            return None
        if after:
            question = question.rstrip("？?。!！，,～~. ")
            if _joins(after[0]) and question[-1] in _PARTICLES:
                return None
        return f"{before}{question}{after}"

    return put


def _says_of_whom(base: Base) -> bool:
    """Whether it names what it asks about: who introduces himself would else be asking about his own."""
    return any(base.about.values()) and not re.search("[我咱俺]|本[局镇单部]", base.ask)


def _joins(char: str) -> bool:
    return bool(char) and "一" <= char <= "鿿"


_OPENS = re.compile("[请帮麻劳列查告我你您给把想问说介讲能可那再]|(hi|hello)", re.IGNORECASE)
"""A question that opens so has such words already."""
_PARTICLES = "吗呢啊呀吧么嘛啦哈"


# ---- the same question, asked otherwise ---------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Form:
    answer: str
    said: str
    forms: tuple[str, ...]


@cache
def _forms() -> tuple[_Form, ...]:
    """Every end of a question that is known, the longest first."""
    groups: list[Any] = load_yaml(FILE)["asked"]
    ends = [_Form(g["answer"], said, tuple(g["forms"])) for g in groups for said in (*g["said"], *g["forms"])]
    return tuple(sorted(ends, key=lambda form: -len(form.said)))


def _cut(question: str, base: Base) -> tuple[str, _Form] | None:
    """What a plain question is about, and the end that says what is asked of it; None where it is not so simple."""
    said = question.rstrip("？?。 ")
    form = next((form for form in _forms() if said.endswith(form.said)), None)
    if form is None or {key for key, value in base.answer.items() if value not in (None, [])} - {form.answer, "tasks"}:
        return None
    topic = said.removesuffix(form.said).rstrip("的是由归，, ")
    return (topic, form) if topic and base.answer.get(form.answer) and not _NOT_PLAIN.search(topic) else None


_NOT_PLAIN = re.compile(
    "[谁哪几多少什么不没除只都里和与跟且有呢请我每、，,。？?；;：:]|牵头|配合|参与|负责|提到|涉及|相关"
)


def _other_orders(sheet: Json) -> Iterator[Wrapper]:
    for of, templates in sheet["order"].items():
        for template in templates:
            yield Wrapper(
                "another order", template.format(topic="…", asked="~"), _ordered(template, things=of == "of things")
            )


def _ordered(template: str, *, things: bool) -> Callable[[str, Base, Random], str | None]:
    def put(question: str, base: Base, _: Random) -> str | None:
        cut = _cut(question, base)
        if cut is None or (things and base.about.get("units")):
            return None
        topic, form = cut
        return template.format(topic=topic, asked=form.said)

    return put


def _asked_otherwise(sheet: Json) -> Iterator[Wrapper]:
    for group in sheet["asked"]:
        for form in group["forms"]:
            yield Wrapper("asked otherwise", f"…{form}", _reworded(form))


def _reworded(instead: str) -> Callable[[str, Base, Random], str | None]:
    def put(question: str, base: Base, _: Random) -> str | None:
        cut = _cut(question, base)
        if cut is None or cut[1].said == instead or instead not in cut[1].forms:
            return None
        return f"{cut[0]}{instead}"

    return put


def _written_otherwise(library: Library) -> Iterator[Wrapper]:
    for slot, damages in (("traditional", ("traditional",)), ("typo", ("homophone", "near sound", "shape"))):
        for name in damages:
            yield Wrapper(slot, f"({name})", _damaged(name, library))


def _damaged(name: str, library: Library) -> Callable[[str, Base, Random], str | None]:
    def put(question: str, _: Base, chance: Random) -> str | None:
        hurt = DAMAGES[name](question, chance, library)
        return hurt if hurt != question else None

    return put
