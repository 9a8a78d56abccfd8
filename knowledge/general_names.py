"""What a plan's unit is called everywhere in China (lexicon/one_body.yaml), where that is certain of one unit only."""

from collections.abc import Iterator

from knowledge.gazetteer import Gazetteer
from knowledge.lexicon import one_bodies
from knowledge.text import clean

NATION = "全国"
"""The home of a plan of the whole country."""
OF_THE_NATION = ("国家", "国务院", "中国")
"""What may stand before a body of the whole country: 国家发展改革委, 中国人民银行."""

_SHORTEST = 2
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
        name = clean(unit)
        if name.endswith(_GOVERNMENT):
            stem = name.removesuffix(_GOVERNMENT).removesuffix("人民")
            yield from ((form, unit) for form in (stem + _GOVERNMENT, stem + _IN_FULL) if form not in {name, *known})


def _names_of(gazetteer: Gazetteer) -> frozenset[str]:
    names = [other.name for body in gazetteer.bodies for other in body.names]
    names += [one.name for one in gazetteer.ask_back] + [one.name for one in gazetteer.outsiders]
    return frozenset(map(clean, names))
