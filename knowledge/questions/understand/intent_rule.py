"""A rule that says which question it is, as a value: what it looks for, and what it is known by."""

from dataclasses import dataclass
from enum import StrEnum

from knowledge.language.cues import CueTag
from knowledge.questions.query import Want


class Has(StrEnum):
    """What a sentence names, itself or (MEMORY) by what went before."""

    UNIT = "unit"
    UNITS = "units"
    """Two or more."""
    SUBJECT = "subject"
    """A topic, a task or clause by number, or a section."""
    FIGURE = "figure"
    MEMORY = "memory"
    PHRASE = "phrase"
    """Words that the plan's text may hold."""
    THINGS = "things"
    """A kind of things that the plan names."""


class RuleId(StrEnum):
    """What a rule is known by that later steps ask for, however it is named or where it stands."""

    THINGS = "things"
    LARGEST_TARGET = "largest_target"
    COUNT_TARGETS = "count_targets"
    WHICH_LEADS = "which_leads"
    HELPERS_IN_TASK = "helpers_in_task"
    HELPERS_OF_UNIT = "helpers_of_unit"
    UNITS_OF_TASK = "units_of_task"
    LEAD_OF_TASK = "lead_of_task"
    TARGET_VALUE = "target_value"
    WHICH_TASK = "which_task"
    SAYS = "says"


@dataclass(frozen=True, slots=True)
class IntentRule:
    """Applies where all tags of `all`, one of `some`, none of `none` are there, and the sentence has what it must."""

    name: str
    """What `duban explain` shows."""
    want: Want
    all: frozenset[CueTag] = frozenset()
    some: frozenset[CueTag] = frozenset()
    none: frozenset[CueTag] = frozenset()
    has: frozenset[Has] = frozenset()
    lacks: frozenset[Has] = frozenset()
    examples: tuple[str, ...] = ()
    id: RuleId | None = None

    def applies(self, tags: frozenset[CueTag], has: frozenset[Has]) -> bool:
        return (
            self.all <= tags
            and (not self.some or bool(self.some & tags))
            and not self.none & tags
            and self.has <= has
            and not self.lacks & has
        )
