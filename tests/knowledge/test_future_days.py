"""Days and times to come, as people say them: one test a sentence, and what holds of any."""

from datetime import datetime, time, timedelta

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from knowledge.language.dates.future import day_ahead, days_ahead, unreal_in
from knowledge.language.normalize import clean

NOW = datetime(2023, 3, 1, 10)  # noqa: DTZ001 - plan time's own clock; a Wednesday

DAYS = {
    "今天": "2023-03-01",
    "明天": "2023-03-02",
    "明日": "2023-03-02",
    "后天": "2023-03-03",
    "大后天": "2023-03-04",
    "周三": "2023-03-01",
    "周五": "2023-03-03",
    "周一": "2023-03-06",
    "这周五": "2023-03-03",
    "本周日": "2023-03-05",
    "星期天": "2023-03-05",
    "周末": "2023-03-04",
    "下周三": "2023-03-08",
    "下个礼拜三": "2023-03-08",
    "下下周一": "2023-03-13",
    "下周": "2023-03-06",
    "3天后": "2023-03-04",
    "三天以后": "2023-03-04",
    "过两天": "2023-03-03",
    "再过十天": "2023-03-11",
    "100天后": "2023-06-09",
    "两周后": "2023-03-15",
    "3个星期后": "2023-03-22",
    "一个月后": "2023-04-01",
    "半个月后": "2023-03-16",
    "半年后": "2023-09-01",
    "下个月5号": "2023-04-05",
    "下月5日": "2023-04-05",
    "下下个月5号": "2023-05-05",
    "下个月": "2023-04-01",
    "下月底": "2023-04-30",
    "这个月25号": "2023-03-25",
    "月底": "2023-03-31",
    "月末": "2023-03-31",
    "月初": "2023-03-01",
    "3月底": "2023-03-31",
    "6月中旬": "2023-06-20",
    "5月上旬": "2023-05-10",
    "4月下旬": "2023-04-30",
    "年底": "2023-12-31",
    "明年底": "2024-12-31",
    "2024年底": "2024-12-31",
    "季度末": "2023-03-31",
    "下季度末": "2023-06-30",
    "三季度末": "2023-09-30",
    "25号": "2023-03-25",
    "二十五号": "2023-03-25",
    "1日": "2023-03-01",
    "3月22日": "2023-03-22",
    "3月22号": "2023-03-22",
    "三月二十二日": "2023-03-22",
    "2023-03-22": "2023-03-22",
    "2023/3/22": "2023-03-22",
    "2023.3.22": "2023-03-22",
    "2023年3月22日": "2023-03-22",
    "23年3月22日": "2023-03-22",
    "明年1月5日": "2024-01-05",
    "2月29日": "2024-02-29",
    "3月22日（周三）": "2023-03-22",
    "提醒我下周三报送5G基站": "2023-03-08",
    "下周三次会议": None,
    "两周三次": None,
    "每周三": None,
    "每周三下午3点": None,
    "每月5号提醒": None,
    "每天9:00": None,
    "3个工作日后": "2023-03-06",
    "提前3天": None,
    "超过3天": None,
    "三五天后": None,
    "先天后天": None,
    "2月30日": None,
    "下个月31日": None,
    "2100年1月1日": None,
    "2121年3月5日": None,
    "五号楼": None,
    "〔2021〕26号": None,
    "3月后": None,
    "本周": None,
    "5G基站建成620个": None,
    "市交通局负责哪些任务": None,
}

TIMES = {
    "下午三点": ("2023-03-01", "15:00"),
    "明早9点": ("2023-03-02", "09:00"),
    "明天早上八点半": ("2023-03-02", "08:30"),
    "一小时后": ("2023-03-01", "11:00"),
    "半小时后": ("2023-03-01", "10:30"),
    "一个半小时后": ("2023-03-01", "11:30"),
    "1.5小时后": ("2023-03-01", "11:30"),
    "再过30分钟": ("2023-03-01", "10:30"),
    "20小时后": ("2023-03-02", "06:00"),
    "下周一上午": ("2023-03-06", "09:00"),
    "今晚": ("2023-03-01", "19:00"),
    "今晚8点": ("2023-03-01", "20:00"),
    "今晚12点": ("2023-03-02", "00:00"),
    "晚上1点": ("2023-03-02", "01:00"),
    "明天中午": ("2023-03-02", "12:00"),
    "中午1点": ("2023-03-01", "13:00"),
    "3点": ("2023-03-01", "15:00"),
    "03:00": ("2023-03-02", "03:00"),
    "9点": ("2023-03-02", "09:00"),
    "11点": ("2023-03-01", "11:00"),
    "9点05": ("2023-03-02", "09:05"),
    "明天九点零五分": ("2023-03-02", "09:05"),
    "下午四点三刻": ("2023-03-01", "16:45"),
    "明天24:00": ("2023-03-03", "00:00"),
    "周三三点": ("2023-03-01", "15:00"),
    "周三9点": ("2023-03-08", "09:00"),
    "1号9点": ("2023-04-01", "09:00"),
    "下周一9点半": ("2023-03-06", "09:30"),
    "3月22日15:30": ("2023-03-22", "15:30"),
    "2023-03-22 09:00": ("2023-03-22", "09:00"),
    "4月14日（周五）下午3点": ("2023-04-14", "15:00"),
    "明天一点开会": ("2023-03-02", "13:00"),
    "三点意见": None,
    "有一点慢": None,
    "早点报": None,
    "3个百分点": None,
    "25点": None,
    "明天25点": None,
    "3月5日9点75分": None,
    "9:75": None,
    "下午好": None,
}


