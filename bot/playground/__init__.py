"""A stand-in for Telegram on loopback, with a chat page: for trying, teaching and testing the bot without a token.

The bot talks to it as to Telegram, over the Bot API, and through nothing else; the page has routes of its own. Or the
page is a channel of its own (bot.web), without the Bot API.
"""

from enum import StrEnum
from pathlib import Path

DATA = Path("data")
"""The folder of its files."""
LOG = "playground.log"
"""Its log's name there."""


class PageChannel(StrEnum):
    """Over what the page speaks to the bot."""

    TELEGRAM = "telegram"
    WEB = "web"
