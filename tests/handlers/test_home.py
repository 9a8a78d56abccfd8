"""Homes of each role: figures as the lists count them, at most six buttons, and nothing that the role may not do."""

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import date

import pytest
from reminder_chat import Chat, Shown
from reminder_harness import (
    BASE_STATION,
    HEAD,
    LEADER,
    MEICHUAN,
    OFFICE,
    PLAN,
    SCIENCE,
    SUPERVISOR,
    TRAFFIC,
    ReminderHarness,
)
from sql_statements import statements

from bot.playground.bindings import seed_people
from bot.playground.personas import Persona
from handlers.access.policy import Actor, may
from handlers.access.service import Service
from handlers.chat.outgoing import Menu
from handlers.home.codes import MoreGroup
from handlers.home.texts_more import SENTENCES
from handlers.routing.callbacks import DOUBLE_TAP
from handlers.routing.commands import COMMANDS
from handlers.routing.menus import commands_of
from handlers.services.clock import machine_now
from handlers.services.question_service import QuestionService
from handlers.texts.errors import ALREADY_ANSWERED
from storage.database import Database
from storage.people import Grant, Role, find_member, give, set_absence, set_locked
from storage.plan_settings import MeetingTime, add_meeting

VISITOR = 510001
TODAY = date(2023, 3, 22)
BOUND = {"liaison": SCIENCE, "head": HEAD, "leader": LEADER, "supervisor": SUPERVISOR, "office": OFFICE}
HOMES = ("/start", "菜单", "帮助", "你能干什么", "首页", "怎么用")
REFUSED = ("只有", "您没有这个", "您目前没有", "没有这个", "没有全部读懂", "没有读懂", "方案没有提到", "可以指")


@pytest.fixture
def chat(database: Database, question_service: QuestionService) -> Chat:
    return Chat(ReminderHarness(database, question_service, TODAY))


@pytest.fixture
def busy(chat: Chat) -> Chat:
    """A month in which something waits for everybody."""
    chat.harness.own("市科经局", BASE_STATION, ("1.1", "新增高新技术企业"), ("1.1", "技改项目"))
    chat.confirm(SCIENCE, "5G基站建成62个")
    chat.confirm(SCIENCE, "新增高新技术企业3家")
    chat.tap(SUPERVISOR, chat.say(SUPERVISOR, "/return 2 与统计口径不一致"), "确认退回")
    chat.confirm(SCIENCE, "5G基站受阻，缺少用地指标，需市自规局协调")
    chat.say(SCIENCE, "提醒我下周三报送5G基站")
    chat.say(VISITOR, "呵呵哒啦啦")
    return chat


def figure(shown: Shown, pattern: str) -> tuple[int, ...]:
    found = re.search(pattern, shown.text)
    return tuple(map(int, found.groups())) if found else ()


@pytest.mark.parametrize("said", ["怎么绑定", "我是商务局的小王，怎么绑定", "怎么加入"])
def test_who_is_not_bound_is_told_how(chat: Chat, said: str) -> None:
    services = chat.harness.services
    chat.harness.services = replace(services, service=replace(services.service, telephone="0713-6222222"))
    told = chat.say(VISITOR, said)
    assert told.head == "您还没有绑定身份，是访客。"
    assert "办公室（电话 0713-6222222）要一次性邀请链接" in told.text


@pytest.mark.parametrize("said", HOMES)
@pytest.mark.parametrize("who", BOUND)
def test_whatever_asks_for_the_home_is_given_it(chat: Chat, who: str, said: str) -> None:
    shown = chat.say(BOUND[who], said)
    assert shown.head.endswith("，3月22日（周三）")
    assert shown.labels[-1] == "更多"
    assert len(shown.labels) <= 6


