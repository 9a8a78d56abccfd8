"""/remind, /reminders, /ics and reminders in plain words, as people meet them."""

from collections.abc import Callable
from datetime import date, datetime, time, timedelta
from typing import Any

import pytest
from icalendar import Calendar
from reminder_chat import GROUP, Chat, Shown
from reminder_harness import BASE_STATION, HEAD, LEADER, OFFICE, PLAN, SCIENCE, SUPERVISOR, TRAFFIC, ReminderHarness
from sqlalchemy import func, select

from handlers.access.service import Service
from handlers.chat.outgoing import Document, Send, dump_calls, load_calls
from handlers.reminders.personal_store import MOST
from handlers.reminders.texts_personal import SETTING
from handlers.services.clock import PLAN_ZONE, machine_now
from handlers.services.question_service import QuestionService
from knowledge.language.dates.quiet_hours import NO_QUIET, quiet_hours
from knowledge.language.normalize import clean
from knowledge.reminders.request import wanted_reminder
from storage.database import Database
from storage.erasure import forget_member
from storage.people import find_member
from storage.personal_reminders import PersonalRow
from storage.reports import reports_of
from storage.rich_text import plain_text
from storage.schedule import ScheduleRow, rows_of
from storage.subscriptions import MuteRow, SubscriptionRow

VISITOR = 510001
NOW = datetime(2023, 3, 17, 8, 30, tzinfo=PLAN_ZONE)
Say = Callable[[str], Shown]


@pytest.fixture
def chat(database: Database, question_service: QuestionService) -> Chat:
    """Friday 17 March 2023, 8:30: 市科经局 owns 5G基站."""
    harness = ReminderHarness(database, question_service, date(2023, 3, 17))
    harness.own("市科经局", BASE_STATION)
    return Chat(harness)


@pytest.fixture
def say(chat: Chat) -> Say:
    return lambda text: chat.say(SCIENCE, text)


# -- reminders of one's own -------------------------------------------------------------------------------------------


def test_a_reminder_is_kept_in_one_line_and_told_with_what_to_do(chat: Chat, say: Say) -> None:
    kept = say("提醒我下周三报送5G基站")
    assert kept.text == "好，3月22日（周三）9:00提醒您：报送5G基站"
    assert kept.labels == ["取消", "我的提醒"]
    assert chat.harness.on(date(2023, 3, 20)).keys() == {SCIENCE}
    assert chat.harness.on(date(2023, 3, 22), time(8, 59)) == {}
    (text,) = chat.harness.on(date(2023, 3, 22))[SCIENCE]
    assert text.startswith("市科经局，2023-03-22（周三），1 件事\n您要的提醒：报送5G基站\n 5.2 5G基站 · 从未报过")
    told = chat.told(SCIENCE)[-1]
    assert told.labels == ["现在填报", "已完成", "稍后提醒", "收到"]
    assert chat.tap(SCIENCE, told, "现在填报").head == "5.2 5G基站：请发本次的数"
    assert chat.tap(SCIENCE, told, "已完成").head == "已完成：报送5G基站。不再提醒。"
    assert chat.harness.tick() == {}


def test_what_names_no_target_of_the_unit_offers_no_report(chat: Chat) -> None:
    chat.say(TRAFFIC, "明天下午三点提醒我核对5G基站")
    chat.harness.on(date(2023, 3, 18), time(15))
    assert chat.told(TRAFFIC)[0].labels == ["已完成", "稍后提醒", "收到"]


def test_a_reminder_is_no_report_and_no_question(chat: Chat, say: Say) -> None:
    say("明天提醒我5G基站建成620个")
    with chat.harness.database.read() as session:
        assert reports_of(session, PLAN) == ()
    assert "请确认" in say("5G基站建成620个").text
    assert "5G基站：首列" in say("5G基站谁负责").text


def test_without_a_time_it_is_asked_for(say: Say, chat: Chat) -> None:
    asked = say("提醒我报5G基站")
    assert asked.head == "什么时候提醒您：报5G基站？"
    assert asked.labels == ["明天", "后天", "下周一", "一周后"]
    assert say("后天下午三点").text == "好，3月19日（周日）15:00提醒您：报5G基站"
    assert chat.tap(SCIENCE, asked, "下周一").head == "好，3月20日（周一）9:00提醒您：报5G基站"


def test_what_is_no_time_is_asked_again_and_a_question_is_answered(say: Say) -> None:
    say("提醒我报5G基站")
    assert say("快了").head == "没有读懂时间。什么时候提醒您：报5G基站？"
    assert "5G基站：首列" in say("5G基站谁负责").text


