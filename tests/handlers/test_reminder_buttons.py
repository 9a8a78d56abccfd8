"""The buttons of a reminder: late, twice, by somebody else, and when everything has been reported meanwhile."""

from datetime import date, time

import pytest
from reminder_chat import Chat, Shown
from reminder_harness import BASE_STATION, HEAD, OFFICE, PLAN, SCIENCE, SUPERVISOR, TRAFFIC, ReminderHarness

from handlers.services.clock import machine_now
from handlers.services.question_service import QuestionService
from knowledge.reminders.rules import RuleChange
from knowledge.reports.model import UpdateKind
from knowledge.standing.report import Report
from storage.database import Database
from storage.people import end, find_member
from storage.reports import reports_of
from storage.rule_settings import change_rule

TECHNICAL, CITIES = ("1.1", "技改项目"), ("1.1", "电子信息产业总产值")
VISITOR = 510001


@pytest.fixture
def chat(database: Database, question_service: QuestionService) -> Chat:
    """Monday 20 March 2023, 9:00: 市科经局 owns two targets and has just been asked for the month's figures."""
    harness = ReminderHarness(database, question_service, date(2023, 3, 17))
    harness.own("市科经局", BASE_STATION, TECHNICAL)
    harness.on(date(2023, 3, 20))
    return Chat(harness)


@pytest.fixture
def digest(chat: Chat) -> Shown:
    (message,) = chat.told(SCIENCE)
    return message


def reports(chat: Chat) -> list[Report]:
    with chat.harness.database.read() as session:
        return list(reports_of(session, PLAN))


def report_all(chat: Chat) -> None:
    chat.harness.report(SCIENCE, "市科经局", BASE_STATION, 600, date(2023, 3, 20))
    chat.harness.report(SCIENCE, "市科经局", TECHNICAL, 12, date(2023, 3, 20))


def test_the_message_offers_what_one_would_do_next(digest: Shown) -> None:
    assert digest.labels == ["现在填报", "都无变化", "稍后提醒", "收到"]


def test_what_answers_a_reminder_counts_for_its_period_and_for_no_other(chat: Chat, digest: Shown) -> None:
    """In April the buttons of March's reminder are still about March."""
    clock = chat.harness.services.clock
    clock.shift_to_time(date(2023, 4, 3), time(9))
    same = chat.tap(SCIENCE, chat.tap(SCIENCE, chat.tap(SCIENCE, digest, "现在填报"), "5.2 5G基站"), "本期无变化")
    assert same.head == "已记录：本期无变化。"
    chat.tap(SCIENCE, same, "现在填报")
    card = chat.say(SCIENCE, "12个")
    assert "数据截至 4月3日，以市科经局填报，计入3月报送期" in card.text
    chat.tap(SCIENCE, card, "确认")
    assert [(one.for_period, one.as_of) for one in reports(chat)] == [("2023-03", date(2023, 4, 3))] * 2
    assert "本期要报 2 项，还有 2 项未报，4月25日截止。" in chat.say(SCIENCE, "/report").text


def test_a_message_that_was_received_says_so_in_its_place(chat: Chat, digest: Shown) -> None:
    first = chat.tap(SCIENCE, digest, "收到")
    assert first.head == digest.head
    assert first.text.endswith("已收到。")
    assert first.labels == ["现在填报", "都无变化", "稍后提醒"]
    assert chat.tap(SCIENCE, digest, "收到").text == first.text


def test_several_targets_are_offered_one_by_one_until_none_is_left(chat: Chat, digest: Shown) -> None:
    several = chat.tap(SCIENCE, digest, "现在填报")
    assert several.head == "这条提醒里还没报的，先报哪个？"
    assert several.labels == ["1.1 技改项目", "5.2 5G基站"]
    assert chat.tap(SCIENCE, several, "5.2 5G基站").head == "5.2 5G基站：请发本次的数"
    card = chat.say(SCIENCE, "620")
    assert "请确认：5.2 5G基站" in card.head
    done = chat.tap(SCIENCE, card, "确认")
    assert "这条提醒里还有 1 个没报。" in done.text
    assert chat.tap(SCIENCE, done, "报下一项").head == "1.1 技改项目：请发本次的数"
    last = chat.tap(SCIENCE, chat.say(SCIENCE, "12个"), "确认")
    assert "这条提醒里的都报了。" in last.text
    assert [f"{one.subject.name} {one.value}" for one in reports(chat)] == ["5G基站 620", "技改项目 12"]
    assert chat.tap(SCIENCE, several, "1.1 技改项目").head == "1.1 技改项目 已经报了。"