@pytest.mark.parametrize(
    ("who", "says"),
    [
        ("liaison", "主责还没有确认，本单位暂时不用报数；确认后这里会列出"),
        ("head", "主责还没有确认，本单位暂时不用报数；确认后这里会列出"),
        ("leader", "您分管的还没有填报；有数以后这里列出"),
        ("supervisor", "没有单位欠报，也没有等核实的；有了会在这里列出"),
        ("office", "主责待确认 55 个目标"),
    ],
)
def test_an_empty_home_says_what_will_stand_there(chat: Chat, who: str, says: str) -> None:
    assert says in chat.say(BOUND[who], "/start").text


def test_a_liaisons_home_counts_as_the_lists_do(busy: Chat) -> None:
    home = busy.say(SCIENCE, "/start")
    assert home.text.splitlines() == [
        "市科经局，3月22日（周三）",
        "3月还要报 2 项（已报 1 项），25 日截止 · 退回 1 条 · 自设提醒 1 条",
    ]
    assert home.labels == ["报进展", "都无变化", "看退回", "我的提醒", "找人", "更多"]
    assert "被退回、还没有重报的 1 条" in busy.tap(SCIENCE, home, "看退回").head
    assert "还有 2 项未报" in busy.tap(SCIENCE, home, "报进展").text
    assert "下周三" not in home.text
    assert "报送5G基站" in busy.tap(SCIENCE, home, "我的提醒").text


def test_a_heads_home_counts_as_the_lists_do(busy: Chat) -> None:
    home = busy.say(HEAD, "/start")
    assert home.text.splitlines()[1] == "待审签 1 条 · 3月还要报 2 项（已报 1 项），25 日截止 · 被退回 1 条"
    assert "1 条数据等您审签" in busy.tap(HEAD, home, "审签").head
    assert "未报 2 项" in busy.tap(HEAD, home, "还没报的").head
    assert "1 条" in busy.tap(HEAD, home, "看退回").head


def test_a_supervisors_home_counts_as_the_lists_do(busy: Chat) -> None:
    home = busy.say(SUPERVISOR, "/start")
    units, items = figure(home, r"未报 (\d+) 家（(\d+) 项）")
    assert f"未报 {units} 家、{items} 项" in busy.tap(SUPERVISOR, home, "谁没报").head
    (red,) = figure(home, r"红 (\d+)")
    assert f"红灯 {red} 项" in busy.tap(SUPERVISOR, home, "红灯").head
    (checking,) = figure(home, r"待核 (\d+)")
    assert f"待核实的共 {checking} 条" in busy.tap(SUPERVISOR, home, "待核").head


def test_a_leaders_home_counts_as_the_page_before_a_meeting_does(busy: Chat) -> None:
    home = busy.say(LEADER, "/start")
    for button, pattern in (("红灯", r"红 (\d+)"), ("待决", r"待决 (\d+)"), ("堵点", r"堵点 (\d+)")):
        (count,) = figure(home, pattern) or (0,)
        assert f"{button} {count} 项" in busy.tap(LEADER, home, button).head


def test_an_offices_home_is_what_waits_for_it(busy: Chat) -> None:
    home = busy.say(OFFICE, "/start")
    assert "设置清单还有" in home.text
    assert busy.tap(OFFICE, home, "设置清单").head.startswith("设置清单：")
    (bare,) = figure(home, r"主责待确认 (\d+) 个目标")
    assert f"{bare} 个目标" in busy.tap(OFFICE, home, "主责待确认").text
    (misses,) = figure(home, r"没读懂 (\d+) 句")
    assert f"/{misses}" in busy.tap(OFFICE, home, "没读懂的").text or f"{misses}" in busy.say(OFFICE, "/misses").text
    (problems,) = figure(home, r"困难问题 (\d+) 个")
    assert f"{problems}" in busy.tap(OFFICE, home, "困难问题").head


def test_what_is_due_within_thirty_days_is_what_the_button_lists(chat: Chat) -> None:
    chat.harness.services.clock.shift_to_time(date(2023, 12, 5), chat.harness.services.clock.now().time())
    for person in (SUPERVISOR, LEADER):
        home = chat.say(person, "/start")
        (soon,) = figure(home, r"30 天内到期 (\d+)")
        assert f"{soon} 个目标" in chat.tap(person, home, "快到期").head


