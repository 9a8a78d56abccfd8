"""The parameters of a Bot API call, whether they came as a form, a query or JSON."""

import re
from collections.abc import Mapping
from typing import Any

from aiohttp.web import FileField

from bot.playground.api_errors import bad_request
from bot.playground.world import World
from handlers.services.json_input import Json, read_json


class Params:
    """The parameters of a call. Query strings and forms carry everything as text, JSON bodies as it is."""

    def __init__(self, values: Mapping[str, Any]) -> None:
        self._values = values

    def text(self, name: str) -> str:
        value = self._values.get(name)
        return "" if value is None else str(value)

    def integer(self, name: str) -> int:
        said = self.text(name)
        return int(said) if re.fullmatch("-?[0-9]{1,18}", said) else 0

    def flag(self, name: str) -> bool:
        return self.text(name).lower() in {"true", "yes", "1"}

    def file(self, name: str, world: World) -> tuple[str, bytes]:
        """A file that came with the call, or one that a message names: (its name, its content)."""
        value = self._values.get(name)
        if isinstance(value, FileField):
            return value.filename, value.file.read()
        if isinstance(value, str) and (content := world.book.file(value)) is not None:
            return value, content
        raise bad_request(f"there is no {name} in the request")

    def value(self, name: str, wanted: type[list[Any]] | type[Json]) -> Any:
        """An array or an object, whether it came as JSON or as text; None where it is absent."""
        value = self._values.get(name)
        if isinstance(value, str) and value:
            try:
                value = read_json(value)
            except ValueError:
                raise bad_request(f"can't parse {name} JSON object") from None
        if value in (None, ""):
            return None
        if not isinstance(value, wanted):
            raise bad_request(f"object expected as {name}")
        return value
