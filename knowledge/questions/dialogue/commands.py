"""What is said to the chat rather than asked of the plan: once more, back, the next one, that choice, thanks."""

import re
from dataclasses import replace

from knowledge.entities.choice import Choice
from knowledge.entities.topic_index import Entry
from knowledge.language.cues import CueTag
from knowledge.language.normalize import clean
from knowledge.language.quantities.numerals import read_number
from knowledge.questions.answer import Outcome, Why
from knowledge.questions.context import QuestionContext, Trouble
from knowledge.questions.dialogue import merging as m
from knowledge.questions.dialogue.followup import OWN_WORDS, ROLES, Followup, Patch, SubjectKind, first
from knowledge.questions.dialogue.state import Turn
from knowledge.questions.parse.parser import take_apart
from knowledge.questions.parse.utterance import Piece
from knowledge.questions.query import Kind, Members, NamedMember, Not, Query, UnitRole, Want
from knowledge.questions.understand.intents import ASKING
from knowledge.questions.understand.topic_linker import NEAR
from knowledge.questions.understand.unit_terms import in_role

_NOTHING_YET = (Turn(Query(want=Want.SAYS)),)


def command_of(piece: Piece, asked: QuestionContext) -> Query | Trouble | None:
    turns = asked.memory.spoken(names=False) or _NOTHING_YET
    return first(COMMANDS, Followup(asked, piece, turns, _NOTHING_YET[0].query)) if piece.tags else None


def _latest(turns: tuple[Turn, ...]) -> Query | Trouble:
    answered = (turn.query for turn in turns if turn.outcome is Outcome.ANSWERED)
    return next(answered, Trouble(Why.NOTHING_BEFORE))


def _back(turn: Followup) -> Query | Trouble:
    """上一个: the one before in the list that is gone through, else what was asked before."""
    turns = turn.asked.memory.turns
    return _beside(turn, -1, ()) or _latest(turns[1:] or turns)


def _next(turn: Followup) -> Query | Trouble:
    """下一个: the task behind the one spoken of, in the list that it stands in, else in the plan."""
    return _beside(turn, 1, tuple(id_ for _, id_ in turn.asked.library.tasks)) or Trouble(Why.NOTHING_BEFORE)


def _beside(turn: Followup, step: int, plan: tuple[str, ...]) -> Query | Trouble | None:
    """The same of the task beside the one spoken of."""
    known = (turn.before.ids, tuple({key.task for key in turn.before.topic}), turn.turns[0].tasks)
    spoken = next((one for one in known if len(one) == 1), ("",))
    lists = (*(one.tasks for one in turn.turns if len(one.tasks) > 1), plan)
    listed = next((one for one in lists if spoken[0] in one), None)
    if listed is None:
        return None
    place = listed.index(spoken[0]) + step
    if place == len(listed):
        return Trouble(Why.BEYOND_LIST, {"name": str(place + 1), "of": place})
    want = turn.before.want if turn.before.want in m.OF_ONE else Want.SAYS
    return Query(want=want, role=turn.before.role, ids=(listed[place],)) if place >= 0 else None


def _details(turn: Followup) -> Query | None:
    """展开: what the one task says; of a list, its targets and deadlines."""
    one = Query(want=Want.SAYS, ids=turn.turns[0].tasks)
    listed = replace(turn.before, want=Want.TARGETS if turn.before.terms else Want.SAYS)
    return one if len(turn.turns[0].tasks) == 1 else listed if turn.before.has_subject else None


def _reversed(turn: Followup) -> Query | None:
    """反过来, after what one has and another has not."""
    terms = tuple(replace(term, negated=not term.negated) for term in turn.before.terms)
    if turn.before.members:
        where = tuple(one.condition if isinstance(one, Not) else Not(one) for one in turn.before.members.where)
        return replace(turn.before, members=replace(turn.before.members, where=where))
    return replace(turn.before, terms=terms) if len(terms) > 1 else None


def _counted(turn: Followup) -> Query | None:
    """分别是哪些, after a count: what was counted."""
    last = m.as_list(turn.turns[0]).query
    return replace(last, want=m.PLAIN[last.want]) if last.want in m.PLAIN else None


