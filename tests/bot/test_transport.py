"""What carries the calls to the Bot API: through which proxy, and whether what failed may have arrived."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager, suppress

import pytest
from telegram.error import NetworkError, TimedOut

from bot.telegram.transport import Transport, UnsentError

NAME = "api.telegram.invalid"
"""Known nowhere: only a proxy could lead there."""
ANSWER = b'HTTP/1.1 200 OK\r\nContent-Length: 11\r\n\r\n{"ok":true}'
Serve = Callable[[asyncio.StreamReader, asyncio.StreamWriter], Awaitable[None]]


@asynccontextmanager
async def listening(serve: Serve) -> AsyncIterator[str]:
    """Host and port of a server."""

    served: set[asyncio.Task[None]] = set()

    async def once(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        served.add(asyncio.current_task())  # type: ignore[arg-type]  # it is one
        try:
            await serve(reader, writer)
        finally:
            writer.close()
            with suppress(OSError):
                await writer.wait_closed()

    async with await asyncio.start_server(once, "127.0.0.1", 0) as server:
        yield f"127.0.0.1:{server.sockets[0].getsockname()[1]}"
    await asyncio.gather(*served)


async def answer(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    await reader.readuntil(b"\r\n\r\n")
    writer.write(ANSWER)
    await writer.drain()


async def hang_up(reader: asyncio.StreamReader, _: asyncio.StreamWriter) -> None:
    await reader.readuntil(b"\r\n\r\n")


async def keep_silent(reader: asyncio.StreamReader, _: asyncio.StreamWriter) -> None:
    await reader.read()


async def ask(address: str, *, proxy: str | None = None, seconds: float = 5.0) -> tuple[int, bytes]:
    transport = Transport(connections=1, proxy=proxy)
    await transport.initialize()
    try:
        return await transport.do_request(f"http://{address}/bot1:x/getMe", "POST", read_timeout=seconds)
    finally:
        await transport.shutdown()


async def test_an_answer_is_its_status_and_what_it_holds() -> None:
    async with listening(answer) as address:
        assert await ask(address) == (200, b'{"ok":true}')


async def test_without_a_connection_it_is_certain_that_nothing_went_out() -> None:
    async with listening(answer) as address:
        pass
    with pytest.raises(UnsentError):
        await ask(address)
    with pytest.raises(UnsentError):
        await ask(NAME)


async def test_what_went_out_and_was_not_answered_may_have_arrived() -> None:
    async with listening(hang_up) as address:
        with pytest.raises(NetworkError) as hung_up:
            await ask(address)
    async with listening(keep_silent) as address:
        with pytest.raises(TimedOut) as silent:
            await ask(address, seconds=0.1)
    assert not any(isinstance(error.value, UnsentError) for error in (hung_up, silent))


async def _greeted(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> str:
    """A SOCKS5 client's greeting is answered; the name that it wants to be connected to."""
    _, methods = await reader.readexactly(2)
    await reader.readexactly(methods)
    writer.write(b"\x05\x00")
    *_, by_name, length = await reader.readexactly(5)
    assert by_name == 3
    name = (await reader.readexactly(length)).decode()
    await reader.readexactly(2)
    return name


@pytest.mark.parametrize("scheme", ["socks5", "socks5h"])
async def test_a_socks_proxy_looks_the_name_up_itself(scheme: str) -> None:
    names = []

    async def pass_on(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        names.append(await _greeted(reader, writer))
        writer.write(b"\x05\x00\x00\x01" + bytes(6))
        await answer(reader, writer)

    async with listening(pass_on) as proxy:
        assert (await ask(NAME, proxy=f"{scheme}://{proxy}"))[0] == 200
    assert names == [NAME]


async def test_what_a_proxy_does_not_pass_on_did_not_go_out() -> None:
    async def refuse(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await _greeted(reader, writer)
        writer.write(b"\x05\x05\x00\x01" + bytes(6))
        await writer.drain()

    async with listening(refuse) as proxy:
        with pytest.raises(UnsentError):
            await ask(NAME, proxy=f"socks5://{proxy}")
    for scheme in ("socks5", "http"):
        with pytest.raises(UnsentError):
            await ask(NAME, proxy=f"{scheme}://{proxy}")
