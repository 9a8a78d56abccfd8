"""What the forms of sets are made of: a pattern over the letters of signs, and the conditions that it makes."""

import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from decimal import Decimal

from knowledge.questions.query import (
    Condition,
    Kind,
    Marked,
    Matched,
    Members,
    NamedMember,
    QuantityFilter,
    Related,
    Than,
    UnitRole,
    Want,
)
from knowledge.questions.sets.phrase import SetPhrase
from knowledge.questions.sets.signs import Count, Group

Conditions = tuple[Condition, ...]

ROLES = {"L": UnitRole.LEAD, "A": UnitRole.ASSIST}
KINDS = {"t": Kind.TASKS, "i": Kind.UNITS, "G": Kind.TARGETS, "c": Kind.SECTIONS}
LISTED = {
    Kind.TASKS: (Want.TASKS, Want.COUNT_TASKS),
    Kind.UNITS: (Want.UNITS, Want.COUNT_UNITS),
    Kind.TARGETS: (Want.TARGETS, Want.COUNT_TARGETS),
    Kind.SECTIONS: (Want.SECTIONS, Want.COUNT_SECTIONS),
}
"""What is wanted: the members themselves, or how many they are."""
NONE = QuantityFilter(Decimal(0), "")
ONE_OR_MORE = QuantityFilter(Decimal(1), "", Than.AT_LEAST)
COUNT = "(?P<than>[><gl=o]?)(?P<N>N)(?P<up>[uv]?)"
"""So many, as compared."""
_THAN = {
    ">": Than.MORE,
    "g": Than.AT_LEAST,
    "u": Than.AT_LEAST,
    "<": Than.LESS,
    "l": Than.AT_MOST,
    "v": Than.AT_MOST,
    "=": Than.SAME,
    "o": Than.SAME,
    "": Than.SAME,
}


@dataclass(frozen=True, slots=True)
class FoundForm:
    """A pattern that fits, and the signs that it fits. Its groups are named by what they hold."""

    match: re.Match[str]
    phrase: SetPhrase

    def said(self, name: str) -> str:
        """The letters of a group; empty where the pattern has none, or has not used it."""
        return self.match[name] or "" if name in self.match.re.groupindex else ""

    def word(self, name: str) -> str:
        return str(self.phrase.signs[self.match.start(name)].value)

    def part(self, name: str) -> SetPhrase:
        return self.phrase.part(*self.match.span(name)) if self.said(name) else SetPhrase(())

    def group(self, name: str) -> Group:
        value = self.phrase.signs[self.match.start(name)].value
        assert isinstance(value, Group)  # noqa: S101 - U, T and S hold one
        return value

    @property
    def named(self) -> NamedMember:
        """All tasks that T names."""
        return whole(self.group("T"))

    @property
    def role(self) -> UnitRole:
        return ROLES.get(self.said("role"), UnitRole.ANY)

    @property
    def denied(self) -> bool:
        return bool(self.said("not") or self.said("nor"))

    @property
    def compared(self) -> Than:
        return _THAN[self.said("up") or self.said("than") or self.said("fore")]

    @property
    def numbers(self) -> tuple[QuantityFilter, ...]:
        """So many, as compared; of a range both bounds."""
        count = self._count
        if count.until:
            return replace(count.amount, than=Than.AT_LEAST), replace(count.until, than=Than.AT_MOST)
        return (replace(count.amount, than=self.compared),)

    @property
    def is_one(self) -> bool:
        return [number.value for number in self.numbers] == [1]

    @property
    def counted(self) -> str:
        """The sign of what N counts; empty where its measure may be of anything."""
        return self._count.of

    @property
    def _count(self) -> Count:
        value = self.phrase.signs[self.match.start("N")].value
        assert isinstance(value, Count)  # noqa: S101 - N holds one
        return value

    @property
    def amount(self) -> QuantityFilter:
        value = self.phrase.signs[self.match.start("M")].value
        assert isinstance(value, QuantityFilter)  # noqa: S101 - M holds one
        return replace(value, than=self.compared)

    @property
    def mark(self) -> Marked:
        value = self.phrase.signs[self.match.start("P")].value
        assert isinstance(value, Marked)  # noqa: S101 - P holds one
        return value


@dataclass(frozen=True, slots=True)
class SetForm:
    pattern: re.Pattern[str]
    make: Callable[[FoundForm], Conditions | None]
    """The conditions that are meant; None where it is no such form after all."""


def form(pattern: str, make: Callable[[FoundForm], Conditions | None]) -> SetForm:
    return SetForm(re.compile(pattern), make)


def whole(group: Group) -> NamedMember:
    """The tasks of all names of a group, as one."""
    parts = group.named
    return NamedMember(
        ids=tuple(id_ for one in parts for id_ in one.ids),
        topic=tuple(key for one in parts for key in one.topic),
        sections=tuple(no for one in parts for no in one.sections),
    )


MATCHED = (
    "(?P<role>[LAO]?)(?P<noun>[tiG])h?[&^](?P<other>[UTS])(?P<how>[wmf])",  # 责任单位比5.1多
    "[&^](?P<other>[UTS])(?P<role>[LAO]?)(?P<noun>[tiG])h?(?P<how>[wmf])",  # 和5.1责任单位一样多
    "(?P<role>[LA])[&^](?P<other>U)(?P<how>[wmf])",  # 牵头比市财政局多
)
_HOW = {"w": Than.SAME, "m": Than.MORE, "f": Than.LESS}


def matched(kind: Kind) -> Callable[[FoundForm], Conditions | None]:
    """More, fewer or as many of something than one that is named of the same kind."""

    def make(found: FoundForm) -> Conditions | None:
        group, counted = found.group("other"), KINDS[found.said("noun") or "t"]
        if len(group) > 1 or _OF_KIND[found.said("other")] is not kind or counted is kind:
            return None
        if found.role is not UnitRole.ANY and Kind.TARGETS is counted:
            return None
        return (Matched(named_by(group), counted, _HOW[found.said("how")], found.role),)

    return make


_OF_KIND = {"U": Kind.UNITS, "T": Kind.TASKS, "S": Kind.SECTIONS}


def named_by(group: Group) -> NamedMember:
    return NamedMember(bodies=group.units) if group.units else whole(group)


def tasks_in(*where: Condition) -> Members:
    return Members(Kind.TASKS, where)


def of_each(kind: Kind, role: UnitRole, numbers: tuple[QuantityFilter, ...]) -> Conditions:
    """So many units or targets."""
    return tuple(Related(Members(kind), role, number) for number in numbers)
