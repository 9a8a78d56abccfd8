"""A message and what the chat remembers → readings. Pure; the asker, the day and the memory are arguments."""

import re
from dataclasses import replace
from functools import partial

from knowledge.entities.library import Library
from knowledge.language.cues import CueTag
from knowledge.language.dates.asked_period import AskedDays, asked_days, is_cut_off
from knowledge.language.lattice import JOINT, How
from knowledge.language.measures import take_unit
from knowledge.language.normalize import clean
from knowledge.language.reminder_request import requests
from knowledge.plan.key import PARTS, EntryKind
from knowledge.plan.model import Target
from knowledge.questions.answer import Heard, Why
from knowledge.questions.answering.comparison import compares
from knowledge.questions.context import QuestionContext, Reading, Trouble
from knowledge.questions.dialogue.commands import command_of, taken_offer
from knowledge.questions.dialogue.followup import OWN_WORDS
from knowledge.questions.dialogue.merging import of_other_word
from knowledge.questions.dialogue.patches import patched
from knowledge.questions.dialogue.state import Memory, Turn
from knowledge.questions.parse.clauses import surest_core
from knowledge.questions.parse.parser import take_apart
from knowledge.questions.parse.segmenter import LONGEST_SENTENCE, names_something, pieces_of, put_right
from knowledge.questions.parse.utterance import Cue, Mention, Piece
from knowledge.questions.query import OF_PROGRESS, QuantityFilter, Query, Term, Than, UnitRole, Want
from knowledge.questions.sets.changes import AMONG_THEM, changed, loses_its_set
from knowledge.questions.sets.of_text import holding
from knowledge.questions.sets.only_place import only_there
from knowledge.questions.sets.reader import read_set
from knowledge.questions.sets.signs import signs_of
from knowledge.questions.sets.unused import unused
from knowledge.questions.understand.absence import proved
from knowledge.questions.understand.by_ranking import by_ranking
from knowledge.questions.understand.due_window import take_soon, with_soon
from knowledge.questions.understand.exclusions import counted, counts_a_task, narrowed
from knowledge.questions.understand.filters import with_conditions, with_figure, with_progress
from knowledge.questions.understand.hypotheses import PieceReader, best_reading
from knowledge.questions.understand.intent_rule import Has, IntentRule, RuleId
from knowledge.questions.understand.intents import RULES, first_rule
from knowledge.questions.understand.list_slot import list_asked, without_order
from knowledge.questions.understand.outsiders import stranger
from knowledge.questions.understand.phrase_slot import TakenPhrases, missing_phrase, take_phrases, with_phrases
from knowledge.questions.understand.speech_act import asks_for_an_opinion, asks_something, is_order, is_report, points
from knowledge.questions.understand.subject_slot import mentions_of, subject_of
from knowledge.questions.understand.target_years import of_the_year
from knowledge.questions.understand.thing_slot import TakenThings, take_things, with_things
from knowledge.questions.understand.topic_linker import TopicLink, is_measure, resolve, same_amount
from knowledge.questions.understand.unit_terms import role_of

LONGEST = 4096

_MOST_PARTS = 8
_MOST_PIECES = 10


