"""A bot of python-telegram-bot alone, which answers one sentence: `python -m benchmarks.bare SERVER TOKEN`."""

import sys
from typing import Any

from telegram import Update
from telegram.ext import ApplicationBuilder, CallbackQueryHandler, MessageHandler, filters

ANSWER = "收到。"


async def _on_message(update: Update, _: Any) -> None:
    await update.message.reply_text(ANSWER)  # type: ignore[union-attr]


async def _on_tap(update: Update, _: Any) -> None:
    await update.callback_query.answer(ANSWER)  # type: ignore[union-attr]


def main(server: str, token: str) -> None:
    application = ApplicationBuilder().token(token).base_url(f"{server}/bot").build()
    application.add_handler(MessageHandler(filters.ALL, _on_message))
    application.add_handler(CallbackQueryHandler(_on_tap))
    application.run_polling()


if __name__ == "__main__":
    main(*sys.argv[1:])
