"""What a progress message was understood to say, as values; sentences about it are made elsewhere."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum

from knowledge.entities.choice import Choice
from knowledge.plan.key import EntryKey, EntryKind
from knowledge.plan.model import Target


class UpdateOutcome(StrEnum):
    UNDERSTOOD = "understood"
    CLARIFY = "clarify"
    NOT_UPDATE = "not_update"


class UpdateKind(StrEnum):
    READING = "reading"
    INCREMENT = "increment"
    PERCENT = "percent"
    STATE = "state"
    NO_CHANGE = "no_change"
    NOTE = "note"
    PROBLEM = "problem"


class State(StrEnum):
    NOT_STARTED = "not_started"
    IN_PROGRESS = "in_progress"
    DONE = "done"
    BLOCKED = "blocked"


class AnswerSource(StrEnum):
    """How a unit's word came that somebody else wrote down for it."""

    PHONE = "phone"
    PAPER = "paper"
    OA = "oa"


class Recorder(StrEnum):
    """In what role somebody wrote down a unit's word."""

    OFFICE = "office"
    SUPERVISOR = "supervisor"


REPORTED = (EntryKind.TASK, EntryKind.TARGET, EntryKind.PROJECT, EntryKind.ACTION)
"""What a report can be about."""


class Unclear(StrEnum):
    """Why a message must be asked back."""

    WHICH = "which"
    """Several subjects may be meant, or none was named."""
    RANGE = "range"
    """A range, a vague number or one that cannot be (600-620个, 几十家, 负20个)."""
    UNIT = "unit"
    """A number in a unit of another kind than the target's (5G基站620万元)."""
    DAY = "day"
    """A day that does not exist (2月30日), or two days where one is meant."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Update:
    """One report. `value` is in `unit`: the target's own, or `%` for a percent of the target done (0–100)."""

    subject: EntryKey
    target: Target | None = None
    kind: UpdateKind
    value: Decimal | None = None
    unit: str | None = None
    state: State | None = None
    as_of: date | None = None
    approx: bool = False
    said: str
    """The words that it was read from, as they were typed."""
    note: str = ""
    """What else was said with it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Understanding:
    """How a message was read. A clarify may carry the updates that were clear."""

    outcome: UpdateOutcome
    updates: tuple[Update, ...] = ()
    choices: tuple[Choice, ...] = ()
    unclear: Unclear | None = None
    said: str = ""
    """The words that are unclear, as they were typed."""
    wants: str = ""
    """The unit that the number should be in, where that is what is unclear."""
