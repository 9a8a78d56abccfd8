"""A declined question read once more with a language model's help: what it is given, and what is offered of its choice.

Both happen long after the decline was said, each in a transaction of its own: the turn may have gone on meanwhile.
"""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.orm import Session

from handlers.chat.context import Context, Services
from handlers.chat.conversation import say
from handlers.chat.outgoing import Call
from handlers.chat.paging import BUTTONS
from handlers.questions.handler import answer, reply_to
from handlers.questions.texts_assisted import with_offer
from handlers.questions.unanswered_log import missed
from handlers.services.question_service import AnsweredQuestion
from knowledge.entities.choice import Choice
from knowledge.language.redaction import masked
from knowledge.questions.answer import Outcome
from knowledge.questions.context import QuestionContext
from knowledge.questions.dialogue.state import Memory
from knowledge.questions.model_choice import ChoiceList, choices_for, question_for
from storage.conversations import ConversationState
from storage.dialogs import StoredTurn, get_turn, is_shown
from storage.people import Account, find_member


@dataclass(frozen=True, slots=True, kw_only=True)
class Declined:
    """A turn whose answer still stands as it was said, and declines for want of understanding."""

    turn: StoredTurn
    context: Context
    answered: AnsweredQuestion


def choices_of(session: Session, services: Services, turn: int, *, now: datetime) -> ChoiceList | None:
    """What a model may choose from for a turn; None where it is not asked: red lines, groups, answers."""
    found = _declined(session, services, turn, now)
    said = masked(found.turn.question) if found else None
    return choices_for(said, _alone(found)) if found and said else None


def offer(
    session: Session, services: Services, turn: int, chosen: dict[str, str], choices: ChoiceList, *, now: datetime
) -> Call | None:
    """The decline shown anew with what was chosen as a button; None where nothing came of it."""
    found = _declined(session, services, turn, now)
    meant = question_for(chosen, choices, _alone(found)) if found else None
    if found is None or meant is None:
        return None
    context, question = found.context, found.turn
    asks = context.services.question_service.in_full(meant.message, found.answered.library, services.clock.today())
    reply = with_offer(reply_to(context, found.answered), Choice(meant.label, asks), most=BUTTONS)
    return say(context, reply, question=question.question, memory=question.memory_before, over=question.answer_id)


def _declined(session: Session, services: Services, number: int, now: datetime) -> Declined | None:
    turn = get_turn(session, number)
    if turn is None or turn.chat_id != turn.person_id or turn.question[:1] in {"", "/"} or not is_shown(session, turn):
        return None
    member = find_member(session, turn.person_id)
    account = Account(member.id, locked=member.locked) if member else None
    context = Context(
        session=session,
        services=services,
        chat=turn.chat_id,
        person=turn.person_id,
        group=False,
        message=turn.message_id,
        reply_to=None,
        digest=turn.message_digest,
        asked_at=turn.created_at,
        now=now,
        conversation=ConversationState(memory=turn.memory_before, prompted=False, account=account),
    )
    answered = answer(context, turn.question, turn.memory_before)
    if answered.answer.outcome is not Outcome.DECLINED or missed(answered.answer) is None:
        return None
    return Declined(turn=turn, context=context, answered=answered)


def _alone(found: Declined) -> QuestionContext:
    """A button's question needs nothing that was asked before."""
    return QuestionContext(found.answered.library, Memory(), None, found.context.services.clock.today())
