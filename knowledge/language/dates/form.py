"""A row of the grammar of days: how it is written, what it means, and sentences that show it."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from knowledge.language.dates.numerals import DIGITS, NUMBER, YEAR, year_number
from knowledge.language.dates.reference import Reference
from knowledge.language.dates.span import Days

Read = Callable[[re.Match[str], Reference], Days | None]
"""None: no day after all. A ValueError: written like a day, and there is none."""


@dataclass(frozen=True, slots=True)
class Form:
    """`needs`: one of these characters stands in all that it reads.

    `samples` are read on Wednesday 15 March 2023: `2023-03-01..2023-03-31` is a period, `2022-12-31 | 2023-12-31` what
    is meant of the past and of the future, `none` what is not read, `unreal` what is no day.
    """

    pattern: re.Pattern[str]
    needs: frozenset[str]
    read: Read
    samples: Mapping[str, str]


def form(pattern: str, needs: str, read: Read, samples: Mapping[str, str]) -> Form:
    return Form(re.compile(pattern, re.ASCII), frozenset(needs), read, samples)


FREE = rf"(?<![a-z\d.第〔/{DIGITS}十廿卅])"
"""A number is not cut out of a longer token: 12345, 4.7亿, 第三, 5g."""
SLIPPED = r"(?:份|分(?![别析类成批配解工局两开支送\d]))?"
"""Behind 月: also as it is mistyped (4月分)."""
IN_YEAR = rf"(?:(?<![\d一二三四])(?P<year>{YEAR})|(?P<rel>[今本明后去前上]年)的?|{FREE}(?<!\d年))"
OF_YEAR = rf"(?:(?<![\d一二三四])(?P<year>{YEAR})|(?P<rel>[今本明后去前上]年)的?)"
WEEK = "(?:周|星期|礼拜)"
WHICH = "(?P<which>下{1,3}个?|上{1,3}个?|本|当|这个?|该)"
MONTH_PART = "底|末|初(?![一二三四五六七八九十])|[上中下]旬|[上下]半月|中(?![国央心共小学铁建交医药])"
N = NUMBER

_FROM_TODAY = {"前": -2, "去": -1, "上": -1, "今": 0, "本": 0, "明": 1, "后": 2}


def year_said(found: re.Match[str], ref: Reference) -> int | None:
    if found["year"]:
        return year_number(found["year"])
    return ref.today.year + _FROM_TODAY[found["rel"][0]] if found["rel"] else None


def steps(which: str | None) -> int:
    """下下个 is two steps on, 上 one back, 本 and 这个 none."""
    return which.count("下") - which.count("上") if which else 0
