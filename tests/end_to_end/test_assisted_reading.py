"""Declined questions put to a language model that is right, slow, wrong, or answers whatever it likes."""

import asyncio
import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import pytest
import structlog
from bot_harness import GROUP, VISITOR, Json, Talk, bot_at_work, labels, press
from model_server import NOTHING, ModelServer, model_server

import bot.model_client
from bot.cli import main
from bot.model_client import FAILURES, MOST, ModelClient
from bot.playground import people
from bot.playground.server import Site
from handlers.services.question_service import QuestionService
from knowledge.questions.model_choice import ChoiceList
from storage.database import Database

DECLINED = "村口的路灯归谁"
ENTRY = "3.2 实施乡村建设行动"
RIGHT = {"act": "who", "entry": ENTRY}
OFFERED = "AI：3.2谁负责"
NONE = "都不是"
CHOICES = ChoiceList(question=DECLINED, entries={}, units=("市住建局",), years=())
QUICK = 0.3


@pytest.fixture
async def model() -> AsyncIterator[ModelServer]:
    async with model_server() as server:
        yield server


@asynccontextmanager
async def visiting(
    site: Site, database: Database, question_service: QuestionService, model: ModelServer
) -> AsyncIterator[Talk]:
    with site.world.feed.listening() as events:
        async with bot_at_work(site, database, question_service, assistant=ModelClient(model.settings())):
            yield Talk(site, events)


@pytest.fixture
async def visitor(
    site: Site, database: Database, question_service: QuestionService, model: ModelServer
) -> AsyncIterator[Talk]:
    async with visiting(site, database, question_service, model) as chat:
        yield chat


async def declined(visitor: Talk, question: str = DECLINED) -> Json:
    answer = await visitor.ask(question)
    assert OFFERED not in labels(answer)
    assert labels(answer)[-1] == NONE
    return answer


async def asked_until(model: ModelServer, questions: int) -> None:
    async with asyncio.timeout(10):
        while len(model.questions) < questions:  # noqa: ASYNC110 - nothing tells
            await asyncio.sleep(0.01)


async def left_as_it_was(visitor: Talk, model: ModelServer) -> None:
    """The decline stays, whatever the model said; the next answer is the next thing that the bot says."""
    await asked_until(model, 1)
    assert (await visitor.ask("市交通局负责哪些任务"))["text"].startswith("市交通局")


async def test_what_it_chooses_stands_under_the_decline_and_is_answered_when_it_is_tapped(
    visitor: Talk, model: ModelServer
) -> None:
    model.says = RIGHT
    before = await declined(visitor)
    after = await visitor.heard()
    assert after["message_id"] == before["message_id"]
    assert after["text"].startswith(before["text"])
    assert "AI辅助理解" in after["text"]
    assert (labels(after)[0], labels(after)[-1]) == (OFFERED, NONE)
    assert len(labels(after)) <= 6
    assert "3.2" in (await press(visitor, after, OFFERED))["text"]


async def test_the_first_buttons_mean_what_they_said(visitor: Talk, model: ModelServer) -> None:
    model.says = RIGHT
    before = await declined(visitor)
    await visitor.heard()
    assert "2.1" in (await press(visitor, before, labels(before)[1]))["text"].partition("\n")[0]


async def test_it_is_given_names_and_no_figures_and_not_who_asks(visitor: Talk, model: ModelServer) -> None:
    await declined(visitor)
    await asked_until(model, 1)
    (asked,) = model.asked[1:]
    schema = asked["response_format"]["json_schema"]["schema"]
    names = [name for one in schema["properties"].values() for name in one["enum"]]
    assert len([name for name in schema["properties"]["entry"]["enum"] if name != "none"]) <= 20
    assert ENTRY in names
    assert asked["model"] == model.settings().model
    told = json.dumps(asked, ensure_ascii=False)
    assert str(VISITOR) not in told
    assert "访客" not in told


@pytest.mark.parametrize(
    "said",
    [
        "应该是3.2，由市住建局负责。",
        '{"act": "who", "entry": "3.2',
        json.dumps({**NOTHING, "act": "who", "entry": "9.9 没有的任务"}, ensure_ascii=False),
        json.dumps({"act": "who", "entry": ENTRY}, ensure_ascii=False),
        json.dumps([RIGHT], ensure_ascii=False),
        json.dumps({**NOTHING, **RIGHT, "answer": "市住建局"}, ensure_ascii=False),
        "[" * 50_000,
        json.dumps(NOTHING),
        json.dumps({**NOTHING, "act": "duties", "entry": ENTRY}, ensure_ascii=False),
    ],
    ids=["prose", "half", "not in the list", "keys left out", "a list", "more keys", "deep", "none", "does not fit"],
)
async def test_what_is_no_choice_changes_nothing(visitor: Talk, model: ModelServer, said: str) -> None:
    model.says = said
    await declined(visitor)
    await left_as_it_was(visitor, model)


