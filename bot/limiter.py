"""The one way out: every message that an account sends waits here for its turn. Who is next, `bot.pace` says."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from math import inf

from bot.channel import ThrottledError
from bot.pace import REPLY, Pace, QueuedMessage, Turns
from bot.retry import StoppedError


class SendLimiter:
    """Belongs to one event loop."""

    def __init__(self, pace: Pace) -> None:
        self._turns = Turns(pace)
        self._second = pace.second
        self._rate = pace.overall.most / pace.overall.seconds / pace.second
        self._granted: dict[QueuedMessage, asyncio.Future[None]] = {}
        self._timer: asyncio.TimerHandle | None = None
        self._stopped = False

    @asynccontextmanager
    async def turn(self, chat: int, priority: int = REPLY) -> AsyncIterator[None]:
        """Wait until a message may go to the chat; it is sent in the block, one at a time.

        A ThrottledError out of the block holds back what follows. Raises StoppedError where the program ends first.
        """
        turn = QueuedMessage(chat, priority)
        await self._wait(turn)
        try:
            yield
        except ThrottledError as error:
            self._turns.refused(chat, error.seconds, _now())
            raise
        finally:
            self._turns.answered(turn, _now())
            self._pump()

    @property
    def rate(self) -> float:
        """Messages in one of the machine's seconds, at most."""
        return self._rate

    def real(self, seconds: float) -> float:
        """So many of the server's seconds in the machine's."""
        return seconds * self._second

    def crowd(self) -> int:
        """How many wait whose chats are free: as long as there are some, no more are wanted."""
        return self._turns.crowd(_now())

    def stop(self) -> None:
        """Let nobody wait any more: what cannot go at once stays for the next start."""
        self._stopped = True
        for turn, granted in self._granted.items():
            self._turns.leave(turn)
            if not granted.done():
                granted.set_exception(StoppedError())
        self._granted.clear()

    async def _wait(self, turn: QueuedMessage) -> None:
        granted = asyncio.get_running_loop().create_future()
        self._granted[turn] = granted
        self._turns.enter(turn, _now())
        self._pump()
        if self._stopped and not granted.done():
            del self._granted[turn]
            self._turns.leave(turn)
            raise StoppedError
        try:
            await granted
        except asyncio.CancelledError:
            if self._granted.pop(turn, None):
                self._turns.leave(turn)
            else:
                self._turns.answered(turn, _now())  # its turn had come; it sent nothing
            self._pump()
            raise

    def _pump(self) -> None:
        """Let go all who may, and wake up for the next."""
        while turn := self._turns.grant(_now()):
            granted = self._granted.pop(turn)
            if not granted.done():  # cancelled, and about to say so
                granted.set_result(None)
        if self._timer:
            self._timer.cancel()
        opens = self._turns.opens_at(_now())
        self._timer = None if opens == inf else asyncio.get_running_loop().call_at(opens, self._pump)


def _now() -> float:
    return asyncio.get_running_loop().time()
