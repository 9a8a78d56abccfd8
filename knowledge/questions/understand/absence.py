"""What is said to stand nowhere in the plan: proved by its text, or else answered with where it stands."""

from collections.abc import Iterable
from dataclasses import replace

from knowledge.entities.library import Library
from knowledge.entities.phrases import OF_CONTENT, nearest
from knowledge.entities.topic_index import Entry
from knowledge.language.content_words import content_words
from knowledge.language.cues import CueTag
from knowledge.language.lattice import Sense
from knowledge.plan.key import EntryKind, TaskKey
from knowledge.plan.text_index import PlanText, TextPlace
from knowledge.questions.answer import Why
from knowledge.questions.context import Reading, Trouble
from knowledge.questions.parse.utterance import Piece
from knowledge.questions.query import Phrase, Query, Want
from knowledge.questions.quoting import as_said

_NEAR = 3
_COMMON = 8  # places of the text; a single character in more of them is nothing by itself
_OF_CONTENT_ITSELF = {Want.SAYS, Want.TASKS, Want.COUNT_TASKS}
"""Asked of what is nothing but a word of the text, these ask where it stands."""


def proved(reading: Reading, library: Library) -> Reading:
    """A reading that declines a name for not being in the plan, once the plan's text has been asked for it."""
    trouble, piece = reading.meant, reading.piece
    if not isinstance(trouble, Trouble) or trouble.why not in {Why.NOT_IN_PLAN, Why.OTHER_PLACE} or piece is None:
        return reading
    said = _word(as_said(str(trouble.detail["name"]), reading.text), piece, library.text)
    places = library.text.places_of(said)
    content = [place for place in places if place.kind in OF_CONTENT]
    want = trouble.query.want if trouble.query else reading.rule.want if reading.rule else Want.SAYS
    if trouble.why is Why.OTHER_PLACE:
        detail = {**trouble.detail, "stands": bool(places)}
        return replace(reading, meant=replace(trouble, detail=detail))
    if not content:
        near = trouble.open or entries_at(nearest(said, library.text, most=_NEAR), library)
        why = Why.NOT_IN_TASKS if places else Why.NOT_IN_PLAN
        return replace(reading, meant=replace(trouble, why=why, detail={"name": said}, open=near))
    ranked = sorted(content, key=lambda place: list(library.order).index(TaskKey(library.plans[0].name, place.id)))
    if _is_nothing(said, len(content)):
        return replace(reading, meant=Trouble(Why.UNREAD))
    if want in _OF_CONTENT_ITSELF and not (piece.mentions or CueTag.OUTSIDE in piece.tags):
        return replace(reading, meant=Query(want=Want.TASKS, phrases=(Phrase((said,)),)))
    asked = trouble.query or Query(want=want)
    open_ = () if CueTag.OUTSIDE in piece.tags else entries_at(ranked, library)
    return replace(reading, meant=Trouble(Why.ONLY_MENTIONED, {"name": said}, open=open_, query=asked))


def _is_nothing(said: str, places: int) -> bool:
    """Whether it is a word of any plan (建, 制定), or no word at all (a)."""
    return places > _COMMON or said.isascii() if len(said) == 1 else not content_words(said)


_PARTICLES = set("的了呀啊呢吗嘛吧么着过得地也都就还")


def _word(said: str, piece: Piece, text: PlanText) -> str:
    """A name of one character with the next one, where the two are a word: 护照, 氢能, 制定."""
    at = piece.text.find(said)
    longer = piece.text[at : at + 2]
    if len(said) != 1 or at < 0 or len(longer) < 2 or longer[1] in _PARTICLES or not longer.isalnum():
        return said
    after = next((match for match in piece.cover if match.start == at + 1), None)
    spare = after is not None and after.text == longer[1] and {word.sense for word in after.words} == {Sense.FILLER}
    return longer if spare or text.places_of(longer) else said


def entries_at(places: Iterable[TextPlace], library: Library) -> tuple[Entry, ...]:
    """The tasks and clauses that places of the text are."""
    whole = {e.key.task: e for e in library.index.entries if e.kind in {EntryKind.TASK, EntryKind.CLAUSE}}
    return tuple(whole[place.id] for place in places if place.id in whole)
