"""A message and what the chat remembers → queries. Pure; the asker, the day and the memory are arguments."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import date
from decimal import Decimal
from typing import Any

from knowledge.answer import Heard, Why
from knowledge.figures import Amount, read_number
from knowledge.library import Library, key_of
from knowledge.linking import Link, link_topic, resolve, tasks_of
from knowledge.memory import Memory, Turn
from knowledge.model import Period
from knowledge.piece import Mention, Piece, take_apart
from knowledge.query import Figure, Query, Role, Term, Than, Want
from knowledge.rules import RULES, Has, Rule
from knowledge.text import clean
from knowledge.topics import Entry, Topic
from knowledge.words import How, Sense

LONGEST = 4096
_MOST_PARTS = 5


@dataclass(frozen=True, slots=True)
class Trouble:
    """Why a piece cannot be answered; `choices` are entries or unit names to offer."""

    why: Why
    detail: dict[str, Any] = field(default_factory=dict)
    units: tuple[str, ...] = ()
    open: tuple[Entry, ...] = ()
    query: Query | None = None


@dataclass(frozen=True, slots=True)
class Reading:
    """How one piece was understood: a query or a trouble, with what `duban explain` shows."""

    text: str
    meant: Query | Trouble
    heard: tuple[Heard, ...] = ()
    piece: Piece | None = None
    rule: Rule | None = None
    link: Link | None = None


@dataclass(frozen=True, slots=True)
class Asked:
    """What a reading depends on besides the words."""

    library: Library
    memory: Memory
    unit: str | None
    today: date


_HARD_STOP = re.compile(r"[?!。;\n]+")
_SOFT_STOP = re.compile(r"[,:]+")


def read(text: str, asked: Asked) -> tuple[Reading, ...]:
    """Read a whole message: one reading for each question in it, in order."""
    if len(text) > LONGEST:
        return (Reading("", Trouble(Why.TOO_LONG)),)
    cleaned = clean(text)
    if not any(char.isalnum() for char in cleaned):
        return (Reading(cleaned, Trouble(Why.EMPTY)),)
    readings: list[Reading] = []
    memory = asked.memory
    for piece in _pieces(cleaned, asked.library):
        reading = _read_piece(piece, replace(asked, memory=memory), first=not readings)
        if reading is None:
            continue
        reading = _corrected(reading, replace(asked, memory=memory))
        readings.extend((reading, *_also(reading)))
        if isinstance(reading.meant, Query):
            memory = memory.with_turn(Turn(reading.meant))
    readings = _merged(readings)
    return tuple(readings[:_MOST_PARTS]) or (Reading(cleaned, Trouble(Why.UNREAD)),)


# ---- cutting a message into questions -------------------------------------------------------------------------------

_ASKING = frozenset(
    [
        "who",
        "which",
        "what",
        "howmany",
        "amount",
        "when",
        "days",
        "yesno",
        "say",
        "target",
        "most",
        "least",
        "again",
        "back",
        "compare",
        "where",
        "help",
    ]
)
_REPEATS = frozenset(["which", "what", "plan", "both"])


def _pieces(text: str, library: Library) -> Iterator[Piece]:
    """Cut at every full stop; at a comma only where both sides ask something."""
    for sentence in filter(None, map(str.strip, _HARD_STOP.split(text))):
        parts = [take_apart(part, library) for part in filter(None, map(str.strip, _SOFT_STOP.split(sentence)))]
        groups: list[list[Piece]] = [[]]
        for part in parts:
            if groups[-1] and any(one.tags & _ASKING for one in groups[-1]) and part.tags & _ASKING:
                groups.append([])
            groups[-1].append(part)
        for group in filter(None, groups):
            yield group[0] if len(group) == 1 else take_apart(",".join(one.text for one in group), library)


_SLIP_OF_TONGUE = re.compile(r".*(?:不对|说错了|错了|不是)(?:应该是|我是说|是)?(?P<right>.{4,})")
_MENDS = {Why.NOT_IN_PLAN, Why.WHICH_TOPIC, Why.UNREAD, Why.NO_SUCH_UNIT}


def _corrected(reading: Reading, asked: Asked) -> Reading:
    """那个残疾人呃不对是那个养老服务: what cannot be read whole is read from the speaker's own correction on."""
    if not isinstance(reading.meant, Trouble) or reading.meant.why not in _MENDS:
        return reading
    slip = _SLIP_OF_TONGUE.fullmatch(reading.text)
    again = _read_piece(take_apart(slip["right"], asked.library), asked, first=True) if slip else None
    return again if again and isinstance(again.meant, Query) else reading


