"""The example questions of tests/knowledge/corpus, and how an answer to one of them is judged.

A file holds cases that ask for the same thing (`asks`); a case names one kind of thing (`names`) and is one question,
or the `turns` of one conversation. A turn says what a right answer is: its `outcome` (answered, where none is written),
the keys of `answer` that must match, pieces of text, and under `also_ok` other readings that a fair expert would
accept.

No turn may mislead, and those of contract.yaml must be right. The rest is scored: what is wrong stands in
known_failures.yaml, with the most that may be wrong of each file. `python -m benchmarks.corpus` writes the list anew;
it lowers these numbers and never raises one.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from handlers.questions.json_contract import answer_json
from handlers.questions.texts import render
from handlers.services.question_service import Asker, QuestionService, open_question_service

FOLDER = Path(__file__).parent.parent / "tests" / "knowledge" / "corpus"
KNOWN_FAILURES = FOLDER / "known_failures.yaml"
CONTRACT = "contract"
"""What asks for all of which a right answer is written in the contract."""
TODAY = date(2023, 3, 1)
"""The day on which a case without `today` is asked."""

Json = dict[str, Any]


class Verdict(StrEnum):
    """How an answer compares with what is right; to state something wrong is the worst."""

    RIGHT = "right"
    ASKED_BACK = "asked back"
    DECLINED = "declined"
    MISLED = "misled"


@dataclass(frozen=True, slots=True)
class Turn:
    ask: str
    accepted: tuple[Json, ...]
    """Every reading that is right: {"outcome": …, "answer": …, "text_contains": …}."""


@dataclass(frozen=True, slots=True)
class Case:
    """A conversation, mostly of one turn."""

    asks: str
    names: str
    turns: tuple[Turn, ...]
    asker: Asker


@cache
def cases() -> tuple[Case, ...]:
    """All of them, in the order of the files."""
    files = (file for file in sorted(FOLDER.glob("*.yaml")) if file != KNOWN_FAILURES)
    return tuple(case for file in files for case in _cases_of(load_yaml(file)))


def load_yaml(file: Path) -> Any:
    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    return yaml.load(file.read_text(encoding="utf-8"), Loader=loader)  # noqa: S506 - both are safe loaders


def _cases_of(sheet: Json) -> Iterator[Case]:
    for case in sheet["cases"]:
        turns = tuple(Turn(turn["ask"], tuple(_accepted(turn))) for turn in case.get("turns", [case]))
        day = case.get("today")
        asker = Asker(date.fromisoformat(day) if day else TODAY, case.get("as"))
        yield Case(sheet["asks"], case["names"], turns, asker)


def _accepted(turn: Json) -> Iterator[Json]:
    for reading in (turn, *turn.get("also_ok", [])):
        kept = {key: reading[key] for key in ("answer", "text_contains") if key in reading}
        yield {"outcome": reading.get("outcome", "answered"), **kept}


def ask(question_service: QuestionService, case: Case) -> list[Json]:
    """The answers to a case's turns, in the shape of the contract."""
    memory, answers = "", []
    for turn in case.turns:
        asked = question_service.ask(turn.ask, memory=memory, asker=case.asker)
        memory = asked.memory
        answers.append(
            answer_json(asked, render(asked.answer, asked.library), question_service.library, question=turn.ask, ms=0)
        )
    return answers


# ---- judging ----------------------------------------------------------------------------------------------------


def judge(turn: Turn, got: Json) -> Verdict:
    if any(got["outcome"] == right["outcome"] and _content_matches(right, got) for right in turn.accepted):
        return Verdict.RIGHT
    return {"answered": Verdict.MISLED, "clarify": Verdict.ASKED_BACK, "declined": Verdict.DECLINED}[got["outcome"]]


def _content_matches(right: Json, got: Json) -> bool:
    """Whether each key that is written matches; of targets, no more than twice as many are given as are asked for."""
    answer = got["answer"]
    for key, wanted in right.get("answer", {}).items():
        found = answer.get(key)
        if key in {"tasks", "units", "clauses"}:
            matches = set(found or ()) == set(wanted)
        elif key == "targets":
            most = 2 * len(wanted) + 1 if wanted else 0
            matches = len(found or ()) <= most and all(_has_target(target, found or ()) for target in wanted)
        else:
            matches = found == wanted
        if not matches:
            return False
    return all(piece in got["text"] for piece in right.get("text_contains", ()))


