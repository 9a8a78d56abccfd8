"""A question for a list of named things: 重点项目有哪些, 第三部分提到哪些企业, 要争创哪些国家级称号.

What names the things is taken out of the sentence; what is left says of which tasks.
"""

import re
from dataclasses import dataclass, replace

from knowledge.entities.library import LONGEST_ENDING, Library
from knowledge.language.lexicon import thing_words
from knowledge.plan.key import EntryKey, EntryKind
from knowledge.plan.model import NamedKind
from knowledge.questions.answering.selection import Selection
from knowledge.questions.answering.thing_answers import things_of
from knowledge.questions.parse.parser import take_apart
from knowledge.questions.parse.utterance import Piece
from knowledge.questions.query import Query, ThingFilter, Want

_WHICH = r"(?P<ask>(?:哪些|哪几|什么|啥)(?:个|家|种|座|类)?)"
_ASK = _WHICH.replace("啥", "啥|多少|几")
_TAIL = r"(?:被|在)?(?:方案|文件|文中)?(?:里面|里|中)?(?:点名|提到|写到|列入|列出)?(?:的|了|呢|吗|啊|呀|名字)*[?!]?$"
_OPENER = re.compile(
    r"^(?:请问|请|麻烦|劳驾|您好|你好|帮(?:我们?|忙)?|给我|我?想(?:要|知道|了解|问|看看?)+|(?:查|看|问|了解|打听|说)(?:一下|[查看问说])"
    r"|[,、])+"
)
"""What is said to whoever is asked, and not of the plan."""
_LISTS = re.compile(
    r"^(?:把|将|列出|列举|罗列|列(?![入为出举])|梳理|汇总|整理)(?:一下|下|出来?|(?:[一个]{0,2}[份张个])(?=\w))*(?:有哪些)?"
)
_LISTED = re.compile(
    r"(?:都|全|全部|统统|给我)*(?:(?:列|报|找|梳理|汇总|整理)(?:一下|下|出来|全|个表|一遍)+|(?:发|给)我?(?:一份|一下|看看))[!]?$"
)
_LIST = re.compile("的?(?:名单|清单|目录|一览|名字)$")
_FORMS = (
    re.compile(
        rf"^(?P<left>.*?){_ASK}(?P<head>(?:(?![没有不提写讲说谈列涉条含带关]|出现|项(?!目)|任务|单位|部分)\w){{1,10}}?){_TAIL}"
    ),
    re.compile(
        rf"^(?P<head>.*?\w)(?:名单|清单|目录|名字)?(?:都|分别|主要|具体|一共|总共)*(?:有|是|叫|包括|指)+(?:{_ASK})(?:名字)?{_TAIL}"
    ),
)
_NAMED = re.compile(r"^(?P<head>.*\w)(?P<ask>)$")
"""All of a sentence, where it is said that something is to be listed."""
_STRIVES = (
    re.compile(
        rf"^(?P<left>.*?)(?:要|拟|准备|计划|力争|需要|还)*(?P<verb>争创|创建)(?:了|的)*(?:称号|示范|牌子|荣誉|任务|事项|名单|清单)?"
        rf"(?:都|分别|主要)*(?:有|是|包括)*{_WHICH}?(?:国家级|省级|全国)?的?(?:称号|示范|牌子|荣誉|任务|事项)?(?:名单|清单)?{_TAIL}"
    ),
    re.compile(rf"^(?P<left>.*?){_WHICH}\w{{0,6}}?(?:是|要|拟|需要|准备)+(?P<verb>争创|创建){_TAIL}"),
)
_MAY_ASK = re.compile("哪[些几]|什么|啥|多少|几|[清名]单|目录|列|一览|梳理|汇总|整理")
_LEVELS = {"国家级": ("国家", "全国"), "全国": ("国家", "全国"), "省级": ("省级",)}
_LEVEL = re.compile(f"(?:{'|'.join(_LEVELS)})的?")
_VERB = re.compile(
    "(?:(?:要|拟|计划|准备|打算|重点)*(?:新?建[设成]?|修建?|打造|培育|发展|支持|扶持|引进|实施|开展|推进|推动|提[到及了]|写[到了]|[讲说点]到|点了?名"
    "|涉及|列[了出]|包括|所有|全部|主要|有|都|一共|总共)[了到的]*)+$"
)
_COUNTS = re.compile("多少|几(?!个地方)")
_SPEAKS = re.compile("提|写|列|点名|一共|总共|共有|争创|创建")
"""A number of things is asked for only where it is the plan that names them: 新增多少企业 asks for a target."""
_EDGE = re.compile(r"[的了到过出有及里中下些,、]$")
_WHOLE = {EntryKind.TASK, EntryKind.SECTION}
_SURE = 0.99