def own_lines(chat: Chat, person: int) -> Iterator[tuple[str, Shown]]:
    """Each button of the person's home and of all that stands behind 更多, with what it answers."""
    home = chat.say(person, "/start")
    for label in home.labels:
        yield label, chat.tap(person, chat.say(person, "/start"), label)
    for group in MoreGroup:
        page = chat.say(person, f"/more {group}")
        yield from ((label, chat.tap(person, page, label)) for label in page.labels if label[0].isdecimal())


@pytest.mark.parametrize("who", BOUND)
def test_every_button_of_a_home_leads_to_something_that_the_role_may_do(busy: Chat, who: str) -> None:
    found = dict(own_lines(busy, BOUND[who]))
    assert len(found) > 8
    for label, shown in found.items():
        assert shown.text, label
        assert not shown.head.startswith(REFUSED), (label, shown.head)


@pytest.mark.parametrize(
    "said", ["更多", "等认可的", "定主责", "会期", "报送和提醒日历", "设方案期", "定会期", "用表确认"]
)
def test_the_name_of_a_button_is_understood_typed(busy: Chat, said: str) -> None:
    shown = busy.say(OFFICE, said)
    assert not shown.head.startswith(("没有读懂", "方案没有提到", "没有全部读懂")), shown.text


@pytest.mark.parametrize("who", BOUND)
def test_a_sentence_that_was_not_understood_is_followed_by_the_home(busy: Chat, who: str) -> None:
    person = BOUND[who]
    figures = busy.say(person, "/start").text.splitlines()[1]
    shown = busy.say(person, "呵呵哒啦啦")
    assert shown.head == "方案没有提到“呵呵”。"
    assert shown.text.splitlines()[-1].endswith(f"：{figures}")
    assert shown.labels[-1] == "更多"
    assert 4 <= len(shown.labels) <= 6


def test_a_no_of_the_plan_with_offers_of_its_own_is_left_alone(busy: Chat) -> None:
    shown = busy.say(SCIENCE, "市体育局牵头哪项")
    assert "还要报" not in shown.text
    assert "更多" not in shown.labels


def test_a_home_is_for_nobody_in_a_group(busy: Chat) -> None:
    shown = busy.say(SCIENCE, "@duban_bot 菜单", chat=-4100001)
    assert "还要报" not in shown.text


def test_who_has_two_roles_chooses_and_the_choice_is_kept(busy: Chat) -> None:
    bind(busy, SCIENCE, Grant(Role.SUPERVISOR, PLAN))
    asked = busy.say(SCIENCE, "/start")
    assert asked.head == "您有 2 个身份，先看哪个？"
    assert asked.labels == ["市科经局联络员", "督查室"]
    home = busy.tap(SCIENCE, asked, "督查室")
    assert home.head == "督查室，3月22日（周三）"
    assert home.labels[-2:] == ["换身份", "更多"]
    assert busy.say(SCIENCE, "菜单").head == "督查室，3月22日（周三）"
    again = busy.tap(SCIENCE, busy.say(SCIENCE, "菜单"), "换身份")
    assert busy.tap(SCIENCE, again, "市科经局联络员").head == "市科经局，3月22日（周三）"


def test_who_stands_in_for_a_colleague_chooses_and_speaks_for_the_chosen_unit(chat: Chat) -> None:
    bind(chat, SCIENCE, Grant(Role.LIAISON, PLAN, "市交通局"))
    chat.tap(SCIENCE, chat.say(SCIENCE, "/start"), "市交通局联络员")
    assert chat.say(SCIENCE, "/report").head.startswith("市交通局：")
    chat.tap(SCIENCE, chat.tap(SCIENCE, chat.say(SCIENCE, "/start"), "换身份"), "市科经局联络员")
    assert chat.say(SCIENCE, "/report").head.startswith("市科经局：")