def test_what_was_typed_instead_of_a_figure_is_asked_for_again(chat: Chat, digest: Shown) -> None:
    several = chat.tap(SCIENCE, digest, "现在填报")
    chat.tap(SCIENCE, several, "5.2 5G基站")
    assert "没有读懂。5.2 5G基站" in chat.say(SCIENCE, "马上").head
    assert "请确认：5.2 5G基站" in chat.say(SCIENCE, "建成620个").head


def test_a_single_target_is_asked_for_at_once(chat: Chat, digest: Shown) -> None:
    chat.harness.report(SCIENCE, "市科经局", TECHNICAL, 12, date(2023, 3, 20))
    assert chat.tap(SCIENCE, digest, "现在填报").head == "5.2 5G基站：请发本次的数"


def test_one_tap_records_that_nothing_has_changed_of_exactly_these(chat: Chat, digest: Shown) -> None:
    chat.harness.report(SCIENCE, "市科经局", BASE_STATION, 600, date(2023, 3, 20))
    said = chat.tap(SCIENCE, digest, "都无变化")
    assert said.head == "已记录：本期无变化。"
    assert "1.1 技改项目" in said.text
    assert "5G基站" not in said.text
    (_, unchanged) = reports(chat)
    assert (unchanged.subject.name, unchanged.kind, unchanged.value) == ("技改项目", UpdateKind.NO_CHANGE, None)
    assert chat.harness.on(date(2023, 3, 24)) == {}


def test_one_of_several_can_be_left_unchanged(chat: Chat, digest: Shown) -> None:
    several = chat.tap(SCIENCE, digest, "现在填报")
    asked = chat.tap(SCIENCE, several, "1.1 技改项目")
    said = chat.tap(SCIENCE, asked, "本期无变化")
    assert "这条提醒里还有 1 个没报。" in said.text
    assert chat.tap(SCIENCE, said, "现在填报").head == "5.2 5G基站：请发本次的数"


@pytest.mark.parametrize("label", ["现在填报", "都无变化", "稍后提醒"])
def test_when_everything_was_reported_meanwhile_it_says_so(chat: Chat, digest: Shown, label: str) -> None:
    report_all(chat)
    assert chat.tap(SCIENCE, digest, label).head == "这条提醒里的事都办了，不用再管。"
    assert len(reports(chat)) == 2


@pytest.mark.parametrize("label", ["现在填报", "都无变化", "稍后提醒", "收到"])
def test_nobody_acts_on_another_persons_message(chat: Chat, digest: Shown, label: str) -> None:
    """Neither with its buttons in another chat, nor when the account belongs to somebody else by now."""
    assert chat.tap(TRAFFIC, digest, label).toast == "这条回复已过期，请重新提问"
    with chat.harness.database.write() as session:
        member, other = find_member(session, SCIENCE), find_member(session, TRAFFIC)
        assert member is not None
        assert other is not None
        end(session, member.id, now=machine_now())
    assert "您还没有绑定身份" in chat.tap(SCIENCE, digest, label).text
    assert reports(chat) == []


def test_a_number_that_was_typed_is_no_command(chat: Chat) -> None:
    assert "没有 /fill 这个命令" in chat.say(TRAFFIC, "/fill 1").text


