"""出月度情况, 起草一季度通报: bulletins asked for in plain words, as the line of the command that does it."""

import re
from datetime import date

from handlers.broadcast.codes import BulletinVerb
from knowledge.language.dates.numerals import small_number
from knowledge.language.pattern import sign
from knowledge.standing.bulletin import BulletinKind, current_label, label_before, label_of
from knowledge.standing.periods import DueDays

_KIND = """(?P<monthly>月度(?:进展)?情况|月报)|(?P<quarterly>(?:季度)?通报)
    |(?P<half_year>(?:上|下)?半年(?:进展情况)?小结)|(?P<annual>(?:年度|年终|全年)(?:进展情况)?小结)"""
_PERIOD = r"(?P<month>\d{1,2}|十[一二]?|[一二三四五六七八九])月份?的?|第?(?P<quarter>[一二三四1-4])季度的?"
_NAMES = {
    BulletinKind.HALF_YEAR: re.compile("半年"),
    BulletinKind.ANNUAL: re.compile("年度|年终|全年"),
    BulletinKind.QUARTERLY: re.compile("季度|通报"),
}
DRAFTS = sign(
    rf"""^(?:请|麻烦)?(?:给我|帮我|帮忙|我要)?(?:出|起草|草拟|拟|写|做|弄)(?:一下|一份|一期|一个|个|份|期)?
    (?:这个月的?|本月的?|上个?月的?|本季度的?|上个?季度的?|{_PERIOD})?(?:{_KIND})(?:草稿)?(?:吧|呢|啊)?[。!]*$""",
    "出月度情况",
    "出个月度情况",
    "出个月报",
    "起草月度进展情况",
    "帮我出一份3月份的月度情况",
    "出个通报",
    "出一期通报",
    "起草一季度通报",
    "写一份半年小结",
    "出年度小结",
    others=("5G基站620个写进通报", "通报里写什么", "出个通报要不要审定", "写小结", "提醒我出月度情况", "起草什么通报"),
)


def bulletin_line(cleaned: str, today: date) -> str | None:
    """None where something else is said."""
    found = DRAFTS.find(cleaned)
    if found is None:
        return None
    kind = next(one for one in BulletinKind if found[one])
    return f"/bulletin {BulletinVerb.DRAFT} {kind} {_label(found, kind, today)}".strip()


def kind_named(cleaned: str) -> BulletinKind:
    """That which the words speak of; the monthly one where they name none."""
    return next((kind for kind, named in _NAMES.items() if named.search(cleaned)), BulletinKind.MONTHLY)


def _label(found: re.Match[str], kind: BulletinKind, today: date) -> str:
    """That of the last such month or quarter; empty where none is named, or none of the kind's."""
    month, quarter = (small_number(said) if (said := found[name]) else None for name in ("month", "quarter"))
    if kind is BulletinKind.MONTHLY and month and month <= 12:
        return label_of(kind, date(today.year - (month > today.month), month, 1))
    if kind is BulletinKind.QUARTERLY and quarter:
        first = quarter * 3 - 2
        return label_of(kind, date(today.year - (first > today.month), first, 1))
    return ""


def labels_offered(kind: BulletinKind, today: date, due_days: DueDays) -> tuple[str, ...]:
    """What can be drafted on a day: the current period, and the one that is on, or where that is it the one before."""
    current, on = current_label(kind, today, due_days), label_of(kind, today)
    return current, label_before(kind, current) if current == on else on
