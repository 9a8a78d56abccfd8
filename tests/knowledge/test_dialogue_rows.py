"""The conversations beside each row of the tables of follow-ups end in a turn that is changed by that very row."""

from itertools import islice

import pytest

from benchmarks.corpus import TODAY
from handlers.services.question_service import Asker, QuestionService
from knowledge.questions.answer import Outcome
from knowledge.questions.dialogue import commands, patches
from knowledge.questions.dialogue.followup import Followup, Patch, first

ROWS = (*commands.COMMANDS, *patches.FOUND, *patches.PATCHES)
EXAMPLES = [pytest.param(example, row, id=example) for row in ROWS for example in row.examples]


@pytest.mark.parametrize(("example", "row"), EXAMPLES)
def test_an_example_is_changed_by_its_own_row(
    question_service: QuestionService, monkeypatch: pytest.MonkeyPatch, example: str, row: Patch
) -> None:
    used: list[Patch] = []

    def noting(table: tuple[Patch, ...], turn: Followup) -> object:
        applied = (row for row in table if row.applies(turn) and row.change(turn) is not None)
        used.extend(islice(applied, 1))
        return first(table, turn)

    for module in (commands, patches):
        monkeypatch.setattr(module, "first", noting)
    memory, answer = "", None
    for said in example.split("→"):
        used.clear()
        asked = question_service.ask(said, memory=memory, asker=Asker(TODAY))
        memory, answer = asked.memory, asked.answer
    assert row in used
    assert answer is not None
    asks_back = row.change.__name__ in {"stands_alone", "one_of_several"}
    assert asks_back or answer.outcome is Outcome.ANSWERED


def test_every_row_has_examples_and_none_stands_twice() -> None:
    examples = [example for row in ROWS for example in row.examples]
    assert len(set(examples)) == len(examples)
    assert min(len(row.examples) for row in ROWS) > 1
