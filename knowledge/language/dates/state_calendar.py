"""The State Council's holidays and working days, as the library knows them; of later years only the fixed days."""

from datetime import date, timedelta

from chinese_calendar import holidays, workdays

_YEARS = range(min(holidays).year, max(holidays).year + 1)
"""Whose arrangement is known."""
_FRIDAY = 4
_DAY = timedelta(days=1)
NAMES = {
    "元旦": "New Year's Day",
    "春节": "Spring Festival",
    "清明": "Tomb-sweeping Day",
    "五一": "Labour Day",
    "劳动节": "Labour Day",
    "端午": "Dragon Boat Festival",
    "中秋": "Mid-autumn Festival",
    "国庆": "National Day",
    "十一": "National Day",
}
_FIXED = {"New Year's Day": (1, 1, 1), "Labour Day": (5, 1, 5), "National Day": (10, 1, 7)}
"""The month and day of a festival, and how many days off it usually is."""


def is_workday(day: date) -> bool:
    """By the State Council's arrangement, or by the weekday where that is not known."""
    return day in workdays or (day.weekday() <= _FRIDAY and day not in holidays)


def is_arranged(year: int) -> bool:
    """Whether the State Council's arrangement of the year is known."""
    return year in _YEARS


def holiday(name: str, year: int) -> tuple[date, date] | None:
    """The festival's day and its last day off; None where nobody knows them yet (春节 of a later year)."""
    named = NAMES[name]
    if fixed := _FIXED.get(named):
        month, day, usual = fixed
        first = last = date(year, month, day)
        if not is_arranged(year):
            return first, first + (usual - 1) * _DAY
    else:
        off = [one for one, said in holidays.items() if said == named and one.year == year]
        if not off:
            return None
        first = last = min(off)
    while last + _DAY in holidays:
        last += _DAY
    return first, last
