"""What the office says of the targets' indicator cards: an overlay of the register's, one row a change, none changed.

With them comes which units it marked as no object of supervision: who is asked for what hangs on both, and is read by
one statement. A field that was never touched is the register's own; one that was emptied is 待办公室确认 again.
"""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from enum import StrEnum
from typing import Any

from pydantic import TypeAdapter
from sqlalchemy import (
    ColumnElement,
    ForeignKey,
    Index,
    bindparam,
    case,
    func,
    literal,
    null,
    select,
    union_all,
)
from sqlalchemy.orm import Mapped, Session, mapped_column

from knowledge.plan.model import Card, Target
from storage.base import NEVER_AGAIN, Base, RowId, table_of
from storage.people import MemberRow
from storage.supervision import SupervisionRow

_CARDS = TypeAdapter(Card)


class CardField(StrEnum):
    """The fields of a Card, by name."""

    OWNER = "owner"
    CERTIFIER = "certifier"
    DEFINITION = "definition"
    BASE = "base"
    BASE_UNIT = "base_unit"
    YEARLY = "yearly"
    QUARTERLY = "quarterly"
    FREQUENCY = "frequency"
    LAG = "lag"
    RIGIDITY = "rigidity"
    REFERENCE = "reference"
    SUMMED = "summed"
    SOURCE = "source"
    EVIDENCE = "evidence"
    OWNER_PAPER = "owner_paper"
    PROPOSED = "proposed"


WHO_REPORTS = frozenset({CardField.OWNER, CardField.SUMMED, CardField.FREQUENCY})
"""What says whose figures are asked for, and how often."""


class CardRow(Base):
    __tablename__ = "cards"

    id: Mapped[RowId]
    plan: Mapped[str]
    task: Mapped[str] = mapped_column(comment="id of the task or clause")
    target: Mapped[str] = mapped_column(comment="its name")
    field: Mapped[CardField]
    value: Mapped[str | None] = mapped_column(comment="JSON text; null: emptied")
    set_at: Mapped[datetime]
    set_by: Mapped[int] = mapped_column(ForeignKey(MemberRow.id))
    set_on: Mapped[date | None] = mapped_column(comment="plan day; null: not known")

    __table_args__ = (Index(None, "plan", "task", "target"), NEVER_AGAIN)


@dataclass(frozen=True, slots=True, kw_only=True)
class FieldChange:
    """A field's new content, as it is in a Card (None or () where it was emptied), by a member's number."""

    field: CardField
    value: Any
    at: datetime
    by: int


@dataclass(frozen=True, slots=True)
class Cards:
    """The cards in force of one plan, and whom the office marked."""

    _changed: Mapping[tuple[str, str], Mapping[str, Any]] = field(default_factory=dict)
    _since: Mapping[tuple[str, str], date | None] = field(default_factory=dict)
    _supervised: Mapping[str, bool] = field(default_factory=dict)

    def unsupervised(self, stated: frozenset[str]) -> frozenset[str]:
        """The units that are no object of supervision: those that are stated to be none, as far as the office has not
        said otherwise, and those that it marked."""
        marked = {said: {unit for unit, one in self._supervised.items() if one is said} for said in (True, False)}
        return (stated - marked[True]) | marked[False]

    def of(self, target: Target) -> Card:
        changed = self._changed.get((target.task, target.name))
        return replace(target.card, **changed) if changed else target.card

    def since(self, target: Target) -> date | None:
        """The plan day from which on the card asks whom it asks, so often; None: from the beginning."""
        return self._since.get((target.task, target.name))


def cards_of(session: Session, plan: str, *, before: int | None = None) -> Cards:
    """All that the office changed in a plan's cards, in one statement; as they were before the change `before`."""
    changed: dict[tuple[str, str], dict[str, Any]] = defaultdict(dict)
    since: dict[tuple[str, str], date | None] = {}
    supervised: dict[str, bool] = {}
    for _, task, target, name, value, day in session.execute(
        _CHANGES, {"plan": plan, "before": _AFTER_ALL if before is None else before}
    ):
        if name is None:
            supervised[target] = value == _YES
            continue
        changed[task, target][name.value] = _content(name, value)
        if name in WHO_REPORTS:
            since[task, target] = day
    return Cards(changed, since, supervised)


_TABLE, _MARKS = table_of(CardRow), table_of(SupervisionRow)
_YES, _AFTER_ALL = "yes", 2**62
_CHANGES = union_all(
    select(_TABLE.c.id, _TABLE.c.task, _TABLE.c.target, _TABLE.c.field, _TABLE.c.value, _TABLE.c.set_on).where(
        _TABLE.c.plan == bindparam("plan"), _TABLE.c.id < bindparam("before")
    ),
    select(_MARKS.c.id, literal(""), _MARKS.c.unit, null(), case((_MARKS.c.supervised, _YES)), null()).where(
        _MARKS.c.plan == bindparam("plan")
    ),
).order_by("id")
"""The changes of the cards, and (without a field, the unit in the target's place) of whom the office marked."""


def set_field(
    session: Session,
    plan: str,
    target: Target,
    name: CardField,
    card: Card,
    *,
    by: int,
    now: datetime,
    today: date | None,
) -> int:
    """Let the target's field be as it is in `card`, from plan day `today` on (None: from the beginning).

    Returns the number of the change.
    """
    content = _CARDS.dump_python(card, mode="json")[name.value]
    row = CardRow(
        plan=plan,
        task=target.task,
        target=target.name,
        field=name,
        value=None if content in (None, []) else _JSON.dump_json(content).decode(),
        set_at=now,
        set_on=today,
        set_by=by,
    )
    session.add(row)
    session.flush()
    return row.id


def last_change(session: Session, plan: str, target: Target | None = None) -> int:
    """The number of the last change of the target's card, or of any of the plan's; 0 where there is none."""
    of = (CardRow.plan == plan,) if target is None else _of_target(plan, target)
    return session.scalar(select(func.max(CardRow.id)).where(*of)) or 0


def targets_changed(session: Session, plan: str, *, since: int) -> dict[tuple[datetime, int], set[tuple[str, str]]]:
    """The targets (task, name) whose cards changed from the change with that number on, by when and who: what was
    changed at once has one time."""
    rows = select(CardRow.set_at, CardRow.set_by, CardRow.task, CardRow.target).where(
        CardRow.plan == plan, CardRow.id >= since
    )
    found: dict[tuple[datetime, int], set[tuple[str, str]]] = {}
    for at, by, task, target in session.execute(rows.order_by(CardRow.id)):
        found.setdefault((at, by), set()).add((task, target))
    return found


def changes_of(session: Session, plan: str, target: Target, *, since: int = 0) -> tuple[FieldChange, ...]:
    """Every change of the target's card from the one with that number on, the last first."""
    rows = session.scalars(
        select(CardRow).where(*_of_target(plan, target), CardRow.id >= since).order_by(CardRow.id.desc())
    )
    return tuple(
        FieldChange(field=row.field, value=_content(row.field, row.value), at=row.set_at, by=row.set_by) for row in rows
    )


def _of_target(plan: str, target: Target) -> tuple[ColumnElement[bool], ...]:
    return CardRow.plan == plan, CardRow.task == target.task, CardRow.target == target.name


_JSON: TypeAdapter[Any] = TypeAdapter(Any)


def _content(name: CardField, value: str | None) -> Any:
    if value is None:
        return getattr(Card(), name.value)
    return getattr(_CARDS.validate_python({name.value: _JSON.validate_json(value)}), name.value)