COMMANDS: tuple[Patch, ...] = (
    Patch(
        change=lambda turn: _latest(turn.asked.memory.turns),
        all={CueTag.AGAIN},
        examples=("司法局任务→重复一下", "6.3讲什么→上一条再说一遍"),
    ),
    Patch(
        change=_back,
        all={CueTag.BACK},
        none={CueTag.UNIT, CueTag.WHO, CueTag.TARGET, CueTag.WHEN, CueTag.AMOUNT, *ROLES},
        examples=("港航局有哪些任务→园林局呢→回到上一个", "民政局负责哪几条→第三条牵头的是谁→上一条呢"),
    ),
    Patch(change=_details, all={CueTag.DETAIL}, examples=("财政局牵头的任务→展开说说", "发改局牵头哪些→详细说说")),
    Patch(
        change=_reversed,
        all={CueTag.REVERSE},
        examples=("财政局参与而发改局不参与的→反过来呢", "7.1里有而7.2里没有的单位是哪些→倒过来呢"),
    ),
    Patch(
        change=lambda turn: turn.before,
        all={CueTag.REST, CueTag.AND},
        only={CueTag.REST, CueTag.AND, CueTag.SWITCH, CueTag.YES_NO},
        after=frozenset(m.PLAIN.values()),
        examples=("财政局牵头哪些→还有呢", "哪些任务提到5G→还有吗"),
    ),
    Patch(change=_next, all={CueTag.NEXT}, examples=("5.1是什么→下一个呢", "教育局有哪些任务→第一个谁牵头→下一个呢")),
    Patch(change=lambda _: Query(want=Want.HELP), all={CueTag.HELP}, examples=("怎么用", "你能干什么")),
    Patch(
        change=lambda _: Query(want=Want.THANKS),
        all={CueTag.THANKS},
        none=ASKING - {CueTag.YES_NO},
        examples=("谢谢", "好的明白了"),
    ),
    Patch(
        change=lambda _: Query(want=Want.HELLO),
        all={CueTag.HELLO},
        none=ASKING - {CueTag.YES_NO},
        examples=("你好", "在吗"),
    ),
    Patch(
        change=_counted,
        only={CueTag.WHICH, CueTag.WHAT, CueTag.LIST, CueTag.THAT, CueTag.TOTAL, CueTag.BOTH},
        examples=("港航局有几项任务→都是哪些", "财政局牵头几项→分别是哪些"),
    ),
    Patch(
        change=lambda turn: replace(turn.before, want=Want.COUNT_TASKS, terms=in_role(turn.before.terms, UnitRole.ANY)),
        all={CueTag.TOTAL},
        only={CueTag.TOTAL, CueTag.SWITCH},
        of={SubjectKind.UNITS},
        after={Want.TASKS},
        examples=("农业局牵头啥→配合呢→一共", "交通局有哪些任务→牵头的→全部的呢"),
    ),
)


# ---- what was offered -------------------------------------------------------------------------------------------

_FORE = "(?:那?就?(?:选|要|问|看|是)?的?(?:是|我(?:[指问说要]的|的?意思)是)?)"
_TAIL = "(?:那?[个项条家处]?任?务?[的吧呢啊]*)"
_PLACE = re.compile(f"{_FORE}(?:(?P<last>最?后面?|下面)|前面?|上面|头|第?(?P<nth>[一二两三四五六\\d]))一?{_TAIL}")
_NAME = re.compile(f"{_FORE}(?P<name>.{{2,}}?){_TAIL}")
_NONE = re.compile(
    "(?:这些?|那些?|[这那]几个|上面的?)?(?:都|全|统统)?不(?:是|对)(?:[这那][个些])?[的吧啊呢了]*|没有我要[问找]?的"
)
_YES = re.compile("[对是嗯](?:的|对|是|啊)*|没错|要看|看|就?是?[这那它]个?")


def taken_offer(piece: Piece, asked: QuestionContext) -> Choice | Trouble | None:
    """The choice that is meant; a trouble where it is none of them, or they are not so many."""
    last = asked.memory.turns[0] if asked.memory.turns else None
    if last is None:
        return None
    if _NONE.fullmatch(piece.text):
        return Trouble(
            Why.NONE_MEANT, open=_further(last, asked), query=Query(want=last.query.want, role=last.query.role)
        )
    if len(last.offers) == 1 and _YES.fullmatch(piece.text):
        return last.offers[0]
    if not last.offers or piece.tags & (OWN_WORDS - {CueTag.BACK}):
        return None
    if place := _PLACE.fullmatch(piece.text):
        at = -1 if place["last"] else int(read_number(place["nth"] or "1") or 1) - 1
        beyond = {"name": str(at + 1), "of": len(last.offers)}
        return last.offers[at] if at < len(last.offers) else Trouble(Why.BEYOND_LIST, beyond)
    name = _NAME.fullmatch(piece.text)
    named = [choice for choice in last.offers if name and name["name"] in clean(choice.label)]
    return named[0] if len(named) == 1 else None


_NTH_UNIT = re.compile(
    "(?:排在?)?(?:第(?P<nth>[二三四五六七八九十\\d]{1,2})|最后一?)(?:[家个](?:责任|配合|参与)?(?:单位|部门|局)|家|(?<=排第.)的)"
)
_IS_WHO = re.compile("[是叫]?(?:谁|哪一?[家个](?:单位|部门|局)?|什么单位)?[呢啊呀]*")


def unit_in_list(piece: Piece, asked: QuestionContext) -> Piece | Query | Trouble:
    """第三家是谁, 最后一家还管什么, after units: that one by its name."""
    found = _NTH_UNIT.search(piece.text)
    listed = next((turn.units for turn in asked.memory.turns if len(turn.units) > 1), ())
    if not found or not listed:
        return piece
    nth = int(read_number(found["nth"]) or 0) if found["nth"] else len(listed)
    if not 0 < nth <= len(listed):
        return Trouble(Why.BEYOND_LIST, {"name": str(nth), "of": len(listed)})
    unit, behind = listed[nth - 1], piece.text[found.end() :]
    if not found.start() and _IS_WHO.fullmatch(behind):
        return Query(want=Want.UNITS, members=Members(Kind.UNITS, (NamedMember(bodies=(unit,)),)))
    return take_apart(piece.text[: found.start()] + clean(unit) + behind, asked.library)


def _further(last: Turn, asked: QuestionContext) -> tuple[Entry, ...]:
    """What comes near to the words that were not found, too, in other places than were offered."""
    offered = {choice.label.split()[0] for choice in last.offers}
    hits = asked.library.index.search((clean(last.sought),)) if last.sought else ()
    near = {hit.entry.owner.id: hit.entry for hit in reversed(hits) if hit.said >= NEAR}
    return tuple(entry for id_, entry in reversed(near.items()) if id_ and id_ not in offered)[:3]
