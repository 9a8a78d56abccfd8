"""The sentences beside each kind of question are read by that very kind."""

from datetime import date

import pytest

from handlers.services.question_service import QuestionService
from knowledge.entities.library import Library
from knowledge.questions.context import QuestionContext
from knowledge.questions.dialogue.state import Memory
from knowledge.questions.understand.intent_rule import IntentRule, RuleId
from knowledge.questions.understand.intents import RULES
from knowledge.questions.understand.pipeline import read

EXAMPLES = [pytest.param(sentence, rule, id=sentence) for rule in RULES for sentence in rule.examples]


@pytest.fixture(scope="module")
def library(question_service: QuestionService) -> Library:
    return question_service.library


@pytest.mark.parametrize(("sentence", "rule"), EXAMPLES)
def test_an_example_is_read_by_its_own_rule(library: Library, sentence: str, rule: IntentRule) -> None:
    readings = read(sentence, QuestionContext(library, Memory(), unit=None, today=date(2023, 3, 1)))
    assert [reading.rule for reading in readings] == [rule]


def test_every_id_is_of_one_rule() -> None:
    assert sorted(rule.id for rule in RULES if rule.id) == sorted(RuleId)


def test_no_two_rules_share_a_name_or_an_example() -> None:
    names = [rule.name for rule in RULES]
    sentences = [sentence for rule in RULES for sentence in rule.examples]
    assert len(set(names)) == len(names)
    assert len(set(sentences)) == len(sentences)
