"""Telegram as a channel: one attempt at each thing that the bot does there."""

from collections.abc import Sequence

from telegram import Bot, Update
from telegram.constants import ParseMode
from telegram.error import BadRequest

from bot.telegram.downloads import download
from bot.telegram.errors import translated
from bot.telegram.incoming import CHANNEL, read
from bot.telegram.menu import show_chat_menu
from bot.telegram.message_sender import markup, send_text
from bot.telegram.rich_text import html
from bot.telegram.transport import Transport
from handlers.chat.capabilities import Capabilities
from handlers.chat.context import Me
from handlers.chat.incoming import Incoming, Moved
from handlers.reports.evidence_files import FileProblem
from storage.base import JsonObject
from storage.outbox import Keyboard
from storage.rich_text import Text

CAPABILITIES = Capabilities(
    message_bytes=3 * 4096,  # it counts 4096 UTF-16 units, in which Chinese takes three bytes each
    buttons=True,
    edits=True,
    toasts=True,
    files=True,
    proactive=True,
)


class Telegram:
    """A `bot.channel.Channel`. `me` is known once the bot is initialized."""

    capabilities = CAPABILITIES

    def __init__(self, bot: Bot, transport: Transport) -> None:
        self.bot = bot
        self._transport = transport

    @property
    def receiver(self) -> str:
        return f"{CHANNEL}:{self.bot.id}"

    @property
    def me(self) -> Me:
        me = self.bot.bot
        return Me(
            id=me.id,
            username=me.username or "",
            link=f"https://t.me/{me.username}",
            reads_all=bool(me.can_read_all_group_messages),
        )

    def read(self, payload: JsonObject) -> Incoming | Moved | None:
        return read(Update.de_json(dict(payload)), self.me)

    def link_to(self, code: str) -> str:
        return f"https://t.me/{self.bot.username}?start={code}"

    async def send(
        self,
        chat: int,
        text: Text,
        *,
        keyboard: Keyboard = (),
        thread: int | None = None,
        reply_to: int | None = None,
    ) -> int:
        with translated():
            return await send_text(self.bot, chat, text, keyboard=keyboard, thread=thread, reply_to=reply_to)

    async def edit(self, chat: int, message: int, text: Text, keyboard: Keyboard) -> None:
        with translated():
            await self.bot.edit_message_text(
                html(text),
                chat_id=chat,
                message_id=message,
                parse_mode=ParseMode.HTML,
                reply_markup=markup(keyboard),
            )

    async def delete(self, chat: int, message: int) -> bool:
        """Telegram lets a bot do so for two days."""
        with translated():
            try:
                await self.bot.delete_message(chat, message)
            except BadRequest as error:
                said = error.message.lower()
                if "message to delete not found" not in said and "can't be deleted" not in said:
                    raise
                return "message to delete not found" in said
            return True

    async def toast(self, tap: str, text: str) -> None:
        with translated():
            await self.bot.answer_callback_query(tap, text=text or None)

    async def show_menu(self, chat: int, commands: Sequence[tuple[str, str]]) -> None:
        with translated():
            await show_chat_menu(self.bot, chat, commands)

    async def hand(self, chat: int, content: bytes, name: str) -> int:
        with translated():
            sent = await self.bot.send_document(chat, content, filename=name)
        return sent.message_id

    async def fetch(self, file: str, name: str) -> bytes | FileProblem:
        with translated():
            return await download(self.bot, self._transport, file, name)
