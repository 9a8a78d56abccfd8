"""One question, read as it stands and by its clauses: what explains it best is answered, or else offered."""

from collections.abc import Callable, Iterator
from dataclasses import replace

from knowledge.questions.answer import Why
from knowledge.questions.context import QuestionContext, Reading, Trouble
from knowledge.questions.parse.clauses import Core, cores_of, surest_core
from knowledge.questions.parse.parser import take_apart
from knowledge.questions.parse.utterance import Piece
from knowledge.questions.query import Query, Want
from knowledge.questions.understand.evidence import evidence_of

PieceReader = Callable[[Piece, QuestionContext], Reading | None]

_SOCIAL = {Want.HELLO, Want.THANKS, Want.HELP}
_SETTLED = {
    Why.ORDER,
    Why.OPINION,
    Why.REMINDER,
    Why.TOO_LONG,
    Why.TOO_MANY,
    Why.EMPTY,
    Why.WHICH_UNIT,
    Why.NO_SUCH_TASK,
    Why.NO_SUCH_DAY,
    Why.BEYOND_LIST,
}
"""What no other clauses would mend."""


def best_reading(piece: Piece, asked: QuestionContext, read_piece: PieceReader) -> Reading | None:
    """The reading of a question that least speaks against, where that is little enough; else the trouble with it."""
    whole, others = _readings(piece, asked, read_piece)
    if whole is None or _answers(whole):
        return whole
    found = sorted((one for one in (whole, *others) if isinstance(one.meant, Query)), key=_cost)
    return _decided(replace(found[0], runner_up=next(iter(found[1:]), None))) if found else whole


def hypotheses_of(piece: Piece, asked: QuestionContext, read_piece: PieceReader) -> Iterator[Reading]:
    """Every reading that could be answered, as it stands and by its clauses, each with its evidence."""
    whole, others = _readings(piece, asked, read_piece)
    yield from (one for one in (whole, *others) if one and isinstance(one.meant, Query))


def _readings(
    piece: Piece, asked: QuestionContext, read_piece: PieceReader
) -> tuple[Reading | None, Iterator[Reading]]:
    """As it stands, but for what surely only stands around it, and by its clauses."""
    surest = surest_core(piece.text, asked.library)
    sure = _read_core(surest, asked, read_piece) if surest else None
    whole = sure or _weighed(read_piece(piece, asked), asked)
    return whole, iter(()) if sure else _by_clauses(piece, asked, read_piece, whole)


def _by_clauses(
    piece: Piece, asked: QuestionContext, read_piece: PieceReader, whole: Reading | None
) -> Iterator[Reading]:
    if whole is None or (isinstance(whole.meant, Trouble) and whole.meant.why in _SETTLED):
        return
    readings = (_read_core(core, asked, read_piece) for core in cores_of(piece.text, asked.library))
    yield from (reading for reading in readings if reading is not None)


def _read_core(core: Core, asked: QuestionContext, read_piece: PieceReader) -> Reading | None:
    by = replace(asked, unit=asked.unit or core.unit)
    reading = read_piece(take_apart(core.text, asked.library), by)
    if reading is None or not isinstance(reading.meant, Query) or reading.meant.want in _SOCIAL:
        return None
    if not (asked.memory.turns or _stands_alone(reading.meant)):
        return None  # 让老百姓也学会AI,谁组织: what it is asked of stands in the other clause
    return replace(reading, evidence=evidence_of(reading, asked.library, core))


def _stands_alone(query: Query) -> bool:
    """Whether a query says of what it asks, or surely asks of the whole plan (哪个单位的任务最多)."""
    narrowed = query.figure or query.measured_in or query.extreme or query.by or query.due or query.period
    return query.has_subject or query.counted is not None or query.dated is not None or bool(narrowed)


def _weighed(reading: Reading | None, asked: QuestionContext) -> Reading | None:
    if reading is None or not isinstance(reading.meant, Query) or reading.meant.want in _SOCIAL:
        return reading
    return replace(reading, evidence=evidence_of(reading, asked.library))


def _cost(reading: Reading) -> int:
    return reading.evidence.cost if reading.evidence else 0


def _answers(reading: Reading) -> bool:
    return isinstance(reading.meant, Query) and (reading.evidence is None or reading.evidence.answers)


def _decided(reading: Reading) -> Reading:
    """The reading as it is answered; where too much speaks against it, its question is only offered."""
    if _answers(reading):
        return reading
    evidence, query, link = reading.evidence, reading.meant, reading.link
    assert evidence is not None and isinstance(query, Query)  # noqa: S101, PT018
    name = evidence.asked_noun or (evidence.unused[0] if evidence.unused else reading.text)
    why = Why.UNKNOWN_NOUN if evidence.asked_noun else Why.UNUSED
    return replace(reading, meant=Trouble(why, {"name": name}, open=link.entries if link else (), query=query))
