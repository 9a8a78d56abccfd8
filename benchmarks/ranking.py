"""Everyday words that name nothing of the plan: which ranking finds the task, and which bounds answer how many.

The questions are those of everyday_questions.yaml and paraphrased_questions.yaml, and colloquial ones of the example
conversations put to the same plan without its keywords and without the lexicon's sayings, so that only everyday.yaml
explains their words. Of all only those count that the program declines by itself. Prints the tables of
docs/decisions/0011-everyday-words-are-ranked.md and 0014-a-thesaurus-of-everyday-words.md.
"""

from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import chain, product
from pathlib import Path
from typing import Any
from unittest.mock import patch
from zlib import crc32

from rapidfuzz import fuzz

from benchmarks.corpus import TODAY, Turn, cases, load_yaml
from handlers.questions.json_contract import answer_json
from handlers.questions.texts import render
from handlers.services.question_service import Asker, QuestionService, open_question_service
from knowledge.entities import library as libraries
from knowledge.entities.library import Library
from knowledge.entities.ranking import PlaceRanking
from knowledge.language import thesaurus
from knowledge.plan.key import EntryKind, TaskKey
from knowledge.plan.model import Plan, Task
from knowledge.questions.answer import Why
from knowledge.questions.context import QuestionContext, Reading, Trouble
from knowledge.questions.dialogue.state import Memory
from knowledge.questions.query import Query
from knowledge.questions.understand import by_ranking as ranked_reading
from knowledge.questions.understand.pipeline import read

FILES = ("everyday_questions.yaml", "paraphrased_questions.yaml")
_FILES = {"colloquial", "lead", "targets", "units", "wording", "tasks", "content"}
_NEVER = 2.0
_COST = 5
"""Declined questions that are worth one misled."""
_SWEPT = (0.34, 0.38, 0.42, 0.46, 0.5), (0.6, 0.65, 0.7, _NEVER), (0.1, 0.15, 0.2, 0.25, 0.3)
_SHOWN = 12


@dataclass(frozen=True, slots=True)
class EverydayQuestion:
    """A declined question, and what it may mean; nothing, where the plan does not hold it."""

    text: str
    means: frozenset[str]
    value: float | None
    held: bool
    own: bool
    """Written for this measurement, and put to the plan with all its words."""
    reading: Reading
    asked: QuestionContext


def main() -> None:
    questions = list(_declined())
    groups = {
        f"{'own' if own else 'corpus, bare'}, {'held' if held else 'tuned'}": [
            one for one in questions if one.means and (one.own, one.held) == (own, held)
        ]
        for own, held in product((True, False), (False, True))
    }
    print("first / among three:", ", ".join(f"{name} ({len(group)})" for name, group in groups.items()))
    for name, rank in _rankers().items():
        shares = ("{:2.0f} / {:2.0f}".format(*_found(group, rank)) for group in groups.values())
        print(f"{name:28}", "   ".join(shares))
    tuned, held = ([one for one in questions if one.held is half] for half in (False, True))
    print(f"\nbounds: right and misled of {len(tuned)} tuned, of {len(held)} held; the first are those in use")
    used = (ranked_reading.EXPLAINED, ranked_reading.EXPLAINED_ANYHOW, ranked_reading.AHEAD)
    swept = sorted((_worth(_answered(tuned, bounds)), bounds) for bounds in product(*_SWEPT))
    for bounds in (used, *(bounds for _, bounds in swept[: -_SHOWN - 1 : -1])):
        print(*(f"{bound:.2f}" for bound in bounds), *_answered(tuned, bounds), *_answered(held, bounds))

    service = open_question_service()
    print("\nthe program as it is, with the questions that it answers by itself")
    for file, half, there in product(FILES, (False, True), (True, False)):
        own = [written[:3] for written in _written(file) if written[3] is half and bool(written[1]) is there]
        outcomes = Counter(_outcome(service, *one) for one in own)
        where = "of the plan" if there else "not of the plan"
        print(file, "held" if half else "tuned", where, len(own), dict(outcomes))