def _also(reading: Reading) -> tuple[Reading, ...]:
    """A second question in the same breath: 5G基站几个谁管."""
    query, piece = reading.meant, reading.piece
    if not isinstance(query, Query) or piece is None or query.terms or not query.has_subject:
        return ()
    tags = piece.tags
    wants = {
        Want.UNITS: bool(tags & {"who"}),
        Want.TARGETS: bool(tags & {"amount", "howmany"}) and not tags & {"unit", "task", "section"},
    }
    if not all(wants.values()) or query.want not in wants:
        return ()
    other = next(want for want in wants if want is not query.want)
    role = _role(tags) if other is Want.UNITS else Role.ANY
    second = replace(reading, meant=replace(query, want=other, role=role))
    return (second,)


def _merged(readings: list[Reading]) -> list[Reading]:
    """Drop pieces that named nothing where others did, so that a preface or a tail does not spoil the answer."""
    named = [r for r in readings if not (isinstance(r.meant, Trouble) and r.meant.why in {Why.UNREAD, Why.WHAT_ABOUT})]
    named = named or readings
    social = {Want.HELLO, Want.THANKS}
    serious = [r for r in named if not (isinstance(r.meant, Query) and r.meant.want in social)]
    kept: list[Reading] = []
    for reading in serious or named[:1]:
        if not any(reading.meant == other.meant for other in kept):
            kept.append(reading)
    return kept


# ---- one piece --------------------------------------------------------------------------------------------------------

_CORRECTION = re.compile(
    r"(?:.*?(?:我说的是|我问的是|我指的是|我是说|我是问|应该是|应为)|(?:.*(?<!是))?不是.+?[,]?(?:而)?是)(?P<right>.+)"
)
_CONTRAST = re.compile(r".*不是.+?而是(?P<right>.+)")
_NOT_A_CORRECTION = re.compile(r"吗|么|谁|哪|几|多少")


def _put_right(piece: Piece, library: Library) -> Piece:
    """不是交通局是商务局 is the second; so is 不是交通局而是港航局有哪些任务."""
    contrast = _CONTRAST.fullmatch(piece.text)
    if contrast:
        return take_apart(contrast["right"], library)
    correction = _CORRECTION.fullmatch(piece.text)
    if correction and not _NOT_A_CORRECTION.search(piece.text):
        return take_apart(correction["right"] + "呢", library)
    return piece


def _read_piece(piece: Piece, asked: Asked, *, first: bool) -> Reading | None:
    piece = _put_right(piece, asked.library)
    tags = piece.tags
    said = Reading(piece.text, Trouble(Why.UNREAD), piece=piece)

    trouble = _stranger(piece, asked)
    if trouble:
        return replace(said, meant=trouble)
    mentions = _mentions(piece, asked)
    if isinstance(mentions, Trouble):
        return replace(said, meant=mentions)
    heard = tuple(
        Heard(m.said, m.units[0]) for m in mentions if m.how is not How.EXACT and m.said not in {m.meant, m.units[0]}
    )
    said = replace(said, heard=heard)
    named = bool(piece.topic or piece.ids or piece.sections or piece.ordinal or mentions or piece.figures)
    command = None if named else _command(tags, asked) or _details(tags, asked)
    if command:
        return replace(said, meant=command)
    if not named and not first and tags <= _REPEATS | {"yesno"}:
        return None

    rule = _rule_of(piece, mentions, bool(piece.topic))
    want = rule.want if rule else Want.SAYS
    if asked.memory.turns and "switch" in tags and want is Want.SAYS:
        want = asked.memory.turns[0].query.want
    subject = _subject(piece, mentions, want, asked)
    if isinstance(subject, tuple) and isinstance(subject[0], Trouble):
        return replace(said, meant=subject[0], rule=rule, link=subject[1])
    query, link = subject  # type: ignore[misc]
    rule = _rule_of(piece, mentions, bool(query.topic or query.ids or query.sections)) or rule
    if rule and rule.name == _SAYS_RULE and query.topic and all(k.kind == Topic.TARGET.value for k in query.topic):
        rule = _TARGET_RULE
    said = replace(said, rule=rule, link=link, heard=heard + _heard_topic(link))
    meant = _complete(piece, mentions, query, rule, asked)
    return replace(said, meant=meant)


