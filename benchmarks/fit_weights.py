"""What each sign against a reading weighs, fitted on the example questions; writes understand/weights.yaml anew.

Every first turn of the corpus is read as it stands and by its clauses; each reading is answered and judged. Weights are
whole numbers, chosen so that what costs least is right: a misled turn costs as much as five that are declined. The
figure at the head of the table is of the files that a fit did not see, each file of the corpus left out in its turn.

    python -m benchmarks.fit_weights
"""

import random
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from unittest.mock import patch

from benchmarks.corpus import Case, Json, Verdict, ask, cases, judge
from handlers.services.question_service import QuestionService, open_question_service
from knowledge.questions.context import QuestionContext, Reading
from knowledge.questions.dialogue.state import Memory
from knowledge.questions.parse.utterance import Piece
from knowledge.questions.understand import hypotheses, pipeline
from knowledge.questions.understand.weights import WEIGHTS, Feature

FILE = Path(str(WEIGHTS))
ANSWERED_TO = 10
_HEAVIEST = 12
_MISLED = 5
_STARTS = 6

Weights = dict[Feature, int]


@dataclass(frozen=True, slots=True)
class Candidate:
    """One reading of a question: what speaks against it, and what it is worth as an answer."""

    counts: Mapping[Feature, int]
    verdict: Verdict


@dataclass(frozen=True, slots=True)
class Question:
    group: str
    candidates: tuple[Candidate, ...]
    declining_is_right: bool


def questions(service: QuestionService) -> list[Question]:
    """Every first turn of the corpus that is one question and that some reading would answer."""
    found = (_question(service, case) for case in cases())
    return [one for one in found if one.candidates]


def _question(service: QuestionService, case: Case) -> Question:
    turn = case.turns[0]
    alone = Case(case.asks, case.names, (turn,), case.asker)
    found: list[list[Reading]] = []

    def collect(piece: Piece, asked: QuestionContext, read_piece: hypotheses.PieceReader) -> Reading | None:
        found.append(list(hypotheses.hypotheses_of(piece, asked, read_piece)))
        return read_piece(piece, asked)

    asked = QuestionContext(service.library, Memory(), case.asker.unit, case.asker.today)
    with patch.object(pipeline, "best_reading", collect):
        pipeline.read(turn.ask, asked)
    candidates: list[Candidate] = []
    for reading in found[0] if len(found) == 1 else ():
        with patch.object(pipeline, "best_reading", lambda *_, one=reading: one):
            (answer,) = ask(service, alone)
        if reading.evidence is not None:
            candidates.append(Candidate(reading.evidence.counts, judge(turn, answer)))
    nothing: Json = {"outcome": "declined", "answer": {}, "text": "", "choices": []}
    return Question(case.asks, tuple(candidates), judge(turn, nothing) is Verdict.RIGHT)


def loss(question: Question, weights: Weights) -> int:
    """What an answer by these weights costs: 0 right, 1 declined or asked back, 5 misled."""
    best = min(question.candidates, key=lambda one: _cost(one, weights))
    if _cost(best, weights) > ANSWERED_TO:
        return 0 if question.declining_is_right else 1
    return {Verdict.RIGHT: 0, Verdict.MISLED: _MISLED}.get(best.verdict, 1)


def _cost(candidate: Candidate, weights: Weights) -> int:
    return sum(weights[feature] * count for feature, count in candidate.counts.items())


def fit(sample: Iterable[Question], seed: int = 0) -> Weights:
    """The lightest weights of least loss, by descent along each of them from several starts."""
    told = [one for one in sample if any(candidate.counts for candidate in one.candidates)]
    chance = random.Random(seed)  # noqa: S311 - no secret
    best: tuple[int, int, Weights] | None = None
    for _ in range(_STARTS):
        weights = {feature: chance.randint(0, _HEAVIEST) for feature in Feature}
        lost = sum(loss(one, weights) for one in told)
        moved = True
        while moved:
            moved = False
            for feature in Feature:
                tried = [
                    (sum(loss(one, weights | {feature: weight}) for one in told), weight)
                    for weight in range(_HEAVIEST + 1)
                ]
                least, weight = min(tried)
                if (least, weight) < (lost, weights[feature]):
                    weights, lost, moved = weights | {feature: weight}, least, True
        found = (lost, sum(weights.values()), weights)
        if best is None or found[:2] < best[:2]:
            best = found
    assert best is not None  # noqa: S101
    return best[2]


def held_out(sample: list[Question]) -> dict[int, int]:
    """How many questions cost how much where their file was left out of the fit."""
    groups = sorted({one.group for one in sample})
    costs: dict[int, int] = defaultdict(int)
    for group in groups:
        weights = fit(one for one in sample if one.group != group)
        for one in sample:
            if one.group == group:
                costs[loss(one, weights)] += 1
    return dict(costs)


def table(sample: list[Question], *, check: bool = True) -> str:
    weights = fit(sample)
    costs = held_out(sample) if check else {}
    whole = max(1, sum(costs.values()))
    rows = "\n".join(f"  {feature.value}: {weights[feature]}" for feature in Feature)
    return (
        "# Fitted by python -m benchmarks.fit_weights; what stands here is not written by hand.\n"
        f"# Held out: {len(sample)} questions, {100 * costs.get(0, 0) / whole:.1f} % right, "
        f"{100 * costs.get(_MISLED, 0) / whole:.1f} % misled.\n"
        f"answered_to: {ANSWERED_TO}\nweights:\n{rows}\n"
    )


def main() -> None:
    FILE.write_text(table(questions(open_question_service())), encoding="utf-8")
    print(FILE.read_text(encoding="utf-8"))


if __name__ == "__main__":
    main()
