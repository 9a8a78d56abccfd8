"""What stands in a reply, and under it: every button asks what is answered."""

from datetime import date

import pytest

from handlers.questions.texts import render
from handlers.services.question_service import Asker, QuestionService, open_question_service
from handlers.texts.marks import bold
from handlers.texts.reply import Reply
from knowledge.plan.model import Target
from knowledge.questions.answer import Outcome
from knowledge.questions.quoting import as_said
from storage.rich_text import plain_text

DESK = open_question_service()
TARGETS = [target for _, target in DESK.library.targets]
ASKER = Asker(date(2023, 3, 1))
"""A visitor."""


def replied(question: str) -> Reply:
    asked = DESK.ask(question, memory="", asker=ASKER)
    return render(asked.answer, asked.library)


def unanswered(question_service: QuestionService, question: str) -> list[str]:
    """The buttons under the question's answer that lead nowhere."""
    asked = question_service.ask(question, memory="", asker=ASKER)
    taps = [
        (button, question_service.ask(button.question, memory=asked.memory, asker=ASKER))
        for button in render(asked.answer, asked.library).buttons
    ]
    return [button.question for button, then in taps if then.answer.outcome is not Outcome.ANSWERED]


@pytest.mark.parametrize("target", TARGETS, ids=lambda target: target.name)
def test_every_button_about_a_target_is_answered(target: Target) -> None:
    for asks in ("的目标是多少", "什么时候完成", f"是不是{target.value}{target.unit or ''}", "还有多少天"):
        assert unanswered(DESK, f"{target.name}{asks}") == []


def test_a_clause_is_no_task() -> None:
    text = replied("地区生产总值的目标是多少").blocks
    assert text[0] == "条款 二 行动目标"


@pytest.mark.parametrize("question", ["三胎政策谁管", "三胎政策归卫健局管吗", "三胎政策谁牵头"])
def test_a_duty_of_nobody_s_is_hinted_at_and_no_unit_added(question: str) -> None:
    asked = DESK.ask(question, memory="", asker=ASKER)
    assert "提示：职能相近的市卫健局未列入责任单位名单。" in render(asked.answer, asked.library).blocks
    assert "市卫健局" not in (asked.answer.content.units or ())


def test_the_hint_stays_with_its_own_duty() -> None:
    assert not any("职能相近" in plain_text(line) for line in replied("7.1谁负责").blocks)


def test_what_points_into_the_plan_is_not_marked_as_from_elsewhere() -> None:
    blocks = replied("田镇负责哪些任务").blocks
    assert blocks == ("方案还提到田镇工业新区（4.3，地名）",)
    assert "（非方案内容）" in plain_text(replied("体育局负责什么").blocks[0])


@pytest.mark.parametrize(
    ("name", "question", "said"),
    [
        ("今气样", "今天天气怎么样", "今天天气怎么样"),
        ("5g基站历史", "查5G基站历史", "5G基站历史"),
        ("充电桩", "充电桩要建多少，充电桩谁管", "充电桩"),
        ("水上乐园", "shui上乐园在哪", "水上乐园"),
        ("", "你好", ""),
        ("甲乙", "问甲\u202e\n乙", "甲乙"),
        ("甲乙", "İ甲乙", "甲乙"),
    ],
)
def test_only_what_a_person_has_written_stands_in_quotes(name: str, question: str, said: str) -> None:
    assert as_said(name, question) == said


def test_what_is_not_in_the_plan_is_called_as_the_person_called_it() -> None:
    text = replied("今天天气怎么样").head
    assert text == bold("方案没有提到“今天天气怎么样”。")