_SAYS_RULE = "讲什么"
_TARGET_RULE = next(rule for rule in RULES if rule.name == "目标多少")


def _stranger(piece: Piece, asked: Asked) -> Trouble | None:
    """A body, a place or a number that the plan does not have: declined by name."""
    if piece.foreign:
        return Trouble(Why.OTHER_PLACE, {"name": piece.foreign[0]})
    if piece.strangers:
        return Trouble(Why.NO_SUCH_UNIT, {"name": piece.strangers[0]})
    if piece.missing_ids and not piece.ids:
        return Trouble(Why.NO_SUCH_TASK, {"name": piece.missing_ids[0]})
    if piece.ask_back and not piece.mentions and not _is_home(piece.ask_back[0], piece, asked):
        return Trouble(Why.WHICH_UNIT, {"name": piece.ask_back[0]})
    if piece.places and not piece.mentions:
        return Trouble(Why.OTHER_PLACE, {"name": piece.places[0]})
    return None


def _is_home(name: str, piece: Piece, asked: Asked) -> bool:
    """Whether 武穴 here is the place whose plan it is: no duties are asked of it."""
    homes = {gazetteer.home for _, gazetteer in asked.library.shelves}
    means_home = any(home.startswith(name) for home in homes)
    return means_home and not piece.tags & {"task", "lead", "assist", "own"}


_LOOSE_MINE = frozenset({"我们", "咱们", "俺们", "俺", "我", "本", "咱", "我们这", "我们这边", "我这"})


def _mentions(piece: Piece, asked: Asked) -> list[Mention] | Trouble:
    """The units of the piece, the asker's own and those spoken of before included."""
    mentions = list(piece.mentions)
    for mention in mentions:
        if len(mention.units) > 1:
            return Trouble(Why.WHICH_UNIT, {"name": mention.said}, units=mention.units)
    mine = next((cue for cue in piece.cues if "mine" in cue.tags), None)
    if mine and (not mentions or mine.text not in _LOOSE_MINE):
        if asked.unit:
            mentions.append(Mention(mine.start, (asked.unit,), mine.text, asked.unit, How.EXACT))
        elif mine.text not in _LOOSE_MINE:
            return Trouble(Why.NO_OWN_UNIT, {"name": mine.text})
    last = asked.memory.turns[0] if asked.memory.turns else None
    they = next((cue for cue in piece.cues if "they" in cue.tags), None)
    if they and last and not mentions and not piece.topic:
        units = last.units if last.query.want in {Want.UNITS, Want.TOP_UNITS} else last.query.units
        if len(units) == 1:
            mentions.append(Mention(they.start, units[:1], units[0], units[0], How.EXACT))
    if not mentions and _speaks_of_stems(piece):
        stems = [m for m in piece.cover if m.words[0].sense is Sense.STEM]
        mentions = [Mention(m.start, (m.words[0].key,), m.text, m.words[0].key, How.SOUND) for m in stems]
        piece.topic = ()
    return mentions


def _speaks_of_stems(piece: Piece) -> bool:
    """Whether 交通 in 交通牵头哪些任务 is the bureau: nothing else is named, and its tasks are asked for."""
    stems = "".join(m.text for m in piece.cover if m.words[0].sense is Sense.STEM)
    role = bool(piece.tags & {"lead", "assist", "own", "both"}) and "who" not in piece.tags
    return bool(stems) and "".join(piece.topic) == stems and role and bool(piece.tags & {"task", "which", "what"})


def _command(tags: frozenset[str], asked: Asked) -> Query | Trouble | None:
    """What is said to the chat itself rather than asked of the plan."""
    turns = asked.memory.turns
    if "again" in tags:
        return turns[0].query if turns else Trouble(Why.NOTHING_BEFORE)
    if "back" in tags:
        return turns[1].query if len(turns) > 1 else turns[0].query if turns else Trouble(Why.NOTHING_BEFORE)
    if "help" in tags:
        return Query(want=Want.HELP)
    if "thanks" in tags and not tags & _ASKING - {"yesno"}:
        return Query(want=Want.THANKS)
    if "hello" in tags and not tags & _ASKING - {"yesno"}:
        return Query(want=Want.HELLO)
    return None


