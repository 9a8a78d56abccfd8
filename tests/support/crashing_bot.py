"""Bots in processes of their own that some messages and files end, as a crash would: `python -m mortal`.

It loads the plan once. For each line it forks a bot, says its process number and, when the bot has ended, how.
"""

import asyncio
import json
import os
import sys
import time
from pathlib import Path
from unittest.mock import patch

from bot_harness import WordedAnswer
from typing_extensions import override

from bot.app import serve, stop_on_signals
from bot.config import LogSettings
from bot.log import set_up_logging
from bot.pace import LOOPBACK
from bot.telegram.connection import telegram
from handlers.reports.evidence_files import FileProblem, problem_in
from handlers.services.clock import PlanClock
from handlers.services.question_service import AnsweredQuestion, Asker, QuestionService, open_question_service
from handlers.texts.reply import Reply
from knowledge.entities.library import Library
from knowledge.questions.answer import Outcome
from storage.database import open_database

DEADLY, SLOW = "炸", "慢"
DEADLY_FILE = b"%PDF-1.4 deadly"
STATUS = 9


class MortalService(QuestionService):
    """Repeats the question; a deadly one ends the process at once, a slow one takes a while."""

    @override
    def ask(self, question: str, *, memory: str, asker: Asker, cleaned: str | None = None) -> AnsweredQuestion:
        if DEADLY in question:
            os._exit(STATUS)
        if SLOW in question:
            time.sleep(1)
        answer = WordedAnswer(question=question, outcome=Outcome.ANSWERED, reply=Reply(head=f"答：{question}"))
        return AnsweredQuestion(answer, self.library, memory=question)


def _look(content: bytes, name: str) -> FileProblem | None:
    if content == DEADLY_FILE:
        os._exit(STATUS)
    return problem_in(content, name)


async def _live(order: dict[str, str], library: Library) -> None:
    set_up_logging(LogSettings(level="error"))
    database = open_database(order["database"])
    try:
        with stop_on_signals() as stop:
            await serve(
                telegram(
                    token=order["token"],
                    base_url=f"{order['server']}/bot",
                    base_file_url=f"{order['server']}/file/bot",
                    proxy=None,
                ),
                database=database,
                question_service=MortalService(library),
                clock=PlanClock(),
                per_minute=600,
                stop=stop,
                files=Path(order["files"]),
                pace=LOOPBACK,
            )
    finally:
        database.close()


def main() -> None:
    library = open_question_service().library
    for line in sys.stdin:
        child = os.fork()
        if child == 0:
            with patch("bot.attachments.problem_in", _look):
                asyncio.run(_live(json.loads(line), library))
            os._exit(0)
        print(child, flush=True)  # noqa: T201 - what the test reads
        print(os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]), flush=True)  # noqa: T201


if __name__ == "__main__":
    main()
