"""The Bot API's schema, held against what is sent: a file outside the repository, which DUBAN_BOT_API_SCHEMA names."""

import json
import os
from pathlib import Path
from typing import Any

Json = dict[str, Any]


class Schema:
    """What a value must be, by the schema; `problems` says where it is not."""

    def __init__(self, read: Json) -> None:
        self.methods: dict[str, Json] = read["methods"]
        self.types: dict[str, Json] = read["types"]

    def problems(self, value: Any, kinds: list[str], where: str) -> list[str]:
        """The problems of the kind that fits best; none where one fits."""
        return min((self._against(value, kind, where) for kind in kinds), key=len)

    def _against(self, value: Any, kind: str, where: str) -> list[str]:
        if kind.startswith("Array of "):
            if not isinstance(value, list):
                return [f"{where} is no array"] * 99
            inner = kind.removeprefix("Array of ")
            return [found for at, one in enumerate(value) for found in self._against(one, inner, f"{where}[{at}]")]
        plain = {"Integer": int, "Float": (int, float), "String": str, "Boolean": bool}.get(kind)
        if plain:
            fits = isinstance(value, plain) and (kind == "Boolean" or not isinstance(value, bool))  # type: ignore[arg-type]
            return [] if fits else [f"{where} is no {kind}: {value!r}"] * 99
        described = self.types[kind]
        if described.get("subtypes"):
            return self.problems(value, described["subtypes"], where)
        return self.fields(value, described.get("fields", []), f"{where}:{kind}")

    def fields(self, value: Any, fields: list[Json], where: str) -> list[str]:
        if not isinstance(value, dict):
            return [f"{where} is no object: {value!r}"] * 99
        known = {field["name"]: field for field in fields}
        found = [f"{where} has no field {name}" for name in value if name not in known]
        found += [f"{where} lacks {name}" for name, field in known.items() if field["required"] and name not in value]
        for name in value.keys() & known.keys():
            found += self.problems(value[name], known[name]["types"], f"{where}.{name}")
        return found

    def method(self, name: str) -> Json:
        return next(one for key, one in self.methods.items() if key.lower() == name.lower())

    def call(self, method: str, params: dict[str, str]) -> list[str]:
        """The problems of a call whose parameters were sent as a form."""
        fields = self.method(method).get("fields", [])  # getMe has none
        kinds = {field["name"]: field["types"] for field in fields}
        return self.fields({name: _sent(text, kinds.get(name, [])) for name, text in params.items()}, fields, method)

    def result(self, method: str, result: Any) -> list[str]:
        return self.problems(result, self.method(method)["returns"], method)


def _sent(text: str, kinds: list[str]) -> Any:
    """A form's value as the kind it is sent for: texts as they are, the rest as JSON."""
    if kinds == ["String"]:
        return text
    try:
        return json.loads(text)
    except ValueError:
        return text


def read_schema() -> Schema | None:
    path = os.environ.get("DUBAN_BOT_API_SCHEMA")
    return Schema(json.loads(Path(path).read_text(encoding="utf-8"))) if path else None