def read(text: str, asked: QuestionContext, *, cleaned: str | None = None) -> tuple[Reading, ...]:
    """Read a whole message: one reading for each question in it, in order; `cleaned` where that is done already."""
    if len(text) > LONGEST:
        return (Reading("", Trouble(Why.TOO_LONG)),)
    if cleaned is None:
        cleaned = clean(text)
    if not any(char.isalnum() for char in cleaned):
        return (Reading(cleaned, Trouble(Why.EMPTY)),)
    readings: list[Reading] = []
    memory = asked.memory
    asked_for = requests(cleaned, cleaned, asked.today)
    rest = without_order("\n".join(one.said for one in asked_for if not one.reminds))
    for number, piece in enumerate(pieces_of(rest, asked.library, lambda piece: _set_in(piece, asked) is not None)):
        if number == _MOST_PIECES or len(readings) >= _MOST_PARTS:
            readings.append(Reading("", Trouble(Why.TOO_MANY)))
            break
        reader = partial(_read_piece, first=not readings)
        reading = _read_group(piece, replace(asked, memory=memory), reader)
        failed = readings and all(isinstance(one.meant, Trouble) for one in readings)
        if failed and reading and not names_something(reading.piece) and not _asks_again(reading.piece):
            continue  # 城投有任务没,几条: the tail speaks of what was not understood
        if reading is None:
            continue
        before = replace(asked, memory=memory)
        reading = _without_asides(_corrected(reading, before), before, reader)
        reading = by_ranking(proved(reading, asked.library), before)
        readings.extend((reading, *_also(reading)))
        if isinstance(reading.meant, Query):
            memory = memory.with_turn(Turn(reading.meant))
    reminders = tuple(Reading(one.said, Trouble(Why.REMINDER)) for one in asked_for if one.reminds)
    return (*_merged(readings), *reminders) or (Reading(cleaned, Trouble(Why.UNREAD)),)


_REPEATS = frozenset([CueTag.WHICH, CueTag.WHAT, CueTag.PLAN, CueTag.BOTH])


_SLIP_OF_TONGUE = re.compile(r".*(?:不对|说错了|错了|不是(?!.*[吗么嘛]$))(?:应该是|我是说|是)?(?P<right>.{4,})")

_MENDS = {Why.NOT_IN_PLAN, Why.NO_SUCH_FIGURE, Why.WHICH_TOPIC, Why.UNREAD, Why.NO_SUCH_UNIT}


def _read_group(piece: Piece, asked: QuestionContext, reader: PieceReader) -> Reading | None:
    """Read a question, or that of the choice which it takes."""
    offer = taken_offer(piece, asked)
    if isinstance(offer, Trouble):
        return Reading(piece.text, offer, piece=piece)
    if offer:
        piece, asked = take_apart(clean(offer.message), asked.library), replace(asked, memory=Memory())
    return best_reading(piece, asked, reader)


def _corrected(reading: Reading, asked: QuestionContext) -> Reading:
    """那个残疾人呃不对是那个养老服务: what cannot be read whole is read from the speaker's own correction on."""
    if not isinstance(reading.meant, Trouble) or reading.meant.why not in _MENDS:
        return reading
    slip = _SLIP_OF_TONGUE.fullmatch(reading.text) if len(reading.text) <= LONGEST_SENTENCE else None
    again = _read_piece(take_apart(slip["right"], asked.library), asked, first=True) if slip else None
    return again if again and isinstance(again.meant, Query) else reading


def _without_asides(reading: Reading, asked: QuestionContext, reader: PieceReader) -> Reading:
    """What names nothing of the plan, read without what surely only stands around the question."""
    if not isinstance(reading.meant, Trouble) or reading.meant.why is not Why.NOT_IN_PLAN or reading.piece is None:
        return reading
    core = surest_core(reading.piece.text, asked.library)
    again = reader(take_apart(core.text, asked.library), asked) if core else None
    alone = again is not None and again.piece is not None and bool(again.piece.topic)
    return again if again and alone and isinstance(again.meant, Trouble) else reading


def _also(reading: Reading) -> tuple[Reading, ...]:
    """A second question in the same breath: 5G基站几个谁管."""
    query, piece = reading.meant, reading.piece
    if not isinstance(query, Query) or piece is None or query.terms or not query.has_subject:
        return ()
    tags = piece.tags
    wants = {
        Want.UNITS: bool(tags & {CueTag.WHO}),
        Want.TARGETS: bool(tags & {CueTag.AMOUNT, CueTag.HOW_MANY})
        and not tags & {CueTag.UNIT, CueTag.TASK, CueTag.SECTION},
    }
    if not all(wants.values()) or query.want not in wants:
        return ()
    other = next(want for want in wants if want is not query.want)
    role = role_of(tags) if other is Want.UNITS else UnitRole.ANY
    second = replace(reading, meant=replace(query, want=other, role=role))
    return (second,)


