"""What each sign against a reading weighs, fitted on the example questions; writes understand/weights.yaml anew.

Every first turn of the corpus is read as it stands and by its clauses; each reading is answered and judged. Weights are
whole numbers, chosen so that what costs least is right: a misled turn costs as much as five that are declined. The
figure at the head of the table is of the files that a fit did not see, each file of the corpus left out in its turn.

    python -m benchmarks.fit_weights
"""

import random
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, replace
from pathlib import Path
from unittest.mock import patch

from benchmarks.corpus import Case, Json, Turn, Verdict, ask, cases, judge
from benchmarks.invariance import load_bases
from benchmarks.wrapping import sample
from handlers.services.question_service import Asker, QuestionService, open_question_service
from knowledge.questions.context import QuestionContext, Reading
from knowledge.questions.dialogue.state import Memory
from knowledge.questions.parse.utterance import Piece
from knowledge.questions.understand import hypotheses, pipeline
from knowledge.questions.understand.weights import FILE as TABLE
from knowledge.questions.understand.weights import Feature

FILE = Path(str(TABLE))
ANSWERED_TO = 10
_HEAVIEST = 12
_MISLED = 5
_STARTS = 6
_HARD = 50
"""So many times a question of the contract counts, which must be right."""
_WRAPPED, _SEED = 1500, 41

Weights = dict[Feature, int]


@dataclass(frozen=True, slots=True)
class Candidate:
    """One reading of a question: what speaks against it, and what it is worth as an answer."""

    counts: tuple[tuple[Feature, int], ...]
    verdict: Verdict


@dataclass(frozen=True, slots=True)
class Question:
    group: str
    candidates: tuple[Candidate, ...]
    declining_is_right: bool


def questions(service: QuestionService) -> list[Question]:
    """Every first turn of the corpus, and wrapped ones, that are one question and that some reading would answer."""
    found = [_question(service, case.asks, case.turns[0], case.asker) for case in cases()]
    for wrapped in sample(load_bases(), service.library, _WRAPPED, _SEED):
        turn = Turn(wrapped.question, wrapped.base.turn.accepted)
        found.append(_question(service, wrapped.slot, turn, wrapped.base.asker))
    return [one for one in found if one.candidates]


def _question(service: QuestionService, group: str, turn: Turn, asker: Asker) -> Question:
    alone = Case("", "", (turn,), asker)
    found: list[list[Reading]] = []

    def collect(piece: Piece, asked: QuestionContext, read_piece: hypotheses.PieceReader) -> Reading | None:
        found.append(list(hypotheses.hypotheses_of(piece, asked, read_piece)))
        return read_piece(piece, asked)

    with patch.object(pipeline, "best_reading", collect):
        pipeline.read(turn.ask, QuestionContext(service.library, Memory(), asker.unit, asker.today))
    candidates: list[Candidate] = []
    for reading in found[0] if len(found) == 1 else ():
        with patch.object(pipeline, "best_reading", lambda *_, one=reading: one):
            (answer,) = ask(service, alone)
        if reading.evidence is not None:
            candidates.append(Candidate(tuple(reading.evidence.counts.items()), judge(turn, answer)))
    nothing: Json = {"outcome": "declined", "answer": {}, "text": "", "choices": []}
    return Question(group, tuple(candidates), judge(turn, nothing) is Verdict.RIGHT)


def loss(question: Question, weights: Weights) -> int:
    """What an answer by these weights costs: 0 right, 1 declined or asked back, 5 misled."""
    best = min(question.candidates, key=lambda one: _cost(one, weights))
    if _cost(best, weights) > ANSWERED_TO:
        return 0 if question.declining_is_right else 1
    return {Verdict.RIGHT: 0, Verdict.MISLED: _MISLED}.get(best.verdict, 1)


def _cost(candidate: Candidate, weights: Weights) -> int:
    return sum(weights[feature] * count for feature, count in candidate.counts)


def fit(seen: Iterable[Question], seed: int = 0) -> Weights:
    """The lightest weights of least loss, by descent along each of them from several starts."""
    alike: Counter[Question] = Counter()
    for one in seen:
        alike[replace(one, group="")] += _HARD if one.group == "contract" else 1
    chance = random.Random(seed)  # noqa: S311 - no secret

    def lost_by(weights: Weights) -> int:
        return sum(number * loss(one, weights) for one, number in alike.items())

    def descended(weights: Weights) -> tuple[int, int, list[int]]:
        lost, moved = lost_by(weights), True
        while moved:
            moved = False
            for feature in Feature:
                least, weight = min((lost_by(weights | {feature: w}), w) for w in range(_HEAVIEST + 1))
                if (least, weight) < (lost, weights[feature]):
                    weights, lost, moved = weights | {feature: weight}, least, True
        return lost, sum(weights.values()), [weights[feature] for feature in Feature]

    starts = ({feature: chance.randint(0, _HEAVIEST) for feature in Feature} for _ in range(_STARTS))
    _, _, best = min(map(descended, starts))
    return dict(zip(Feature, best, strict=True))


def held_out(seen: list[Question]) -> dict[int, int]:
    """How many questions cost how much where their file was left out of the fit."""
    groups = sorted({one.group for one in seen})
    costs: Counter[int] = Counter()
    for group in groups:
        weights = fit(one for one in seen if one.group != group)
        for one in seen:
            if one.group == group:
                costs[loss(one, weights)] += 1
    return dict(costs)


def table(seen: list[Question]) -> str:
    weights, costs = fit(seen), held_out(seen)
    right, misled = (100 * costs.get(cost, 0) / len(seen) for cost in (0, _MISLED))
    rows = "\n".join(f"  {feature.value}: {weights[feature]}" for feature in Feature)
    return (
        "# Fitted by python -m benchmarks.fit_weights; what stands here is not written by hand.\n"
        f"# Held out: {len(seen)} questions, {right:.1f} % right, {misled:.1f} % misled.\n"
        f"answered_to: {ANSWERED_TO}\nweights:\n{rows}\n"
    )


def main() -> None:
    FILE.write_text(table(questions(open_question_service())), encoding="utf-8")
    print(FILE.read_text(encoding="utf-8"))


if __name__ == "__main__":
    main()
