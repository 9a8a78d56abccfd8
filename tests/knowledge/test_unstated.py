"""What no plan states of what it names: each way of asking by its sentences, and what they are answered."""

from datetime import date

import pytest

from handlers.questions.texts import render
from handlers.services.question_service import Asker, QuestionService, open_question_service
from handlers.texts.marks import plain
from knowledge.language.normalize import clean
from knowledge.language.pattern import Sign
from knowledge.questions.answer import Outcome, Why
from knowledge.questions.understand.not_stated import UNSAID

EXAMPLES = [sentence for row in UNSAID for sentence in row.sign.examples]
OTHERS = [pytest.param(row.sign, sentence, id=sentence) for row in UNSAID for sentence in row.sign.others]


@pytest.fixture(scope="module")
def questions() -> QuestionService:
    return open_question_service()


@pytest.mark.parametrize("sentence", EXAMPLES)
def test_a_sentence_beside_a_row_is_declined_by_it(questions: QuestionService, sentence: str) -> None:
    answer = questions.ask(sentence, memory="", asker=Asker(date(2023, 3, 1))).answer
    assert (answer.outcome, answer.why) == (Outcome.DECLINED, Why.NOT_STATED)


@pytest.mark.parametrize(("sign", "sentence"), OTHERS)
def test_another_sentence_does_not_show_the_sign(sign: Sign, sentence: str) -> None:
    assert not sign.shows(clean(sentence))


def test_a_decline_says_what_is_not_stated_and_where_the_plan_names_it(questions: QuestionService) -> None:
    asked = questions.ask("双随机一公开是什么意思", memory="", asker=Asker(date(2023, 3, 1)))
    text = plain(render(asked.answer, asked.library))
    assert "方案没有写“双随机一公开是什么意思”" in text
    assert "8.1 部门联合“双随机一公开”监管全覆盖" in text