def _asks_again(piece: Piece | None) -> bool:
    return piece is not None and bool(piece.tags & {CueTag.AGAIN, CueTag.BACK})


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


def _read_piece(piece: Piece, asked: QuestionContext, *, first: bool) -> Reading | None:
    piece = put_right(piece, asked.library)
    if of_place := only_there(piece, asked.library):
        return Reading(piece.text, of_place, piece=piece, of_set=True)
    listed = take_things(piece, asked.library)
    if of_list := list_asked(piece, asked.library, of_kind=listed.things is not None):
        return Reading(piece.text, of_list, piece=piece, rule=_THINGS_RULE)
    taken = take_phrases(listed.piece, asked.library, asks=listed.things is not None)
    piece, days = _dated(taken.piece, asked)
    timed = piece
    piece, due = take_soon(piece, asked)
    whole = piece
    piece, measured_in = _measured(piece, asked.library)
    tags = piece.tags
    said = Reading(piece.text, Trouble(Why.UNREAD), piece=piece)
    if isinstance(due, Trouble):
        return replace(said, meant=due)
    if again := of_other_word(piece, asked.memory.turns):
        asked_after = replace(taken, piece=piece, phrases=again.phrases)
        return replace(said, meant=missing_phrase(asked_after, asked.library) or again)
    if missing := missing_phrase(replace(taken, piece=piece), asked.library):
        return replace(said, meant=missing)

    if is_order(piece):
        return replace(said, meant=Trouble(Why.ORDER))
    if asks_for_an_opinion(piece):
        return replace(said, meant=Trouble(Why.OPINION))
    trouble = stranger(piece, asked)
    if trouble:
        return replace(said, meant=replace(trouble, query=_asked_of_it(piece)))
    mentions = mentions_of(piece, asked)
    if isinstance(mentions, Trouble):
        return replace(said, meant=mentions)
    heard = tuple(
        Heard(m.said, m.units[0].replace(JOINT, "、"))
        for m in mentions
        if m.how is not How.EXACT and m.said not in {m.meant, m.units[0]}
    )
    said = replace(said, heard=heard)
    named = bool(piece.topic or piece.ids or piece.sections or piece.ordinal or mentions or piece.figures)
    named = named or bool(taken.phrases or listed.things)
    signs = signs_of(whole, mentions, asked.library, asked.today) if piece.ordinal is None else ()
    spoken = bool(asked.memory.turns)
    if days is None and not whole.missing_ids and listed.things is None:
        if due is not None:
            found: Query | Trouble | None = _set_of_dated(timed, taken, asked)
        else:
            last = asked.memory.spoken(names=False)[0].query if spoken and not taken.phrases else None
            found = changed(signs, whole, asked.library, last) if last else None
            of_set = None if found else read_set(signs, whole, asked.library, spoken=spoken)
            found = holding(of_set, taken.phrases) if of_set else found
        if found:
            return replace(said, meant=found, of_set=True)
    command = None if named else command_of(piece, asked)
    if command:
        return replace(said, meant=command)
    if not named and not first and tags <= _REPEATS | {CueTag.YES_NO}:
        return None

    has = _has_taken(taken, listed)
    rule = _rule_of(piece, mentions, has, subject=bool(piece.topic))
    want = rule.want if rule else Want.SAYS
    if asked.memory.turns and (CueTag.SWITCH in tags or not tags & OWN_WORDS) and want is Want.SAYS:
        want = asked.memory.turns[0].query.want
    query, link = subject_of(piece, mentions, Want.SAYS if want in _LIKE_SAYS else want, asked)
    if isinstance(query, Trouble):
        return replace(said, meant=query, rule=rule, link=link)
    query = with_phrases(query, taken)
    query = with_things(query, listed)
    if piece.ordinal is not None and mentions and not query.terms:
        mentions = []  # 发改局牵头的第三项: from here on it is that task which is spoken of
        piece = replace(piece, cues=[cue for cue in piece.cues if cue.start > piece.ordinal_at])
    rule = _rule_of(piece, mentions, has, subject=query.of_work) or rule
    of_target = bool(query.topic) and all(key.kind is EntryKind.TARGET for key in query.topic)
    if rule and of_target and rule.id in {RuleId.SAYS, RuleId.COUNT_TARGETS}:
        rule = _TARGET_RULE  # GDP目标2023年是多少: one target is not counted
    elif rule and rule.id is RuleId.SAYS and is_measure(piece.text) and not mentions:
        rule = _TARGET_RULE  # 快递进村覆盖率 asks how much, not what is said
        query, link = subject_of(piece, mentions, rule.want, asked)
        if isinstance(query, Trouble):
            return replace(said, meant=query, rule=rule, link=link)
    said = replace(said, rule=rule, link=link, heard=heard + _heard_topic(link))
    if rule and rule.want in {Want.TARGETS, Want.COUNT_TARGETS}:
        extreme = rule.id is RuleId.LARGEST_TARGET
        query = replace(query, measured_in=measured_in, extreme=extreme, fewest=extreme and CueTag.LEAST in piece.tags)
    if rule is _TARGET_RULE and link and counts_a_task(piece, link):
        query = counted(query, piece, link, asked.library)
    meant = _complete(piece, query, rule, asked)
    if isinstance(meant, Trouble):
        return replace(said, meant=meant)
    meant = of_the_year(piece, meant, asked.library, asked.today)
    if isinstance(meant, Trouble):
        return replace(said, meant=meant)
    if meant.want in OF_PROGRESS:
        meant = with_progress(piece, meant, days)
    if due is not None:
        meant = with_soon(meant, due, piece, asked)
    left = unused(signs, meant, spoken=spoken)
    if spoken and loses_its_set(signs, whole, meant, asked.memory.spoken(names=False)[0].query):
        left = AMONG_THEM
    return replace(said, meant=Trouble(Why.UNUSED, {"name": left}, query=meant) if left else meant)


