"""What the office has opened to whom, and what it says of itself."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Service:
    """What the office has opened: by default questions about the public plan, and nothing else."""

    internal: bool = False
    """Whether people can be bound, and see and report what is not public."""
    published: bool = False
    """Whether visitors see standings that were published."""
    filing: str = ""
    """The number under which it is filed (备案编号), shown in 关于; empty where there is none yet."""
    approval: str = ""
    """What it rests on."""
    telephone: str = ""
    """The office's own, for enterprises and visitors; empty where it gives none."""


CLOSED = Service()
