"""`duban ask`: the chat's own way, from a shell."""

import sys
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import date
from typing import TextIO

from rich.console import Console
from rich.markup import escape
from rich.table import Table

from bot.commands.jsonl import BadLineError, answer_lines, today_of
from bot.texts import shell as texts
from bot.texts.problems import problems_text
from handlers.questions.json_contract import answer_json
from handlers.questions.texts import render
from handlers.services.clock import PlanClock, machine_now
from handlers.services.json_input import Json
from handlers.services.question_service import AnsweredQuestion, Asker, QuestionService, open_question_service
from handlers.texts.marks import plain_lines
from knowledge.entities.library import Library
from knowledge.plan.shipped import PlanError
from knowledge.questions.answer import Outcome

BAD_PLAN = 2
"""The exit status where the plan cannot be loaded."""


AskFunction = Callable[[str, str, Asker], AnsweredQuestion]
"""Question, memory and asker → what is said."""


def ask_jsonl(source: Iterable[str], out: TextIO, *, plan: str | None = None, database: str | None = None) -> int:
    """Answer conversations, one JSON object a line; 1 where any line was not valid, else 0.

    With a database's URL the answers carry standings.
    """
    question_service = load_service(plan)
    if question_service is None:
        return BAD_PLAN
    try:
        with _asking(question_service, database) as ask:
            today = PlanClock().today()
            return answer_lines(
                source,
                out,
                lambda case: _conversation(ask, case, today, question_service.library),
                not_an_object=texts.NOT_AN_OBJECT,
            )
    except NoDatabaseError as error:
        sys.stderr.write(f"{error}\n")
        return BAD_PLAN


class NoDatabaseError(Exception):
    """The database cannot be opened; the message is for the person who typed its URL."""


@contextmanager
def _asking(question_service: QuestionService, database: str | None) -> Iterator[AskFunction]:
    """Asking over the plan and what is recorded: whoever can open the database sees all of it."""
    if database is None:
        yield lambda question, memory, asker: question_service.ask(question, memory=memory, asker=asker)
        return
    from bot.commands.database_access import RefusedError, opened, settings_from
    from handlers.progress.standings import all_progress
    from handlers.services.alias_overlay import AliasOverlay

    try:
        with opened(database, settings_from(None), make=False) as held:
            alias_overlay = AliasOverlay(question_service)
            alias_overlay.refresh(held)
            question_service = alias_overlay.current

            def ask(question: str, memory: str, asker: Asker) -> AnsweredQuestion:
                with held.read() as session:
                    progress = all_progress(session, question_service.library, today=asker.today, now=machine_now())
                    return question_service.ask(question, memory=memory, asker=replace(asker, progress=progress))

            yield ask
    except RefusedError as refused:
        raise NoDatabaseError(str(refused)) from None


def _conversation(ask: AskFunction, case: Json, today: date, library: Library) -> Json:
    turns = case.get("turns", [])
    if not isinstance(turns, list) or not all(isinstance(turn, str) for turn in turns):
        raise BadLineError(texts.BAD_TURNS)
    for key in ("as", "today"):
        if case.get(key) is not None and not isinstance(case[key], str):
            raise BadLineError(texts.not_text(key))
    asker = Asker(today_of(case, today), case.get("as"))
    memory = ""
    answers = []
    for turn in turns:
        began = time.perf_counter()
        asked = ask(turn, memory, asker)
        reply = render(asked.answer, asked.library)
        took = (time.perf_counter() - began) * 1000
        memory = asked.memory
        answers.append(answer_json(asked, reply, library, question=turn, ms=took))
    return {"id": case.get("id"), "answers": answers}


def ask_person(
    question: str,
    *,
    plan: str | None = None,
    unit: str | None = None,
    today: date | None = None,
    database: str | None = None,
) -> int:
    """Answer one question on a terminal, with what to ask next."""
    question_service = load_service(plan)
    if question_service is None:
        return BAD_PLAN
    asker = Asker(today or PlanClock().today(), unit)
    try:
        with _asking(question_service, database) as ask:
            _print_answer(ask(question, "", asker))
    except NoDatabaseError as error:
        sys.stderr.write(f"{error}\n")
        return BAD_PLAN
    return 0


def _print_answer(asked: AnsweredQuestion) -> None:
    console = Console()
    reply = render(asked.answer, asked.library)
    head, *lines = plain_lines(reply)
    colour = {Outcome.ANSWERED: "green", Outcome.CLARIFY: "yellow", Outcome.DECLINED: "red"}[asked.answer.outcome]
    console.print(f"[bold {colour}]{escape(head)}[/]", highlight=False)
    for line in lines:
        console.print(escape(line), highlight=False)
    buttons = [button for button in reply.buttons if not button.question.startswith("/")]  # the chat's commands
    if buttons:
        title = texts.NEXT_QUESTIONS if asked.answer.outcome is Outcome.ANSWERED else texts.TO_CHOOSE
        table = Table(title=title, title_justify="left", show_header=False, box=None, padding=(0, 2))
        table.add_column(overflow="fold")
        table.add_column(overflow="fold", style="dim")  # a question that is cut cannot be copied
        for button in buttons:
            table.add_row(escape(button.label), escape(button.question))
        console.print(table)


def load_service(plan: str | None) -> QuestionService | None:
    """What answers over a plan; None where that cannot be loaded, which is said."""
    try:
        return open_question_service(plan)
    except PlanError as error:
        sys.stderr.write(problems_text(error.problems) + "\n")
        return None
