"""What no plan settles: a person's own matter, a complaint, an enterprise's wish."""

from handlers.chat.context import Context
from handlers.chat.conversation import say
from handlers.chat.outgoing import Call
from handlers.questions.texts_personal_matters import COMPLAINT, ENTERPRISE, OWN, personal_matter
from knowledge.questions.answer import Answer, Outcome

_MOST = 2
"""Of more tasks none comes near."""


def is_complaint(cleaned: str) -> bool:
    """Of a unit, or an enterprise's wish: whoever says it."""
    return COMPLAINT.shows(cleaned) or ENTERPRISE.shows(cleaned)


def is_personal_matter(cleaned: str) -> bool:
    return is_complaint(cleaned) or OWN.shows(cleaned)


def show_whom_to_call(context: Context, cleaned: str, answer: Answer, *, complains: bool = False) -> Call:
    """`answer` is what the plan says to the words; `complains`: they do, though no sign shows it."""
    enterprise, complains = ENTERPRISE.shows(cleaned), complains or COMPLAINT.shows(cleaned)
    near = () if enterprise or complains else _near(context, answer)
    telephone = context.services.service.telephone
    return say(context, personal_matter(telephone, near, enterprise=enterprise, complains=complains))


def _near(context: Context, answer: Answer) -> tuple[tuple[str, str], ...]:
    """The tasks that the words name, where they do so as they are said."""
    if answer.outcome is not Outcome.ANSWERED or any(one.said != one.meant for one in answer.heard):
        return ()
    numbers = set(answer.about.tasks or answer.content.tasks or ())
    found = tuple((task.id, task.title) for (_, task) in context.library.tasks.items() if task.id in numbers)
    return found if len(found) <= _MOST else ()
