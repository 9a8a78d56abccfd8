"""What a follow-up makes of what was asked before: the same of others, more or less of it, something else of it."""

import re
from collections.abc import Iterator
from dataclasses import replace

from knowledge.language.cues import CueTag
from knowledge.plan.key import UNCOUNTED, EntryKind
from knowledge.questions.answer import Why
from knowledge.questions.context import Trouble
from knowledge.questions.dialogue.followup import OWN_WORDS, ROLES, Followup
from knowledge.questions.dialogue.state import Turn
from knowledge.questions.parse.utterance import Piece
from knowledge.questions.query import (
    Assertion,
    Kind,
    Members,
    NamedMember,
    Not,
    Phrase,
    Query,
    Related,
    SetClaim,
    Term,
    UnitRole,
    Want,
)
from knowledge.questions.sets.forms import LISTED
from knowledge.questions.sets.signs import places_of
from knowledge.questions.understand.unit_terms import in_role, role_of

OF_UNITS = frozenset([Want.TASKS, Want.COUNT_TASKS])
OF_TARGETS = frozenset([Want.TARGETS, Want.DEADLINE])
OF_ONE = OF_TARGETS | {Want.SAYS, Want.UNITS, Want.DAYS, Want.PROGRESS, Want.CARD}
COUNTED = {want: pair[1] for pair in LISTED.values() for want in pair}
PLAIN = {pair[1]: pair[0] for pair in LISTED.values()}
_PAIR = 2
RANKED = frozenset([Want.TOP_UNITS, Want.TOP_TASKS])
MEASURED = frozenset({CueTag.TARGET, CueTag.QUANTIFIED, CueTag.LIST, CueTag.AVERAGE, CueTag.YEARLY})


# ---- the turn before, as what can be gone on with ---------------------------------------------------------------


def as_list(turn: Turn) -> Turn:
    """A turn that found words, listed things or was for yes or no, as the list that 谁负责 is asked of."""
    query, claim = turn.query, turn.query.claim
    if query.phrases or query.things:
        query = replace(query, want=Want.TASKS, phrases=(), things=None, by_section=False, ids=turn.tasks or query.ids)
    elif claim:
        less = claim.other.where if claim.other and query.want is not Want.HOLDS else ()
        one = replace(claim.one, where=(*claim.one.where, *map(Not, less)))
        query = Query(want=LISTED[one.kind][True], members=one)
    elif query.want is Want.HOLDS and query.terms and not query.of_work:  # 有牵头的没 is of all that it has
        query = replace(query, want=Want.TASKS, role=UnitRole.ANY, terms=in_role(query.terms, UnitRole.ANY))
    return replace(turn, query=query)


def focus(turn: Followup) -> Query:
    """What 它 is: the first of a ranking, the one of a list of one, the task of a part that has no such thing."""
    before, wanted, tasks = turn.before, turn.query.want, turn.turns[0].tasks
    if before.counted and wanted is Want.TARGETS and not turn.tags & MEASURED:
        wanted = LISTED[before.counted.kind][True]  # 多少项
    if before.want is Want.TOP_UNITS and turn.turns[0].units:
        return Query(want=wanted, terms=(Term(turn.turns[0].units[:1], before.role),))
    subject = replace(before, want=wanted, role=UnitRole.ANY, figure=None, period=None, by=None, dated=None)
    of_parts = wanted in OF_TARGETS and all(key.kind in UNCOUNTED for key in before.topic)
    if before.topic and (CueTag.WHOLE in turn.tags or of_parts):
        return replace(subject, ids=tuple(dict.fromkeys(key.task for key in before.topic)), topic=(), terms=())
    led = wanted in OF_TARGETS and bool(turn.tags & ROLES)  # 牵头的那项目标是多少
    if len(tasks) == 1 and (before.want is Want.TOP_TASKS or (before.terms and wanted in OF_ONE and not led)):
        return replace(subject, ids=tasks, terms=(), members=None, counted=None)
    return subject


# ---- the same of others -----------------------------------------------------------------------------------------


def of_other_units(turn: Followup) -> Query:
    """The same of other units: of these together, where it was asked of several together."""
    before, said = turn.before, turn.query.terms
    if len(before.terms) > 1:
        said = tuple(Term((unit,)) for unit in turn.query.units)
    return replace(before, terms=in_role(said, before.terms[0].role if before.terms else before.role))