@dataclass(frozen=True, slots=True)
class TakenThings:
    piece: Piece
    """The sentence without them."""
    things: ThingFilter | None = None
    within: tuple[EntryKey, ...] = ()
    """The task or section that the things are called after: 农业企业, 特色小镇."""


def take_things(piece: Piece, library: Library) -> TakenThings:
    """Take the things that are asked for out of a sentence; where the plan names none of them it stays as it is."""
    if not _MAY_ASK.search(piece.text):
        return TakenThings(piece)
    said = _OPENER.sub("", piece.text)
    text = _OPENER.sub("", _LISTS.sub("", _LISTED.sub("", said)))
    lists = text != said or _LIST.search(text) is not None
    taken = _striven(text, library, lists=lists) or _of_kind(text, library, lists=lists)
    if taken is None or taken.things is None or (taken.things.counted and not _SPEAKS.search(piece.text)):
        return TakenThings(piece)
    every = Selection(Query(want=Want.THINGS, topic=taken.within), library)
    return taken if things_of(taken.things, every) else TakenThings(piece)


def _striven(text: str, library: Library, *, lists: bool) -> TakenThings | None:
    found = next((found for form in _STRIVES if (found := form.match(text)) and (found["ask"] or lists)), None)
    if found is None:
        return None
    levels = next((held for level, held in _LEVELS.items() if level in text), ())
    things = ThingFilter(found["verb"], verbs=(found["verb"],), levels=levels, counted=_counts(found["ask"]))
    return TakenThings(_rest(_LEVEL.sub("", found["left"]), library), things)


def _rest(text: str, library: Library) -> Piece:
    """What is left of the sentence, without the verb that the things are the object of."""
    return take_apart(_VERB.sub("", text), library)


def _of_kind(text: str, library: Library, *, lists: bool) -> TakenThings | None:
    matches = [form.match(text) for form in _FORMS] + ([_NAMED.match(_LIST.sub("", text))] if lists else [])
    for found in matches:
        noun = _noun(found["head"], library) if found else ""
        if not found or not noun:
            continue
        things = replace(_filter(noun), counted=_counts(found["ask"]))
        left, before = found.groupdict().get("left") or "", found["head"].removesuffix(noun)
        modifier = _modifier(before)
        if not modifier:
            return TakenThings(_rest(left + before, library), things)
        within = _called(modifier + noun, library) or _called(modifier, library)
        if within:
            rest = left + before.removesuffix(modifier)
            return TakenThings(_rest(rest, library), things, within)
    return None


def _counts(ask: str | None) -> bool:
    return bool(ask and _COUNTS.match(ask))


def _noun(head: str, library: Library) -> str:
    """The longest end of a stretch that names a kind of things, or that names of the plan end in."""
    ends = [head[at:] for at in range(max(0, len(head) - LONGEST_ENDING), len(head))]
    known = (end for end in ends if end in thing_words())
    return next(known, next((end for end in ends if _is_ending(end, library)), ""))


_SEVERAL = 3  # names that end so, where the end is only one character: 村


def _is_ending(noun: str, library: Library) -> bool:
    return library.name_endings.get(noun, 0) >= (_SEVERAL if len(noun) == 1 else 1)


def _filter(noun: str) -> ThingFilter:
    row = thing_words().get(noun)
    if row is None:
        return ThingFilter(noun, endings=(noun,))
    return ThingFilter(
        noun,
        kinds=tuple(map(NamedKind, row.get("kinds", ()))),
        key=bool(row.get("key")),
        endings=tuple(row.get("endings", ())),
        verbs=tuple(row.get("verbs", ())),
    )


def _modifier(before: str) -> str:
    """What stands right before the noun and belongs to it: 农业 of 方案里的农业企业."""
    if _VERB.search(before):
        return ""
    at = len(before)
    while at and not _EDGE.search(before[:at]):
        at -= 1
    return before[at:] if before[at:].isalnum() else ""


def _called(name: str, library: Library) -> tuple[EntryKey, ...]:
    """The task or section that is called so."""
    hits = library.index.search((name,), most=1)
    return tuple(hit.entry.key for hit in hits if hit.entry.kind in _WHOLE and min(hit.said, hit.own) >= _SURE)


def with_things(query: Query, taken: TakenThings) -> Query:
    """The query for the things, within what they are called after."""
    if taken.things is None:
        return query
    return replace(query, want=Want.THINGS, things=taken.things, topic=(*query.topic, *taken.within))
