"""A query made whole: by its rule, by what was asked before, by its conditions; or why it is none."""

import re
from dataclasses import replace

from knowledge.language.cues import CueTag
from knowledge.plan.key import PARTS, EntryKind
from knowledge.plan.model import Target
from knowledge.questions.answer import Why
from knowledge.questions.answering.comparison import compares
from knowledge.questions.context import QuestionContext, Trouble
from knowledge.questions.dialogue.followup import ROLES
from knowledge.questions.dialogue.patches import patched
from knowledge.questions.parse.utterance import Piece
from knowledge.questions.query import OF_PROGRESS, QuantityFilter, Query, Than, Want
from knowledge.questions.understand.exclusions import narrowed
from knowledge.questions.understand.filters import with_conditions, with_figure
from knowledge.questions.understand.intent_rule import IntentRule, RuleId
from knowledge.questions.understand.speech_act import asks_something, is_report, points
from knowledge.questions.understand.topic_linker import resolve, same_amount
from knowledge.questions.understand.unit_terms import role_of

_WITH_ROLE = {Want.UNITS, Want.HOLDS, Want.COUNT_UNITS, Want.TOP_UNITS}
_WHICH_OF_THEM = {RuleId.WHICH_LEADS, RuleId.HELPERS_IN_TASK}
_SUMS = {Want.TARGETS, Want.DEADLINE}
_CLAUSES = {EntryKind.CLAUSE, EntryKind.FACT, EntryKind.PLAN}
_SMALL = PARTS | {EntryKind.FACT}
_OF_ALL = OF_PROGRESS - {Want.PROGRESS, Want.REASON}
"""What is asked of the whole plan where nothing is named."""
LIKE_SAYS = OF_PROGRESS | {Want.CARD}
"""What links a name as 讲什么 does: whatever it is the name of."""


def completed(piece: Piece, query: Query, rule: IntentRule | None, asked: QuestionContext) -> Query | Trouble:
    tags, turns = piece.tags, asked.memory.turns
    want = rule.want if rule else query.want
    query = replace(query, want=want, role=role_of(tags) if want in _WITH_ROLE else query.role)
    if rule and rule.id in _WHICH_OF_THEM:
        query = replace(query, terms=())
    query = narrowed(piece, query, rule)
    if _asks_a_target(piece, query, asked):
        want, query = Want.TARGETS, replace(query, want=Want.TARGETS)
    framed = _is_of_clauses(query) and (want in OF_PROGRESS or (want is Want.COUNT_TASKS and not query.terms))
    if framed:
        query = replace(query, want=Want.SAYS)  # 推进情况由谁检查, 干部评价主要看哪几样: no clause is reported on
    if query.of_work and is_report(piece):
        return Trouble(Why.REPORT)
    if query.extreme and not (query.measured_in or query.has_subject):
        return Trouble(Why.WHAT_ABOUT)  # 亿元 and 家 cannot be compared
    if CueTag.MINE in tags and asked.charge and not query.has_subject:
        progress = query.want if query.want in OF_PROGRESS or CueTag.SOON in tags else Want.PROGRESS
        return replace(query, want=progress, ids=asked.charge, mine=True)
    if CueTag.SUM in tags and not query.has_subject and turns and turns[0].query.want in _SUMS:
        return Trouble(Why.NOT_IN_PLAN, {"name": "合计数"})  # the plan adds nothing up, and neither do we
    if turns and _leaves_open(query, tags):
        after = patched(piece, query, rule, asked)
        if isinstance(after, Trouble):
            return after
        query = after
    return _either(piece, query) or _with_figures(piece, _without_frame(query, want, tags), rule, asked)


