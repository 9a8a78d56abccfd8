"""What has moved between two days: 转好 and 转差, by the order of the lights and never by one colour alone."""

from collections.abc import Iterable
from dataclasses import dataclass

from knowledge.standing.values import Light, Standing

_RANKS = {
    Light.RED: 0,
    Light.GREY_OVERDUE: 0,
    Light.AMBER: 1,
    Light.GREEN: 3,
    Light.LIGHT_BLUE: 4,
    Light.BLUE: 5,
}
_UNJUDGED = 2
"""The rank of the other greys before a move: the first light that is good news is a turn for the better."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Move:
    standing: Standing
    """As it is now."""
    before: Light
    better: bool


def moves_between(before: Iterable[Standing], now: Iterable[Standing]) -> tuple[Move, ...]:
    """What turned better or worse, in the order of `now`. What is not judged any more (a yearly target in January) has
    not moved; nor has what was not there, or has no figure: that its deadline goes by makes nothing worse."""
    lights = {one.subject: one.light for one in before}
    found = []
    for one in now:
        was = lights.get(one.subject)
        if was is not None and one.has_figure and (steps := steps_between(was, one.light)):
            found.append(Move(standing=one, before=was, better=steps > 0))
    return tuple(found)


def steps_between(before: Light, now: Light) -> int | None:
    """How far for the better, or below 0 for the worse; None of what is not judged now."""
    rank = _RANKS.get(now)
    return None if rank is None else rank - _RANKS.get(before, _UNJUDGED)
