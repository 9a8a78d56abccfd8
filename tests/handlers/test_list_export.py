"""导出台账: a workbook of where everything stands that is in the person's scope."""

from base64 import b64decode
from datetime import date
from io import BytesIO

import pytest
from openpyxl import load_workbook
from reminder_chat import Chat, Shown
from reminder_harness import BASE_STATION, LEADER, OFFICE, SCIENCE, SUPERVISOR, ReminderHarness

from handlers.chat.outgoing import Document
from handlers.questions.texts_list_export import COLUMNS
from handlers.services.question_service import QuestionService
from storage.database import Database

VISITOR = 510001
TOP = 3


@pytest.fixture
def chat(database: Database, question_service: QuestionService) -> Chat:
    chat = Chat(ReminderHarness(database, question_service, date(2023, 3, 22)))
    chat.harness.own("市科经局", BASE_STATION)
    chat.confirm(SCIENCE, "5G基站建成620个")
    chat.confirm(SCIENCE, "5G基站征地受阻，需市自规局协调")
    return chat


def rows(shown: Shown) -> list[tuple[str, ...]]:
    """Of the workbook that came with the reply, from the columns' names on."""
    (file,) = [call for call in shown.calls if isinstance(call, Document)]
    page = load_workbook(BytesIO(b64decode(file.text))).active
    assert file.name == "进展台账2023-03-22.xlsx"
    assert page.print_title_rows == f"${TOP}:${TOP}"
    return [tuple(cell or "" for cell in row) for row in page.iter_rows(min_row=TOP, values_only=True)]


@pytest.mark.parametrize("who", [OFFICE, SUPERVISOR])
def test_the_whole_plan_is_exported_with_what_is_reported(chat: Chat, who: int) -> None:
    shown = chat.say(who, "导出台账")
    assert shown.head == "进展台账：55 个目标、9 项任务，见下面的文件。"
    found = rows(shown)
    assert found[0] == COLUMNS
    figures = dict(zip(COLUMNS, next(row for row in found if row[2] == "5G基站"), strict=True))
    assert (figures["主责"], figures["最新进展"], figures["填报单位"]) == ("市科经局", "620 个", "市科经局")
    assert (figures["数据日期"], figures["来源"], figures["时限"]) == ("2023-03-22", "填报", "2023-12-31")
    assert "征地受阻" in figures["困难问题"]
    assert [row[0] for row in found[1:56]] == [str(number) for number in range(1, 56)]


def test_a_leader_exports_what_he_is_in_charge_of(chat: Chat) -> None:
    found = rows(chat.say(LEADER, "台账导个excel给我"))
    assert {row[1].partition(".")[0] for row in found[1:] if row[1]} == {"5", "6"}


@pytest.mark.parametrize("who", [SCIENCE, VISITOR])
def test_others_are_told_who_may(chat: Chat, who: int) -> None:
    shown = chat.say(who, "导出台账")
    assert shown.head.startswith("只有")
    assert not any(isinstance(call, Document) for call in shown.calls)


def test_what_begins_like_a_formula_is_only_text(chat: Chat) -> None:
    chat.confirm(SCIENCE, "5G基站有困难：=1+1 需市自规局协调")
    found = rows(chat.say(OFFICE, "导出台账"))
    assert "=1+1" in next(row for row in found if row[2] == "5G基站")[-1]
