"""Whatever changes a record, a setting or what others see is shown first: nothing is stored before the tap."""

from datetime import date

import pytest
from reminder_chat import Chat
from reminder_harness import BASE_STATION, HEAD, OFFICE, PLAN, SCIENCE, SUPERVISOR, TRAFFIC, ReminderHarness
from sqlalchemy import select

from handlers.routing.commands import COMMANDS
from handlers.services.clock import machine_now
from handlers.services.question_service import QuestionService
from knowledge.plan.gazetteer import Alias
from storage.aliases import add_alias
from storage.base import Base
from storage.database import Database
from storage.people import find_member

TODAY = date(2023, 3, 17)

CHANGES = (
    (OFFICE, "/card 5.2 5G基站 主责 市交通局 武政办发〔2023〕3号", "确认"),
    (OFFICE, "/card 5.2 5G基站 频次 每季", "确认"),
    (OFFICE, "把5G基站的主责定为市交通局 武政办发〔2023〕3号", "确认"),
    (OFFICE, "5G基站口径改成已开通的基站数", "确认"),
    (OFFICE, "/owners 提主责", "提出这 42 个"),
    (OFFICE, "/owners set 5.2 数字校园覆盖率 市教育局", "确认"),
    (OFFICE, "/owners 确认表 5.2 数字校园覆盖率，市教育局，武政办发〔2022〕3号", "确认这 1 个"),
    (OFFICE, "/period 2021-12-31至2024-12-31", "确认"),
    (OFFICE, "/meeting 5月12日", "确认"),
    (OFFICE, "/meeting 取消", "确认"),
    (OFFICE, "/holidays 2023-10-09放假", "确认"),
    (OFFICE, "/rules 到期提醒 关", "确认"),
    (OFFICE, "到期提醒 60 30", "确认"),
    (OFFICE, "/signer 市科经局 {head}", "确认"),
    (OFFICE, "/cityleader {head}", "确认"),
    (OFFICE, "/supervision 不列 市供电公司", "确认"),
    (OFFICE, "/lock {traffic}", "确认"),
    (OFFICE, "/remove {traffic}", "确认移除"),
    (OFFICE, "/handover {traffic}", "生成移交链接"),
    (OFFICE, "/forget {traffic}", "确认注销"),
    (OFFICE, "/revoke 1", "确认"),
    (OFFICE, "/misses 1 别名 市交通局", "确认"),
    (OFFICE, "/misses 1 不处理", "确认"),
    (OFFICE, "/misses 已加 1", "确认"),
    (SCIENCE, "5G基站建成640个", "确认"),
    (SCIENCE, "/report 5G基站建成640个", "确认"),
    (SCIENCE, "5G基站建成640个，高新技术企业达到22家", "全部确认（2 项）"),
    (SCIENCE, "/report 无变化", "确认 1 项无变化"),
    (SCIENCE, "/withdraw 1", "确认撤回"),
    (SCIENCE, "/me 电话 0713-6222222", "确认"),
    (SCIENCE, "/suggest 表格里写上单位", "确认"),
    (SCIENCE, "/away 3月20日 {head}", "确认"),
    (SCIENCE, "/pending 认可 2", "确认"),
    (SCIENCE, "/pending 退回 2 口径不对", "确认退回"),
    (SUPERVISOR, "/check 1", "核实 #1"),
    (SUPERVISOR, "核实5G基站", "核实 #1"),
    (SUPERVISOR, "/check all 9", "确认核实 1 条"),
    (SUPERVISOR, "/return 1 口径不对", "确认退回"),
    (SUPERVISOR, "退回科经局5G基站，口径不对", "确认退回"),
    (HEAD, "/approve", "全部审签（1 条）"),
)
"""Who types what, and the button that does it."""
READS = {
    *(
        "start",
        "help",
        "tasks",
        "ask",
        "history",
        "mine",
        "missing",
        "gaps",
        "calendar",
        "preview",
        "brief",
        "receipts",
    ),
    *("ledger", "projects", "units", "invites", "people", "ics", "acks", "got", "digest", "ack", "about", "setup"),
    *("more", "home", "owed", "moves", "halfyear", "sheet", "export"),
}
OWN_ONLY = frozenset(["remind", "reminders", "later"])
"""What concerns nobody but the person, and is undone by the same words."""
ELSEWHERE = {
    "announce": "test_announcements_chat",
    "behalf": "transcripts/internal/on_behalf",
    "urgeproject": "transcripts/internal/project_contact",
    "bulletin": "test_bulletins_chat",
    "facts": "transcripts/internal/month",
    "ownership": "transcripts/internal/owners",
    "frequency": "test_frequencies",
    "problems": "transcripts/internal",
    "excuse": "transcripts/internal",
    "outbox": "test_outbox_chat",
    "suggestions": "test_setup_chat",
    "roster": "test_invitation_lists_chat",
    "evidence": "keeps what is sent with it",
    "invite": "makes a link, which /revoke takes back",
    "unlock": "below",
    "fill": "ends in a report's card",
    "done": "ends in a report's card",
    "same": "a button under what it is of",
    "press": "transcripts/internal",
    "urge": "transcripts/internal",
    "dislike": "a button under what it is of",
    "keep": "does nothing",
}
_OF_TALK = frozenset(["chats", "persons", "dialogs", "turns", "prompts", "drafts", "inbox", "contacts", "homes"])
"""What is kept of the talk itself, and of the menu of its chat."""


