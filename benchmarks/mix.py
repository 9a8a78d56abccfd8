"""What people write to a bot: 70 questions, 15 reports with their tap, 10 commands, 5 messages that say nothing."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from itertools import count, islice
from random import Random
from typing import Any

from benchmarks.corpus import cases

VISITORS, LIAISONS = range(100_001, 100_201), range(200_001, 200_061)
"""Telegram's numbers of those who write; one writes again only after all others of the kind have."""
CONFIRM = "确认"
UNITS = ("市科经局", "市农业农村局", "市发改局")
"""Liaison number n is of unit n, taken again and again."""

_WEIGHTS = {"question": 70, "report": 15, "command": 10, "junk": 5}
_ASKED_BY_A_LIAISON = 0.2
_TARGETS = {
    "市科经局": ("5G基站建成{}个", "新增高新技术企业{}家", "技改项目达到{}个"),
    "市农业农村局": ("规模种养大户达到{}家", "村庄规划编制完成{}个", "美丽乡村示范村达到{}个"),
    "市发改局": ("园区新增规上企业{}家", "新增规上服务业企业{}家", "园区新增10亿元以上重点项目{}个"),
}
_COMMANDS = ("/start", "/help", "/tasks", "/ask 5G基站谁负责", "/me", "/missing")
_FOR_LIAISONS = ("/me", "/missing")
_JUNK: tuple[dict[str, Any], ...] = (
    {"text": "哈哈哈哈"},
    {"text": "asdfgh"},
    {"text": "。。。"},
    {"text": "👍👍👍"},
    {"location": {"latitude": 29.8, "longitude": 115.5}},
    {"dice": {"emoji": "🎲", "value": 3}},
)


@dataclass(frozen=True, slots=True)
class Written:
    """One message; `taps`: its writer taps on 确认 under the answer."""

    person: int
    content: dict[str, Any]
    taps: bool = False


def messages(number: int) -> tuple[Written, ...]:
    """The same in every run."""
    return tuple(islice(_written(Random(12)), number))  # noqa: S311 - the same mix in every run, and no secret


def unit_of(liaison: int) -> str:
    return UNITS[(liaison - LIAISONS.start) % len(UNITS)]


def _written(random: Random) -> Iterator[Written]:
    visitors, liaisons = _in_turn(VISITORS), _in_turn(LIAISONS)
    reports = count()
    while True:
        match random.choices([*_WEIGHTS], [*_WEIGHTS.values()])[0]:
            case "question":
                asker = liaisons if random.random() < _ASKED_BY_A_LIAISON else visitors
                yield Written(next(asker), {"text": random.choice(_questions())})
            case "report":
                liaison, number = next(liaisons), next(reports)
                targets = _TARGETS[unit_of(liaison)]
                said = targets[number % len(targets)].format(1 + number // (len(targets) * len(UNITS)))
                yield Written(liaison, {"text": said}, taps=True)
            case "command":
                line = random.choice(_COMMANDS)
                name = line.split()[0]
                entity = {"type": "bot_command", "offset": 0, "length": len(name)}
                by = liaisons if line in _FOR_LIAISONS else visitors
                yield Written(next(by), {"text": line, "entities": [entity]})
            case _:
                yield Written(next(visitors), random.choice(_JUNK))


def _in_turn(people: range) -> Iterator[int]:
    return (people[number % len(people)] for number in count())


@cache
def _questions() -> tuple[str, ...]:
    """Those of the corpus that begin a conversation."""
    return tuple(case.turns[0].ask for case in cases())
