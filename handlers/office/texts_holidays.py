"""Days off and worked: what /holidays shows, asks, and says of what it cannot read."""

from collections.abc import Mapping, Sequence
from datetime import date
from itertools import chain, groupby

from handlers.office.codes import HolidayVerb
from handlers.texts.heading import reply_of
from handlers.texts.reminder_rules import WEEKDAYS
from handlers.texts.reply import Reply
from handlers.texts.standing import day_text
from knowledge.language.dates.holiday_notice import LONGEST, DayRange, NoticeFault, UnreadError, notice_text, spans_of
from knowledge.reminders.workdays import special_days
from storage.holidays import OfficeDay

ABOUT_HOLIDAYS = "放假和调休，例如 /holidays 2月6日上班"

_EXAMPLES = (
    "例如：10月1日-7日 放假；2027-02-06 上班；恢复 10月1日。一次可以写几条，也可以粘贴国务院办公厅放假通知的原文。"
)
_KEPT = "只影响提醒和工作日的计算，到期日不变。"


def weekday(day: date) -> str:
    return f"周{WEEKDAYS[day.weekday()]}"


def with_weekday(day: date, today: date) -> str:
    """3月22日（周三）, in another year 2024-03-22（周五）."""
    return f"{day_text(day, today)}（{weekday(day)}）"


def not_known(year: int) -> str:
    """The warning, wherever days of the year are counted."""
    return f"{year}年放假安排还没有，暂按周一至周五算工作日"


def shown(years: Sequence[int], office: Mapping[date, OfficeDay], doubtful: Sequence[int]) -> Reply:
    lines: list[str] = []
    for year in years:
        held = {day: one for day, one in office.items() if day.year == year}
        arranged = [(one.day, one.working, one.name) for one in special_days(year) if one.day not in held]
        lines += [f"{year}年" + ("" if arranged or held else "：没有放假安排")]
        if year in doubtful:
            lines.append(f"注意：{not_known(year)}{'，只有下面几天办公室已设' if held else ''}。")
        lines += _by_name(arranged)
        own = [(day, one.working, one.name) for day, one in held.items()]
        lines += [f"{line}（办公室设）" for line in _by_name(own)]
    buttons = [("设几天", f"/holidays {HolidayVerb.SET}")]
    head = f"放假和调休：{'、'.join(f'{year}年' for year in years)}"
    return reply_of(head, lines, "没有标注的按国务院办公厅的放假通知。", buttons)


def _by_name(days: Sequence[tuple[date, bool | None, str]]) -> list[str]:
    """春节：1月21日至27日放假；1月28日、29日上班: a line a holiday, in the order of their first days."""
    names = dict.fromkeys(name for _, _, name in days)
    return [
        (f" {name}：" if name else " ") + _said([one for one in days if one[2] == name])
        for name in sorted(names, key=lambda name: min(day for day, _, own in days if own == name))
    ]


def _said(days: Sequence[tuple[date, bool | None, str]]) -> str:
    off, on = ([one for one in days if one[1] is working] for working in (False, True))
    parts = [f"{'、'.join(map(_short, spans_of(some)))}{said}" for some, said in ((off, "放假"), (on, "上班")) if some]
    return "；".join(parts)


def _short(span: DayRange) -> str:
    """1月21日至27日; the year stands above."""
    first = f"{span.first.month}月{span.first.day}日"
    if span.first == span.last:
        return first
    same = span.first.month == span.last.month
    return f"{first}至{'' if same else f'{span.last.month}月'}{span.last.day}日"


def how_to_set() -> Reply:
    return reply_of("请发要设的日子，写明放假还是上班。", [_EXAMPLES])


