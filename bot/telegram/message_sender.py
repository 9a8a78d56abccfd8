"""Sending a message so that it arrives, without what is refused of it: a topic, a message to hang under, markup."""

import structlog
from telegram import Bot, InlineKeyboardButton, InlineKeyboardMarkup, ReplyParameters
from telegram.constants import ParseMode
from telegram.error import BadRequest

from bot.telegram.rich_text import html
from storage.outbox import Keyboard
from storage.rich_text import Text, plain_text

_NO_TOPIC = ("message thread not found", "topic_closed", "topic_deleted", "topic_id_invalid")
_NOT_ASKED = ("message to be replied not found", "replied message not found", "message to reply not found")
_NO_MARKUP = ("can't parse entities",)

log = structlog.get_logger()


async def send_text(
    bot: Bot, chat: int, said: Text, *, keyboard: Keyboard = (), thread: int | None = None, reply_to: int | None = None
) -> int:
    """Send into the topic `thread`, under the message `reply_to`; the new message's id.

    Where the topic or the message is gone it goes to the chat; where the markup is refused, as plain text.
    """
    text, parse_mode = html(said), str(ParseMode.HTML)
    while True:
        try:
            sent = await bot.send_message(
                chat,
                text,
                parse_mode=parse_mode or None,
                reply_markup=markup(keyboard),
                message_thread_id=thread,
                reply_parameters=ReplyParameters(reply_to, allow_sending_without_reply=True) if reply_to else None,
            )
        except BadRequest as error:
            if thread and _says(error, _NO_TOPIC):
                thread = None
            elif reply_to and _says(error, _NOT_ASKED):
                reply_to = None
            elif parse_mode and _says(error, _NO_MARKUP):
                log.error("markup refused")
                text, parse_mode = plain_text(said), ""
            else:
                raise
        else:
            return sent.message_id


def markup(keyboard: Keyboard) -> InlineKeyboardMarkup | None:
    if not keyboard:
        return None
    return InlineKeyboardMarkup(
        [[InlineKeyboardButton(label, callback_data=data) for label, data in row] for row in keyboard]
    )


def _says(error: BadRequest, known: tuple[str, ...]) -> bool:
    return any(words in error.message.lower() for words in known)