def of_other_work(turn: Followup) -> Query:
    before, query = turn.before, turn.query
    targets = bool(query.topic) and all(key.kind is EntryKind.TARGET for key in query.topic)
    want = Want.TARGETS if before.want is Want.COUNT_TARGETS and targets else before.want  # one is not counted
    return replace(query, want=want, role=before.role, terms=before.terms if want is Want.HOLDS else ())


def with_unit(turn: Followup) -> Query | None:
    """What is listed as far as this unit has a part in it, too."""
    added = bool(turn.tags & {CueTag.BOTH, CueTag.AMONG}) or turn.piece.text.startswith(("加上", "再加", "连上"))
    alone = len(turn.query.units) == 1 and turn.query.units != turn.before.units
    return replace(turn.before, terms=(*turn.before.terms, *turn.query.terms)) if added and alone else None


def with_other_unit(turn: Followup) -> Query | None:
    """那跟民政局呢, after what two have to do with: what the first and this one have."""
    first, *others = turn.before.terms
    return replace(turn.before, terms=(first, *turn.query.terms)) if others and len(turn.query.units) == 1 else None


def only_theirs(turn: Followup) -> Query:
    """只有民政局有的呢, after what it shares with another."""
    others = (Term((unit,), negated=True) for unit in turn.before.units if unit not in turn.query.units)
    return replace(turn.query, want=Want.TASKS, terms=(*turn.query.terms, *others))


def has_part(turn: Followup) -> Query | None:
    """Whether the unit that is named has a part in the work that was spoken of."""
    before, only = turn.before, turn.turns[0].tasks if len(turn.turns[0].tasks) == 1 else ()
    topic, ids = (before.topic, before.ids) if before.of_work else ((), only)
    terms = tuple(replace(term, negated=False) for term in turn.query.terms)
    part = replace(turn.query, want=Want.HOLDS, terms=terms, topic=topic, ids=ids, role=role_of(turn.tags))
    return part if len(terms) == 1 and (topic or ids) else None


def unit_has_part(turn: Followup) -> Query | None:
    """Whether the unit that was spoken of has a part in the work that is named."""
    named = (one.units if one.query.want in {Want.UNITS, Want.TOP_UNITS} else one.query.units for one in turn.turns)
    unit = next((units for units in named if len(units) == 1), None)
    if unit and (CueTag.THEY in turn.tags or turn.before.want in OF_UNITS | {Want.HOLDS}):
        return replace(turn.query, want=Want.HOLDS, terms=(Term(unit),), role=role_of(turn.tags))
    of_task = CueTag.WHOLE in turn.tags and turn.query.topic and len(turn.turns[0].tasks) == 1  # 五洲特纸也在这条吗
    return replace(turn.query, want=Want.HOLDS, ids=turn.turns[0].tasks) if of_task else None


# ---- more or less of it -----------------------------------------------------------------------------------------


def of_other_word(piece: Piece, turns: tuple[Turn, ...]) -> Query | None:
    """那物联网呢, after 哪些任务提到5G: the same of another word, before it is taken for a name."""
    named = piece.mentions or piece.ids or piece.sections or piece.tags & OWN_WORDS
    other = bool(piece.named_as) and CueTag.SWITCH in piece.tags and not named
    phrases = (Phrase((piece.named_as,)),)
    return replace(turns[0].query, phrases=phrases) if other and turns and turns[0].query.phrases else None


def within_found(turn: Followup) -> Query | None:
    """其中提到外贸的: of what was listed before, what holds this, too."""
    before, query = turn.before, turn.query
    if not (query.phrases or query.things):
        return None
    return replace(
        query,
        terms=before.terms,
        topic=before.topic,
        ids=before.ids,
        sections=before.sections,
        phrases=(*before.phrases, *query.phrases),
    )


def named_among(turn: Followup) -> Query | None:
    """黑臭水体是其中哪条, 专门说旅游的是哪个: of the tasks that were listed, those in which it stands."""
    listed, tags = turn.turns[0].tasks, turn.tags
    inside = tuple(key for key in turn.query.topic if key.task in listed)
    asked = CueTag.AMONG in tags or any(cue.text in _POINTING for cue in turn.piece.cues)
    return Query(want=Want.TASKS, topic=inside) if len(listed) > 1 and inside and asked else None


_POINTING = {"哪个", "哪几个", "哪些", "哪一个"}


