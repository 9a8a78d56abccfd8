"""A monthly sheet that came back filled in: read by the report's own reader, shown, and confirmed as a batch form is.

A sheet is a unit's own report where the sender is of the unit, else what it says on paper (代录). Of a sheet of another
plan, unit or period, or with changed keys, nothing is recorded.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from decimal import Decimal
from unicodedata import normalize

from sqlalchemy.orm import Session

from handlers.access.policy import Action, Resource, may
from handlers.access.responsibility import own_unit
from handlers.chat.authorize import plan_of
from handlers.chat.context import Context, Services
from handlers.chat.conversation import say
from handlers.chat.file_context import context_of_file
from handlers.chat.outgoing import Call
from handlers.reports import drafts
from handlers.reports import texts_sheets as texts
from handlers.reports.card import show
from handlers.reports.card_buttons import read_day
from handlers.reports.drafts import Draft, DraftedFor, DraftItem, item_of, storable
from handlers.reports.guided import updates_of
from handlers.reports.on_behalf import drafted_for
from handlers.reports.owed_items import items_of_unit
from handlers.reports.sheet_file import FilledCell, FilledRow, FilledSheet, parts_of
from handlers.reports.texts_sheets import SheetColumn
from handlers.texts.periods import period_text
from handlers.texts.reply import Reply
from handlers.texts.standing import NO_CHANGE_SAID
from knowledge.plan.key import EntryKey
from knowledge.reports.model import AnswerSource, UpdateKind
from knowledge.standing.measure import is_rate
from knowledge.standing.periods import period_of
from knowledge.standing.picture import PeriodItem
from knowledge.standing.report import Report, Status
from storage.reports import reports_of

_FIRST_SERIAL, _LAST_SERIAL = 36_526, 73_050
"""Days as Excel counts them, from 2000 to 2099."""
_EPOCH = date(1899, 12, 30)
_WHOLE, _BARE = re.compile("[0-9]{1,18}"), re.compile(r"-?[0-9]{1,18}(?:\.[0-9]{1,9})?")


@dataclass(slots=True)
class SheetReading:
    """What was read of a sheet so far."""

    items: list[DraftItem] = field(default_factory=list)
    wrong: list[str] = field(default_factory=list)
    empty: int = 0
    before: int = 0
    """Rows that say what is recorded already."""


def take_sheets(
    session: Session, services: Services, chat: int, sheets: Sequence[FilledSheet] | None, *, now: datetime
) -> tuple[Call, ...]:
    """What is said to the sheets of a workbook, each by itself; None: their hidden cells were changed."""
    context = context_of_file(session, services, chat, now=now)
    if sheets is None:
        return (say(context, texts.CHANGED),)
    filled = [one for one in sheets if any(map(_is_filled, one.rows))] or sheets[:1]
    return tuple(_take(context, one) for one in filled)


def _is_filled(row: FilledRow) -> bool:
    return any(one.value is not None or one.broken for one in row.cells.values())


def _take(context: Context, sheet: FilledSheet) -> Call:
    behalf, refused = _for_whom(context, sheet)
    if refused is not None:
        return say(context, refused)
    items = {one.subject: one for one in items_of_unit(context, sheet.unit, sheet.plan)}
    if (wrong := _not_as_handed_out(context, sheet, items)) is not None:
        return say(context, wrong)
    found = SheetReading()
    for row in sheet.rows:
        _read(context, sheet, row, items, found)
    _leave_out_recorded(context, sheet, found)
    head = texts.summary(sheet.unit, len(found.items), found.empty, found.before, found.wrong)
    if not found.items:
        return say(context, texts.nothing_taken(head, sheet.unit, wrong=bool(found.wrong)))
    draft = Draft(items=tuple(found.items), behalf=behalf)
    return show(context, context.actor, drafts.begin(context, draft), draft, lead=head)


def _for_whom(context: Context, sheet: FilledSheet) -> tuple[DraftedFor | None, Reply | None]:
    """Whose report it is (None: the sender's own unit's), or why it is not taken."""
    actor, plan = context.actor, plan_of(context, context.actor)
    if sheet.plan != plan:
        return None, texts.other_plan(sheet.unit)
    if own_unit(actor, plan) == sheet.unit:
        return None, None
    if not may(actor, Action.RECORD_ON_BEHALF, Resource(plan=plan, units=frozenset({sheet.unit}))):
        return None, texts.not_yours(sheet.unit)
    today = context.services.clock.today()
    return drafted_for(actor, plan, sheet.unit, source=AnswerSource.PAPER, on=today), None


def _not_as_handed_out(context: Context, sheet: FilledSheet, items: dict[EntryKey, PeriodItem]) -> Reply | None:
    """Keys that were changed, or a period that is not asked for any more."""
    today, seen = context.services.clock.today(), set[str]()
    asked = {(one.subject.task, one.subject.name): one for one in items.values()}
    for row in sheet.rows:
        parts = parts_of(row.key)
        if parts is None or row.key in seen or row.name != f"{parts[0]} {parts[1]}":
            return texts.changed_row(sheet.unit, row.number)
        seen.add(row.key)
        item = asked.get(parts[:2])
        if item is None or item.period.covers(parts[2]):
            continue
        try:
            said = period_text(period_of(parts[2], context.services.remind.due_days), today)
        except ValueError:
            return texts.changed_row(sheet.unit, row.number)
        return texts.other_period(sheet.unit, said, period_text(item.period, today))
    return None


def _read(
    context: Context, sheet: FilledSheet, row: FilledRow, items: dict[EntryKey, PeriodItem], found: SheetReading
) -> None:
    """A row's reports, or what is wrong with it."""
    if not _is_filled(row):
        found.empty += 1
        return
    item = next((one for one in items.values() if f"{one.subject.task} {one.subject.name}" == row.name), None)
    if item is None:
        found.wrong.append(texts.not_of_unit(row.number, row.name))
        return
    wrong = [texts.broken(one.place, row.name) for one in row.cells.values() if one.broken]
    day = _day(context, row, item, wrong)
    made = [] if wrong or day is None else list(_reports(context, sheet, row, item, day, wrong))
    if wrong:
        found.wrong += wrong
    else:
        found.items += made


