"""A channel at work: from when its account is known until nothing comes in any more."""

import asyncio
from collections.abc import Callable, Coroutine
from datetime import datetime
from typing import Any, Protocol

from bot.arrivals import Arrivals, Wakeup
from bot.channel import Channel
from bot.halt import Halt
from bot.limiter import SendLimiter
from handlers.chat.context import Me

AnswerKnock = Callable[[Wakeup], Coroutine[Any, Any, None]]


class Connection(Protocol):
    """Its methods are called in the order in which they stand here; `close` also where another has failed."""

    @property
    def channel(self) -> Channel: ...

    @property
    def secret(self) -> str:
        """What the codes of invitations follow from."""

    @property
    def knocks(self) -> asyncio.Queue[Any]:
        """Where it is announced what has arrived."""

    @property
    def received_at(self) -> datetime | None:
        """Machine time at which updates last could come in; None: they could not yet."""

    async def identify(self) -> None:
        """Insist until the account is known. Raises StoppedError at the program's end."""

    @property
    def me(self) -> Me: ...

    async def start(self, answer: AnswerKnock) -> None:
        """Call `answer` for each knock, several beside each other."""

    def begin(self, work: Coroutine[Any, Any, None]) -> object:
        """Do this beside the answers, and have it done before `finish` returns."""

    async def receive(self, arrivals: Arrivals, limiter: SendLimiter) -> None:
        """Let updates come in until the program stops."""

    async def finish(self) -> None:
        """End what is being answered; no knock is taken any more."""

    async def close(self) -> None: ...


Connect = Callable[[Halt], Connection]