def has_the_same(turn: Followup) -> Query | None:
    """税务局也是这两条吗: whether the tasks of the unit that is named are those that were listed."""
    listed = turn.turns[0].tasks if _ALIKE.search(turn.piece.text) else ()
    theirs, those = Members(Kind.TASKS, turn.query.terms), Members(Kind.TASKS, (NamedMember(ids=listed),))
    return Query(want=Want.HOLDS, claim=SetClaim(Assertion.SAME, theirs, those)) if len(listed) > 1 else None


_ALIKE = re.compile("也[就都]?是[这那]|一样|同样")


def found_there(turn: Followup) -> Query | None:
    """其中市交通局的, 第三部分呢: what was found, as far as it stands there."""
    query = turn.query
    if query.phrases or query.things or not (turn.before.phrases or turn.before.things):
        return None
    return replace(turn.before, terms=query.terms, topic=query.topic, ids=query.ids, sections=query.sections)


def things_counted(turn: Followup) -> Query | None:
    things = turn.before.things
    return replace(turn.before, things=replace(things, counted=True)) if things else None


def in_that_role(turn: Followup) -> Query:
    """What its units have in the role that is said."""
    return replace(turn.before, role=role_of(turn.tags), terms=in_role(turn.before.terms, role_of(turn.tags)))


def in_all_roles(turn: Followup) -> Query | None:
    """一共几项, after what a unit leads and what it assists: all."""
    parts = {
        term.role for one in turn.turns[:_PAIR] if one.query.units == turn.before.units for term in one.query.terms
    }
    every = replace(turn.before, want=Want.COUNT_TASKS, terms=in_role(turn.before.terms, UnitRole.ANY))
    return every if parts == {UnitRole.LEAD, UnitRole.ASSIST} else None


def how_many(turn: Followup) -> Query:
    said = in_that_role(turn) if turn.tags & ROLES else turn.before
    return replace(said, want=COUNTED[turn.before.want])


def one_of_several(turn: Followup) -> Trouble | None:
    """这条谁配合, after a list: which of them is open."""
    listed, library = turn.turns[0].tasks, turn.asked.library
    cue = next(cue for cue in turn.piece.cues if CueTag.WHOLE in cue.tags)
    told = turn.piece.text[: cue.start].endswith("的") or not cue.text.startswith(("这", "那", "该", "此"))
    if told or len(listed) < _PAIR:  # 牵头的那项, 同一条
        return None
    open_ = tuple(entry for key, entry in library.whole_of.items() if key.id in listed)
    return Trouble(Why.WHICH_TOPIC, {"name": cue.text}, open=open_, query=turn.query)


# ---- ranked and compared ----------------------------------------------------------------------------------------


def other_place(turn: Followup) -> Query | None:
    """第二多的呢, 最少的呢."""
    ranked = next((one.query for one in turn.turns[:_PAIR] if one.query.want in RANKED), None)
    place = next((place for _, _, place in places_of(turn.piece.text)), 1)
    return replace(ranked, fewest=CueTag.LEAST in turn.tags, top=place) if ranked else None


def largest(turn: Followup) -> Query | None:
    figure, least = turn.before.figure, CueTag.LEAST in turn.tags
    return replace(turn.before, extreme=True, fewest=least, measured_in=figure.unit) if figure else None


def of_both(turn: Followup) -> Query | None:
    """What is wanted of both things that the last two turns spoke of: 这两个归哪条任务, 两条都有的单位."""
    asked = [one.query for one in turn.turns[1::-1]]
    if len(asked) < _PAIR or any(not query.of_work or query.terms for query in asked):
        return None
    of_each = tuple(Related(Members(Kind.TASKS, (name,))) for query in asked for name in _each_named(query))
    if turn.query.want is Want.UNITS:
        return Query(want=Want.UNITS, members=Members(Kind.UNITS, tuple(dict.fromkeys(of_each))))
    topic = tuple(dict.fromkeys(key for query in asked for key in query.topic))
    return Query(
        want=turn.query.want, topic=topic, ids=tuple(dict.fromkeys(id_ for query in asked for id_ in query.ids))
    )


def _each_named(query: Query) -> Iterator[NamedMember]:
    yield from (NamedMember(ids=(id_,)) for id_ in query.ids)
    yield from (NamedMember(topic=(key,)) for key in query.topic)
    yield from (NamedMember(sections=(no,)) for no in query.sections)


