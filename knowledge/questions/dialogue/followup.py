"""A turn that may go on with what was said before, and the rows of the tables that say how."""

from collections.abc import Callable, Set
from dataclasses import dataclass
from enum import Enum

from knowledge.language.cues import CueTag
from knowledge.questions.context import QuestionContext, Trouble
from knowledge.questions.dialogue.state import Turn
from knowledge.questions.parse.utterance import Piece
from knowledge.questions.query import Query, Want
from knowledge.questions.understand.intent_rule import IntentRule
from knowledge.questions.understand.intents import ASKING

ROLES = frozenset({CueTag.LEAD, CueTag.ASSIST})
# with none of these a turn only names something: what is asked stands in the turn before
OWN_WORDS = ASKING | ROLES | {CueTag.TASK, CueTag.OWN}


class SubjectKind(Enum):
    """What a turn names, or what the turn before was about; a FIGURE is only a number: 是不是98%."""

    NOTHING = (False, False)
    UNITS = (True, False)
    WORK = (False, True)
    BOTH = (True, True)
    SET = "set"
    FIGURE = "figure"


def _named_in(query: Query) -> SubjectKind:
    return (
        SubjectKind.SET
        if query.members or query.claim
        else SubjectKind((bool(query.terms), query.of_work or bool(query.things)))
    )


@dataclass(frozen=True, slots=True)
class Followup:
    """A turn as it is read without a memory, and the turns before it, newest first."""

    asked: QuestionContext
    piece: Piece
    turns: tuple[Turn, ...]
    query: Query
    rule: IntentRule | None = None

    @property
    def tags(self) -> frozenset[CueTag]:
        return self.piece.tags

    @property
    def before(self) -> Query:
        return self.turns[0].query


@dataclass(frozen=True, slots=True, kw_only=True)
class Patch:
    """When a turn changes what was asked before, and to what; a change may still find that it does not apply (None).

    The last turn of each example, whose turns stand apart by →, is changed by this row.
    """

    change: Callable[[Followup], Query | Trouble | None]
    examples: tuple[str, ...]
    names: Set[SubjectKind] = frozenset(SubjectKind)
    of: Set[SubjectKind] = frozenset(SubjectKind)  # what the turn before was about
    after: Set[Want] = frozenset(Want)  # what was asked before
    wants: Set[Want] = frozenset(Want)  # what this turn asks
    all: Set[CueTag] = frozenset()
    some: Set[CueTag] = frozenset()
    none: Set[CueTag] = frozenset()
    only: Set[CueTag] = frozenset(CueTag)

    def applies(self, turn: Followup) -> bool:
        figure = bool(turn.piece.figures) and not turn.query.has_subject
        return (
            self.all <= turn.tags <= self.only
            and (not self.some or bool(self.some & turn.tags))
            and not self.none & turn.tags
            and (SubjectKind.FIGURE if figure else _named_in(turn.query)) in self.names
            and _named_in(turn.before) in self.of
            and turn.before.want in self.after
            and turn.query.want in self.wants
        )


def first(table: tuple[Patch, ...], turn: Followup) -> Query | Trouble | None:
    """What the first row that applies makes of the turn."""
    made = (row.change(turn) for row in table if row.applies(turn))
    return next((changed for changed in made if changed is not None), None)
