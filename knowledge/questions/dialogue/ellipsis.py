"""What a chat's memory adds to an elliptic question, and what is said to the chat itself."""

import re
from dataclasses import replace

from knowledge.language.cues import CueTag
from knowledge.plan.key import UNCOUNTED, EntryKind
from knowledge.questions.answer import Why
from knowledge.questions.context import QuestionContext, Trouble
from knowledge.questions.dialogue.checks import OF_LISTS, OF_UNITS, check_of
from knowledge.questions.dialogue.found import as_tasks, narrowed
from knowledge.questions.dialogue.state import Turn
from knowledge.questions.parse.utterance import Piece
from knowledge.questions.query import Assertion, Kind, Members, NamedMember, Not, Query, Related, Term, UnitRole, Want
from knowledge.questions.sets.forms import LISTED
from knowledge.questions.sets.signs import places_of
from knowledge.questions.understand.intent_rule import IntentRule
from knowledge.questions.understand.intents import ASKING
from knowledge.questions.understand.unit_terms import in_role, role_of

_PAIR = 2
_LISTED = {
    Want.COUNT_TASKS: Want.TASKS,
    Want.COUNT_UNITS: Want.UNITS,
    Want.COUNT_TARGETS: Want.TARGETS,
    Want.COUNT_SECTIONS: Want.SECTIONS,
}

_NEEDS_SUBJECT = {
    Want.UNITS,
    Want.TARGETS,
    Want.DEADLINE,
    Want.DAYS,
    Want.HOLDS,
    Want.COUNT_UNITS,
    Want.COUNT_TARGETS,
    Want.PROGRESS,
    Want.CARD,
}

_OF_TARGETS = {Want.TARGETS, Want.DEADLINE}

_TARGET_LISTS = {Want.TARGETS, Want.COUNT_TARGETS}

_OF_ONE = {Want.SAYS, Want.TARGETS, Want.UNITS, Want.DEADLINE, Want.DAYS, Want.PROGRESS, Want.CARD}


_OF_BOTH = {CueTag.BOTH, CueTag.WHICH_MORE, CueTag.COMPARE}

_RANKINGS = {Want.TOP_UNITS, Want.TOP_TASKS}
_NEW_RANKING = {CueTag.WHO, CueTag.TASK, CueTag.TARGET, CueTag.LEAD, CueTag.ASSIST}

_COUNTED = {
    Want.UNITS: Want.COUNT_UNITS,
    Want.COUNT_UNITS: Want.COUNT_UNITS,
    Want.TASKS: Want.COUNT_TASKS,
    Want.COUNT_TASKS: Want.COUNT_TASKS,
}


_MORE = {CueTag.REST, CueTag.AND}
_ANY_MORE = _MORE | {CueTag.SWITCH, CueTag.YES_NO}


def command_of(tags: frozenset[CueTag], asked: QuestionContext) -> Query | Trouble | None:
    """What is said to the chat itself rather than asked of the plan."""
    turns = asked.memory.turns
    if CueTag.AGAIN in tags:
        return turns[0].query if turns else Trouble(Why.NOTHING_BEFORE)
    if CueTag.BACK in tags and not tags & {
        CueTag.LEAD,
        CueTag.ASSIST,
        CueTag.UNIT,
        CueTag.WHO,
        CueTag.TARGET,
        CueTag.WHEN,
        CueTag.AMOUNT,
    }:
        return turns[1].query if len(turns) > 1 else turns[0].query if turns else Trouble(Why.NOTHING_BEFORE)
    if CueTag.DETAIL in tags and turns and turns[0].query.has_subject:
        return _more_of(turns[0])
    if CueTag.REVERSE in tags and turns and (reversed_ := _reversed(turns[0].query)):
        return reversed_
    if _MORE <= tags <= _ANY_MORE and turns and turns[0].query.want in _LISTED.values():
        return turns[0].query  # 还有呢: the list again, which says that it is whole
    if CueTag.NEXT in tags and turns:
        return _next_of(asked)
    if CueTag.HELP in tags:
        return Query(want=Want.HELP)
    if CueTag.THANKS in tags and not tags & ASKING - {CueTag.YES_NO}:
        return Query(want=Want.THANKS)
    if CueTag.HELLO in tags and not tags & ASKING - {CueTag.YES_NO}:
        return Query(want=Want.HELLO)
    return None


