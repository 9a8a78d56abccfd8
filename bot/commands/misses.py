"""`duban misses`: what was not understood, the most frequent first; and dealing with one, with or without a name."""

import json
from dataclasses import asdict
from datetime import date
from pathlib import Path
from typing import Any

import typer
from rich.console import Console
from rich.markup import escape
from rich.table import Table

from bot.commands.database_access import RefusedError, opened, settings_from
from bot.texts.problems import problems_text
from handlers.office import texts_unanswered as texts
from handlers.office.aliases import NotNamedError, name_miss, read_alias, settle
from handlers.office.unanswered import Look, look_at
from handlers.services.alias_overlay import AliasOverlay
from handlers.services.clock import PlanClock, machine_now
from handlers.services.question_service import QuestionService, open_question_service
from knowledge.plan.shipped import PlanError
from storage import audit
from storage.database import Database
from storage.unanswered import Miss, MissState, get_miss, list_misses


def misses(
    *,
    every: bool = False,
    as_json: bool = False,
    resolve: int | None = None,
    alias: str | None = None,
    plan: str | None = None,
    database: str | None = None,
    config: Path | None = None,
) -> int:
    """List the open misses of a plan, or every one; with `resolve`, close that one. The exit status."""
    try:
        settings = settings_from(config)
        with opened(database, settings, make=False) as held:
            alias_overlay = AliasOverlay(_desk(plan or settings.plan.name))
            alias_overlay.refresh(held)
            if resolve is None:
                _show(held, alias_overlay.current, every=every, as_json=as_json)
            else:
                typer.echo(_resolve(held, alias_overlay.current, resolve, alias))
    except (RefusedError, NotNamedError) as error:
        typer.echo(str(error), err=True)
        return 1
    return 0


def _desk(plan: str) -> QuestionService:
    try:
        return open_question_service(plan)
    except PlanError as error:
        raise RefusedError(problems_text(error.problems)) from None


def _show(database: Database, question_service: QuestionService, *, every: bool, as_json: bool) -> None:
    plans, today = {plan.name for plan in question_service.library.plans}, PlanClock().today()
    with database.read() as session:
        found = [miss for miss in list_misses(session, every=every) if miss.plan in plans]
    looked = [(miss, look_at(question_service, miss, today)) for miss in found]
    if as_json:
        for miss, look in looked:
            typer.echo(json.dumps(_as_json(miss, look), ensure_ascii=False))
        return
    table = Table(*texts.COLUMNS, box=None, padding=(0, 2), header_style="dim")
    for miss, look in looked:
        table.add_row(*map(escape, texts.row(miss, look.unknown, look.near, answered=look.answered)))
    if looked:
        Console().print(table)
    typer.echo(texts.total(len(looked)))


def _as_json(miss: Miss, look: Look) -> dict[str, Any]:
    day: date = miss.day
    return {**asdict(miss), "day": day.isoformat(), **asdict(look)}


def _resolve(database: Database, question_service: QuestionService, number: int, line: str | None) -> str:
    with database.write() as session:
        miss = get_miss(session, number)
        if miss is None or miss.plan not in {plan.name for plan in question_service.library.plans}:
            raise RefusedError(texts.NO_SUCH_MISS)
        if line is None:
            settle(session, miss, MissState.RESOLVED, actor=audit.CONSOLE, now=machine_now())
            return texts.resolved(miss)
        look = look_at(question_service, miss, PlanClock().today())
        alias = read_alias(question_service, miss.plan, line, said=look.unknown)
        name_miss(session, miss, alias, by=None, actor=audit.CONSOLE, now=machine_now())
    return texts.resolved_by(miss, alias)