_LISTED = {Want.COUNT_TASKS: Want.TASKS, Want.COUNT_UNITS: Want.UNITS, Want.COUNT_TARGETS: Want.TARGETS}


def _details(tags: frozenset[str], asked: Asked) -> Query | None:
    """分别是哪些 after a count: the things that were counted."""
    if not asked.memory.turns or not tags or not tags <= {"which", "what", "list", "that", "total"}:
        return None
    last = asked.memory.turns[0].query
    return replace(last, want=_LISTED[last.want]) if last.want in _LISTED else None


def _rule_of(piece: Piece, mentions: list[Mention], subject: bool) -> Rule | None:
    units = {unit for mention in mentions for unit in mention.units}
    has = {
        flag
        for flag, there in (
            (Has.UNIT, bool(units)),
            (Has.UNITS, len(units) > 1),
            (Has.SUBJECT, subject or bool(piece.ids or piece.sections)),
            (Has.FIGURE, bool(piece.figures)),
        )
        if there
    }
    return next((rule for rule in RULES if rule.applies(piece.tags, frozenset(has))), None)


# ---- what a piece speaks of -------------------------------------------------------------------------------------------


def _subject(
    piece: Piece, mentions: list[Mention], want: Want, asked: Asked
) -> tuple[Query, Link | None] | tuple[Trouble, Link | None]:
    """The units, topic and numbers of a piece, as a query that wants nothing special yet."""
    library = asked.library
    query = Query(want=want, terms=_terms(piece, mentions), sections=tuple(piece.sections))
    query = _left_out(piece, replace(query, ids=tuple(piece.ids)))
    link: Link | None = None
    if piece.topic or piece.with_figures:
        link = _link(piece, want, asked, query.ids)
        if link.entries:
            entries = [e for e in link.entries if e.owner[1] in query.ids] or list(link.entries)
            ids = () if any(e.owner[1] in query.ids for e in entries) else query.ids
            query = replace(query, topic=tuple(key_of(entry) for entry in entries), ids=ids)
            query = replace(query, joint=query.joint or ("both" in piece.tags and len(entries) > 1))
            away = _elsewhere(piece, entries)
            if away:
                return Trouble(Why.OTHER_PLACE, {"name": away}), link
        elif any(e.owner[1] in query.ids for e in link.open):
            entries = [e for e in link.open if e.owner[1] in query.ids]
            query = replace(query, topic=tuple(key_of(entry) for entry in entries), ids=())
        elif link.open and query.terms and want is Want.HOLDS:
            query = replace(query, topic=tuple(key_of(entry) for entry in link.open))
        elif not piece.topic:
            pass
        elif link.open:
            return Trouble(Why.WHICH_TOPIC, {"name": link.said}, open=link.open, query=query), link
        elif _negligible(piece, mentions, link):
            pass
        else:
            return Trouble(Why.NOT_IN_PLAN, {"name": link.said}, open=link.near), link
    if piece.ordinal is not None:
        return _ordinal(piece.ordinal, query, asked, link)
    return query, link


def _link(piece: Piece, want: Want, asked: Asked, ids: tuple[str, ...]) -> Link:
    """Link the topic, with its numbers where they are part of a name (过20亿元的), else without."""
    context = _context(asked, ids)
    plain = link_topic(piece, asked.library, want=want, context=context)
    if not piece.with_figures:
        return plain
    whole = link_topic(replace(piece, topic=piece.with_figures, groups=()), asked.library, want=want, context=context)
    numbers = [piece.text[a.start : a.end].rstrip("个家元项") for a in piece.figures]
    in_name = any(n in surface for e in whole.entries for surface in e.surfaces for n in numbers if len(n) > 1)
    if whole.entries and in_name and whole.score >= plain.score - 0.1:
        piece.figures = []
        return whole
    return plain


def _elsewhere(piece: Piece, entries: list[Entry]) -> str:
    """A place of the sentence that has no part in what was linked: 武汉市外贸增长目标 is not our target."""
    surfaces = [surface for entry in entries for surface in entry.surfaces]
    for place in piece.places_of_plan:
        if not any(place.rstrip("省市县区") in surface for surface in surfaces):
            return place
    return ""


