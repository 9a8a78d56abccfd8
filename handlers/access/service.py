"""What the office has opened to whom."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Service:
    """What the office has opened: by default questions about the public plan, and nothing else."""

    internal: bool = False
    """Whether people can be bound, and see and report what is not public."""
    published: bool = False
    """Whether visitors see standings that were published."""


CLOSED = Service()
