"""One question, answered: what chat, command line and tests share."""

from dataclasses import dataclass, replace
from datetime import date
from itertools import chain

from handlers.services.loading import loading
from knowledge.entities.library import Library
from knowledge.entities.topic_index import Hit
from knowledge.language.normalize import clean
from knowledge.plan.key import EntryKey, EntryKind
from knowledge.plan.shipped import find_plans, find_texts
from knowledge.questions.answer import About, Answer, Content, Outcome, Why
from knowledge.questions.answering.plan_answers import answer_query
from knowledge.questions.answering.progress_answers import Progress, answer_progress, with_cards, with_standings
from knowledge.questions.answering.suggestions import alternatives, choose, choose_plan
from knowledge.questions.context import QuestionContext, Reading, Trouble
from knowledge.questions.dialogue.state import Memory, Turn, dump_memory, load_memory
from knowledge.questions.query import OF_PROGRESS, Query, Want
from knowledge.questions.understand.pipeline import read


@dataclass(frozen=True, slots=True)
class Asker:
    """Who asks, on which day; the rest is empty for a visitor."""

    today: date
    unit: str | None = None
    """The asker's own: what 我们局 means."""
    charge: tuple[str, ...] = ()
    """The tasks that a leader is in charge of: what 我分管的 means."""
    progress: Progress | None = None
    """What the asker may see of the plan's progress."""


@dataclass(frozen=True, slots=True)
class AnsweredQuestion:
    """An answered message: `library` is the plan's that it was put to, `memory` is for the next turn (opaque JSON)."""

    answer: Answer
    library: Library
    memory: str


class QuestionService:
    """Answers questions over a set of loaded plans; immutable, safe to share between threads."""

    def __init__(self, library: Library) -> None:
        self.library = library.prepared()

    def ask(self, question: str, *, memory: str, asker: Asker, cleaned: str | None = None) -> AnsweredQuestion:
        """Answer one message; `memory` is what the chat's last turn returned, or "" for a new chat.

        `cleaned` is the question as `clean` leaves it, where that is done already.
        """
        if cleaned is None:
            cleaned = clean(question)
        held = load_memory(memory)
        before = held.turns[0].query.plan if held.turns else None
        library = self.library.plan_of(cleaned, before=before, unit=asker.unit)
        if library is None:
            return AnsweredQuestion(choose_plan(question, self.library), self.library, memory)
        situation = QuestionContext(library, held, _own(asker, library), asker.today, asker.charge)
        answer = self._answer(question, cleaned, situation, asker.progress)
        return AnsweredQuestion(answer, library, dump_memory(_remember(held, answer, library)))

    def _answer(self, question: str, cleaned: str, situation: QuestionContext, progress: Progress | None) -> Answer:
        readings = read(question, situation, cleaned=cleaned)
        parts = tuple(self._answer_part(one, question, cleaned, situation, progress) for one in readings)
        return parts[0] if len(parts) == 1 else _joined(question, parts)

    def in_full(self, question: str, library: Library, today: date) -> str:
        """The question as it is put to the library's plan whatever was asked before: named, where there are others."""
        if library is self.library:
            return question
        plan, gazetteer = library.shelves[0]
        alone = QuestionContext(library, Memory(), None, today)

        def meant(said: str) -> list[Query | Trouble]:
            return [reading.meant for reading in read(said, alone)]

        named = (f"{name}{question}" for name in ("", gazetteer.home, plan.title, *plan.names))
        found = (one for one in named if self.library.plan_of(one, before=None, unit=None) is library)
        return next((one for one in found if one == question or meant(one) == meant(question)), question)

    def explain(self, question: str, asker: Asker) -> tuple[Reading, ...]:
        """How a message is read, as the first of a chat."""
        return read(question, QuestionContext(self.library, Memory(), asker.unit, asker.today))

    def hits(self, reading: Reading) -> tuple[Hit, ...]:
        """The entries of the plan that a reading's topic comes nearest to, best first."""
        return self.library.index.search(reading.piece.topic)[:4] if reading.piece else ()

    def _answer_part(
        self, reading: Reading, question: str, cleaned: str, situation: QuestionContext, progress: Progress | None
    ) -> Answer:
        query, library, today = reading.meant, situation.library, situation.today
        if isinstance(query, Query) and query.want in OF_PROGRESS and progress is None:
            reading = replace(reading, meant=_without_progress(query))
        if isinstance(reading.meant, Trouble) or isinstance(query, Trouble):
            answer = choose(reading, question, situation)
            return answer if progress is None else replace(answer, standings=())
        if progress is not None and query.want in OF_PROGRESS:
            answer = answer_progress(query, library, progress, question=question, cleaned=cleaned, today=today)
        else:
            answer = answer_query(query, library, question=question, today=today)
            answer = with_standings(answer, library, progress, today=today) if progress else answer
        if query.want is Want.CARD:
            answer = with_cards(answer, library, progress)
        if answer.query is not None:
            answer = replace(answer, query=replace(answer.query, plan=_plan_of(library)))
        others = alternatives(reading, situation)
        unused = reading.evidence.unused if reading.evidence else ()
        return replace(answer, heard=reading.heard, unused=unused, detail={**answer.detail, "instead": others})