def _left_out(piece: Piece, query: Query) -> Query:
    """除6.1外 leaves that task out; 8.2有而8.1没有的 the units of the second."""
    tags = piece.tags
    if not query.ids:
        return query
    if tags & {"except", "besides"} and query.terms:
        return replace(query, ids=(), without=query.ids)
    if len(query.ids) > 1 and "but" in tags and "not" in tags:
        return replace(query, ids=query.ids[:1], without=query.ids[1:])
    return replace(query, joint="both" in tags)


def _negligible(piece: Piece, mentions: list[Mention], link: Link) -> bool:
    """Whether the unlinked rest is too little to matter beside what was understood."""
    if len(link.said) <= 1 and (mentions or piece.ids or piece.sections or piece.figures):
        return True
    strong = bool(mentions or piece.ids or piece.sections) and bool(piece.tags & {"task", "lead", "assist"})
    return strong and len(link.said) <= 2 and not link.near


def _context(asked: Asked, ids: tuple[str, ...]) -> frozenset[tuple[str, str]]:
    """The tasks that the piece, or else the chat, speaks of."""
    plans = [plan.name for plan in asked.library.plans]
    if ids or not asked.memory.turns:
        return frozenset((plan, id_) for id_ in ids for plan in plans)
    last = asked.memory.turns[0].query
    owners = {(key.plan, key.owner) for key in last.topic}
    return frozenset(owners | {(plan, id_) for id_ in last.ids for plan in plans})


def _ordinal(nth: int, query: Query, asked: Asked, link: Link | None) -> tuple[Query | Trouble, Link | None]:
    sections = query.sections or tuple(int(key.owner) for key in query.topic if key.kind == Topic.SECTION.value)
    if sections:
        id_ = f"{sections[0]}.{nth}"
        if any(task_id == id_ for _, task_id in asked.library.tasks):
            return replace(query, ids=(id_,), sections=(), topic=()), link
        return Trouble(Why.NO_SUCH_TASK, {"name": id_}), link
    shown = asked.memory.turns[0] if asked.memory.turns else None
    if shown is None or query.topic:
        return (query, link) if query.topic or query.terms else (Trouble(Why.NOTHING_BEFORE), link)
    listed = shown.tasks or shown.units
    if not listed or nth > len(listed):
        return Trouble(
            Why.NOTHING_BEFORE if not listed else Why.NO_SUCH_TASK, {"name": str(nth), "of": len(listed)}
        ), link
    one = listed[nth - 1 if nth > 0 else -1]
    if shown.tasks:
        return replace(query, ids=(one,)), link
    return replace(query, terms=(Term((one,)),), want=Want.TASKS), link


# ---- units joined by and, or, not, except -----------------------------------------------------------------------------


def _role(tags: frozenset[str]) -> Role:
    if "lead" in tags and "assist" in tags:
        return Role.ANY
    return Role.LEAD if "lead" in tags else Role.ASSIST if "assist" in tags else Role.ANY


def _terms(piece: Piece, mentions: list[Mention]) -> tuple[Term, ...]:
    """A牵头B配合, A有而B没有, A和B共同, A或B, 除了A: groups of units, each with the words that follow it."""
    ordered = sorted(mentions, key=lambda m: m.start)
    groups: list[list[Mention]] = []
    for mention in ordered:
        if groups and not _tags_between(piece, groups[-1][-1].start, mention.start) & _PREDICATES:
            groups[-1].append(mention)
        else:
            groups.append([mention])
    terms: list[Term] = []
    everything = piece.tags
    for at, group in enumerate(groups):
        until = groups[at + 1][0].start if at + 1 < len(groups) else len(piece.text)
        after = _tags_between(piece, group[0].start, until)
        role = _role(everything if len(groups) == 1 else after)
        excepted = "except" in everything and _excepted(piece, group, until)
        negated = "not" in after or excepted or _not_before(piece, group)
        if excepted:
            role = Role.ANY
        units = tuple(unit for m in group for unit in m.units[0].split("、"))
        joint = "both" in everything or negated or len(groups) > 1
        if joint and "or" not in after:
            terms.extend(Term(tuple(m.units[0].split("、")), role, negated) for m in group)
        else:
            terms.append(Term(tuple(dict.fromkeys(units)), role, negated))
    return tuple(terms)


_PREDICATES = frozenset(["lead", "assist", "own", "not", "but", "except", "besides"])


