"""What may be sent instead of a message that cannot be understood, as a value."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Choice:
    """A way out of a message that is unclear or cannot be answered: `message`, sent, is understood."""

    label: str
    message: str
