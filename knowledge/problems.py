"""What is wrong with a file that a person edits: a code and where it is; the sentences are in handlers/texts."""

from dataclasses import dataclass
from enum import StrEnum


class Code(StrEnum):
    """One mistake each; handlers/texts/problems.py says it in Chinese, with what to do."""

    UNREADABLE = "unreadable"
    BAD_YAML = "bad_yaml"
    UNKNOWN_KEY = "unknown_key"
    MISSING_KEY = "missing_key"
    BAD_VALUE = "bad_value"
    DUPLICATE = "duplicate"
    UNKNOWN_NAME = "unknown_name"


@dataclass(frozen=True, slots=True, kw_only=True)
class Problem:
    file: str
    line: int
    """From 1."""
    code: Code
    key: str
    """Where inside the file, as `tasks[3].targets[0].value`; empty for the whole file."""
    detail: str = ""
    """The offending value, or what is accepted; data, not a sentence."""
