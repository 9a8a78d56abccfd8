"""The table of what a message can be: its sentences, its rule of deciding, and that chat and `explain` share it."""

import re
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest
import yaml
from long_run import LONG
from reminder_chat import Chat
from reminder_harness import OFFICE, SCIENCE, SUPERVISOR, ReminderHarness

from benchmarks.corpus import cases
from bot import cli
from bot.commands.explain import typed_by
from handlers.chat.context import Context, sentence
from handlers.chat.outgoing import Call
from handlers.routing import free_text
from handlers.routing import texts_intents as names
from handlers.routing.decision import NEAR, Decision, Gate, Intent, IntentTable, decide
from handlers.routing.intents import TABLE
from handlers.routing.orders import ORDERS, Order
from handlers.routing.utterance import Utterance
from handlers.services.question_service import QuestionService
from handlers.services.rate_limit import Limiter
from handlers.services.red_lines import stored
from storage.database import Database

TODAY = date(2023, 3, 17)
VISITOR = 510001
SPEAKERS = {None: VISITOR, "市科经局": SCIENCE, "办公室": OFFICE, "督查室": SUPERVISOR}
OF_ROLES = {names.FREQUENCY: "办公室", names.RULE: "办公室", names.LIKELY: "办公室", names.ON_BEHALF: "督查室"} | {
    names.OF_OWN_CHARGE: "分管领导",
    names.SPEAKS: "分管领导",
}
"""Who says what units do not; an order that is not theirs is one still, and they hear who may give it."""
OF_THOSE_CONCERNED = {names.OWN_UNIT, names.FREQUENCY, names.HOW_IS, names.OF_OWN_CHARGE, names.DUE_WHEN, names.SPEAKS}
"""Said by others they are of something else."""
FOR_ANYBODY = {names.JOINING, names.HOME, names.BARE_COMMAND, names.SUGGESTION}
REPORTS = Path(__file__).parent.parent / "knowledge" / "reports"


def winners(decisions: tuple[Decision, ...]) -> list[str]:
    return [decision.winner.name for decision in decisions]


ROWS: tuple[Gate | Intent, ...] = (*TABLE.gates, *TABLE.part_gates, *TABLE.intents)
SAMPLES = [(row.name, sample) for row in ROWS for sample in row.samples]


@pytest.mark.parametrize(("name", "sample"), SAMPLES)
def test_a_sentence_is_what_its_row_says(name: str, sample: str, question_service: QuestionService) -> None:
    who = OF_ROLES.get(name, "市科经局")
    assert winners(decide(typed_by(who, sample, question_service, TODAY), TABLE)) == [name]


def test_every_row_has_sentences_but_for_what_answers_a_prompt() -> None:
    assert {row.name for row in ROWS if not row.samples} == {names.CALLED_OFF, names.PROMPT}


@pytest.mark.parametrize("order", [one for one in ORDERS if one.name not in FOR_ANYBODY], ids=lambda order: order.name)
def test_a_visitor_hears_who_may_give_an_order(order: Order, chat: Chat, question_service: QuestionService) -> None:
    sample = order.samples[0]
    taken = winners(decide(typed_by(None, sample, question_service, TODAY), TABLE)) == [order.name]
    assert taken or order.name in OF_THOSE_CONCERNED
    if taken:
        assert re.search("只有.+(?:可以|能看)|只给已绑定的同事看", chat.say(VISITOR, sample).text), sample


# ---- how the table decides ------------------------------------------------------------------------------------------


def intent(name: str, score: int) -> Intent:
    return Intent(
        name=name,
        score=lambda _said: score,
        run=lambda context, _said: sentence(context, name),
        line=lambda _said: f"/{name}",
        samples=(),
        groups=name != "private",
    )


def table(*gates: Gate, **scores: int) -> IntentTable:
    return IntentTable(gates=gates, part_gates=(), intents=tuple(intent(*one) for one in scores.items()))


def gate(name: str, *, holds: bool) -> Gate:
    return Gate(
        name=name,
        find=lambda _said: name if holds else None,
        run=lambda context, _said, found: sentence(context, found),
    )


@pytest.fixture
def said(question_service: QuestionService) -> Utterance:
    return typed_by(None, "5G基站谁负责", question_service, TODAY)


def test_the_highest_score_wins_wherever_it_stands(said: Utterance) -> None:
    (decision,) = decide(said, table(low=10, high=60, middle=30))
    assert (decision.winner.name, decision.runner_up and decision.runner_up.name) == ("high", "middle")
    assert decision.between is None


def test_the_order_breaks_ties_only(said: Utterance) -> None:
    (decision,) = decide(said, table(low=10, first=60, second=60))
    assert decision.winner.name == "first"
    assert decision.between is None


