"""Adding a name for a unit or for something of the plan: read, checked, kept. What chat and command line share."""

from datetime import datetime

from sqlalchemy.orm import Session

from handlers.questions import texts_aliases as texts
from handlers.services.question_service import QuestionService
from handlers.services.unit_lookup import find_units, near_units
from knowledge.plan.gazetteer import Alias
from knowledge.questions.alias_check import find_entries, objection
from storage import audit
from storage.aliases import add_alias, end_alias
from storage.unanswered import Miss, MissState, set_state


class NotNamedError(Exception):
    """The name was not added; the message is one sentence that says why."""


def read_alias(question_service: QuestionService, plan: str, line: str, *, said: str = "") -> Alias:
    """The alias that `单位=说法` asks for, or the unit's name alone where `said` is known; raises NotNamedError."""
    name, equals, other = line.replace("＝", "=").partition("=")
    name, said = name.strip(), other.strip() if equals else said
    if not name or not said:
        raise NotNamedError(texts.HOW_TO_NAME)
    alias = _named(question_service, plan, name, said)
    if against := objection(alias, question_service.library, plan):
        raise NotNamedError(texts.objection(alias, against))
    return alias


def _named(question_service: QuestionService, plan: str, name: str, said: str) -> Alias:
    units = find_units(question_service, plan, name)
    if len(units) == 1:
        return Alias(name=units[0], said=said)
    if units:
        raise NotNamedError(texts.which_one(name, units))
    entries = find_entries(name, question_service.library, plan)
    if len(entries) == 1:
        return Alias(name=entries[0].name, said=said, owner=entries[0].owner.id)
    if entries:
        raise NotNamedError(texts.which_one(name, [f"{entry.owner.id} {entry.name}" for entry in entries]))
    raise NotNamedError(texts.nothing_called(name, near_units(question_service, plan, name)))


def name_miss(session: Session, miss: Miss, alias: Alias, *, by: int | None, actor: str, now: datetime) -> int:
    """Add the alias, which resolves the miss; its number. Raises NotNamedError if somebody has just added it."""
    number = add_alias(session, miss.plan, alias, by=by, now=now)
    if number is None:
        raise NotNamedError(texts.already_added(alias))
    set_state(session, miss.id, MissState.RESOLVED)
    detail: dict[str, object] = {"plan": miss.plan, "owner": alias.owner, "name": alias.name, "miss": miss.id}
    audit.append(session, at=now, actor=actor, action="alias", subject=f"alias:{number}", detail=detail)
    return number


def drop_alias(session: Session, plan: str, number: int, *, actor: str, now: datetime) -> Alias | None:
    """Let it count no more; None where there is no such alias."""
    held = end_alias(session, number, plan=plan, now=now)
    if held is None:
        return None
    audit.append(session, at=now, actor=actor, action="alias_end", subject=f"alias:{number}")
    return held.alias


def settle(session: Session, miss: Miss, state: MissState, *, actor: str, now: datetime) -> None:
    """The office has dealt with a miss otherwise."""
    set_state(session, miss.id, state)
    audit.append(session, at=now, actor=actor, action=f"miss_{state}", subject=f"miss:{miss.id}")
