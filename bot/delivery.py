"""Making the calls that handlers wanted, however long the Bot API server is away.

A reply is safe to repeat: a call of unknown fate is made again. What only time can mend (no network, a flood limit)
is waited for; what never will (a blocked chat, a tap too old) is given up; the rest is the caller's, as an exception.
"""

import asyncio
from contextlib import nullcontext
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import structlog
from sqlalchemy.orm import Session
from telegram import Bot
from telegram.constants import ParseMode
from telegram.error import BadRequest, ChatMigrated, Forbidden, InvalidToken, NetworkError, RetryAfter

from bot.attachments import Attachments, Guard
from bot.evidence_folder import Files
from bot.limiter import SendLimiter
from bot.message_sender import markup, send_text
from bot.retry import backoff, pause
from bot.send_outcome import UNREACHABLE, refusal
from bot.telegram.rich_text import html
from handlers.chat.outgoing import Call, Document, Edit, Fetch, Hand, Send, Toast
from handlers.reports import texts_evidence as evidence_texts
from handlers.services.invite_codes import Codes
from handlers.texts import errors
from storage.chats import mark_blocked, migrate_chat
from storage.database import Database

LATE = timedelta(minutes=10)

REFUSALS = 6
"""How often one call may be answered as if the token were unknown: meanwhile the poll would have ended the program."""

_DONE = ("message is not modified", "query is too old", "query id is invalid")
_GONE = ("message to edit not found", "message can't be edited", "message_id_invalid")

log = structlog.get_logger()


class Delivery:
    def __init__(
        self,
        bot: Bot,
        database: Database,
        limiter: SendLimiter,
        stop: asyncio.Event,
        codes: Codes,
        files: Files,
        attachments: Attachments,
    ) -> None:
        self._bot = bot
        self._database = database
        self._limiter = limiter
        self._stop = stop
        self._codes = codes
        self._files = files
        self._attachments = attachments

    async def make(self, call: Call, guard: Guard = nullcontext) -> int | None:
        """Make one call; returns the id of the message that now shows it, None where there is none.

        What a person sent is looked into under `guard`.
        Raises StoppedError, one of storage's UNAVAILABLE, or a TelegramError that waiting does not mend.
        """
        if isinstance(call, Fetch):
            said = await self._attachments.fetch(call, guard)
            if said is None:
                return None
            call = said
        waits, refusals = backoff(), 0
        while True:
            try:
                return await self._once(call)
            except RetryAfter as error:
                if not isinstance(call, Toast):
                    continue  # the limiter holds it back
                seconds = self._limiter.seconds_of(error)
            except ChatMigrated as error:
                if isinstance(call, Toast):
                    return None
                await self._database.run(_migrate, old=call.chat, new=error.new_chat_id)
                call = replace(call, chat=error.new_chat_id)
                continue
            except Forbidden:
                await self._lost(call)
                return None
            except InvalidToken:  # any 401 or 404; whether the token is refused, the poll finds out
                refusals += 1
                if refusals == REFUSALS:
                    raise
                seconds = next(waits)
            except BadRequest as error:
                reason = error.message.lower()
                if isinstance(call, Hand | Document):
                    log.info("not handed out", reason=type(error).__name__)
                    return None
                if any(known in reason for known in _DONE):
                    return call.message if isinstance(call, Edit) else None
                if isinstance(call, Edit) and any(known in reason for known in _GONE):
                    call = _anew(call)
                    continue
                if refusal(error).reason in UNREACHABLE:
                    await self._lost(call)
                    return None
                raise
            except NetworkError as error:
                seconds = next(waits)
                log.warning("server away", error=type(error).__name__, wait=seconds)
            await pause(self._stop, seconds)

    async def _lost(self, call: Send | Edit | Toast | Hand | Document) -> None:
        """Nothing arrives in the chat any more, whatever is sent."""
        if not isinstance(call, Toast):
            await self._database.run(mark_blocked, call.chat)
        log.info("blocked")

    async def _once(self, call: Send | Edit | Toast | Hand | Document) -> int | None:
        match call:
            case Send():
                async with self._limiter.turn(call.chat):
                    return await self._send(call)
            case Edit():
                async with self._limiter.turn(call.chat):
                    await self._bot.edit_message_text(
                        html(call.text),
                        chat_id=call.chat,
                        message_id=call.message,
                        parse_mode=ParseMode.HTML,
                        reply_markup=markup(call.keyboard),
                    )
                return call.message
            case Toast():
                await self._bot.answer_callback_query(call.tap, text=call.text or None)
                return None
            case Hand():
                return await self._hand(call)
            case Document():
                return await self._send_file(call.chat, call.text.encode(), call.name)

    async def _send(self, call: Send) -> int:
        text = self._codes.fill(call.text, call.code) if call.code else call.text
        late = call.asked_at is not None and datetime.now(UTC) - call.asked_at > LATE
        return await send_text(
            self._bot,
            call.chat,
            (errors.LATE if late else "") + text,
            keyboard=call.keyboard,
            thread=call.thread,
            reply_to=call.reply_to,
        )

    async def _hand(self, call: Hand) -> int | None:
        try:
            content = await asyncio.to_thread(self._files.get, call.sha256)
        except OSError as error:
            log.error("evidence lost", error=type(error).__name__)
            return await self._once(Send(chat=call.chat, text=evidence_texts.lost(call.name)))
        return await self._send_file(call.chat, content, call.name)

    async def _send_file(self, chat: int, content: bytes, name: str) -> int:
        async with self._limiter.turn(chat):
            sent = await self._bot.send_document(chat, content, filename=name)
        return sent.message_id


def _migrate(session: Session, *, old: int, new: int) -> None:
    migrate_chat(session, old=old, new=new, now=datetime.now(UTC))


def _anew(call: Edit) -> Send:
    return Send(chat=call.chat, text=call.text, keyboard=call.keyboard, turn=call.turn, thread=call.thread)
