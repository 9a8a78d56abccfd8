"""What is in the outbox arrives once, in order; what may not have arrived is not sent again unless that is safe."""

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import AsyncExitStack
from datetime import UTC, datetime, timedelta

import pytest
from addresses import at, telegram_by
from bot_harness import GROUP, PATIENCE, TRAFFIC, VISITOR, Door
from office_harness import HEAD, MEICHUAN, OFFICE, SCIENCE, SUPERVISOR
from outbox_harness import OutboxHarness
from telegram import Bot
from telegram.error import BadRequest, Forbidden

from bot.limiter import SendLimiter
from bot.outbox import OutboxSender
from bot.pace import LOOPBACK
from bot.playground.api_errors import ApiError, too_many_requests
from bot.playground.server import serve as serve_playground
from bot.telegram.errors import refusal
from handlers.services.clock import PlanClock
from storage import claims
from storage.chats import ChatKind, get_chat, mark_blocked, see_chat
from storage.database import Database
from storage.dialogs import get_turn, open_turn
from storage.outbox import DeliveryReason, OutboxKind, OutboxState, enqueue_all
from storage.people import set_locked
from storage.workers import worker_for

SENT = (OutboxState.SENT,)
DONE = (OutboxState.SENT, OutboxState.FAILED, OutboxState.EXPIRED, OutboxState.SKIPPED, OutboxState.UNCERTAIN)
CROWD = (VISITOR, TRAFFIC, SCIENCE, MEICHUAN, SUPERVISOR, OFFICE, HEAD, 510008)


@pytest.fixture
async def harness(database: Database) -> AsyncIterator[OutboxHarness]:
    async with serve_playground() as site:
        with site.world.feed.listening() as events:
            yield OutboxHarness(site, database, events)


def claim_all(harness: OutboxHarness, worker: int = 1) -> None:
    """What a process does before it dies: claim, and no more."""
    now = datetime.now(UTC)
    with harness.database.write() as session:
        claims.claim(session, worker=worker, limit=100, now=now, plan_now=now)


async def test_what_waits_arrives_once_and_in_order(harness: OutboxHarness) -> None:
    numbers = harness.enqueue(*(harness.letter(person, f"第{turn}条") for turn in range(1, 6) for person in CROWD))
    async with harness.at_work():
        await harness.all_in(SENT, numbers)
    for person in CROWD:
        assert harness.said(person) == [f"第{turn}条" for turn in range(1, 6)]
    row = harness.row(numbers[0])
    assert (row.attempts, row.repeats, row.text) == (1, 0, "")
    assert row.message_id == harness.talk(VISITOR).messages()[-5]["message_id"]
    assert row.sent_day is not None


async def test_what_is_enqueued_while_the_bot_works_is_seen(harness: OutboxHarness) -> None:
    async with harness.at_work():
        await harness.talk(VISITOR).ask("甲")
        (number,) = harness.enqueue(harness.letter(OFFICE, "有进展"))
        await harness.talk(VISITOR).ask("乙")  # whatever is handled may have enqueued something
        await harness.all_in(SENT, [number])


async def test_buttons_of_what_arrived_work(harness: OutboxHarness) -> None:
    with harness.database.write() as session:
        turn = open_turn(
            session,
            chat_id=VISITOR,
            person_id=VISITOR,
            message_id=None,
            question="",
            memory_before="",
            buttons=["丙"],
            now=datetime.now(UTC),
        )
    (number,) = harness.enqueue(harness.letter(VISITOR, "请看", turn=turn, keyboard=((("看", f"2:{turn}:0"),),)))
    async with harness.at_work():
        message = await harness.talk(VISITOR).heard()
        await harness.all_in(SENT, [number])
        with harness.database.read() as session:
            kept = get_turn(session, turn)
        assert kept is not None
        assert kept.answer_id == message["message_id"]
        await harness.talk(VISITOR).tap(message, "看")
        assert "答：丙" in (await harness.talk(VISITOR).heard())["text"]


async def test_the_most_urgent_goes_first(harness: OutboxHarness) -> None:
    kinds = (OutboxKind.DIGEST, OutboxKind.REMINDER, OutboxKind.NOTICE)
    numbers = harness.enqueue(*(harness.letter(VISITOR, kind.value, kind=kind) for kind in kinds))
    async with harness.at_work():
        await harness.all_in(SENT, numbers)
    assert harness.said(VISITOR) == ["notice", "reminder", "digest"]


