"""The question behind a button is complete: its answer is the same whatever was asked before."""

from collections.abc import Iterator
from datetime import date

import pytest

from benchmarks.corpus import cases
from handlers.services.question_service import AnsweredQuestion, Asker, QuestionService
from knowledge.entities.choice import Choice
from knowledge.questions.answer import Outcome

TODAY = date(2023, 11, 24)


def corpus() -> Iterator[tuple[tuple[str, ...], Asker]]:
    return ((tuple(turn.ask for turn in case.turns), case.asker) for case in cases())


def incomplete(question_service: QuestionService, talks: Iterator[tuple[tuple[str, ...], Asker]]) -> list[str]:
    """Each question that is declined with an empty memory, or answered otherwise after the answer that shows it."""
    alone: dict[tuple[str, Asker], AnsweredQuestion] = {}
    found: list[str] = []
    for turns, asker in talks:
        memory = ""
        for turn in turns:
            shown = question_service.ask(turn, memory=memory, asker=asker)
            memory = shown.memory
            for button in shown.reply.buttons:
                key = button.question, asker
                if button.question.startswith("/") or key in alone:
                    continue
                alone[key] = question_service.ask(button.question, memory="", asker=asker)
                after = question_service.ask(button.question, memory=memory, asker=asker)
                if alone[key].answer.outcome is not Outcome.ANSWERED or alone[key].reply != after.reply:
                    found.append(f"{turn}: {button.question}")
    return found


def test_every_button_in_the_corpus_asks_a_complete_question(question_service: QuestionService) -> None:
    assert incomplete(question_service, corpus()) == []


@pytest.mark.parametrize(
    ("turns", "wanted"),
    [
        (("市交通局牵头哪些任务", "田镇呢"), "田镇街道牵头哪些任务"),
        (("市交通局有几项任务", "那高新区呢"), "市经济开发区负责几项任务"),
        (("市交通局有哪些目标", "高新区呢"), "市经济开发区有哪些目标"),
        (("5G基站谁负责", "有没有高新区"), "市经济开发区参与5G基站吗"),
        (("市交通局负责哪些任务", "加上田镇"), "市交通局和田镇街道共同负责哪些任务"),
        (("市交通局牵头哪些任务", "其中和高新区一起的"), "市交通局牵头、市经济开发区参与的任务有哪些"),
        (("交通局和商务局比谁的任务多", "换成田镇呢"), "田镇街道负责哪些任务"),
    ],
)
def test_what_a_follow_up_leaves_out_stands_in_the_question_of_its_choice(
    question_service: QuestionService, turns: tuple[str, ...], wanted: str
) -> None:
    asker = Asker(TODAY)
    memory, choices = "", tuple[Choice, ...]()
    for turn in turns:
        asked = question_service.ask(turn, memory=memory, asker=asker)
        memory, choices = asked.memory, asked.answer.choices
    assert choices[0].message == wanted
