"""Who may be written with over the page, and the numbers that stand for them."""

from collections.abc import Mapping
from dataclasses import dataclass

from storage.chats import Address, ChatKind

CHANNEL = "web"
FIRST_NUMBER = 1 << 52
"""Telegram's numbers have at most 52 bits."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Accounts:
    """Those of one page. The numbers of people are positive, and a private chat has its person's; a group's are
    negative."""

    bot: int
    username: str
    """By which the bot is named in groups."""
    people: Mapping[int, str]
    """Their names."""
    groups: Mapping[int, str]
    """Their titles; everybody is in all of them."""

    def has(self, chat: int) -> bool:
        return chat in self.people or chat in self.groups

    def may_write(self, person: int, chat: int) -> bool:
        return person in self.people and (chat == person or chat in self.groups)

    def kind(self, chat: int) -> ChatKind:
        return ChatKind.GROUP if chat in self.groups else ChatKind.PRIVATE


def address(account: int) -> Address:
    """The page's numbers, moved beyond those of Telegram, stand for its chats and people."""
    number = account + FIRST_NUMBER if account > 0 else account - FIRST_NUMBER
    return Address(number=number, channel=CHANNEL, outside=str(account))


def account_of(number: int) -> int:
    """What the page calls the chat of this number."""
    return number - FIRST_NUMBER if number > 0 else number + FIRST_NUMBER