def test_a_near_tie_is_asked_back(said: Utterance) -> None:
    (decision,) = decide(said, table(second=61 - NEAR, first=60))
    assert [intent.name for intent in decision.between or ()] == ["first", "second"]
    (decision,) = decide(said, table(second=60 - NEAR, first=60))
    assert decision.between is None


def test_what_nothing_speaks_for_is_no_runner_up(said: Utterance) -> None:
    (decision,) = decide(said, table(only=3, other=0))
    assert decision.runner_up is None
    assert decision.between is None


def test_gates_come_first_and_in_their_order(said: Utterance) -> None:
    asked = (gate("one", holds=False), gate("two", holds=True), gate("three", holds=True))
    (decision,) = decide(said, table(*asked, high=100))
    assert decision.winner.name == "two"
    assert [(one.name, found) for one, found in decision.gates] == [("one", None), ("two", "two")]


def test_a_group_is_decided_by_what_is_there_for_groups(said: Utterance) -> None:
    in_group = replace(said, actor=replace(said.actor, private=False))
    assert winners(decide(in_group, table(private=90, public=10))) == ["public"]
    assert winners(decide(replace(in_group, text="核实5G基站"), TABLE)) == [names.QUESTION]


def test_each_request_of_a_message_is_decided_by_itself(question_service: QuestionService) -> None:
    said = typed_by("市科经局", "5G基站建成620个，提醒我明天报；另外5G基站谁负责", question_service, TODAY)
    assert winners(decide(said, TABLE)) == [names.REPORT, names.REMINDER, names.QUESTION]


# ---- chat -----------------------------------------------------------------------------------------------------------


@pytest.fixture
def chat(database: Database, question_service: QuestionService) -> Chat:
    return Chat(ReminderHarness(database, question_service, TODAY))


def test_a_near_tie_is_asked_back_in_chat(chat: Chat, monkeypatch: pytest.MonkeyPatch) -> None:
    report, question = (
        next(one for one in TABLE.intents if one.name == name) for name in (names.REPORT, names.QUESTION)
    )
    close = replace(report, score=lambda _said: question.score(_said) + NEAR - 1)
    monkeypatch.setattr(free_text, "TABLE", replace(TABLE, intents=(close, question)))
    asked = chat.say(SCIENCE, "5G基站建成620个")
    assert asked.head == "您是要报进展，还是提问？"
    assert chat.tap(SCIENCE, asked, "报进展").head == "请确认：5.2 5G基站"
    assert "像是报进展" in chat.tap(SCIENCE, asked, "提问").head


def recorded(name: str, heard: list[str]) -> Any:
    def run(context: Context, *_rest: object) -> Call:
        heard.append(name)
        return sentence(context, name)

    return run


def recording(heard: list[str]) -> IntentTable:
    """The table, but whatever wins only writes down its name."""
    return IntentTable(
        gates=tuple(replace(one, run=recorded(one.name, heard)) for one in TABLE.gates),
        part_gates=tuple(replace(one, run=recorded(one.name, heard)) for one in TABLE.part_gates),
        intents=tuple(replace(one, run=recorded(one.name, heard)) for one in TABLE.intents),
    )


def spoken() -> list[str]:
    """What people say in the corpora, and the sentences of the table."""
    first = [case.turns[0].ask for case in cases()]
    files = sorted(REPORTS.glob("*.yaml"))
    told = [case["text"] for file in files for case in yaml.safe_load(file.read_text(encoding="utf-8"))["cases"]]
    return list(dict.fromkeys((*(sample for _, sample in SAMPLES), *first, *told)))


@pytest.mark.both
@pytest.mark.parametrize("migrated", ["sqlite"], indirect=True)
@pytest.mark.parametrize(("who", "step"), [(None, 8), ("办公室", 8), ("市科经局", 1 if LONG else 4)])
def test_chat_takes_a_message_for_what_explain_says(
    who: str | None, step: int, chat: Chat, question_service: QuestionService, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Of the office and of visitors every eighth sentence, of a unit every fourth, and every one where it is long."""
    heard: list[str] = []
    monkeypatch.setattr(free_text, "TABLE", recording(heard))
    texts = [text for text in spoken() if text.strip() and len(text) <= 4096][::step]
    chat.harness.services = replace(chat.harness.services, limiter=Limiter(len(texts)))
    for text in texts:
        heard.clear()
        chat.say(SPEAKERS[who], stored(text))
        explained = winners(decide(typed_by(who, text, question_service, TODAY), TABLE))
        assert sorted(heard) == sorted(explained), text


def test_explain_shows_the_table_and_the_runner_up(capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["explain", "--as", "市科经局", "--today", "2023-03-17", "5G基站建成620个"]) == 0
    lines = [line.split() for line in capsys.readouterr().out.splitlines()]
    assert ["命令", "否"] in lines
    assert ["报进展", "60"] in lines
    assert ["当作：报进展；其次：提问"] in lines
    assert any(line and line[0] == "像：报一条进展" for line in lines)
