"""What is said to the database while something is done."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import Engine, event


@dataclass(frozen=True, slots=True)
class Said:
    """Statements in order, and what they were given."""

    statements: list[str] = field(default_factory=list)
    values: list[Any] = field(default_factory=list)

    @property
    def selects(self) -> list[str]:
        return [statement for statement in self.statements if statement.lstrip().upper().startswith("SELECT")]


@contextmanager
def statements() -> Iterator[Said]:
    said = Said()

    def note(_connection: object, _cursor: object, statement: str, values: object, *_rest: object) -> None:
        said.statements.append(statement)
        said.values.append(values)

    event.listen(Engine, "before_cursor_execute", note)
    try:
        yield said
    finally:
        event.remove(Engine, "before_cursor_execute", note)
