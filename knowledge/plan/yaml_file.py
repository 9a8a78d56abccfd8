"""A YAML file that a person edits, read whole: its values, the line of each, and all its mistakes at once.

Every value is text, a list or a mapping: nothing is guessed from how it looks, so an id 5.10 stays 5.10 and a number
never passes through a float. Only a bare null, ~ or nothing at all is None. Anchors, aliases, tags and second
documents are no part of these files, so a hostile one costs no more than reading it.
"""

from collections.abc import Iterable
from dataclasses import dataclass, fields, is_dataclass
from difflib import get_close_matches
from types import UnionType
from typing import Any, TypeVar, get_args, get_type_hints

import yaml
from pydantic import ConfigDict, TypeAdapter, ValidationError

from knowledge.language.normalize import hidden_in
from knowledge.plan.limits import MAX_CHARS, MAX_DEPTH
from knowledge.plan.problems import Code, Problem

KeyPath = tuple[str | int, ...]
"""Where a value stands: `("tasks", 3, "targets", 0, "value")`."""

Shape = TypeVar("Shape")

_Loader: Any = getattr(yaml, "CBaseLoader", yaml.BaseLoader)

_CODES = {
    "missing": Code.MISSING_KEY,
    "unexpected_keyword_argument": Code.UNKNOWN_KEY,
    "dataclass_type": Code.NOT_MAPPING,
    "tuple_type": Code.NOT_LIST,
    "string_type": Code.NOT_TEXT,
    "string_too_short": Code.EMPTY,
    "decimal_type": Code.BAD_NUMBER,
    "decimal_parsing": Code.BAD_NUMBER,
    "finite_number": Code.BAD_NUMBER,
    "int_type": Code.BAD_INTEGER,
    "int_parsing": Code.BAD_INTEGER,
    "int_parsing_size": Code.BAD_INTEGER,
    "int_from_float": Code.BAD_INTEGER,
    "bool_type": Code.BAD_BOOLEAN,
    "bool_parsing": Code.BAD_BOOLEAN,
    "date_type": Code.BAD_DATE,
    "date_parsing": Code.BAD_DATE,
    "date_from_datetime_parsing": Code.BAD_DATE,
    "date_from_datetime_inexact": Code.BAD_DATE,
    "enum": Code.BAD_CHOICE,
}


class Sheet:
    """One file being read.

    `root` is its top mapping, empty where there is none; `problems` grow as the file is checked.
    """

    def __init__(self, text: str, *, file: str) -> None:
        self.file = file
        self.problems: list[Problem] = []
        self.root: dict[str, Any] = {}
        self.lines: dict[KeyPath, int] = {(): 1}
        root = self._read(text)
        if isinstance(root, dict):
            self.root = root
        if not self.root and not self.problems:
            self.complain(Code.NOT_MAPPING if root else Code.EMPTY_FILE)

    def complain(
        self, code: Code, key: KeyPath = (), detail: object = "", accepted: Iterable[str] = (), *, line: int = 0
    ) -> None:
        """Note a mistake; its line is the key's own, or that of the nearest thing around it."""
        self.problems.append(
            Problem(
                file=self.file,
                line=line or self._line(key),
                code=code,
                key=_written(key),
                detail=_printable(detail),
                accepted=tuple(map(_printable, accepted)),
            )
        )

    def shaped(self, shape: type[Shape]) -> Shape | None:
        """The root as a frozen dataclass; where it does not fit, every mistake is complained of and None returned."""
        try:
            shaped: Shape = _adapter(shape).validate_python([self.root])[0]
        except ValidationError as error:
            for mistake in error.errors(include_url=False):
                self._mistake(shape, mistake)
            return None
        return shaped

    def in_order(self) -> tuple[Problem, ...]:
        """The problems by line, each once."""
        return tuple(sorted(dict.fromkeys(self.problems), key=lambda problem: problem.line))

    def _read(self, text: str) -> Any:
        if len(text) > MAX_CHARS:
            self.complain(Code.TOO_LARGE, detail=len(text), accepted=[str(MAX_CHARS)])
            return None
        try:
            text.encode()  # libyaml takes bytes, and has no words for a lone surrogate
            return self._build(yaml.parse(text, Loader=_Loader))
        except UnicodeEncodeError as error:
            self.complain(Code.NOT_UTF8, line=_line_of(text, error.start))
        except yaml.MarkedYAMLError as error:
            mark = error.problem_mark or error.context_mark
            self.complain(Code.BAD_YAML, detail=error.problem or "", line=mark.line + 1 if mark else 1)
        except yaml.reader.ReaderError as error:
            self.complain(Code.BAD_YAML, detail=error.reason, line=_line_of(text, error.position))
        return None

    def _build(self, events: Iterable[yaml.Event]) -> Any:
        """The values of the document, built from events: a composer recurses, and multiplies aliases.

        Gives up (None, with a problem) at the first thing that these files never hold.
        """
        root: Any = None
        stack: list[_OpenNode] = []
        documents = 0
        for event in events:
            line = event.start_mark.line + 1 if event.start_mark else 1
            documents += isinstance(event, yaml.DocumentStartEvent)
            if trick := _trick(event, documents):
                self.complain(Code.NOT_PLAIN, detail=trick, line=line)
                return None
            if len(stack) > MAX_DEPTH:
                self.complain(Code.TOO_DEEP, detail=MAX_DEPTH, line=line)
                return None
            if isinstance(event, yaml.CollectionEndEvent):
                stack.pop()
            if not isinstance(event, (yaml.ScalarEvent, yaml.CollectionStartEvent)):
                continue
            if stack and stack[-1].wants_key:
                if not isinstance(event, yaml.ScalarEvent):
                    self.complain(Code.BAD_YAML, stack[-1].key, line=line)
                    return None
                self._name(stack[-1], event.value, line)
                continue
            value = _empty_value(event)
            key = stack[-1].put(value) if stack else ()
            self.lines.setdefault(key, line)
            if isinstance(value, str):
                self._look_for_hidden(key, value, line)
            root = root if stack else value
            if isinstance(event, yaml.CollectionStartEvent):
                stack.append(_OpenNode(key, value))
        return root

    def _name(self, mapping: "_OpenNode", name: str, line: int) -> None:
        mapping.name = name
        key = (*mapping.key, name)
        if name in mapping.value:
            self.complain(Code.DUPLICATE_KEY, key, name, line=line)
        self.lines[key] = line
        self._look_for_hidden(key, name, line)

    def _look_for_hidden(self, key: KeyPath, text: str, line: int) -> None:
        if hidden := hidden_in(text):
            self.complain(Code.HIDDEN, key, f"U+{ord(hidden):04X}", line=line)

    def _mistake(self, shape: type, mistake: Any) -> None:
        key: KeyPath = mistake["loc"][1:]
        code = _CODES.get(mistake["type"], Code.BAD_VALUE)
        detail: object = mistake["input"]
        accepted: tuple[str, ...] = ()
        if code is Code.MISSING_KEY:
            detail = ""
        elif code is Code.UNKNOWN_KEY:
            detail = key[-1]
            accepted = tuple(get_close_matches(str(detail), _keys_at(shape, key[:-1]), n=1))
        elif code is Code.BAD_CHOICE:
            accepted = tuple(mistake["ctx"]["expected"].replace(" or ", ", ").replace("'", "").split(", "))
        self.complain(code, key, detail, accepted)

    def _line(self, key: KeyPath) -> int:
        while key not in self.lines:
            key = key[:-1]
        return self.lines[key]


