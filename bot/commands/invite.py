"""`duban invite`: a one-time invitation from the command line, by which the first office account comes in."""

import asyncio
from collections.abc import Sequence
from datetime import timedelta
from pathlib import Path

import typer

from bot.commands.database_access import RefusedError, opened, settings_from
from bot.config import Settings
from bot.telegram.account import username_of
from bot.texts import invite as texts
from bot.texts.problems import problems_text
from handlers.people.onboarding import DAYS, told
from handlers.services.clock import machine_now
from handlers.services.invite_codes import digest_of, new_code
from handlers.services.question_service import QuestionService, open_question_service
from handlers.services.unit_lookup import find_project, find_units, near_projects, near_units
from handlers.texts.rights import ROLES
from knowledge.plan.shipped import PlanError
from storage import audit
from storage import invitations as storage
from storage.people import Grant, Role

PATIENCE_SECONDS = 5.0
"""How long Telegram is asked for the bot's name; the link can do without."""


def invite(
    role: str,
    *,
    units: Sequence[str] = (),
    sections: Sequence[int] = (),
    projects: Sequence[str] = (),
    plan: str | None = None,
    database: str | None = None,
    config: Path | None = None,
) -> int:
    """Print an invitation that can be taken up once; the exit status."""
    try:
        settings = settings_from(config)
        grants = _grants(desk(plan or settings.plan.name), role, units, sections, projects)
        code = new_code()
        with opened(database, settings, make=True) as held, held.write() as session:
            now = machine_now()
            number = storage.invite(
                session,
                digest=digest_of(code),
                grants=grants,
                made_by=None,
                now=now,
                expires_at=now + timedelta(days=DAYS),
            )
            subject = f"invitation:{number}"
            audit.append(session, at=now, actor=audit.CONSOLE, action="invite", subject=subject, detail=told(grants))
    except RefusedError as error:
        typer.echo(str(error), err=True)
        return 1
    typer.echo(texts.made(grants, code, username=username(settings), days=DAYS))
    if settings.service.mode == "public":
        typer.echo(texts.STILL_PUBLIC, err=True)
    return 0


_ROLES = {name: role for role, name in ROLES.items()} | {role.value: role for role in Role}
"""By what they are called, and by their codes."""


def desk(plan: str) -> QuestionService:
    try:
        return open_question_service(plan)
    except PlanError as error:
        raise RefusedError(problems_text(error.problems)) from None


def _grants(
    question_service: QuestionService,
    said: str,
    units: Sequence[str],
    sections: Sequence[int],
    projects: Sequence[str],
) -> tuple[Grant, ...]:
    role, plan = _ROLES.get(said), question_service.library.plans[0].name
    if role is None:
        raise RefusedError(texts.no_such_role(said))
    if role in (Role.LIAISON, Role.HEAD, Role.SIGNER, Role.CONTACT) and (len(units) != 1 or sections):
        raise RefusedError(texts.NEEDS_A_UNIT)
    if bool(projects) is not (role is Role.CONTACT):
        raise RefusedError(texts.NEEDS_A_PROJECT)
    for number in sections:
        if (plan, number) not in question_service.library.sections:
            raise RefusedError(texts.no_such_section(number))
    scoped = [Grant(role, plan, section=number) for number in sections]
    for unit in units:
        found = find_units(question_service, plan, unit)
        if len(found) != 1:
            raise RefusedError(texts.no_such_unit(unit, found or near_units(question_service, plan, unit)))
        scoped += [Grant(role, plan, found[0], project=_project(question_service, plan, one)) for one in projects] or [
            Grant(role, plan, found[0])
        ]
    return tuple(scoped) or (Grant(role, plan),)


def _project(question_service: QuestionService, plan: str, said: str) -> str:
    if found := find_project(question_service, plan, said):
        return found
    raise RefusedError(texts.no_such_project(said, near_projects(question_service, plan, said)))


def username(settings: Settings) -> str | None:
    """The bot's name, where there is a token and Telegram answers."""
    telegram = settings.telegram
    if telegram.token is None:
        return None
    proxy = telegram.proxy.get_secret_value() if telegram.proxy else None
    return asyncio.run(username_of(telegram.token.get_secret_value(), base_url=telegram.base_url, proxy=proxy))