async def test_a_slow_one_is_not_waited_for(
    site: Site,
    database: Database,
    question_service: QuestionService,
    model: ModelServer,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    async with visiting(site, database, question_service, model) as visitor:
        await declined(visitor)
        await asked_until(model, 1)
        monkeypatch.setattr(bot.model_client, "SECONDS", QUICK)
        model.says, model.seconds = RIGHT, 10 * QUICK
        await declined(visitor, "路灯谁来装")
        await asked_until(model, 2)
        assert (await visitor.ask("市交通局负责哪些任务"))["text"].startswith("市交通局")


async def test_an_edited_question_is_not_overwritten_by_what_was_chosen_for_the_old_one(
    visitor: Talk, model: ModelServer
) -> None:
    model.says, model.seconds = RIGHT, QUICK
    await declined(visitor)
    await asked_until(model, 1)  # of a question that is edited before, it is not asked
    people.edit(visitor.site.world, VISITOR, VISITOR, visitor.question()["message_id"], "市交通局负责哪些任务")
    assert (await visitor.heard())["text"].startswith("市交通局")
    assert OFFERED not in labels(await visitor.ask("谢谢"))
    assert OFFERED not in labels(visitor.messages()[1])


@pytest.mark.parametrize("said", ["市交通局负责哪些任务", "你好", "征迁补偿的底价是多少", "田镇负责哪些任务"])
async def test_it_hears_only_what_was_declined_and_may_be_said(visitor: Talk, model: ModelServer, said: str) -> None:
    await visitor.ask(said)
    await declined(visitor)
    await asked_until(model, 1)
    assert model.questions == [DECLINED]


async def test_numbers_of_people_are_kept_from_it(visitor: Talk, model: ModelServer) -> None:
    await visitor.ask(f"{DECLINED}13812345678")
    await asked_until(model, 1)
    assert model.questions == [f"{DECLINED}〈号码〉"]


async def test_a_group_is_left_alone(visitor: Talk, model: ModelServer) -> None:
    group = Talk(visitor.site, visitor.events, person=VISITOR, chat=GROUP)
    model.says = RIGHT
    await group.ask(f"@{visitor.site.world.cast.bot_username} {DECLINED}")
    await declined(visitor)
    await visitor.heard()
    assert len(model.questions) == 1


# The client


async def test_one_that_writes_prose_when_it_is_tried_out_is_never_asked(model: ModelServer) -> None:
    model.trial = "我是一个人工智能助手，很高兴为您服务。"
    client = ModelClient(model.settings())
    assert await client.choose(CHOICES) is None
    assert await client.choose(CHOICES) is None
    assert model.questions == []
    assert len(model.asked) == 1


async def test_one_that_is_away_at_first_is_tried_out_later(model: ModelServer) -> None:
    model.status = 503
    client = ModelClient(model.settings())
    assert await client.choose(CHOICES) is None
    model.status = 200
    assert await client.choose(CHOICES) == NOTHING


async def test_after_some_failures_it_is_left_alone_for_a_while(
    model: ModelServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    client = ModelClient(model.settings())
    assert await client.choose(CHOICES) == NOTHING
    model.says = "不知道"
    for _ in range(2 * FAILURES):
        assert await client.choose(CHOICES) is None
    assert len(model.questions) == 1 + FAILURES
    monkeypatch.setattr(bot.model_client, "monotonic", lambda: float("inf"))
    model.says = {}
    assert await client.choose(CHOICES) == NOTHING


async def test_an_answer_without_end_is_not_read_to_its_end(model: ModelServer) -> None:
    client = ModelClient(model.settings())
    model.says = "长" * MOST
    assert await client.choose(CHOICES) is None


async def test_its_key_is_sent_and_never_logged(model: ModelServer) -> None:
    client = ModelClient(model.settings(key="sk-secret"))
    with structlog.testing.capture_logs() as logged:
        assert await client.choose(CHOICES) == NOTHING
        model.status = 401
        assert await client.choose(CHOICES) is None
    assert "sk-secret" not in str(logged)
    assert DECLINED not in str(logged)
    assert [one["outcome"] for one in logged if one["event"] == "assistant asked"] == ["chosen", "status 401"]


def test_the_command_line_never_asks_it(
    model: ModelServer, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("DUBAN_ASSISTANT__URL", "http://127.0.0.1:1/v1")
    monkeypatch.setenv("DUBAN_ASSISTANT__APPROVAL", "省数据局统一接口")
    assert main(["ask", DECLINED]) in {0, 1}
    assert "AI" not in capsys.readouterr().out
    assert model.asked == []