def test_an_absent_heads_role_is_chosen_while_it_is_lent_and_gone_after(chat: Chat) -> None:
    with chat.harness.database.write() as session:
        away, there = find_member(session, HEAD), find_member(session, SCIENCE)
        assert away is not None
        assert there is not None
        set_absence(session, away.id, stand_in=there.id, first=TODAY, last=TODAY, now=machine_now())
    asked = chat.say(SCIENCE, "/start")
    assert chat.tap(SCIENCE, asked, "市科经局负责人").head == "市科经局负责人，3月22日（周三）"
    chat.harness.services.clock.shift_to_time(date(2023, 3, 23), chat.harness.services.clock.now().time())
    assert chat.say(SCIENCE, "/start").head == "市科经局，3月23日（周四）"


def test_who_is_locked_has_a_visitors_home(chat: Chat) -> None:
    with chat.harness.database.write() as session:
        member = find_member(session, SCIENCE)
        assert member is not None
        set_locked(session, member.id, machine_now())
    assert chat.say(SCIENCE, "菜单").head == chat.say(VISITOR, "菜单").head


@pytest.mark.parametrize("who", BOUND)
def test_help_speaks_to_the_role(chat: Chat, who: str) -> None:
    shown = chat.say(BOUND[who], "/help")
    assert "/" not in shown.text
    assert len(shown.text.splitlines()) <= 12
    assert len(shown.labels) <= 6
    others = {one.said for one in SENTENCES} & set(re.split("[：、\n]|等\n", shown.text))
    assert others


def test_the_report_that_help_shows_can_be_made(chat: Chat) -> None:
    for person in (SCIENCE, TRAFFIC):
        (sample,) = re.findall(r"报数直接说：(.+?)。", chat.say(person, "/help").text)
        assert chat.say(person, sample).head.startswith("请确认"), sample


@pytest.mark.parametrize("who", BOUND)
def test_a_home_takes_a_bounded_number_of_statements(busy: Chat, who: str) -> None:
    busy.say(BOUND[who], "/start")
    with statements() as said:
        busy.say(BOUND[who], "/start")
    assert sum(not statement.startswith("BEGIN") for statement in said.statements) <= 17


def bind(chat: Chat, person: int, grant: Grant) -> None:
    with chat.harness.database.write() as session:
        member = find_member(session, person)
        assert member is not None
        give(session, member.id, [grant], now=machine_now())


@pytest.mark.parametrize(
    "said",
    ["／start", "//start", "、start", "/START", "start", "START", "/ start", "/菜单", "／帮助", "、首页", "\\start"],
)
def test_a_slip_of_the_slash_is_understood(chat: Chat, said: str) -> None:
    assert chat.say(SCIENCE, said).head == "市科经局，3月22日（周三）"


def test_a_question_after_a_slash_is_asked(chat: Chat) -> None:
    assert chat.say(SCIENCE, "/5G基站谁负责").head == chat.say(SCIENCE, "5G基站谁负责").head
    assert chat.say(SUPERVISOR, "/谁没报").head == chat.say(SUPERVISOR, "谁没报").head


def test_a_misspelt_command_is_offered_and_not_done(chat: Chat) -> None:
    shown = chat.say(SCIENCE, "/reprot")
    assert shown.head == "没有 /reprot 这个命令，是不是要："
    assert shown.labels
    assert chat.tap(SCIENCE, shown, shown.labels[0]).head.startswith("市科经局：")


def test_only_what_the_person_may_do_is_offered_for_a_slip(chat: Chat) -> None:
    assert chat.say(OFFICE, "/anounce").labels
    assert "没有 /anounce 这个命令。" in chat.say(SCIENCE, "/anounce").text
    assert "没有 /nowhere 这个命令。" in chat.say(VISITOR, "/nowhere").text


def menus(shown: Shown) -> dict[int, tuple[str, ...]]:
    """By chat, the commands of the menus that are shown by it."""
    return {one.chat: tuple(name for name, _ in one.commands) for one in shown.calls if isinstance(one, Menu)}


