"""Follow-ups where words of the text or named things were asked after: of whom, which of them, another word."""

import re
from dataclasses import replace

from knowledge.language.cues import CueTag
from knowledge.questions.dialogue.state import Turn
from knowledge.questions.parse.utterance import Piece
from knowledge.questions.query import Phrase, Query, Want
from knowledge.questions.understand.intents import ASKING

_LACKING = re.compile("那?哪些(?:任务)?(?:没有?|未)(?:提|写|讲|说)?(?:到|有)?[的呢]*")
_ASKS_MORE = ASKING | {CueTag.TASK, CueTag.OWN, CueTag.LEAD, CueTag.ASSIST}
_COUNTS = {CueTag.HOW_MANY, CueTag.HOUSES, CueTag.AMOUNT}
_WITHIN = {CueTag.AMONG, CueTag.THAT}
_OF_ALL = {CueTag.TASK, CueTag.WHERE, CueTag.PLAN, CueTag.SECTION, CueTag.YES_NO}


def phrase_again(piece: Piece, turns: tuple[Turn, ...]) -> Query | None:
    """那物联网呢, after 哪些任务提到5G: the same of another word; 哪些没提到: those without it."""
    before = turns[0].query if turns else None
    if before is None or not before.phrases:
        return None
    if _LACKING.fullmatch(piece.text):
        return replace(before, want=Want.TASKS, phrases=tuple(replace(one, negated=True) for one in before.phrases))
    other = CueTag.SWITCH in piece.tags and piece.named_as and not piece.tags & _ASKS_MORE
    if not other or piece.mentions or piece.ids or piece.sections:
        return None
    return replace(before, phrases=(Phrase((piece.named_as,)),))


def narrowed(piece: Piece, query: Query, last: Turn) -> Query | None:
    """What a turn after one that found words or listed things asks of the same, or of a list what it finds in it."""
    before, tags = last.query, piece.tags
    within = bool(tags & _WITHIN) or (bool(query.phrases) and not tags & _OF_ALL)
    if (query.phrases or query.things) and within and before.has_subject and not query.terms:
        return replace(
            query,
            terms=before.terms,
            topic=before.topic,
            ids=before.ids,
            sections=before.sections,
            phrases=(*before.phrases, *query.phrases),
        )
    if query.phrases or query.things or not (before.phrases or before.things):
        return None
    if not query.has_subject:
        counts = before.things is not None and tags & _COUNTS and not tags & (_ASKS_MORE - _COUNTS)
        return replace(before, things=replace(before.things, counted=True)) if counts and before.things else None
    if tags & _WITHIN or not tags & _ASKS_MORE:  # 其中市交通局的有哪些, 5.3呢
        return replace(before, terms=query.terms, topic=query.topic, ids=query.ids, sections=query.sections)
    return None


def as_tasks(turn: Turn) -> Turn:
    """A turn that found words or listed things, as one that named the tasks: 谁负责 is asked of those."""
    before = turn.query
    if not (before.phrases or before.things):
        return turn
    named = replace(before, want=Want.TASKS, phrases=(), things=None, by_section=False, ids=turn.tasks or before.ids)
    return replace(turn, query=named)