def _excepted(piece: Piece, group: list[Mention], until: int) -> bool:
    """除了 right before the group, or 以外 right after it."""
    first, last = group[0], group[-1]
    before = any("except" in cue.tags and cue.start + len(cue.text) == first.start for cue in piece.cues)
    end = last.start + len(last.said)
    return before or any("besides" in cue.tags and cue.start == end < until for cue in piece.cues)


def _not_before(piece: Piece, group: list[Mention]) -> bool:
    """没有财政局参与的: the negation stands right before the unit."""
    start = group[0].start
    return any("not" in cue.tags and cue.start + len(cue.text) == start for cue in piece.cues)


def _tags_between(piece: Piece, start: int, end: int) -> frozenset[str]:
    return frozenset(tag for cue in piece.cues if start <= cue.start < end for tag in cue.tags)


# ---- conditions, and what the chat's memory adds ----------------------------------------------------------------------

_NEEDS_SUBJECT = {Want.UNITS, Want.TARGETS, Want.DEADLINE, Want.DAYS, Want.HOLDS, Want.COUNT_UNITS}
_PERIODS = {"yearly": Period.YEARLY, "average": Period.YEARLY_AVERAGE, "maintain": Period.MAINTAIN}
_YEAR = re.compile(r"20\d\d")


def _complete(piece: Piece, mentions: list[Mention], query: Query, rule: Rule | None, asked: Asked) -> Query | Trouble:
    tags = piece.tags
    want = rule.want if rule else query.want
    query = replace(query, want=want)
    if want is Want.UNITS or want is Want.HOLDS or want is Want.COUNT_UNITS or want is Want.TOP_UNITS:
        query = replace(query, role=_role(tags))
    own = bool(query.topic or query.ids or query.sections)
    if own and _is_report(piece):
        return Trouble(Why.REPORT)
    if "progress" in tags and not tags & {"say", "lead"}:
        return Trouble(Why.NO_PROGRESS, query=query if own or query.terms else None)
    if asked.memory.turns:
        query = _from_memory(piece, query, rule, asked.memory.turns[0], own=own)
        own = bool(query.topic or query.ids or query.sections)
    if query.terms and query.topic and all(key.kind in _CLAUSES for key in query.topic) and want is not Want.HOLDS:
        query = replace(query, topic=())
    if not any(key.kind in _SMALL for key in query.topic):
        query = _conditions(piece, query, tags, asked)
    if query.figure and not query.figure.unit and not tags & {"target", "list"} and query.want is Want.TARGETS and not own:
        return Trouble(Why.UNREAD)
    if {"that", "yesno"} <= tags and query.terms and not own and not asked.memory.turns and not tags & {"task", "list"}:
        return Trouble(Why.WHAT_ABOUT)
    if query.want is Want.FIGURE:
        query = _checked(piece, query, tags)
    if query.want in {Want.TOP_UNITS, Want.TOP_TASKS} and not query.figure:
        query = _ranking(piece, query)
    return query if _asks_something(query, piece, rule) else Trouble(Why.WHAT_ABOUT if rule else Why.UNREAD)


_REPORTS = re.compile(r"达到|新增了?|完成了?|建成了?|已|了(?![吗么没])|为|突破")


def _is_report(piece: Piece) -> bool:
    """5G基站建成620个 tells, it does not ask."""
    if piece.tags & (_ASKING | {"own", "lead", "assist", "unit", "switch", "that"}):
        return False
    return "done" in piece.tags or (bool(piece.figures) and bool(_REPORTS.search(piece.text)))


def _asks_something(query: Query, piece: Piece, rule: Rule | None) -> bool:
    if query.has_subject or query.figure or query.period or query.by or query.dated is not None:
        return True
    if query.quantified is not None or query.want in {Want.TOP_UNITS, Want.TOP_TASKS, Want.COUNT_SECTIONS}:
        return True
    whole = bool(piece.tags & {"plan", "list", "howmany", "total"}) and rule is not None and not piece.topic
    return whole and query.want in {
        Want.TASKS,
        Want.TARGETS,
        Want.UNITS,
        Want.COUNT_TASKS,
        Want.COUNT_UNITS,
        Want.COUNT_TARGETS,
    }


_CLAUSES = {Topic.CLAUSE.value, Topic.FACT.value, Topic.PLAN.value}
_SMALL = {Topic.TARGET.value, Topic.ACTION.value, Topic.NAMED.value, Topic.FACT.value}


