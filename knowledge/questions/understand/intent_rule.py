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
    """What a rule is known by, however it is named or where it stands."""

    THINGS = "things"
    COUNT_TASKS_WITH_PHRASE = "count_tasks_with_phrase"
    HAS_PHRASE = "has_phrase"
    TASKS_WITH_PHRASE = "tasks_with_phrase"
    LIGHT_REASON = "light_reason"
    UNREPORTED = "unreported"
    REPORTED = "reported"
    BEHIND = "behind"
    LIGHTS = "lights"
    LIGHTS_WITHIN = "lights_within"
    RANKED = "ranked"
    CARD = "card"
    PROGRESS = "progress"
    COUNT_DUE_SOON = "count_due_soon"
    DUE_SOON = "due_soon"
    DAYS_LEFT = "days_left"
    IS_OF_YEAR = "is_of_year"
    IS_FIGURE = "is_figure"
    LARGEST_TARGET = "largest_target"
    COMPARE_UNITS = "compare_units"
    COUNT_SECTIONS = "count_sections"
    COUNT_TASKS = "count_tasks"
    COUNT_UNITS = "count_units"
    COUNT_TARGETS = "count_targets"
    COUNT_UNITS_OF_TASK = "count_units_of_task"
    COUNT_UNITS_OF_IT = "count_units_of_it"
    WHICH_LEADS = "which_leads"
    HOLDS = "holds"
    HOLDS_ROLE = "holds_role"
    HELPERS_IN_TASK = "helpers_in_task"
    PARTNERS_OF_UNIT = "partners_of_unit"
    QUANTIFIED_WITHIN = "quantified_within"
    TARGET_OF_SIZE = "target_of_size"
    TARGET_OF_FIGURE = "target_of_figure"
    DUE_TARGETS = "due_targets"
    DEADLINE = "deadline"
    UNITS_OF_TASK = "units_of_task"
    LEAD_OF_TASK = "lead_of_task"
    TARGET_VALUE = "target_value"
    COUNT_TASKS_OF_UNIT = "count_tasks_of_unit"
    HELPERS_OF_UNIT = "helpers_of_unit"
    TARGETS_OF_UNIT = "targets_of_unit"
    DEADLINE_OF_UNIT = "deadline_of_unit"
    TASKS_OF_UNIT = "tasks_of_unit"
    WHICH_TASK = "which_task"
    SAYS = "says"
    TARGET_OF_YEAR = "target_of_year"
    HOLDS_IT = "holds_it"
    IS_QUANTIFIED = "is_quantified"
    DEADLINE_OF_IT = "deadline_of_it"
    IS_DATED = "is_dated"
    UNITS_OF_IT = "units_of_it"
    TARGETS = "targets"
    TASKS = "tasks"
    LED_TASKS = "led_tasks"
    SAYS_IT = "says_it"
    FIGURE = "figure"


@dataclass(frozen=True, slots=True)
class IntentRule:
    """Applies where all tags of `all`, one of `some`, none of `none` are there, and the sentence has what it must."""

    id: RuleId
    name: str
    """What `duban explain` shows."""
    want: Want
    all: frozenset[CueTag] = frozenset()
    some: frozenset[CueTag] = frozenset()
    none: frozenset[CueTag] = frozenset()
    has: frozenset[Has] = frozenset()
    lacks: frozenset[Has] = frozenset()
    examples: tuple[str, ...] = ()

    def applies(self, tags: frozenset[CueTag], has: frozenset[Has]) -> bool:
        return (
            self.all <= tags
            and (not self.some or bool(self.some & tags))
            and not self.none & tags
            and self.has <= has
            and not self.lacks & has
        )