def test_another_reminder_takes_the_place_of_the_question_when(say: Say) -> None:
    say("提醒我报5G基站")
    assert say("下周一提醒我交表").text == "好，3月20日（周一）9:00提醒您：交表"
    say("提醒我")
    assert say("明天下午三点提醒我开调度会").text == "好，3月18日（周六）15:00提醒您：开调度会"
    say("提醒我报5G基站")
    assert say("提醒我开会").head == "什么时候提醒您：开会？"
    assert say("提醒我下周一").text == "好，3月20日（周一）9:00提醒您：开会"


def test_a_report_is_heard_though_a_time_was_asked_for(say: Say) -> None:
    say("提醒我开会")
    assert "请确认：5.2 5G基站" in say("截至3月10日5G基站建成620个").head


@pytest.mark.parametrize("word", ["算了", "取消", "不用了。", "不设了"])
def test_the_question_when_can_be_called_off(say: Say, chat: Chat, word: str) -> None:
    say("提醒我开会")
    assert say(word).head == "好，不办了，提醒没有设。"
    assert say("明天").head != "好，3月18日（周六）9:00提醒您：开会"
    with chat.harness.database.read() as session:
        assert session.scalar(select(func.count()).select_from(PersonalRow)) == 0


@pytest.mark.parametrize(
    ("text", "head"),
    [
        ("明天下午三点开调度会，提前半小时喊我", "好，3月18日（周六）14:30提醒您：开调度会"),
        ("下周一9点交表提前一个半小时提醒我", "好，3月20日（周一）7:30提醒您：交表"),
        ("提前20分钟提醒我3月20日上午10点交表", "好，3月20日（周一）9:40提醒您：交表"),
        ("明天几点的会 到时候提前半小时喊我一声", "还不知道是几点，算不出提前到几点。什么时候提醒您：开会？"),
        ("明天下午交表，提前半小时提醒我", "还不知道是几点，算不出提前到几点。什么时候提醒您：交表？"),
        ("下周三提前半小时提醒我开会", "好，3月22日（周三）9:30提醒您：开会"),
        ("下周三几点的会 到时候提前半小时喊我一声", "好，3月22日（周三）9:30提醒您：开会"),
        ("提前一刻钟提醒我开会", "好，3月22日（周三）9:45提醒您：开会"),
    ],
)
def test_so_long_before_counts_from_the_hour_that_is_said_or_recorded(
    say: Say, chat: Chat, text: str, head: str
) -> None:
    chat.tap(OFFICE, chat.say(OFFICE, "/meeting 2023-03-22 10:00"), "确认")
    assert say(text).head == head


@pytest.mark.parametrize("number", ["9" * 20, "9" * 18, "0"])
def test_a_number_that_nothing_has_calls_off_nothing(say: Say, number: str) -> None:
    assert say(f"/reminders 取消 {number}").head == "这条提醒之前已经完成或取消了。"


