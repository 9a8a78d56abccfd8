"""/outbox and `duban outbox`: the office sees what does not arrive, and decides."""

import json
from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta

import pytest
from bot_harness import TRAFFIC, VISITOR, Talk, bot_at_work, labels, press
from office_harness import INTERNAL, OFFICE, SUPERVISOR
from outbox_harness import PLAN, OutboxHarness

from bot.commands.outbox import outbox as on_a_terminal
from bot.playground.server import serve as serve_playground
from handlers.broadcast import texts_outbox as texts
from handlers.services.question_service import QuestionService
from handlers.texts.marks import bold
from storage import audit, claims
from storage.chats import mark_blocked
from storage.database import Database
from storage.outbox import DeliveryReason, OutboxKind, OutboxState
from storage.outbox_view import Overview, list_troubled, overview, unreachable


@pytest.fixture
async def harness(database: Database) -> AsyncIterator[OutboxHarness]:
    async with serve_playground() as site:
        with site.world.feed.listening() as events:
            yield OutboxHarness(site, database, events)


@pytest.fixture
async def office(harness: OutboxHarness, troubled: list[int], question_service: QuestionService) -> AsyncIterator[Talk]:  # noqa: ARG001 - first
    async with bot_at_work(harness.site, harness.database, question_service, service=INTERNAL):
        yield harness.talk(OFFICE)


@pytest.fixture
def troubled(harness: OutboxHarness) -> list[int]:
    """A failed notice and an announcement of unknown fate, both for the traffic office's liaison."""
    numbers = harness.enqueue(
        harness.letter(TRAFFIC, bold("5G基站") + "有进展"),
        harness.letter(TRAFFIC, "明天开会", kind=OutboxKind.ANNOUNCEMENT),
    )
    now = datetime.now(UTC)
    with harness.database.write() as session:
        claims.claim(session, worker=1, limit=10, now=now, plan_now=now)
        claims.fail(session, numbers[:1], reason=DeliveryReason.REFUSED)
        claims.doubt(session, numbers[1:], at=now)
    return numbers


async def test_the_office_sees_how_things_stand(office: Talk) -> None:
    shown = await office.ask("/outbox")
    assert shown["text"].splitlines() == [
        "有 1 条不知是否送达，请决定重发或作罢。",
        "待发 0 条，正在发 0 条",
        "没送达 1 条，不知是否送达 1 条",
        "收不到的人 0 个",
        "近 30 天：已发 0 条，过期未发 0 条，不再发 0 条（停用、锁定、离任、作罢的），断线后重发 0 条（可能重复）",
    ]
    assert labels(shown) == ["逐条处理（2）"]


@pytest.mark.usefixtures("office")
async def test_others_are_told_that_it_is_the_offices(harness: OutboxHarness) -> None:
    for person in (VISITOR, TRAFFIC, SUPERVISOR):
        said = await harness.talk(person).ask("/outbox")
        assert said["text"].startswith("只有办公室可以看发送情况")


async def test_each_case_says_why_and_what_to_do(office: Talk, troubled: list[int]) -> None:
    first = await press(office, await office.ask("/outbox"), "逐条处理（2）")
    lines = first["text"].splitlines()
    assert lines[0] == "没送达，第 1 条，共 2 条"
    assert lines[1].startswith("告知，2023-03-0")
    assert lines[1].endswith("发给市交通局联络员（市交通局联络员）")
    assert lines[2:] == [
        "原因：Telegram 拒收",
        "怎么办：可以重发一次。还不行的，把编号告诉维护人员查日志",
        "内容：5G基站有进展",
        f"编号 {troubled[0]}",
    ]
    assert labels(first) == ["重发", "作罢", "下一条"]
    second = await press(office, first, "下一条")
    assert "原因：发出后没有回音\n怎么办：请先问对方收到没有" in second["text"]
    assert (await press(office, second, "下一条"))["text"] == "看完了，还有 2 条没处理。"


async def test_what_is_sent_again_arrives_and_what_is_given_up_does_not(
    harness: OutboxHarness, office: Talk, troubled: list[int]
) -> None:
    first = await press(office, await office.ask("/outbox"), "逐条处理（2）")
    second = await press(office, first, "重发")
    assert "明天开会" in second["text"]
    assert (await press(office, second, "作罢"))["text"] == "没有要处理的。"
    await harness.all_in([OutboxState.SENT, OutboxState.SKIPPED], troubled)
    assert harness.said(TRAFFIC) == ["5G基站有进展"]
    with harness.database.read() as session:
        done = [(entry.action, entry.subject) for entry in audit.read(session) if entry.subject.startswith("outbox")]
    assert done == [("send_again", f"outbox:{troubled[0]}"), ("give_up", f"outbox:{troubled[1]}")]
    assert (await office.ask(f"/outbox {troubled[0]} 重发"))["text"] == "这一条已经处理过了。"
    assert (await office.ask("/outbox 99999 作罢"))["text"] == "这一条已经处理过了。"


