"""Confirming owners by a table: what is read, unknown and changed is shown; one tap confirms all of it."""

from dataclasses import replace

from handlers.access.policy import Actor
from handlers.broadcast.direct import holders, tell
from handlers.chat.context import Context
from handlers.chat.conversation import say, settle
from handlers.chat.outgoing import Call
from handlers.chat.prompts import ask_for
from handlers.office import texts_owner_table as texts
from handlers.office.card_changes import set_cards
from handlers.office.card_targets import exact_target
from handlers.office.codes import Field, OwnerVerb
from handlers.office.owner_reading import resolved
from handlers.office.owner_rows import MOST_ROWS, read_owner_rows, written
from handlers.office.owner_states import in_state, owned_targets
from handlers.office.texts_cards import key
from knowledge.standing.owners import OwnerState
from storage.cards import last_change
from storage.people import Role

_LONGEST_PAPER = 60


def preview_table(context: Context, _actor: Actor, plan: str, said: str) -> Call:
    """`/owners table` asks for it."""
    if not said:
        return ask_for(context, texts.ask_table(), f"/owners {OwnerVerb.TABLE}")
    return _preview(context, plan, said)


def confirm_unopposed(context: Context, _actor: Actor, plan: str, paper: str) -> Call:
    """Of the target that is named, else of all whose units have agreed or let their days pass, by one document; the
    list is shown first."""
    target, rest = exact_target(context, plan, paper)
    owned = owned_targets(context, plan)
    found = in_state(owned, OwnerState.UNOPPOSED) if target is None else [one for one in owned if one.target == target]
    paper = rest if target else paper
    line = f"/owners {OwnerVerb.PAPER} {key(target) if target else ''}".strip()
    if not found:
        return say(context, texts.none_unopposed())
    if not paper:
        return ask_for(context, texts.ask_paper([key(one.target) for one in found]), line)
    if not any(map(str.isdigit, paper)) or len(paper) > _LONGEST_PAPER or "\n" in paper:
        return ask_for(context, texts.paper_unread(), line)
    rows = [(key(one.target), one.card.proposed.unit, paper) for one in found if one.card.proposed]
    return _preview(context, plan, written(rows))


def enter_table(context: Context, actor: Actor, plan: str, said: str) -> Call:
    """`17 ` and the table; shown again where the plan's cards were changed since the 17th change."""
    number, _, table = said.partition(" ")
    if number != str(last_change(context.session, plan)):
        return _preview(context, plan, table)
    rows = [one for one in resolved(context, plan, read_owner_rows(table)) if one.fault is None and not one.same]
    if not rows:
        return say(context, texts.nothing_read(()))
    today = context.services.clock.today()
    changes = []
    for one in rows:
        assert one.now is not None  # noqa: S101 - what has no fault has a target
        after = replace(one.now.card, owner=one.unit, owner_paper=one.row.paper, proposed=None)
        changes.append((one.now.target, after, today))
    first = set_cards(context, actor, plan, Field.OWNER, changes)
    units = dict.fromkeys(unit for one in rows for unit in texts.concerned(one))
    people = {unit: holders(context.session, plan, Role.LIAISON, Role.HEAD, units=frozenset({unit})) for unit in units}
    for unit, members in people.items():
        tell(context, plan, members, texts.confirmed_for(unit, [one for one in rows if unit in texts.concerned(one)]))
    return settle(context, texts.entered(rows, people, first))


def _preview(context: Context, plan: str, said: str) -> Call:
    rows = read_owner_rows(said)
    if len(rows) > MOST_ROWS:
        return ask_for(context, texts.too_many(len(rows)), f"/owners {OwnerVerb.TABLE}")
    read = tuple(resolved(context, plan, rows))
    new = [one for one in read if one.fault is None and not one.same]
    if not new:
        return ask_for(context, texts.nothing_read(read), f"/owners {OwnerVerb.TABLE}")
    table = written([(key(one.now.target), one.unit, one.row.paper) for one in new if one.now])
    number = last_change(context.session, plan)
    shown = replace(context, line=f"/owners {OwnerVerb.TABLE} {said}")
    return say(shown, texts.confirm_table(read, f"/owners {OwnerVerb.ENTER} {number} {table}"))
