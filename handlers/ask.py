"""One question, answered: what chat, command line and tests share."""

from dataclasses import dataclass
from datetime import date
from html import escape

from handlers.reply import Reply


@dataclass(frozen=True, slots=True)
class Asker:
    """Who asks: the asker's own unit (None for a visitor) and the day that counts as today."""

    today: date
    unit: str | None = None


@dataclass(frozen=True, slots=True)
class Asked:
    reply: Reply
    memory: str
    """What the next turn of this chat refines; opaque JSON text, at most a few kilobytes."""


class AskDesk:
    """Answers questions over a set of loaded plans; immutable, safe to share between threads."""

    def ask(self, question: str, *, memory: str, asker: Asker) -> Asked:
        """Answer one message; `memory` is what the chat's last turn returned, or "" for a new chat."""
        return Asked(Reply(head=f"<b>{escape(question)}</b>"), memory)


def open_desk(plan: str | None = None) -> AskDesk:
    """Load the plans (`plan` as the command line's --plan; None is the shipped one). Slow (a second): call once."""
    return AskDesk()
