"""The bot's account, asked for without a bot at work."""

from telegram import Bot
from telegram.error import TelegramError

from bot.telegram.transport import Transport


async def username_of(token: str, *, base_url: str, proxy: str | None) -> str | None:
    """The bot's name, where Telegram answers."""
    try:
        async with Bot(token, base_url=base_url, request=Transport(connections=1, proxy=proxy)) as bot:
            return bot.username
    except TelegramError:
        return None
