"""The days that a question about progress speaks of: 截至6月30日, 上月底, 这个月, 上周, 5月份.

A day means its end. A period that has begun is asked about up to today.
"""

import re
from dataclasses import dataclass
from datetime import date, timedelta

from knowledge.updates.days import stated_days


@dataclass(frozen=True, slots=True)
class AskedDays:
    """`rest` is the text without the words for the days; `since` is None where no period is named."""

    rest: str
    as_of: date
    since: date | None = None


_CUT = re.compile(r"截[至止]")
_RUNNING = re.compile(
    r"(?:本|这|当)(?:个|一)?(?P<what>周|星期|月|季度|季|年度|年)(?:以来|内|里)?|今(?P<year>年)(?:以来)?"
)
_TODAY = re.compile(r"今[天日]|刚刚|目前|现在|当前")


def asked_days(text: str, today: date) -> AskedDays | None:
    """None where the text names no day that is over or has begun."""
    running = _RUNNING.search(text)
    if running:
        what = running["what"] or running["year"]
        return AskedDays(_without(text, *running.span()), today, _beginning(what, today))
    for stated in stated_days(text, today):
        said = text[stated.start : stated.end]
        if stated.as_of is None or stated.as_of > today:
            continue
        since = _first_of(said, stated.as_of) if stated.period and not _CUT.search(said) else None
        return AskedDays(_without(text, stated.start, stated.end), stated.as_of, since)
    now = _TODAY.search(text)
    return AskedDays(_without(text, *now.span()), today, today) if now else None


def is_cut_off(text: str) -> bool:
    """Whether a sentence asks for the state of a day: 截至6月30日."""
    return bool(_CUT.search(text))


def _without(text: str, start: int, end: int) -> str:
    return f"{text[:start]}{text[end:]}".strip(" ,的") or text


def _beginning(what: str, today: date) -> date:
    if what in {"周", "星期"}:
        return today - timedelta(days=today.weekday())
    if what in {"季度", "季"}:
        return date(today.year, (today.month - 1) // 3 * 3 + 1, 1)
    return today.replace(day=1) if what == "月" else date(today.year, 1, 1)


def _first_of(said: str, last: date) -> date:
    """The first day of a period that ends on `last`."""
    if re.search("周|星期|礼拜", said):
        return last - timedelta(days=6)
    if "季" in said:
        return date(last.year, last.month - 2, 1)
    if "半年" in said:
        return date(last.year, last.month - 5, 1)
    if "年" in said and "月" not in said:
        return date(last.year, 1, 1)
    return last.replace(day=1) if "月" in said else last
