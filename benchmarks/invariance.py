"""Whether a question is answered as before when people put round it what they do: greetings, reasons, pasted text.

invariance_base.jsonl holds the questions, each with the answer that was right when it was frozen; the wrappers are in
invariance_wrappers.yaml. `python -m benchmarks.invariance` prints, by slot and for the worst wrappers, how many are
still right, declined, asked back, and answered otherwise; `--show 20` prints so many of the failures, `--sample 20000`
tries more, `--freeze FILE …` writes the base anew from the example questions and from files of the same cases as JSON.
"""

import argparse
import json
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from benchmarks.corpus import TODAY, Case, Json, Turn, Verdict, ask, brief, cases, judge, wrong
from benchmarks.wrapping import Base, Wrapped, sample
from handlers.services.question_service import Asker, QuestionService, open_question_service

BASE = Path(__file__).with_name("invariance_base.jsonl")
SAMPLE = 3000
SEED = 14
WORST = 10
_FEW = 5
"""A wrapper that was tried less often is not called one of the worst."""


@dataclass(frozen=True, slots=True)
class Result:
    wrapped: Wrapped
    verdict: Verdict
    got: Json


def results(question_service: QuestionService, bases: Sequence[Base], number: int, seed: int) -> Iterator[Result]:
    for wrapped in sample(bases, question_service.library, number, seed):
        verdict, got = _asked(question_service, wrapped.base, wrapped.question)
        yield Result(wrapped, verdict, got)


def _asked(question_service: QuestionService, base: Base, question: str) -> tuple[Verdict, Json]:
    turn = Turn(question, base.turn.accepted)
    (got,) = ask(question_service, Case("", "", (turn,), base.asker))
    return judge(turn, got), got


# ---- the frozen base ------------------------------------------------------------------------------------------------


def load_bases() -> tuple[Base, ...]:
    return tuple(_base(json.loads(line)) for line in BASE.read_text(encoding="utf-8").splitlines())


def _base(row: Json) -> Base:
    asker = Asker(date.fromisoformat(row["today"]), row.get("as"))
    as_frozen = {key: row[key] for key in ("answer", "text_contains") if row.get(key)}
    readings = [{"outcome": "answered", **reading} for reading in (as_frozen, *row.get("also_ok", ())) if reading]
    return Base(Turn(row["ask"], tuple(readings)), asker, row["about"], row["answer"])


def freeze(question_service: QuestionService, files: Iterable[Path]) -> int:
    """Writes down every first turn that is to be answered and is answered rightly today; returns how many."""
    rows: dict[tuple[str, str | None], Json] = {}
    for case in (*cases(), *(case for file in files for case in _cases_in(file))):
        row = _row(question_service, case)
        if row is not None:
            rows.setdefault((row["ask"], case.asker.unit), row)
    BASE.write_text("".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows.values()), encoding="utf-8")
    return len(rows)


def _cases_in(file: Path) -> Iterator[Case]:
    for line in file.read_text(encoding="utf-8").splitlines():
        row = json.loads(line)
        gold = row["gold"][0]
        day = date.fromisoformat(row["today"]) if "today" in row else TODAY
        turn = Turn(row["turns"][0], (gold, *gold.get("also_ok", ())))
        yield Case(file.stem, row["category"], (turn,), Asker(day, row.get("as")))


def _row(question_service: QuestionService, case: Case) -> Json | None:
    """A case's first turn as a line of the base; None where it is no part of it."""
    turn = case.turns[0]
    (got,) = ask(question_service, Case(case.asks, case.names, (turn,), case.asker))
    answered = [one for one in turn.accepted if one["outcome"] == "answered"]
    if turn.accepted[0] not in answered or got["outcome"] != "answered" or wrong(turn, got):
        return None
    answer = {key: _kept(key, value) for key, value in got["answer"].items() if value is not None}
    golds = [{key: one[key] for key in ("answer", "text_contains") if one.get(key)} for one in answered]
    pieces = golds[0].get("text_contains")
    texts = {"text_contains": pieces} if pieces else {}
    others = [one for one in golds if one not in ({}, {"answer": answer}, {"answer": answer, **texts}, texts)]
    if not answer and not texts:
        return None  # a greeting
    about = {key: named for key, named in got["about"].items() if named}
    who = {"as": case.asker.unit} if case.asker.unit else {}
    also = {"also_ok": others} if others else {}
    today = case.asker.today.isoformat()
    return {"ask": turn.ask, **who, "today": today, "about": about, "answer": answer, **texts, **also}


