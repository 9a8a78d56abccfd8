"""People who write to the bot and tap its buttons without a network between: updates in, the calls out."""

from collections.abc import Sequence
from dataclasses import dataclass

from reminder_harness import ReminderHarness
from sqlalchemy import select
from telegram import Update

from bot.telegram.incoming import read
from handlers.chat.outgoing import Call, Edit, Send, Toast
from handlers.routing.updates import handle
from handlers.services.clock import machine_now
from storage.outbox import Keyboard, OutboxRow
from storage.rich_text import plain_text

GROUP = -4100001


@dataclass(frozen=True)
class Shown:
    """A message of the bot: in an answer, or in the outbox."""

    text: str
    keyboard: Keyboard
    toast: str = ""
    calls: tuple[Call, ...] = ()

    @property
    def labels(self) -> list[str]:
        return [label for row in self.keyboard for label, _ in row]

    @property
    def head(self) -> str:
        return self.text.partition("\n")[0]

    def data(self, label: str) -> str:
        return next(data for row in self.keyboard for one, data in row if one == label)


@dataclass
class Chat:
    """`say` and `tap` are one update each, in a transaction of its own."""

    harness: ReminderHarness
    last: int = 0
    """The number of the message said last."""
    _number: int = 0

    def say(self, person: int, text: str, *, chat: int | None = None, edits: int | None = None) -> Shown:
        number = self.last = edits or self._next()
        message = self._message(person, chat or person, number) | {"text": text}
        if text.startswith("/"):
            length = len(text.split()[0])
            message["entities"] = [{"type": "bot_command", "offset": 0, "length": length}]
        elif text.startswith("@duban_bot"):
            message["entities"] = [{"type": "mention", "offset": 0, "length": len("@duban_bot")}]
        return self._handled({"edited_message" if edits else "message": message})

    def confirm(self, person: int, text: str) -> Shown:
        """Say what is to be changed, and confirm what is shown."""
        return self.tap(person, self.say(person, text), "确认")

    def tap(self, person: int, shown: Shown, label: str, *, chat: int | None = None) -> Shown:
        return self.tap_data(person, shown.data(label), chat=chat)

    def tap_data(self, person: int, data: str, *, chat: int | None = None) -> Shown:
        query = {
            "id": str(self._next()),
            "from": self._person(person),
            "chat_instance": "1",
            "data": data,
            "message": self._message(self.harness.services.me.id, chat or person, self._next()),
        }
        return self._handled({"callback_query": query})

    def told(self, person: int) -> tuple[Shown, ...]:
        """What the outbox holds for the person, in order."""
        with self.harness.database.read() as session:
            rows = session.scalars(select(OutboxRow).where(OutboxRow.chat_id == person).order_by(OutboxRow.id)).all()
        return tuple(Shown(plain_text(row.text), _keyboard(row.keyboard or [])) for row in rows)

    def _next(self) -> int:
        self._number += 1
        return self._number

    def _handled(self, content: dict[str, object]) -> Shown:
        update = read(Update.de_json({"update_id": self._next(), **content}), self.harness.services.me)
        assert update is not None
        with self.harness.database.write() as session:
            calls = handle(update, session, self.harness.services, now=machine_now())
        toast = next((call.text for call in calls if isinstance(call, Toast)), "")
        said = next((call for call in calls if isinstance(call, Send | Edit)), None)
        return Shown(plain_text(said.text) if said else "", said.keyboard if said else (), toast, calls)

    def _message(self, person: int, chat: int, number: int) -> dict[str, object]:
        kind = {"type": "supergroup", "title": "工作群"} if chat < 0 else {"type": "private", "first_name": str(chat)}
        return {
            "message_id": number,
            "date": int(machine_now().timestamp()),
            "from": self._person(person),
            "chat": {"id": chat, **kind},
        }

    def _person(self, person: int) -> dict[str, object]:
        return {"id": person, "is_bot": person == self.harness.services.me.id, "first_name": str(person)}


def _keyboard(stored: Sequence[Sequence[Sequence[str]]]) -> Keyboard:
    return tuple(tuple((label, data) for label, data in row) for row in stored)
