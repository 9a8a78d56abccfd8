"""docs/thresholds.md: what the constants of knowledge/questions/understand/topic_linker.py trade off, and why.

Each constant is swept with the others as they are, over the last turns of the example conversations and over a share of
the same questions damaged (benchmarks/mutations.py). A high LINKED declines more and misleads less, and so on.
"""

from collections import Counter
from collections.abc import Sequence
from pathlib import Path

from benchmarks.corpus import Case, Verdict, ask, cases, judge
from benchmarks.mutations import damaged
from handlers.services.question_service import QuestionService, open_question_service
from knowledge.questions.understand import topic_linker

FILE = Path(__file__).parent.parent / "docs" / "thresholds.md"
SHARE = 6
"""One damaged question in so many takes part."""

SWEPT = {
    "LINKED": (0.50, 0.58, 0.66, 0.70, 0.74, 0.78, 0.82, 0.90),
    "NAMED": (0.40, 0.50, 0.54, 0.58, 0.62, 0.70, 0.80),
    "MARGIN": (0.00, 0.02, 0.05, 0.07, 0.10, 0.15),
}
MEANING = {
    "LINKED": "the share of the words said that an entry of the plan must explain",
    "NAMED": "the same, where the question contains an exact name of the plan",
    "MARGIN": "how close behind the best another entry must be to be offered beside it",
}


def main() -> None:
    question_service = open_question_service()
    hurt = [case for _, _, case in damaged(question_service)][::SHARE]
    sections = [_section(question_service, name, hurt) for name in SWEPT]
    head = _HEADING.format(clean=len(cases()), hurt=len(hurt))
    FILE.write_text("\n".join([head, *sections]), encoding="utf-8")
    print("\n".join(sections))


def _section(question_service: QuestionService, name: str, hurt: Sequence[Case]) -> str:
    """The table of one constant; the row of the value in use is bold."""
    used: float = getattr(topic_linker, name)
    lines = [
        f"## {name}: {MEANING[name]}",
        "",
        f"| {name} | {_COLUMNS} | {_COLUMNS} | |",
        f"| ---: |{' ---: |' * 6} --- |",
    ]
    for value in sorted({*SWEPT[name], used}):
        setattr(topic_linker, name, value)
        clean, harmed = _outcomes(question_service, cases()), _outcomes(question_service, hurt)
        cells = [f"{value:.2f}", *_shares(clean), *_shares(harmed)]
        row = " | ".join(f"**{cell}**" if value == used else cell for cell in cells)
        lines.append(f"| {row} | {_bar(harmed)} |")
    setattr(topic_linker, name, used)
    return "\n".join([*lines, ""])


def _outcomes(question_service: QuestionService, asked: Sequence[Case]) -> Counter[Verdict]:
    return Counter(judge(case.turns[-1], ask(question_service, case)[-1]) for case in asked)


_COLUMNS = "right | not answered | misled"


def _shares(found: Counter[Verdict]) -> tuple[str, str, str]:
    total = found.total()
    quiet = found[Verdict.DECLINED] + found[Verdict.ASKED_BACK]
    return tuple(f"{n / total:.1%}" for n in (found[Verdict.RIGHT], quiet, found[Verdict.MISLED]))  # type: ignore[return-value]


def _bar(found: Counter[Verdict]) -> str:
    """Fifty signs: right, not answered, misled."""
    misled = round(50 * found[Verdict.MISLED] / found.total())
    right = round(50 * found[Verdict.RIGHT] / found.total())
    return "▇" * right + "·" * (50 - right - misled) + "×" * misled


_HEADING = """\
# The thresholds of matching names

Written by `python -m benchmarks.thresholds` from {clean} example conversations as they are (the first three columns)
and {hurt} of their questions with typing mistakes put in (the last three columns and the drawing: ▇ right, · declined
or asked back, × a wrong answer). The value in use is bold.

A wrong answer is worse than asking back, so of the values that answer the example questions equally well the one with
the fewest wrong answers is taken.

- A lower LINKED answers questions of what the plan does not contain (幼儿园招聘); a higher one declines everyday
  wording (垃圾分类这个事).
- NAMED may be lower, because an exact name already says what is meant (村庄规划什么时候编完).
- With a smaller MARGIN two targets of one name are no longer asked back; with a larger one questions that have one
  answer are asked back too.
"""


if __name__ == "__main__":
    main()
