"""What a channel can do, as a value: by this a message is fitted to it."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Capabilities:
    message_bytes: int
    """How long a message may be, in bytes of UTF-8 without marks; at least 100."""
    buttons: bool
    edits: bool
    """Whether a message that was sent can become another."""
    toasts: bool
    """Whether a tap can be answered by itself, without a message."""
    files: bool
    proactive: bool
    """Whether something may be sent to who has not just written; otherwise it waits until they do."""
