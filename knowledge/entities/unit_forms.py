"""What one unit may be called by rule, from its official name alone.

Nothing here knows the other units of the plan: which of these names are taken is decided where all of them are known
(unit_names.py).
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import IntEnum

from knowledge.language.lexicon import OneBody, bodies_called, general_bodies, not_bodies


class By(IntEnum):
    """By what rule a name is derived, the surest first; a name that a surer rule gives to another unit is not taken."""

    GENERAL = 1
    """It is the same body's name everywhere (lexicon/one_body.yaml)."""
    SHAPE = 2
    """The name itself holds it: a branch by its bureau, a park by its place and kind."""
    LOOSE = 3
    """What people call it besides: a committee, a part of a joined body, initials."""
    FORMER = 4
    """The name of a body that lives on in it."""
    FORMER_SPOKEN = 5
    """老工商, 原国土局."""
    FIELD = 6
    """What it is in charge of: 农业那个局."""


@dataclass(frozen=True, slots=True)
class UnitForm:
    text: str
    by: By


_BUREAU = re.compile(r"(?P<core>.{2,}?)(?P<end>分局|局|委|厅|办|办公室|委员会|中心)$")
_EMPTY = re.compile(r"(?:管理|服务|事务|工作|促进)$")
_JOINED = re.compile(r"[和与及、]")
_OFFICE = re.compile(r"(?P<core>.{2,}?)(?:工作)?(?:领导小组|委员会|指挥部|联席会议)?办公室$")
_BRANCH = re.compile(r"(?P<above>.{2,6}?[省市州盟地])?(?P<bureau>.{2,}局)(?P<place>.{2,8}?)分局$")
_KINDS = re.compile(r"(?:风景|景|度假|保护|试验|示范|开发|园)区$|(?:湿地|森林|地质)?公园$")
_QUOTED = re.compile(r"[“\"](?P<said>[^”\"]{2,6})[”\"]")
_FEWEST, _MOST = 4, 8
_LONGEST_FIELD = 6
_PAIR = 2


def forms_of(bare: str, *, home: str, local: bool) -> Iterator[UnitForm]:
    """Names of the unit that is called `bare` without its place; `local` where no province or ministry is meant.

    What is made up is no name of a body that exists by itself.
    """
    for body in bodies_called().get(bare, ()):
        yield from _same_body(bare, body, local=local)
        if body.before:
            yield from (UnitForm(f"{body.before}{home}{name}", By.SHAPE) for name in sorted(body.names))
    made_up = (*_shapes(bare), *_zone_shapes(bare))
    yield from (UnitForm(text, By.SHAPE) for text in made_up if text not in general_bodies())
    initials = _initials(bare)
    if initials and initials not in general_bodies() and not initials.endswith(not_bodies()):
        yield UnitForm(initials, By.LOOSE)


def branch_of(name: str) -> re.Match[str] | None:
    """A branch of a higher bureau (黄冈市生态环境局武穴分局): its bureau and place."""
    return _BRANCH.match(name)


def branch_forms(bureau: str, place: str) -> Iterator[UnitForm]:
    """Names of a bureau's branch at a place, without either's own place."""
    core = bureau.removesuffix("局")
    for stem in (core, *_halves(core)):
        for text in (f"{stem}分局", f"{stem}{place}分局", f"{place}{stem}分局"):
            yield UnitForm(text, By.SHAPE)
    for text in (bureau, f"{place}{bureau}", f"{bureau}{place}分局", f"{bureau}分局", f"{place}分局"):
        yield UnitForm(text, By.SHAPE)
    for body in bodies_called().get(bureau, ()):
        yield from _same_body(bureau, body, local=True)


def _same_body(bare: str, body: OneBody, *, local: bool) -> Iterator[UnitForm]:
    yield from (UnitForm(name, By.GENERAL) for name in sorted(body.names - {bare}))
    yield from (UnitForm(name, By.LOOSE) for name in (*body.also, *(sorted(body.committee) if local else ())))
    for name in body.former:
        if _same_level(name, bare):
            yield UnitForm(name, By.FORMER)
            yield from (UnitForm(text, By.FORMER_SPOKEN) for text in (f"老{name}", f"老{core_of(name)}", f"原{name}"))


def _same_level(former: str, bare: str) -> bool:
    """A department (厅) was a department, a bureau no ministry; committees were at every level."""
    return former.endswith("委") or former.endswith("厅") == bare.endswith(("厅", "部"))


def core_of(bare: str) -> str:
    """A body's name without what bodies end in: 交通运输 of 交通运输局."""
    found = _BUREAU.match(bare)
    return found["core"] if found else bare


def fields_of(bare: str) -> tuple[str, ...]:
    """What a body is in charge of, by its name: 农业农村, 农业 and 农村 of 农业农村局."""
    cores = [core_of(name) for body in bodies_called().get(bare, ()) for name in body.names]
    fields: dict[str, None] = {}
    for core in (core_of(bare), *sorted(cores)):
        if core != bare and len(core) <= _LONGEST_FIELD:
            fields[_JOINED.sub("", core)] = None
            short = _EMPTY.sub("", core)
            for part in (*_JOINED.split(short), *_halves(_JOINED.sub("", short))):
                fields |= {part: None} if len(part) >= _PAIR else {}
    return tuple(fields)


def _halves(core: str) -> tuple[str, ...]:
    return (core[:_PAIR], core[_PAIR:]) if len(core) == _PAIR * 2 else ()


def _shapes(bare: str) -> Iterator[str]:
    if found := _BUREAU.match(bare):
        short = _EMPTY.sub("", found["core"])
        if short != found["core"] and len(short) >= _PAIR:
            yield short + found["end"]
    if office := _OFFICE.match(bare):
        yield f"{office['core']}办"
        yield f"{office['core']}办公室"


def _zone_shapes(bare: str) -> Iterator[str]:
    """武山湖湿地公园 and 武山湖公园 of 武山湖国家湿地公园: its place, or what is quoted in it, and its kind."""
    found = _KINDS.search(bare)
    if not found or not found.start():
        return
    rest, kind = bare[: found.start()], found[0]
    kinds = dict.fromkeys((kind, *_SHORT_KINDS.get(kind, ())))
    place = found[1] if (found := _PLACE.match(rest)) else ""
    name = next((quoted["said"] for quoted in _QUOTED.finditer(rest)), "")
    purpose = found[1] if (found := _PURPOSE.search(rest)) else ""
    heads = (place, name, place + name if name else "", purpose, place + purpose if purpose else "")
    yield from (_MARKED.sub("", head + one) for head in heads if head for one in kinds)
    if name:
        yield from (f"{name}区",)


_PLACE = re.compile(r"(.{1,3}[山湖江河岛寺港镇岭洲海])(?=.)")
_PURPOSE = re.compile(r"建设(.{2,6})$")
_MARKED = re.compile(r"[“”\"]")
_SHORT_KINDS = {"风景区": ("景区",), "湿地公园": ("湿地", "公园"), "森林公园": ("公园",), "地质公园": ("公园",)}


def _initials(bare: str) -> str:
    """交运局 of 交通运输局, where the name is made of words of two characters."""
    found = _BUREAU.match(bare)
    core = _EMPTY.sub("", _JOINED.sub("", found["core"])) if found else ""
    first = core[::_PAIR]
    fits = _FEWEST <= len(core) <= _MOST and len(core) % _PAIR == 0 and len(set(first)) == len(first)
    return first + found["end"] if found and fits else ""
