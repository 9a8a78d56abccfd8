"""What names an entry of a plan, whatever asks for it."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Key:
    """An entry of the plan by name, as a chat's memory keeps it."""

    kind: str
    plan: str
    owner: str
    name: str