def _set_of_dated(piece: Piece, taken: TakenPhrases, asked: QuestionContext) -> Query | None:
    """没有2023年底到期目标的任务: a set that a day is said in, where it is no plain list of what is due."""
    mentions = mentions_of(piece, asked)
    if isinstance(mentions, Trouble):
        return None
    signs = signs_of(piece, mentions, asked.library, asked.today)
    of_set = read_set(signs, piece, asked.library, spoken=bool(asked.memory.turns))
    return holding(of_set, taken.phrases) if of_set and of_set.members else None


def _set_in(piece: Piece, asked: QuestionContext) -> Query | None:
    """The set that a whole sentence asks for, where it is one and all that it names is there."""
    taken = take_phrases(piece, asked.library)
    piece = taken.piece
    if piece.ordinal is not None or piece.missing_ids or stranger(piece, asked):
        return None
    mentions = mentions_of(piece, asked)
    if isinstance(mentions, Trouble):
        return None
    signs = signs_of(piece, mentions, asked.library, asked.today)
    query = read_set(signs, piece, asked.library, spoken=bool(asked.memory.turns))
    return holding(query, taken.phrases) if query else None


_SUMS = {Want.TARGETS, Want.DEADLINE}

_OF_ALL = OF_PROGRESS - {Want.PROGRESS, Want.REASON}
"""What is asked of the whole plan where nothing is named."""