def _reversed(before: Query) -> Query | None:
    """反过来, after what one has and another has not."""
    if len(before.terms) > 1 and len({term.negated for term in before.terms}) > 1:
        return replace(before, terms=tuple(replace(term, negated=not term.negated) for term in before.terms))
    if before.members and any(isinstance(one, Not) for one in before.members.where):
        where = tuple(one.condition if isinstance(one, Not) else Not(one) for one in before.members.where)
        return replace(before, members=replace(before.members, where=where))
    return None


def _next_of(asked: QuestionContext) -> Query | Trouble:
    """下一个: the task behind the one spoken of, in the list that it stands in, else in the plan."""
    turns = asked.memory.turns
    spoken = turns[0].query.ids if len(turns[0].query.ids) == 1 else turns[0].tasks
    if len(spoken) != 1:
        return Trouble(Why.NOTHING_BEFORE)
    plan = tuple(id_ for _, id_ in asked.library.tasks)
    listed = next((t.tasks for t in turns if len(t.tasks) > 1 and spoken[0] in t.tasks), plan)
    after = listed[listed.index(spoken[0]) + 1 :] if spoken[0] in listed else ()
    if not after:
        return Trouble(Why.BEYOND_LIST, {"name": str(len(listed) + 1), "of": len(listed)})
    return Query(want=turns[0].query.want if turns[0].query.want in _OF_ONE else Want.SAYS, ids=after[:1])


def details_of(tags: frozenset[CueTag], asked: QuestionContext) -> Query | None:
    """分别是哪些 after a count: the things that were counted."""
    if (
        not asked.memory.turns
        or not tags
        or not tags <= {CueTag.WHICH, CueTag.WHAT, CueTag.LIST, CueTag.THAT, CueTag.TOTAL, CueTag.SWITCH}
    ):
        return None
    last = _as_set(asked.memory.turns[0].query)
    if (
        tags <= {CueTag.TOTAL, CueTag.SWITCH}
        and CueTag.TOTAL in tags
        and last.want is Want.TASKS
        and last.terms
        and not last.topic
    ):
        terms = in_role(last.terms, UnitRole.ANY)
        return replace(last, want=Want.COUNT_TASKS, terms=terms)  # 一共呢, after what it leads and what it assists
    if not tags <= {CueTag.WHICH, CueTag.WHAT, CueTag.LIST, CueTag.THAT, CueTag.TOTAL}:
        return None
    return replace(last, want=_LISTED[last.want]) if last.want in _LISTED else None


def _as_set(query: Query) -> Query:
    """What was asked for yes or no, or by how many it is more, as the set that it was asked of."""
    claim = query.claim
    if claim is None:
        return query
    if claim.asserts is Assertion.FIRST:
        return replace(query, want=Want.TOP_UNITS if claim.one.kind is Kind.UNITS else Want.TOP_TASKS, claim=None)
    less = claim.other.where if claim.other and query.want is not Want.HOLDS else ()
    of_one = replace(claim.one, where=(*claim.one.where, *map(Not, less)))
    return Query(want=LISTED[of_one.kind][True], members=of_one)


def _more_of(last: Turn) -> Query:
    """展开: what the one task says; of a list, its targets and deadlines."""
    if len(last.tasks) == 1:
        return Query(want=Want.SAYS, ids=last.tasks)
    wanted = Want.TARGETS if last.query.terms else Want.SAYS
    return replace(last.query, want=wanted)


def _both_of(turns: tuple[Turn, ...], want: Want) -> Query | None:
    """What is wanted of both things that the last two turns spoke of; or the tasks that two units share.

    税务局有哪些任务, 医保局呢, 两家有重合吗.
    """
    asked = [turn.query for turn in turns[:_PAIR]]
    if len(asked) == _PAIR and all(query.of_work and not query.terms for query in asked):
        keys = tuple(dict.fromkeys(key for query in reversed(asked) for key in query.topic))
        ids = tuple(dict.fromkeys(id_ for query in reversed(asked) for id_ in query.ids))
        if want is not Want.UNITS:  # 这两个归哪条任务
            return Query(want=want, topic=keys, ids=ids)
        parts = (*(NamedMember(topic=(key,)) for key in keys), *(NamedMember(ids=(id_,)) for id_ in ids))
        of_each = tuple(Related(Members(Kind.TASKS, (part,))) for part in parts)
        return Query(want=want, members=Members(Kind.UNITS, of_each))  # 两条都有的单位
    units = {unit for query in asked for unit in query.units}
    if len(units) != _PAIR or any(len(q.units) != 1 or q.topic or q.want not in OF_UNITS for q in asked):
        return None
    # what both lead is nothing: one asks for what both have to do with
    terms = tuple(replace(term, role=UnitRole.ANY) for query in reversed(asked) for term in query.terms)
    return replace(asked[0], want=Want.TASKS, terms=terms)


