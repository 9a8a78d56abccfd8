"""The parts of a piece of a message, as values."""

from dataclasses import dataclass, field
from functools import cached_property

from knowledge.language.cues import CueTag
from knowledge.language.lattice import Cell, How, Match
from knowledge.language.quantities.amounts import Amount

LOOSE_MINE = frozenset({"我们", "咱们", "俺们", "俺", "我", "本", "咱", "我们这", "我们这边", "我这"})
"""What says of whom one speaks, and seldom whose tasks one asks for, as 我们局 does."""


@dataclass(frozen=True, slots=True)
class Mention:
    """A unit as it stands in the piece; several `units` where the words leave open which."""

    start: int
    units: tuple[str, ...]
    said: str
    meant: str
    how: How


@dataclass(frozen=True, slots=True)
class Cue:
    start: int
    tags: frozenset[CueTag]
    text: str


@dataclass(frozen=True, slots=True)
class NumberedSpan:
    """Where tasks or sections are named by number: 5.1, 第五部分."""

    start: int
    end: int
    ids: tuple[str, ...] = ()
    sections: tuple[int, ...] = ()


@dataclass
class Piece:
    """What was found in one piece of a message; positions are places in `text`."""

    text: str
    cells: tuple[Cell, ...] = ()
    cover: tuple[Match, ...] = ()
    mentions: list[Mention] = field(default_factory=list)
    strangers: list[str] = field(default_factory=list)
    """Bodies that are no unit of the plan, as they were said."""
    foreign: list[str] = field(default_factory=list)
    """Bodies of other places."""
    ask_back: list[str] = field(default_factory=list)
    cues: list[Cue] = field(default_factory=list)
    ids: list[str] = field(default_factory=list)
    sections: list[int] = field(default_factory=list)
    numbered: list[NumberedSpan] = field(default_factory=list)
    """The same, each with where it stands."""
    missing_ids: list[str] = field(default_factory=list)
    ordinal: int | None = None
    """第二个: 2; the last one is -1, 倒数第二个 -2."""
    ordinal_at: int = 0
    figures: list[Amount] = field(default_factory=list)
    topic: tuple[str, ...] = ()
    """What is left, in runs: the words that name a topic."""
    with_figures: tuple[str, ...] = ()
    """The topic with the numbers left in, where a number may be part of a name (过20亿元的品牌)."""
    groups: tuple[tuple[str, ...], ...] = ()
    """The same runs, parted where 和 or the like stands between."""
    named_as: str = ""
    """The stretch of text that holds the topic, as it was typed; empty where it is spread out."""
    named: tuple[str, ...] = ()
    """What is, to the letter, a name of the plan."""
    sayings: dict[str, tuple[str, ...]] = field(default_factory=dict)
    """Runs that are everyday wording → the formal words they may mean."""
    places: list[str] = field(default_factory=list)
    places_of_plan: list[str] = field(default_factory=list)
    """Other places that the plan itself names."""
    stems: list[str] = field(default_factory=list)

    @cached_property
    def tags(self) -> frozenset[CueTag]:
        return frozenset(tag for cue in self.cues for tag in cue.tags)

    @property
    def units(self) -> tuple[str, ...]:
        return tuple(dict.fromkeys(m.units[0] for m in self.mentions if len(m.units) == 1))
