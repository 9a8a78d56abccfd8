"""/sheet: the monthly sheet of a unit, or of every unit that owes figures, as a workbook to be filled in."""

from base64 import b64encode
from collections.abc import Mapping, Sequence
from datetime import date

from handlers.access.policy import Action, may
from handlers.access.responsibility import own_unit
from handlers.chat.authorize import plan_of, turned_away
from handlers.chat.context import Context
from handlers.chat.conversation import say
from handlers.chat.outgoing import Call, Document
from handlers.chat.prompts import ask_for
from handlers.progress.pictures import picture_today
from handlers.reports import texts_sheets as texts
from handlers.reports.owed_items import items_of_unit
from handlers.reports.sheet_file import SheetItem, UnitSheet, key_of, written
from handlers.services.unit_lookup import find_units, near_units
from handlers.texts.periods import period_text
from handlers.texts.plan import value_text
from handlers.texts.standing import figure_text
from knowledge.standing.picture import PeriodItem, by_unit, owed


def hand_out_sheet(context: Context, rest: str) -> Call:
    """One's own unit's; for who writes down what units say, any unit's, or a sheet for each that owes figures."""
    actor, plan = context.actor, plan_of(context, context.actor)
    own = own_unit(actor, plan)
    if not may(actor, Action.REPORT) and (no := turned_away(context, actor, Action.RECORD_ON_BEHALF)):
        return no
    said = rest.strip()
    if not said and own is None:
        return ask_for(context, texts.which_unit(), "/sheet")
    if said == texts.ALL_UNITS:
        if no := turned_away(context, actor, Action.RECORD_ON_BEHALF):
            return no
        return _handed_out(context, plan, by_unit(owed(picture_today(context, plan).current)), texts.ALL_UNITS)
    units = find_units(context.services.question_service, plan, said) if said else ()
    unit = own if not said else units[0] if len(units) == 1 else None
    if unit is None:
        return say(context, texts.no_such_unit(said, near_units(context.services.question_service, plan, said)))
    if unit != own and (no := turned_away(context, actor, Action.RECORD_ON_BEHALF)):
        return no
    return _handed_out(context, plan, {unit: owed(items_of_unit(context, unit, plan))}, unit)


def _handed_out(context: Context, plan: str, items: Mapping[str, Sequence[PeriodItem]], name: str) -> Call:
    today = context.services.clock.today()
    found = next(one for one in context.library.plans if one.name == plan)
    sheets = [sheet_of(plan, found.title, unit, own, today) for unit, own in items.items() if own]
    if not sheets:
        return say(context, texts.nothing_owed(name))
    packed = b64encode(written(sheets)).decode()
    context.besides.append(Document(chat=context.chat, name=texts.file_name(name, today), text=packed, encoded=True))
    return say(context, texts.handed_out(name, sum(map(len, items.values())), len(sheets)))


def sheet_of(plan: str, title: str, unit: str, items: Sequence[PeriodItem], today: date) -> UnitSheet:
    periods = tuple(dict.fromkeys(period_text(one.period, today) for one in items))
    return UnitSheet(
        plan=plan,
        unit=unit,
        made_on=today,
        title=texts.title(title, unit),
        about=texts.about(periods, unit, today),
        items=tuple(
            SheetItem(key=key_of(one.subject.task, one.subject.name, one.period.label), cells=_cells(one, today))
            for one in items
        ),
    )


def _cells(one: PeriodItem, today: date) -> tuple[str, ...]:
    """From the task to the period."""
    target, last = one.standing.target, one.standing.figure
    held = last if last is not None and last.report.unit == one.unit else None
    return (
        one.subject.task,
        one.subject.name,
        value_text(target) if target else "",
        (target.unit or "") if target else "",
        figure_text(held.report, target) if held else "",
        held.day.isoformat() if held else "",
        period_text(one.period, today),
    )
