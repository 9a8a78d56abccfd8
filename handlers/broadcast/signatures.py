"""Who reviewed or signed a bulletin, on which day and by which paper, as a person writes it in one message."""

import re
from datetime import date
from enum import StrEnum, auto

from knowledge.language.dates.grammar import find
from knowledge.language.dates.span import Tense
from knowledge.language.normalize import clean
from storage.bulletin_steps import Signature

LONGEST = 40
"""Of each part."""
_PARTED = re.compile(r"[\s,，、;；]+")
_PAPER = re.compile(r"[〔\[［(（]\d{4}[〕\]］)）]|\d+号")


class SignatureFault(StrEnum):
    """What keeps a message from being a signature."""

    NO_NAME = auto()
    NO_POST = auto()
    SEVERAL_DAYS = auto()
    TO_COME = auto()
    BEFORE_DRAFT = auto()
    NO_PAPER = auto()
    TOO_LONG = auto()


ASKED_ALONE = frozenset({SignatureFault.NO_POST, SignatureFault.NO_PAPER})
"""What is written behind the rest once it is asked for."""


def read_signature(text: str, *, drafted: date, today: date, needs_paper: bool) -> Signature | SignatureFault:
    """张某，督查室主任，3月31日 (and 武督〔2023〕3号): the name first, then the post; day and paper stand anywhere.

    Without a day it was today. Whoever begins with the name again says all of it anew.
    """
    days: list[date] = []
    papers: list[str] = []
    words: list[str] = []
    parts = list(filter(None, _PARTED.split(text)))
    again = max((place for place, part in enumerate(parts) if part == parts[0]), default=0)
    for part in parts[again:]:
        if _PAPER.search(part):
            papers.append(part)
        elif (day := _day(part, today)) is not None:
            days.append(day)
        else:
            words.append(part)
    name, post = next(iter(words), ""), "".join(words[1:])
    faults = (
        (not name, SignatureFault.NO_NAME),
        (not post, SignatureFault.NO_POST),
        (len(days) > 1, SignatureFault.SEVERAL_DAYS),
        (max(days, default=today) > today, SignatureFault.TO_COME),
        (min(days, default=today) < drafted, SignatureFault.BEFORE_DRAFT),
        (needs_paper and not papers, SignatureFault.NO_PAPER),
        (max(map(len, (name, post, *papers))) > LONGEST, SignatureFault.TOO_LONG),
    )
    fault = next((fault for so, fault in faults if so), None)
    return fault or Signature(name=name, post=post, day=next(iter(days), today), paper="、".join(papers) or None)


def signature_line(signed: Signature) -> str:
    """What `read_signature` reads as this signature."""
    return "，".join(filter(None, (signed.name, signed.post, signed.day.isoformat(), signed.paper)))


def _day(part: str, today: date) -> date | None:
    """The day that the part is; None where it says anything else, too."""
    cleaned = clean(part)
    spans = find(cleaned, today, Tense.PAST).spans
    if len(spans) != 1 or (spans[0].start, spans[0].end) != (0, len(cleaned)) or not spans[0].is_day:
        return None
    return spans[0].last
