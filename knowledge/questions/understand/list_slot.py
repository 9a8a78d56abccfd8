"""A question for what the plan names in one breath: 特色小镇要建哪几个, 隐形冠军以哪几家企业为重点.

Of all that the plan lists, the one list whose own words explain most of what is said; where two explain as much, or
something else is asked for (units, tasks, figures), none.
"""

import re
from collections import Counter
from dataclasses import dataclass

from knowledge.entities.library import Library
from knowledge.entities.listings import Listed
from knowledge.entities.topic_index import pairs
from knowledge.language.cues import CueTag
from knowledge.language.lexicon import thing_words
from knowledge.questions.parse.utterance import Piece
from knowledge.questions.query import Query, ThingFilter, Want

_SEVERAL = r"(?:[几些]|(?<=哪)[两二三四五六七八九十]+)"
_COUNTER = r"(?:个|家|样|种|条|项(?!目)|处|座|类|块|大|款|所|片|支|方面)*"
_ASKS = re.compile(
    rf"哪{_SEVERAL}{_COUNTER}|(?:叫|是)(?:什么|啥)名字?|(?<=[都别体括指])(?:是|有|指|叫|的)*(?:什么|啥)|都?有(?:什么|啥)(?=\w)"
    r"|(?:报|列|念|说)(?:一下|[一个下出]{0,2})(?:名字|名单|单子|清单)|(?:的|都)(?:名字|名单|清单)"
)
_OTHERWISE = re.compile(
    r"负责|牵头|分管|主管|谁管|管的|配合|参与|责任|主责|承担|落实单位|任务|目标|指标|单位|部门|要求|措施|举措|[哪几][条项](?:$|[^\w]|[是有在写提说讲要没里中都和跟与]|工作|事)|条款|部分"
    r"|(?<![点列写提排说讲报])了哪|什么时候|时间|哪年|几年|多少|提到|提及|写到|写了|写在|讲到|讲了|说到|出现|涉及|比例|率|进展|进度|完成|为什么|怎么|最"
)
"""Who does it, of which tasks, how much, where it is written: no list of names."""
_FRAME = re.compile(
    r"领导|主任|同志|麻烦|请问|请|帮我|给我|我想|想问|问一?下|问|查一?下|看一?下|方案|文件|里面|里头|当中|这块|那块|这边|那边|这个|那个|打算|准备"
    r"|计划|需要|重点|分别|具体|都是|都有|一共|总共|全力|大力|点名|点了|的名|名字|名单|清单|单子|形成|成为|到底|究竟|怎样|主要|大家|现在"
    r"|[我你要把将拟的了呢吗啊呀吧是有在被为以从上里中那这个都也还,、?!:和与及等些几哪做搞建抓点排扶列]"
)
"""Words that say nothing of which list."""
_ENOUGH = 0.7
_NEXT = 0.06
_EXPLAINED = 0.8
_SHARES = (0.65, 0.15, 0.2)
"""What counts of all that a list explains; of that, what is its own; of that, what its items are called in full."""
_LONGEST = 60


_ASKED = re.compile("哪|什么|啥|有谁|是谁")
_TAIL = re.compile(
    r",(?:麻烦|请|帮我?|给我|都|把|你)*(?:名字|名单|清单)?(?:都|给我)*"
    r"(?:报|列|念)(?:个|一?下|一个|出来|全|给我)*(?:名字?|名单|单子|清单|表|来)?[,。!]*$"
)


def without_order(text: str) -> str:
    """A question without the order behind it to write down what it asks for: …有哪些,列个单子."""
    found = _TAIL.search(text)
    return text[: found.start()] if found and _ASKED.search(text[: found.start()]) else text


@dataclass(frozen=True, slots=True)
class _Fit:
    listed: Listed
    worth: float
    """How much of what is said the list's words explain, 0–1."""


def list_asked(piece: Piece, library: Library, *, of_kind: bool) -> Query | None:
    """The query for the names that one list of the plan holds.

    `of_kind` is whether it may ask for all things of a kind: then it must say more than the kind (有哪些企业).
    """
    text = piece.text
    if len(text) > _LONGEST or piece.mentions or piece.ids or piece.ordinal is not None or _names_a_body(piece):
        return None
    said = _ASKS.sub(" ", text)
    if said == text or _OTHERWISE.search(text) or piece.tags & _OF_OTHERS:
        return None
    fits = sorted((fit for one in library.lists if (fit := _fit(said, one, library))), key=lambda fit: -fit.worth)
    if not fits or fits[0].worth < _ENOUGH or (len(fits) > 1 and fits[1].worth > fits[0].worth - _NEXT):
        return None
    best = fits[0].listed
    if of_kind and _bare(said) in thing_words():
        return None
    of = best.listing.of
    return Query(want=Want.THINGS, topic=(best.key,), things=ThingFilter(of, names=best.listing.items))


def _names_a_body(piece: Piece) -> bool:
    """田镇有哪些活 asks of a body or a place, whatever list its characters stand in."""
    return bool(piece.ask_back or piece.strangers or piece.foreign or piece.places)


_OF_OTHERS = frozenset([CueTag.THAT, CueTag.AMONG, CueTag.MINE, CueTag.THEY, CueTag.COMPARE, CueTag.PROGRESS])


def _bare(said: str) -> str:
    return "".join(char for char in _FRAME.sub("", said) if char.isalnum())


def _fit(said: str, listed: Listed, library: Library) -> _Fit | None:
    own = _covered(said, listed.own | _items_said(said, listed))
    if not own:
        return None
    heads = {at for head in listed.heads for found in re.finditer(_head(head), said) for at in range(*found.span())}
    all_ = own | heads | _covered(said, listed.around)
    framed = (range(*found.span()) for found in _FRAME.finditer(said))
    kept = {at for at, char in enumerate(said) if char.isalnum()} - {at for places in framed for at in places} | all_
    kept = {at for at in kept if at in all_ or {at - 1, at + 1} & (kept - all_)}  # 盯 of 盯的是 names nothing
    weights = {at: library.index.rarity(said[at]) for at in kept}
    whole = sum(weights.values())
    if sum(weights[at] for at in kept & all_) < _EXPLAINED * whole:
        return None
    parts = (sum(weight for at, weight in weights.items() if at in places) for places in (all_, own | heads, heads))
    return _Fit(listed, sum(share * part for share, part in zip(_SHARES, parts, strict=True)) / whole)


def _items_said(said: str, listed: Listed) -> frozenset[str]:
    """What is said of several items (通道、机场、高速); 危化品码头 alone is not the list it stands in."""
    there = frozenset(pairs(said))
    in_items = Counter(pair for item in listed.items for pair in item & there)
    telling = {pair for pair, items in in_items.items() if items == 1}
    return frozenset(telling) if sum(bool(item & telling) for item in listed.items) > 1 else frozenset()


def _head(head: str) -> str:
    """Where a kind is said; one character (村, 链) only right behind what asks."""
    return re.escape(head) if len(head) > 1 else f"(?<= ){re.escape(head)}"


def _covered(said: str, known: frozenset[str]) -> set[int]:
    """The places of neighbouring pairs that are known."""
    return {place for at, pair in enumerate(pairs(said)) if pair in known for place in (at, at + 1)}
