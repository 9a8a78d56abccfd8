"""Whether words are surely something else than what the bot has asked to be typed; when in doubt they answer it."""

import re
from collections.abc import Callable

from handlers.access.policy import Action, may
from handlers.routing.texts_prompts import ASKS_BACK, is_free
from handlers.routing.utterance import Utterance
from handlers.services.unit_lookup import units_named
from knowledge.questions.answer import Outcome, Why
from knowledge.reports.model import UpdateKind, UpdateOutcome
from knowledge.reports.speech_acts import QUESTION

_DIRECTS = re.compile("请(?!问)|要求|务必|必须|尽快|重新|不得|切勿")
"""In words that others are to read."""
_WONDERS = re.compile("为什么|为何|怎么|咋|不对|不符|有误")
_OF_NAMES = re.compile(r"/invite\b")
_LONGEST_NAME = 10
"""What is longer is a sentence, unless it holds a name that is known."""


def surely(score: Callable[[Utterance], int]) -> Callable[[Utterance], bool]:
    """Where anything at all speaks for it, but for words that tell others what to do."""
    return lambda said: score(said) > 0 and not _DIRECTS.search(said.cleaned)


def is_no_name(said: Utterance) -> bool:
    """Of words where names are asked for: whether they are a sentence that names no unit and no section."""
    if not _OF_NAMES.match(said.prompt) or len(said.word) <= _LONGEST_NAME:
        return False
    named = units_named(said.question_service, said.plan, said.cleaned)
    return not named and not any(part.isdecimal() for part in re.split(r"[\s、,，;；]+", said.cleaned))


def is_plain_question(said: Utterance) -> bool:
    """Where any words may be typed, only one that is answered, and that tells nobody what to do."""
    if not QUESTION.shows(said.cleaned):
        return False
    answer = said.question.answer
    understood = answer.outcome is Outcome.ANSWERED or answer.why is Why.NO_PROGRESS  # 谁没报 is not for anybody
    understood |= ASKS_BACK.shows(said.cleaned)
    if is_free(said.prompt):
        return understood and not _DIRECTS.search(said.cleaned)
    return understood or answer.outcome is Outcome.CLARIFY


def is_objection(said: Utterance) -> bool:
    """重新报, 为什么比上月少了: what is to be done over or explained is a reason, though it sounds like an order."""
    return _DIRECTS.search(said.cleaned) is not None or _WONDERS.search(said.cleaned) is not None


def is_plain_report(said: Utterance) -> bool:
    """Of something else than what is asked for."""
    if said.report.outcome is not UpdateOutcome.UNDERSTOOD or not may(said.actor, Action.REPORT):
        return False
    asked = said.asked_about()
    return any(update.kind is not UpdateKind.NOTE and update.subject != asked for update in said.report.updates)


def is_plain_reminder(said: Utterance) -> bool:
    """提醒我下周一 alone may answer the question when."""
    return said.reminder is not None and bool(said.reminder.what or said.reminder.when is None)
