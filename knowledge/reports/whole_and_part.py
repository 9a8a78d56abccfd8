"""全市87所,数字校园搞成了79所: a whole and the part of it that is done, as the fraction that a rate is of."""

import re

from knowledge.language.quantities.quantity import Quantity, quantities
from knowledge.language.quantities.units import COUNTED
from knowledge.reports.speech_acts import FINISHED

_COME_ABOUT = re.compile("(?<![变形造])成了?$")
_IN_ALL = re.compile("(?:[全总一]?共|全[市县区]|总[数计]|合计)(?:计|有|是)*$")
_TWO = 2


def as_fraction(text: str) -> str | None:
    """A cleaned text with the part written over its whole, 数字校园搞成了79/87; None where it tells of no such two."""
    found = [one for one in quantities(text) if _counts(one)]
    if len(found) != _TWO or found[0].measure != found[1].measure:
        return None
    one, other = found
    between, behind = text[one.end : other.start], text[other.end :]
    if one.value > other.value and (FINISHED.shows(between + behind) or _COME_ABOUT.search(between)):
        return _over(text, part=other, whole=one)
    if one.value < other.value and _IN_ALL.search(between):
        return _over(text, part=one, whole=other)
    return None


def _counts(one: Quantity) -> bool:
    return one.is_certain and one.of is None and one.value > 0 and COUNTED.fullmatch(one.measure) is not None


def _over(text: str, *, part: Quantity, whole: Quantity) -> str:
    fraction = f"{part.value:f}/{whole.value:f}"
    for at, said in sorted([(part, fraction), (whole, "")], key=lambda one: -one[0].start):
        before = text[: at.start] if said else _IN_ALL.sub("", text[: at.start])
        text = before + said + text[at.end :]
    return text.strip(",， ")
