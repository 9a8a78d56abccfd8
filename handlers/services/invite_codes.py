"""Invitation codes: shown to a person, and written nowhere.

A code made in chat follows from the bot's token and a random number, so that a stored reply holds the number only and
the link is filled in when it is sent. A code that comes in is replaced by its digest before the update is stored; the
digest is as long as the code, so that Telegram's offsets into the text stay right.
"""

import re
from base64 import urlsafe_b64encode
from collections.abc import Callable
from hashlib import sha256
from hmac import digest as keyed
from secrets import token_bytes
from typing import TypeVar

from storage.rich_text import RichText, Text, TextSpan, spans_of

T = TypeVar("T")

SLOT = "[[invitation-code]]"
"""Where a stored reply will hold the code,"""
LINK_SLOT = "[[invitation-link]]"
"""and where the link that leads with it to the bot."""

_CODE, _SEALED = "db1_", "db1#"
_ANY = re.compile(r"db1[_#][A-Za-z0-9_-]{43}")
_ONE_SEALED = re.compile(r"db1#[A-Za-z0-9_-]{43}")
_BROKEN = re.compile(r"\bdb1[_#]")
_LOOKS_LIKE_ONE = re.compile(r"(?<![\w-])(?=[A-Z-]*\d)(?=[\d-]*[A-Z])[A-Z\d]{3,8}(?:-[A-Z\d]{3,8}){1,4}(?![\w-])")
_SPOKEN_OF = re.compile("邀请|门票|码|贴|链接|绑定|进来|(?:发|给)(?:给|了|我){1,2}")


def with_code(text: str, code: str, link: str) -> str:
    """With the code and its link where the text has a place for them."""
    return text.replace(LINK_SLOT, link).replace(SLOT, code)


class Codes:
    """The codes of one bot."""

    def __init__(self, token: str) -> None:
        self._key = sha256(b"duban invitations " + token.encode()).digest()

    def make(self) -> tuple[str, str]:
        """A new (number to store in the reply, digest to store in the invitation)."""
        nonce = _text(token_bytes(16))
        return nonce, digest_of(self._code(nonce))

    def fill(self, text: Text, nonce: str, link_to: Callable[[str], str]) -> Text:
        """With the code, and with the link that `link_to` makes of it, where the text has a place for them."""
        code = self._code(nonce)
        spans = (TextSpan(with_code(span.text, code, link_to(code)), span.mark) for span in spans_of(text))
        return RichText(tuple(spans))

    def _code(self, nonce: str) -> str:
        return _CODE + _text(keyed(self._key, nonce.encode(), "sha256"))


def new_code() -> str:
    """A code for whoever shows it at once: 256 random bits, short enough for a deep link (64 characters)."""
    return _CODE + _text(token_bytes(32))


def digest_of(code: str) -> str:
    return _SEALED + _text(sha256(b"duban invitation " + code.encode()).digest())


def sealed(value: T) -> T:
    """JSON with every code in it replaced by its digest.

    What looks like a digest is digested too: nobody comes in by typing what the database holds.
    """
    if isinstance(value, str):
        return _ANY.sub(lambda found: digest_of(found[0]), value)  # type: ignore[return-value]
    if isinstance(value, dict):
        return {key: sealed(inner) for key, inner in value.items()}  # type: ignore[return-value]
    if isinstance(value, list | tuple):
        return [sealed(inner) for inner in value]  # type: ignore[return-value]
    return value


def sealed_code(text: str) -> str | None:
    """The digest that a stored message holds, if it holds one."""
    found = _ONE_SEALED.search(text)
    return found[0] if found else None


def is_no_code(text: str) -> bool:
    """Whether words show what was taken for a code and is none: one cut short, or K7M2-9QXD as what one was sent."""
    if _BROKEN.search(text):
        return True
    rest = _LOOKS_LIKE_ONE.sub("", text)
    return rest != text and (not rest.strip() or _SPOKEN_OF.search(rest) is not None)


def _text(octets: bytes) -> str:
    return urlsafe_b64encode(octets).decode().rstrip("=")
