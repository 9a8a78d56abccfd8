"""Where words stand in the plan's text: every task and clause that holds them, counted, or whether any does."""

from collections.abc import Collection
from dataclasses import dataclass, replace

from knowledge.entities.library import Library
from knowledge.entities.phrases import FoundPhrase
from knowledge.plan.key import TaskKey
from knowledge.plan.text_index import TextKind, TextPlace
from knowledge.questions.answer import About, Answer, Content, Outcome
from knowledge.questions.answering.selection import Selection
from knowledge.questions.query import Query, Want

OF_TEXT = frozenset([Want.TASKS, Want.COUNT_TASKS, Want.HOLDS])
"""What is asked of words themselves; anything else is asked of the tasks that hold them."""

TARGETS_OF_TEXT = frozenset([Want.TARGETS, Want.COUNT_TARGETS])
"""What may be asked of targets that words are the names of."""


@dataclass(frozen=True, slots=True)
class PhraseDetail:
    """What the sentences need besides: `found` is of each phrase, `shown` the words of each place that hold them."""

    found: tuple[tuple[FoundPhrase, ...], ...]
    shown: tuple[tuple[TaskKey, tuple[str, ...]], ...]
    whole: bool
    """Whether the document itself was searched."""


def answer_phrases(query: Query, library: Library, *, question: str) -> Answer:
    """Every task and clause whose own text holds the phrases of the query; clauses only where they may be meant."""
    denied = query.want is Want.HOLDS and all(phrase.negated for phrase in query.phrases)
    asked = replace(query, phrases=tuple(replace(one, negated=False) for one in query.phrases)) if denied else query
    picked = Selection(asked, library)
    tasks = picked.selected()
    only_tasks = bool(query.terms) or any(phrase.negated for phrase in asked.phrases)
    within = picked.topic_owners() if picked.is_narrowed() else tuple(library.clauses)
    clauses = tuple(key for key in within if key in library.clauses and not only_tasks and picked.holds_phrases(key))
    sections = {library.tasks[key].section for key in tasks}
    number = len(sections) if query.by_section else len(tasks)
    content = Content(
        tasks=_ids(tasks, library),
        clauses=_ids(clauses, library) or None,
        count=number if query.want is Want.COUNT_TASKS else None,
        holds=bool(tasks or clauses) != denied if query.want is Want.HOLDS else None,
    )
    shown = tuple((key, _words_at(key, picked)) for key in (*tasks, *clauses))
    return Answer(
        question=question,
        outcome=Outcome.ANSWERED,
        query=asked,
        about=About(query.units, query.ids),
        content=content,
        detail={"phrases": PhraseDetail(picked.found, shown, library.text.whole)},
    )


def with_places(answer: Answer, library: Library) -> Answer:
    """An answer on targets that are named by words, with the tasks whose text holds these as well."""
    query = answer.query
    if query is None or not any(phrase.of_targets for phrase in query.phrases):
        return answer
    of_tasks = replace(query, phrases=tuple(replace(one, of_targets=False) for one in query.phrases))
    picked = Selection(of_tasks, library)
    tasks = None if answer.content.targets else _ids(picked.selected(), library)
    detail = {**answer.detail, "in_tasks": picked.selected()}
    return replace(answer, content=replace(answer.content, tasks=tasks), detail=detail)


def _ids(keys: tuple[TaskKey, ...], library: Library) -> tuple[str, ...]:
    return tuple(f"{key.plan}/{key.id}" if library.mixed else key.id for key in keys)


def _words_at(key: TaskKey, picked: Selection) -> tuple[str, ...]:
    stood = [word for found in picked.found for one in found for word in one.words]
    return words_around(stood, key, picked.library)


_SHOWN = 3


def words_around(stood: Collection[str], key: TaskKey, library: Library) -> tuple[str, ...]:
    """The shortest content words of a task or clause that hold what stood there: 农村道路 for 路."""
    kind = TextKind.CLAUSE if key in library.clauses else TextKind.TASK
    held = (
        word for word in library.text.words_at(TextPlace(kind, key.id)) if any(one in word.lower() for one in stood)
    )
    return tuple(sorted(held, key=len)[:_SHOWN])