@pytest.mark.parametrize(
    ("label", "sentence", "day", "at"),
    [
        ("一小时后", "好，3月20日（周一）10:00再提醒还没办的 1 件事。", date(2023, 3, 20), time(10)),
        ("明天", "好，3月21日（周二）9:00再提醒还没办的 1 件事。", date(2023, 3, 21), time(9)),
        ("下周一", "好，3月27日（周一）9:00再提醒还没办的 1 件事。", date(2023, 3, 27), time(9)),
    ],
)
def test_later_tells_what_is_still_due_again_at_the_time_that_was_said(
    chat: Chat, digest: Shown, label: str, sentence: str, day: date, at: time
) -> None:
    chat.harness.services.clock.shift_to_time(date(2023, 3, 20), time(9))
    offers = chat.tap(SCIENCE, digest, "稍后提醒")
    assert offers.labels == ["一小时后", "明天", "下周一"]
    assert chat.tap(SCIENCE, offers, label).head == sentence
    chat.harness.report(SCIENCE, "市科经局", TECHNICAL, 12, date(2023, 3, 20))
    told = [text for text in chat.harness.on(day, at)[SCIENCE] if "1 个目标未报" in text]
    assert len(told) >= 1
    again = chat.told(SCIENCE)[-1]
    assert "5.2 5G基站" in again.text
    assert " 3月20日提醒以后已报 1 个：1.1 技改项目\n" in again.text
    assert chat.tap(SCIENCE, again, "现在填报").head == "5.2 5G基站：请发本次的数"
    assert chat.harness.tick() == {}


def test_on_a_friday_tomorrow_is_the_next_working_morning(chat: Chat) -> None:
    chat.harness.on(date(2023, 3, 24))
    offers = chat.tap(SCIENCE, chat.told(SCIENCE)[-1], "稍后提醒")
    assert offers.labels == ["一小时后", "下个工作日"]
    assert "下个工作日：3月27日（周一）9:00" in offers.text


def test_a_second_choice_moves_it_and_it_can_be_called_off(chat: Chat, digest: Shown) -> None:
    offers = chat.tap(SCIENCE, digest, "稍后提醒")
    chat.tap(SCIENCE, offers, "明天")
    moved = chat.tap(SCIENCE, offers, "下周一")
    assert moved.head == "好，改为3月27日（周一）9:00再提醒还没办的 1 件事。"
    assert chat.say(SCIENCE, "/reminders").head == "自设的提醒：1 条"
    assert chat.tap(SCIENCE, moved, "取消").head == "已取消：3月20日的提醒，1 件事"
    assert chat.tap(SCIENCE, moved, "取消").toast == "已经办过，请看这条或最近的消息"
    assert chat.harness.on(date(2023, 3, 21)) == {}


def test_what_was_put_off_is_not_told_when_all_was_reported(chat: Chat, digest: Shown) -> None:
    chat.tap(SCIENCE, chat.tap(SCIENCE, digest, "稍后提醒"), "明天")
    report_all(chat)
    assert chat.harness.on(date(2023, 3, 21)) == {}


def test_what_the_rules_tell_at_the_same_moment_is_not_told_twice(chat: Chat, digest: Shown) -> None:
    chat.tap(SCIENCE, chat.tap(SCIENCE, digest, "稍后提醒"), "明天")
    chat.harness.on(date(2023, 3, 21), time(8, 30))
    chat.harness.on(date(2023, 3, 24))
    (*_, due) = chat.told(SCIENCE)
    chat.tap(SCIENCE, chat.tap(SCIENCE, due, "稍后提醒"), "下个工作日")
    (text,) = chat.harness.on(date(2023, 3, 27))[SCIENCE]
    assert "已过截止日" in text


def test_two_messages_put_off_to_the_same_moment_are_told_as_one(chat: Chat, digest: Shown) -> None:
    chat.tap(SCIENCE, chat.tap(SCIENCE, digest, "稍后提醒"), "下周一")
    chat.harness.on(date(2023, 3, 24))
    chat.tap(SCIENCE, chat.tap(SCIENCE, chat.told(SCIENCE)[-1], "稍后提醒"), "下个工作日")
    with chat.harness.database.write() as session:
        member = find_member(session, SCIENCE)
        assert member is not None
        change_rule(session, PLAN, "late", RuleChange(on=False), by=member.id, now=machine_now())
    chat.harness.rebuild()
    assert len(chat.harness.on(date(2023, 3, 27))[SCIENCE]) == 1


def test_a_message_told_again_after_the_day_says_so(chat: Chat, digest: Shown) -> None:
    """It was of the day before the figures were due; told again it speaks of what is by then."""
    chat.tap(SCIENCE, chat.tap(SCIENCE, digest, "稍后提醒"), "下周一")
    with chat.harness.database.write() as session:
        member = find_member(session, SCIENCE)
        assert member is not None
        change_rule(session, PLAN, "late", RuleChange(on=False), by=member.id, now=machine_now())
    chat.harness.rebuild()
    (text,) = chat.harness.on(date(2023, 3, 27))[SCIENCE]
    assert "3月报送已过截止日（3月25日），还有 2 个目标未报" in text