def _either(piece: Piece, query: Query) -> Trouble | None:
    """我该去卫健局还是医保局: of what is not said."""
    units = query.units
    open_ = len(units) > 1 and not query.of_work and bool(_OR_ELSE.search(piece.text))
    if not open_ or piece.tags & (
        ROLES | {CueTag.TASK, CueTag.HOW_MANY, CueTag.WHICH_MORE, CueTag.MOST, CueTag.COMPARE}
    ):
        return None
    return Trouble(Why.WHICH_UNIT, {"name": "还是".join(units)}, units=units)


_OR_ELSE = re.compile(".还是(?!都|所有|全部)")


def _asks_a_target(piece: Piece, query: Query, asked: QuestionContext) -> bool:
    """线路要几条: what is counted in just that is the target's own, and no tasks."""
    if query.want is not Want.COUNT_TASKS or query.terms or len(query.topic) != 1:
        return False
    entry = asked.library.entry_of.get(query.topic[0])
    if entry is None or not isinstance(entry.thing, Target) or not entry.thing.unit:
        return False
    return bool(re.search(f"(?:几|多少){re.escape(entry.thing.unit)}(?!任务)", piece.text))


def _leaves_open(query: Query, tags: frozenset[CueTag]) -> bool:
    """Whether the turn before may say what is meant: 进展呢, but not 哪些任务是红灯 or 交通局进展怎么样."""
    goes_on = bool(tags & {CueTag.THAT, CueTag.AMONG, CueTag.SWITCH, CueTag.THEY})
    if query.want not in LIKE_SAYS:
        return goes_on or CueTag.SOON not in tags
    of_all = query.want in _OF_ALL or CueTag.SOON in tags
    return (goes_on or not of_all) and not query.has_subject and CueTag.PLAN not in tags


def _is_of_clauses(query: Query) -> bool:
    return bool(query.topic) and all(key.kind in _CLAUSES for key in query.topic)


def _without_frame(query: Query, want: Want, tags: frozenset[CueTag]) -> Query:
    """水利局名下任务清单: the clause on lists is not meant."""
    told = want is Want.HOLDS and CueTag.YES_NO not in tags
    if query.terms and _is_of_clauses(query) and (want is not Want.HOLDS or told):
        return replace(query, topic=(), want=Want.TASKS if told else query.want)
    return query


def _with_figures(piece: Piece, query: Query, rule: IntentRule | None, asked: QuestionContext) -> Query | Trouble:
    tags, own = piece.tags, query.of_work
    sized = bool(piece.figures and tags & {CueTag.MORE, CueTag.LESS}) and len({key.owner for key in query.topic}) > 1
    targets = [entry.thing for entry in resolve(query.topic, asked.library) if isinstance(entry.thing, Target)]
    if sized and targets and all(same_amount(target, amount) for target in targets for amount in piece.figures):
        return query  # 低于全省15%的指标: the figure is theirs
    if sized or not any(key.kind in _SMALL for key in query.topic):
        query = with_conditions(piece, query, tags, asked)
    figure = query.figure if query.want is Want.TARGETS else None
    if figure and not figure.unit and not tags & {CueTag.TARGET, CueTag.LIST} and not own:
        return Trouble(Why.UNREAD)
    checks = CueTag.YES_NO in tags and query.terms and not own and not tags & {CueTag.TASK, CueTag.LIST}
    if checks and points(piece) and not asked.memory.turns:
        return Trouble(Why.WHAT_ABOUT)
    if figure and not query.has_subject and _is_nobodys(figure, asked):
        return Trouble(Why.NOT_IN_PLAN, {"name": f"{figure.value}{figure.unit}"})
    if query.want is Want.FIGURE:
        query = with_figure(piece, query, tags, asked.today)
    return query if asks_something(query, piece, rule) else Trouble(Why.WHAT_ABOUT if rule else Why.UNREAD)


def _is_nobodys(figure: QuantityFilter, asked: QuestionContext) -> bool:
    """Whether exactly this figure is asked for, and no target has it: 23项任务分别是什么."""
    return figure.than is Than.SAME and not any(compares(target, figure) for _, target in asked.library.targets)