async def test_plan_time_decides_when_and_machine_time_what_for(harness: OutboxHarness) -> None:
    now, hour = datetime.now(UTC), timedelta(hours=1)
    early, old, due = harness.enqueue(
        harness.letter(VISITOR, "以后再说", not_before=datetime(2023, 3, 2, tzinfo=UTC)),
        harness.letter(VISITOR, "早过期了", expires_at=now - hour),
        harness.letter(VISITOR, "到时候了", not_before=datetime(2023, 2, 28, tzinfo=UTC), expires_at=now + hour),
    )
    async with harness.at_work():
        await harness.all_in(DONE, [old, due])
    assert harness.said(VISITOR) == ["到时候了"]
    assert harness.row(early).state is OutboxState.QUEUED
    assert harness.row(old).state is OutboxState.EXPIRED


async def test_who_was_locked_meanwhile_gets_nothing(harness: OutboxHarness) -> None:
    locked, other = harness.enqueue(harness.letter(TRAFFIC, "有进展"), harness.letter(SCIENCE, "有进展"))
    with harness.database.write() as session:
        set_locked(session, harness.members[TRAFFIC], datetime.now(UTC))
    async with harness.at_work():
        await harness.all_in(DONE, [locked, other])
    assert harness.row(locked).state is OutboxState.SKIPPED
    assert harness.said(TRAFFIC) == []


# Crashes, outages, clocks


async def test_a_clock_set_back_holds_up_nothing_that_waits(
    harness: OutboxHarness, monkeypatch: pytest.MonkeyPatch
) -> None:
    """An hour back, and what was enqueued or put off by the old time would wait for it."""
    ahead = [timedelta(hours=1)]
    monkeypatch.setattr("bot.outbox.machine_now", lambda: datetime.now(UTC) + ahead[0])
    (before,) = harness.enqueue(harness.letter(VISITOR, "以前的"))
    async with harness.at_work():
        await harness.all_in(SENT, [before])
        old, ahead[0] = datetime.now(UTC) + ahead[0], timedelta(0)
        with harness.database.write() as session:
            (waiting,) = enqueue_all(session, [harness.letter(VISITOR, "有进展")], now=old)
        assert waiting is not None
        await harness.all_in(SENT, [waiting])
    assert harness.said(VISITOR) == ["以前的", "有进展"]


async def test_claimed_and_not_sent_before_the_crash_is_sent_and_counted(harness: OutboxHarness) -> None:
    (number,) = harness.enqueue(harness.letter(VISITOR, "有进展"))
    claim_all(harness)
    async with harness.at_work():
        await harness.all_in(SENT, [number])
    assert harness.said(VISITOR) == ["有进展"]
    assert harness.row(number).repeats == 1


async def test_an_announcement_whose_fate_a_crash_left_unknown_asks_the_office(harness: OutboxHarness) -> None:
    (number,) = harness.enqueue(harness.letter(TRAFFIC, "明天开会", kind=OutboxKind.ANNOUNCEMENT))
    claim_all(harness)
    async with harness.at_work():
        said = await harness.talk(OFFICE).heard()
    assert "有 1 条通知不知是否送达" in said["text"]
    assert harness.said(TRAFFIC) == []
    row = harness.row(number)
    assert (row.state, row.reason) == (OutboxState.UNCERTAIN, DeliveryReason.DIED)


async def test_without_an_answer_it_is_sent_again_only_where_that_is_safe(harness: OutboxHarness) -> None:
    door = Door()
    door.mute = {"sendMessage"}
    async with door.before(harness.site) as address:
        (safe,) = harness.enqueue(harness.letter(VISITOR, "有进展"))
        async with harness.at_work(server=address):
            await harness.all_in(SENT, [safe])
        door.mute = {"sendMessage"}
        (unsafe,) = harness.enqueue(harness.letter(TRAFFIC, "明天开会", kind=OutboxKind.ANNOUNCEMENT))
        async with harness.at_work(server=address):
            await harness.all_in(DONE, [unsafe])
    assert harness.said(VISITOR) == ["有进展", "有进展"]
    assert harness.row(safe).repeats == 1
    assert harness.said(TRAFFIC) == ["明天开会"]
    row = harness.row(unsafe)
    assert (row.state, row.reason) == (OutboxState.UNCERTAIN, DeliveryReason.NO_ANSWER)


