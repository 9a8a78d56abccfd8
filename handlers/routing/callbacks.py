"""A tap on a button: a page turned, a question asked, or a command done, once."""

import re
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta

import structlog
from sqlalchemy import ColumnElement, exists, select

from handlers.chat.context import Context
from handlers.chat.keyboard import OLD_VERSION, Tap, questions_of, screen
from handlers.chat.old_lines import current
from handlers.chat.outgoing import Call, Edit, Send, Toast
from handlers.chat.prompts import taken_prompt
from handlers.questions import texts_feedback
from handlers.questions.handler import answer, ask, has_thumbs, memory_after, reply_to
from handlers.questions.texts_declined import NONE_OF_THESE
from handlers.questions.unanswered_log import note_pick
from handlers.routing.commands import is_known
from handlers.routing.texts_prompts import is_same_matter, left
from handlers.texts import errors
from storage import audit
from storage.dialogs import StoredTurn, TurnRow, change_buttons, get_turn, open_turn

log = structlog.get_logger()

TURN_LIFE = timedelta(days=30)
"""How long the buttons of an answer work."""


RECEIVED = "/ack "
"""Such a button only says that the message was received: it leaves nothing that was asked, and may be tapped again."""


_TURNS_PAGE = re.compile(
    r"/(?:history .*page|missing|approve|people|outbox people|reminders page|fill \d+ page|remind days page|report page"
    r"|report task \S+) \d+"
)
"""Lines that show another page of what stands under the button: in its place."""

REPEAT = timedelta(minutes=10)
"""Within this time a second tap on a button that has changed something does nothing."""
DOUBLE_TAP = timedelta(seconds=5)
"""A second tap so soon was not meant: what only shows something is shown once."""


def tapped(
    context: Context, tap: Tap, *, query: str, message: int, command: Callable[[Context, str], Call]
) -> tuple[Call, ...]:
    """`query` is the tap's own id, `message` the one with the button; `command` does what a line like `/me` says."""
    turn = get_turn(context.session, tap.turn)
    if turn is None or turn.chat_id != context.chat or turn.created_at < context.now - TURN_LIFE:
        return (Toast(tap=query, text=errors.EXPIRED),)
    if tap.version == OLD_VERSION:
        turn = replace(turn, question=current(turn.question), buttons=tuple(map(current, turn.buttons)))
    if tap.page is not None and turn.question.startswith("/"):
        return Toast(tap=query), _over(message, command(replace(context, page=tap.page), turn.question))
    if tap.page is not None:
        return Toast(tap=query), _page(context, turn, tap.page, message)
    if tap.liked is not None and not context.group and turn.question:
        return _rated(context, turn, query, command, liked=tap.liked)
    if tap.button is None or tap.button >= len(turn.buttons):
        return (Toast(tap=query, text=errors.EXPIRED),)
    question = turn.buttons[tap.button]
    context = replace(context, tapped=message)
    if question.startswith("/"):
        return _tapped_command(context, question, turn, query, command)
    if _just_tapped(context, question, TurnRow.id > turn.id, within=DOUBLE_TAP):
        return (Toast(tap=query, text=errors.ALREADY_ANSWERED),)
    note_pick(context, turn.question, question)
    of_offers = question == NONE_OF_THESE
    memory = memory_after(context, turn) if of_offers or tap.version == OLD_VERSION else ""
    return Toast(tap=query), ask(_leaving(context, turn, question), question, memory=memory)


def _leaving(context: Context, turn: StoredTurn, line: str) -> Context:
    """A button elsewhere leaves what the bot has asked for, and its reply says so; 收到 leaves nothing."""
    prompt = None if line.startswith(RECEIVED) else taken_prompt(context)
    if prompt is None or prompt.turn == turn.id or is_same_matter(prompt.command, line):
        return context
    return replace(context, below=left(prompt.command))


def _page(context: Context, turn: StoredTurn, page: int, message: int) -> Edit:
    """A page of the turn's answer, with the buttons that it has by now."""
    answered = answer(context, turn.question, turn.memory_before)
    reply, thumbs = reply_to(context, answered), has_thumbs(context, answered)
    text, keyboard = screen(reply, turn=turn.id, page=page, thumbs=thumbs)
    change_buttons(context.session, turn, questions_of(reply))
    return Edit(chat=context.chat, message=message, text=text, keyboard=keyboard, turn=turn.id, thread=context.thread)


def _over(message: int, said: Call) -> Call:
    """The same words in the place of an earlier message."""
    if not isinstance(said, Send) or said.turn is None:
        return said
    return Edit(
        chat=said.chat, message=message, text=said.text, keyboard=said.keyboard, turn=said.turn, thread=said.thread
    )


def _tapped_command(
    context: Context,
    line: str,
    turn: StoredTurn,
    query: str,
    command: Callable[[Context, str], Call],
    *,
    rates: bool = False,
) -> tuple[Call, ...]:
    """A button that changes something is remembered with the message it stands under, so that two taps do it once.

    What changes something is audited or settles its card. What only shows something is shown again, and what asks for
    something to be typed asks for it again.
    """
    if not is_known(line):
        log.warning("a button with an unknown line was tapped", turn=turn.id)
        return (Toast(tap=query, text=errors.NO_SUCH_BUTTON),)
    spent, shown = f"turn {turn.id}", f"shown by turn {turn.id}"
    if not line.startswith(RECEIVED) and (
        _just_tapped(context, line, TurnRow.memory_before == spent)
        or _just_tapped(context, line, TurnRow.memory_before == shown, within=DOUBLE_TAP)
    ):
        return (Toast(tap=query, text=errors.ALREADY_ANSWERED),)
    audited = audit.count(context.session)
    said = command(_leaving(context, turn, line), line)
    changed = rates or isinstance(said, Edit) or audit.count(context.session) > audited
    forgotten = isinstance(said, Send) and said.turn is None  # who has just been forgotten leaves no turn behind
    if rates or not (context.asked_back or forgotten):
        open_turn(
            context.session,
            chat_id=context.chat,
            person_id=context.person,
            message_id=None,
            question=line,
            memory_before=spent if changed else shown,
            buttons=(),
            now=context.now,
        )
    if isinstance(said, Toast):
        return (replace(said, tap=query),)
    if context.tapped is not None and _TURNS_PAGE.fullmatch(line):
        said = _over(context.tapped, said)
    return Toast(tap=query), said


def _rated(
    context: Context, turn: StoredTurn, query: str, command: Callable[[Context, str], Call], *, liked: bool
) -> tuple[Call, ...]:
    """A thumb down counts once an answer, however late the second tap comes."""
    line = f"/dislike {turn.id}"
    if liked:
        return (Toast(tap=query, text=texts_feedback.THANKS),)
    if _just_tapped(context, line, TurnRow.memory_before == f"turn {turn.id}", within=TURN_LIFE):
        return (Toast(tap=query, text=texts_feedback.ALREADY),)
    return _tapped_command(context, line, turn, query, command, rates=True)


def _just_tapped(context: Context, question: str, under: ColumnElement[bool], *, within: timedelta = REPEAT) -> bool:
    """Whether a button has just asked the same: a double tap, or a second finger in a group."""
    same = exists().where(
        TurnRow.chat_id == context.chat,
        TurnRow.message_id.is_(None),
        TurnRow.question == question,
        TurnRow.created_at > context.now - within,
        under,
    )
    return bool(context.session.scalar(select(same)))
