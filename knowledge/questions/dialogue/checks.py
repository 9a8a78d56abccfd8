"""Questions that check a unit against a task, one of which was spoken of before: 开放平台那条有没有它, 残联在里面吗."""

import re
from dataclasses import replace

from knowledge.language.cues import CueTag
from knowledge.questions.dialogue.state import Turn
from knowledge.questions.parse.utterance import Piece
from knowledge.questions.query import Query, Term, Want
from knowledge.questions.understand.intent_rule import IntentRule
from knowledge.questions.understand.unit_terms import role_of

OF_UNITS = frozenset([Want.TASKS, Want.COUNT_TASKS])
OF_LISTS = OF_UNITS | {Want.HOLDS}


def check_of(piece: Piece, query: Query, rule: IntentRule | None, turns: tuple[Turn, ...]) -> Query | None:
    """Whether a unit has a part in a task, where one of the two was spoken of before."""
    tags, last = piece.tags, turns[0]
    if CueTag.YES_NO not in tags or tags & _NO_CHECK or (rule and rule.want not in _MAY_CHECK):
        return None
    if query.of_work and not query.terms:  # 开放平台那条有没有它, 里面有没有现代农业
        inside = bool(tags & {CueTag.AMONG, CueTag.WHOLE}) or bool(_INSIDE.search(piece.text))
        pointed = CueTag.THEY in tags or (inside and last.query.want in OF_LISTS)
        unit = _unit_spoken_of(turns) if pointed else None
        if unit and not (CueTag.WHOLE in tags and query.topic and last.query.want not in OF_LISTS):
            return replace(query, want=Want.HOLDS, terms=(Term((unit,)),), role=role_of(tags))
        if CueTag.WHOLE in tags and query.topic and len(last.tasks) == 1:  # 五洲特纸也在这条吗
            return replace(query, want=Want.HOLDS, ids=last.tasks)
        return None
    if len(query.terms) == 1 and not query.of_work:  # 城管局参加这条没有, 没有财政局吧
        only = last.tasks if len(last.tasks) == 1 else ()
        topic, ids = (last.query.topic, last.query.ids) if last.query.of_work else ((), only)
        if topic or ids:
            asked = tuple(replace(term, negated=False) for term in query.terms)
            return replace(query, want=Want.HOLDS, terms=asked, topic=topic, ids=ids, role=role_of(tags))
    return None


_INSIDE = re.compile("里面|里头|里边|在内|名单")
_NO_CHECK = {CueTag.TASK, CueTag.REST, CueTag.WHO, CueTag.TARGET, CueTag.WHEN, CueTag.HOW_MANY, CueTag.AMOUNT}
_MAY_CHECK = {Want.HOLDS, Want.SAYS, Want.TASKS, Want.UNITS}


def _unit_spoken_of(turns: tuple[Turn, ...]) -> str | None:
    """The one unit that was asked about, or named in answer, last."""
    named = (turn.units if turn.query.want in {Want.UNITS, Want.TOP_UNITS} else turn.query.units for turn in turns)
    return next((units[0] for units in named if len(units) == 1), None)
