"""A turn of a conversation: a question answered, its answer's buttons, and a later edit of the question.

A turn's row keeps the question and the memory before it, not the answer: asked again they give the same answer, so a
page is turned, and a button answered, by asking again.
"""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta

from sqlalchemy import exists, select

from handlers.access.policy import Actor, actor_of
from handlers.chat.context import Place
from handlers.chat.keyboard import BUTTONS, Tap, screen
from handlers.chat.outgoing import Call, Edit, Send, Toast
from handlers.progress.standings import charge_of, progress_for
from handlers.questions import texts_feedback
from handlers.questions.unanswered_log import can_be_rated, note_missed
from handlers.services.question_service import Asked, Asker
from handlers.texts import errors, groups
from handlers.texts.reply import Reply
from knowledge.questions.answer import Why
from storage.dialogs import Turn, TurnRow, get_turn, load_memory, open_turn, save_memory
from storage.people import Role

MEMORY_LIFE = timedelta(hours=12)
"""How long after an answer a follow-up still refines it."""
TURN_LIFE = timedelta(days=30)
"""How long the buttons of an answer work."""
IN_THE_TOAST = "/ack "
"""What such a button says goes into the answer to the tap, and into no message."""
REPEAT = timedelta(minutes=10)
"""Within this time a second tap on the same button does not answer again."""


def ask(place: Place, question: str, *, memory: str | None = None, over: int | None = None) -> Call:
    """Answer a question, after `memory` (default: the person's own); `over` is the message to put the answer into."""
    if memory is None:
        memory = load_memory(place.session, chat_id=place.chat, person_id=place.person, now=place.now)
    asked = _ask(place, question, memory)
    _remember(place, asked.memory)
    note_missed(place, question, asked.answer)
    return say(place, asked.reply, question=question, memory=memory, over=over, thumbs=_thumbs(place, asked))


def say(
    place: Place,
    reply: Reply,
    *,
    question: str = "",
    memory: str = "",
    over: int | None = None,
    thumbs: bool = False,
) -> Call:
    """Open a turn with this reply; without a question or a command to repeat the turn only has buttons."""
    turn = open_turn(
        place.session,
        chat_id=place.chat,
        person_id=place.person,
        message_id=place.message,
        question=question or place.line,
        memory_before=memory,
        buttons=[button.question for button in reply.buttons[:BUTTONS]],
        now=place.now,
        answer_id=over,
        message_digest=place.digest,
    )
    html, keyboard = screen(reply, turn=turn, page=place.page, thumbs=thumbs)
    if over is not None:
        return Edit(chat=place.chat, message=over, html=html, keyboard=keyboard, turn=turn, thread=place.thread)
    return Send(
        chat=place.chat,
        html=html,
        asked_at=place.asked_at,
        keyboard=keyboard,
        reply_to=place.reply_to,
        thread=place.thread,
        turn=turn,
    )


def ask_again(place: Place, question: str, turn: Turn) -> tuple[Call, ...]:
    """The question's message was edited: its answer is edited, and what came after it stays as it was."""
    if question == turn.question:
        return ()
    present = load_memory(place.session, chat_id=place.chat, person_id=place.person, now=place.now)
    was_last = present == _memory_after(place, turn)
    call = ask(place, question, memory=turn.memory_before, over=turn.answer_id)
    if not was_last:
        _remember(place, present)
    return (call,)


def tapped(
    place: Place, tap: Tap, *, query: str, message: int, command: Callable[[Place, str], Call]
) -> tuple[Call, ...]:
    """`query` is the tap's own id, `message` the one with the button; `command` does what a line like `/me` says."""
    turn = get_turn(place.session, tap.turn)
    if turn is None or turn.chat_id != place.chat or turn.created_at < place.now - TURN_LIFE:
        return (Toast(tap=query, text=errors.EXPIRED),)
    if tap.page is not None and turn.question.startswith("/"):
        return Toast(tap=query), _over(message, command(replace(place, page=tap.page), turn.question))
    if tap.page is not None:
        asked = _ask(place, turn.question, turn.memory_before)
        html, keyboard = screen(asked.reply, turn=turn.id, page=tap.page, thumbs=_thumbs(place, asked))
        shown = Edit(chat=place.chat, message=message, html=html, keyboard=keyboard, turn=turn.id, thread=place.thread)
        return Toast(tap=query), shown
    if tap.liked is not None and not place.group and turn.question:
        return _rated(place, turn, query, command, liked=tap.liked)
    if tap.button is None or tap.button >= len(turn.buttons):
        return (Toast(tap=query, text=errors.EXPIRED),)
    question = turn.buttons[tap.button]
    if question.startswith("/"):
        return _tapped_command(place, question, turn, query, command)
    memory = _memory_after(place, turn)
    if _just_tapped(place, question, memory):
        return (Toast(tap=query, text=errors.ALREADY_ANSWERED),)
    return Toast(tap=query), ask(place, question, memory=memory)


