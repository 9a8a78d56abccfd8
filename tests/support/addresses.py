"""Chats and people of tests, found in Telegram under the numbers that stand for them; and Telegram as their channel."""

from telegram import Bot

from bot.telegram.channel import Telegram
from bot.telegram.incoming import address as at
from bot.telegram.transport import Transport

__all__ = ["at", "telegram_by"]


def telegram_by(bot: Bot) -> Telegram:
    """The channel of a bot that downloads nothing."""
    return Telegram(bot, Transport(connections=1, proxy=None))
