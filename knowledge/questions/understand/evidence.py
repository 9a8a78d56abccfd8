"""How well a reading explains what was said."""

import re

from knowledge.entities.topic_index import Entry
from knowledge.language.cues import CueTag
from knowledge.plan.key import UNCOUNTED, WORK, EntryKind
from knowledge.questions.context import Reading
from knowledge.questions.parse.clauses import Core
from knowledge.questions.parse.segmenter import names_something
from knowledge.questions.parse.utterance import Piece
from knowledge.questions.query import Query, Want
from knowledge.questions.understand.unexplained import unknown_words
from knowledge.questions.understand.weights import Feature, Objections

_MOST = 3


def evidence_of(reading: Reading, core: Core | None = None) -> Objections:
    """What speaks against a reading; of a `core`, also what was left out of the message for it."""
    piece, query, link = reading.piece, reading.meant, reading.link
    assert piece is not None  # noqa: S101 - only readings of pieces are weighed
    assert isinstance(query, Query)  # noqa: S101
    entries = link.entries if link else ()
    listed = query.want is Want.THINGS  # the noun that is asked for is what the list is of
    unknown = () if listed else unknown_words(piece, entries, of_set=reading.of_set)
    uncounted = bool(entries) and query.want in _NUMBERS and all(entry.kind in UNCOUNTED for entry in entries)
    asked = list(unknown) if uncounted else [word for word in unknown if word.asked]
    counts = {
        Feature.ASKED_NOUN: len(asked),
        Feature.UNKNOWN: len(unknown) - len(asked),
        Feature.UNANSWERED: 0 if reading.of_set else len(_asks_otherwise(piece, query, entries, unknown=bool(unknown))),
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
_WHETHER = re.compile("([上下开关休放值涨跌升降贵卖买收发来出])[不没]\\1")
"""上不上班, 涨不涨价: a verb of the world."""
_ENDS = re.compile("[完成建达限]|到期|截止|节点|年?底|年?前|验收|开工|投产|时间表")
"""What a plan dates of a thing that it names; 油菜花什么时候开 is none of it."""
_TO_THE_BOT = re.compile("[你您](?!们|帮|给|说|看|查|列|好|知道|清楚|这|那|能|可|把)")
_OF_A_YEAR = {Want.DEADLINE, Want.DAYS, Want.FIGURE}


def _asks_otherwise(piece: Piece, query: Query, entries: tuple[Entry, ...], *, unknown: bool) -> set[CueTag]:
    if not names_something(piece) and CueTag.PLAN not in piece.tags:
        return set()  # what was spoken of before may be asked anything
    otherwise = set(piece.tags & _OTHERWISE.get(query.want, set()))
    of_work = query.want is Want.SAYS and any(entry.kind in WORK for entry in entries)
    if of_work or (query.want is Want.TASKS and unknown):
        otherwise |= piece.tags & {CueTag.YES_NO}  # 花桥是不是要修地铁: no list says so
    if _WHETHER.search(piece.text):
        otherwise |= {CueTag.YES_NO}
    when = piece.tags & {CueTag.WHEN, CueTag.DAYS}
    if when and query.want in _NUMBERS and entries and all(entry.kind is EntryKind.NAMED for entry in entries):
        otherwise |= set() if _ENDS.search(piece.text) else when
    if _TO_THE_BOT.match(piece.text) and not (piece.mentions or piece.ids or piece.named):
        otherwise |= {CueTag.THAT}  # 你吃饭了没
    if query.want is Want.TASKS and not query.of_work and not piece.tags & {CueTag.TASK, CueTag.UNIT}:
        otherwise |= piece.tags & {CueTag.WHERE, CueTag.WHO}  # 旅游局在哪: not where it is named
    counted = query.want is Want.TARGETS and not all(entry.kind in UNCOUNTED for entry in entries)
    if query.by is None and query.due is None and query.want not in _OF_A_YEAR and not counted:
        otherwise |= piece.tags & {CueTag.YEAR_END}  # 去年的方案有几项任务
    return otherwise
