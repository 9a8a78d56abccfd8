"""Declined questions are put to the office's language model, after everything that is said at once has been said."""

import asyncio
from collections.abc import Iterable
from datetime import UTC, datetime

import structlog

from bot.delivery import Delivery
from bot.error_number import kind_of
from bot.model_client import ModelClient
from handlers.chat.context import Services
from handlers.chat.outgoing import Edit
from handlers.questions.assisted_reading import choices_of, offer
from storage.database import Database
from storage.dialogs import mark_answered

WAITING = 20
"""Turns that may wait; more are passed over: an offer that comes minutes later helps nobody."""

log = structlog.get_logger()


class AssistedReading:
    def __init__(self, client: ModelClient, database: Database, services: Services, delivery: Delivery) -> None:
        self._client = client
        self._database = database
        self._services = services
        self._delivery = delivery
        self._turns: asyncio.Queue[int] = asyncio.Queue(WAITING)

    def consider(self, turns: Iterable[int]) -> None:
        """Look at these turns, whose answers are sent, when there is time."""
        for turn in turns:
            if not self._turns.full():
                self._turns.put_nowait(turn)

    async def run(self) -> None:
        """One after the other, until cancelled. Nothing is lost where one fails: the decline stays as it is."""
        while True:
            turn = await self._turns.get()
            try:
                await self._read(turn)
            except Exception as error:
                log.warning("not read again", **kind_of(error))

    async def _read(self, turn: int) -> None:
        choices = await self._database.run(choices_of, self._services, turn, now=datetime.now(UTC))
        chosen = await self._client.choose(choices) if choices else None
        if choices is None or chosen is None:
            return
        call = await self._database.run(offer, self._services, turn, chosen, choices, now=datetime.now(UTC))
        if not isinstance(call, Edit):
            return
        message = await self._delivery.make(call, chat=call.chat)
        if message is not None and message != call.message:
            await self._database.run(mark_answered, {call.turn: message})
