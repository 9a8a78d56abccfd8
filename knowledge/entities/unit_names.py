"""What the plan's units, towns and known outsiders may be called: the words of all bodies of one plan."""

import re
from collections import defaultdict
from collections.abc import Iterator

from knowledge.entities.national_names import NATION, OF_THE_NATION, general_names
from knowledge.language.lattice import JOINT, Sense, Word
from knowledge.language.normalize import clean
from knowledge.plan.gazetteer import Gazetteer
from knowledge.plan.model import Plan

_ENDING = re.compile(r"(局|委|办|办公室|中心|集团|公司|总社|联合会)$")
_CITY = re.compile(r"[市县区省州]$")
# 市委网信办 is also 网信办, 市纪委监委 is 纪委监委: what stands before the body's own name.
# 市场监管总局 begins with nothing of the kind.
_OWNER = re.compile(r"^(?!市场)(市委|县委|区委|省委|州委|市|县|区|省|州)(?=..)")


def home_prefixes(gazetteer: Gazetteer) -> tuple[str, ...]:
    """Ways to say the plan's place before a unit's name, longest first: 武穴市, 武穴, 我市, 本市, 市."""
    home = clean(gazetteer.home)
    level = home[-1] if _CITY.search(home) else ""
    said = {home, _CITY.sub("", home), *map(clean, gazetteer.home_names), *(f"{w}{level}" for w in "我本全咱")}
    said |= {level} if level else set()
    return tuple(sorted((s for s in said if s), key=len, reverse=True))


def unit_prefixes(gazetteer: Gazetteer) -> tuple[str, ...]:
    """What may stand before a unit's name: the plan's place, in a plan of the whole country also 国家 and the like."""
    return (*home_prefixes(gazetteer), *(OF_THE_NATION if gazetteer.home == NATION else ()))


def _without_nation(name: str, home: str) -> str:
    found = next((p for p in OF_THE_NATION if home == NATION and name.startswith(p)), "")
    return name.removeprefix(found)


def unit_names(plan: Plan) -> tuple[str, ...]:
    """Every responsible unit of the plan, in the order of first mention."""
    return tuple(dict.fromkeys(unit for task in plan.tasks for unit in task.units))


def short_forms(name: str, home: str) -> Iterator[str]:
    """A unit's name without its owner or place: 市交通局 gives 交通局, 武穴市交通运输局 also 交通运输局."""
    yield name
    if name.startswith(home):
        name = name[len(home) - 1 :]
        yield name
    bare = _OWNER.sub("", name)
    if bare != name and len(bare) >= 2:
        yield bare


def body_words(plan: Plan, gazetteer: Gazetteer) -> Iterator[Word]:
    """The words for everything that is, or might be taken for, a responsible unit."""
    home = clean(gazetteer.home)
    prefixes = unit_prefixes(gazetteer)
    units = unit_names(plan)
    for unit in units:
        yield from _spellings(unit, unit, home, prefixes)
        stem = _ENDING.sub("", _OWNER.sub("", clean(unit)))
        if stem != clean(unit) and 2 <= len(stem) <= 4:
            yield Word(stem, Sense.STEM, unit)
    names = [(unit, unit) for unit in units] + [(n.name, body.unit) for body in gazetteer.bodies for n in body.names]
    yield from _by_their_ends(names, home)
    for body in gazetteer.bodies:
        for other in body.names:
            yield from _spellings(other.name, body.unit, home, prefixes)
    bare = {unit: _without_nation(tuple(short_forms(clean(unit), home))[-1], home) for unit in units}
    for general, unit in general_names(units, gazetteer, bare):
        yield from _spellings(general, unit, home, prefixes)
    for town in gazetteer.towns:
        for name in (town.name, *(other.name for other in town.names)):
            yield from _spellings(name, town.name, home, prefixes)
    known = {*units, *(town.name for town in gazetteer.towns)}
    for alias in gazetteer.added:
        if not alias.owner and alias.name in known:
            yield from _spellings(alias.said, alias.name, home, prefixes)
    yield from _collective_words(gazetteer)
    for ask_back in gazetteer.ask_back:
        yield Word(clean(ask_back.name), Sense.ASK_BACK, ask_back.name)
    for outsider in gazetteer.outsiders:
        for form in _with_prefixes(clean(outsider.name), home, prefixes):
            yield Word(form, Sense.OUTSIDER, outsider.name)
    for above in gazetteer.superiors:
        yield Word(clean(above), Sense.ELSEWHERE, above)
    for prefix in home_prefixes(gazetteer):
        if len(prefix) > 1:
            yield Word(prefix, Sense.HOME, gazetteer.home)


def _by_their_ends(names: list[tuple[str, str]], home: str) -> Iterator[Word]:
    """农村局 is 市农业农村局, 审批局 the former 行政审批局, where no other unit's name ends so."""
    ends: dict[str, set[str]] = defaultdict(set)
    for name, unit in names:
        bare = tuple(short_forms(clean(name), home))[-1]
        if bare.endswith("局"):
            for length in range(_SHORTEST_END, len(bare)):
                ends[bare[-length:]].add(unit)
    for end, meant in ends.items():
        if len(meant) == 1:
            yield Word(end, Sense.UNIT, next(iter(meant)))


_SHORTEST_END = 3


def _collective_words(gazetteer: Gazetteer) -> Iterator[Word]:
    """各镇处 is 各镇 and 各街道; 沿江镇、街道 is 沿江镇 and 沿江街道. Such a word's key joins the names by JOINT."""
    said: dict[str, list[str]] = defaultdict(list)
    stems: dict[str, list[tuple[str, str]]] = defaultdict(list)
    for collective in gazetteer.collectives:
        for other in collective.names:
            said[clean(other.name)].append(collective.name)
        stems[collective.name.removesuffix(collective.kind)].append((collective.kind, collective.name))
    for stem, members in stems.items():
        if len(members) > 1:
            kinds, names = zip(*members, strict=True)
            for joint in ("、", "", "和", ","):
                said[clean(stem + joint.join(kinds))].extend(names)
    for name, units in said.items():
        yield Word(name, Sense.UNIT, JOINT.join(units))
    for collective in gazetteer.collectives:
        if collective.certain:  # 镇上有哪些任务 asks for 各镇, 镇上看病 does not
            kind = collective.kind
            loose = (f"{kind}上", f"{kind}里", f"{kind}里头", kind if len(kind) > 1 else f"乡{kind}")
            yield from (Word(name, Sense.STEM, collective.name) for name in loose)


def _spellings(name: str, unit: str, home: str, prefixes: tuple[str, ...]) -> Iterator[Word]:
    for form in _with_prefixes(clean(name), home, prefixes):
        yield Word(form, Sense.UNIT, unit)


def _with_prefixes(name: str, home: str, prefixes: tuple[str, ...]) -> Iterator[str]:
    forms = tuple(dict.fromkeys(short_forms(name, home)))
    yield from forms
    bare = forms[-1]
    for prefix in prefixes:
        yield prefix + bare
