"""我要请假, 下周我休假由张三代报: when somebody is away, and who stands in."""

import re
from datetime import date, timedelta

from knowledge.language.dates.grammar import find
from knowledge.language.dates.numerals import small_number
from knowledge.language.dates.span import Tense

_STAND_IN = re.compile(
    "(?:请|由|让|找|叫|麻烦)(?P<who>[^,我请由让找叫]{2,6}?)(?:帮忙|帮我|帮|来)?(?:代|替|顶|报|填|接|管|负责)"
)
_TENS = "[一二三四五六七八九]?十[一二三四五六七八九]?"
_DAYS = re.compile(rf"(?P<days>\d{{1,2}}|{_TENS}|[一二两三四五六七八九])(?:个)?(?:天|日)(?!内)")


def stand_in_named(cleaned: str) -> str:
    """Who is to stand in; "" where nobody is named."""
    found = _STAND_IN.search(cleaned)
    return found["who"] if found else ""


def absence_days(said: str, cleaned: str, today: date) -> tuple[str, ...]:
    """The first and the last day: one that is named alone is both, with so many days behind it the first."""
    spans = find(said, today, Tense.FUTURE).spans
    count = next((small_number(one["days"]) for one in _DAYS.finditer(cleaned) if not _is_date(one, cleaned)), None)
    until = len(spans) == 1 and said[: spans[0].start].endswith(("到", "至"))
    first = today if until or not spans else spans[0].first
    last = spans[-1].last if spans else None
    if count and len(spans) < 2 and not until:
        last = first + timedelta(days=count - 1)
    return () if last is None else (first.isoformat(), last.isoformat())


def _is_date(found: re.Match[str], cleaned: str) -> bool:
    """The day of a month: 3月25日."""
    return cleaned[: found.start()].endswith("月") or found[0].endswith("日")