def _conditions(piece: Piece, query: Query, tags: frozenset[str], asked: Asked) -> Query:
    """Period, deadline, size and quantity, where no topic is named."""
    if tags & {"quantified", "unquantified"} or (query.want in _OF_TASKS and tags >= {"target", "not"}):
        query = (
            replace(query, quantified="unquantified" not in tags and "not" not in tags)
            if query.want in _OF_TASKS
            else query
        )
    if query.want is Want.TOP_UNITS and piece.figures:
        none = "not" in tags or ("assist" in tags and "不牵头" in piece.text)
        figure = _figure(piece.figures[0], tags)
        query = replace(
            query, figure=replace(figure, value=Decimal(0)) if none else figure, role=Role.LEAD if none else query.role
        )
    if query.want not in {Want.TARGETS, Want.DEADLINE, Want.COUNT_TARGETS, Want.TASKS}:
        return query
    period = next((_PERIODS[tag] for tag in ("average", "yearly", "maintain") if tag in tags), None)
    if period and query.want is not Want.TASKS:
        query = replace(query, period=period)
    if piece.figures and query.want is not Want.TASKS:
        query = replace(query, want=Want.TARGETS, figure=_figure(piece.figures[0], tags))
    elif tags & {"dated", "undated"}:
        query = replace(query, dated="undated" not in tags)
    elif "thisyear" in tags and "when" in tags:
        query = replace(query, want=Want.TARGETS, by=date(asked.today.year, 12, 31))
    elif "yearend" in tags and query.want is not Want.TASKS and not query.ids:
        query = replace(query, want=Want.TARGETS, by=_year_end(piece.text, asked))
    elif "when" in tags and "target" in tags and query.want in {Want.TARGETS, Want.COUNT_TARGETS}:
        query = replace(query, dated="not" not in tags)
    return query


_OF_TASKS = {Want.TASKS, Want.COUNT_TASKS}


def _checked(piece: Piece, query: Query, tags: frozenset[str]) -> Query:
    """是不是2022年底, 是不是1000个: the day or the number to hold against the plan."""
    figures = [amount for amount in piece.figures if amount.unit] or piece.figures
    query = replace(query, figure=_figure(figures[0], tags) if figures else None)
    year = _YEAR.search(piece.text)
    return replace(query, by=date(int(year[0]), 12, 31)) if year else query


def _year_end(text: str, asked: Asked) -> date:
    year = _YEAR.search(text)
    if year:
        return date(int(year[0]), 12, 31)
    deadlines = [target.deadline for _, target in asked.library.targets if target.deadline]
    return max(deadlines, default=date(asked.today.year, 12, 31))


def _figure(amount: Amount, tags: frozenset[str]) -> Figure:
    than = (
        Than.AT_LEAST
        if "atleast" in tags
        else Than.MORE
        if "more" in tags
        else Than.LESS
        if "less" in tags
        else Than.SAME
    )
    return Figure(amount.value, amount.unit, than)


def _ranking(piece: Piece, query: Query) -> Query:
    """What is counted stands right before 最多; the other noun is what is ranked."""
    most = max(piece.last("most"), piece.last("least"))
    nouns = [(cue.start, kind) for cue in piece.cues for kind in ("task", "unit", "who", "target") if kind in cue.tags]
    before = [kind for start, kind in sorted(nouns) if start < most]
    after = [kind for start, kind in sorted(nouns) if start > most]
    counted = before[-1] if before else "task"
    others = [kind for kind in (*before[:-1], *after) if kind != counted]
    ranks_tasks = (counted in {"unit", "who"} and "task" in others) or (counted == "target" and "task" in others)
    want = Want.TOP_TASKS if ranks_tasks else Want.TOP_UNITS
    place = _PLACE.search(piece.text)
    top = 1
    if place:
        top = int(read_number(place["first"] or place["nth"]) or 1) * (1 if place["first"] else -1)
    return replace(
        query, want=want, fewest="least" in piece.tags, by_targets=counted == "target", role=_role(piece.tags), top=top
    )


_PLACE = re.compile(r"前(?P<first>[一二两三四五六七八九十\d]+)|第(?P<nth>[二三四五六七八九十\d]+)")


