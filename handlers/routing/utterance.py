"""What somebody says at once: cleaned once, and read at most once as what it may be."""

import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime
from functools import cache, cached_property, partial

from handlers.access.policy import Action, Actor, may
from handlers.access.responsibility import own_plan
from handlers.chat.context import Context
from handlers.questions.handler import subject_spoken_of
from handlers.reminders.personal import calendar_of
from handlers.reports.continuations import continued, goes_on, owed_subjects, spoken_of_lately, tells_of_nothing
from handlers.reports.drafts import open_card
from handlers.reports.proposal import last_subject, read_report
from handlers.routing.asked_subject import asked_subject
from handlers.routing.order_model import Likelihood, likelihoods
from handlers.routing.texts_likely_orders import REPORT
from handlers.routing.typed_buttons import line_of
from handlers.services.question_service import AnsweredQuestion, Asker, QuestionService
from handlers.services.report_reader import subjects_named
from knowledge.language.dates.reference import IsWorkday
from knowledge.language.dates.state_calendar import is_workday
from knowledge.language.normalize import clean
from knowledge.language.reminder_request import requests
from knowledge.plan.key import EntryKey
from knowledge.reminders.request import Wanted, wanted_reminder
from knowledge.reports.model import Understanding

_SLASH = r"[/／、\\]"
_COMMAND = re.compile(rf"(?:/|{_SLASH}{{1,3}} ?(?=[A-Za-z]))([A-Za-z0-9_]{{1,64}})(?:@[A-Za-z0-9_]+)?(?![\w/@<>])")
"""Of a Chinese keyboard the slash may be full-width, or 、."""
_LIKELY_REPORT = 0.5
_SLASHED_WORDS = re.compile(rf"{_SLASH}+\s*(?=[\u4e00-\u9fff])")


@dataclass(frozen=True, kw_only=True, eq=False)
class Utterance:
    """The words of one message, or of a part of it, with all that what they mean hangs on."""

    text: str
    """As it was typed, without the bot's name."""
    question_service: QuestionService
    now: datetime
    """Plan time."""
    actor: Actor
    prompt: str = ""
    """What the bot has asked to be typed, as the command that it completes; empty where it has asked for nothing."""
    card: Callable[[], str | None] = lambda: None
    """How the lines begin that the buttons of the open card send."""
    last: Callable[[], EntryKey | None] = lambda: None
    """What 说错了 corrects."""
    asked_about: Callable[[], EntryKey | None] = lambda: None
    """Of what a figure is asked for."""
    spoken_of: Callable[[], EntryKey | None] = lambda: None
    """The one thing that the speaker's last question was about."""
    lately: Callable[[], tuple[EntryKey, ...]] = tuple
    """What was reported or asked about not long ago."""
    owed: Callable[[], tuple[EntryKey, ...]] = tuple
    """What the speaker's unit is still to report."""
    is_workday: IsWorkday = is_workday

    @cached_property
    def cleaned(self) -> str:
        return clean(self.text)

    @cached_property
    def word(self) -> str:
        """Without what ends a sentence."""
        return self.cleaned.strip("。.!！,，~ ")

    @cached_property
    def command(self) -> tuple[str, str] | None:
        return command_in(self.text)

    @cached_property
    def button(self) -> str | None:
        """The line that a button sends whose name this is."""
        return line_of(self.word, self.card)

    @cached_property
    def parts(self) -> tuple["Utterance", ...]:
        """Each request by itself: what it asks to be reminded of, and what it says besides; nearly always one."""
        found = requests(self.text, self.cleaned, self.now.date())
        return tuple(replace(self, text=one.said) for one in found) if len(found) > 1 else (self,)

    @cached_property
    def plan(self) -> str:
        """The plan that the speaker is spoken to of."""
        return own_plan(self.actor, self.question_service.library)

    @cached_property
    def reminder(self) -> Wanted | None:
        """As a request to be reminded."""
        return wanted_reminder(self.cleaned, self.now, self.is_workday)

    @cached_property
    def report(self) -> Understanding:
        """As a report; what names nothing, and goes on or is likely one, is of what was spoken of or is owed."""
        read = self._read(self.text)
        how = goes_on(read, self.cleaned)
        if self.prompt or not (self.actor.private and may(self.actor, Action.REPORT)):
            return read
        if how is None and not (tells_of_nothing(read, self.cleaned) and self._is_likely_report):
            return read
        return continued(self.text, read, how, self._read, self.lately, self.owed)

    def _read(self, text: str) -> Understanding:
        return read_report(text, self.question_service, self.actor, self.now.date(), self.last)

    @property
    def _is_likely_report(self) -> bool:
        """Of what the words name nothing can be reported on."""
        first = self.likelihoods[0]
        likely = first.label == REPORT and first.probability >= _LIKELY_REPORT
        return likely and not subjects_named(self.question_service, self.cleaned)

    @cached_property
    def likelihoods(self) -> tuple[Likelihood, ...]:
        """As an order of the house, a question, a report or none of these; the likeliest first."""
        return likelihoods(self.cleaned, self.question_service.library.vocabulary)

    @cached_property
    def question(self) -> AnsweredQuestion:
        """As a question of anybody's, after nothing."""
        asker = Asker(self.now.date())
        return self.question_service.ask(self.text, memory="", asker=asker, cleaned=self.cleaned)


def command_in(text: str) -> tuple[str, str] | None:
    """(name, what follows) of what begins with a command."""
    found = _COMMAND.match(text)
    return (found[1].lower(), text[found.end() :].strip()) if found else None


def without_slash(text: str) -> str:
    """/帮助 and ／谁没报 are what is said without it."""
    found = _SLASHED_WORDS.match(text)
    return text[found.end() :] if found else text


def utterance_of(context: Context, text: str, prompt: str = "") -> Utterance:
    """What is said in a chat."""
    asked_about = cache(partial(asked_subject, context, prompt))
    return Utterance(
        text=text,
        question_service=context.services.question_service,
        now=context.services.clock.now(),
        actor=context.actor,
        prompt=prompt,
        card=partial(open_card, context),
        last=lambda: asked_about() or last_subject(context, text),
        asked_about=asked_about,
        lately=partial(spoken_of_lately, context),
        owed=partial(owed_subjects, context),
        spoken_of=lambda: subject_spoken_of(context.memory, context.library),
        is_workday=calendar_of(context),
    )