def _plan_of(library: Library) -> str | None:
    """What the chat stays with, where there is a choice."""
    return library.plans[0].name if library.mixed else None


def _own(asker: Asker, library: Library) -> str | None:
    return library.own_unit(asker.unit) if asker.unit else None


def _without_progress(query: Query) -> Trouble:
    """What the plan itself says of the same subject can still be asked."""
    return Trouble(Why.NO_PROGRESS, query=replace(query, want=Want.TARGETS) if query.has_subject else None)


def open_question_service(plan: str | None = None) -> QuestionService:
    """Load the plans (`plan` as the command line's --plan; None is the shipped one). Slow (a second): call once."""
    with loading():
        return QuestionService(Library(find_plans(plan), texts=find_texts(plan)))


def _joined(question: str, parts: tuple[Answer, ...]) -> Answer:
    """Several questions in one message: the parts, and the union of what they say where it does not collide."""
    union: dict[str, object] = {}
    for part in parts:
        for key in Content.__slots__:
            value = getattr(part.content, key)
            if value is None:
                continue
            held = union.get(key)
            if held is None:
                union[key] = value
            elif isinstance(held, tuple):
                union[key] = tuple(dict.fromkeys((*held, *value)))
            elif held != value:
                union[key] = None
    outcomes = [part.outcome for part in parts]
    shown = [part.standings for part in parts if part.standings is not None]
    outcome = next(o for o in (Outcome.ANSWERED, Outcome.CLARIFY, Outcome.DECLINED) if o in outcomes)
    return Answer(
        question=question,
        outcome=outcome,
        about=_all_about(parts),
        content=Content(**union),  # type: ignore[arg-type]
        choices=tuple(choice for part in parts for choice in part.choices),
        parts=parts,
        query=parts[-1].query,
        standings=tuple(dict.fromkeys(chain.from_iterable(shown))) if shown else None,
    )


def _all_about(parts: tuple[Answer, ...]) -> About:
    named = {
        key: tuple(dict.fromkeys(chain.from_iterable(getattr(part.about, key) for part in parts)))
        for key in About.__slots__
    }
    return About(**named)


def _listed_targets(part: Answer, before: Memory, library: Library) -> tuple[EntryKey, ...]:
    """The targets that an answer lists, for 第二个; where one of a list was looked at, that list; of very many none."""
    targets = part.content.targets or ()
    last = before.turns[0] if before.turns else None
    if len(targets) == 1 and last:
        (one,) = targets
        if any((key.task, key.name) == (one.task, one.name) for key in last.targets):
            return last.targets
        if last.tasks == (one.task,):
            targets = tuple(target for _, target in library.targets if target.task == one.task)
    plan = library.plans[0].name
    return (
        tuple(EntryKey(EntryKind.TARGET, t.name, plan, t.task) for t in targets)
        if 1 < len(targets) <= _REMEMBERED
        else ()
    )


_REMEMBERED = 20
_NOTHING_SAID = {Why.UNREAD, Why.WHAT_ABOUT, Why.EMPTY, Why.NOTHING_BEFORE}
_SOCIAL = {Want.HELLO, Want.THANKS, Want.HELP}


_LEAVES_SUBJECT = {Why.NO_PROGRESS, Why.NOT_IN_PLAN, Why.NOT_STATED}
"""What was named is in the plan, and only what was asked of it is not."""


def _in_vain(part: Answer, plan: str | None) -> Turn:
    """A question that failed: what was asked, of what the plan has of it, and what was offered instead."""
    asked = part.query or Query(want=Want.SAYS)
    kept = asked if part.why in _LEAVES_SUBJECT else Query(want=asked.want, role=asked.role, phrases=asked.phrases)
    sought = str(part.detail.get("name", ""))
    return Turn(replace(kept, plan=plan), outcome=part.outcome, offers=part.choices, sought=sought)


def _remember(memory: Memory, answer: Answer, library: Library) -> Memory:
    """What the next turn may refine."""
    for part in answer.parts or (answer,):
        if part.why in _NOTHING_SAID or (part.query is not None and part.query.want in _SOCIAL):
            continue
        if part.outcome is not Outcome.ANSWERED or part.query is None:
            memory = memory.with_turn(_in_vain(part, _plan_of(library)))
            continue
        tasks = tuple(dict.fromkeys(part.content.tasks or ()))
        last = next((turn.tasks for turn in memory.spoken(names=False)), ())
        if len(part.query.ids) == 1 and part.query.ids[0] in last and len(last) > 1:
            tasks = last  # one of a list was looked at: 第二个 still means that list
        targets = _listed_targets(part, memory, library)
        memory = memory.with_turn(Turn(part.query, tasks, part.content.units or (), targets))
    return memory