def _leaves_open(query: Query, tags: frozenset[CueTag]) -> bool:
    """Whether the turn before may say what is meant: 进展呢, but not 哪些任务是红灯 or 交通局进展怎么样."""
    if CueTag.SOON in tags and not tags & {CueTag.THAT, CueTag.AMONG, CueTag.SWITCH, CueTag.THEY}:
        return False
    if query.want not in _LIKE_SAYS:
        return True
    if query.has_subject or CueTag.PLAN in tags:
        return False
    return query.want not in _OF_ALL or bool(tags & {CueTag.THAT, CueTag.AMONG, CueTag.SWITCH, CueTag.THEY})


_LIKE_SAYS = OF_PROGRESS | {Want.CARD}
"""What links a name as 讲什么 does: whatever it is the name of."""


def _dated(piece: Piece, asked: QuestionContext) -> tuple[Piece, AskedDays | None]:
    """Take 截至6月30日 or 这个月 out of a question about progress, where it is no part of a name."""
    cut = is_cut_off(piece.text)
    if CueTag.PROGRESS not in piece.tags and not cut:
        return piece, None
    days = asked_days(piece.text, asked.today)
    if days is None or (cut and days.as_of == asked.today):
        return piece, None
    undated = take_apart(days.rest, asked.library) if days.rest != piece.text else Piece(piece.text)
    asks = Cue(len(undated.text), frozenset([CueTag.PROGRESS]), "")
    return replace(undated, cues=[*undated.cues, asks]), days


def _measured(piece: Piece, library: Library) -> tuple[Piece, str | None]:
    """Take 以亿元计的 out of a question about targets."""
    found = (
        take_unit(piece.text, library.measures) if piece.tags & {CueTag.TARGET, CueTag.WHICH, CueTag.HOW_MANY} else None
    )
    if found is None:
        return piece, None
    unit, rest = found
    return take_apart(rest, library), unit


_WITH_ROLE = {Want.UNITS, Want.HOLDS, Want.COUNT_UNITS, Want.TOP_UNITS}
_WHICH_OF_THEM = {RuleId.WHICH_LEADS, RuleId.HELPERS_IN_TASK}

_THINGS_RULE = next(rule for rule in RULES if rule.id is RuleId.THINGS)
_TARGET_RULE = next(rule for rule in RULES if rule.id is RuleId.TARGET_VALUE)


def _asked_of_it(piece: Piece) -> Query:
    """What was asked of a unit or a task that is not there: 那1.3的呢 asks it again."""
    named = Has.SUBJECT if piece.missing_ids else Has.UNIT
    rule = first_rule(piece.tags, frozenset([named]))
    terms = (Term(piece.units),) if piece.units else ()
    return Query(want=rule.want if rule else Want.TASKS, role=role_of(piece.tags), terms=terms)


def _has_taken(phrases: TakenPhrases, things: TakenThings) -> frozenset[Has]:
    """What was taken out of the sentence before it was read."""
    there = ((Has.PHRASE, bool(phrases.phrases)), (Has.THINGS, things.things is not None))
    return frozenset(flag for flag, is_there in there if is_there)


def _rule_of(piece: Piece, mentions: list[Mention], taken: frozenset[Has], *, subject: bool) -> IntentRule | None:
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
    return first_rule(piece.tags, taken | has)


