"""What an office types of days off and working days, and the State Council's notices pasted whole."""

from datetime import date, timedelta

import pytest
from holiday_notices import OF_2026
from hypothesis import given
from hypothesis import strategies as st

from knowledge.language.dates.holiday_notice import (
    DayRange,
    NoticeFault,
    UnreadError,
    notice_text,
    read_notice,
    spans_of,
)
from knowledge.language.dates.state_calendar import is_workday
from knowledge.reminders.workdays import WorkDays

TODAY = date(2026, 11, 23)

OF_2023 = """国务院办公厅关于2023年
部分节假日安排的通知
国办发明电〔2022〕16号
经国务院批准，现将2023年元旦、春节、清明节、劳动节、端午节、中秋节和国庆节放假调休日期的具体安排通知如下。
一、元旦：2022年12月31日至2023年1月2日放假调休，共3天。
二、春节：1月21日至27日放假调休，共7天。1月28日（星期六）、1月29日（星期日）上班。
三、清明节：4月5日放假，共1天。
四、劳动节：4月29日至5月3日放假调休，共5天。4月23日（星期日）、5月6日（星期六）上班。
五、端午节：6月22日至24日放假调休，共3天。6月25日（星期日）上班。
六、中秋节、国庆节：9月29日至10月6日放假调休，共8天。10月7日（星期六）、10月8日（星期日）上班。
节假日期间，各地区、各部门要妥善安排好值班和安全、保卫等工作。"""


def week_only(day: date) -> bool:
    return day.weekday() < 5


@pytest.mark.parametrize(
    ("notice", "year", "pasted"), [(OF_2023, 2023, date(2022, 12, 9)), (OF_2026, 2026, date(2025, 11, 5))]
)
def test_a_pasted_notice_is_the_arrangement_that_the_library_knows(notice: str, year: int, pasted: date) -> None:
    found = read_notice(notice, pasted)
    assert found.skipped == ()
    assert found.spans[0].name == "元旦"
    told = {day: bool(span.working) for span in found.spans for day in span.days}
    start = date(year, 1, 1)
    for day in (start + timedelta(days=one) for one in range(365)):
        # 2023-12-30 and 31 came with the next year's notice, and are a weekend
        assert told.get(day, week_only(day)) is is_workday(day)
    assert WorkDays(told).doubtful_years(start, start) == ()


@pytest.mark.parametrize(
    ("said", "read"),
    [
        ("10月1日-7日 放假", "2027-10-01至2027-10-07放假"),
        ("10月1日~7日放假", "2027-10-01至2027-10-07放假"),
        ("5月1-5日放假", "2027-05-01至2027-05-05放假"),
        ("10.1-10.7放假，10.8上班", "2027-10-01至2027-10-07放假;2027-10-08上班"),
        ("十月一日至七日放假", "2027-10-01至2027-10-07放假"),
        ("2027-02-06 上班", "2027-02-06上班"),
        ("2027/2/6补班", "2027-02-06上班"),
        ("恢复 10月1日", "恢复2027-10-01"),
        ("取消10月1日至3日", "恢复2027-10-01至2027-10-03"),
        ("恢复10月1日，10月8日上班", "恢复2027-10-01;2027-10-08上班"),
        ("放假 10月1日-7日，上班 10月8日", "2027-10-01至2027-10-07放假;2027-10-08上班"),
        ("1月1日至3日放假调休，共3天", "2027-01-01至2027-01-03放假"),
        ("1月1日（周五）放假，与周末连休。", "2027-01-01放假"),
        ("1月28日、29日上班", "2027-01-28上班;2027-01-29上班"),
        ("一、元旦：1月1日至3日放假\n1月4日上班", "元旦:2027-01-01至2027-01-03放假;2027-01-04上班"),
        ("12月30日至1月1日放假", "2026-12-30至2027-01-01放假"),
        ("12月25日放假", "2026-12-25放假"),
        ("2028年1月1日至3日放假，1月4日上班", "2028-01-01至2028-01-03放假;2028-01-04上班"),
        ("10月1日不放假", "2027-10-01上班"),
        ("10月8日不用上班", "2027-10-08放假"),
        ("10月8日恢复上班", "2027-10-08上班"),
        ("明天放假", "2026-11-24放假"),
        ("下周一至下周三放假", "2026-11-30至2026-12-02放假"),
        ("春节：2月10日至17日放假。鼓励各单位安排职工在除夕（2月9日）休息。", "春节:2027-02-10至2027-02-17放假"),
    ],
)
def test_what_is_typed_is_read(said: str, read: str) -> None:
    assert notice_text(read_notice(said, TODAY).spans) == read.replace(";", "\n")


