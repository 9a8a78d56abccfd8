"""What a unit is to report now, by the day's picture, and once more."""

from datetime import timedelta

from handlers.chat.context import Context
from handlers.progress.pictures import picture_today
from knowledge.plan.key import EntryKey
from knowledge.standing.picture import Duty, PeriodItem, owed
from storage.report_row import Record
from storage.reports import returned_of

LATELY = timedelta(days=92)


def items_of_unit(context: Context, unit: str, plan: str) -> tuple[PeriodItem, ...]:
    """Of the periods that are asked for, owed or reported."""
    items = picture_today(context, plan).current
    return tuple(one for one in items if one.unit == unit and one.duty is not Duty.NOT_OWED)


def owed_periods(context: Context, unit: str | None, plan: str) -> dict[EntryKey, str]:
    """What the unit still owes, each with its period's label: a form or a card that asks for it is for that period."""
    return {one.subject: one.period.label for one in owed(items_of_unit(context, unit, plan))} if unit else {}


def returned_to(context: Context, unit: str, plan: str) -> tuple[Record, ...]:
    """The unit's reports that were returned lately and not reported again."""
    return returned_of(context.session, plan, unit, since=context.now - LATELY)