def _complete(piece: Piece, query: Query, rule: IntentRule | None, asked: QuestionContext) -> Query | Trouble:
    tags = piece.tags
    want = rule.want if rule else query.want
    query = replace(query, want=want)
    if want in _WITH_ROLE:
        query = replace(query, role=role_of(tags))
    if rule and rule.id in _WHICH_OF_THEM:
        query = replace(query, terms=())
    query = narrowed(piece, query, rule)
    own = query.of_work
    framed = bool(query.topic) and all(key.kind in _CLAUSES for key in query.topic)
    if framed and (query.want in OF_PROGRESS or (query.want is Want.COUNT_TASKS and not query.terms)):
        query = replace(query, want=Want.SAYS)  # 推进情况由谁检查, 干部评价主要看哪几样: no clause is reported on
    if own and is_report(piece):
        return Trouble(Why.REPORT)
    if query.extreme and not (query.measured_in or query.has_subject):
        return Trouble(Why.WHAT_ABOUT)  # 亿元 and 家 cannot be compared
    if CueTag.MINE in tags and asked.charge and not query.has_subject:
        progress = query.want if query.want in OF_PROGRESS or CueTag.SOON in tags else Want.PROGRESS
        return replace(query, want=progress, ids=asked.charge, mine=True)
    if (
        CueTag.SUM in tags
        and not query.has_subject
        and asked.memory.turns
        and asked.memory.turns[0].query.want in _SUMS
    ):
        return Trouble(Why.NOT_IN_PLAN, {"name": "合计数"})  # the plan adds nothing up, and neither do we
    if asked.memory.turns and _leaves_open(query, tags):
        after = patched(piece, query, rule, asked)
        if isinstance(after, Trouble):
            return after
        query = after
        own = query.of_work
    told = want is Want.HOLDS and CueTag.YES_NO not in tags  # 水利局名下任务清单: the clause on lists is not meant
    if (
        query.terms
        and query.topic
        and all(key.kind in _CLAUSES for key in query.topic)
        and (want is not Want.HOLDS or told)
    ):
        query = replace(query, topic=(), want=Want.TASKS if told else query.want)
    sized = (
        bool(piece.figures) and bool(tags & {CueTag.MORE, CueTag.LESS}) and len({key.owner for key in query.topic}) > 1
    )
    targets = [entry.thing for entry in resolve(query.topic, asked.library) if isinstance(entry.thing, Target)]
    if sized and targets and all(same_amount(target, amount) for target in targets for amount in piece.figures):
        return query  # 低于全省15%的指标: the figure is theirs
    if sized or not any(key.kind in _SMALL for key in query.topic):
        query = with_conditions(piece, query, tags, asked)
    if (
        query.figure
        and not query.figure.unit
        and not tags & {CueTag.TARGET, CueTag.LIST}
        and query.want is Want.TARGETS
        and not own
    ):
        return Trouble(Why.UNREAD)
    if (
        points(piece)
        and CueTag.YES_NO in tags
        and query.terms
        and not own
        and not asked.memory.turns
        and not tags & {CueTag.TASK, CueTag.LIST}
    ):
        return Trouble(Why.WHAT_ABOUT)
    if query.figure and query.want is Want.TARGETS and not query.has_subject and _is_nobodys(query.figure, asked):
        return Trouble(Why.NOT_IN_PLAN, {"name": f"{query.figure.value}{query.figure.unit}"})
    if query.want is Want.FIGURE:
        query = with_figure(piece, query, tags, asked.today)
    roles = {query.role, *(term.role for term in query.terms)}
    if query.want is Want.HOLDS and roles == {UnitRole.ANY} and not query.of_work:
        return Trouble(Why.WHAT_ABOUT)
    return query if asks_something(query, piece, rule) else Trouble(Why.WHAT_ABOUT if rule else Why.UNREAD)


def _is_nobodys(figure: QuantityFilter, asked: QuestionContext) -> bool:
    """Whether exactly this figure is asked for, and no target has it: 23项任务分别是什么."""
    return figure.than is Than.SAME and not any(compares(target, figure) for _, target in asked.library.targets)


_CLAUSES = {EntryKind.CLAUSE, EntryKind.FACT, EntryKind.PLAN}

_SMALL = PARTS | {EntryKind.FACT}


def _heard_topic(link: TopicLink | None) -> tuple[Heard, ...]:
    """The topic as it was read, where that is not what was typed."""
    if link is None or not link.entries or not link.said:
        return ()
    entry = link.entries[0]
    names = (entry.name, *entry.surfaces)
    if any(link.said in name or name in link.said for name in names):
        return ()
    return (Heard(link.said, entry.name),)
