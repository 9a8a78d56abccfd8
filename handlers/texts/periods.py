"""Reporting periods in words."""

from collections.abc import Iterable
from datetime import date

from handlers.texts.standing import day_text
from knowledge.plan.model import Frequency
from knowledge.standing.periods import ReportingPeriod
from knowledge.standing.picture import PeriodItem

_QUARTERS = "一二三四"


def period_text(period: ReportingPeriod, today: date) -> str:
    """1—2月, 3月, 一季度, 上半年, 2022年度: with its year where that is not today's."""
    year = "" if period.last.year == today.year else f"{period.last.year}年"
    match period.frequency:
        case Frequency.MONTHLY:
            months = f"{period.first.month}—" if period.first.month != period.last.month else ""
            return f"{year}{months}{period.last.month}月"
        case Frequency.QUARTERLY:
            return f"{year}{_QUARTERS[period.last.month // 3 - 1]}季度"
        case Frequency.HALF_YEARLY:
            return f"{year}{'上' if period.last.month == 6 else '下'}半年"
        case Frequency.YEARLY:
            return f"{period.last.year}年度"


def periods_text(items: Iterable[PeriodItem], today: date) -> str:
    """3月、一季度."""
    return "、".join(period_text(one, today) for one in dict.fromkeys(item.period for item in items))


def due_text(items: Iterable[PeriodItem], day: date) -> str:
    """25 日截止, 已过 3月25日截止日; nothing where they have several due days."""
    days = {one.period.due for one in items}
    if len(days) != 1:
        return ""
    (due,) = days
    told = f"{due.day} 日" if (due.year, due.month) == (day.year, day.month) else day_text(due, day)
    return f"{told}截止" if day <= due else f"已过 {told}截止日"


def counts_for(period: ReportingPeriod, today: date) -> str:
    """计入3月报送期: shown with a report before and after it is stored."""
    return f"计入{period_text(period, today)}报送期"