@pytest.mark.parametrize(
    ("text", "head"),
    [
        ("提醒我2月30日报表", "没有“2月30日”这个时间。什么时候提醒您：报表？"),
        ("提醒我13月5日交表", "没有“13月5日”这个时间。什么时候提醒您：交表？"),
        ("2023-02-30提醒我交表", "没有“2023-02-30”这个时间。什么时候提醒您：交表？"),
        ("提醒我周日晚上25点开会", "没有“周日晚上25点”这个时间。什么时候提醒您：开会？"),
        ("昨天提醒我报数", "3月16日（周四）9:00已经过了。什么时候提醒您：报数？"),
        ("今天早上8点提醒我报数", "3月17日（周五）8:00已经过了。什么时候提醒您：报数？"),
        ("3月22日周四提醒我报数", "3月22日是周三，和您写的星期对不上。什么时候提醒您：报数？"),
        (
            "每周三提醒我报数",
            "目前只能提醒一次，不能按“每周三”重复；按期的报送本来就会提醒。什么时候提醒您：报数？",
        ),
        (
            "每月最后一个工作日提醒我报表",
            "目前只能提醒一次，不能按“每月最后一个工作日”重复；按期的报送本来就会提醒。什么时候提醒您：报表？",
        ),
        ("隔天提醒我报数", "目前只能提醒一次，不能按“隔天”重复；按期的报送本来就会提醒。什么时候提醒您：报数？"),
        ("明天或后天提醒我报数", "一条提醒只能定一个时间。什么时候提醒您：报数？"),
        ("4月7日至9日提醒我报数", "什么时候提醒您：报数？"),
        ("上半年提醒我小结", "什么时候提醒您：小结？"),
        ("提醒我5G基站谁负责？", "什么时候提醒您：5G基站谁负责？"),
        ("提醒我", "提醒您什么事，什么时候？"),
        ("2030年5月1日提醒我报数", "这个时间太远了。什么时候提醒您：报数？"),
        (f"明天提醒我{'报数' * 101}", "提醒的内容最多 200 个字，请说短一些。"),
    ],
)
def test_what_cannot_be_kept_is_said(say: Say, chat: Chat, text: str, head: str) -> None:
    assert say(text).head == head
    with chat.harness.database.read() as session:
        assert session.scalar(select(func.count()).select_from(PersonalRow)) == 0


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("提醒我明天报5G基站，另外5G基站谁负责", ["好，3月18日（周六）9:00提醒您：报5G基站", "5G基站：首列市科经局"]),
        ("5G基站谁负责，另外提醒我明天报数", ["5G基站：首列市科经局", "好，3月18日（周六）9:00提醒您：报数"]),
        ("提醒我明天报数，另外催一下科经局", ["好，3月18日（周六）9:00提醒您：报数", "只有督查室可以催办"]),
        ("截至3月10日5G基站建成620个，提醒我明天报", ["请确认：5.2 5G基站", "好，3月18日（周六）9:00提醒您：报"]),
        (
            "提醒我明天报数；提醒我后天开会",
            ["好，3月18日（周六）9:00提醒您：报数", "9:00提醒您：开会"],
        ),
    ],
)
def test_a_second_request_is_heard_beside_a_reminder(say: Say, text: str, said: list[str]) -> None:
    sent = [plain_text(call.text) for call in say(text).calls if isinstance(call, Send)]
    assert len(sent) == len(said)
    assert all(expected in one for expected, one in zip(said, sent, strict=True))


def test_what_follows_the_question_what_is_read_as_one_sentence(say: Say) -> None:
    say("提醒我")
    assert say("明天下午三点开调度会").text == "好，3月18日（周六）15:00提醒您：开调度会"


def test_the_list_shows_the_next_first_and_calls_off(chat: Chat, say: Say) -> None:
    assert say("/reminders").head == "您没有自设的提醒。"
    for day in ("下周五", "下周三", "明天", "下周一", "下周二"):
        say(f"{day}提醒我交表")
    listed = say("我的提醒有哪些")
    assert listed.head == "自设的提醒：5 条（第 1/2 页）"
    assert listed.text.splitlines()[1] == " 3月18日（周六）9:00 交表"
    assert chat.tap(SCIENCE, listed, "更多").text.splitlines()[1] == " 3月24日（周五）9:00 交表"
    assert chat.tap(SCIENCE, listed, "取消：交表").head == "已取消：交表"
    assert chat.harness.on(date(2023, 3, 18)) == {}
    assert say("/reminders").head == "自设的提醒：4 条"


def test_only_the_own_reminder_can_be_called_off(chat: Chat, say: Say) -> None:
    kept = say("明天提醒我交表")
    number = int(kept_number(chat))
    assert "之前已经完成或取消" in chat.say(TRAFFIC, f"/reminders 取消 {number}").head
    assert chat.tap(SCIENCE, kept, "取消").head == "已取消：交表"
    assert "之前已经完成或取消" in say(f"/reminders 取消 {number}").head


def kept_number(chat: Chat) -> int:
    with chat.harness.database.read() as session:
        return session.scalars(select(PersonalRow.id)).one()


def test_the_row_and_the_schedule_are_kept_together(chat: Chat, say: Say) -> None:
    kept = say("下周三提醒我交表")
    with chat.harness.database.read() as session:
        before = rows_of(session, PLAN)
    key = (PLAN, "personal", str(kept_number(chat)))
    assert before[key].next_due.astimezone().date() == date(2023, 3, 22)
    chat.harness.rebuild()
    with chat.harness.database.read() as session:
        assert rows_of(session, PLAN) == before
    chat.tap(SCIENCE, kept, "取消")
    with chat.harness.database.read() as session:
        assert key not in rows_of(session, PLAN)