@pytest.mark.parametrize(("said", "day"), DAYS.items())
def test_a_day_is_read(said: str, day: str | None) -> None:
    found = day_ahead(clean(said), NOW)
    assert (found and (found.day.isoformat(), found.at, found.past)) == (day and (day, None, False))


@pytest.mark.parametrize(("said", "moment"), TIMES.items())
def test_a_time_is_read(said: str, moment: tuple[str, str] | None) -> None:
    found = day_ahead(clean(said), NOW)
    assert (found and (found.day.isoformat(), found.at and f"{found.at:%H:%M}")) == moment
    assert found is None or not found.past


@pytest.mark.parametrize(
    ("said", "unreal"),
    [
        ("2月30日", "2月30日"),
        ("提醒我下个月31日报数", "下个月31日"),
        ("3月5日25点开会", "3月5日25点"),
        ("下周三25点", "下周三25点"),
        ("26:70", "26:70"),
        ("3月22日9点", ""),
        ("3月后", ""),
        ("2月29日", ""),
        ("三点意见", ""),
        ("5G基站建成620个", ""),
    ],
)
def test_what_there_is_not_is_found(said: str, unreal: str) -> None:
    assert unreal_in(clean(said), NOW) == unreal


@pytest.mark.parametrize(
    ("said", "day"),
    [
        ("昨天", "2023-02-28"),
        ("上周三", "2023-02-22"),
        ("本周一", "2023-02-27"),
        ("上个月5号", "2023-02-05"),
        ("2月20日", "2023-02-20"),
        ("去年12月31日", "2022-12-31"),
        ("2022-12-31", "2022-12-31"),
        ("今天9点", "2023-03-01"),
    ],
)
def test_a_day_that_is_over_says_so(said: str, day: str) -> None:
    found = day_ahead(clean(said), NOW)
    assert found is not None
    assert (found.day.isoformat(), found.past) == (day, True)


@pytest.mark.parametrize(
    ("said", "odd"), [("3月22日（周三）", False), ("3月22日周四", True), ("明天（周五）9点", True)]
)
def test_another_weekday_beside_a_day_is_noticed(said: str, *, odd: bool) -> None:
    (found,) = days_ahead(clean(said), NOW)
    assert found.odd is odd


def test_what_was_read_is_where_it_stands() -> None:
    text = clean("提醒我下周三下午三点报5G基站，3月22日再看一次")
    found = days_ahead(text, NOW)
    assert [text[one.start : one.end] for one in found] == ["下周三下午三点", "3月22日"]


_DAY = timedelta(days=1)
todays = st.datetimes(datetime(2020, 1, 1), datetime(2035, 1, 1))  # noqa: DTZ001
ahead = st.integers(0, 182)
WEEKDAYS = "一二三四五六日"


@given(todays, ahead)
@example(datetime(2023, 12, 31, 23, 59), 60)  # noqa: DTZ001
@example(datetime(2021, 7, 3), 182)  # noqa: DTZ001
def test_every_day_of_the_next_half_year_is_itself_without_its_year(now: datetime, days: int) -> None:
    day = now.date() + days * _DAY
    for said in (
        f"{day.month}月{day.day}日",
        f"{day:%Y-%m-%d}",
        f"{day.year}年{day.month}月{day.day}号",
        f"{days}天后",
    ):
        found = day_ahead(said, now)
        assert found is not None
        assert (found.day, found.past) == (day, False)


@given(todays, st.integers(0, 6))
def test_weekdays_fall_on_themselves_in_their_week(now: datetime, nth: int) -> None:
    today = now.date()
    monday = today - today.weekday() * _DAY
    for words, weeks in (("上周", -1), ("本周", 0), ("下周", 1), ("下下周", 2)):
        found = day_ahead(f"{words}{WEEKDAYS[nth]}", now)
        assert found is not None
        assert found.day == monday + (7 * weeks + nth) * _DAY
        assert found.past is (found.day < today)
    bare = day_ahead(f"星期{WEEKDAYS[nth]}", now)
    assert bare is not None
    assert bare.day.weekday() == nth
    assert today <= bare.day < today + 7 * _DAY


@given(todays, st.times())
def test_a_time_alone_is_the_next_one(now: datetime, at: time) -> None:
    found = day_ahead(f"{at:%H:%M}", now)
    assert found is not None
    assert found.at == at.replace(second=0, microsecond=0)
    meant = datetime.combine(found.day, found.at)
    assert now < meant <= now + _DAY


@given(todays, st.integers(1, 31))
def test_a_day_of_the_month_alone_is_the_next_one(now: datetime, number: int) -> None:
    found = day_ahead(f"{number}号", now)
    assert found is not None
    assert found.day.day == number
    assert now.date() <= found.day <= now.date() + 62 * _DAY


@given(todays, st.integers(1, 999))
def test_later_is_as_much_later(now: datetime, minutes: int) -> None:
    found = day_ahead(f"{minutes}分钟后", now)
    assert found is not None
    assert found.at is not None
    assert datetime.combine(found.day, found.at) == now.replace(second=0, microsecond=0) + timedelta(minutes=minutes)


_pieces = st.lists(
    st.sampled_from([*DAYS, *TIMES, "昨天", "月", "日", "号", "点", "周", "每", "下", "十", "3", ":", "后"])
)
_texts = st.one_of(st.text(max_size=40), _pieces.map("".join))


@given(_texts, todays)
def test_whatever_is_typed_spans_lie_in_the_text_in_order(text: str, now: datetime) -> None:
    text = clean(text)
    end = 0
    for one in days_ahead(text, now):
        assert end <= one.start < one.end <= len(text)
        end = one.end
        assert one.past is (
            one.day < now.date() or (one.day == now.date() and one.at is not None and one.at <= now.time())
        )
