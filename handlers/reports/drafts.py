"""A draft as a value: the reports that a message was read to make, which of them is being asked about, and why."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Self

from pydantic import TypeAdapter

from handlers.chat.context import Context
from knowledge.plan.key import EntryKey, EntryKind
from knowledge.reports.model import AnswerSource, Recorder, State, Update, UpdateKind
from knowledge.standing.report import OnBehalf, Report, Status
from storage import drafts
from storage.drafts import Kept
from storage.report_row import Record

LIFE = timedelta(hours=2)
"""How long after its last change a draft can be confirmed."""
_LARGEST, _PLACES = Decimal(10) ** 12, 6
"""What the database holds exactly."""


@dataclass(frozen=True, slots=True, kw_only=True)
class DraftItem:
    """One report that waits to be confirmed; `measure` None is the target's own unit."""

    kind: EntryKind
    name: str
    plan: str
    task: str
    says: UpdateKind
    value: Decimal | None = None
    measure: str | None = None
    state: State | None = None
    as_of: date | None = None
    """The day shown, which is the day stored; None in a draft of 0.1, which meant the day of confirming."""
    approx: bool = False
    said: str
    note: str = ""
    corrects: int | None = None
    for_period: str | None = None
    """The label of the period whose figure it is, where the reminder that it answers, or what it corrects, says so."""

    @property
    def subject(self) -> EntryKey:
        return EntryKey(self.kind, self.name, self.plan, self.task)

    def day(self, today: date) -> date:
        return self.as_of or today

    def about(self, subject: EntryKey) -> Self:
        """The same words, of something else."""
        return replace(
            self,
            kind=subject.kind,
            name=subject.name,
            plan=subject.plan,
            task=subject.task,
            corrects=None,
            for_period=None,
        )

    def as_report(self, *, id_: str, unit: str, today: date, now: datetime, author: str = "") -> Report:
        """As it would stand in the record if it were accepted."""
        return Report(
            id=id_,
            subject=self.subject,
            unit=unit,
            kind=self.says,
            value=self.value,
            measure=self.measure,
            approx=self.approx,
            state=self.state,
            note=self.note,
            as_of=self.day(today),
            received_at=now,
            author=author,
            status=Status.ACCEPTED,
            corrects=None if self.corrects is None else str(self.corrects),
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class DraftedFor:
    """The unit whose word is written down for it (代录); `source` None: it is still to be said how the word came."""

    unit: str
    by: Recorder
    on: date
    source: AnswerSource | None = None

    @property
    def as_stored(self) -> OnBehalf | None:
        return OnBehalf(source=self.source, on=self.on, by=self.by) if self.source else None


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """`items` that are still to be confirmed, the first of them asked about now; `text` is the whole message."""

    items: tuple[DraftItem, ...]
    text: str = ""
    done: int = 0
    each: bool = False
    """Whether several are shown one after the other, and not on one card."""
    told: int | None = None
    """The reminder that asked for it, by one of its items: once this is confirmed, its next target is offered."""
    behalf: DraftedFor | None = None
    """None where the person reports for an own unit."""

    @property
    def item(self) -> DraftItem:
        return self.items[0]

    def with_item(self, item: DraftItem) -> Self:
        return replace(self, items=(item, *self.items[1:]))

    def rest(self, *, done: bool) -> Self:
        """Without the item asked about, which was confirmed (`done`) or left out."""
        return replace(self, items=self.items[1:], done=self.done + done)


_STORED: TypeAdapter[Draft] = TypeAdapter(Draft)


def item_of(update: Update, *, today: date, corrects: int | None = None, for_period: str | None = None) -> DraftItem:
    """Where no day is said, `today` is: it is still the day when the card is confirmed after midnight. A problem holds
    all that was said of it in its words."""
    subject, target = update.subject, update.target
    problem = update.kind is UpdateKind.PROBLEM
    own = target is not None and update.unit == target.unit and update.kind is not UpdateKind.PERCENT
    return DraftItem(
        kind=subject.kind,
        name=subject.name,
        plan=subject.plan,
        task=subject.task,
        says=update.kind,
        value=update.value,
        measure=None if own else update.unit,
        state=update.state,
        as_of=update.as_of or today,
        approx=update.approx,
        said="，".join(filter(None, (update.said, update.note))) if problem else update.said,
        note="" if problem else update.note,
        corrects=corrects,
        for_period=for_period,
    )


def correcting(update: Update, held: Record) -> DraftItem:
    """In the place of a report that is `held`: its day and period stay where no other day is said."""
    period = None if update.as_of else held.report.for_period
    return item_of(update, today=held.report.as_of, corrects=held.number, for_period=period)


def storable(items: Iterable[DraftItem]) -> bool:
    """Whether the record can hold every value exactly."""
    values = [item.value for item in items if item.value is not None]
    return all(abs(one) < _LARGEST and one == one.quantize(Decimal(1).scaleb(-_PLACES)) for one in values)


def begin(context: Context, draft: Draft) -> Kept:
    """Keep a new draft. An open one that was read from the same message, or says nothing but of the same, is closed."""
    subjects = {item.subject for item in draft.items}
    for kept, before in open_ones(context):
        same = kept.message is not None and kept.message == context.message
        alike = _unit(before) == _unit(draft) and {item.subject for item in before.items} <= subjects
        if same or alike:
            drafts.close_draft(context.session, kept)
    return drafts.open_draft(
        context.session,
        chat_id=context.chat,
        person_id=context.person,
        message_id=context.message,
        content=_STORED.dump_python(draft, mode="json"),
        expires_at=context.now + LIFE,
    )


def _unit(draft: Draft) -> str | None:
    return draft.behalf.unit if draft.behalf else None


def taken(context: Context, number: int, version: int) -> tuple[Kept, Draft] | None:
    """The person's own open draft, if the button or question was made for it as it is now."""
    kept = drafts.take_draft(context.session, number, version=version, person_id=context.person, now=context.now)
    return None if kept is None else (kept, _STORED.validate_python(kept.content))


def current(context: Context) -> tuple[Kept, Draft] | None:
    return next(iter(open_ones(context)), None)


def open_ones(context: Context) -> list[tuple[Kept, Draft]]:
    """The person's open drafts, the newest first."""
    found = drafts.open_drafts(context.session, chat_id=context.chat, person_id=context.person, now=context.now)
    return [(kept, _STORED.validate_python(kept.content)) for kept in found]


def open_card(context: Context) -> str | None:
    """How the lines begin that the buttons of the open draft's card send."""
    held = current(context)
    return f"/report #{held[0].id}.{held[0].version}" if held else None


def change(context: Context, kept: Kept, draft: Draft) -> Kept:
    """Replace what the draft says: buttons made for it before do nothing any more."""
    return drafts.change_draft(
        context.session, kept, _STORED.dump_python(draft, mode="json"), expires_at=context.now + LIFE
    )
