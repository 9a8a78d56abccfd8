"""The end of the running program, and the reasons why it ends by itself."""

import asyncio
from dataclasses import dataclass


class BotStoppedError(Exception):
    """The bot cannot go on, and waiting would not help."""


class ConflictError(BotStoppedError):
    """Another program polls with this token."""


class TokenRefusedError(BotStoppedError):
    """Telegram does not know the token."""


class TokenRevokedError(BotStoppedError):
    """Telegram knew the token when the program was up, and does not any more."""


class LeaseLostError(BotStoppedError):
    """Another process took the lease over while this one could not hold it."""


@dataclass(slots=True)
class Halt:
    """The end of the program: asked for by a signal, or forced by a reason."""

    stop: asyncio.Event
    reason: BotStoppedError | None = None
    conflicts: int = 0
    known: bool = False
    """Whether Telegram has known the token in this run."""
    leased: bool = True
    """Whether this process is known to be the only one that may poll."""

    def because(self, reason: BotStoppedError) -> None:
        self.reason = self.reason or reason
        self.stop.set()
