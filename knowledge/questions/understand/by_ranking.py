"""What names nothing of the plan: answered of the nearest task where that is surely meant, else they are offered.

The bounds are fitted by `python -m benchmarks.ranking` on half of its questions, a misled turn costing five declined;
docs/decisions/0011-everyday-words-are-ranked.md has what they give on the other half.
"""

import re
from dataclasses import replace

from knowledge.entities.library import Library
from knowledge.entities.ranking import Ranked
from knowledge.entities.topic_index import Entry
from knowledge.language.content_words import runs
from knowledge.language.cues import CueTag
from knowledge.language.measures import units_asked
from knowledge.plan.key import EntryKind, TaskKey
from knowledge.plan.model import Period, Target
from knowledge.questions.answer import Heard, Why
from knowledge.questions.context import QuestionContext, Reading, Trouble
from knowledge.questions.parse.utterance import Piece
from knowledge.questions.query import Query, Want
from knowledge.questions.understand.evidence import evidence_of
from knowledge.questions.understand.intent_rule import RuleId
from knowledge.questions.understand.unit_terms import role_of
from knowledge.questions.understand.weights import Feature

EXPLAINED = 0.42
"""Of what was said: so much the first must know if it knows the noun that is asked about,"""
EXPLAINED_ANYHOW = 0.65
"""so much if it does not (the last word of 湖水变脏谁整治 is a verb)."""
AHEAD = 0.15
"""By so much of its own score the first must be ahead of the second."""
AHEAD_OF_TARGETS = 0.05
"""Of what was said: so much more a target must know than any other of its task."""

_BESIDE_A_NAME, _BESIDE_RANKED = 1, 2
"""So many unknown words may stand beside what is asked for, where a name was said in part, and where none was."""
_TO_OFFER = {Why.NOT_IN_PLAN, Why.NOT_IN_TASKS, Why.NO_SUCH_FIGURE}
_OFFERED = 3
_AT_ALL = 0.05  # of what was said, an offer must know; 0.1 loses one right offer in twenty
_BESIDE = 0.4  # of the first's score

_FORMS = {RuleId.SAYS, RuleId.UNITS_OF_TASK, RuleId.LEAD_OF_TASK, RuleId.WHICH_TASK, RuleId.TARGET_VALUE}
_OF_THE_FORM = {
    CueTag.WHO,
    CueTag.OWN,
    CueTag.UNIT,
    CueTag.LEAD,
    CueTag.ASSIST,
    CueTag.TASK,
    CueTag.WHICH,
    CueTag.LIST,
    CueTag.PLAN,
    CueTag.WHAT,
    CueTag.WHERE,
    CueTag.SAY,
    CueTag.TARGET,
    CueTag.AMOUNT,
    CueTag.HOW_MANY,
    CueTag.HOUSES,
    CueTag.AND,
    CueTag.THAT,
}
"""Any other cue would be left over,"""
_SAID_OF_TARGETS = {CueTag.YEARLY, CueTag.COMPARE}
"""and these must hold of the target: 一年 of one that is yearly, 比全省 of one that is set against another figure."""
_A_PERSON = {"我", "咱", "俺"}
"""Who asks, and no unit: 我住的老楼."""
_OF_A_CLAUSE = {CueTag.TOTAL}
"""Clauses are of the whole plan: 总的奔头."""
_FIGURES = {Want.TARGETS, Want.DEADLINE, Want.DAYS}
_MIXED = re.compile(r"(?=[a-z]*\d)(?=\d*[a-z])[a-z\d]+", re.ASCII)


def by_ranking(reading: Reading, asked: QuestionContext) -> Reading:
    """A reading that found nothing of the plan in the words, read by the nearest place, or with what to offer."""
    trouble, piece = reading.meant, reading.piece
    if not isinstance(trouble, Trouble) or piece is None:
        return reading
    if trouble.why is Why.UNUSED:
        return _agreed(reading, trouble, piece, asked)
    if trouble.why not in _TO_OFFER or trouble.query:
        return reading
    ranked = asked.library.ranking.nearest(piece.topic or tuple(runs(trouble.detail["name"])))
    entry = _meant(reading, piece, ranked, asked) if trouble.why is Why.NOT_IN_PLAN else None
    if entry is None:
        return replace(reading, meant=replace(trouble, open=_offers(reading, piece, ranked, asked.library)))
    assert reading.rule is not None  # noqa: S101 - a form was read
    query = Query(want=reading.rule.want, topic=(entry.key,), role=role_of(piece.tags))
    heard = Heard(str(trouble.detail["name"]), entry.name)
    read = replace(reading, meant=query, heard=(*reading.heard, heard))
    if evidence_of(read, asked.library).unread(_BESIDE_RANKED):
        return replace(reading, meant=replace(trouble, open=_offers(reading, piece, ranked, asked.library)))
    return read


def _agreed(reading: Reading, trouble: Trouble, piece: Piece, asked: QuestionContext) -> Reading:
    """What was linked by too little of its name is meant after all where its place is surely the nearest."""
    query, evidence = trouble.query, reading.evidence
    if query is None or evidence is None or evidence.unread(_BESIDE_A_NAME) or Feature.ASKED_NEAR in evidence.counts:
        return reading
    place = _place(reading, piece, asked.library.ranking.nearest(piece.topic), asked)
    one = len(query.topic) == 1 or not _asks_for_figures(reading)
    agreed = place is not None and {key.owner for key in query.topic} == {place}
    return replace(reading, meant=query) if one and agreed else reading


