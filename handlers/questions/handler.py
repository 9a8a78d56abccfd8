"""A question in chat: answered, remembered for the next, and answered anew when it is edited."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta

from handlers.access.policy import IN_CHARGE, Actor
from handlers.chat.context import Context
from handlers.chat.conversation import say
from handlers.chat.outgoing import Call
from handlers.chat.paging import BUTTONS
from handlers.progress.standings import charge_of, progress_for
from handlers.questions import texts_declined
from handlers.questions.texts import render
from handlers.questions.unanswered_log import can_be_rated, note_missed
from handlers.services.question_service import AnsweredQuestion, Asker
from handlers.texts.reply import Button, Reply
from knowledge.entities.library import Library
from knowledge.plan.key import EntryKey, EntryKind
from knowledge.questions.answer import Answer, Outcome, Why
from knowledge.questions.answering.scope import scope_of
from knowledge.questions.dialogue.state import load_memory
from storage.dialogs import StoredTurn

MEMORY_LIFE = timedelta(hours=12)
"""How long after an answer a follow-up still refines it."""


def ask(
    context: Context,
    question: str,
    *,
    memory: str | None = None,
    over: int | None = None,
    cleaned: str | None = None,
    unread: Callable[[Answer, Reply], Reply] = lambda _, reply: reply,
) -> Call:
    """Answer a question, after `memory` (default: the person's own); `over` is the message to put the answer into.

    `cleaned` is the question as `clean` leaves it, where that is done already; `unread` adds to the reply to what was
    not answered.
    """
    if memory is None:
        memory = context.memory
    answered = answer(context, question, memory, cleaned=cleaned)
    context.remember(answered.memory, expires_at=context.now + MEMORY_LIFE)
    note_missed(context, question, answered.answer)
    reply, thumbs = reply_to(context, answered), has_thumbs(context, answered)
    if not context.group and answered.answer.outcome is not Outcome.ANSWERED:
        reply = unread(answered.answer, reply)
    return say(context, reply, question=question, memory=memory, over=over, thumbs=thumbs)


def ask_again(context: Context, question: str, turn: StoredTurn, *, cleaned: str | None = None) -> tuple[Call, ...]:
    """The question's message was edited: its answer is edited, and what came after it stays as it was."""
    if question == turn.question:
        return ()
    present = context.memory
    was_last = present == memory_after(context, turn)
    call = ask(context, question, memory=turn.memory_before, over=turn.answer_id, cleaned=cleaned)
    if not was_last:
        context.remember(present, expires_at=context.now + MEMORY_LIFE)
    return (call,)


def answer(context: Context, question: str, memory: str, *, cleaned: str | None = None) -> AnsweredQuestion:
    """Answer a question after `memory`, and leave nothing behind."""
    actor, question_service = context.actor, context.services.question_service
    asker = Asker(
        context.services.clock.today(),
        _own_unit(actor),
        charge_of(actor, question_service.library),
        progress_for(context, actor),
    )
    return question_service.ask(question, memory=memory, asker=asker, cleaned=cleaned)


def reply_to(context: Context, answered: AnsweredQuestion) -> Reply:
    """An answer's sentences; in a group those on progress are kept for private chats."""
    reply = render(answered.answer, answered.library)
    buttons = tuple(_in_full(context, one, answered.library) for one in reply.buttons)
    opens = {place: _in_full(context, one, answered.library) for place, one in reply.opens.items()}
    if answered.answer.choices and answered.answer.outcome is not Outcome.ANSWERED:
        none = texts_declined.NONE_OF_THESE
        buttons = (*buttons[: BUTTONS - 1], Button(none, none))
    reply = replace(reply, buttons=buttons, opens=opens)
    if context.group and answered.answer.why in {Why.NO_PROGRESS, Why.REPORT}:
        return replace(reply, head=texts_declined.not_here(context.services.me.link), blocks=())
    return reply


def _in_full(context: Context, button: Button, library: Library) -> Button:
    """The button with words that mean the plan which was asked about; a command is as it is."""
    if button.question.startswith("/"):
        return button
    said = context.services.question_service.in_full(button.question, library, context.services.clock.today())
    return replace(button, question=said)


def has_thumbs(context: Context, answered: AnsweredQuestion) -> bool:
    """Whether the answer can be called good or bad."""
    return not context.group and can_be_rated(answered.answer)


def _own_unit(actor: Actor) -> str | None:
    """What 我们局 means; in a group nobody is told whose unit that is. A leader is in charge of units, not in one."""
    if not actor.private:
        return None
    return next((grant.unit for grant in actor.grants if grant.unit and grant.role not in IN_CHARGE), None)


def memory_after(context: Context, turn: StoredTurn) -> str:
    """What a turn left to be refined."""
    asked = turn.question and not turn.question.startswith("/")
    return answer(context, turn.question, turn.memory_before).memory if asked else turn.memory_before


def subject_spoken_of(memory: str, library: Library) -> EntryKey | None:
    """The one thing that the last question was about; None where that was none, or several."""
    turn = next(iter(load_memory(memory).turns), None)
    if turn is None or not turn.query.has_subject:
        return None
    scope = scope_of(turn.query, library)
    targets = [EntryKey(EntryKind.TARGET, one.name, plan, one.task) for plan, one in scope.targets]
    found = (*targets, *scope.subjects)
    return found[0] if len(found) == 1 else None