@dataclass(slots=True)
class _OpenNode:
    """A list or mapping whose end has not been read yet."""

    key: KeyPath
    value: Any
    name: str | None = None
    """In a mapping, the name whose value comes next."""

    @property
    def wants_key(self) -> bool:
        return isinstance(self.value, dict) and self.name is None

    def put(self, value: Any) -> KeyPath:
        if self.name is None:
            self.value.append(value)
            return (*self.key, len(self.value) - 1)
        key = (*self.key, self.name)
        self.value[self.name] = value
        self.name = None
        return key


def _trick(event: yaml.Event, documents: int) -> str:
    """What makes this event one that no hand-written file needs; empty for a plain one."""
    if documents > 1:
        return "---"
    if isinstance(event, yaml.AliasEvent):
        return f"*{event.anchor}"
    if isinstance(event, yaml.NodeEvent) and event.anchor:
        return f"&{event.anchor}"
    return getattr(event, "tag", None) or ""


def _empty_value(event: yaml.Event) -> Any:
    if isinstance(event, yaml.MappingStartEvent):
        return {}
    if isinstance(event, yaml.SequenceStartEvent):
        return []
    assert isinstance(event, yaml.ScalarEvent)  # noqa: S101 - tells mypy what the caller knows
    bare = event.implicit[0]
    return None if bare and event.value in ("", "~", "null") else event.value


def _adapter(shape: type) -> TypeAdapter[Any]:
    # A list around the shape, because pydantic takes no configuration beside a bare dataclass.
    return TypeAdapter(list[shape], config=ConfigDict(extra="forbid", str_min_length=1, str_strip_whitespace=True))  # type: ignore[valid-type]


def _keys_at(shape: Any, key: KeyPath) -> list[str]:
    """The keys that the mapping at this place may have."""
    for step in key:
        shape = get_args(shape)[0] if isinstance(step, int) else get_type_hints(shape)[step]
        shape = get_args(shape)[0] if isinstance(shape, UnionType) else shape  # an optional thing is that thing
    return [field.name for field in fields(shape)] if is_dataclass(shape) else []


def _written(key: KeyPath) -> str:
    steps = (f"[{step}]" if isinstance(step, int) else f".{_printable(step)}" for step in key)
    return "".join(steps).removeprefix(".")


def _printable(value: object) -> str:
    text = "" if value is None else str(value)
    text = "".join(char if char.isprintable() else "�" for char in text[:61])
    return text if len(text) < 61 else text[:60] + "…"


def _line_of(text: str, position: int) -> int:
    return text.count("\n", 0, position) + 1
