"""The days that a question about progress speaks of: 截至6月30日, 上月底, 这个月, 上周, 5月份.

A day means its end. A period that has begun is asked about up to today. The text is cleaned text.
"""

import re
from dataclasses import dataclass
from datetime import date

from knowledge.language.dates.day_forms import NEAR_DAY
from knowledge.language.dates.grammar import find
from knowledge.language.dates.span import Relation, Tense


@dataclass(frozen=True, slots=True)
class AskedDays:
    """`rest` is the text without the words for the days; `since` is None where no period is named."""

    rest: str
    as_of: date
    since: date | None = None


_CUT = re.compile(r"截[至止]")
_NOW = re.compile(r"目前|现在|当前")


def asked_days(text: str, today: date) -> AskedDays | None:
    """None where the text names no day that is over or has begun."""
    spans = [span for span in find(text, today, Tense.PAST).spans if span.first <= today]
    running = next((span for span in spans if span.last > today), None)
    span = running or next(iter(spans), None)
    if span is not None:
        state = span.relation is Relation.UNTIL or (span.is_day and not NEAR_DAY.match(text, span.start))
        since = None if state else span.first
        return AskedDays(_without(text, span.start, span.end), min(span.last, today), since)
    now = _NOW.search(text)
    return AskedDays(_without(text, *now.span()), today, today) if now else None


def is_cut_off(text: str) -> bool:
    """Whether a sentence asks for the state of a day: 截至6月30日."""
    return bool(_CUT.search(text))


def _without(text: str, start: int, end: int) -> str:
    return f"{text[:start]}{text[end:]}".strip(" ,的") or text