def _has_target(wanted: Json, found: Iterable[Json]) -> bool:
    return any(t["task"] == wanted["task"] and abs(t["value"] - wanted["value"]) < 1e-6 for t in found)


def needless_keys(turn: Turn, got: Json) -> set[str]:
    """Keys of the answer that no accepted reading has, and that do not merely list what is counted or confirmed."""
    asked = {key for right in turn.accepted for key in right.get("answer", {})}
    lists = {"count", "tasks", "units"} if asked & {"count", "holds", "units", "tasks"} else set()
    return {key for key, value in got["answer"].items() if value not in (None, [])} - asked - lists


def brief(got: Json) -> str:
    """An answer on one line, for lists of what went wrong."""
    answer = got["answer"]
    shown = dict(answer)
    if "targets" in answer:
        shown["targets"] = [f"{t['task']} {t['name']} {t['value']}" for t in answer["targets"]]
    line = f"{got['outcome']} " + " ".join(f"{key}={value}" for key, value in shown.items())
    return line if len(line) <= _LINE else line[:_LINE] + "…"


_LINE = 150


# ---- the list of what fails ----------------------------------------------------------------------------------------


def turns() -> Iterator[tuple[str, Case, int]]:
    """Every turn as (id, case, index in the case); an id is what is asked for, and the conversation up to the turn."""
    return ((id_, case, at) for case in cases() for at, id_ in enumerate(_ids(case)))


def _ids(case: Case) -> Iterator[str]:
    who = f"{case.asker.unit}: " if case.asker.unit else ""
    said = [turn.ask for turn in case.turns]
    return (f"{case.asks}: {who}{' → '.join(said[: at + 1])}" for at in range(len(said)))


def wrong(turn: Turn, got: Json) -> str:
    """What is wrong with an answer, or ""."""
    verdict = judge(turn, got)
    if verdict is not Verdict.RIGHT:
        return f"{verdict}: {brief(got)}"
    needless = needless_keys(turn, got)
    return f"not asked for: {', '.join(sorted(needless))}" if needless else ""


def failures(question_service: QuestionService, asks: str) -> dict[str, str]:
    """The turns of a file that are wrong, and how."""
    found: dict[str, str] = {}
    for case in cases():
        if case.asks == asks:
            answers = ask(question_service, case)
            found |= zip(_ids(case), map(wrong, case.turns, answers), strict=True)
    return {id_: reason for id_, reason in found.items() if reason}


@dataclass(frozen=True, slots=True)
class KnownFailures:
    most: dict[str, int]
    """How many turns of a file may be wrong; none of one that is not here."""
    failing: dict[str, str]
    """The turns that are, and how."""


def known_failures() -> KnownFailures:
    return KnownFailures(**load_yaml(KNOWN_FAILURES))


def scored() -> list[str]:
    """The files of which some turns may be wrong: all but the contract's."""
    return sorted({case.asks for case in cases()} - {CONTRACT})


def main() -> int:
    question_service, most = open_question_service(), known_failures().most
    by_file = {asks: failures(question_service, asks) for asks in scored()}
    lowered = {asks: min(most.get(asks, 0), len(failing)) for asks, failing in by_file.items()}
    failing = {id_: reason for found in by_file.values() for id_, reason in sorted(found.items())}
    sheet = {"most": {asks: number for asks, number in lowered.items() if number}, "failing": failing}
    listed = yaml.safe_dump(sheet, allow_unicode=True, width=10_000, sort_keys=False)
    KNOWN_FAILURES.write_text(f"{_HEADING}{listed}", encoding="utf-8")
    print(f"{len(failing)} of {sum(len(case.turns) for case in cases())} turns fail")
    above = [asks for asks, found in by_file.items() if len(found) > lowered[asks]]
    for asks in above:
        print(f"{asks}: {len(by_file[asks])} fail, and {lowered[asks]} may")
    return int(bool(above))


_HEADING = """\
# Turns that fail, and how, and the most that may fail of each file. Written by python -m benchmarks.corpus, which
# lowers these numbers; whoever raises one by hand says why.
"""


if __name__ == "__main__":
    raise SystemExit(main())
