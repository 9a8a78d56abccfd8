"""The reader of reports over the loaded plans, made once."""

from functools import lru_cache

from handlers.services.question_service import QuestionService
from knowledge.reports.reader import UpdateReader


@lru_cache(maxsize=4)
def reader_of(question_service: QuestionService) -> UpdateReader:
    return UpdateReader(question_service.library)