def of_both_units(turn: Followup) -> Query | None:
    """两家有重合吗, 哪个任务多, 跟自规局比呢: of two units that were asked about, together or one after the other."""
    alone = bool(turn.query.terms) or len(turn.before.units) == _PAIR
    asked = [turn.before] if alone else [one.query for one in turn.turns[1::-1]]
    units = tuple(dict.fromkeys(unit for query in (*asked, turn.query) for unit in query.units))
    if len(units) != _PAIR or any(query.topic or query.want not in OF_UNITS | {Want.COMPARE} for query in asked):
        return None
    if CueTag.WHICH_MORE in turn.tags:
        named = Members(Kind.UNITS, (NamedMember(bodies=units),))
        return Query(want=Want.TOP_UNITS, members=named, counted=Members(Kind.TASKS))
    counts = turn.query.want if turn.query.want is Want.COUNT_TASKS else Want.TASKS
    want = Want.COMPARE if CueTag.COMPARE in turn.tags else counts
    # what both lead is nothing: one asks for what both have to do with
    return Query(want=want, plan=turn.before.plan, terms=tuple(Term((unit,)) for unit in units))


# ---- something else of the same ---------------------------------------------------------------------------------


def stands_alone(turn: Followup) -> Query | None:
    """What is asked of the whole plan, or of two where only one was spoken of, goes on with nothing."""
    tags, before, asked = turn.tags, turn.before, turn.query.want
    of_all = {CueTag.PLAN, CueTag.MOST, CueTag.LEAST}
    if CueTag.YES_NO not in tags or CueTag.TASK in tags:  # 目标数字有没有 is of what was spoken of
        of_all |= {CueTag.QUANTIFIED, CueTag.UNQUANTIFIED}
    listed = tags >= {CueTag.NOT, CueTag.TARGET, CueTag.TASK} or tags >= {CueTag.YEAR_END, CueTag.WHEN, CueTag.TARGET}
    points = tags & {CueTag.THAT, CueTag.SWITCH, CueTag.AMONG, CueTag.THEY}
    both = any(CueTag.BOTH in cue.tags and not cue.text.startswith("又") for cue in turn.piece.cues)  # 配合的又有哪些
    helpers = before.of_work and not before.terms and CueTag.ASSIST in tags  # 过江通道谁牵头, 一起配合的还有哪些
    two = both and not helpers and len(before.units) < _PAIR and (asked in OF_UNITS or not before.has_subject)
    return turn.query if turn.rule is None or two or ((tags & of_all or listed) and not points) else None


def of_it(turn: Followup) -> Query | None:
    """Something else of what was spoken of, its units in the role that is said."""
    subject = focus(turn)
    said = turn.tags & (ROLES | {CueTag.OWN})
    if turn.tags & ROLES and subject.members:
        return None
    led = all(term.role is UnitRole.LEAD for term in subject.terms)
    role = UnitRole.ASSIST if led and turn.tags >= {CueTag.REST, CueTag.OWN} else role_of(turn.tags)  # 其他参与的
    terms = tuple(term if term.negated else replace(term, role=role) for term in subject.terms)
    return replace(subject, terms=terms) if said else subject


def asks_who(turn: Followup) -> Query | None:
    """教育强市又是谁, after 健康武穴谁牵头: the one who does the same, of the work that is named."""
    one = {"谁", "是谁", "哪家", "是哪家", "哪一家"} & {cue.text for cue in turn.piece.cues}
    return of_other_work(turn) if one and turn.before.want is Want.UNITS else None


def units_of(turn: Followup) -> Query:
    """Units of the work spoken of: 谁牵头, 几家; all of them where the rest is asked for."""
    want = turn.query.want if turn.query.want is Want.COUNT_UNITS else Want.UNITS
    role = role_of(turn.tags)
    alike = not turn.tags & (ROLES | {CueTag.OWN, CueTag.UNIT}) and (turn.before.want is Want.HOLDS or asks_who(turn))
    subject = replace(focus(turn), want=want, role=turn.before.role if alike else role)  # 是牵头单位吗, 那谁是
    return replace(subject, terms=()) if subject.topic or subject.ids else subject


def checked_role(turn: Followup) -> Query:
    return replace(turn.before, role=UnitRole.LEAD if turn.tags >= ROLES else role_of(turn.tags))


def which_of_them(turn: Followup) -> Query | None:
    """打头的是哪个, after a list of tasks, asks for one of them, not for a unit."""
    pointed = any(cue.text in _POINTING for cue in turn.piece.cues)
    return in_that_role(turn) if pointed and len(turn.turns[0].tasks) > 1 else None