def test_what_was_told_again_can_be_put_off_again(chat: Chat, digest: Shown) -> None:
    chat.tap(SCIENCE, chat.tap(SCIENCE, digest, "稍后提醒"), "明天")
    chat.harness.on(date(2023, 3, 21))
    again = chat.told(SCIENCE)[-1]
    assert chat.tap(SCIENCE, again, "收到").text.endswith("已收到。")
    said = chat.tap(SCIENCE, chat.tap(SCIENCE, again, "稍后提醒"), "明天")
    assert said.head == "好，3月22日（周三）9:00再提醒还没办的 1 件事。"
    (text,) = chat.harness.on(date(2023, 3, 22))[SCIENCE]
    assert "还有 2 个目标未报" in text


def test_done_of_a_target_proposes_the_report(chat: Chat) -> None:
    chat.harness.report(SCIENCE, "市科经局", BASE_STATION, 690, date(2023, 12, 20))
    chat.harness.report(SCIENCE, "市科经局", TECHNICAL, 20, date(2023, 12, 20))
    chat.harness.on(date(2023, 12, 27))
    (text,) = chat.harness.on(date(2023, 12, 28))[SCIENCE]
    assert "还有 3 天到期" in text
    urgent = chat.told(SCIENCE)[-1]
    assert urgent.labels == ["现在填报", "已完成", "稍后提醒", "收到"]
    card = chat.tap(SCIENCE, urgent, "已完成")
    assert card.head == "请确认：5.2 5G基站"
    assert len(reports(chat)) == 2
    assert "这条提醒里的都报了。" in chat.tap(SCIENCE, card, "确认").text
    assert reports(chat)[-1].kind is UpdateKind.STATE


def test_who_only_has_a_list_of_what_is_overdue_reports_nothing_done(chat: Chat) -> None:
    chat.harness.report(SCIENCE, "市科经局", TECHNICAL, 12, date(2023, 3, 20))
    chat.harness.own("市交通局", TECHNICAL)
    chat.harness.on(date(2024, 3, 4))
    assert "已逾期 64 天" in chat.told(SUPERVISOR)[-1].text
    assert "已完成" not in chat.told(SUPERVISOR)[-1].labels


def test_a_deadline_counts_as_reported_once_a_figure_came_after_the_message(chat: Chat) -> None:
    chat.harness.report(SCIENCE, "市科经局", BASE_STATION, 690, date(2023, 12, 20))
    chat.harness.report(SCIENCE, "市科经局", TECHNICAL, 20, date(2023, 12, 20))
    chat.harness.on(date(2023, 12, 28))
    urgent = chat.told(SCIENCE)[-1]
    assert chat.tap(SCIENCE, urgent, "现在填报").head == "5.2 5G基站：请发本次的数"
    chat.tap(SCIENCE, chat.say(SCIENCE, "695"), "确认")
    (later,) = chat.harness.on(date(2023, 12, 29))[SCIENCE]
    assert "还有 2 天到期" in later


def test_a_page_of_a_long_reminder_is_turned(chat: Chat, question_service: QuestionService) -> None:
    many = [(one.task, one.name) for _, one in question_service.library.targets if one.task in {"1.1", "1.2", "3.1"}]
    chat.harness.own("市科经局", *many)
    chat.harness.on(date(2023, 4, 20))
    long = chat.told(SCIENCE)[-1]
    assert "另有" in long.text
    several = chat.tap(SCIENCE, long, "现在填报")
    assert len(several.labels) == 6
    assert several.labels[-1] == "更多"
    assert "（第 2/" in chat.tap(SCIENCE, several, "更多").head
    same = chat.tap(SCIENCE, long, "都无变化").text
    assert f"等 {len(many) + 1} 个目标" in same  # 5G基站 as well
    assert same.count("、") == 7