@pytest.fixture
def chat(database: Database, question_service: QuestionService) -> Chat:
    """5G基站 is the unit's own and reported, another unit has reported something of it, and so on."""
    harness = ReminderHarness(database, question_service, TODAY)
    harness.own("市科经局", BASE_STATION)
    chat = Chat(harness)
    harness.report(SCIENCE, "市科经局", BASE_STATION, 590, date(2023, 2, 28))
    chat.confirm(TRAFFIC, "5G基站建成600个")
    chat.confirm(OFFICE, "/meeting 4月14日")
    chat.say(OFFICE, "/invite 联络员 市商务局")
    chat.say(TRAFFIC, "老槐树负责哪些任务")
    with database.write() as session:
        add_alias(session, PLAN, Alias(name="市交通局", said="路桥处"), by=None, now=machine_now())
    return chat


def stored(database: Database) -> dict[str, list[str]]:
    """All rows but those of the talk."""
    with database.read() as session:
        return {
            table.name: sorted(map(repr, session.execute(select(table))))
            for table in Base.metadata.sorted_tables
            if table.name not in _OF_TALK
        }


def number(database: Database, person: int) -> str:
    with database.write() as session:  # the row is locked where the database can
        member = find_member(session, person)
        assert member is not None
        return f"人员{member.id}"


@pytest.mark.both
@pytest.mark.parametrize(("person", "typed", "button"), CHANGES, ids=[typed for _, typed, _ in CHANGES])
def test_nothing_is_stored_before_the_tap(person: int, typed: str, button: str, chat: Chat, database: Database) -> None:
    line = typed.format(traffic=number(database, TRAFFIC), head=number(database, HEAD))
    before = stored(database)
    card = chat.say(person, line)
    assert stored(database) == before, card.text
    chat.tap(person, card, button)
    assert stored(database) != before, card.text


def test_who_is_unlocked_is_shown_first(chat: Chat, database: Database) -> None:
    chat.confirm(OFFICE, f"/lock {number(database, TRAFFIC)}")
    before = stored(database)
    card = chat.say(OFFICE, f"/unlock {number(database, TRAFFIC)}")
    assert stored(database) == before
    chat.tap(OFFICE, card, "确认")
    assert stored(database) != before


def test_what_was_shown_can_be_left_as_it_is(chat: Chat, database: Database) -> None:
    before = stored(database)
    card = chat.say(OFFICE, f"/lock {number(database, TRAFFIC)}")
    assert chat.tap(OFFICE, card, "不改了").text == "没有改，照旧。"
    assert stored(database) == before


def test_every_command_is_here_or_changes_nothing() -> None:
    walked = {typed.split()[0].removeprefix("/") for _, typed, _ in CHANGES if typed.startswith("/")}
    known = {command.name for command in COMMANDS}
    assert walked | READS | OWN_ONLY | set(ELSEWHERE) == known