def from_memory(piece: Piece, query: Query, rule: IntentRule | None, turns: tuple[Turn, ...], *, own: bool) -> Query:
    """Fill in from the turns before what an elliptic question leaves out."""
    turns = turns[1:] if CueTag.BACK in piece.tags and len(turns) > 1 else turns  # 前一个的牵头单位
    last = replace(turns[0], query=_as_set(turns[0].query))
    turns = (last, *turns[1:])
    tags, before = piece.tags, last.query
    if found := narrowed(piece, query, last):
        return found
    last = as_tasks(last)
    turns, before = (last, *turns[1:]), last.query
    if tags & {CueTag.MOST, CueTag.LEAST} and not tags & _NEW_RANKING and not query.has_subject:
        ranked = next((turn.query for turn in turns[:_PAIR] if turn.query.want in _RANKINGS), None)
        if ranked:  # 第二多的呢
            place = next((place for _, _, place in places_of(piece.text)), 1)
            return replace(ranked, fewest=CueTag.LEAST in tags, top=place)
    if CueTag.LARGEST in tags and not query.has_subject and before.want is Want.TARGETS and before.figure:
        return replace(
            before, extreme=True, fewest=CueTag.LEAST in tags, measured_in=before.figure.unit
        )  # 最大的是哪个
    if CueTag.BOTH in tags and not query.has_subject and before.want is Want.COMPARE:
        return replace(before, want=Want.TASKS, terms=tuple(Term((unit,)) for unit in before.units))  # 重合的任务
    if tags & _OF_BOTH and not query.has_subject and not piece.figures:
        both = _both_of(turns, query.want)
        if both and not both.terms:
            return both
        if both:
            if CueTag.WHICH_MORE in tags:
                named = Members(Kind.UNITS, (NamedMember(bodies=both.units),))
                return Query(want=Want.TOP_UNITS, members=named, counted=Members(Kind.TASKS))
            if CueTag.COMPARE in tags:
                return replace(both, want=Want.COMPARE)
            return replace(both, want=query.want if query.want is Want.COUNT_TASKS else Want.TASKS)
    only_switch = not tags & (ASKING | {CueTag.TASK, CueTag.OWN, CueTag.LEAD, CueTag.ASSIST})
    if check := check_of(piece, query, rule, turns):
        return check
    if query.terms and not own:
        if only_switch and not before.has_subject and before.want in OF_UNITS:
            return replace(query, want=before.want, terms=in_role(query.terms, before.role))
        if only_switch and not before.has_subject and before.want in _TARGET_LISTS:
            return replace(before, terms=query.terms)  # 12月底到期的目标, 其中教育局的呢
        if CueTag.EXCEPT in tags and only_switch and set(query.units) < set(before.units):  # 去掉人社局呢
            left = tuple(term for term in before.terms if not set(term.units) & set(query.units))
            return replace(before, terms=left) if left else query
        if CueTag.ONLY in tags and only_switch and set(query.units) < set(before.units):  # 只有民政局有的呢
            others = tuple(Term((unit,), negated=True) for unit in before.units if unit not in query.units)
            return replace(query, want=Want.TASKS, terms=(*query.terms, *others))
        listed = before.terms and before.want in OF_LISTS and not before.of_work and query.want is not Want.UNITS
        if query.units == before.units and CueTag.WHOLE in tags and len(last.tasks) == 1 and query.want in _OF_ONE:
            return replace(query, ids=last.tasks, terms=())  # 它那条里定了哪些数
        shared = CueTag.BOTH in tags and len(query.terms) < _PAIR  # 各镇和相关街道共同负责 names both itself
        added = shared or CueTag.AMONG in tags or piece.text.startswith(_ADDS)
        if listed and added and query.units != before.units:
            with_ = before if before.want in OF_UNITS else _all_of(before)
            return replace(with_, terms=(*with_.terms, *query.terms))
        if only_switch and before.terms and (before.want is not Want.COMPARE or len(query.units) > 1):
            return replace(before, terms=_in_place_of(before.terms, query.terms))
        if before.of_work and len(query.terms) == 1 and only_switch and before.want in {Want.UNITS, Want.HOLDS}:
            return replace(query, want=Want.HOLDS, topic=before.topic, ids=before.ids, role=role_of(tags))
        return query
    if own and not query.terms:
        if only_switch and (CueTag.SWITCH in tags or not tags) and before.want in _NEEDS_SUBJECT:
            if before.want is Want.HOLDS:  # after one that failed no unit is left to ask about
                return replace(query, want=Want.HOLDS, terms=before.terms, role=before.role) if before.terms else query
            one = before.want is Want.COUNT_TARGETS and all(key.kind is EntryKind.TARGET for key in query.topic)
            return replace(query, want=Want.TARGETS if one and query.topic else before.want, role=before.role)
        if only_switch and query.sections and before.want is Want.TASKS and before.terms:
            return replace(before, sections=query.sections)
        return query
    if (
        piece.figures
        and CueTag.YES_NO in tags
        and not query.has_subject
        and before.want in _OF_TARGETS
        and before.has_subject
    ):
        return replace(before, want=Want.FIGURE)  # 是不是98%, after a target
    if query.has_subject or piece.figures:
        return query
    if _asks_for_the_rest(tags, before):
        return replace(before, terms=tuple(replace(t, role=_OTHER_ROLE[t.role]) for t in before.terms))
    return _elliptic(piece, query, rule, turns)


