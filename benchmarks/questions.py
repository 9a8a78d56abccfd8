"""How long a question takes on the shipped plan, and how long it is until the first answer, beside two baselines."""

import json
import resource
import subprocess
import sys
import time

from benchmarks.corpus import cases
from benchmarks.measure import Times, fuzzy, names_of, ranked_words, timed
from handlers.services.question_service import QuestionService, open_question_service

QUESTIONS = 1000
STARTS = 3


def main() -> None:
    question_service = open_question_service()
    asked = [turn.ask for case in cases() for turn in case.turns][:QUESTIONS]
    duban = _conversations(question_service)
    print(f"{len(duban.each)} questions on the shipped plan, one core")
    print(f"duban                   {duban}   (aim: 2 and 10)")
    names = names_of(question_service.library)
    for name, baseline in (("rapidfuzz WRatio", fuzzy(names)), ("BM25 of jieba words", ranked_words(names))):
        base = timed(baseline, asked)
        print(f"{name:<24}{base}   {base.median / duban.median:.2f} times as long as duban, over {len(names)} names")
    seconds = min(_start() for _ in range(STARTS))
    megabytes = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024
    print(f"from the start of the process to its first answer {seconds:.2f} s, with {megabytes:.0f} MB of memory")


def _conversations(question_service: QuestionService) -> Times:
    """Every turn of the corpus, each with what its conversation remembers; a first round, untimed, warms up."""
    took: list[float] = []
    for warm in (False, True):
        for case in cases():
            memory = ""
            for turn in case.turns:
                began = time.thread_time_ns()
                memory = question_service.ask(turn.ask, memory=memory, asker=case.asker).memory
                if warm and len(took) < QUESTIONS:
                    took.append((time.thread_time_ns() - began) / 1e6)
    return Times(tuple(took))


def _start() -> float:
    """Seconds that `duban ask` takes for a single question, from nothing."""
    line = json.dumps({"id": "1", "turns": ["5G基站谁负责"]}, ensure_ascii=False)
    began = time.perf_counter()
    subprocess.run(
        [sys.executable, "-m", "bot", "ask", "--jsonl"], input=line, text=True, check=True, stdout=subprocess.DEVNULL
    )
    return time.perf_counter() - began


if __name__ == "__main__":
    main()