@pytest.mark.parametrize("role", Role)
def test_a_menu_has_at_most_six_commands_that_the_role_may_give(role: Role) -> None:
    actor = Actor(member=1, grants=(Grant(role, PLAN, "市科经局"),), service=Service(internal=True))
    given = [next(one for one in COMMANDS if one.name == name) for name, _ in commands_of(role)]
    assert 0 < len(given) <= 6
    assert given[-1].name == "more"
    assert all(one.typed and (one.action is None or may(actor, one.action)) for one in given)


def test_a_chat_is_given_the_menu_of_its_role_once(chat: Chat) -> None:
    assert menus(chat.say(SCIENCE, "/start"))[SCIENCE][:2] == ("start", "report")
    assert menus(chat.say(SCIENCE, "/start")) == {}
    assert menus(chat.say(VISITOR, "/start")) == {}


def test_a_menu_changes_with_the_chosen_role(chat: Chat) -> None:
    bind(chat, SCIENCE, Grant(Role.SUPERVISOR, PLAN))
    asked = chat.say(SCIENCE, "/start")
    assert menus(chat.tap(SCIENCE, asked, "督查室"))[SCIENCE][1] == "check"


def test_a_menu_goes_with_the_role(chat: Chat) -> None:
    chat.say(SCIENCE, "/start")
    with chat.harness.database.write() as session:
        member = find_member(session, SCIENCE)
    assert member is not None
    assert menus(chat.confirm(OFFICE, f"/lock 人员{member.id}"))[SCIENCE] == ()
    assert menus(chat.confirm(OFFICE, f"/unlock 人员{member.id}"))[SCIENCE][1] == "report"
    shown = chat.say(OFFICE, f"/remove 人员{member.id}")
    assert menus(chat.tap(OFFICE, shown, next(one for one in shown.labels if "移除" in one)))[SCIENCE] == ()


def meet(chat: Chat, day: date) -> None:
    with chat.harness.database.write() as session:
        office = find_member(session, OFFICE)
        assert office is not None
        add_meeting(session, PLAN, MeetingTime(day), by=office.id, now=machine_now())
    chat.harness.rebuild()


@pytest.mark.parametrize("person", [OFFICE, SUPERVISOR])
def test_before_a_meeting_the_draft_is_two_taps_from_home_and_its_next_step_then_one(chat: Chat, person: int) -> None:
    meet(chat, date(2023, 3, 24))
    home = chat.say(person, "/start")
    assert "3月24日调度会的月度情况还没有起草" in home.text
    card = chat.tap(person, chat.tap(person, home, "起草月度情况"), "确认起草")
    assert "待送核对" in card.head
    home = chat.say(person, "/start")
    assert "2023年1—2月月度进展情况草稿，待送核对" in home.text
    assert "送单位核对" in chat.tap(person, home, "看草稿").labels


def test_without_a_meeting_the_office_drafts_in_three_taps(chat: Chat) -> None:
    home = chat.say(OFFICE, "/start")
    asked = chat.tap(OFFICE, chat.tap(OFFICE, home, "月度情况"), "起草")
    assert "确认起草" in asked.labels


def test_a_leader_sees_at_home_what_waits_for_a_signature_and_their_aide_is_told(chat: Chat) -> None:
    aide = Persona(id=510043, name="科长", about="第五部分", mark="助", role=Role.AIDE, sections=(5,))
    with chat.harness.database.write() as session:
        seed_people(session, [aide], plan=PLAN, now=machine_now())
    chat.confirm(SCIENCE, "5G基站建成62个")
    quarter = chat.tap(SUPERVISOR, chat.say(SUPERVISOR, "起草一季度通报"), "确认起草")
    assert chat.say(LEADER, "待我审定的").head == "还没有发布过月度进展情况、通报和小结。"
    chat.tap(SUPERVISOR, chat.tap(SUPERVISOR, quarter, "送单位核对"), "送核对")
    chat.harness.services.clock.shift_to_time(date(2023, 3, 27), chat.harness.services.clock.now().time())
    waiting = chat.say(SUPERVISOR, "/bulletin 1")
    chat.tap(SUPERVISOR, waiting, "登记核稿")
    chat.tap(SUPERVISOR, chat.say(SUPERVISOR, "张某，督查室主任，3月27日"), "登记")
    (notice,) = chat.told(aide.id)
    assert notice.head == "《关于2023年第一季度进展情况的通报》等领导线下审定"
    assert chat.tap(aide.id, notice, "待审定的").head == "待审定 1 份，已发布 0 份"
    assert chat.told(LEADER) == ()
    home = chat.say(LEADER, "/start")
    assert "待审定 1 份" in home.text
    listed = chat.tap(LEADER, home, "待审定")
    assert listed.head == "待审定 1 份，已发布 0 份"
    assert "待线下审定，由督查室登记" in listed.text
    assert listed.labels == []
    assert chat.say(LEADER, "待我审定的").head == listed.head
    assert chat.say(LEADER, "/bulletin 1").head == "没有这一份。"
    assert chat.say(SCIENCE, "待我审定的").head == "还没有发布过月度进展情况、通报和小结。"


