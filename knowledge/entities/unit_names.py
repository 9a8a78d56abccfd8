"""What the plan's units, towns and known outsiders may be called: the words of all bodies of one plan."""

import re
from collections import defaultdict
from collections.abc import Iterator

from knowledge.entities.collectives import collective_words, town_names
from knowledge.entities.unit_forms import By, UnitForm, branch_forms, branch_of, core_of, fields_of, forms_of
from knowledge.language.lattice import Sense, Word
from knowledge.language.lexicon import general_bodies
from knowledge.language.normalize import clean
from knowledge.plan.gazetteer import Gazetteer
from knowledge.plan.model import Plan

NATION = "全国"
"""The home of a plan of the whole country."""
OF_THE_NATION = ("国家", "国务院", "中国")
"""What may stand before a body of the whole country: 国家发展改革委, 中国人民银行."""

_JOINED = re.compile("[和与及、]")
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
    home, prefixes = clean(gazetteer.home), unit_prefixes(gazetteer)
    stated = tuple(_stated(plan, gazetteer))
    yield from stated
    derived = tuple(_derived(plan, gazetteer, {word.text for word in stated}))
    yield from derived
    called = {(word.text, word.key) for word in (*stated, *derived)}
    for unit in unit_names(plan):
        core = _COMPANY.sub("", core_of(_OWNER.sub("", clean(unit))))
        parts = (part for part in _JOINED.split(core) if (f"{part}局", unit) in called)  # 水利 of 水利和湖泊局
        for stem in dict.fromkeys((core, *parts)):
            if stem != clean(unit) and 2 <= len(stem) <= 4:
                yield Word(stem, Sense.STEM, unit)
    yield from collective_words(plan, gazetteer)
    for outsider in gazetteer.outsiders:
        for form in _with_prefixes(clean(outsider.name), home, prefixes):
            yield Word(form, Sense.OUTSIDER, outsider.name)
    for above in gazetteer.superiors:
        yield Word(clean(above), Sense.ELSEWHERE, above)
    for prefix in home_prefixes(gazetteer):
        if len(prefix) > 1:
            yield Word(prefix, Sense.HOME, gazetteer.home)


def _stated(plan: Plan, gazetteer: Gazetteer) -> Iterator[Word]:
    """The names that the plan, its gazetteer and the office state."""
    home, prefixes = clean(gazetteer.home), unit_prefixes(gazetteer)
    names = [(unit, unit) for unit in unit_names(plan)]
    names += [(other.name, body.unit) for body in gazetteer.bodies for other in body.names]
    names += [(name, town.name) for town in gazetteer.towns for name in (town.name, *(o.name for o in town.names))]
    known = {unit for _, unit in names}
    names += [(alias.said, alias.name) for alias in gazetteer.added if not alias.owner and alias.name in known]
    for name, unit in names:
        yield from (Word(form, Sense.UNIT, unit) for form in _with_prefixes(clean(name), home, prefixes))
    for ask_back in gazetteer.ask_back:
        yield Word(clean(ask_back.name), Sense.ASK_BACK, ask_back.name)


# ---- names by rule --------------------------------------------------------------------------------------------------


def _derived(plan: Plan, gazetteer: Gazetteer, stated: set[str]) -> Iterator[Word]:
    """Each name by the surest rule that gives it; one that this rule gives to several units is asked back."""
    home, prefixes = clean(gazetteer.home), unit_prefixes(gazetteer)
    taken = stated | {clean(outsider.name) for outsider in gazetteer.outsiders}
    held: dict[str, dict[By, dict[str, None]]] = defaultdict(lambda: defaultdict(dict))
    own: dict[str, tuple[str, ...]] = {}
    for unit in unit_names(plan):
        own[unit] = tuple({clean(unit).removesuffix(tuple(short_forms(clean(unit), home))[-1])} - {"", *prefixes})
        for form in forms_of_unit(unit, gazetteer):
            if form.text not in taken:
                held[form.text][form.by][unit] = None
    for town in gazetteer.towns:
        for name in town_names(town, plan, gazetteer):
            if name not in taken:
                held[name][By.GENERAL][town.name] = None
    few = tuple(dict.fromkeys((home, prefixes[-1])))
    surest = {text: min(by) for text, by in held.items()}
    for text, by in surest.items():
        for unit in held[text][by]:
            before = (*prefixes, *own.get(unit, ())) if by is By.GENERAL else few if by < By.FORMER_SPOKEN else ()
            yield from (Word(form, Sense.UNIT, unit) for form in (text, *(prefix + text for prefix in before)))
    units = [(unit, unit) for unit in unit_names(plan) if not branch_of(clean(unit))]
    units += [(text, unit) for text, by in surest.items() if by is By.GENERAL for unit in held[text][by]]
    yield from _by_their_ends(units, home, taken | surest.keys())


