"""Inputs through the functions behind the command line's doors, and what is wrong with what comes out."""

import json
import signal
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date, timedelta
from io import StringIO
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory
from typing import Any

from pydantic import ValidationError
from typing_extensions import override

from bot.commands.ask import ask_jsonl
from bot.commands.check_plan import check_plan
from bot.commands.parse_update import parse_update_jsonl
from fuzz.sentences import sentence
from fuzz.shapes import Conversation, Understood, wrong_in_answer, wrong_in_update

Json = dict[str, Any]
ASKERS = (None, None, None, "市交通局", "梅川镇", "各镇", "市档案局", "", "没有的局")
DAYS = ("2023-03-01", "2023-12-31", "2024-02-29", "2021-01-01")
AGAIN = 20
"""One of so many inputs is asked twice."""


class HangError(BaseException):
    """An input took longer than it may; no door takes this for a mistake of its own and goes on."""


@dataclass(frozen=True, slots=True)
class Finding:
    door: str
    given: Any
    wrong: str


@dataclass(slots=True)
class Exam:
    """What one door is asked and what was found; `limit` are the seconds that an input may take, None: any."""

    door: str
    limit: float | None = None
    findings: list[Finding] = field(default_factory=list)
    asked: int = 0
    slowest: float = 0.0

    def find(self, given: Any, wrong: str | None) -> None:
        if wrong:
            self.findings.append(Finding(self.door, given, wrong))

    @contextmanager
    def timed(self) -> Iterator[None]:
        """Around one input. An alarm of the operating system's, so that a loop in C ends too."""
        self.asked += 1
        began = time.perf_counter()
        signal.setitimer(signal.ITIMER_REAL, self.limit or 0)
        try:
            yield
        finally:
            signal.setitimer(signal.ITIMER_REAL, 0)
            self.slowest = max(self.slowest, time.perf_counter() - began)


def _hang(*_: object) -> None:
    raise HangError


# ---- questions and messages -----------------------------------------------------------------------------------------


def questions(chance: Random, count: int) -> Iterator[Json]:
    for _ in range(count):
        turns = [sentence(chance) for _ in range(chance.choice((1, 1, 1, 2, 3)))]
        yield {"turns": turns, "as": chance.choice(ASKERS), "today": _day(chance)}


def messages(chance: Random, count: int) -> Iterator[Json]:
    for _ in range(count):
        yield {"text": sentence(chance), "unit": chance.choice(ASKERS), "today": _day(chance)}


def _day(chance: Random) -> str:
    if chance.random() < 0.3:
        return chance.choice(DAYS)
    return (date(2022, 1, 1) + timedelta(days=chance.randrange(1000))).isoformat()


class Lines(StringIO):
    """Both ends of a door of JSON lines: gives it the inputs one by one, and judges each answer as it is written."""

    def __init__(self, exam: Exam, given: Iterable[Json], judge: Callable[[Json, Json], Iterator[Json]]) -> None:
        """`judge` notes what is wrong with an answer and says what to ask next because of it."""
        super().__init__()
        self._exam = exam
        self._judge = judge
        self._next: list[Json] = []
        self.source = self._inputs(given)
        self.now: Json = {}

    def _inputs(self, given: Iterable[Json]) -> Iterator[str]:
        for first in given:
            self._next = [first]
            while self._next:
                self.now = self._next.pop(0)
                with self._exam.timed():
                    yield json.dumps(self.now, ensure_ascii=False)

    @override
    def write(self, text: str, /) -> int:
        self._next += self._judge(self.now, json.loads(text))
        return len(text)


def ask(exam: Exam, given: Iterable[Json]) -> None:
    """What is chosen of the choices offered must be answered; the same question gets the same answer."""
    chosen, before = Random(0), dict[str, Any]()  # noqa: S311 - no secret

    def judge(one: Json, found: Json) -> Iterator[Json]:
        if wrong := _wrong_in_conversation(one, found):
            exam.find(one, wrong)
            return
        key, same = json.dumps(one), _without_time(found)
        if key in before:
            exam.find(one, "another answer than before" if before.pop(key) != same else None)
            return
        if one.get("chosen") and found["answers"][-1]["outcome"] != "answered":
            exam.find(one, "what was offered as a choice is not answered")
        if len(one["turns"]) == 1 and (offered := found["answers"][0]["choices"]):
            yield {**one, "turns": [*one["turns"], chosen.choice(offered)["question"]], "chosen": True}
        if chosen.randrange(AGAIN) == 0:
            before[key] = same
            yield one

    _through(exam, ask_jsonl, Lines(exam, given, judge))


def parse(exam: Exam, given: Iterable[Json]) -> None:
    chosen, before = Random(0), dict[str, Any]()  # noqa: S311 - no secret

    def judge(one: Json, found: Json) -> Iterator[Json]:
        if wrong := _wrong_in_understanding(found):
            exam.find(one, wrong)
            return
        key = json.dumps(one)
        if key in before:
            exam.find(one, "understood otherwise than before" if before.pop(key) != found else None)
        elif chosen.randrange(AGAIN) == 0:
            before[key] = found
            yield one

    _through(exam, parse_update_jsonl, Lines(exam, given, judge))


def _through(exam: Exam, door: Callable[[Iterable[str], StringIO], int], lines: Lines) -> None:
    """As often as an input breaks the door, it is opened again for the rest."""
    signal.signal(signal.SIGALRM, _hang)
    while True:
        try:
            door(lines.source, lines)
        except HangError:
            exam.find(lines.now, "took too long")
        except Exception as error:
            exam.find(lines.now, f"{type(error).__name__}: {error}")
        else:
            return


def _wrong_in_conversation(given: Json, found: Json) -> str | None:
    if "error" in found:
        return str(found["error"])
    try:
        answers = Conversation.model_validate(found).answers
    except ValidationError as error:
        return _where(error)
    if [answer.question for answer in answers] != given["turns"]:
        return "not one answer a turn"
    return next(filter(None, map(wrong_in_answer, answers)), None)


def _wrong_in_understanding(found: Json) -> str | None:
    if "error" in found:
        return str(found["error"])
    try:
        return wrong_in_update(Understood.model_validate(found))
    except ValidationError as error:
        return _where(error)


def _where(error: ValidationError) -> str:
    first = error.errors()[0]
    return f"{'.'.join(map(str, first['loc']))}: {first['msg']}"


def _without_time(found: Any) -> Any:
    if isinstance(found, dict):
        return {key: _without_time(value) for key, value in found.items() if key != "ms"}
    return [_without_time(one) for one in found] if isinstance(found, list) else found


# ---- registers ------------------------------------------------------------------------------------------------------


def check(exam: Exam, given: Iterable[str]) -> None:
    """A register is right, or its mistakes are said; which of both, its status says."""
    signal.signal(signal.SIGALRM, _hang)
    with TemporaryDirectory() as folder:
        path = Path(folder) / "plan.yaml"
        for one in given:
            path.write_text(one, encoding="utf-8", errors="surrogatepass")
            out = StringIO()
            try:
                with exam.timed():
                    status = check_plan(str(path), out=out)
            except HangError:
                exam.find(one, "took too long")
            except Exception as error:
                exam.find(one, f"{type(error).__name__}: {error}")
            else:
                exam.find(one, None if status in {0, 1} and out.getvalue().strip() else f"{status}, and nothing said")
