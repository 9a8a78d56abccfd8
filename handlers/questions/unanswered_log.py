"""Noting what was not understood, for the office's list; and which answers people may call good or bad."""

from handlers.chat.context import Context
from knowledge.language.redaction import kept
from knowledge.questions.answer import Answer, Outcome, Why
from knowledge.questions.query import Want
from storage.unanswered import add_note, count_miss, note_picked

_NOTED = {
    Why.UNREAD,
    Why.NOT_IN_PLAN,
    Why.NOT_IN_TASKS,
    Why.ONLY_MENTIONED,
    Why.NO_SUCH_FIGURE,
    Why.NO_SUCH_UNIT,
    Why.WHICH_UNIT,
    Why.WHICH_TOPIC,
    Why.WHAT_ABOUT,
}
_SOCIAL = {Want.HELLO, Want.THANKS, Want.HELP}


def note_missed(context: Context, question: str, answer: Answer) -> None:
    """Count the question, if some part of it was declined or asked back for want of understanding."""
    if why := missed(answer):
        note_miss(context, question, why.value)


def missed(answer: Answer) -> Why | None:
    """Why the first part that was not understood was not; None where all was."""
    parts = answer.parts or (answer,)
    return next((one.why for one in parts if one.outcome is not Outcome.ANSWERED and one.why in _NOTED), None)


def note_miss(context: Context, question: str, why: str) -> bool:
    """Count the sentence; False where it may not be kept."""
    text = kept(question)
    if text is None:
        return False
    count_miss(context.session, plan=_plan(context), text=text, why=why, day=context.services.clock.today())
    return True


def note_more(context: Context, question: str, why: str, said: str) -> bool:
    """Add what the person said to a miss that was counted; False where it may not be kept."""
    text, note = kept(question), kept(said)
    if text is None or note is None:
        return False
    add_note(context.session, plan=_plan(context), text=text, why=why, note=note)
    return True


def note_pick(context: Context, question: str, picked: str) -> None:
    """Keep which of the offers was meant, if the question was a miss: the office may make a name of it."""
    if (text := kept(question)) is not None:
        note_picked(context.session, text=text, picked=picked)


def can_be_rated(answer: Answer) -> bool:
    """Whether something was asked and answered; a greeting, a help or a refusal has no thumbs under it."""
    return any(
        part.outcome is Outcome.ANSWERED and part.query is not None and part.query.want not in _SOCIAL
        for part in answer.parts or (answer,)
    )


def _plan(context: Context) -> str:
    return context.library.plans[0].name
