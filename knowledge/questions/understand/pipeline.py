"""A message and what the chat remembers → readings. Pure; the asker, the day and the memory are arguments."""

import re
from dataclasses import replace
from functools import partial

from knowledge.language.cues import CueTag
from knowledge.language.normalize import clean
from knowledge.language.reminder_request import requests
from knowledge.questions.answer import Why
from knowledge.questions.context import QuestionContext, Reading, Trouble
from knowledge.questions.dialogue.commands import taken_offer, unit_in_list
from knowledge.questions.dialogue.state import Memory, Turn
from knowledge.questions.parse.clauses import surest_core
from knowledge.questions.parse.gaps import with_stops
from knowledge.questions.parse.parser import take_apart
from knowledge.questions.parse.segmenter import names_something, pieces_of
from knowledge.questions.parse.utterance import Piece
from knowledge.questions.query import Query, UnitRole, Want
from knowledge.questions.understand.absence import proved
from knowledge.questions.understand.by_ranking import by_ranking
from knowledge.questions.understand.hypotheses import PieceReader, best_reading
from knowledge.questions.understand.list_slot import without_order
from knowledge.questions.understand.not_stated import unsaid
from knowledge.questions.understand.question_reader import is_whole_set, read_question
from knowledge.questions.understand.unit_terms import role_of

LONGEST = 4096

_MOST_PARTS = 8
_TOPIC = re.compile(r"(?<=\w)嘛,(?=[^,]*(?:谁|哪|几|多少|什么|牵头|责任单位))")
"""厕所革命嘛,责任单位是哪些: what is spoken of, and no question by itself."""
_ENDING = re.compile(r"(?<=..)(?:来着|[.…~·]{2,})[呀啊呢]?$")
_TASKS_AND = re.compile("(?<=的)任务(?:及其?|以及|和|与)(?P<other>责任单位|牵头单位)(?:清单|名单)?(?=[,。?!]|$)")
"""市医保局的任务及责任单位: both are asked for."""
_MOST_PIECES = 10


def read(text: str, asked: QuestionContext, *, cleaned: str | None = None) -> tuple[Reading, ...]:
    """Read a whole message: one reading for each question in it, in order; `cleaned` where that is done already."""
    if len(text) > LONGEST:
        return (Reading("", Trouble(Why.TOO_LONG)),)
    if cleaned is None:
        cleaned = clean(text)
    if not any(char.isalnum() for char in cleaned):
        return (Reading(cleaned, Trouble(Why.EMPTY)),)
    if (stopped := with_stops(text, asked.library)) != text:
        cleaned = clean(stopped)
    cleaned = _TASKS_AND.sub(r"任务有哪些,\g<other>有哪些", _TOPIC.sub(",", _ENDING.sub("", cleaned)))
    readings: list[Reading] = []
    memory = asked.memory
    asked_for = requests(cleaned, cleaned, asked.today)
    rest = without_order("\n".join(one.said for one in asked_for if not one.reminds))
    for number, piece in enumerate(pieces_of(rest, asked.library, partial(is_whole_set, asked=asked))):
        if number == _MOST_PIECES or len(readings) >= _MOST_PARTS:
            readings.append(Reading("", Trouble(Why.TOO_MANY)))
            break
        before, reader = replace(asked, memory=memory), partial(read_question, first=not readings)
        reading = _read_piece(piece, before, reader)
        failed = readings and all(isinstance(one.meant, Trouble) for one in readings)
        is_tail = failed and reading and not names_something(reading.piece) and not _asks_again(reading.piece)
        if reading is None or is_tail:  # 城投有任务没,几条: the tail speaks of what was not understood
            continue
        reading = _without_asides(reading, before, reader)
        reading = unsaid(by_ranking(proved(reading, asked.library), before), piece, asked.library)
        readings.extend((reading, *_also(reading)))
        if isinstance(reading.meant, Query):
            memory = memory.with_turn(Turn(reading.meant))
    reminders = tuple(Reading(one.said, Trouble(Why.REMINDER)) for one in asked_for if one.reminds)
    return (*_merged(readings), *reminders) or (Reading(cleaned, Trouble(Why.UNREAD)),)


def _read_piece(piece: Piece, asked: QuestionContext, reader: PieceReader) -> Reading | None:
    """Read a question, or that of the choice which it takes."""
    offer = taken_offer(piece, asked)
    if isinstance(offer, Trouble):
        return Reading(piece.text, offer, piece=piece)
    named = piece if offer else unit_in_list(piece, asked)
    if not isinstance(named, Piece):
        return Reading(piece.text, named, piece=piece, of_set=True)
    piece = named
    if offer:
        piece, asked = take_apart(clean(offer.message), asked.library), replace(asked, memory=Memory())
    return best_reading(piece, asked, reader)


def _without_asides(reading: Reading, asked: QuestionContext, reader: PieceReader) -> Reading:
    """What names nothing of the plan, read without what surely only stands around the question."""
    if not isinstance(reading.meant, Trouble) or reading.meant.why is not Why.NOT_IN_PLAN or reading.piece is None:
        return reading
    core = surest_core(reading.piece.text, asked.library)
    piece = take_apart(core.text, asked.library) if core else None
    if piece is None or CueTag.THAT in piece.tags:  # 灰飞得到处都是,治这个的是谁: it points at what was left out
        return reading
    again = reader(piece, asked)
    alone = again is not None and again.piece is not None and bool(again.piece.topic)
    return again if again and alone and isinstance(again.meant, Trouble) else reading


def _also(reading: Reading) -> tuple[Reading, ...]:
    """A second question in the same breath: 5G基站几个谁管."""
    query, piece = reading.meant, reading.piece
    if not isinstance(query, Query) or piece is None or query.terms or not query.has_subject:
        return ()
    tags = piece.tags
    how_many = tags & {CueTag.AMOUNT, CueTag.HOW_MANY} and not tags & {CueTag.UNIT, CueTag.TASK, CueTag.SECTION}
    other = {Want.UNITS: Want.TARGETS, Want.TARGETS: Want.UNITS}.get(query.want)
    if other is None or not how_many or CueTag.WHO not in tags:
        return ()
    role = role_of(tags) if other is Want.UNITS else UnitRole.ANY
    return (replace(reading, meant=replace(query, want=other, role=role)),)


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
