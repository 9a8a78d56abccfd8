"""What a handler wants said, fitted to what a channel can do: for every channel alike, and pure.

A channel that can do everything gets it as it stands. What cannot be edited is sent anew, a tap is answered by a
message, buttons are written out as what to reply (handlers.chat.numbered_replies), a file that cannot be sent is named,
and a text that is too long becomes several messages, of which the first hangs under the question and the last has the
buttons. What may not be sent unasked is no matter of its text: the outbox keeps it (bot.outbox).
"""

from collections.abc import Iterator
from dataclasses import replace
from typing import overload

from handlers.chat import texts_degradation as texts
from handlers.chat.capabilities import Capabilities
from handlers.chat.numbered_replies import reply_lines
from handlers.chat.outgoing import Document, Edit, Hand, Menu, Send, Toast
from handlers.chat.paging import stretches
from storage.rich_text import Text, joined, lines_of, plain_text

Deliverable = Send | Edit | Toast | Hand | Document | Menu


@overload
def degrade(call: Send, capabilities: Capabilities, *, chat: int) -> tuple[Send, ...]: ...
@overload
def degrade(call: Deliverable, capabilities: Capabilities, *, chat: int) -> tuple[Deliverable, ...]: ...
def degrade(call: Deliverable, capabilities: Capabilities, *, chat: int) -> tuple[Deliverable, ...]:
    """The calls to make for it, in order; none where a tap needs no answer. `chat` is where a tap is answered."""
    match call:
        case Toast() if not capabilities.toasts:
            return _pages(Send(chat=chat, text=call.text), capabilities) if call.text else ()
        case Hand() | Document() if not capabilities.files:
            return _pages(Send(chat=call.chat, text=texts.no_file(call.name)), capabilities)
        case Send() | Edit():
            return _message(call, capabilities)
    return (call,)


def _message(call: Send | Edit, capabilities: Capabilities) -> tuple[Send | Edit, ...]:
    if call.keyboard and not capabilities.buttons:
        call = replace(call, text=joined((call.text, *reply_lines(call.keyboard))), keyboard=())
    if isinstance(call, Send):
        return _pages(call, capabilities)
    if capabilities.edits and size(plain_text(call.text)) <= capabilities.message_bytes:
        return (call,)
    return _pages(call.anew(), capabilities)


def _pages(call: Send, capabilities: Capabilities) -> tuple[Send, ...]:
    """The message, or several for its text: the first answers the question, the last is what is kept of it."""
    if size(plain_text(call.text)) <= capabilities.message_bytes:
        return (call,)
    first, *between, last = _numbered(call.text, capabilities.message_bytes)
    return (
        replace(call, text=first, keyboard=(), turn=None),
        *(Send(chat=call.chat, text=page, thread=call.thread) for page in between),
        replace(call, text=last, reply_to=None, asked_at=None),
    )


def _numbered(text: Text, most: int) -> tuple[Text, ...]:
    """Pages of at most so many bytes, each with its number: the more there are, the longer are the numbers."""
    most_pages = 9
    while len(pages := tuple(_cut(text, most - size("\n" + texts.page_number(most_pages, most_pages))))) > most_pages:
        most_pages = 10 * most_pages + 9
    return tuple(joined((page, texts.page_number(number, len(pages)))) for number, page in enumerate(pages, 1))


def _cut(text: Text, most: int) -> Iterator[Text]:
    """Runs of its lines of at most so many bytes; a line that is longer by itself is cut."""
    page: list[Text] = []
    length = 0
    for row in lines_of(text):
        for piece in stretches(row, most, size):
            more = size(plain_text(piece)) + 1
            if page and length + more > most + 1:
                yield joined(page)
                page, length = [], 0
            page.append(piece)
            length += more
    yield joined(page)


def size(text: str) -> int:
    """In bytes of UTF-8."""
    return len(text.encode())
