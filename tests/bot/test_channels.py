"""A bot in a channel that can do little: what is said arrives in other ways, and what is replied is understood."""

import asyncio
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

from bot_harness import PATIENCE
from plain_channel import ADDRESS, PERSON, PlainChannel, bot_in_plain_channel
from sqlalchemy import select

from handlers.chat.capabilities import Capabilities
from storage.chats import ChatKind, see_chat, see_person
from storage.database import Database
from storage.outbox import Letter, OutboxKind, OutboxRow, OutboxState, enqueue
from storage.prompts import set_prompt

TEXT_ONLY = Capabilities(message_bytes=300, buttons=False, edits=False, toasts=False, files=False, proactive=True)
ANSWERS_ONLY = replace(TEXT_ONLY, proactive=False)
BUTTONS_ONLY = replace(TEXT_ONLY, message_bytes=2048, buttons=True)


def known(database: Database) -> None:
    with database.write() as session:
        see_chat(session, chat=ADDRESS, kind=ChatKind.PRIVATE, title=None, now=datetime.now(UTC))
        see_person(session, person=ADDRESS, name="", now=datetime.now(UTC))


def put(database: Database, text: str, kind: OutboxKind = OutboxKind.NOTICE) -> int:
    letter = Letter(kind=kind, occurrence=text[:5], plan="wuxue-2021-26", chat=PERSON, text=text)
    with database.write() as session:
        number = enqueue(session, letter, now=datetime.now(UTC))
    assert number is not None
    return number


def row(database: Database, number: int) -> OutboxRow:
    with database.read() as session:
        return session.scalars(select(OutboxRow).where(OutboxRow.id == number)).one()


async def until(database: Database, number: int, *states: OutboxState) -> OutboxRow:
    async with asyncio.timeout(PATIENCE):
        while row(database, number).state not in states:  # noqa: ASYNC110
            await asyncio.sleep(0.02)
    return row(database, number)


async def test_a_number_is_the_tap_on_that_button(database: Database, tmp_path: Path) -> None:
    channel = PlainChannel(TEXT_ONLY)
    async with bot_in_plain_channel(channel, database, tmp_path) as talk:
        await talk.say("甲")
        (shown,) = await channel.heard(1)
        assert "回复 1：牵头的\n回复 2：目标" in shown
        await talk.say("2")
        assert (await channel.heard(2))[-1].startswith("答：目标呢")
        await talk.say("第一个")
        assert (await channel.heard(3))[-1].startswith("答：其中牵头的呢")
        await talk.say("5")
        assert (await channel.heard(4))[-1].startswith("答：5")


async def test_while_something_is_to_be_typed_a_number_is_what_is_typed(database: Database, tmp_path: Path) -> None:
    channel = PlainChannel(TEXT_ONLY)
    now = datetime.now(UTC)
    async with bot_in_plain_channel(channel, database, tmp_path) as talk:
        await talk.say("甲")
        await channel.heard(1)
        with database.write() as session:
            set_prompt(
                session,
                chat_id=PERSON,
                person_id=PERSON,
                command="/ask",
                turn=None,
                expires_at=now.replace(year=now.year + 1),
            )
        await talk.say("1")
        assert (await channel.heard(2))[-1].startswith("答：1\n")


async def test_pages_are_turned_by_their_numbers_in_new_messages(database: Database, tmp_path: Path) -> None:
    channel = PlainChannel(TEXT_ONLY)
    async with bot_in_plain_channel(channel, database, tmp_path) as talk:
        await talk.say("很多")
        first = await channel.heard(1)
        assert "第 1/3 页" in first[0]
        assert "回复 第2页：下一页" in first[0]
        await talk.say("第2页")
        assert any("第 2/3 页" in one for one in (await channel.heard(2))[1:])


async def test_a_toast_is_a_message_where_there_are_none(database: Database, tmp_path: Path) -> None:
    channel = PlainChannel(BUTTONS_ONLY)
    async with bot_in_plain_channel(channel, database, tmp_path) as talk:
        await talk.say("甲")
        await channel.heard(1)
        await talk.tap("2:999:0")
        assert (await channel.heard(2))[-1] == "这条回复已过期，请重新提问"


async def test_what_may_not_be_sent_first_waits_until_somebody_writes(database: Database, tmp_path: Path) -> None:
    known(database)
    channel = PlainChannel(ANSWERS_ONLY)
    number = put(database, "有一件事要告诉您")
    async with bot_in_plain_channel(channel, database, tmp_path) as talk:
        await asyncio.sleep(0.3)
        assert row(database, number).state is OutboxState.QUEUED
        await talk.say("甲")
        assert (await channel.heard(2))[-1] == "有一件事要告诉您"
        await until(database, number, OutboxState.SENT)


async def test_a_long_letter_arrives_in_pages(database: Database, tmp_path: Path) -> None:
    known(database)
    channel = PlainChannel(TEXT_ONLY)
    number = put(database, "\n".join(f"第{place}行，要告诉您的事" for place in range(20)))
    async with bot_in_plain_channel(channel, database, tmp_path):
        sent = await until(database, number, OutboxState.SENT)
    assert [one.splitlines()[-1] for one in channel.shown] == [
        f"（{page}/{len(channel.shown)}）" for page in range(1, len(channel.shown) + 1)
    ]
    assert sent.message_id is None  # to delete its last page would not take it back


async def test_an_announcement_of_which_a_part_went_out_is_not_repeated(database: Database, tmp_path: Path) -> None:
    known(database)
    channel = PlainChannel(TEXT_ONLY, away_at=1)
    text = "\n".join(f"第{place}行，要告诉您的事" for place in range(20))
    number = put(database, text, OutboxKind.ANNOUNCEMENT)
    async with bot_in_plain_channel(channel, database, tmp_path):
        await until(database, number, OutboxState.UNCERTAIN)
    assert len(channel.shown) == 1
