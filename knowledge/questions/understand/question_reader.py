"""One question → its reading: as a list that is named, as a set, or by the first rule that fits."""

from dataclasses import replace

from knowledge.entities.library import Library
from knowledge.language.cues import CueTag
from knowledge.language.dates.asked_period import AskedDays, asked_days, is_cut_off
from knowledge.language.lattice import JOINT, How
from knowledge.language.measures import take_unit
from knowledge.plan.key import EntryKind
from knowledge.questions.answer import Heard, Why
from knowledge.questions.answering.selection import Selection
from knowledge.questions.answering.thing_answers import things_of
from knowledge.questions.context import QuestionContext, Reading, Trouble
from knowledge.questions.dialogue.commands import command_of
from knowledge.questions.dialogue.followup import OWN_WORDS
from knowledge.questions.dialogue.merging import of_other_word
from knowledge.questions.parse.parser import take_apart
from knowledge.questions.parse.segmenter import put_right
from knowledge.questions.parse.utterance import Cue, Mention, Piece
from knowledge.questions.query import OF_PROGRESS, Phrase, Query, Term, Want
from knowledge.questions.sets.changes import changed
from knowledge.questions.sets.of_text import holding
from knowledge.questions.sets.only_place import only_there
from knowledge.questions.sets.reader import read_set
from knowledge.questions.sets.signs import signs_of
from knowledge.questions.sets.unused import unused
from knowledge.questions.understand.completion import LIKE_SAYS, completed
from knowledge.questions.understand.due_window import take_soon, with_soon
from knowledge.questions.understand.exclusions import counted, counts_a_task
from knowledge.questions.understand.filters import with_progress
from knowledge.questions.understand.intent_rule import Has, IntentRule, RuleId
from knowledge.questions.understand.intents import RULES, first_rule
from knowledge.questions.understand.list_slot import list_asked
from knowledge.questions.understand.outsiders import stranger
from knowledge.questions.understand.phrase_slot import TakenPhrases, missing_phrase, take_phrases, with_phrases
from knowledge.questions.understand.speech_act import asks_for_an_opinion, is_order
from knowledge.questions.understand.subject_slot import mentions_of, subject_of
from knowledge.questions.understand.target_years import of_the_year
from knowledge.questions.understand.thing_slot import TakenThings, take_things, with_things
from knowledge.questions.understand.topic_linker import TopicLink
from knowledge.questions.understand.unit_terms import role_of

_REPEATS = frozenset([CueTag.WHICH, CueTag.WHAT, CueTag.PLAN, CueTag.BOTH, CueTag.YES_NO])
_THINGS_RULE = next(rule for rule in RULES if rule.id is RuleId.THINGS)
_TARGET_RULE = next(rule for rule in RULES if rule.id is RuleId.TARGET_VALUE)


def read_question(piece: Piece, asked: QuestionContext, *, first: bool) -> Reading | None:
    """None where it only repeats that something is asked, and is not the `first` of its message."""
    library, spoken = asked.library, bool(asked.memory.turns)
    piece = put_right(piece, library)
    if of_place := only_there(piece, library):
        return Reading(piece.text, of_place, piece=piece, of_set=True)
    listed = take_things(piece, library)
    if of_list := list_asked(piece, library, of_kind=listed.things is not None):
        return Reading(piece.text, of_list, piece=piece, rule=_THINGS_RULE)
    taken = take_phrases(listed.piece, library, asks=listed.things is not None)
    timed, days = _dated(taken.piece, asked)
    whole, due = take_soon(timed, asked)
    piece, measured_in = _measured(whole, library)
    said = Reading(piece.text, Trouble(Why.UNREAD), piece=piece)
    if isinstance(due, Trouble):
        return replace(said, meant=due)
    if settled := _settled(piece, taken, asked):
        return replace(said, meant=settled)
    mentions = mentions_of(piece, asked)
    if isinstance(mentions, Trouble):
        return replace(said, meant=mentions)
    said = replace(said, heard=_heard_units(mentions))
    last = asked.memory.spoken(names=False)[0].query if spoken else None
    signs = signs_of(whole, mentions, library, asked.today) if piece.ordinal is None else ()
    if days is None and not whole.missing_ids and listed.things is None:
        if due is not None:
            of_set = _set_in(timed, taken.phrases, asked)
            found = of_set if of_set and of_set.members else None  # 没有2023年底到期目标的任务 is no plain list
        else:
            found = changed(signs, whole, library, last) if last and not taken.phrases else None
            of_set = None if found else read_set(signs, whole, library, spoken=spoken)
            found = holding(of_set, taken.phrases) if of_set else found
        if found:
            return replace(said, meant=found, of_set=True)
    named = piece.topic or piece.ids or piece.sections or piece.ordinal or mentions or piece.figures
    if not (named or taken.phrases or listed.things):
        if command := command_of(piece, asked):
            return replace(said, meant=command)
        if not first and piece.tags <= _REPEATS:
            return None

    rule = _rule_of(piece, mentions, taken, listed, subject=bool(piece.topic))
    want = rule.want if rule else Want.SAYS
    if last and (CueTag.SWITCH in piece.tags or not piece.tags & OWN_WORDS) and want is Want.SAYS:
        want = asked.memory.turns[0].query.want
    query, link = subject_of(piece, mentions, Want.SAYS if want in LIKE_SAYS else want, asked)
    if isinstance(query, Trouble):
        return replace(said, meant=query, rule=rule, link=link)
    query = with_things(with_phrases(query, taken), listed)
    rule = _rule_of(piece, mentions, taken, listed, subject=query.of_work) or rule
    of_target = bool(query.topic) and all(key.kind is EntryKind.TARGET for key in query.topic)
    if rule and of_target and rule.id in {RuleId.SAYS, RuleId.COUNT_TARGETS}:
        rule = _TARGET_RULE  # GDP目标2023年是多少: one target is not counted
    said = replace(said, rule=rule, link=link, heard=said.heard + _heard_topic(link))
    if rule and rule.want in {Want.TARGETS, Want.COUNT_TARGETS}:
        extreme = rule.id is RuleId.LARGEST_TARGET
        query = replace(query, measured_in=measured_in, extreme=extreme, fewest=extreme and CueTag.LEAST in piece.tags)
    if rule is _TARGET_RULE and link and counts_a_task(piece, link):
        query = counted(query, piece, link, library)
    meant = completed(piece, query, rule, asked)
    meant = meant if isinstance(meant, Trouble) else of_the_year(piece, meant, library, asked.today)
    if isinstance(meant, Trouble):
        return replace(said, meant=meant)
    if meant.things and not things_of(meant.things, Selection(meant, library)):
        return replace(said, meant=Trouble(Why.UNKNOWN_NOUN, {"name": meant.things.said}))
    meant = with_progress(piece, meant, days) if meant.want in OF_PROGRESS else meant
    meant = with_soon(meant, due, piece, asked) if due else meant
    left = unused(signs, meant, spoken=spoken)
    return replace(said, meant=Trouble(Why.UNUSED, {"name": left}, query=meant) if left else meant)


