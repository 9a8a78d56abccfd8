"""Facts of the world that the plan does not hold: names of bodies, towns and their collectives.

Whatever comes from here is shown as 非方案内容. Every name has its kind and its source.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from enum import StrEnum


class NameKind(StrEnum):
    FULL = "全称"
    SHORT = "简称"
    FORMER = "原名"
    COLLOQUIAL = "俗称"
    VARIANT = "异写"


@dataclass(frozen=True, slots=True, kw_only=True)
class OtherName:
    name: str
    kind: NameKind
    source: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Body:
    """A responsible unit of the plan and what else it is, or was, called; all of them surely mean it."""

    unit: str
    names: tuple[OtherName, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Town:
    name: str
    kind: str
    """镇 or 街道 (or 乡)."""
    names: tuple[OtherName, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Collective:
    """A unit that stands for several towns, as 各镇; `certain` where it surely means all of that kind."""

    name: str
    kind: str
    certain: bool
    names: tuple[OtherName, ...] = ()
    """A name may stand for several collectives: 镇处 is 各镇 and 各街道."""


@dataclass(frozen=True, slots=True, kw_only=True)
class AskBack:
    """A name with several meanings: the bot asks which."""

    name: str
    choices: tuple[str, ...]
    """Units of the plan, or other names that, asked, are answered or declined by name."""
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Outsider:
    """A body that exists, or existed, but is no unit of the plan, or whose duties were split: declined by name."""

    name: str
    perhaps: tuple[str, ...] = ()
    """Units of the plan to offer as buttons."""
    note: str = ""
    source: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class DutyGap:
    """An action of the plan to whose usual body its task's list of units does not give it; never filled in by us."""

    task: str
    action: str
    unit: str
    """Whose duties come near, as the plan writes it elsewhere."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Unsupervised:
    """A responsible unit that is no object of supervision (不列督办对象): it stands in every list of responsible units,
    and is never asked, reminded, lit or listed as 未报."""

    unit: str
    source: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Alias:
    """What the office lets people say for a unit or town, or for an entry of the plan (a task, a target …)."""

    name: str
    """As the plan, or for a town the gazetteer, writes it."""
    said: str
    owner: str = ""
    """The task or clause that the entry stands in; "" for a unit or town."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Gazetteer:
    home: str
    """The place itself (武穴市)."""
    home_names: tuple[str, ...] = ()
    """Other ways to say the place, as prefixes of its units (武穴, 我市, 本市, 全市)."""
    superiors: tuple[str, ...] = ()
    """Places above it (黄冈市, 湖北省)."""
    bodies: tuple[Body, ...] = ()
    towns: tuple[Town, ...] = ()
    collectives: tuple[Collective, ...] = ()
    ask_back: tuple[AskBack, ...] = ()
    outsiders: tuple[Outsider, ...] = ()
    duty_gaps: tuple[DutyGap, ...] = ()
    unsupervised: tuple[Unsupervised, ...] = ()
    added: tuple[Alias, ...] = ()
    """Kept in the office's database, not in a file: see `with_aliases`."""


def with_aliases(gazetteer: Gazetteer, aliases: Iterable[Alias]) -> Gazetteer:
    """The gazetteer with the office's own names laid over it."""
    return replace(gazetteer, added=tuple(aliases))