def test_a_head_asks_for_what_waits_for_a_signature(busy: Chat) -> None:
    for said in ("待我审签的", "等我审签的", "待审签的"):
        assert "1 条数据等您审签" in busy.say(HEAD, said).head


def test_the_page_before_a_meeting_leads_on(busy: Chat) -> None:
    page = busy.say(SUPERVISOR, "会前一页纸")
    assert page.labels == ["看红灯", "困难问题", "比上月", "项目清单", "导出"]
    assert busy.tap(SUPERVISOR, page, "看红灯").head.startswith("全方案：红灯")
    assert busy.tap(SUPERVISOR, page, "导出").head.startswith("进展台账")
    assert busy.tap(SUPERVISOR, page, "比上月").text
    assert busy.say(LEADER, "会前一页纸").labels == ["看红灯", "困难问题", "比上月", "导出"]
    assert busy.say(OFFICE, "会前一页纸").labels == ["看红灯", "困难问题", "比上月", "导出"]


def test_a_towns_home_says_what_the_page_of_what_is_owed_says(chat: Chat) -> None:
    told = "镇街的数由主责单位汇总，指标卡写明要镇街报的才报；有变化、有困难随时可以报。"
    assert told in chat.say(MEICHUAN, "/start").text
    assert told in chat.say(MEICHUAN, "要报什么").text
    assert "主责单位汇总" not in chat.say(SCIENCE, "/start").text


def test_a_town_that_a_card_asks_for_its_part_is_told_so_at_home_and_on_the_page(chat: Chat) -> None:
    chat.confirm(OFFICE, "/card 3.1 规模种养大户 相加 相加")
    home, page = chat.say(MEICHUAN, "/start"), chat.say(MEICHUAN, "要报什么")
    assert "3月还要报 1 项，25 日截止" in home.text
    assert "3月要报 1 项，还有 1 项未报，3月25日截止" in page.head


@pytest.mark.parametrize("who", BOUND)
def test_what_a_button_only_shows_is_shown_again(busy: Chat, who: str, monkeypatch: pytest.MonkeyPatch) -> None:
    home = busy.say(BOUND[who], "/home")
    for label in home.labels:
        first = busy.tap(BOUND[who], home, label)
        assert busy.tap(BOUND[who], home, label).toast in {ALREADY_ANSWERED, ""}, "a double tap shows it once"
        with monkeypatch.context() as later:
            later.setattr("reminder_chat.machine_now", lambda: machine_now() + DOUBLE_TAP)
            again = busy.tap(BOUND[who], home, label)
        assert (again.toast, again.head) == ("", first.head)


def test_what_a_button_changes_is_done_once(busy: Chat, monkeypatch: pytest.MonkeyPatch) -> None:
    card = busy.say(SCIENCE, "5G基站建成63个")
    assert busy.tap(SCIENCE, card, "确认").head.startswith("已记录")
    monkeypatch.setattr("reminder_chat.machine_now", lambda: machine_now() + DOUBLE_TAP)
    assert busy.tap(SCIENCE, card, "确认").toast == ALREADY_ANSWERED