def _all_of(before: Query) -> Query:
    """里头有没有牵头的, and then 跟科经局一起的: what is listed is all that the unit has to do with."""
    return replace(before, want=Want.TASKS, role=UnitRole.ANY, terms=in_role(before.terms, UnitRole.ANY))


def _in_place_of(before: tuple[Term, ...], said: tuple[Term, ...]) -> tuple[Term, ...]:
    """Other units asked the same of: 司法局和人社局呢, after what two do together, is of these two together."""
    role = before[0].role
    if len(before) > 1 and len(said) == 1 and len(said[0].units) == len(before):
        return tuple(replace(term, units=(unit,)) for term, unit in zip(before, said[0].units, strict=True))
    return in_role(said, role)


_ADDS = ("加上", "再加", "连上", "加个")

_WHICH_ONE = {
    "哪个",
    "哪几个",
    "哪些",
    "哪一个",
}  # 打头的是哪个 after a list of tasks asks for one of them, not for a unit


def _lists_tasks(last: Turn) -> bool:
    return last.query.want in OF_UNITS and bool(last.query.terms) and not last.query.topic and len(last.tasks) > 1


_OTHER_ROLE = {UnitRole.LEAD: UnitRole.ASSIST, UnitRole.ASSIST: UnitRole.LEAD}


def _asks_for_the_rest(tags: frozenset[CueTag], before: Query) -> bool:
    """别的呢, after what a unit leads: what it assists."""
    listed = before.want in OF_UNITS and not before.topic and bool(before.terms)
    roles = all(term.role in _OTHER_ROLE for term in before.terms)
    return (
        listed
        and roles
        and CueTag.REST in tags
        and not tags & {CueTag.WHO, CueTag.UNIT, CueTag.TARGET, CueTag.LEAD, CueTag.ASSIST, CueTag.PLAN}
    )


_SUM = re.compile("一共|总共|合计|加起来|全部加|统共")


def _sums_up(piece: Piece, query: Query, turns: tuple[Turn, ...]) -> bool:
    """一共几项, after what a unit leads and what it assists: all."""
    if query.want is not Want.COUNT_TASKS or len(turns) < _PAIR or not _SUM.search(piece.text):
        return False
    one, other = turns[0].query, turns[1].query
    return one.units == other.units and [t.role for t in one.terms] != [t.role for t in other.terms]