def _from_memory(piece: Piece, query: Query, rule: Rule | None, last: Turn, *, own: bool) -> Query:
    """Fill in from the turn before what an elliptic question leaves out."""
    tags, before = piece.tags, last.query
    only_switch = not tags & (_ASKING | {"task", "own", "lead", "assist"})
    if query.terms and not own:
        if before.terms and before.want in {Want.TASKS, Want.COUNT_TASKS} and tags & {"both", "among"}:
            return replace(before, terms=(*before.terms, *query.terms))
        if only_switch and before.terms and before.want is not Want.COMPARE:
            role = before.terms[0].role
            return replace(before, terms=tuple(replace(t, role=role) for t in query.terms))
        spoken = before.topic or before.ids
        checks = "yesno" in tags and "task" not in tags
        if spoken and (checks or (only_switch and before.want in {Want.UNITS, Want.HOLDS})):
            return replace(query, want=Want.HOLDS, topic=before.topic, ids=before.ids, role=_role(tags))
        return query
    if own and not query.terms:
        if only_switch and ("switch" in tags or not tags) and before.want in _NEEDS_SUBJECT:
            if before.want is Want.HOLDS:
                return replace(query, want=Want.HOLDS, terms=before.terms, role=before.role)
            return replace(query, want=before.want, role=before.role)
        if only_switch and query.sections and before.want is Want.TASKS and before.terms:
            return replace(before, sections=query.sections)
        return query
    if query.has_subject or piece.figures:
        return query
    return _elliptic(piece, query, rule, last)


def _elliptic(piece: Piece, query: Query, rule: Rule | None, last: Turn) -> Query:
    """A question that names nothing: it speaks of what was spoken of before."""
    tags, before = piece.tags, last.query
    role = _role(tags)
    whole = tags & {"plan", "most", "least"} and not tags & {"that", "switch"}
    if rule is None or whole:
        return query
    if query.want is Want.TARGETS and not tags & {"target", "list"} and before.want in _COUNTED:
        return replace(before, want=_COUNTED[before.want])
    subject = replace(
        before, want=query.want, role=Role.ANY, figure=None, period=None, by=None, dated=None, quantified=None
    )
    if before.topic and query.want in _OF_TARGETS and all(k.kind in _UNCOUNTED for k in before.topic):
        subject = replace(subject, topic=(), ids=tuple(dict.fromkeys(k.owner for k in before.topic)), terms=())
    if len(last.tasks) == 1 and before.terms and query.want in _OF_ONE:
        subject = replace(subject, ids=last.tasks, terms=())
    if "whole" in tags and before.topic:
        subject = replace(subject, topic=(), ids=tuple(dict.fromkeys(k.owner for k in before.topic)), terms=())
    if query.want is Want.UNITS and "rest" in tags:
        return subject
    if before.terms and query.want in {Want.TASKS, Want.COUNT_TASKS, Want.HOLDS} and not before.topic:
        said = bool(tags & {"lead", "assist", "own"})
        return replace(subject, terms=tuple(replace(t, role=role if said else t.role) for t in before.terms))
    if query.want is Want.HOLDS:
        return replace(subject, role=role) if before.terms else replace(subject, want=Want.UNITS, role=role)
    if query.want is Want.TASKS and tags & {"lead", "assist"}:
        if before.terms:
            return replace(subject, terms=tuple(replace(t, role=role) for t in before.terms))
        return replace(subject, want=Want.UNITS, role=role)
    if query.want in {Want.UNITS, Want.COUNT_UNITS}:
        return replace(subject, role=role, terms=() if before.topic or before.ids else before.terms)
    if before.want in {Want.TOP_UNITS} and last.units:
        return replace(query, terms=(Term(last.units[:1]),))
    return subject if before.has_subject else query


_OF_TARGETS = {Want.TARGETS, Want.DEADLINE}
_OF_ONE = {Want.SAYS, Want.TARGETS, Want.UNITS, Want.DEADLINE, Want.DAYS}
_UNCOUNTED = {Topic.ACTION.value, Topic.NAMED.value}
_COUNTED = {Want.UNITS: Want.COUNT_UNITS, Want.TASKS: Want.COUNT_TASKS}


def _heard_topic(link: Link | None) -> tuple[Heard, ...]:
    """The topic as it was read, where that is not what was typed."""
    if link is None or not link.entries or not link.said:
        return ()
    entry = link.entries[0]
    names = (entry.name, *entry.surfaces)
    if any(link.said in name or name in link.said for name in names):
        return ()
    return (Heard(link.said, entry.name),)


__all__ = ["Asked", "Reading", "Trouble", "read", "resolve", "tasks_of"]