def _kept(key: str, value: object) -> object:
    if key != "targets" or not isinstance(value, list):
        return value
    return [{part: target[part] for part in ("task", "name", "value", "unit")} for target in value]


# ---- figures --------------------------------------------------------------------------------------------------------


def _print_slots(found: Sequence[Result]) -> None:
    print(f"{'slot':<18}{'tried':>6}" + "".join(f"{verdict:>14}" for verdict in Verdict))
    for slot in (*dict.fromkeys(one.wrapped.slot for one in found), "all"):
        counts = Counter(one.verdict for one in found if slot in {one.wrapped.slot, "all"})
        tried = counts.total()
        shares = "".join(f"{counts[verdict]:>7} {counts[verdict] / tried:>6.1%}" for verdict in Verdict)
        print(f"{slot:<18}{tried:>6}{shares}")


def _print_worst(found: Sequence[Result]) -> None:
    """By the share of what is not right; one that is answered otherwise counts five."""
    by_wrapper: dict[tuple[str, str], list[Verdict]] = defaultdict(list)
    for one in found:
        if len(one.wrapped.wrappers) == 1:
            by_wrapper[one.wrapped.slot, one.wrapped.wrappers[0]].append(one.verdict)
    often = {key: verdicts for key, verdicts in by_wrapper.items() if len(verdicts) >= _FEW}

    def harm(key: tuple[str, str]) -> float:
        costs = {Verdict.RIGHT: 0, Verdict.MISLED: 5}
        return sum(costs.get(verdict, 1) for verdict in often[key]) / len(often[key])

    print(f"\nthe worst of {len(often)} wrappers")
    for slot, name in sorted(often, key=harm, reverse=True)[:WORST]:
        counts = Counter(often[slot, name])
        shown = ", ".join(f"{counts[verdict]} {verdict}" for verdict in Verdict if counts[verdict])
        print(f"  {slot:<16} {name!r:<40} {shown}")


def main() -> None:
    parser = argparse.ArgumentParser(description="put what people type round the example questions and count answers")
    parser.add_argument("--sample", type=int, default=SAMPLE, metavar="N", help="how many wrapped questions")
    parser.add_argument("--show", type=int, default=0, metavar="N", help="print so many of those that are not right")
    parser.add_argument("--freeze", type=Path, nargs="*", metavar="FILE", help="write the base anew and end")
    arguments = parser.parse_args()
    question_service = open_question_service()
    if arguments.freeze is not None:
        print(f"{freeze(question_service, arguments.freeze)} questions in the base")
        return
    bases = load_bases()
    bare = sum(_asked(question_service, base, base.ask)[0] is Verdict.RIGHT for base in bases)
    print(f"{bare} of the {len(bases)} questions of the base are right as they stand\n")
    found = list(results(question_service, bases, arguments.sample, SEED))
    _print_slots(found)
    _print_worst(found)
    failed = sorted((one for one in found if one.verdict is not Verdict.RIGHT), key=_misled_first)
    for one in failed[: arguments.show]:
        print(f"\n{one.wrapped.slot}: {one.wrapped.base.ask} → {one.wrapped.question}")
        print(f"    {one.verdict}: {brief(one.got)}")


def _misled_first(result: Result) -> bool:
    return result.verdict is not Verdict.MISLED


if __name__ == "__main__":
    main()
