"""How well a reading explains what was said."""

import re

from knowledge.entities.library import Library
from knowledge.entities.topic_index import Entry
from knowledge.language.cues import CueTag
from knowledge.language.lattice import Sense
from knowledge.language.measures import counts_only
from knowledge.language.normalize import is_han
from knowledge.plan.key import UNCOUNTED, WORK
from knowledge.plan.model import Target
from knowledge.questions.context import Reading
from knowledge.questions.parse.clauses import Core
from knowledge.questions.parse.segmenter import names_something
from knowledge.questions.parse.utterance import Piece
from knowledge.questions.query import Query, Want
from knowledge.questions.understand.unexplained import left_over, places_around
from knowledge.questions.understand.weights import Feature, Objections

_MOST = 3


def evidence_of(reading: Reading, library: Library, core: Core | None = None) -> Objections:
    """What speaks against a reading; of a `core`, also what was left out of the message for it."""
    piece, query, link = reading.piece, reading.meant, reading.link
    assert piece is not None  # noqa: S101 - only readings of pieces are weighed
    assert isinstance(query, Query)  # noqa: S101
    entries = link.entries if link else ()
    left = left_over(reading, library)
    uncounted = bool(entries) and query.want in _NUMBERS and all(entry.kind in UNCOUNTED for entry in entries)
    asked = [word for word in left if word.asked or uncounted]
    foreign = [word for word in left if not word.near]
    counts = {
        Feature.ASKED_NOUN: sum(word in asked for word in foreign),
        Feature.ASKED_NEAR: sum(word.near for word in asked),
        Feature.UNKNOWN: sum(word not in asked for word in foreign),
        Feature.BESIDE: sum(word.near and word not in asked for word in left),
        Feature.UNANSWERED: 0 if reading.of_set else len(_asks_otherwise(piece, query, entries, unknown=bool(left))),
        Feature.PARTLY_NAMED: round(6 * (1 - min(1.0, link.score))) if link and entries else 0,
        Feature.HEARD: len(reading.heard),
        Feature.UNUSED: len(core.unused) if core else 0,
    }
    return Objections(
        {feature: min(n, _MOST) for feature, n in counts.items() if n},
        next((word.text for word in asked), ""),
        core.unused if core else (),
    )


_NUMBERS = {Want.DEADLINE, Want.DAYS, Want.TARGETS}
"""Of what has none, any other word may be what is asked (佛手山药炖多久)."""
_OTHERWISE = {
    Want.TASKS: {CueTag.AMOUNT, CueTag.WHEN, CueTag.DAYS, CueTag.WHY},
    Want.COUNT_TASKS: {CueTag.AMOUNT, CueTag.WHEN, CueTag.DAYS, CueTag.WHY},
    Want.UNITS: {CueTag.WHEN, CueTag.DAYS, CueTag.WHY},
    Want.SAYS: {CueTag.AMOUNT, CueTag.COMPARE, CueTag.WHY},
}
"""What the question words of a want do not ask for."""
_ENDS = re.compile(
    "[完成建达修]|[期时]限|动工|启动|开始|到期|截止|节点|年?底|年?前|验收|开工|投产|通[车航]|开通|竣|落地|出台|见效|时间表"
)
"""What a plan dates of a thing that it names; 油菜花什么时候开 is none of it."""
_OF_THE_WORLD = re.compile(
    "(?<![写放设归])在(?:哪(?:里|儿|块)?+|什么地方)(?=[一-龥])"
    "(?!一?个(?:局|办|委)|一?个?(?:部分|文件|任务|单位|部门|[条项段块年月天])|[几些]|[有都]?[的写讲提说列出规体啊呢呀吧嘛])"
    "|哪里?去了|去年|前年|上一?年度|往年"
    "|([上下开关休放值涨跌升降贵卖买收发来出招])[不没]\\1"
    "|谁(?:最先|先)?(?:提出|发明|写|起的?名|取的?名|想出)来?的"
)
"""在哪办, 去年多少, 涨不涨价, 谁提出来的: a place, a past, a habit, an author; 在哪条 is in the plan."""
_OF_A_YEAR = {Want.DEADLINE, Want.DAYS, Want.FIGURE}


