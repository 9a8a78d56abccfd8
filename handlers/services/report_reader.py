"""The reader of reports over the loaded plans, made once."""

from functools import lru_cache

from handlers.services.question_service import QuestionService
from knowledge.language.normalize import clean
from knowledge.plan.key import EntryKey
from knowledge.reports.merge import subject_of
from knowledge.reports.reader import UpdateReader
from knowledge.reports.subject_linker import DiscourseContext

_NAMED = 0.5
"""基站 is enough of 5G基站, 建设 of nothing."""


@lru_cache(maxsize=4)
def reader_of(question_service: QuestionService) -> UpdateReader:
    return UpdateReader(question_service.library)


def subject_called(question_service: QuestionService, words: str) -> EntryKey | None:
    """What the words name that can be reported on."""
    found = reader_of(question_service).subjects.names.find(clean(words)) if words else ()
    return subject_of(found[0].entry.key) if found and found[0].own >= _NAMED else None


def subjects_named(question_service: QuestionService, cleaned: str) -> tuple[EntryKey, ...]:
    """What a sentence names that can be reported on, whatever else it says; of a unit's name nothing is a subject."""
    subjects = reader_of(question_service).subjects
    text = subjects.without_bodies(subjects.respelled(cleaned))
    link = subjects.link(text, DiscourseContext())
    meant = () if link.one is None else (link.one,)
    full = [one for one in subjects.names.find(text) if one.full and one.surface in text and len(one.surface) > 2]
    apart = [one for one in full if not any({*one.places} & {*other.places} for other in meant)]
    return tuple(dict.fromkeys(subject_of(one.entry.key) for one in (*meant, *apart) if one.full or one.own >= _NAMED))