def test_there_is_a_most_of_reminders(chat: Chat, say: Say) -> None:
    with chat.harness.database.write() as session:
        member = find_member(session, SCIENCE)
        assert member is not None
        at = chat.harness.services.clock.now() + timedelta(days=1)
        session.add_all(
            PersonalRow(plan=PLAN, member_id=member.id, words="交表", at=at, created_at=machine_now())
            for _ in range(MOST)
        )
    assert "已有 50 条" in say("明天提醒我交表").head


def test_an_edited_sentence_moves_its_reminder(chat: Chat, say: Say) -> None:
    say("下周三提醒我交表")
    assert chat.say(SCIENCE, "下周四提醒我交表", edits=chat.last).text == "好，3月23日（周四）9:00提醒您：交表"
    assert say("/reminders").head == "自设的提醒：1 条"


def test_groups_visitors_and_a_public_service_hear_one_sentence(chat: Chat) -> None:
    elsewhere = "群里只答公开方案，这件事请私聊我。\nhttps://t.me/duban_bot"
    assert chat.say(SCIENCE, "@duban_bot 提醒我明天开会", chat=GROUP).text == elsewhere
    assert chat.say(SUPERVISOR, "@duban_bot 明天开会", chat=GROUP).text == elsewhere
    assert "您还没有绑定身份" in chat.say(VISITOR, "提醒我明天开会").text
    object.__setattr__(chat.harness.services, "service", Service(internal=False))
    assert chat.say(SCIENCE, "提醒我明天开会").text.startswith("本服务目前只回答公开方案的问题")


@pytest.mark.parametrize("text", SETTING.examples)
def test_who_speaks_of_settings_is_shown_the_way(text: str) -> None:
    assert wanted_reminder(clean(text), NOW) is None
    assert SETTING.shows(clean(text))


@pytest.mark.parametrize("text", SETTING.others)
def test_other_sentences_are_not_about_settings(text: str) -> None:
    assert not SETTING.shows(clean(text))


def test_the_way_to_the_settings(say: Say) -> None:
    assert say("别再提醒我5.2了").labels == ["我的提醒", "暂停一项任务", "自设的提醒"]


# -- settings ---------------------------------------------------------------------------------------------------------


def test_remind_shows_what_comes_and_when(say: Say) -> None:
    say("下周三提醒我交表")
    shown = say("/remind")
    assert shown.head == "以后 4 周最多收到 5 条提醒"
    assert shown.text.splitlines()[1:6] == [
        " 3月20日（周一）9:00 报送开始：1 个目标",
        " 3月22日（周三）9:00 自设提醒：交表",
        " 3月24日（周五）9:00 报送截止：1 个目标",
        " 3月27日（周一）9:00 报送催报：1 个目标",
        " 3月28日（周二）9:00 报送再催：1 个目标",
    ]
    assert "到期前 90、30、14、7、3、1 天和当天提醒；同一天的合并成一条；20:00 到次日 8:00 不打扰" in shown.text
    assert len(shown.labels) <= 6


def test_what_is_shown_is_what_comes(chat: Chat, say: Say) -> None:
    promised = [line.split(" ")[1] for line in say("/remind").text.splitlines() if "目标" in line and "：" in line]
    days = chat.harness.through(date(2023, 3, 18), date(2023, 4, 14))
    told = [f"{day.month}月{day.day}日" for day, texts in days if SCIENCE in texts]
    assert [one.partition("（")[0] for one in promised] == told
    assert len(told) == 4


@pytest.mark.parametrize(
    ("person", "why"),
    [
        (TRAFFIC, "还没有办公室确认主责的目标"),
        (HEAD, "单位负责人平时不收提醒"),
        (LEADER, "不给市领导发催报提醒"),
    ],
)
def test_an_empty_list_says_why_and_what_to_do(chat: Chat, person: int, why: str) -> None:
    shown = chat.say(person, "/remind")
    assert shown.head == "以后 4 周没有提醒"
    assert why in shown.text


def test_supervisors_and_the_office_see_their_lists(chat: Chat) -> None:
    assert "待确认主责清单" in chat.say(OFFICE, "/remind").text
    assert "报送转督查室" in chat.say(SUPERVISOR, "/remind").text


def test_what_remind_does_not_know_is_said(say: Say) -> None:
    unread = say("/remind 早点儿")
    assert unread.head == "没有读懂“早点儿”。"
    assert unread.labels[:2] == ["提前几天", "改成逐条发"]
    assert say("/remind 提前几天 30 7").head == "到期前 30、7 天提醒"