def test_the_tuesday_list_says_where_a_project_is_stuck_in_the_units_words(chat: Chat) -> None:
    card = chat.say(SCIENCE, "湖北省智能化新能源船舶产业园征地受阻")
    assert "困难问题" in card.text
    chat.tap(SCIENCE, card, "确认")
    chat.harness.on(date(2023, 3, 21))
    told = chat.told(SUPERVISOR)[-1].text
    assert "\n 湖北省智能化新能源船舶产业园：困难问题，征地受阻（市科经局，3月20日）" in told


def press(chat: Chat) -> Shown:
    chat.harness.on(date(2023, 3, 27))
    chat.harness.on(date(2023, 3, 28))
    chat.harness.on(date(2023, 3, 29))
    return chat.told(SUPERVISOR)[-1]


def test_a_supervisor_lets_the_heads_press_once_a_unit_and_period(chat: Chat) -> None:
    listed = press(chat)
    assert listed.labels == ["请负责人督促", "稍后提醒", "收到"]
    said = chat.tap(SUPERVISOR, listed, "请负责人督促")
    assert said.head == "已请 1 家单位的负责人督促。"
    assert "市科经局：市科经局负责人" in said.text
    (message,) = chat.told(HEAD)
    assert message.text.startswith("市科经局，2023-03-29（周三），1 件事\n督查室请您督促：3月报送已过截止日")
    assert message.labels == ["现在填报", "都无变化", "稍后提醒", "收到"]
    assert chat.tap(HEAD, message, "收到").text.endswith("已收到。")
    chat.harness.on(date(2023, 3, 30))
    again = chat.tap(SUPERVISOR, chat.told(SUPERVISOR)[0], "请负责人督促")
    assert again.toast == "已经办过，请看这条或最近的消息"
    assert len(chat.told(HEAD)) == 1


def test_units_without_a_head_are_named_and_leaders_never_told(chat: Chat) -> None:
    chat.harness.own("市交通局", ("1.2", "园区新增规上企业"))
    chat.harness.on(date(2023, 3, 24))
    said = chat.tap(SUPERVISOR, press(chat), "请负责人督促")
    assert "没有负责人，没有发：市交通局" in said.text
    assert chat.told(510008) == ()


def test_when_all_was_reported_nobody_is_pressed(chat: Chat) -> None:
    listed = press(chat)
    report_all(chat)
    assert chat.tap(SUPERVISOR, listed, "请负责人督促").head == "现在没有应报未报的，不用督促。"
    assert chat.told(HEAD) == ()


def test_who_has_acknowledged_is_seen_by_supervisor_office_and_the_units_head(chat: Chat, digest: Shown) -> None:
    shown = chat.say(SUPERVISOR, "/acks")
    assert shown.head == "本周提醒（3月20日以来）：0 次点了收到，1 次没有"
    assert "报送开始\n 市科经局：未收到 市科经局联络员" in shown.text
    chat.tap(SCIENCE, digest, "收到")
    assert "市科经局：已收到 市科经局联络员" in chat.say(OFFICE, "/acks").text
    assert "市科经局：已收到 市科经局联络员" in chat.say(HEAD, "/acks").text
    assert "您目前没有这个角色" in chat.say(SCIENCE, "/acks").text
    chat.harness.on(date(2023, 3, 24))
    assert "报送截止\n 市科经局：未收到 市科经局联络员" in chat.say(SUPERVISOR, "/acks").text


def test_a_head_sees_the_own_unit_only(chat: Chat) -> None:
    chat.harness.own("市交通局", ("1.2", "园区新增规上企业"))
    chat.harness.on(date(2023, 3, 24))
    assert "市交通局" in chat.say(SUPERVISOR, "/acks").text
    assert "市交通局" not in chat.say(HEAD, "/acks").text


def test_whoever_reports_by_a_reminder_has_received_it(chat: Chat, digest: Shown) -> None:
    chat.tap(SCIENCE, digest, "都无变化")
    assert "已收到 市科经局联络员" in chat.say(SUPERVISOR, "/acks").text


def test_a_week_without_reminders_has_no_receipts(chat: Chat) -> None:
    chat.harness.services.clock.shift_to_time(date(2023, 4, 10), time(8))
    assert chat.say(SUPERVISOR, "/acks").head == "本周（4月10日以来）还没有发过按规则的提醒。"