def _meant(reading: Reading, piece: Piece, ranked: tuple[Ranked, ...], asked: QuestionContext) -> Entry | None:
    """The entry that is surely meant: of the place, where a figure is asked for, its target in that unit."""
    place = _place(reading, piece, ranked, asked)
    if place is None or not _asks_for_figures(reading):
        return asked.library.whole_of[place] if place else None
    target = _target(piece, place, asked.library)
    return target if target and _holds_of(target, piece.tags) else None


def _place(reading: Reading, piece: Piece, ranked: tuple[Ranked, ...], asked: QuestionContext) -> TaskKey | None:
    """The place that is surely meant: the form is read, nothing is left over, and it is clearly first."""
    if not ranked or reading.rule is None or reading.rule.id not in _FORMS or _is_left_over(piece, asked):
        return None
    if reading.rule.id is RuleId.WHICH_TASK and _asks_of_a_body(piece):
        return None
    first, *others = ranked
    of_task = first.owner in asked.library.tasks
    if of_task and reading.rule.id is RuleId.SAYS:
        return None  # 学校里用上电子黑板的比例: what a task says of it is not all that it says
    of_place = set[CueTag]() if of_task else _OF_A_CLAUSE
    explained = _OF_THE_FORM | (_SAID_OF_TARGETS if _asks_for_figures(reading) else of_place)
    if _tags_beside(piece, _everyday_words(first.owner, asked.library)) - explained:
        return None
    enough = EXPLAINED if first.knows_last else EXPLAINED_ANYHOW
    second = others[0].score if others else 0.0
    clear = first.explained >= enough and first.score - second >= AHEAD * first.score
    return first.owner if clear and first.pairs >= 1 else None


def _everyday_words(owner: TaskKey, library: Library) -> set[str]:
    """How people speak of a task's targets."""
    return {word for target in library.targets_of.get(owner, ()) for word in library.everyday_of[target.key]}


def _tags_beside(piece: Piece, words: set[str]) -> frozenset[CueTag]:
    """The tags of the cues but of those inside such words (不呛人 denies nothing), and of 我."""
    spans = [found.span() for word in words for found in re.finditer(re.escape(word), piece.text)]
    cues = (
        cue
        for cue in piece.cues
        if cue.text not in _A_PERSON and not any(start <= cue.start < end for start, end in spans)
    )
    return frozenset[CueTag]().union(*(cue.tags for cue in cues))


def _asks_of_a_body(piece: Piece) -> bool:
    """交通大楼负责哪些任务: what is responsible is a body, and no task; but not 这事归哪项任务管."""
    of_bodies = (cue for cue in piece.cues if cue.tags & {CueTag.OWN, CueTag.LEAD, CueTag.ASSIST})
    roles = [cue.start for cue in of_bodies if not cue.text.startswith(("归", "属"))]
    which = [cue.start for cue in piece.cues if CueTag.WHICH in cue.tags]
    return bool(roles and which) and min(roles) < max(which)


def _asks_for_figures(reading: Reading) -> bool:
    return reading.rule is not None and reading.rule.want in _FIGURES


def _is_left_over(piece: Piece, asked: QuestionContext) -> bool:
    """Whether a name or a number was said, or something pointed at, that an answer by topic alone would drop."""
    other = piece.mentions or piece.figures or piece.ids or piece.sections or piece.places_of_plan
    back = asked.memory.turns and CueTag.THAT in piece.tags
    return bool(other or back or piece.ordinal or _MIXED.search("".join(piece.topic)))


def _target(piece: Piece, owner: TaskKey, library: Library) -> Entry | None:
    """The target of a task that is asked for: in the unit that is, and nearest to what was said."""
    units = units_asked(piece.text)
    held = library.targets_of.get(owner, ())
    shares = ((library.ranking.share(piece.topic, one.surfaces, library.everyday_of[one.key]), one) for one in held)
    fitting = sorted((one for one in shares if not units or _thing(one[1]).unit in units), key=lambda one: -one[0])
    if not fitting or fitting[0][0] < AHEAD_OF_TARGETS:
        return None
    (share, entry), *others = fitting
    if others and share - others[0][0] < AHEAD_OF_TARGETS:
        return None
    return entry


def _holds_of(target: Entry, tags: frozenset[CueTag]) -> bool:
    """Whether what the cues say of the target is so: that it is of every year, that it is set against something."""
    often = _thing(target).period in {Period.YEARLY, Period.YEARLY_AVERAGE}
    beside = _thing(target).relative_to is not None
    return (often or CueTag.YEARLY not in tags) and (beside or CueTag.COMPARE not in tags)


def _thing(entry: Entry) -> Target:
    assert isinstance(entry.thing, Target)  # noqa: S101 - an entry of `targets_of`
    return entry.thing


def _offers(reading: Reading, piece: Piece, ranked: tuple[Ranked, ...], library: Library) -> tuple[Entry, ...]:
    """The nearest places, each by what of it was nearly named; where a figure is asked for, by the nearest target."""
    near = reading.link.near if reading.link else ()
    figures = _asks_for_figures(reading)
    enough = [one for one in ranked if one.explained >= _AT_ALL and one.score >= _BESIDE * ranked[0].score]
    counted = [one for one in enough if one.owner in library.targets_of] if figures else enough
    found: list[Entry] = []
    for one in (counted or enough)[:_OFFERED]:
        target = _target(piece, one.owner, library) if figures else None
        named = next((e for e in near if e.owner == one.owner and (not figures or e.kind is EntryKind.TARGET)), None)
        found.append(target or named or library.whole_of[one.owner])
    return tuple(found)