def forms_of_unit(unit: str, gazetteer: Gazetteer) -> Iterator[UnitForm]:
    """The names that a unit of the plan would have by rule if it were the only one, without its place."""
    home = clean(gazetteer.home)
    name = clean(unit)
    if branch := branch_of(name):
        if (place := branch["place"]) in home_prefixes(gazetteer):
            yield from branch_forms(branch["bureau"], place)
            yield from _field_forms(branch["bureau"])
        return
    bare = _without_nation(tuple(short_forms(unit, home))[-1], home)
    ways = _ways_to_write(name)
    yield from (UnitForm(way, By.GENERAL) for way in sorted(ways))
    if bare == name and name.endswith(("局", "委", "厅")) and home != NATION:
        return  # 杭州市科技局 of a province's plan: without its place it is any city's
    yield from forms_of(bare, home=home, local=not home.endswith("省") and home != NATION)
    yield from _field_forms(bare)


def _field_forms(bare: str) -> Iterator[UnitForm]:
    for field in fields_of(bare):
        yield from (UnitForm(f"{field}{end}", By.FIELD) for end in _IN_CHARGE)


_IN_CHARGE = ("那个局", "的那个局", "那个部门", "部门", "主管部门")
_COMPANY = re.compile(r"(集团|公司|总社|联合会)$")
_MARKS = re.compile(r"[〔〕()\[\]、]")
_BRACKETS = str.maketrans("〔〕", "()")
_GOVERNMENT, _IN_FULL = "政府", "人民政府"


def _ways_to_write(name: str) -> set[str]:
    """杭州市政府 is 杭州市人民政府, 各县〔市、区〕政府 also 各县(市、区)政府 and 各县市区政府."""
    forms = {name, _MARKS.sub("", name), name.translate(_BRACKETS)}
    stems = {form.removesuffix(_GOVERNMENT).removesuffix("人民") for form in forms if form.endswith(_GOVERNMENT)}
    return (forms | {stem + end for stem in stems for end in (_GOVERNMENT, _IN_FULL)}) - {name}


def _without_nation(name: str, home: str) -> str:
    found = next((p for p in OF_THE_NATION if home == NATION and name.startswith(p)), "")
    return name.removeprefix(found)


_SHORTEST_END = 3


def _by_their_ends(names: list[tuple[str, str]], home: str, taken: set[str]) -> Iterator[Word]:
    """农村局 is 市农业农村局, where no other unit's name ends so and no body exists that is called so."""
    ends: dict[str, set[str]] = defaultdict(set)
    for name, unit in names:
        bare = tuple(short_forms(clean(name), home))[-1]
        if bare.endswith("局"):
            for length in range(_SHORTEST_END, len(bare)):
                ends[bare[-length:]].add(unit)
    for end, meant in ends.items():
        if len(meant) == 1 and end not in taken and end not in general_bodies():
            yield Word(end, Sense.UNIT, next(iter(meant)))


def _with_prefixes(name: str, home: str, prefixes: tuple[str, ...]) -> Iterator[str]:
    forms = tuple(dict.fromkeys(short_forms(name, home)))
    yield from forms
    yield from (prefix + forms[-1] for prefix in prefixes)
