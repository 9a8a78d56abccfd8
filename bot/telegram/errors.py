"""What Telegram's answers and the network's errors say became of an attempt.

A message certainly did not go out where Telegram refused it or no connection was made. After that, without an answer,
its fate is unknown.
"""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta

from telegram.error import BadRequest, ChatMigrated, Forbidden, InvalidToken, NetworkError, RetryAfter

from bot.channel import (
    AccountError,
    AwayError,
    MessageGoneError,
    MovedError,
    NothingLeftError,
    ThrottledError,
    UndeliverableError,
)
from bot.telegram.incoming import address
from bot.telegram.transport import UnsentError
from storage.outbox import DeliveryReason

os.environ.setdefault("PTB_TIMEDELTA", "true")  # RetryAfter.retry_after as a timedelta, as it will be

_NOTHING_LEFT = ("message is not modified", "query is too old", "query id is invalid")
_GONE = ("message to edit not found", "message can't be edited", "message_id_invalid")
_REFUSALS = (
    ("deactivated", DeliveryReason.DEACTIVATED),
    ("can't initiate conversation", DeliveryReason.NOT_FOUND),
    ("chat not found", DeliveryReason.NOT_FOUND),
    ("peer_id_invalid", DeliveryReason.NOT_FOUND),
    ("not enough rights", DeliveryReason.BLOCKED),
    ("have no rights", DeliveryReason.BLOCKED),
    ("chat_write_forbidden", DeliveryReason.BLOCKED),
    ("too long", DeliveryReason.TOO_LONG),
)
"""Words of Telegram's descriptions; any other 403 says that the bot was blocked, kicked or restricted."""


@contextmanager
def translated() -> Iterator[None]:
    """Telegram's errors out of the block become a channel's."""
    try:
        yield
    except RetryAfter as error:
        raise ThrottledError(seconds_of(error)) from error
    except ChatMigrated as error:
        raise MovedError(address(error.new_chat_id)) from error
    except (Forbidden, BadRequest) as error:
        raise refusal(error) from error
    except InvalidToken as error:  # any 401 or 404
        raise AccountError from error
    except NetworkError as error:
        raise AwayError(type(error.__cause__ or error).__name__, unsent=isinstance(error, UnsentError)) from error


def refusal(error: BadRequest | Forbidden) -> UndeliverableError:
    said = error.message.lower()
    if any(words in said for words in _NOTHING_LEFT):
        return NothingLeftError(DeliveryReason.REFUSED)
    if any(words in said for words in _GONE):
        return MessageGoneError(DeliveryReason.REFUSED)
    otherwise = DeliveryReason.BLOCKED if isinstance(error, Forbidden) else DeliveryReason.REFUSED
    return UndeliverableError(next((reason for words, reason in _REFUSALS if words in said), otherwise))


def seconds_of(error: RetryAfter) -> float:
    """How long the server wants to be left alone, in its own seconds."""
    return timedelta.total_seconds(error.retry_after)  # type: ignore[arg-type]