async def test_who_cannot_be_reached_is_listed(harness: OutboxHarness, office: Talk) -> None:
    with harness.database.write() as session:
        mark_blocked(session, TRAFFIC)
    listed = await press(office, await office.ask("/outbox"), "收不到的人（1）")
    assert listed["text"].startswith("1 人收不到机器人的消息\n1. 市交通局联络员（市交通局联络员）")


def test_on_a_terminal(harness: OutboxHarness, troubled: list[int], capsys: pytest.CaptureFixture[str]) -> None:
    def run(*, as_json: bool = False, retry: int | None = None, drop: int | None = None) -> tuple[int, str]:
        url = harness.database.url.render_as_string(hide_password=False)
        status = on_a_terminal(as_json=as_json, retry=retry, drop=drop, database=url, config=None)
        captured = capsys.readouterr()
        return status, captured.out or captured.err

    status, shown = run()
    assert status == 0
    assert "有 1 条不知是否送达" in shown
    assert f"{troubled[0]} 号，没送达\n  告知，" in shown
    assert "\n  原因：Telegram 拒收\n" in shown
    assert run(retry=troubled[1]) == (0, f"{troubled[1]} 号已放回待发，运行中的机器人几秒内就发。\n")
    assert run(drop=troubled[0]) == (0, f"{troubled[0]} 号已作罢，不再发。\n")
    assert run(drop=troubled[0]) == (1, "没有这个编号，或已经处理过了；duban outbox 列出全部。\n")
    found = json.loads(run(as_json=True)[1])
    assert found["counts"] == {"queued": 1, "skipped": 1}
    assert found["troubled"] == []
    with harness.database.read() as session:
        actors = [entry.actor for entry in audit.read(session) if entry.subject.startswith("outbox")]
    assert actors == [audit.CONSOLE] * 2


# What the overview counts


def test_lag_is_the_time_since_the_oldest_should_have_gone(harness: OutboxHarness) -> None:
    hour = timedelta(hours=1)
    start = datetime.now(UTC)
    plan_now = datetime(2023, 3, 1, tzinfo=UTC)

    def lag(*, later: timedelta) -> timedelta:
        with harness.database.read() as session:
            now = start + later
            return overview(session, PLAN, since=start - hour, now=now, plan_now=plan_now + later).lag

    assert lag(later=2 * hour) == timedelta(0)
    harness.enqueue(harness.letter(TRAFFIC, "以后", not_before=plan_now + 3 * hour))
    assert lag(later=2 * hour) == timedelta(0)
    assert lag(later=5 * hour) == 2 * hour
    harness.enqueue(harness.letter(TRAFFIC, "马上"))
    assert hour < lag(later=2 * hour) <= 2 * hour


def test_unreachable_are_those_who_stopped_the_bot_or_never_wrote(harness: OutboxHarness) -> None:
    with harness.database.write() as session:
        assert unreachable(session, PLAN) == ()
        mark_blocked(session, TRAFFIC, VISITOR)
        assert unreachable(session, PLAN) == (harness.members[TRAFFIC],)
        assert unreachable(session, "another") == ()
        assert list_troubled(session) == ()


@pytest.mark.parametrize(
    ("found", "lost", "said"),
    [
        (Overview(counts={}, lag=timedelta(0), repeated=0), 0, "发送正常。"),
        (Overview(counts={}, lag=timedelta(0), repeated=0), 2, "发送正常，但有 2 人收不到。"),
        (Overview(counts={}, lag=timedelta(hours=3), repeated=0), 2, "有积压：最早一条晚了 3 小时。"),
        (Overview(counts={OutboxState.FAILED: 2}, lag=timedelta(0), repeated=0), 0, "有 2 条没送达，请看原因。"),
    ],
    ids=["well", "some lost", "late", "failed"],
)
def test_the_first_line_says_what_matters_most(found: Overview, lost: int, said: str) -> None:
    assert texts.verdict(found, lost) == said


def test_every_reason_that_a_person_sees_says_what_to_do() -> None:
    shown = {reason for reason in DeliveryReason if reason in texts.REASONS}
    skipped = {
        DeliveryReason.LOCKED,
        DeliveryReason.FORGOTTEN,
        DeliveryReason.UNBOUND,
        DeliveryReason.NEVER_WROTE,
        DeliveryReason.GIVEN_UP,
    }
    assert shown | skipped == set(DeliveryReason)
    assert set(texts.KINDS) == set(OutboxKind)