_HOW = re.compile("(?:怎么|如何|咋)(?![办建治推搞抓做弄干改管]|落实|完成|实现|整治|发展|培育|提[升高])")
_FIGURES = {CueTag.AMOUNT, CueTag.HOW_MANY, CueTag.TARGET, CueTag.HOUSES, CueTag.YES_NO, CueTag.WHEN}


def _other_noun(piece: Piece) -> bool:
    """Whether 哪个 and 哪家 ask for something that is no body: 找哪家银行."""
    asked = {
        cue.start + len(cue.text)
        for cue in piece.cues
        if cue.tags & {CueTag.WHO, CueTag.WHICH} and cue.text.endswith(_BARE)
    }
    known = {at: match for match in piece.cover for at in range(match.start, match.end)}
    names = (at for at, cell in enumerate(piece.cells) if at not in known or known[at].words[0].sense in _THINGS)
    return any(piece.cells[at].start in asked and is_han(piece.cells[at].text) for at in names)


_BARE = ("哪家", "哪个", "哪些", "哪几家", "哪几个")
_THINGS = {Sense.TOPIC, Sense.SAYING}


_COUNTED = re.compile("(?:多少|几)[个家座所条处名户位](?=(?![百点分])[一-龥]{2})")


def _is_share(entries: tuple[Entry, ...]) -> bool:
    return {entry.thing.unit if isinstance(entry.thing, Target) else "" for entry in entries} == {"%"}


def _asks_otherwise(piece: Piece, query: Query, entries: tuple[Entry, ...], *, unknown: bool) -> set[CueTag]:
    if not names_something(piece) and CueTag.PLAN not in piece.tags:
        return set()  # what was spoken of before may be asked anything
    otherwise = set(piece.tags & _OTHERWISE.get(query.want, set()))
    if query.want is Want.TASKS and query.terms and piece.topic:
        around = places_around(piece)
        otherwise |= {CueTag.WHICH} if all(piece.text.find(run) in around for run in piece.topic) else set()
    if query.want is Want.UNITS and _other_noun(piece):
        otherwise |= {CueTag.WHICH}
    if query.want is Want.TARGETS and _HOW.search(piece.text) and not piece.tags & _FIGURES:
        otherwise |= {CueTag.WHY}  # 智慧医院怎么挂号
    uncounted = all(entry.kind in UNCOUNTED for entry in entries)
    of_work = query.want is Want.SAYS and any(entry.kind in WORK for entry in entries)
    if of_work or (query.want is Want.TASKS and unknown):
        otherwise |= piece.tags & {CueTag.YES_NO}  # 花桥是不是要修地铁: no list says so
    if _OF_THE_WORLD.search(piece.text):
        otherwise |= {CueTag.WHERE}
    names = (surface for entry in entries for surface in entry.surfaces)
    if query.want is Want.TARGETS and entries and uncounted and not counts_only(piece.text, names):
        otherwise |= {CueTag.AMOUNT}  # 标准地一亩多少钱
    if query.want is Want.TARGETS and _is_share(entries) and _COUNTED.search(piece.text):
        otherwise |= {CueTag.HOW_MANY}  # 多少个行政村: only a share is called after what is counted
    if query.want in _NUMBERS and entries and uncounted and not _ENDS.search(piece.text):
        otherwise |= piece.tags & {CueTag.WHEN, CueTag.DAYS}
    if query.want is Want.TASKS and not query.of_work and not piece.tags & {CueTag.TASK, CueTag.UNIT}:
        otherwise |= piece.tags & {CueTag.WHERE, CueTag.WHO}  # 旅游局在哪: not where it is named
    counted = query.want is Want.TARGETS and not uncounted
    if query.by is None and query.due is None and query.want not in _OF_A_YEAR and not counted:
        otherwise |= piece.tags & {CueTag.YEAR_END}  # 去年的方案有几项任务
    return otherwise