def test_projects_are_counted_as_such(chat: Chat, say: Say) -> None:
    chat.tap(SCIENCE, say("湖北省智能化新能源船舶产业园征地受阻"), "确认")
    assert "重点项目收集：1 个项目" in say("/remind").text


def test_lead_times_are_turned_one_by_one(chat: Chat, say: Say) -> None:
    days = chat.tap(SCIENCE, say("/remind"), "提前几天")
    assert days.labels == ["关 90 天", "关 30 天", "关 14 天", "关 7 天", "其他天数", "我的提醒"]
    fewer = chat.tap(SCIENCE, days, "关 30 天")
    assert fewer.head == "到期前 90、14、7、3、1 天和当天提醒"
    assert fewer.labels[1] == "开 30 天"
    assert chat.tap(SCIENCE, fewer, "其他天数").labels == ["关 3 天", "关 1 天", "关 当天", "其他天数", "我的提醒"]
    assert chat.tap(SCIENCE, fewer, "开 30 天").head == "到期前 90、30、14、7、3、1 天和当天提醒"
    with chat.harness.database.read() as session:
        assert session.scalars(select(SubscriptionRow.deadline_days)).one() is None  # as the rule says, again


def test_lead_times_can_be_typed(chat: Chat, say: Say) -> None:
    chat.tap(SCIENCE, say("/remind"), "提前几天")
    assert say("30、7和当天").head == "到期前 30、7 天和当天提醒"
    assert say("/remind 天数 5").head == "只能从规则的天数里选。"


def test_single_and_joined(chat: Chat, say: Say) -> None:
    assert chat.tap(SCIENCE, say("/remind"), "改成逐条发").head == "好，以后每件事单独发一条。"
    assert chat.tap(SCIENCE, say("/remind"), "合并成每天一条").head == "好，以后同一天的合并成一条。"


def test_quiet_hours_by_button_and_by_typing(chat: Chat, say: Say) -> None:
    ask = chat.tap(SCIENCE, say("/remind"), "免打扰")
    assert chat.tap(SCIENCE, ask, "21点到8点").head == "好，21:00 到次日 8:00 不打扰。"
    say("/remind 免打扰")
    assert say("晚上十点到早上七点").head == "好，22:00 到次日 7:00 不打扰。"
    say("/remind 免打扰")
    assert say("随便").head == "没有读懂。每天几点到几点不打扰？"
    assert chat.tap(SCIENCE, ask, "不设").head == "好，不设免打扰。"
    assert chat.tap(SCIENCE, ask, "按规则").head == "好，20:00 到次日 8:00 不打扰。"


@pytest.mark.parametrize(
    ("text", "hours"),
    [
        ("22点到7点", (time(22), time(7))),
        ("22点到6点", (time(22), time(6))),
        ("晚上10点到早上7点半", (time(22), time(7, 30))),
        ("22:00-7:00", (time(22), time(7))),
        ("22-7", (time(22), time(7))),
        ("下午六点到第二天上午九点", (time(18), time(9))),
        ("中午12点到下午2点", (time(12), time(14))),
        ("不设", NO_QUIET),
        ("22点", None),
        ("8点到8点", None),
        ("25点到7点", None),
        ("随便", None),
    ],
)
def test_hours_in_words(text: str, hours: tuple[time, time] | None) -> None:
    assert quiet_hours(clean(text)) == hours


def test_a_task_is_muted_listed_and_lifted(chat: Chat, say: Say) -> None:
    tasks = chat.tap(SCIENCE, say("/remind"), "暂停一项任务")
    assert "5.2" in tasks.labels or len(tasks.labels) == 6
    until = say("5.2")
    assert until.head == "5.2 加强新型基础设施建设：暂停到什么时候？"
    assert chat.tap(SCIENCE, until, "一周").head == "好，到 3月24日（含）不再提醒 5.2 加强新型基础设施建设。"
    shown = say("/remind")
    assert "暂停：5.2 到 3月24日" in shown.text
    assert "3月20日" not in shown.text
    assert "3月27日" in shown.text
    assert chat.harness.on(date(2023, 3, 20)) == {}
    mutes = chat.tap(SCIENCE, say("/remind"), "恢复提醒")
    assert mutes.labels == ["恢复 5.2", "我的提醒"]
    assert chat.tap(SCIENCE, mutes, "恢复 5.2").head == "好，恢复提醒 5.2。"
    assert chat.harness.on(date(2023, 3, 24)).keys() == {SCIENCE}