def _worth(answered: tuple[int, int]) -> int:
    right, misled = answered
    return right - _COST * misled


def _outcome(service: QuestionService, text: str, means: frozenset[str], value: float | None) -> str:
    """Whether a question is answered rightly, by one of its three first offers, not at all, or wrongly."""

    def asked(question: str) -> Any:
        found = service.ask(question, memory="", asker=Asker(TODAY, None))
        return answer_json(found, render(found.answer, found.library), service.library, question=question, ms=0)

    def is_right(answer: Any) -> bool:
        targets = answer["answer"].get("targets") or ()
        places = {*answer["about"]["tasks"], *answer["about"]["clauses"]}
        places |= {*answer["answer"].get("tasks", ()), *answer["answer"].get("clauses", ())}
        places |= {target["task"] for target in targets}
        return places <= means if value is None else value in {target["value"] for target in targets}

    answer = asked(text)
    if answer["outcome"] == "answered":
        return "right" if means and is_right(answer) else "misled"
    offers = (asked(choice["question"]) for choice in answer["choices"][:3])
    return "offered" if means and any(map(is_right, offers)) else "declined"


# ---- questions ------------------------------------------------------------------------------------------------------


def _declined() -> Iterator[EverydayQuestion]:
    full = open_question_service().library
    thesaurus.terms.cache_clear()
    with patch.object(libraries, "sayings", lambda: ()), patch.object(thesaurus, "sayings", lambda: ()):
        bare = Library(((_without_keywords(full.plans[0]), full.shelves[0][1]),), texts=full.texts).prepared()
    thesaurus.terms.cache_clear()
    with patch.object(ranked_reading, "EXPLAINED", _NEVER), patch.object(ranked_reading, "EXPLAINED_ANYHOW", _NEVER):
        for text, means, value, held in chain.from_iterable(map(_written, FILES)):
            yield from _one(text, means, value, full, held=held, own=True)
        for turn in (case.turns[0] for case in cases() if len(case.turns) == 1 and not case.asker.unit and _fits(case)):
            means, value = _meant(turn, full)
            library = bare if means else full
            yield from _one(turn.ask, means, value, library, held=bool(crc32(turn.ask.encode()) % 2), own=False)


def _fits(case: Any) -> bool:
    declined = all(right["outcome"] == "declined" for right in case.turns[0].accepted)
    keys = {key for right in case.turns[0].accepted for key in right.get("answer", {})}
    return declined or (case.asks in _FILES and bool(keys) and not keys & {"count", "holds"})


def _one(
    text: str, means: frozenset[str], value: float | None, library: Library, *, held: bool, own: bool
) -> Iterator[EverydayQuestion]:
    asked = QuestionContext(library, Memory(), None, TODAY)
    readings = read(text, asked)
    if len(readings) == 1 and isinstance(readings[0].meant, Trouble) and readings[0].meant.why is Why.NOT_IN_PLAN:
        yield EverydayQuestion(text, means, value, held, own, readings[0], asked)


def _written(file: str) -> Iterator[tuple[str, frozenset[str], float | None, bool]]:
    sheet: Mapping[str, Any] = load_yaml(Path(__file__).parent / file)
    for name, held in (("tuned", False), ("held", True)):
        for text, means, *value in sheet[name]:
            yield text, frozenset(means), value[0] if value else None, held
        for text in sheet[f"not_there_{name}"]:
            yield text, frozenset(), None, held


def _meant(turn: Turn, library: Library) -> tuple[frozenset[str], float | None]:
    """The tasks that an example's right answers speak of; those of a list of units are the tasks that have it."""
    answers = [right["answer"] for right in turn.accepted if right.get("answer")]
    places = {id_ for answer in answers for key in ("tasks", "clauses") for id_ in answer.get(key, ())}
    units = [set(answer["units"]) for answer in answers if "units" in answer]
    places |= {key.id for key, task in library.tasks.items() if set(task.units) in units}
    targets = [target for answer in answers for target in answer.get("targets", ())]
    return frozenset(places | {target["task"] for target in targets}), targets[0]["value"] if targets else None


