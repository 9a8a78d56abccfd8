"""`duban outbox`: what the bot sends unasked, what did not arrive, and what to do about it."""

import json
from datetime import timedelta
from pathlib import Path
from typing import Any

import typer
from sqlalchemy.orm import Session

from bot.commands.database_access import RefusedError, opened, settings_from
from handlers.broadcast import texts_outbox as texts
from handlers.broadcast.codes import OUTBOX_AUDITED, OutboxVerb
from handlers.broadcast.texts_outbox import UndeliveredMessage
from handlers.office.outbox import day_of
from handlers.services.clock import PlanClock, machine_now
from storage import audit, claims
from storage.database import Database
from storage.outbox_view import Overview, list_troubled, overview, unreachable
from storage.people import Member, get_members


def outbox(*, as_json: bool, retry: int | None, drop: int | None, database: str | None, config: Path | None) -> int:
    """Show the outbox, or decide about the row of a number. The exit status."""
    try:
        with opened(database, settings_from(config), make=False) as held:
            if retry is not None:
                typer.echo(_decide(held, retry, again=True))
            elif drop is not None:
                typer.echo(_decide(held, drop, again=False))
            else:
                _show(held, as_json=as_json)
    except RefusedError as error:
        typer.echo(str(error), err=True)
        return 1
    return 0


def _decide(database: Database, number: int, *, again: bool) -> str:
    now = machine_now()
    with database.write() as session:
        if again:
            done = claims.send_again(session, number, plan=None, now=now)
        else:
            done = claims.give_up(session, number, plan=None)
        if not done:
            raise RefusedError(texts.NO_SUCH_ROW)
        action = OUTBOX_AUDITED[OutboxVerb.AGAIN if again else OutboxVerb.DROP]
        audit.append(session, at=now, actor=audit.CONSOLE, action=action, subject=f"outbox:{number}")
    return texts.sent_again(number) if again else texts.given_up(number)


def _show(database: Database, *, as_json: bool) -> None:
    now = machine_now()
    with database.read() as session:
        since = now - timedelta(days=texts.DAYS)
        found = overview(session, None, since=since, now=now, plan_now=PlanClock().now())
        lost = get_members(session, unreachable(session))
        cases = _cases(session)
    if as_json:
        typer.echo(json.dumps(_as_json(found, lost, cases), ensure_ascii=False))
        return
    typer.echo("\n".join((texts.verdict(found, len(lost)), *texts.lines(found, len(lost)))))
    for line in texts.people_lines(lost):
        typer.echo(line)
    for case in cases:
        typer.echo(texts.case_text(case))


def _cases(session: Session) -> list[UndeliveredMessage]:
    rows = list_troubled(session)
    members = {one.id: one for one in get_members(session, {row.member for row in rows if row.member is not None})}
    return [UndeliveredMessage(row, members.get(row.member or 0), day_of(row, timedelta(0))) for row in rows]


def _as_json(found: Overview, lost: tuple[Member, ...], cases: list[UndeliveredMessage]) -> dict[str, Any]:
    return {
        "counts": {state.value: count for state, count in found.counts.items()},
        "lag_seconds": int(found.lag.total_seconds()),
        "repeated": found.repeated,
        "unreachable": [{"member": one.id, "name": one.name} for one in lost],
        "troubled": [
            {
                "id": case.row.id,
                "plan": case.row.plan,
                "kind": case.row.kind.value,
                "state": case.row.state.value,
                "reason": case.row.reason,
                "member": case.row.member,
                "created_at": case.row.created_at.isoformat(),
                "text": texts.quoted(case.row),
            }
            for case in cases
        ],
    }
