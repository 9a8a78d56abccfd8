"""What a plan's unit is called everywhere in China (lexicon/one_body.yaml), where that is certain of one unit only."""

import re
from collections.abc import Iterator

from knowledge.language.lexicon import one_bodies
from knowledge.language.normalize import clean
from knowledge.plan.gazetteer import Gazetteer

NATION = "全国"
"""The home of a plan of the whole country."""
OF_THE_NATION = ("国家", "国务院", "中国")
"""What may stand before a body of the whole country: 国家发展改革委, 中国人民银行."""

_SHORTEST = 2
_MARKS = re.compile(r"[〔〕()\[\]、]")
_BRACKETS = str.maketrans("〔〕", "()")
_GOVERNMENT, _IN_FULL = "政府", "人民政府"


def general_names(units: tuple[str, ...], gazetteer: Gazetteer, bare: dict[str, str]) -> Iterator[tuple[str, str]]:
    """(name, unit) without the place; `bare` holds each unit's name without its own place or level.

    A name that the gazetteer speaks of is left to it.
    """
    known = _names_of(gazetteer)
    for names in one_bodies():
        fits = [unit for unit in units if clean(unit).endswith(tuple(names))]
        if len(fits) == 1 and bare[fits[0]] in names:
            yield from ((name, fits[0]) for name in sorted(names - known) if len(name) >= _SHORTEST)
    for unit in units:
        yield from ((form, unit) for form in sorted(_ways_to_write(clean(unit)) - known))


def _ways_to_write(name: str) -> set[str]:
    """杭州市政府 is 杭州市人民政府, 各县〔市、区〕政府 also 各县(市、区)政府 and 各县市区政府."""
    forms = {name, _MARKS.sub("", name), name.translate(_BRACKETS)}
    stems = {form.removesuffix(_GOVERNMENT).removesuffix("人民") for form in forms if form.endswith(_GOVERNMENT)}
    return (forms | {stem + end for stem in stems for end in (_GOVERNMENT, _IN_FULL)}) - {name}


def _names_of(gazetteer: Gazetteer) -> frozenset[str]:
    names = [other.name for body in gazetteer.bodies for other in body.names]
    names += [one.name for one in gazetteer.ask_back] + [one.name for one in gazetteer.outsiders]
    return frozenset(map(clean, names))