def _over(message: int, said: Call) -> Call:
    """The same words in the place of an earlier message."""
    if not isinstance(said, Send) or said.turn is None:
        return said
    return Edit(
        chat=said.chat, message=message, html=said.html, keyboard=said.keyboard, turn=said.turn, thread=said.thread
    )


def _tapped_command(
    place: Place, line: str, turn: Turn, query: str, command: Callable[[Place, str], Call]
) -> tuple[Call, ...]:
    """A button that does something is remembered with the message it stands under, so that two taps do it once.

    What is answered in the toast alone says itself that it was done before.
    """
    under = f"turn {turn.id}"
    if _just_tapped(place, line, under) and not line.startswith(IN_THE_TOAST):
        return (Toast(tap=query, text=errors.ALREADY_ANSWERED),)
    open_turn(
        place.session,
        chat_id=place.chat,
        person_id=place.person,
        message_id=None,
        question=line,
        memory_before=under,
        buttons=(),
        now=place.now,
    )
    said = command(place, line)
    return (replace(said, tap=query),) if isinstance(said, Toast) else (Toast(tap=query), said)


def _rated(
    place: Place, turn: Turn, query: str, command: Callable[[Place, str], Call], *, liked: bool
) -> tuple[Call, ...]:
    """A thumb down counts once an answer, however late the second tap comes."""
    line, under = f"/dislike {turn.id}", f"turn {turn.id}"
    if liked:
        return (Toast(tap=query, text=texts_feedback.THANKS),)
    if _just_tapped(place, line, under, within=TURN_LIFE):
        return (Toast(tap=query, text=texts_feedback.ALREADY),)
    return _tapped_command(place, line, turn, query, command)


def _just_tapped(place: Place, question: str, memory: str, *, within: timedelta = REPEAT) -> bool:
    """Whether a button has just asked the same after the same: a double tap, or a second finger in a group."""
    same = exists().where(
        TurnRow.chat_id == place.chat,
        TurnRow.message_id.is_(None),
        TurnRow.question == question,
        TurnRow.memory_before == memory,
        TurnRow.created_at > place.now - within,
    )
    return bool(place.session.scalar(select(same)))


def _ask(place: Place, question: str, memory: str) -> Asked:
    actor, desk = actor_of(place), place.house.desk
    asker = Asker(
        place.house.clock.today(), _own_unit(actor), charge_of(actor, desk.library), progress_for(place, actor)
    )
    asked = desk.ask(question, memory=memory, asker=asker)
    if place.group and asked.answer.why in {Why.NO_PROGRESS, Why.REPORT}:
        return replace(asked, reply=replace(asked.reply, head=groups.NOT_HERE, blocks=()))
    return asked


def _thumbs(place: Place, asked: Asked) -> bool:
    return not place.group and can_be_rated(asked.answer)


def _own_unit(actor: Actor) -> str | None:
    """What 我们局 means; in a group nobody is told whose unit that is. A leader is in charge of units, not in one."""
    if not actor.private:
        return None
    return next((grant.unit for grant in actor.grants if grant.unit and grant.role is not Role.LEADER), None)


def _memory_after(place: Place, turn: Turn) -> str:
    asked = turn.question and not turn.question.startswith("/")
    return _ask(place, turn.question, turn.memory_before).memory if asked else turn.memory_before


def _remember(place: Place, memory: str) -> None:
    save_memory(
        place.session,
        chat_id=place.chat,
        person_id=place.person,
        memory=memory,
        expires_at=place.now + MEMORY_LIFE,
    )
