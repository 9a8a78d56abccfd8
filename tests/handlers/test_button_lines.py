"""The lines behind buttons hold codes: those of 0.1, which held words, do what they did."""

from datetime import date, timedelta
from pathlib import Path

import pytest
import yaml
from addresses import at
from reminder_chat import Chat, Shown
from reminder_harness import OFFICE, SCIENCE, SUPERVISOR, ReminderHarness
from sqlalchemy import update
from structlog.testing import capture_logs

from handlers.chat import texts_old_lines as old
from handlers.chat.command_words import in_codes
from handlers.chat.old_lines import current
from handlers.routing.commands import is_known
from handlers.routing.texts_command_words import PLACES
from handlers.services.clock import machine_now
from handlers.services.question_service import QuestionService
from storage.chats import ChatKind, see_chat
from storage.database import Database
from storage.dialogs import TurnRow, open_turn
from storage.prompts import set_prompt

WRITTEN: dict[str, str] = yaml.safe_load(
    (Path(__file__).parents[1] / "databases" / "0.1.0" / "lines.yaml").read_text(encoding="utf-8")
)
"""What 0.1 wrote into buttons and turns, each shape once; and what is written today."""


@pytest.fixture
def chat(database: Database, question_service: QuestionService) -> Chat:
    return Chat(ReminderHarness(database, question_service, date(2023, 3, 17)))


def tap(chat: Chat, person: int, line: str, *, version: int) -> Shown:
    """A button as a turn of that version of the callback data keeps it."""
    return chat.tap_data(person, f"{version}:{kept(chat, person, line)}:0")


def kept(chat: Chat, person: int, *buttons: str, question: str = "") -> int:
    """A turn in the person's chat."""
    with chat.harness.database.write() as session:
        see_chat(session, chat=at(person), kind=ChatKind.PRIVATE, title=None, now=machine_now())
        return open_turn(
            session,
            chat_id=person,
            person_id=person,
            message_id=None,
            question=question,
            memory_before="",
            buttons=buttons,
            now=machine_now(),
        )


@pytest.mark.parametrize(("line", "today"), WRITTEN.items(), ids=WRITTEN)
def test_a_line_of_the_version_before_is_read_as_it_is_written_today(line: str, today: str) -> None:
    assert current(line) == today
    assert is_known(today)


@pytest.mark.parametrize("line", WRITTEN, ids=WRITTEN)
def test_what_is_typed_as_the_version_before_wrote_it_means_the_same(line: str) -> None:
    """Where its words can be typed at all; and what is written today is not taken for words."""
    name, _, rest = line[1:].partition(" ")
    today = WRITTEN[line].removeprefix(f"/{name} ")
    assert in_codes(name, today, PLACES) == today
    assert in_codes(name, rest, PLACES) in {rest, today}


def test_every_old_word_stands_in_a_line_that_was_written() -> None:
    words = [word for place in old.PLACES for word in place.words]
    assert [word for word in words if not any(word in line for line in WRITTEN)] == []


@pytest.mark.parametrize("line", ["/report #1.1 postpone", "/report guess 5.2", "/pending shelve 1", "/teleport 3"])
def test_a_line_of_a_version_to_come_is_said_to_be_unknown_and_logged_without_its_words(chat: Chat, line: str) -> None:
    chat.say(SCIENCE, "5G基站建成620个")
    with capture_logs() as logs:
        assert tap(chat, SCIENCE, line, version=2).toast == "这个按钮已失效，请重新发一次"
    assert [log["event"] for log in logs] == ["a button with an unknown line was tapped"]
    assert "postpone" not in str(logs)


def test_a_card_of_the_version_before_is_confirmed(chat: Chat) -> None:
    chat.say(SCIENCE, "5G基站建成620个")
    assert tap(chat, SCIENCE, "/report #1.1 确认", version=1).head.startswith("已记录。5.2 5G基站 620 个")


@pytest.mark.parametrize(
    ("person", "line", "head"),
    [
        (SCIENCE, "/report 成批", "本单位的 35 个目标：复制下表"),
        (SCIENCE, "/remind 免打扰 20点到8点", "好，20:00 到次日 8:00 不打扰"),
        (SCIENCE, "/me 手机", "请发您的手机号"),
        (OFFICE, "/rules 到期提醒 关", "到期提醒：关掉？"),
        (OFFICE, "/rules 报送", "提醒规则：报送"),
        (OFFICE, "/rules 期限", "提醒规则：期限"),
        (OFFICE, "/card 5.2 5G基站 频次 每月", "确认修改吗？5.2 5G基站：频次"),
        (OFFICE, "/holidays 确认 2023-10-09放假", "已设好"),
        (OFFICE, "/period 确认 2021-12-31至2024-12-31", "方案期已设为 2021-12-31 至 2024-12-31。"),
        (OFFICE, "/meeting 确认 2023-04-14 15:00 三楼", "调度会已定：4月14日（周五）15:00，三楼。"),
        (OFFICE, "/invite 联络员", "哪个单位的联络员？"),
        (OFFICE, "/handover 人员1", "移交："),
        (SUPERVISOR, "/brief 红灯", "全方案：红灯 0 项"),
    ],
)
def test_a_button_of_the_version_before_does_what_it_did(chat: Chat, person: int, line: str, head: str) -> None:
    assert tap(chat, person, line, version=1).head.startswith(head)


def test_what_the_version_before_asked_to_be_typed_goes_on(chat: Chat) -> None:
    asked(chat, SCIENCE, "/remind 免打扰")
    assert chat.say(SCIENCE, "22点到7点").head == "好，22:00 到次日 7:00 不打扰。"
    asked(chat, SCIENCE, "/reminders 何时 开会\n")
    assert chat.say(SCIENCE, "明天").head == "好，3月18日（周六）9:00提醒您：开会"
    asked(chat, SCIENCE, "/reminders 何时 开会\n")
    assert chat.say(SCIENCE, "5G基站建成620个").head.startswith("请确认：5.2 5G基站")


def test_a_page_that_the_version_before_began_is_turned(chat: Chat) -> None:
    turn = kept(chat, OFFICE, question="/rules 报送")
    assert chat.tap_data(OFFICE, f"1:{turn}:p0").head == "提醒规则：报送"


def test_an_edited_message_moves_the_reminder_that_the_version_before_made(chat: Chat) -> None:
    assert chat.say(SCIENCE, "提醒我明天下午三点开会").head.startswith("好，")
    with chat.harness.database.write() as session:
        session.execute(update(TurnRow).values(buttons=["/reminders 取消 1", "/reminders"]))
    chat.say(SCIENCE, "提醒我后天下午三点开会", edits=chat.last)
    assert chat.say(SCIENCE, "/reminders").head == "自设的提醒：1 条"


def asked(chat: Chat, person: int, command: str) -> None:
    with chat.harness.database.write() as session:
        see_chat(session, chat=at(person), kind=ChatKind.PRIVATE, title=None, now=machine_now())
        set_prompt(
            session,
            chat_id=person,
            person_id=person,
            turn=None,
            command=command,
            expires_at=machine_now() + timedelta(minutes=10),
        )