async def test_stopping_finishes_what_is_on_the_wire_and_puts_back_the_rest(harness: OutboxHarness) -> None:
    numbers = harness.enqueue(*(harness.letter(VISITOR, f"第{turn}条") for turn in range(30)))
    async with harness.at_work():
        await harness.talk(VISITOR).heard()
    rows = [harness.row(number) for number in numbers]
    assert {row.state for row in rows} <= {OutboxState.SENT, OutboxState.QUEUED}
    assert len(harness.said(VISITOR)) == sum(row.state is OutboxState.SENT for row in rows)
    async with harness.at_work():
        await harness.all_in(SENT, numbers)
    assert harness.said(VISITOR) == [f"第{turn}条" for turn in range(30)]
    assert {harness.row(number).repeats for number in numbers} == {0}


async def test_while_the_server_is_away_nothing_is_lost_or_sent_twice(harness: OutboxHarness) -> None:
    door = Door()
    door.deaf = {"sendMessage"}
    numbers = harness.enqueue(*(harness.letter(person, "有进展") for person in CROWD))
    async with door.before(harness.site) as address, harness.at_work(server=address):
        async with asyncio.timeout(PATIENCE):
            await door.knocked.wait()
        door.deaf = set()
        await harness.all_in(SENT, numbers)
    assert [harness.said(person) for person in CROWD] == [["有进展"]] * len(CROWD)


# Refusals


@pytest.fixture
def refusing(harness: OutboxHarness) -> Callable[..., None]:
    """Let the server refuse the next message to a chat."""
    gate = harness.site.world.gate
    waiting: dict[int, list[ApiError]] = {}
    harness.site.world.book.set_fact("settings", {"limits": True})

    def pass_one(chat: int) -> None:
        if waiting.get(chat):
            raise waiting[chat].pop(0)

    gate.pass_one = pass_one  # type: ignore[method-assign]
    return lambda chat, *refusals: waiting.setdefault(chat, []).extend(refusals)


async def test_too_many_requests_are_obeyed_and_the_message_arrives(
    harness: OutboxHarness, refusing: Callable[..., None]
) -> None:
    refusing(VISITOR, too_many_requests(1))
    first, other = harness.enqueue(harness.letter(VISITOR, "一"), harness.letter(OFFICE, "二"))
    async with harness.at_work():
        await harness.all_in(SENT, [first, other])
    row = harness.row(first)
    assert (row.attempts, row.repeats) == (2, 0)
    assert harness.said(VISITOR) == ["一"]


async def test_what_looks_like_markup_is_said_to_the_letter(harness: OutboxHarness) -> None:
    (number,) = harness.enqueue(harness.letter(VISITOR, "<b>有进展"))
    async with harness.at_work():
        await harness.all_in(SENT, [number])
    assert harness.said(VISITOR) == ["<b>有进展"]


async def test_what_telegram_will_never_take_fails_with_its_reason(harness: OutboxHarness) -> None:
    long, next_one = harness.enqueue(harness.letter(VISITOR, "长" * 5000), harness.letter(VISITOR, "短"))
    async with harness.at_work():
        await harness.all_in(DONE, [long, next_one])
    row = harness.row(long)
    assert (row.state, row.reason) == (OutboxState.FAILED, DeliveryReason.TOO_LONG)
    assert harness.said(VISITOR) == ["短"]


@pytest.mark.parametrize("gone", [OutboxHarness.block, OutboxHarness.deactivate], ids=["blocked", "deactivated"])
async def test_whom_the_bot_cannot_reach_the_supervisors_and_the_office_hear_of_once(
    harness: OutboxHarness, gone: Callable[[OutboxHarness, int], None]
) -> None:
    gone(harness, TRAFFIC)
    numbers = harness.enqueue(harness.letter(TRAFFIC, "一"), harness.letter(TRAFFIC, "二"))
    async with harness.at_work():
        assert "市交通局联络员（市交通局联络员）收不到机器人的消息" in (await harness.talk(SUPERVISOR).heard())["text"]
        await harness.all_in(DONE, numbers)
        numbers += harness.enqueue(harness.letter(TRAFFIC, "三"))
        await harness.talk(VISITOR).ask("甲")
        await harness.all_in(DONE, numbers)
    assert [harness.row(number).state for number in numbers] == [
        OutboxState.FAILED,
        OutboxState.SKIPPED,
        OutboxState.SKIPPED,
    ]
    with harness.database.read() as session:
        chat = get_chat(session, TRAFFIC)
    assert chat is not None
    assert chat.blocked
    assert [len(harness.said(person)) for person in (SUPERVISOR, OFFICE)] == [1, 1]


