"""A table's rows as targets and units of the plan."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum

from handlers.chat.context import Context
from handlers.office.card_targets import called_targets
from handlers.office.owner_rows import OwnerRow
from handlers.office.owner_states import OwnedTarget, owned_targets
from handlers.services.unit_lookup import find_units
from knowledge.plan.key import TaskKey


class RowFault(StrEnum):
    """Why a line confirms nothing."""

    NO_TARGET = "no_target"
    SEVERAL_TARGETS = "several_targets"
    TWICE = "twice"
    NO_UNIT = "no_unit"
    NO_PAPER = "no_paper"


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadRow:
    row: OwnerRow
    fault: RowFault | None = None
    now: OwnedTarget | None = None
    unit: str = ""
    listed: bool = True
    """Whether the plan lists the unit for the target's task, or for that task nobody."""

    @property
    def same(self) -> bool:
        card = self.now.card if self.now else None
        return card is not None and (card.owner, card.owner_paper) == (self.unit, self.row.paper)


def resolved(context: Context, plan: str, rows: Sequence[OwnerRow]) -> Iterator[ReadRow]:
    """Each row in order, with what is wrong with it."""
    owned = {one.target: one for one in owned_targets(context, plan)}
    targets = [called_targets(context.library, plan, row.target) for row in rows]
    for row, found in zip(rows, targets, strict=True):
        units = find_units(context.services.question_service, plan, row.unit) if row.unit else ()
        if len(found) != 1:
            yield ReadRow(row=row, fault=RowFault.SEVERAL_TARGETS if found else RowFault.NO_TARGET)
            continue
        (target,) = found
        task = context.library.tasks.get(TaskKey(plan, target.task))
        faults = (
            (targets.count(found) > 1, RowFault.TWICE),
            (len(units) != 1, RowFault.NO_UNIT),
            (not row.paper, RowFault.NO_PAPER),
        )
        fault = next((one for wrong, one in faults if wrong), None)
        unit = units[0] if len(units) == 1 else ""
        listed = task is None or not task.units or unit in task.units or unit in context.library.towns
        yield ReadRow(row=row, fault=fault, now=owned[target], unit=unit, listed=listed)