def is_whole_set(piece: Piece, asked: QuestionContext) -> bool:
    """Whether a whole sentence asks for one set, and all that it names is there."""
    taken = take_phrases(piece, asked.library)
    if taken.piece.ordinal is not None or taken.piece.missing_ids or stranger(taken.piece, asked):
        return False
    return _set_in(taken.piece, taken.phrases, asked) is not None


def _set_in(piece: Piece, phrases: tuple[Phrase, ...], asked: QuestionContext) -> Query | None:
    mentions = mentions_of(piece, asked)
    if isinstance(mentions, Trouble):
        return None
    signs = signs_of(piece, mentions, asked.library, asked.today)
    query = read_set(signs, piece, asked.library, spoken=bool(asked.memory.turns))
    return holding(query, phrases) if query else None


def _settled(piece: Piece, taken: TakenPhrases, asked: QuestionContext) -> Query | Trouble | None:
    """What is meant whatever else is said: an order, an opinion, what the plan does not have."""
    again = of_other_word(piece, asked.memory.turns)
    phrases = again.phrases if again else taken.phrases
    return (
        missing_phrase(replace(taken, piece=piece, phrases=phrases), asked.library)
        or again
        or (Trouble(Why.ORDER) if is_order(piece) else None)
        or (Trouble(Why.OPINION) if asks_for_an_opinion(piece) else None)
        or _asked_of_stranger(piece, asked)
    )


def _asked_of_stranger(piece: Piece, asked: QuestionContext) -> Trouble | None:
    """With what was asked of a unit or a task that is not there: 那1.3的呢 asks it again."""
    trouble = stranger(piece, asked)
    rule = first_rule(piece.tags, frozenset([Has.SUBJECT if piece.missing_ids else Has.UNIT]))
    terms = (Term(piece.units),) if piece.units else ()
    query = Query(want=rule.want if rule else Want.TASKS, role=role_of(piece.tags), terms=terms)
    return replace(trouble, query=query) if trouble else None


def _dated(piece: Piece, asked: QuestionContext) -> tuple[Piece, AskedDays | None]:
    """Take 截至6月30日 or 这个月 out of a question about progress, where it is no part of a name."""
    cut = is_cut_off(piece.text)
    days = asked_days(piece.text, asked.today) if cut or CueTag.PROGRESS in piece.tags else None
    if days is None or (cut and days.as_of == asked.today):
        return piece, None
    undated = take_apart(days.rest, asked.library) if days.rest != piece.text else Piece(piece.text)
    asks = Cue(len(undated.text), frozenset([CueTag.PROGRESS]), "")
    return replace(undated, cues=[*undated.cues, asks]), days


def _measured(piece: Piece, library: Library) -> tuple[Piece, str | None]:
    """Take 以亿元计的 out of a question about targets."""
    asks = piece.tags & {CueTag.TARGET, CueTag.WHICH, CueTag.HOW_MANY}
    unit, rest = (take_unit(piece.text, library.measures) if asks else None) or (None, piece.text)
    return take_apart(rest, library) if unit else piece, unit


def _rule_of(
    piece: Piece, mentions: list[Mention], taken: TakenPhrases, listed: TakenThings, *, subject: bool
) -> IntentRule | None:
    units = {unit for mention in mentions for unit in mention.units}
    has = {
        Has.UNIT: units,
        Has.UNITS: len(units) > 1,
        Has.SUBJECT: subject or piece.ids or piece.sections,
        Has.FIGURE: piece.figures,
        Has.PHRASE: taken.phrases,
        Has.THINGS: listed.things,
    }
    return first_rule(piece.tags, frozenset(flag for flag, there in has.items() if there))


def _heard_units(mentions: list[Mention]) -> tuple[Heard, ...]:
    """The units as they were read, where that is not what was typed."""
    typed_otherwise = (m for m in mentions if m.how is not How.EXACT and m.said not in {m.meant, m.units[0]})
    return tuple(Heard(m.said, m.units[0].replace(JOINT, "、")) for m in typed_otherwise)


def _heard_topic(link: TopicLink | None) -> tuple[Heard, ...]:
    """The topic as it was read, where that is not what was typed."""
    if link is None or not link.entries or not link.said:
        return ()
    entry = link.entries[0]
    names = (entry.name, *entry.surfaces)
    as_typed = any(link.said in name or name in link.said for name in names)
    return () if as_typed else (Heard(link.said, entry.name),)