def _without_keywords(plan: Plan) -> Plan:
    def bare(things: Sequence[Any]) -> tuple[Any, ...]:
        return tuple(replace(thing, names=()) for thing in things)

    def task(one: Task) -> Task:
        return replace(one, names=(), targets=bare(one.targets), actions=bare(one.actions), named=bare(one.named))

    clauses = (replace(one, names=(), targets=bare(one.targets), facts=bare(one.facts)) for one in plan.clauses)
    return replace(plan, sections=bare(plan.sections), tasks=tuple(map(task, plan.tasks)), clauses=tuple(clauses))


# ---- rankings -------------------------------------------------------------------------------------------------------

Rank = Callable[[Library, tuple[str, ...]], Sequence[str]]


def _rankers() -> dict[str, Rank]:
    def by_names(library: Library, topic: tuple[str, ...]) -> Sequence[str]:
        return tuple(dict.fromkeys(hit.entry.owner.id for hit in library.index.search(topic, most=400)))

    def by_likeness(library: Library, topic: tuple[str, ...]) -> Sequence[str]:
        said, best = "".join(topic), dict[str, float]()
        for entry in (e for e in library.index.entries if e.owner.id and e.kind is not EntryKind.SECTION):
            alike = max((fuzz.ratio(said, surface) for surface in entry.surfaces), default=0.0)
            best[entry.owner.id] = max(alike, best.get(entry.owner.id, 0.0))
        return sorted(best, key=lambda id_: -best[id_])

    def by_ranking(library: Library, topic: tuple[str, ...]) -> Sequence[str]:
        return [one.owner.id for one in library.ranking.nearest(topic)]

    names: dict[int, PlaceRanking] = {}

    def by_ranked_names(library: Library, topic: tuple[str, ...]) -> Sequence[str]:
        if id(library) not in names:
            words: dict[TaskKey, list[str]] = {key: [] for key in library.order}
            for entry in library.index.entries:
                words.get(entry.owner, []).extend(entry.surfaces)
            names[id(library)] = PlaceRanking(words, {})
        return [one.owner.id for one in names[id(library)].nearest(topic)]

    return {
        "index.search": by_names,
        "rapidfuzz, ratio": by_likeness,
        "BM25, names": by_ranked_names,
        "BM25, names and text (used)": by_ranking,
    }


def _found(group: Sequence[EverydayQuestion], rank: Rank) -> tuple[float, float]:
    lists = [(q, rank(q.asked.library, q.reading.piece.topic if q.reading.piece else ())) for q in group]
    return (
        100 * sum(bool(set(found[:1]) & q.means) for q, found in lists) / len(group),
        100 * sum(bool(set(found[:3]) & q.means) for q, found in lists) / len(group),
    )


def _answered(group: Sequence[EverydayQuestion], bounds: tuple[float, float, float]) -> tuple[int, int]:
    """How many of a group are answered with what they mean, and with something else."""
    right = misled = 0
    known, anyhow, ahead = bounds
    with (
        patch.object(ranked_reading, "EXPLAINED", known),
        patch.object(ranked_reading, "EXPLAINED_ANYHOW", anyhow),
        patch.object(ranked_reading, "AHEAD", ahead),
    ):
        for question in group:
            meant = ranked_reading.by_ranking(question.reading, question.asked).meant
            if isinstance(meant, Query):
                (entry,) = (question.asked.library.entry_of[key] for key in meant.topic)
                value = getattr(entry.thing, "value", None)
                fits = entry.owner.id in question.means and question.value in (None, value and float(value))
                right += fits
                misled += not fits
    return right, misled


if __name__ == "__main__":
    main()
