"""Whether a sentence asks at all: not a report, not an order, and of something."""

import re

from knowledge.language.cues import CueTag
from knowledge.questions.parse.utterance import Piece
from knowledge.questions.query import OF_PROGRESS, Query, Want
from knowledge.questions.understand.intent_rule import IntentRule
from knowledge.questions.understand.intents import ASKING


def points(piece: Piece) -> bool:
    """Whether 这个 or 那个 points at something else than the unit that it stands before (那个人社局).

    牵头那一项 points at nothing: 那 is typed for 哪.
    """
    starts = {mention.start for mention in piece.mentions}
    roles = {cue.start + len(cue.text) for cue in piece.cues if cue.tags & {CueTag.LEAD, CueTag.ASSIST, CueTag.OWN}}
    roles |= {at + 1 for at in roles if piece.text.startswith("的", at)}
    pointing = (cue for cue in piece.cues if CueTag.THAT in cue.tags and cue.start not in roles)
    return any(cue.start + len(cue.text) not in starts for cue in pointing)


def is_order(piece: Piece) -> bool:
    """把5G基站的目标改成800个."""
    return bool(_ORDERS.search(piece.text))


_ORDERS = re.compile(
    r"^(?:请|麻烦)?(?:你|帮我|给我)*(?:把|将).+(?:改成|改为|调成|调到|调整为|换成|设成|设为|删掉|删除|去掉)"
)
_REPORTS = re.compile(r"达到|新增了?|完成了?|建成了?|已|了(?![吗么没])|为|突破")


def is_report(piece: Piece) -> bool:
    """5G基站建成620个 tells, it does not ask."""
    if piece.tags & (ASKING | {CueTag.OWN, CueTag.LEAD, CueTag.ASSIST, CueTag.UNIT, CueTag.SWITCH, CueTag.THAT}):
        return False
    return CueTag.DONE in piece.tags or (bool(piece.figures) and bool(_REPORTS.search(piece.text)))


_WHOLE = {Want.COUNT_SECTIONS}
"""Of all of the plan where nothing is named."""


def asks_something(query: Query, piece: Piece, rule: IntentRule | None) -> bool:
    """Whether a query names what it is about, or is surely of the whole plan."""
    if (
        CueTag.SOON in piece.tags
        or query.has_subject
        or query.counted
        or query.figure
        or query.period
        or query.measured_in
        or query.extreme
        or query.things
        or query.by
        or query.dated is not None
    ):
        return True
    if query.want in OF_PROGRESS:
        return True
    if query.want in _WHOLE:
        return True
    whole = (
        bool(piece.tags & {CueTag.PLAN, CueTag.LIST, CueTag.HOW_MANY, CueTag.HOUSES, CueTag.TOTAL})
        and rule is not None
        and not piece.topic
    )
    whole = whole and (CueTag.PLAN in piece.tags or not piece.tags & {CueTag.THAT, CueTag.THEY, CueTag.BOTH})
    whole = whole and (query.want is not Want.TARGETS or bool(piece.tags & {CueTag.TARGET, CueTag.QUANTIFIED}))
    return whole and query.want in {
        Want.TASKS,
        Want.TARGETS,
        Want.UNITS,
        Want.COUNT_TASKS,
        Want.COUNT_UNITS,
        Want.COUNT_TARGETS,
    }