async def test_who_stopped_the_bot_before_anything_was_sent_is_told_of_too(harness: OutboxHarness) -> None:
    with harness.database.write() as session:
        mark_blocked(session, TRAFFIC)
    harness.enqueue(harness.letter(TRAFFIC, "一"))
    async with harness.at_work():
        assert "收不到机器人的消息" in (await harness.talk(OFFICE).heard())["text"]


async def test_a_group_that_became_a_supergroup_gets_what_waited(
    harness: OutboxHarness, refusing: Callable[..., None]
) -> None:
    with harness.database.write() as session:
        see_chat(session, chat=at(GROUP), kind=ChatKind.GROUP, title="工作群", now=datetime.now(UTC))
    new = -1004100001
    moved = ApiError(400, "Bad Request: group chat was upgraded to a supergroup chat", {"migrate_to_chat_id": new})
    refusing(GROUP, moved)
    (number,) = harness.enqueue(harness.letter(GROUP, "有进展"))
    async with harness.at_work():
        await harness.all_in(DONE, [number])
    row = harness.row(number)
    assert (row.chat_id, row.reason) == (new, DeliveryReason.NOT_FOUND)  # the playground has no such chat


async def test_a_recall_deletes_the_message_or_says_that_it_no_longer_holds(harness: OutboxHarness) -> None:
    fresh = harness.site.world.new_message(VISITOR, harness.site.world.cast.bot_id, {"text": "明天开会"})
    old = harness.site.world.new_message(TRAFFIC, harness.site.world.cast.bot_id, {"text": "明天开会"})
    harness.site.world.change_message(old | {"date": old["date"] - 49 * 3600})
    targets = {VISITOR: fresh["message_id"], TRAFFIC: old["message_id"], SCIENCE: 1}
    numbers = harness.enqueue(
        *(harness.letter(one, "已撤回", kind=OutboxKind.RECALL, target=target) for one, target in targets.items())
    )
    async with harness.at_work():
        await harness.all_in(SENT, numbers)
    assert harness.said(VISITOR) == []
    assert harness.said(TRAFFIC) == ["明天开会", "已撤回"]
    assert harness.said(SCIENCE) == []
    assert [harness.row(number).message_id is None for number in numbers] == [True, False, True]


# Several processes


async def test_two_processes_send_nothing_twice(harness: OutboxHarness) -> None:
    if "postgresql" not in harness.database.url.drivername:
        pytest.skip("one process sends on SQLite")
    numbers = harness.enqueue(*(harness.letter(person, f"第{turn}条") for turn in range(20) for person in CROWD))
    stop = asyncio.Event()
    async with AsyncExitStack() as stack:
        tasks = []
        for _ in range(2):
            bot = await stack.enter_async_context(Bot(harness.site.world.token, base_url=harness.site.base_url))
            post = OutboxSender(
                telegram_by(bot),
                harness.database,
                SendLimiter(LOOPBACK),
                PlanClock(),
                worker_for(harness.database),
                stop,
            )
            tasks.append(asyncio.create_task(post.run()))
        try:
            await harness.all_in(SENT, numbers)
        finally:
            stop.set()
            await asyncio.gather(*tasks)
    for person in CROWD:
        assert sorted(harness.said(person)) == sorted(f"第{turn}条" for turn in range(20))
    workers = {harness.row(number).worker for number in numbers}
    assert len(workers) == 2


# What errors mean


@pytest.mark.parametrize(
    ("error", "reason"),
    [
        (Forbidden("Forbidden: bot was blocked by the user"), DeliveryReason.BLOCKED),
        (Forbidden("Forbidden: bot was kicked from the supergroup chat"), DeliveryReason.BLOCKED),
        (Forbidden("Forbidden: user is deactivated"), DeliveryReason.DEACTIVATED),
        (Forbidden("Forbidden: bot can't initiate conversation with a user"), DeliveryReason.NOT_FOUND),
        (BadRequest("Bad Request: chat not found"), DeliveryReason.NOT_FOUND),
        (BadRequest("Bad Request: not enough rights to send text messages to the chat"), DeliveryReason.BLOCKED),
        (BadRequest("Bad Request: message is too long"), DeliveryReason.TOO_LONG),
        (BadRequest("Bad Request: BUTTON_DATA_INVALID"), DeliveryReason.REFUSED),
    ],
    ids=lambda one: getattr(one, "message", one),
)
def test_telegrams_words_say_why(error: BadRequest | Forbidden, reason: DeliveryReason) -> None:
    assert refusal(error).reason is reason