def test_the_weekdays_written_beside_them_say_which_year_is_meant() -> None:
    later = date(2026, 2, 1)
    assert notice_text(read_notice("10月1日（周五）放假", later).spans) == "2027-10-01放假"
    assert notice_text(read_notice("10月1日（周四）放假", later).spans) == "2026-10-01放假"


@pytest.mark.parametrize(
    ("said", "fault", "day"),
    [
        ("", NoticeFault.NOTHING, None),
        ("你好", NoticeFault.NOTHING, None),
        ("放假", NoticeFault.NOTHING, None),
        ("10月1日", NoticeFault.UNSAID, None),
        ("10月1日至7日国庆", NoticeFault.UNSAID, None),
        ("2月30日放假", NoticeFault.NO_SUCH_DAY, None),
        ("2027-10-07至2027-10-01放假", NoticeFault.NO_SUCH_DAY, None),
        ("1月4日（周日）上班", NoticeFault.WEEKDAY, date(2027, 1, 4)),
        ("1月1日至3日放假，共4天", NoticeFault.COUNT, None),
        ("1月1日至3月1日放假", NoticeFault.LONG, None),
        ("2072-10-01放假", NoticeFault.FAR, None),
        ("10月1日放假，10月1日上班", NoticeFault.TWICE, date(2027, 10, 1)),
    ],
)
def test_what_cannot_be_set_says_why(said: str, fault: NoticeFault, day: date | None) -> None:
    with pytest.raises(UnreadError) as caught:
        read_notice(said, TODAY)
    assert (caught.value.fault, caught.value.day) == (fault, day)


def test_days_of_which_nothing_is_said_are_told_back() -> None:
    found = read_notice("10月1日-7日放假\n10月8日", TODAY)
    assert found.skipped == ("10月8日",)


_days = st.dates(date(2026, 1, 1), date(2029, 12, 31))
_said = st.tuples(
    _days, st.integers(0, 30), st.sampled_from([True, False, None]), st.sampled_from(["", "元旦", "中秋节、国庆节"])
)


@given(st.tuples(_said, _said))
def test_what_is_written_for_a_button_is_read_again(said: tuple[tuple[date, int, bool | None, str], ...]) -> None:
    spans = tuple(DayRange(first, first + timedelta(days=more), working, name) for first, more, working, name in said)
    one, other = (set(span.days) for span in spans)
    if not one & other:
        assert read_notice(notice_text(spans), TODAY).spans == spans


@given(
    st.lists(
        st.tuples(_days, st.sampled_from([True, False, None]), st.sampled_from(["", "元旦"])),
        unique_by=lambda one: one[0],
    )
)
def test_spans_hold_just_their_days(days: list[tuple[date, bool | None, str]]) -> None:
    days = sorted(days, key=lambda one: one[0])
    spans = spans_of(days)
    assert [(day, span.working, span.name) for span in spans for day in span.days] == days


_PIECES = [
    "1",
    "10",
    "月",
    "日",
    "至",
    "-",
    "放假",
    "上班",
    "恢复",
    "，",
    "。",
    "周日",
    "（",
    "）",
    "2027年",
    "共",
    "天",
]


@given(
    st.one_of(
        st.text(max_size=30),
        st.lists(st.sampled_from(_PIECES)).map("".join),
    )
)
def test_whatever_is_typed_is_read_or_refused(said: str) -> None:
    try:
        found = read_notice(said, TODAY)
    except UnreadError:
        return
    assert found.spans
