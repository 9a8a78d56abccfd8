"""`duban invite --list`: invitations for everybody in a workbook or a text, on slips to be printed."""

from datetime import timedelta
from pathlib import Path

import typer

from bot.commands.database_access import RefusedError, opened, settings_from
from bot.commands.invite import desk, username
from bot.slips import page_of
from bot.texts import invite as texts
from handlers.chat.outgoing import Slip
from handlers.people.invitation_rows import MOST, InvitationRowRead, read_rows
from handlers.people.invitation_sheet import rows_of
from handlers.people.onboarding import DAYS, told
from handlers.people.texts_invitation_lists import slips, why
from handlers.services.clock import PLAN_ZONE, machine_now
from handlers.services.invite_codes import digest_of, new_code, with_code
from storage import audit
from storage import invitations as storage
from storage.people import members_of_plan
from storage.permissions import private_opener

SHEET = ".xlsx"


def invite_list(
    listed: Path, printed: Path, *, plan: str | None = None, database: str | None = None, config: Path | None = None
) -> int:
    """Write the slips of all who can be invited, and say of the others why not; the exit status."""
    try:
        settings = settings_from(config)
        question_service = desk(plan or settings.plan.name)
        name, text, now = question_service.library.plans[0].name, _text_of(listed), machine_now()
        with opened(database, settings, make=True) as held, held.write() as session:
            rows = read_rows(text, question_service, name, members_of_plan(session, name))
            good = [one for one in rows if one.fault is None]
            if not 0 < len(rows) <= MOST or not good:
                raise RefusedError("\n".join((texts.nobody_listed(len(rows), MOST), *_faults(rows))))
            codes, expires = [new_code() for _ in good], now + timedelta(days=DAYS)
            for row, code in zip(good, codes, strict=True):
                number = storage.invite(
                    session, digest=digest_of(code), grants=row.grants, made_by=None, now=now, expires_at=expires
                )
                subject, detail = f"invitation:{number}", told(row.grants)
                audit.append(session, at=now, actor=audit.CONSOLE, action="invite", subject=subject, detail=detail)
            bot = username(settings)
            made = slips(good, codes, expires.astimezone(PLAN_ZONE).date())
            _write(printed, page_of((one.title, _lines(one, bot)) for one in made))
    except RefusedError as error:
        typer.echo(str(error), err=True)
        return 1
    typer.echo("\n".join((*_faults(rows), texts.listed(len(good), len(rows), str(printed), DAYS))))
    if settings.service.mode == "public":
        typer.echo(texts.STILL_PUBLIC, err=True)
    return 0


def _lines(slip: Slip, bot: str | None) -> list[str]:
    """Whoever prints at once needs no place to be filled later."""
    return [with_code(line, slip.code, texts.link(bot, slip.code)) for line in slip.lines]


def _text_of(listed: Path) -> str:
    try:
        content = listed.read_bytes()
    except OSError as error:
        raise RefusedError(texts.unreadable(str(listed), error.strerror or "")) from None
    try:
        return rows_of(content) if listed.suffix.lower() == SHEET else content.decode("utf-8-sig")
    except Exception:  # whatever the library raises for a broken file
        raise RefusedError(texts.no_list(str(listed))) from None


def _write(printed: Path, page: str) -> None:
    """For the person alone, and never over another file: what it holds is in no other place."""
    try:
        with open(printed, "x", encoding="utf-8", opener=private_opener) as file:
            file.write(page)
    except OSError as error:
        raise RefusedError(texts.not_written(str(printed), error.strerror or "")) from None


def _faults(rows: tuple[InvitationRowRead, ...]) -> tuple[str, ...]:
    return tuple(f"第 {one.number} 行：{why(one)}" for one in rows if one.fault)