def to_confirm(spans: Sequence[DayRange], skipped: Sequence[str], doubtful: Sequence[int]) -> Reply:
    """`spans` hold the days that would change; `doubtful` are the years that would still not be known."""
    days = {
        said: sum(len(list(one.days)) for one in spans if one.working is working) for working, said in _SAID.items()
    }
    counted = "、".join(f"{said} {number} 天" for said, number in days.items() if number)
    lines = [*map(_long, spans)]
    lines += [f"没有写明放假还是上班，不设：{one}" for one in skipped]
    lines += [f"注意：其余日子，{not_known(year)}。" for year in doubtful]
    buttons = [
        ("确认", f"/holidays {HolidayVerb.CONFIRM} {notice_text(spans)}"),
        ("重写", f"/holidays {HolidayVerb.SET}"),
    ]
    return reply_of(f"请确认：{counted}", lines, _KEPT, [*buttons, ("取消", f"/holidays {HolidayVerb.CANCEL}")])


_SAID = {False: "放假", True: "上班", None: "恢复原安排"}


def _long(span: DayRange) -> str:
    """春节：2027年2月6日（周六）至8日（周一）放假."""
    first = f"{span.first.year}年{span.first.month}月{span.first.day}日（{weekday(span.first)}）"
    last = ""
    if span.last != span.first:
        parts = (
            (span.first.year != span.last.year, f"{span.last.year}年"),
            (span.first.month != span.last.month, f"{span.last.month}月"),
        )
        last = f"至{''.join(part for needed, part in parts if needed)}{span.last.day}日（{weekday(span.last)}）"
    return f"{span.name + '：' if span.name else ''}{first}{last}{_SAID[span.working]}"


def nothing_new(skipped: Sequence[str]) -> Reply:
    lines = [f"没有写明放假还是上班，不设：{one}" for one in skipped]
    return reply_of("与现在的安排一样，没有要改的。", lines, "", [("看安排", "/holidays")])


def was_set(spans: Sequence[DayRange], undo: str, doubtful: Sequence[int]) -> Reply:
    """`undo` is what the button puts back."""
    lines = [*map(_long, spans), *(f"注意：其余日子，{not_known(year)}。" for year in doubtful)]
    return reply_of(
        "已设好，提醒按新安排重排。",
        lines,
        "",
        [("撤销", f"/holidays {HolidayVerb.UNDO} {undo}"), ("看安排", "/holidays")],
    )


def cancelled() -> Reply:
    return reply_of("没有改动。", [], "", [("看安排", "/holidays")])


def changed_since() -> Reply:
    return reply_of("之后又有人改过，不能撤销。", ["请看现在的安排，再发要改的日子。"], "", [("看安排", "/holidays")])


def unread(error: UnreadError) -> Reply:
    day = f"{error.day.year}年{error.day.month}月{error.day.day}日" if error.day else ""
    heads = {
        NoticeFault.NOTHING: "没有读到日子，没有改动。",
        NoticeFault.UNSAID: f"“{error.said[:30]}”是放假还是上班？没有改动。",
        NoticeFault.NO_SUCH_DAY: f"“{error.said[:30]}”里有不存在的日子，没有改动。",
        NoticeFault.WEEKDAY: f"{day}是{weekday(error.day) if error.day else ''}，和写的不一样，没有改动。",
        NoticeFault.COUNT: f"“{error.said[:30]}”：天数对不上，没有改动。",
        NoticeFault.LONG: f"“{error.said[:30]}”超过 {LONGEST} 天，没有改动。",
        NoticeFault.FAR: f"“{error.said[:30]}”离今年太远，没有改动。",
        NoticeFault.TWICE: f"{day}写了两种安排，没有改动。",
    }
    more = ["如果指的是别的年份，请写上年份，例如：2027年1月4日。"] if error.fault is NoticeFault.WEEKDAY else []
    return reply_of(heads[error.fault], [*more, _EXAMPLES], "", [("看安排", "/holidays")])


def years_in(spans: Sequence[DayRange]) -> tuple[int, ...]:
    """The years that the days are of, in order."""
    years = chain.from_iterable(range(one.first.year, one.last.year + 1) for one in spans)
    return tuple(year for year, _ in groupby(sorted(years)))
