"""Orders that are told by what is said with them: 邀请市住建局的联络员 is one, 邀请领导讲话 is none."""

from collections.abc import Callable

from handlers.routing import texts_filled_orders as texts
from handlers.routing import texts_intents as names
from handlers.routing.slots import filled
from handlers.routing.utterance import Utterance
from knowledge.language.pattern import Sign

FILLED = (
    (names.INVITE, texts.INVITE, "/invite"),
    (names.MEETING, texts.MEETING, "/meeting"),
)
"""The order's name, the sign of it, and the command whose line must find something in the words."""


def filled_line(shown: Sign, line: str) -> Callable[[Utterance], str | None]:
    def found(said: Utterance) -> str | None:
        whole = filled(line, said) if shown.shows(said.cleaned) else line
        return whole if whole != line else None

    return found
