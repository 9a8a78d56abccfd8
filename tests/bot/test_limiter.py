"""Waiting for one's turn: in time of the event loop, safely cancelled, given up when the program ends."""

import asyncio
from datetime import timedelta

import pytest
from bot_harness import PATIENCE
from telegram.error import RetryAfter

from bot.limiter import SendLimiter
from bot.pace import LOOPBACK, TELEGRAM, Pace, Window
from bot.retry import StoppedError

ONE_AT_A_TIME = Pace(overall=Window(2, 1.0), private=Window(1, 0.0), slack=1000.0)
"""A chat is free as soon as its message is answered, so that a test need not wait for time to pass."""


async def send(limiter: SendLimiter, chat: int, done: list[int], go: asyncio.Event | None = None) -> None:
    async with limiter.turn(chat):
        done.append(chat)
        if go:
            await go.wait()


async def settle() -> None:
    """Let every task come as far as it can."""
    for _ in range(10):
        await asyncio.sleep(0)


async def test_a_chats_second_message_waits_until_the_first_is_answered() -> None:
    limiter, done, go = SendLimiter(ONE_AT_A_TIME), list[int](), asyncio.Event()
    async with asyncio.timeout(PATIENCE), asyncio.TaskGroup() as group:
        group.create_task(send(limiter, 7, done, go))
        await settle()
        group.create_task(send(limiter, 7, done))
        group.create_task(send(limiter, 8, done))
        await settle()
        assert done == [7, 8]
        go.set()
    assert done == [7, 8, 7]


async def test_who_is_cancelled_while_waiting_leaves_no_gap() -> None:
    limiter, done, go = SendLimiter(ONE_AT_A_TIME), list[int](), asyncio.Event()
    async with asyncio.timeout(PATIENCE), asyncio.TaskGroup() as group:
        group.create_task(send(limiter, 7, done, go))
        await settle()
        impatient = group.create_task(send(limiter, 7, done))
        group.create_task(send(limiter, 7, done))
        await settle()
        impatient.cancel()
        go.set()
    assert done == [7, 7]
    assert limiter.crowd() == 0


async def test_who_is_cancelled_just_as_the_turn_comes_passes_it_on() -> None:
    limiter, done = SendLimiter(ONE_AT_A_TIME), list[int]()
    async with asyncio.timeout(PATIENCE):
        async with limiter.turn(7):
            second, third = (asyncio.create_task(send(limiter, 7, done)) for _ in range(2))
            await settle()
        second.cancel()
        await asyncio.wait([second, third])
    assert second.cancelled()
    assert done == [7]


async def test_who_is_cancelled_and_gets_the_turn_at_once_passes_it_on() -> None:
    limiter, done = SendLimiter(ONE_AT_A_TIME), list[int]()
    async with asyncio.timeout(PATIENCE):
        async with limiter.turn(7):
            second, third = (asyncio.create_task(send(limiter, 7, done)) for _ in range(2))
            await settle()
            second.cancel()
        await asyncio.wait([second, third])
    assert second.cancelled()
    assert done == [7]


async def test_at_the_end_nobody_waits_but_what_can_go_goes() -> None:
    limiter, done, go = SendLimiter(ONE_AT_A_TIME), list[int](), asyncio.Event()
    async with asyncio.timeout(PATIENCE):
        first = asyncio.create_task(send(limiter, 7, done, go))
        await settle()
        waiting = asyncio.create_task(send(limiter, 7, done))
        await settle()
        limiter.stop()
        with pytest.raises(StoppedError):
            await waiting
        with pytest.raises(StoppedError):
            await send(limiter, 7, done)
        await send(limiter, 8, done)
        go.set()
        await first
    assert done == [7, 8]


async def test_after_a_refusal_the_chat_waits_as_long_as_it_was_told() -> None:
    limiter = SendLimiter(TELEGRAM)
    with pytest.raises(RetryAfter):
        async with limiter.turn(7):
            raise RetryAfter(timedelta(seconds=1000))
    held = asyncio.create_task(send(limiter, 7, []))
    await settle()
    assert not held.done()
    await send(limiter, 8, [])
    held.cancel()


async def test_what_comes_too_fast_waits_for_time_to_pass() -> None:
    fast, done = SendLimiter(Pace(overall=Window(3, 1.0), private=None, second=0.05)), list[int]()
    async with asyncio.timeout(PATIENCE), asyncio.TaskGroup() as group:
        for chat in range(1, 11):
            group.create_task(send(fast, chat, done))
    assert done == list(range(1, 11))


async def test_on_loopback_nobody_waits() -> None:
    limiter, done = SendLimiter(LOOPBACK), list[int]()
    for _ in range(25):
        await send(limiter, -5, done)
    assert done == [-5] * 25