def _day(context: Context, row: FilledRow, item: PeriodItem, wrong: list[str]) -> date | None:
    """Where none is said, the day on which the sheet comes back; of a period that is over, its last."""
    cell, today = row.cells[SheetColumn.DAY], context.services.clock.today()
    if cell.value is None:
        return min(today, item.period.last)
    if isinstance(cell.value, date):
        return cell.value
    plain = normalize("NFKC", cell.value)
    if plain.isdecimal() and _FIRST_SERIAL <= int(plain) <= _LAST_SERIAL:
        return date.fromordinal(_EPOCH.toordinal() + int(plain))
    try:
        return date.fromisoformat(plain.replace("/", "-").replace(".", "-"))
    except ValueError:
        day = read_day(plain, today)
    if day is None:
        wrong.append(texts.unread_day(cell.place, row.name, cell.value))
    return day


def _reports(
    context: Context, sheet: FilledSheet, row: FilledRow, item: PeriodItem, day: date, wrong: list[str]
) -> Iterator[DraftItem]:
    note, problem = _words(row.cells[SheetColumn.NOTE]), _words(row.cells[SheetColumn.PROBLEM])
    value, state = row.cells[SheetColumn.VALUE], row.cells[SheetColumn.STATE]
    said, unchanged = _words(value), _words(state) in {texts.UNCHANGED, NO_CHANGE_SAID}
    base = DraftItem(
        kind=item.subject.kind,
        name=item.subject.name,
        plan=item.subject.plan,
        task=item.subject.task,
        says=UpdateKind.NOTE,
        as_of=day,
        said=note,
        for_period=item.period.label,
    )
    if said and unchanged:
        wrong.append(texts.both(value.place, row.name))
    elif said or (_words(state) and not unchanged):
        read = _figure(context, sheet.unit, item, value if said else state, base, note)
        if read is None:
            unread = texts.unread if said else texts.unread_state
            wrong.append(unread((value if said else state).place, row.name, said or _words(state)))
        else:
            yield read
    elif unchanged:
        yield replace(base, says=UpdateKind.NO_CHANGE, said=NO_CHANGE_SAID, note=note)
    elif note:
        yield base
    if problem:
        yield replace(base, says=UpdateKind.PROBLEM, said=problem)


def _words(cell: FilledCell) -> str:
    return "" if cell.value is None else str(cell.value)


def _figure(
    context: Context, unit: str, item: PeriodItem, cell: FilledCell, base: DraftItem, note: str
) -> DraftItem | None:
    """A whole number, of a rate any, is the figure in the target's unit; all else the report's own reader reads."""
    if isinstance(cell.value, date):
        return None
    typed, target = normalize("NFKC", _words(cell)).replace(",", ""), item.standing.target
    said = replace(base, says=UpdateKind.READING, said=_words(cell), note=note)
    plain = _BARE if target is not None and is_rate(target) else _WHOLE
    if target is not None and plain.fullmatch(typed):
        read = replace(said, value=Decimal(typed))
    else:
        words = f"{typed}{(target.unit or '') if target else ''}" if _BARE.fullmatch(typed) else typed
        known = updates_of(context, unit, item.subject, words)
        if len(known) != 1 or known[0].kind in {UpdateKind.NOTE, UpdateKind.PROBLEM}:
            return None
        read = item_of(known[0], today=base.day(context.services.clock.today()), for_period=base.for_period)
        read = replace(read, as_of=base.as_of, note=note, said=_words(cell))
    return read if storable([read]) else None


def _leave_out_recorded(context: Context, sheet: FilledSheet, found: SheetReading) -> None:
    """The same sheet sent twice records nothing twice."""
    names = [(one.task, one.name) for one in found.items]
    stored = reports_of(context.session, sheet.plan, targets=names)
    held = {_told(one) for one in stored if one.unit == sheet.unit and one.status in {Status.ACCEPTED, Status.PENDING}}
    today = context.services.clock.today()
    new = [
        one
        for one in found.items
        if _told(one.as_report(id_="new", unit=sheet.unit, today=today, now=context.now), one.for_period) not in held
    ]
    found.before, found.items = len(found.items) - len(new), new


def _told(report: Report, period: str | None = None) -> tuple[object, ...]:
    """What makes two reports say the same."""
    return (
        report.subject,
        report.kind,
        report.value,
        report.measure,
        report.state,
        report.note,
        report.as_of,
        period or report.for_period,
    )