def _elliptic(piece: Piece, query: Query, rule: IntentRule | None, turns: tuple[Turn, ...]) -> Query:
    """A question that names nothing: it speaks of what was spoken of before."""
    last = turns[0]
    tags, before = piece.tags, last.query
    role = role_of(tags)
    general = {CueTag.PLAN, CueTag.MOST, CueTag.LEAST}
    if CueTag.YES_NO not in tags or CueTag.TASK in tags:  # 目标数字有没有 is of what was spoken of
        general |= {CueTag.QUANTIFIED, CueTag.UNQUANTIFIED}
    general_list = tags >= {CueTag.NOT, CueTag.TARGET, CueTag.TASK} or tags >= {
        CueTag.YEAR_END,
        CueTag.WHEN,
        CueTag.TARGET,
    }
    whole = (tags & general or general_list) and not tags & {CueTag.THAT, CueTag.SWITCH, CueTag.AMONG, CueTag.THEY}
    # 两局共同任务 after one unit: which two?
    two = any(
        CueTag.BOTH in cue.tags and not cue.text.startswith("又") for cue in piece.cues
    )  # 配合的又有哪些 is of one
    alone = two and len(before.units) < _PAIR and (query.want in OF_UNITS or not before.has_subject)
    if rule is None or whole or alone:
        return query
    measured = tags & {CueTag.TARGET, CueTag.LIST, CueTag.AVERAGE, CueTag.YEARLY}
    listed = before.want is Want.UNITS or bool(before.terms)  # 要建多少, after 清廉村居属于哪个任务, counts no tasks
    if query.want is Want.TARGETS and not measured and before.want in _COUNTED and listed:
        counted = replace(before, want=_COUNTED[before.want])
        if tags & {CueTag.LEAD, CueTag.ASSIST}:
            return replace(counted, role=role, terms=in_role(before.terms, role))
        return counted
    if before.want is Want.TOP_UNITS and last.units:
        role = role if tags & {CueTag.LEAD, CueTag.ASSIST, CueTag.OWN} else before.role
        want = Want.COUNT_TASKS if query.want is Want.TARGETS and not measured else query.want
        return replace(query, want=want, terms=(Term(last.units[:1], role),))
    if before.want is Want.TOP_TASKS and len(last.tasks) == 1 and not before.has_subject:
        before = replace(before, ids=last.tasks)
        if CueTag.HOUSES in tags:
            query = replace(query, want=Want.COUNT_UNITS)
    subject = replace(before, want=query.want, role=UnitRole.ANY, figure=None, period=None, by=None, dated=None)
    owners = tuple(dict.fromkeys(key.task for key in before.topic))
    if before.topic and query.want in _OF_TARGETS and all(k.kind in UNCOUNTED for k in before.topic):
        subject = replace(subject, topic=(), ids=owners, terms=())
    if before.terms and query.want in _OF_TARGETS and CueTag.TARGET in tags and tags & {CueTag.LEAD, CueTag.ASSIST}:
        # 牵头的那项目标是多少
        return replace(subject, terms=in_role(before.terms, role))
    if len(last.tasks) == 1 and before.terms and query.want in _OF_ONE:
        subject = replace(subject, ids=last.tasks, terms=())
    if CueTag.WHOLE in tags and before.topic:
        subject = replace(subject, topic=(), ids=owners, terms=())
    if query.want is Want.UNITS and CueTag.REST in tags:
        return subject
    if before.want is Want.HOLDS and before.terms and tags >= {CueTag.LEAD, CueTag.ASSIST}:
        return replace(before, role=UnitRole.LEAD)  # 是牵头还是配合, after 教育局参与5.2吗
    checked = before.want is Want.HOLDS and bool(before.topic or before.ids)
    if before.terms and query.want in {Want.TASKS, Want.COUNT_TASKS, Want.HOLDS} and not before.topic and not checked:
        said = bool(tags & {CueTag.LEAD, CueTag.ASSIST, CueTag.OWN}) or _sums_up(piece, query, turns)
        return replace(subject, terms=tuple(replace(t, role=role if said else t.role) for t in before.terms))
    if query.want is Want.HOLDS:
        return replace(subject, role=role) if before.terms else replace(subject, want=Want.UNITS, role=role)
    pointed = any(cue.text in _WHICH_ONE for cue in piece.cues) and not tags & {CueTag.UNIT, CueTag.OWN}
    if query.want is Want.UNITS and pointed and tags & {CueTag.LEAD, CueTag.ASSIST} and _lists_tasks(last):
        return replace(before, terms=in_role(before.terms, role))
    of_units = before.want is Want.UNITS and not before.terms and before.has_subject
    if (
        query.want is Want.TASKS
        and of_units
        and tags & {CueTag.OWN, CueTag.REST}
        and not tags & {CueTag.TASK, CueTag.LEAD, CueTag.ASSIST}
    ):
        return replace(subject, want=Want.UNITS)  # 参与的还有, after 1.3谁牵头
    if query.want is Want.TASKS and tags & {CueTag.LEAD, CueTag.ASSIST}:
        if before.terms and before.want is not Want.HOLDS:
            return replace(subject, terms=in_role(before.terms, role))
        return replace(subject, want=Want.UNITS, role=role, terms=())
    if query.want in {Want.UNITS, Want.COUNT_UNITS}:
        if before.want is Want.HOLDS and not tags & {CueTag.OWN, CueTag.UNIT, CueTag.LEAD, CueTag.ASSIST}:
            role = before.role  # 是牵头单位吗, 那谁是
        return replace(subject, role=role, terms=() if before.topic or before.ids else before.terms)
    return subject if before.has_subject else query
