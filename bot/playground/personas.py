"""Who takes part in the playground, read from `personas.yaml`."""

from dataclasses import dataclass
from functools import cache
from pathlib import Path

import yaml

from handlers.services.json_input import Json


@dataclass(frozen=True, slots=True)
class Persona:
    """A person or a group of the playground; `mark` is the one character of its picture.

    A person with a `role` is bound to it from the start, for the unit (or a project in its name), the sections or
    else the whole plan.
    """

    id: int
    name: str
    about: str
    mark: str
    role: str | None = None
    unit: str | None = None
    sections: tuple[int, ...] = ()
    project: str | None = None


@dataclass(frozen=True, slots=True)
class Cast:
    bot_id: int
    bot_name: str
    bot_username: str
    people: dict[int, Persona]
    others: dict[int, Persona]
    """People in the county's other roles: they can be chosen, and are in no group."""
    groups: dict[int, Persona]
    samples: dict[str, list[str]]
    """What an empty chat offers to tap: by role, `private` for people without one, and `group`."""
    forwarded_from: str
    forwarded_text: str

    @property
    def everyone(self) -> dict[int, Persona]:
        return self.others | self.people

    def user(self, user_id: int) -> Json:
        """The Bot API's User of a person or of the bot."""
        if user_id == self.bot_id:
            return {"id": user_id, "is_bot": True, "first_name": self.bot_name, "username": self.bot_username}
        return {
            "id": user_id,
            "is_bot": False,
            "first_name": self.everyone[user_id].name,
            "language_code": "zh-hans",
        }

    def chat(self, chat_id: int) -> Json:
        """The Bot API's Chat: a person's private chat with the bot has the person's id."""
        if chat_id in self.groups:
            return {"id": chat_id, "type": "group", "title": self.groups[chat_id].name}
        return {"id": chat_id, "type": "private", "first_name": self.everyone[chat_id].name}


@cache
def load_cast() -> Cast:
    """As it is shipped; read once."""
    read = yaml.safe_load((Path(__file__).parent / "personas.yaml").read_text(encoding="utf-8"))
    return Cast(
        bot_id=read["bot"]["id"],
        bot_name=read["bot"]["name"],
        bot_username=read["bot"]["username"],
        people={one["id"]: Persona(**one) for one in read["people"]},
        others={one["id"]: Persona(**one) for one in read["others"]},
        groups={one["id"]: Persona(**one) for one in read["groups"]},
        samples=read["samples"],
        forwarded_from=read["forwarded"]["from"],
        forwarded_text=read["forwarded"]["text"],
    )
