"""Making the calls that handlers wanted, however long the channel's server is away.

A reply is safe to repeat: a call of unknown fate is made again. What only time can mend (no network, a flood limit)
is waited for; what never will (a blocked chat, a tap too old) is given up; the rest is the caller's, as an exception.
"""

import asyncio
from base64 import b64decode
from contextlib import nullcontext
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import structlog
from sqlalchemy.orm import Session

from bot.attachments import Attachments, Guard
from bot.channel import (
    AccountError,
    AwayError,
    Channel,
    MessageGoneError,
    MovedError,
    NothingLeftError,
    ThrottledError,
    UndeliverableError,
)
from bot.evidence_folder import Files
from bot.limiter import SendLimiter
from bot.retry import backoff, pause
from bot.send_outcome import UNREACHABLE
from bot.slips import page_of
from handlers.chat.degradation import Deliverable, degrade
from handlers.chat.outgoing import Call, Document, Edit, Fetch, Hand, Menu, Send, Slip, Toast
from handlers.reports import texts_evidence as evidence_texts
from handlers.services.invite_codes import Codes
from handlers.texts import errors
from storage.chats import Address, mark_blocked, migrate_chat
from storage.database import Database
from storage.dialogs import mark_answered
from storage.rich_text import plain_text

LATE = timedelta(minutes=10)

REFUSALS = 6
"""How often one call may be answered as if the token were unknown: meanwhile the poll would have ended the program."""

log = structlog.get_logger()


class Delivery:
    def __init__(
        self,
        channel: Channel,
        database: Database,
        limiter: SendLimiter,
        stop: asyncio.Event,
        codes: Codes,
        files: Files,
        attachments: Attachments,
    ) -> None:
        self._channel = channel
        self._database = database
        self._limiter = limiter
        self._stop = stop
        self._codes = codes
        self._files = files
        self._attachments = attachments
        most = channel.capabilities.message_bytes - len(plain_text(errors.LATE).encode())
        self._limits = replace(channel.capabilities, message_bytes=most)
        """With room for the mark of a late answer."""

    async def make(self, call: Call, *, chat: int, guard: Guard = nullcontext) -> int | None:
        """Make one call, fitted to the channel; returns the id of the last message that shows it, None where none does.

        `chat` is where a tap is answered. What a person sent is looked into under `guard`.
        Raises StoppedError, one of storage's UNAVAILABLE, or a ChannelError that waiting does not mend.
        """
        if isinstance(call, Fetch):
            said = await self._attachments.fetch(call, guard)
            if isinstance(said, tuple):
                for one in said:
                    await self._answered(one, chat)
                return None
            if said is None:
                return None
            call = said
        if isinstance(call, Send) and call.code:
            call = replace(call, text=self._codes.fill(call.text, call.code, self._channel.link_to), code="")
        message = None
        for fitted in degrade(call, self._limits, chat=chat):
            message = await self._insist(fitted)
            if message is None:
                break
        return message

    async def _answered(self, call: Call, chat: int) -> None:
        """Make a call whose turn nobody waits for."""
        message = await self.make(call, chat=chat)
        if message is not None and isinstance(call, Send | Edit) and call.turn is not None:
            await self._database.run(mark_answered, {call.turn: message})

    async def _insist(self, call: Deliverable) -> int | None:
        """Make a call, again and again if need be."""
        waits, refusals = backoff(), 0
        while True:
            try:
                return await self._once(call)
            except ThrottledError as error:
                if not isinstance(call, Toast):
                    continue  # the limiter holds it back
                seconds = self._limiter.real(error.seconds)
            except MovedError as error:
                if isinstance(call, Toast):
                    return None
                await self._database.run(_migrate, old=call.chat, new=error.chat)
                call = replace(call, chat=error.chat.number)
                continue
            except AccountError:  # whether the account is refused, the poll finds out
                refusals += 1
                if refusals == REFUSALS:
                    raise
                seconds = next(waits)
            except UndeliverableError as error:
                if error.reason in UNREACHABLE:
                    await self._lost(call)
                    return None
                if isinstance(call, Hand | Document | Menu):
                    log.info("not handed out", reason=error.reason.value)
                    return None
                if isinstance(error, NothingLeftError):
                    return call.message if isinstance(call, Edit) else None
                if isinstance(error, MessageGoneError) and isinstance(call, Edit):
                    call = call.anew()
                    continue
                raise
            except AwayError as error:
                seconds = next(waits)
                log.warning("server away", error=str(error), wait=seconds)
            await pause(self._stop, seconds)

    async def _lost(self, call: Deliverable) -> None:
        """Nothing arrives in the chat any more, whatever is sent."""
        if not isinstance(call, Toast):
            await self._database.run(mark_blocked, call.chat)
        log.info("blocked")

    async def _once(self, call: Deliverable) -> int | None:
        match call:
            case Send():
                async with self._limiter.turn(call.chat):
                    return await self._send(call)
            case Edit():
                async with self._limiter.turn(call.chat):
                    await self._channel.edit(call.chat, call.message, call.text, call.keyboard)
                return call.message
            case Toast():
                await self._channel.toast(call.tap, call.text)
                return None
            case Menu():
                await self._channel.show_menu(call.chat, call.commands)
                return None
            case Hand():
                return await self._hand(call)
            case Document():
                return await self._send_file(call.chat, self._content(call), call.name)

    def _content(self, call: Document) -> bytes:
        if call.encoded:
            return b64decode(call.text)
        if call.slips:
            return page_of((one.title, self._filled(one)) for one in call.slips).encode()
        return call.text.encode()

    def _filled(self, slip: Slip) -> list[str]:
        return [plain_text(self._codes.fill(line, slip.code, self._channel.link_to)) for line in slip.lines]

    async def _send(self, call: Send) -> int:
        late = call.asked_at is not None and datetime.now(UTC) - call.asked_at > LATE
        return await self._channel.send(
            call.chat,
            (errors.LATE if late else "") + call.text,
            keyboard=call.keyboard,
            thread=call.thread,
            reply_to=call.reply_to,
        )

    async def _hand(self, call: Hand) -> int | None:
        try:
            content = await asyncio.to_thread(self._files.get, call.sha256)
        except OSError as error:
            log.error("evidence lost", error=type(error).__name__)
            return await self.make(Send(chat=call.chat, text=evidence_texts.lost(call.name)), chat=call.chat)
        return await self._send_file(call.chat, content, call.name)

    async def _send_file(self, chat: int, content: bytes, name: str) -> int:
        async with self._limiter.turn(chat):
            return await self._channel.hand(chat, content, name)


def _migrate(session: Session, *, old: int, new: Address) -> None:
    migrate_chat(session, old=old, new=new, now=datetime.now(UTC))
