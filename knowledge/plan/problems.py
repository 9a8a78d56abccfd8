"""What is wrong with a file that a person edits: a code and where it is; the sentences are in handlers/texts."""

from dataclasses import dataclass
from enum import StrEnum


class Code(StrEnum):
    """One mistake each; bot/texts/problems.py says it in Chinese, with what to do."""

    # the file
    NO_FILE = "no_file"
    UNREADABLE = "unreadable"
    NOT_UTF8 = "not_utf8"
    TOO_LARGE = "too_large"
    EMPTY_FILE = "empty_file"
    # the YAML
    BAD_YAML = "bad_yaml"
    NOT_PLAIN = "not_plain"  # an anchor, alias, tag or second document
    TOO_DEEP = "too_deep"
    DUPLICATE_KEY = "duplicate_key"
    # the shape
    UNKNOWN_KEY = "unknown_key"
    MISSING_KEY = "missing_key"
    FILLED_IN = "filled_in"  # a key that the loader writes itself
    NOT_MAPPING = "not_mapping"
    NOT_LIST = "not_list"
    NOT_TEXT = "not_text"
    EMPTY = "empty"
    BAD_NUMBER = "bad_number"
    BAD_INTEGER = "bad_integer"
    BAD_BOOLEAN = "bad_boolean"
    BAD_DATE = "bad_date"
    BAD_CHOICE = "bad_choice"
    BAD_VALUE = "bad_value"
    HIDDEN = "hidden"  # a character that nobody can see
    OUT_OF_RANGE = "out_of_range"
    TOO_FINE = "too_fine"  # more decimal places than a record holds
    TOO_LONG = "too_long"
    # the sense
    BAD_ID = "bad_id"
    DUPLICATE = "duplicate"
    TWIN = "twin"  # reads as an earlier name, but is written differently
    UNKNOWN_NAME = "unknown_name"
    TOO_EARLY = "too_early"
    JOINED = "joined"  # several units written as one
    NOT_TOGETHER = "not_together"  # the two files of an index are not of one making


@dataclass(frozen=True, slots=True, kw_only=True)
class Problem:
    file: str
    line: int
    """From 1; 0 where there is no file to have lines."""
    code: Code
    key: str = ""
    """Where inside the file, as `tasks[3].targets[0].value`; empty for the whole file."""
    detail: str = ""
    """The offending value; data, not a sentence."""
    accepted: tuple[str, ...] = ()
    """What would be right, where that can be listed."""