@pytest.mark.parametrize(
    ("typed", "head"),
    [
        ("5.2 一个月", "好，到 4月17日（含）不再提醒 5.2 加强新型基础设施建设。"),
        ("5G基站 到3月31日", "好，到 3月31日（含）不再提醒 5.2 加强新型基础设施建设。"),
        ("5.2到年底", "好，到 12月31日（含）不再提醒 5.2 加强新型基础设施建设。"),
        ("5G基站", "5.2 加强新型基础设施建设：暂停到什么时候？"),
        ("5.2 昨天", "没有读懂时间。5.2 加强新型基础设施建设：暂停到什么时候？"),
        ("月球基地", "没有找到这项任务。暂停哪项任务的提醒？"),
    ],
)
def test_a_mute_can_be_typed(say: Say, typed: str, head: str) -> None:
    say("/remind 暂停")
    assert say(typed).head == head


# -- the calendar file ------------------------------------------------------------------------------------------------


def events(shown: Shown) -> dict[str, Any]:
    (document,) = [call for call in shown.calls if isinstance(call, Document)]
    assert load_calls(dump_calls((document,))) == (document,)  # it is kept in the inbox until it is delivered
    calendar = Calendar.from_ical(document.text)
    return {str(event["uid"]): event for event in calendar.walk("VEVENT")}


def test_the_calendar_holds_deadlines_due_days_and_own_reminders(say: Say) -> None:
    say("下周三下午三点提醒我交表")
    shown = say("/ics")
    assert shown.head == "日历文件在下面：1 个到期日，12 个报送截止日，1 条自设提醒"
    found = events(shown)
    (deadline,) = [one for uid, one in found.items() if "deadline-2023-12-31" in uid]
    assert str(deadline["summary"]) == "到期：5.2 5G基站"
    assert deadline["dtstart"].dt == date(2023, 12, 31)
    hours = [alarm["trigger"].dt for alarm in deadline.walk("VALARM")]
    assert hours == [timedelta(hours=9) - timedelta(days=days) for days in (90, 30, 14, 7, 3, 1, 0)]
    (due,) = [one for uid, one in found.items() if "due-2023-03-" in uid]
    assert (str(due["summary"]), due["dtstart"].dt) == ("3月报送截止：5.2 5G基站", date(2023, 3, 25))
    (own,) = [one for uid, one in found.items() if "own-" in uid]
    assert own["dtstart"].dt.isoformat() == "2023-03-22T15:00:00+08:00"
    assert own["dtstart"].params["TZID"] == "Asia/Shanghai"


def test_the_same_thing_keeps_its_uid_and_alarms_follow_the_chosen_days(say: Say) -> None:
    before = events(say("/ics"))
    say("/remind 天数 30、7")
    after = events(say("/ics"))
    assert before.keys() == after.keys()
    (deadline,) = [one for uid, one in after.items() if "deadline" in uid]
    assert len(deadline.walk("VALARM")) == 2


def test_who_has_nothing_gets_no_file(chat: Chat) -> None:
    shown = chat.say(TRAFFIC, "/ics")
    assert shown.head == "没有可以导出的：您没有主责的目标，也没有自设的提醒。"
    assert not [call for call in shown.calls if isinstance(call, Document)]


def test_supervisors_get_the_plans_deadlines_and_leaders_those_in_their_charge(chat: Chat) -> None:
    (whole,) = [one for uid, one in events(chat.say(SUPERVISOR, "/ics")).items() if "2023-12-31" in uid]
    (charge,) = [one for uid, one in events(chat.say(LEADER, "/ics")).items() if "2023-12-31" in uid]
    assert "1.2 园区新增规上企业" in str(whole["description"])
    assert str(charge["summary"]) == "到期：5.2 5G基站"


def test_forgetting_takes_reminders_and_settings_along(chat: Chat, say: Say) -> None:
    say("下周三提醒我交表")
    say("/remind 天数 30")
    say("/remind 暂停 5.2 一周")
    with chat.harness.database.write() as session:
        member = find_member(session, SCIENCE)
        assert member is not None
        forget_member(session, member.id, now=machine_now())
    with chat.harness.database.read() as session:
        tables = (PersonalRow, SubscriptionRow, MuteRow)
        assert [session.scalar(select(func.count()).select_from(table)) for table in tables] == [0, 0, 0]
        assert session.scalars(select(ScheduleRow.id).where(ScheduleRow.rule == "personal")).all() == []
    assert chat.harness.on(date(2023, 3, 22)) == {}
