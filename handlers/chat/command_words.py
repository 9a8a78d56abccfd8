"""Words in a command's line that stand for codes: where they may stand, and what they become."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

_END = r"(?=[\s\d:]|$)"
_CODE = "(?P<code>[a-z_]{2,})"


@dataclass(frozen=True, slots=True)
class Place:
    """A place in the line of some commands, where one of `codes` stands or one of the words for them."""

    commands: frozenset[str]
    word: re.Pattern[str]
    """Matches from the line's beginning to the word."""
    code: re.Pattern[str]
    """The same for what looks like a code."""
    words: Mapping[str, str]
    codes: frozenset[str]


def place(
    commands: str, words: Mapping[str, str], *, codes: Iterable[str] = (), before: str = "", end: str = _END
) -> Place:
    """Behind what the pattern `before` says; `end` is what must follow a word. Without `codes` any may stand there."""
    either = f"{_any_of(words)}{end}|{_any_of({*codes, *words.values()})}{_END}"
    return Place(
        frozenset(commands.split()),
        re.compile(rf"{before}(?P<word>{either})", re.DOTALL),
        re.compile(rf"{before}{_CODE}{end}", re.DOTALL),
        words,
        frozenset(codes),
    )


def _any_of(words: Iterable[str]) -> str:
    """The longest first; of none there is no match."""
    return f"(?:{'|'.join(map(re.escape, sorted(words, key=len, reverse=True))) or '(?!)'})"


def in_codes(name: str, rest: str, places: Iterable[Place]) -> str:
    """What follows the command's name, with codes for its words; the places are looked at in their order."""
    for one in places:
        found = one.word.match(rest) if name in one.commands else None
        if found is not None:
            after = rest[found.end("word") :]
            code = one.words.get(found["word"], found["word"])
            rest = f"{rest[: found.start('word')]}{code}{_between(after)}{after}"
    return rest


def _between(after: str) -> str:
    """看3 and 到期提醒开 are two words."""
    return "" if not after or after[0].isspace() or after[0] == ":" else " "


def has_unknown_code(name: str, rest: str, places: Iterable[Place]) -> bool:
    """Whether what looks like a code stands where there is no such one: another version has written the line."""
    own = (one for one in places if name in one.commands and one.codes)
    found = ((one, one.code.match(rest)) for one in own)
    return any(code is not None and code["code"] not in one.codes for one, code in found)
