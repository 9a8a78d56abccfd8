"""What is said to stand nowhere in the plan: proved by its text, or else answered with where it stands."""

import re
from collections.abc import Collection, Iterable
from dataclasses import replace

from knowledge.entities.library import Library
from knowledge.entities.phrases import OF_CONTENT
from knowledge.entities.topic_index import Entry
from knowledge.language.content_words import content_words
from knowledge.language.cues import CueTag
from knowledge.language.lattice import Sense
from knowledge.language.lexicon import doing_words
from knowledge.plan.text_index import PlanText, TextKind, TextPlace
from knowledge.questions.answer import Why
from knowledge.questions.context import Reading, Trouble
from knowledge.questions.parse.utterance import Piece
from knowledge.questions.query import Phrase, Query, Want
from knowledge.questions.quoting import as_said

_COMMON = 8  # places of the text; a single character in more of them is nothing by itself
_OF_CONTENT_ITSELF = {Want.SAYS, Want.TASKS, Want.COUNT_TASKS}
"""Asked of what is nothing but a word of the text, these ask where it stands."""


def proved(reading: Reading, library: Library) -> Reading:
    """A reading that declines a name for not being in the plan, once the plan's text has been asked for it."""
    trouble, piece = reading.meant, reading.piece
    if not isinstance(trouble, Trouble) or trouble.why not in {Why.NOT_IN_PLAN, Why.OTHER_PLACE} or piece is None:
        return reading
    said = _word(as_said(str(trouble.detail["name"]), reading.text), piece, library.text)
    said = said if library.text.places_of(said) else _TO_BE_DONE.sub("", said)
    places = library.text.places_of(said)
    if trouble.why is Why.OTHER_PLACE:
        return replace(reading, meant=replace(trouble, detail={**trouble.detail, "stands": bool(places)}))
    if not any(place.kind in OF_CONTENT for place in places):
        why = Why.NOT_IN_TASKS if places else Why.NOT_IN_PLAN
        return replace(reading, meant=replace(trouble, why=why, detail={"name": said}))
    return replace(reading, meant=_standing(said, places, trouble, reading, library))


def _standing(
    said: str, places: Collection[TextPlace], trouble: Trouble, reading: Reading, library: Library
) -> Query | Trouble:
    """What is meant by a name that does stand in tasks or clauses: where it stands, if nothing else is asked of it."""
    assert reading.piece is not None  # noqa: S101 - the only caller has checked
    order = [key.id for key in library.order]
    content = sorted((p for p in places if p.kind in OF_CONTENT), key=lambda place: order.index(place.id))
    denied = len(said) == 1 and CueTag.NOT in reading.piece.tags  # 一个数都没写的任务: not where 数 stands
    if denied or _is_nothing(said, len(content)):
        return Trouble(Why.UNREAD)
    outside = CueTag.OUTSIDE in reading.piece.tags
    asked = trouble.query or Query(want=reading.rule.want if reading.rule else Want.SAYS)
    if asked.want in _OF_CONTENT_ITSELF and not (reading.piece.mentions or outside):
        return Query(want=Want.TASKS, phrases=(Phrase((said,)),))
    tasks = [place for place in content if place.kind is TextKind.TASK]  # clauses have no units, and few targets
    open_ = () if outside else entries_at(tasks or content, library)
    return Trouble(Why.ONLY_MENTIONED, {"name": said}, open=open_, query=asked)


def _is_nothing(said: str, places: int) -> bool:
    """Whether it is a word of any plan (建, 制定), or no word at all (a)."""
    return places > _COMMON or said.isascii() or said in doing_words() if len(said) == 1 else not content_words(said)


_TO_BE_DONE = re.compile(
    r"(?<=..)(?:(?<![主重必首只需])要|打算|计划|准备|需要|应该|还要|(?<![虚模])拟|今年|明年|全市|一共)+[新扩改再]?\w{0,2}$"
    r"|(?<=..)(?:[新修扩改兴]建|建[设成])$"
)
"""充电桩要建: what is to be done with a thing is no part of its name."""
_PARTICLES = set("的了呀啊呢吗嘛吧么着过得也都就还是在有到和与")
_SPARE = {Sense.FILLER, Sense.CUE}


def _word(said: str, piece: Piece, text: PlanText) -> str:
    """A name of one character with its neighbour, where the two are a word: 地铁, 护照, 氢能, 制定.

    Its neighbour then was read as a word of its own, which says nothing.
    """
    at = piece.text.find(said)
    if len(said) != 1 or at < 0:
        return said
    before, after = piece.text[max(0, at - 1) : at], piece.text[at + 1 : at + 2]
    if _is_spare(at - 1, _SPARE, piece) and before not in _PARTICLES:
        return before + said
    joined = _is_spare(at + 1, {Sense.FILLER}, piece) and after not in _PARTICLES
    return said + after if joined or (after.isalnum() and text.places_of(said + after)) else said


def _is_spare(at: int, senses: set[Sense], piece: Piece) -> bool:
    """Whether a single character was read there as a word that only makes questions."""
    match = next((match for match in piece.cover if match.start == at), None)
    return match is not None and match.end == at + 1 and {word.sense for word in match.words} <= senses


def entries_at(places: Iterable[TextPlace], library: Library) -> tuple[Entry, ...]:
    """The tasks and clauses that places of the text are."""
    whole = {owner.id: entry for owner, entry in library.whole_of.items()}
    return tuple(whole[place.id] for place in places if place.id in whole)
